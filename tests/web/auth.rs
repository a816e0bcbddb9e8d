//! The library's hooks and components, in a page without a loader.

use leptos::mount::mount_to;
use leptos::prelude::*;
use stagedoor::error::State;
use stagedoor::internals::browser::storage::TabStore;
use stagedoor::internals::browser::{clock, location, timer};
use stagedoor::internals::oauth::{Client, PendingLogin, StoredLogin};
use stagedoor::internals::store::Store;
use stagedoor::{
    Auth, AuthConfig, AuthError, AuthProvider, AuthState, CallError, CompletionError, ConfigError, EndReason, Flow,
    LoginButton, LogoutButton, ReturnPath, Scopes, SignedIn, SignedOut, StartError, TokenStorage, use_auth,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::tools::run;

/// An endpoint that no login leaves the page for: plain http.
const REFUSED: &str = "http://auth.example/authorize";

fn config() -> AuthConfig {
    AuthConfig::new("a", REFUSED, "https://auth.example/token")
}

/// The client of [`config`] with the implicit grant, which comes back to the root of the page.
fn client() -> Client {
    Client {
        flow: Flow::Implicit,
        client_id: "a".to_owned(),
        redirect_uri: location::base_url(),
        issuer: None,
        authorize_url: REFUSED.to_owned(),
        token_url: "https://auth.example/token".to_owned(),
        api_url: String::new(),
    }
}

/// Puts the page into the state of one that comes back from the server with a token.
fn come_back(return_to: &str) {
    let state = State::from_random(&[7; 32]);
    let pending = PendingLogin {
        client: client(),
        scopes: Scopes::parse("one two"),
        verifier: None,
        return_to: ReturnPath::parse(return_to).expect("a path"),
        token_storage: TokenStorage::Session,
        created_at: clock::now_ms(),
    };
    let stored = TabStore.set(
        &format!("log-in:{}", state.as_str()),
        &StoredLogin::Pending(pending.into()),
    );
    stored.expect("stored");
    let response = format!(
        "access_token=secret&token_type=Bearer&expires_in=3600&scope=one&state={}",
        state.as_str()
    );
    run(&format!("history.replaceState(null, '', '/#{response}')"));
}

fn current() -> String {
    run("location.href").as_string().expect("a text")
}

/// An app that is mounted into the page, and gone when it is dropped.
struct App {
    auth: Auth,
    root: web_sys::HtmlElement,
    _mounted: Box<dyn std::any::Any>,
}

impl App {
    fn mount(config: AuthConfig) -> Self {
        let root: web_sys::HtmlElement =
            run("document.body.appendChild(document.createElement('main'))").unchecked_into();
        let seen = StoredValue::new_local(None);
        let app = move || {
            view! {
                <AuthProvider config=config.clone() fallback=|| "One moment…">
                    {
                        seen.set_value(Some(use_auth()));
                        view! {
                            <SignedOut>
                                <LoginButton attr:class="main">"Log in"</LoginButton>
                            </SignedOut>
                            <SignedIn fallback=|| "Nobody is here.">
                                <LogoutButton>"Log out"</LogoutButton>
                            </SignedIn>
                        }
                    }
                </AuthProvider>
            }
        };
        let mounted = mount_to(root.clone(), app);
        Self {
            auth: seen.get_value().expect("the children"),
            root,
            _mounted: Box::new(mounted),
        }
    }

    /// Waits for an error.
    async fn error(&self) -> AuthError {
        for _ in 0..500 {
            if let Some(error) = self.auth.error() {
                return error;
            }
            timer::sleep(10).await;
        }
        panic!("no error within five seconds");
    }

    fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.root.remove();
    }
}

#[wasm_bindgen_test]
async fn s10_a_login_that_can_not_start_is_told_and_leaves_everything_as_it_is() {
    let app = App::mount(config());
    assert_eq!(app.text(), "Log inNobody is here.");
    assert_eq!(app.auth.state(), AuthState::SignedOut);
    let button: web_sys::HtmlElement = run("document.querySelector('main button.main')").unchecked_into();
    button.click();
    let error = app.error().await;
    assert!(
        matches!(
            error,
            AuthError::Start(StartError::Config(ConfigError::AuthorizeUrl(_)))
        ),
        "{error}"
    );
    assert_eq!(
        error.to_string(),
        "the authorize URL must use https: plain http is accepted on 127.0.0.1 and [::1] only"
    );
    assert_eq!(app.auth.state(), AuthState::SignedOut);
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
async fn s4_a_response_that_nobody_asked_for_is_taken_out_of_the_address_and_refused() {
    let before = current();
    let redirect_uri = location::base_url();
    run("history.replaceState(null, '', '/?x=1&code=c&state=s#top')");
    let app = App::mount(config().with_redirect_uri(redirect_uri));
    assert!(current().ends_with("/?x=1#top"));
    // The tab that has started the login is asked first.
    let error = app.error().await;
    assert!(
        matches!(error, AuthError::Completion(CompletionError::Unsolicited { .. })),
        "{error}"
    );
    run(&format!("history.replaceState(null, '', '{before}')"));
}

#[wasm_bindgen_test]
fn s4_on_another_page_than_the_redirect_uri_the_address_stays_as_it_is() {
    let before = current();
    let redirect_uri = location::base_url() + "callback";
    run("history.replaceState(null, '', '/other?code=c&state=s')");
    let app = App::mount(config().with_redirect_uri(redirect_uri));
    assert!(
        run("location.href")
            .as_string()
            .expect("a text")
            .ends_with("/other?code=c&state=s")
    );
    assert_eq!(app.auth.error(), None);
    run(&format!("history.replaceState(null, '', '{before}')"));
}

#[wasm_bindgen_test]
async fn h1_without_a_session_no_call_is_made() {
    let app = App::mount(config().with_api("https://api.example"));
    assert_eq!(app.auth.get("/me").await, Err(CallError::SignedOut));
    assert_eq!(app.auth.get_json::<u8>("/me").await, Err(CallError::SignedOut));
    assert_eq!(app.auth.access_token().await, Err(CallError::SignedOut));
    assert_eq!(app.auth.session(), None);
}

#[wasm_bindgen_test]
async fn s3_a_login_is_completed_and_leads_back_once() {
    let before = current();
    come_back("/there?x=1");
    let app = App::mount(config().with_flow(Flow::Implicit));
    assert!(current().ends_with("/there?x=1"), "{}", current());
    // As a router among the children does.
    run("history.replaceState(null, '', '/elsewhere')");
    timer::next_task().await;
    assert!(current().ends_with("/elsewhere"), "{}", current());
    assert_eq!(app.text(), "Log out");
    assert_eq!(app.auth.state(), AuthState::SignedIn);
    let session = app.auth.session().expect("a session");
    assert_eq!((session.scopes, session.is_refreshable), (Scopes::parse("one"), false));
    assert_eq!(session.requested_scopes, Scopes::parse("one two"));
    let token = app.auth.access_token().await.expect("a token");
    assert_eq!(token.expose_secret(), "secret");
    let button: web_sys::HtmlElement = run("document.querySelector('main button')").unchecked_into();
    button.click();
    timer::next_task().await;
    assert_eq!(app.text(), "Log inNobody is here.");
    assert_eq!(app.auth.state(), AuthState::Ended(EndReason::LoggedOut));
    assert_eq!(app.auth.access_token().await, Err(CallError::SignedOut));
    run(&format!("history.replaceState(null, '', '{before}')"));
    run("localStorage.clear()");
}
