//! A little JavaScript, to put the browser into odd states.

use wasm_bindgen::JsValue;

/// Runs `script` and gives its value.
pub fn run(script: &str) -> JsValue {
    js_sys::eval(script).expect("a script that runs")
}

/// Replaces the getter `name` of `window` by one that throws, as browsers do when site data is blocked; back to normal when
/// dropped.
pub struct Blocked(&'static str);

impl Blocked {
    pub fn new(name: &'static str) -> Self {
        run(&format!(
            "window.kept_{name} = Object.getOwnPropertyDescriptor(window, '{name}');
             Object.defineProperty(window, '{name}', {{ configurable: true, get() {{ throw new DOMException('no', 'SecurityError') }} }})"
        ));
        Self(name)
    }
}

impl Drop for Blocked {
    fn drop(&mut self) {
        run(&format!(
            "Object.defineProperty(window, '{0}', window.kept_{0})",
            self.0
        ));
    }
}
