//! What a test needs beyond WebDriver, and not every engine gives.

use std::fmt::{self, Display};
use std::fs::OpenOptions;
use std::io::Write;
use std::panic::resume_unwind;
use std::{env, thread};

use crate::Engine;

/// A need of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Commands of DevTools, other than the following.
    DevTools,
    /// The browser's own console, requests and history.
    Logs,
    /// A network that fails.
    Network,
    /// That a button is `:active` while a key is down on it.
    ActiveByKey,
    /// The process of a tab, to stop it.
    Process,
    /// A second tab that is in front, and so paints.
    SecondTab,
    /// A way to block all site data.
    BlockedSiteData,
    /// That a policy without `wasm-unsafe-eval` holds for WebAssembly.
    WasmPolicy,
    /// That a body that is cut off is an error.
    WholeBodies,
    /// That `window.stop` ends a navigation that was begun.
    StoppedNavigation,
}

impl Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DevTools => "needs DevTools",
            Self::Logs => "needs the browser’s own console, requests and history",
            Self::Network => "needs a network that fails",
            Self::ActiveByKey => "needs that a key makes a button active",
            Self::Process => "needs to stop the process of a tab",
            Self::SecondTab => "needs a second tab in front",
            Self::BlockedSiteData => "needs a way to block all site data",
            Self::WasmPolicy => "needs a policy that holds for WebAssembly",
            Self::WholeBodies => "needs that a body that is cut off is an error",
            Self::StoppedNavigation => "needs that a page can stop a navigation",
        })
    }
}

/// The end of a test that does not apply to an engine.
pub(crate) struct NotApplicable(pub(crate) Need);

impl Need {
    /// Whether `engine` gives this. Chromium gives all of them.
    pub(crate) fn is_given_by(self, engine: Engine) -> bool {
        match self {
            Self::DevTools | Self::Logs | Self::Network | Self::Process => engine == Engine::Chromium,
            Self::ActiveByKey => engine != Engine::Firefox,
            Self::SecondTab
            | Self::BlockedSiteData
            | Self::WasmPolicy
            | Self::WholeBodies
            | Self::StoppedNavigation => engine != Engine::WebKit,
        }
    }

    /// Ends the test as not applicable, unless `engine` gives this.
    pub(crate) fn required_of(self, engine: Engine) {
        if !self.is_given_by(engine) {
            resume_unwind(Box::new(NotApplicable(self)));
        }
    }
}

impl NotApplicable {
    /// Says so, and adds a line to the file that the environment variable `NOT_APPLICABLE` names.
    pub(crate) fn report(&self) {
        let line = format!("{}: {}\n", thread::current().name().unwrap_or_default(), self.0);
        eprint!("not applicable: {line}");
        if let Some(path) = env::var_os("NOT_APPLICABLE") {
            let file = OpenOptions::new().create(true).append(true).open(path);
            file.and_then(|mut file| file.write_all(line.as_bytes()))
                .expect("a file that can be written");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::{Need, NotApplicable};
    use crate::Engine;

    #[test]
    fn a_need_ends_the_test_where_the_engine_does_not_give_it() {
        assert!(catch_unwind(|| Need::Process.required_of(Engine::Chromium)).is_ok());
        let ended = catch_unwind(|| Need::Process.required_of(Engine::WebKit)).expect_err("the end of the test");
        assert!(ended.is::<NotApplicable>());
    }
}
