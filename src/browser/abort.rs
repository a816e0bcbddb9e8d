//! Calls that can be given up: by a time-out, or by whoever holds the handle.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::{AbortController, AbortSignal};

use super::timer::Timeout;

/// A call under way. It is aborted after its time, and when [`Abort::now`] is called on any clone of the handle.
#[derive(Clone)]
pub struct Abort {
    controller: AbortController,
    timed_out: Rc<Cell<bool>>,
    _timeout: Rc<Option<Timeout>>,
}

impl Abort {
    /// Starts the clock of a call; `None` where the browser has no `AbortController`.
    pub fn after(ms: u64) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let timed_out = Rc::new(Cell::new(false));
        let timeout = Timeout::start(ms, {
            let (controller, timed_out) = (controller.clone(), timed_out.clone());
            move || {
                timed_out.set(true);
                controller.abort();
            }
        });
        Some(Self {
            controller,
            timed_out,
            _timeout: Rc::new(timeout),
        })
    }

    /// What `fetch` listens to.
    pub fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Gives the call up.
    pub fn now(&self) {
        self.controller.abort();
    }

    /// Whether it was the time that ended the call.
    pub fn timed_out(&self) -> bool {
        self.timed_out.get()
    }
}

/// The same call.
impl PartialEq for Abort {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.timed_out, &other.timed_out)
    }
}
