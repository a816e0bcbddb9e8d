//! What pages share.
//!
//! Closures in views end in an [`AnyView`](leptos::prelude::AnyView), a `&'static str` or a `String`, and in nothing else: each
//! further type adds half a kilobyte to the download.

mod avatar;
mod config_problem;
mod copyable;
mod countdown;
mod field;
mod layout;
mod loading;
mod login_button;
mod navigation;
mod notices;
mod page;
mod problem;
mod remote;
mod setup;

pub use avatar::Avatar;
pub use config_problem::ConfigProblem;
pub use copyable::Copyable;
pub use countdown::{Countdown, Ring, clock_text};
pub use field::no_autocorrect;
pub use layout::{Footer, LogOut, Mark, SkipLink};
pub use loading::Loading;
pub use login_button::{LoginButton, StartLogin};
pub use navigation::{Step, keep_address_in_step, use_go_to};
pub use notices::Notices;
pub use page::{Needs, Page, PageRoute, Pages};
pub use problem::Problem;
pub use remote::{Resource, remote};
pub use setup::Setup;
