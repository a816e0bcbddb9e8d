//! What pages share.
//!
//! A text that changes while it is shown is the `textContent` of an element of its own. A browser that translates a page puts
//! elements in the place of text nodes, so a text node that Leptos updates would no longer be on the page.
//!
//! Closures in views end in an [`AnyView`](leptos::prelude::AnyView), a `&'static str` or a `String`, and in nothing else: each
//! further type adds half a kilobyte to the download.

mod avatar;
mod config_problem;
mod copyable;
mod countdown;
mod fact;
mod field;
mod layout;
mod loading;
mod login_button;
mod navigation;
mod notices;
mod page;
mod parts;
mod problem;
mod remote;
mod return_to;
mod setup;
mod start_problem;

pub use avatar::Avatar;
pub use config_problem::ConfigProblem;
pub use copyable::Copyable;
pub use countdown::{Countdown, Ring, clock_text};
pub use fact::{Wording, changing_fact, fact, names_fact};
pub use field::{no_autocorrect, value_of};
pub use layout::{LogOut, Navigation, SkipLink, frame};
pub use loading::Loading;
pub use login_button::LoginButton;
pub use navigation::{Step, keep_address_in_step, use_go_to};
pub use notices::Notices;
pub use page::{Needs, Page, PageRoute, Pages};
pub use parts::{aria_bool, names, when};
pub use problem::Problem;
pub use remote::{Failed, Resource, remote};
pub use return_to::{profile, refused_on_the_way};
pub use setup::Setup;
pub use start_problem::StartProblem;
