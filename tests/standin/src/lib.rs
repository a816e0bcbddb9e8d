//! A local stand-in for Spotify's accounts service and Web API, for development and tests. It is strict: a request that no correct
//! client sends is refused with a reason, and listed in [`Standin::violations`].
//!
//! ```
//! use standin::{Fault, Options, Endpoint, Standin};
//!
//! let standin = Standin::start(Options::with_client("app", "http://127.0.0.1:8888/callback"))?;
//! standin.inject(Endpoint::Me, Fault::spotify_error(503, "Service unavailable"));
//! assert!(standin.api_url().ends_with("/v1"));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! `server` runs it, `middleware` processes every request before `authorize`, `token_endpoint` or `api` does, and `control` is the
//! interface for tests.

mod api;
mod authorize;
mod clients;
mod connection;
mod control;
mod cors;
mod fault;
mod library;
mod middleware;
mod options;
mod pages;
mod params;
mod pictures;
mod pkce;
mod random;
mod request_log;
mod sample_data;
mod scope;
mod server;
mod shared;
mod token_endpoint;
mod token_store;

pub use clients::RedirectUriError;
pub use fault::{Endpoint, Fault};
pub use options::{Implicit, Options, Rotation};
pub use request_log::RecordedRequest;
pub use sample_data::TRACKS;
pub use server::Standin;
