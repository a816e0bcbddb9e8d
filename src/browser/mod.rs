//! What the browser gives, each behind a small typed function. The only room that touches `web-sys`.

pub mod abort;
pub mod clock;
pub mod json;
pub mod location;
pub mod page;
pub mod random;
pub mod storage;
pub mod timer;
