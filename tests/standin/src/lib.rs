//! A local stand-in for Spotify's accounts service and Web API, for development and tests. It is strict: what a correct
//! client never does is refused with a reason, and listed in [`Standin::complaints`].
//!
//! ```
//! use standin::{Fault, Options, Place, Standin};
//!
//! let standin = Standin::start(Options::with_client("app", "http://127.0.0.1:8888/callback"))?;
//! standin.inject(Place::Me, Fault::spotify_error(503, "Service unavailable"));
//! assert!(standin.api_url().ends_with("/v1"));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! `server` runs it, `front` is passed by every request on its way to `authorize`, `token` or `api`, and `control` is what a test
//! has in its hand.

mod api;
mod authorize;
mod clients;
mod control;
mod cors;
mod data;
mod fault;
mod form;
mod front;
mod line;
mod mishap;
mod options;
mod pages;
mod pkce;
mod random;
mod record;
mod scopes;
mod server;
mod shared;
mod token;
mod vault;

pub use clients::RedirectUriError;
pub use data::TRACKS;
pub use fault::{Fault, Place};
pub use options::{Implicit, Options, Rotation};
pub use record::Recorded;
pub use server::Standin;
