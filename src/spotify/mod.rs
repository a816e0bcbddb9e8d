//! The Web API: one call path, the errors it can answer with, how long to wait after them, and models of what it sends.

mod client;
mod error;
mod models;
mod track_id;
mod wait;

pub use client::{TIME_LIMIT_MS, get};
pub use error::ApiError;
pub use models::{Image, Profile, Track, https};
pub use track_id::{NoTrack, TrackId};
pub use wait::{Next, next};
