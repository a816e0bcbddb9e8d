//! Spotify's Web API: models of its responses, its own reasons for a refusal, and its scopes in words. Knows no session.

mod library;
mod models;
mod refusal;
mod scopes;
mod track_id;

pub use library::{ListItem, ListPage, NextPage};
pub use models::{Image, Profile, Restriction, Track, https};
pub use refusal::Refusal;
pub use scopes::describe;
pub use track_id::{TrackId, TrackIdError};
