//! What happens to a session ([`Event`]) and what it makes happen ([`Effect`]).

use std::sync::Arc;

use super::message::{LogOutMark, LoginMessage};
use super::{ActiveSession, Time};
use crate::config::AuthConfig;
use crate::oauth::{ResponseUrl, ReturnPath, Scopes, State, TokenError, TokenResponse};

/// An attempt to refresh the session. Unique within a page, as the other numbers here are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttemptId(pub(super) u32);

/// A request to the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequestId(pub(super) u32);

/// A call of the Web API, from the first token that is lent to it to its result. The caller numbers them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CallId(pub u32);

/// What can be seen when an event comes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// The time.
    pub time: Time,
    /// Whether nobody can see the page.
    pub is_hidden: bool,
    /// Whether the browser believes that there is a network.
    pub is_online: bool,
}

/// A login that somebody starts.
#[derive(Debug)]
pub struct WantedLogin {
    /// The configuration to log in with.
    pub config: Arc<AuthConfig>,
    /// The scopes to request.
    pub scopes: Scopes,
    /// The page to come back to.
    pub return_to: ReturnPath,
    /// Random bytes for the `state`.
    pub state: [u8; 32],
    /// Random bytes for the code verifier, where the flow has one.
    pub verifier: [u8; 32],
}

/// What happens to a session.
#[derive(Debug)]
pub enum Event {
    /// The page was opened, or came back from the back/forward cache.
    Shown {
        /// The authorization response that it was opened with.
        response: Option<ResponseUrl>,
    },
    /// An authorization response came into the living page.
    Response(ResponseUrl),
    /// The browser refuses the redirect.
    RedirectFailed,
    /// Somebody logs out.
    LogOut(LogOutMark),
    /// A reason to look at the clock: a tick, the page is visible again, the storage has changed.
    Look,
    /// The configuration is there, or is another one.
    Configured(Arc<AuthConfig>),
    /// The network is back.
    Online,
    /// The lock is there, or the browser has none.
    Locked(AttemptId),
    /// A timer has run out.
    Timer(Timer),
    /// The token endpoint has answered, or not within the time limit.
    Token(RequestId, Result<TokenResponse, TokenError>),
    /// A message of another tab, by the channel of this login.
    Message(State, LoginMessage),
    /// Another tab says that somebody has logged out there.
    LoggedOut(LogOutMark),
    /// A page wants to call the Web API.
    Call(CallId),
    /// The Web API no longer takes a token that was lent.
    Unauthorized {
        /// The call that it was lent to.
        call: CallId,
        /// The session as it was lent.
        lent: Arc<ActiveSession>,
        /// Whether it was the second token of this call that was not taken.
        is_second: bool,
    },
}

/// What a session waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// The lock. Another tab may hold it and be suspended.
    Lock(AttemptId),
    /// The answers of the other tabs.
    Answers(AttemptId),
    /// A refresh in progress, before the page leaves for the authorization server; the number of the redirect in this page.
    Leave(u32),
    /// The redirect itself.
    Redirect(u32),
    /// The tab that has started the login of a response that came into this one.
    Offer,
}

/// What is to be done. Effects are carried out after the event was handled, in their order.
#[derive(Debug)]
pub enum Effect {
    /// Leave for this URL: of the authorization server, or of a response.
    Redirect(String),
    /// Stop the redirect that is under way.
    StopRedirect,
    /// Post this form to this URL, for ten seconds at most; [`Event::Token`] is the result.
    RequestToken {
        /// Names the request.
        request: RequestId,
        /// The token endpoint.
        url: String,
        /// The body, form-encoded.
        form: String,
    },
    /// Abort a token request. Its result is of no interest any more.
    AbortRequest(RequestId),
    /// Ask for the lock of that name; [`Event::Locked`] is the result.
    AcquireLock(AttemptId, String),
    /// Release the lock, or give up the wait for it.
    ReleaseLock(AttemptId),
    /// Send a message by the channel of this login, which only the tabs that know of it can name ([`Core::heard`](super::Core::heard)).
    Send(State, LoginMessage),
    /// Tell all tabs of this app that somebody has logged out.
    TellLogOut(LogOutMark),
    /// Send [`Event::Timer`] after so many milliseconds.
    SetTimer(Timer, u64),
    /// Lend the token of the session to a call.
    Lend(CallId, Arc<ActiveSession>),
    /// Let a call fail: because its session is over, or else for want of a usable token.
    Refuse {
        /// The call.
        call: CallId,
        /// Whether its session is over.
        is_over: bool,
    },
    /// Abort all calls: their session is over.
    AbortCalls,
}
