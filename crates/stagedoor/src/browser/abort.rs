//! Requests that can be aborted: by their time limit, or by whoever holds the handle.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::{AbortController, AbortSignal};

use super::timer::Timeout;

/// A request in progress. It is aborted when its time limit is reached, and when [`Abort::now`] is called on any clone of the
/// handle.
#[derive(Clone)]
pub struct Abort {
    controller: AbortController,
    timed_out: Rc<Cell<bool>>,
    _timeout: Rc<Timeout>,
}

impl Abort {
    /// Starts the time limit of a request, in milliseconds; `None` where the browser has no `AbortController`.
    pub fn after(ms: u64) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let timed_out = Rc::new(Cell::new(false));
        let timeout = Timeout::new(ms, {
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

    /// The signal to hand to `fetch`.
    pub fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Aborts the request.
    pub fn now(&self) {
        self.controller.abort();
    }

    /// Whether it was the time limit that aborted the request.
    pub fn timed_out(&self) -> bool {
        self.timed_out.get()
    }
}

/// Two handles are equal when they belong to the same request.
impl PartialEq for Abort {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.timed_out, &other.timed_out)
    }
}
