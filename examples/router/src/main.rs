//! An app with routes, one of them for those who are signed in alone. It logs in at a server of OpenID Connect, which `index.html` names.

use leptos::{mount::mount_to_body, prelude::*};
use leptos_router::components::{A, ProtectedRoute, Route, Router, Routes};
use leptos_router::path;
use stagedoor::{AuthConfig, AuthProvider, LoginButton, LogoutButton, ReturnPath, SignedIn, SignedOut, use_auth};

/// What the user information endpoint tells of a person.
#[derive(Clone, serde::Deserialize)]
struct UserInfo {
    name: String,
}

fn config() -> AuthConfig {
    let server = document().body().and_then(|body| body.get_attribute("data-server"));
    let server = server.unwrap_or_default();
    AuthConfig::new("router", format!("{server}/auth"), format!("{server}/token"))
        .with_scopes(["openid", "profile"])
        .with_issuer(&server)
        .with_api(&server)
        .with_name("router")
        .with_parameter_after_log_out("prompt", "login")
}

#[component]
fn Home() -> impl IntoView {
    view! {
        <h1>"Home"</h1>
        <SignedOut>
            <LoginButton return_to=ReturnPath::parse("/account")>"Log in"</LoginButton>
        </SignedOut>
        <SignedIn><LogoutButton>"Log out"</LogoutButton></SignedIn>
    }
}

#[component]
fn Account() -> impl IntoView {
    let auth = use_auth();
    let me = LocalResource::new(move || async move { auth.get_json::<UserInfo>("/me").await });
    let name = move || Some(me.get()?.map_or_else(|error| error.to_string(), |me| me.name));
    let minutes = move || auth.session().map(|session| session.remaining(auth.now()) / 60_000);
    view! {
        <h1>{name}</h1>
        <p>"The access token is good for "{minutes}" minutes."</p>
        <LogoutButton>"Log out"</LogoutButton>
    }
}

#[component]
fn App() -> impl IntoView {
    let auth = use_auth();
    view! {
        <Router>
            <nav><A href="/">"Home"</A>" "<A href="/account">"Account"</A></nav>
            <p role="alert">{move || auth.error().map(|error| error.to_string())}</p>
            <Routes fallback=|| "There is no such page.">
                <Route path=path!("/") view=Home />
                <ProtectedRoute path=path!("/account") view=Account condition=move || Some(auth.is_active().get()) redirect_path=|| "/" />
            </Routes>
        </Router>
    }
}

fn main() {
    mount_to_body(|| view! { <AuthProvider config=config()><App /></AuthProvider> });
}
