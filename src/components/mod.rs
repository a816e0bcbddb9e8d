//! What pages share.
//!
//! Closures in views end in an [`AnyView`](leptos::prelude::AnyView), a `&'static str` or a `String`, and in nothing else: each
//! further type costs people half a kilobyte of download for the same work.

mod address;
mod avatar;
mod copy;
mod countdown;
mod frame;
mod log_in_button;
mod notices;
mod problem;

pub use address::{Address, Step};
pub use avatar::Avatar;
pub use copy::Copyable;
pub use countdown::{Countdown, Ring, clock_text};
pub use frame::{Frame, Link, LogOut};
pub use log_in_button::LogInButton;
pub use notices::Notices;
pub use problem::Problem;
