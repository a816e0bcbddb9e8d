//! The smallest app that logs people in.

use leptos::{mount::mount_to_body, prelude::*};
use stagedoor::spotify::Profile;
use stagedoor::{AuthConfig, AuthProvider, Flow, LoginButton, LogoutButton, SignedIn, SignedOut, use_auth};

/// The server that `index.html` names, or Spotify, where that has a client ID.
fn config() -> AuthConfig {
    let setting = |name| document().body()?.get_attribute(name);
    if let Some(client_id) = setting("data-spotify-client-id") {
        return AuthConfig::spotify(client_id);
    }
    let url = |path| setting("data-server").unwrap_or_default() + path;
    let flow = setting("data-implicit").map_or(Flow::Pkce, |_| Flow::Implicit);
    let config = AuthConfig::new("stagedoor-dev", url("/authorize"), url("/api/token"));
    config.with_api(url("/v1")).with_flow(flow)
}

#[component]
fn Me() -> impl IntoView {
    let auth = use_auth();
    let me = LocalResource::new(move || async move { auth.get_json::<Profile>("/me").await });
    let name = move || Some(me.get()?.map_or_else(|error| error.to_string(), |me| me.name().into()));
    view! { <h1>{name}</h1> <LogoutButton>"Log out"</LogoutButton> }
}

#[component]
fn App() -> impl IntoView {
    let auth = use_auth();
    view! {
        <p role="alert">{move || auth.error().map(|error| error.to_string())}</p>
        <SignedOut><LoginButton>"Log in with Spotify"</LoginButton></SignedOut>
        <SignedIn><Me /></SignedIn>
    }
}

fn main() {
    mount_to_body(|| view! { <AuthProvider config=config()><App /></AuthProvider> });
}
