//! Hooks: the session of an app as its components see it.

use leptos::prelude::*;
use serde::de::DeserializeOwned;

use crate::api::ApiError;
use crate::browser::{IN_BROWSER, location, storage};
use crate::config::AuthConfig;
use crate::oauth::{AccessToken, ReturnPath, Scopes};
use crate::session::{self, LoginOutcome, SessionState, StartError};

mod state;

pub use state::{AuthError, AuthState, CallError, Session};

/// The handle of an app's session. Copy it freely; it holds no secret itself.
///
/// Its methods that return what changes are tracked: views and effects that call them follow.
#[derive(Clone, Copy)]
pub struct Auth {
    session: session::Session,
    start_error: RwSignal<Option<StartError>>,
    /// Whether the response that the page was opened with is dealt with.
    is_settled: RwSignal<bool>,
}

/// Makes the session of the app, and provides it to all components below: restores what this tab has stored, and completes the login whose
/// response the page was opened with. To be called once, at the top of the app; [`AuthProvider`](crate::AuthProvider) does, and waits for
/// the response as well. On a server nothing starts.
///
/// ```
/// use leptos::prelude::*;
/// use stagedoor::{AuthConfig, provide_auth};
///
/// #[component]
/// fn App() -> impl IntoView {
///     let config = AuthConfig::new("my-app", "https://auth.example/authorize", "https://auth.example/token");
///     let auth = provide_auth(config);
///     move || if auth.is_active().get() { "Hello!" } else { "Who are you?" }
/// }
/// ```
pub fn provide_auth(config: AuthConfig) -> Auth {
    let auth = Auth {
        session: session::Session::create(),
        start_error: RwSignal::new(None),
        is_settled: RwSignal::new(!IN_BROWSER),
    };
    provide_context(auth);
    if IN_BROWSER {
        if let Some(name) = &config.name {
            storage::set_name(name);
        }
        auth.session.configure(config);
        auth.session.start(session::Session::take_from_page);
        auth.follow_outcome();
    }
    auth
}

/// The session that [`provide_auth`] or [`AuthProvider`](crate::AuthProvider) has provided. To be called at the top of a component: there are no
/// contexts in handlers and after an `await`.
///
/// ```
/// use leptos::prelude::*;
/// use stagedoor::use_auth;
///
/// #[component]
/// fn Greeting() -> impl IntoView {
///     let auth = use_auth();
///     move || auth.session().map(|session| format!("You allowed: {}", session.scopes))
/// }
/// ```
///
/// # Panics
/// Where nothing has provided one.
#[allow(
    clippy::panic,
    reason = "a mistake in the code of the app, which shows at its first start"
)]
pub fn use_auth() -> Auth {
    use_context().unwrap_or_else(|| {
        panic!("no session is provided here: call `provide_auth`, or put an `<AuthProvider>` around this component")
    })
}

impl Auth {
    /// Leaves the page for the authorization server, to log in for the scopes of the configuration. `return_to` is the page to come back to;
    /// without it, the one that is open.
    ///
    /// # Errors
    /// [`StartError`]: why it can't. Then [`Auth::error`] tells it as well, and everything is as before.
    pub fn log_in(self, return_to: Option<ReturnPath>) -> Result<(), StartError> {
        self.log_in_for(self.session.configured_scopes(), return_to)
    }

    /// As [`Auth::log_in`], for these scopes. To ask for one more, name those that were granted as well.
    ///
    /// # Errors
    /// [`StartError`].
    pub fn log_in_for(self, scopes: Scopes, return_to: Option<ReturnPath>) -> Result<(), StartError> {
        let return_to = return_to.or_else(|| ReturnPath::parse(&location::path_below_base()?));
        let result = self.session.log_in(scopes, return_to.unwrap_or_default());
        self.start_error.set(result.clone().err());
        result
    }

    /// Ends the session in every tab. The authorization server may know the person still.
    pub fn log_out(self) {
        self.session.log_out();
    }

    /// Configures the session anew. One that belongs to another client, or to other servers, ends.
    pub fn configure(self, config: AuthConfig) {
        self.session.configure(config);
    }

    /// Whether somebody is signed in.
    pub fn is_active(self) -> Memo<bool> {
        self.session.is_active()
    }

    /// Whether somebody is signed in, and if not, why.
    pub fn state(self) -> AuthState {
        let is_logging_in = self.session.is_redirecting() || self.session.is_redeeming();
        match self.session.state() {
            SessionState::Active(_) => AuthState::SignedIn,
            _ if is_logging_in => AuthState::LoggingIn,
            SessionState::SignedOut => AuthState::SignedOut,
            SessionState::Ended(reason) => AuthState::Ended(reason),
        }
    }

    /// What is known of the session there is.
    pub fn session(self) -> Option<Session> {
        self.session.active().map(|active| Session::of(&active))
    }

    /// What came of the response that the page was opened with.
    pub fn outcome(self) -> LoginOutcome {
        self.session.outcome()
    }

    /// Why the last attempt to log in failed, if it did.
    pub fn error(self) -> Option<AuthError> {
        let refused = match self.session.outcome() {
            LoginOutcome::Refused(refused) => Some(refused.error.into()),
            _ => None,
        };
        self.start_error.get().map(AuthError::from).or(refused)
    }

    /// The time, in milliseconds since the Unix epoch; advances every second while somebody is signed in.
    pub fn now(self) -> u64 {
        self.session.now()
    }

    /// Whether the response that the page was opened with is dealt with.
    pub(crate) fn is_settled(self) -> bool {
        self.is_settled.get()
    }

    /// Whether the page is about to leave for the authorization server.
    pub(crate) fn is_redirecting(self) -> bool {
        self.session.is_redirecting()
    }

    /// Gets `path`, with its leading slash, below the base URL of the API. The token is refreshed where that is due, and once more where the
    /// API does not take it; what it does not take then ends the session.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn get(self, path: &str) -> Result<String, CallError> {
        let result = self.session.get(path).await;
        Ok(result.ok_or(CallError::SignedOut)??)
    }

    /// As [`Auth::get`], and reads the JSON of the answer.
    ///
    /// ```
    /// use leptos::prelude::*;
    /// use stagedoor::use_auth;
    ///
    /// #[derive(Clone, serde::Deserialize)]
    /// struct Me {
    ///     name: String,
    /// }
    ///
    /// #[component]
    /// fn Name() -> impl IntoView {
    ///     let auth = use_auth();
    ///     let me = LocalResource::new(move || async move { auth.get_json::<Me>("/me").await });
    ///     view! { <Suspense>{move || me.get().map(|me| me.map_or_else(|error| error.to_string(), |me| me.name))}</Suspense> }
    /// }
    /// ```
    ///
    /// # Errors
    /// [`CallError`]; [`ApiError::Unreadable`] where the answer is no such JSON.
    pub async fn get_json<T: DeserializeOwned>(self, path: &str) -> Result<T, CallError> {
        let body = self.get(path).await?;
        serde_json::from_str(&body).map_err(|_| ApiError::Unreadable.into())
    }

    /// A usable access token, refreshed where that is due, for calls that [`Auth::get`] does not make. Send it to the API's origin alone.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn access_token(self) -> Result<AccessToken, CallError> {
        let token = self.session.token().await;
        Ok(token.ok_or(CallError::SignedOut)??)
    }

    /// Puts the return path of a login that is over into the address, once, since the app may go on to another page; and notes when the
    /// response is dealt with.
    fn follow_outcome(self) {
        let first = self.session.outcome_untracked();
        let settle = move || {
            if !self.session.is_redeeming() {
                self.is_settled.set(true);
            }
        };
        self.lead_back(&first);
        untrack(settle);
        Effect::new(move |before: Option<LoginOutcome>| {
            let outcome = self.session.outcome();
            if outcome != before.unwrap_or_else(|| first.clone()) {
                self.lead_back(&outcome);
            }
            settle();
            outcome
        });
    }

    fn lead_back(self, outcome: &LoginOutcome) {
        let return_to = match outcome {
            LoginOutcome::Completed(return_to) => Some(return_to),
            LoginOutcome::Refused(refused) => refused.return_to.as_ref(),
            _ => None,
        };
        if let Some(return_to) = return_to {
            location::replace(&location::below_base(return_to.as_str()));
        }
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::{AuthState, provide_auth, use_auth};
    use crate::AuthConfig;

    #[test]
    fn on_a_server_nobody_is_signed_in_and_nothing_starts() {
        Owner::new().with(|| {
            let config = AuthConfig::new("a", "https://auth.example/authorize", "https://auth.example/token");
            let auth = provide_auth(config);
            assert_eq!(auth.state(), AuthState::SignedOut);
            assert!(auth.is_settled() && !use_auth().is_redirecting());
            assert_eq!((auth.session(), auth.error()), (None, None));
        });
    }

    #[test]
    #[should_panic(expected = "call `provide_auth`, or put an `<AuthProvider>` around this component")]
    fn without_a_provider_the_hook_names_it() {
        Owner::new().with(use_auth);
    }
}
