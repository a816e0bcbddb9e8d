//! One file a page. A page shows; what happens is the session's.

mod broken;
mod callback;
mod log_in;
mod not_found;
mod opening;
mod profile;
mod set_up;
mod track;
mod trouble;

pub use broken::BrokenPage;
pub use callback::CallbackPage;
pub use log_in::LogInPage;
pub use not_found::NotFoundPage;
pub use opening::OpeningPage;
pub use profile::ProfilePage;
pub use set_up::SetUpPage;
pub use track::TrackPage;
