use stagedoor_app::browser::page;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::tools::run;

#[wasm_bindgen_test]
fn t7_an_app_that_failed_gives_way_to_the_static_message() {
    run(
        "document.body.insertAdjacentHTML('beforeend', '<div id=app>the app</div><div id=failure-crash hidden>sorry</div>')",
    );
    page::show_crash_message();
    assert_eq!(run("app.hidden").as_bool(), Some(true));
    assert_eq!(
        run("document.getElementById('failure-crash').hidden").as_bool(),
        Some(false)
    );
    run("app.remove(); document.getElementById('failure-crash').remove()");
}
