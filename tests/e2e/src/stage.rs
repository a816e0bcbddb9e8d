//! How things are to be before a scene begins, and the frame around every scene: a browser of its own, the look for leaks at
//! the end, and the browser's end whatever happened.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use serde_json::{Map, Value};
use standin::Options;
use tokio::runtime;

use crate::browser::Browser;
use crate::{Host, Person, World};

/// Plays a scene on the usual stage.
pub fn play(scene: impl AsyncFnOnce(&mut Person)) {
    Stage::default().play(scene);
}

/// Everything that can be chosen before a scene.
#[derive(Default)]
pub struct Stage {
    options: Options,
    config: Map<String, Value>,
    prefs: Map<String, Value>,
    host: Host,
}

impl Stage {
    /// The usual stage with one key of `config.json` set.
    pub fn config(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.config.insert(key.to_owned(), value.into());
        self
    }

    /// With changes in how the stand-in behaves.
    pub fn standin(mut self, change: impl FnOnce(&mut Options)) -> Self {
        change(&mut self.options);
        self
    }

    /// With tokens that live for this many seconds.
    pub fn expires_in(self, seconds: u64) -> Self {
        self.standin(|options| options.expires_in = seconds)
    }

    /// With this answer to `GET /v1/me`.
    pub fn person(self, person: Value) -> Self {
        self.standin(|options| options.person = person)
    }

    /// With a preference of the browser.
    pub fn pref(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.prefs.insert(name.to_owned(), value.into());
        self
    }

    /// With that kind of host.
    pub fn host(mut self, host: Host) -> Self {
        self.host = host;
        self
    }

    /// Plays the scene, then looks for what it left behind.
    ///
    /// # Panics
    /// When the scene does, or when it leaves a secret, an unexpected error in the console, or a complaint of the stand-in.
    pub fn play(self, scene: impl AsyncFnOnce(&mut Person)) {
        self.rehearse(async |person: &mut Person| {
            scene(person).await;
            person.leaves_nothing().await;
        });
    }

    /// Plays the scene, and looks for nothing afterwards.
    ///
    /// # Panics
    /// When the scene does.
    pub fn rehearse(self, scene: impl AsyncFnOnce(&mut Person)) {
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let mut person = runtime.block_on(async {
            let world = World::start(self.options, self.config, self.host).await;
            Person::new(world, Browser::open(self.prefs).await).await
        });
        let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(scene(&mut person))));
        runtime.block_on(person.goes_away());
        if let Err(panic) = outcome {
            resume_unwind(panic);
        }
    }
}
