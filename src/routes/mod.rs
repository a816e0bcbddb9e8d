//! The pages, one file each.

pub mod callback;
pub mod login;
pub mod music;
pub mod not_found;
pub mod profile;
pub mod track;
