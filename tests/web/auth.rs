//! The library's hooks and components, in a page without a loader.

use leptos::mount::mount_to;
use leptos::prelude::*;
use stagedoor::browser::{location, timer};
use stagedoor::{
    Auth, AuthConfig, AuthError, AuthProvider, AuthState, CallError, CompletionError, ConfigError, LoginButton,
    LogoutButton, SignedIn, SignedOut, StartError, use_auth,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::tools::run;

/// An endpoint that no login leaves the page for: plain http.
const REFUSED: &str = "http://auth.example/authorize";

fn config() -> AuthConfig {
    AuthConfig::new("a", REFUSED, "https://auth.example/token")
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
    let before = run("location.href").as_string().expect("a text");
    let redirect_uri = location::base_url();
    run("history.replaceState(null, '', '/?x=1&code=c&state=s#top')");
    let app = App::mount(config().with_redirect_uri(redirect_uri));
    assert!(run("location.href").as_string().expect("a text").ends_with("/?x=1#top"));
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
    let before = run("location.href").as_string().expect("a text");
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
