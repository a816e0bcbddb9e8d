//! Spotify's Web API: one function that calls it, its errors, when to retry, and models of its responses. Knows no session.

mod client;
mod error;
mod library;
mod models;
mod retry;
mod track_id;

pub use client::{TIMEOUT_MS, get};
pub use error::{ApiError, FailedResponse};
pub use library::{ListItem, ListPage, NextPage};
pub use models::{Image, Profile, Restriction, Track, https};
pub use retry::{RetryDecision, decide};
pub use track_id::{TrackId, TrackIdError};
