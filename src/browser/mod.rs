//! What the app needs of the browser and the library does not have, each feature behind a small typed function. Knows nothing of the
//! session or the pages.

pub mod address;
pub mod clipboard;
pub mod intl;
pub mod loader;
pub mod page;
pub mod takeover;
