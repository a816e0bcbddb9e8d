//! What the browser gives, each behind a small typed function. The only module that touches `web-sys`.

pub mod abort;
pub mod clock;
pub mod http;
pub mod loader;
pub mod location;
pub mod locks;
pub mod page;
pub mod random;
pub mod record;
pub mod storage;
pub mod tabs;
pub mod takeover;
pub mod timer;
