//! Configures and runs one scenario: starts the servers and takes a browser, runs the test, checks for leaks, and closes the
//! browser when the test panics.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use serde_json::{Map, Value};
use standin::Options;
use tokio::runtime;

use crate::browser::{Browser, Engine, SiteData};
use crate::need::NotApplicable;
use crate::{Environment, Host, User};

/// Runs a test in the default scenario.
pub fn run(test: impl AsyncFnOnce(&mut User)) {
    Scenario::default().run(test);
}

/// Builder for the conditions that a test runs under.
#[derive(Default)]
pub struct Scenario {
    options: Options,
    config: Map<String, Value>,
    site_data: SiteData,
    host: Host,
}

impl Scenario {
    /// Sets one key of `config.json`.
    pub fn config(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.config.insert(key.to_owned(), value.into());
        self
    }

    /// Changes the options of the stand-in.
    pub fn standin(mut self, change: impl FnOnce(&mut Options)) -> Self {
        change(&mut self.options);
        self
    }

    /// Sets the lifetime of access tokens, in seconds.
    pub fn expires_in(self, seconds: u64) -> Self {
        self.standin(|options| options.expires_in = seconds)
    }

    /// Sets the answer to `GET /v1/me`.
    pub fn profile(self, profile: Value) -> Self {
        self.standin(|options| options.profile = profile)
    }

    /// Lets the browser refuse all site data.
    pub fn blocks_site_data(mut self) -> Self {
        self.site_data = SiteData::Blocked;
        self
    }

    /// Sets the kind of host that serves the app.
    pub fn host(mut self, host: Host) -> Self {
        self.host = host;
        self
    }

    /// Runs the test, then checks for leaks.
    ///
    /// # Panics
    /// When the test does, or when it leaks a secret, logs an unexpected console message, or causes a protocol violation that
    /// the stand-in reports.
    pub fn run(self, test: impl AsyncFnOnce(&mut User)) {
        self.run_without_leak_check(async |user: &mut User| {
            test(user).await;
            user.leaks_nothing().await;
        });
    }

    /// Runs the test alone.
    ///
    /// # Panics
    /// When the test does.
    pub fn run_without_leak_check(self, test: impl AsyncFnOnce(&mut User)) {
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let engine = Engine::of_environment();
        let mut user = runtime.block_on(async {
            let env = Environment::start(self.options, self.config, self.host).await;
            if engine != Engine::Chromium {
                env.site.collects_errors();
            }
            // WebKit requests what the examples preload before it heeds the `meta` of their pages.
            if engine == Engine::WebKit && matches!(self.host, Host::Minimal | Host::Router) {
                env.site.sends_referrer_policy();
            }
            User::new(env, Browser::open(engine, self.site_data).await).await
        });
        let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&mut user))));
        runtime.block_on(async {
            if outcome.is_ok() {
                user.browser.give_back().await;
            } else {
                user.browser.close().await;
            }
        });
        match outcome.map_err(|panic| panic.downcast::<NotApplicable>()) {
            Ok(()) => {}
            Err(Ok(not_applicable)) => not_applicable.report(),
            Err(Err(panic)) => resume_unwind(panic),
        }
    }
}

/// Lets WebAssembly fail for want of memory, the given number of times on each page.
pub fn out_of_memory(times: &str) -> String {
    format!(
        "let left = {times};
        for (const name of ['instantiate', 'instantiateStreaming']) {{
            const real = WebAssembly[name];
            WebAssembly[name] = async (...args) => {{
                if (left-- > 0) throw new RangeError('Out of memory: Cannot allocate Wasm memory for new instance');
                return real.apply(WebAssembly, args);
            }};
        }}
        window.endsShortage = () => {{ left = 0 }}"
    )
}
