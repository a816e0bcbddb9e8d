//! Components, without style. Attributes are passed on to the element: `<LoginButton attr:class="main">`.

use leptos::children::{ChildrenFn, ViewFn};
use leptos::prelude::*;

use crate::auth::{provide_auth, use_auth};
use crate::config::AuthConfig;
use crate::oauth::{ReturnPath, Scopes};

/// Provides the session of the app to its children ([`provide_auth`]). They are made once the response that the page was opened with is dealt
/// with, so that a router among them begins at the page that the login leads back to; until then the fallback is shown.
///
/// ```
/// use leptos::prelude::*;
/// use stagedoor::{AuthConfig, AuthProvider, LoginButton, LogoutButton, SignedIn, SignedOut};
///
/// #[component]
/// fn App() -> impl IntoView {
///     let config = AuthConfig::new("my-app", "https://auth.example/authorize", "https://auth.example/token");
///     view! {
///         <AuthProvider config>
///             <SignedOut><LoginButton>"Log in"</LoginButton></SignedOut>
///             <SignedIn>"Hello! "<LogoutButton>"Log out"</LogoutButton></SignedIn>
///         </AuthProvider>
///     }
/// }
/// ```
#[component]
pub fn AuthProvider(
    /// The configuration.
    config: AuthConfig,
    /// What is shown while a code is redeemed.
    #[prop(optional, into)]
    fallback: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let auth = provide_auth(config);
    let is_settled = Memo::new(move |_| auth.is_settled());
    view! { <Show when=move || is_settled.get() fallback>{children()}</Show> }
}

/// Shows its children while somebody is signed in, and the fallback otherwise.
///
/// ```
/// use leptos::prelude::*;
/// use stagedoor::SignedIn;
///
/// #[component]
/// fn Header() -> impl IntoView {
///     view! { <SignedIn fallback=|| "Hello, stranger.">"Hello again."</SignedIn> }
/// }
/// ```
#[component]
pub fn SignedIn(
    /// What is shown while nobody is signed in.
    #[prop(optional, into)]
    fallback: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let is_active = use_auth().is_active();
    view! { <Show when=move || is_active.get() fallback>{children()}</Show> }
}

/// Shows its children while nobody is signed in.
///
/// ```
/// use leptos::prelude::*;
/// use stagedoor::SignedOut;
///
/// #[component]
/// fn Hint() -> impl IntoView {
///     view! { <SignedOut>"Log in to see your own."</SignedOut> }
/// }
/// ```
#[component]
pub fn SignedOut(children: ChildrenFn) -> impl IntoView {
    let is_active = use_auth().is_active();
    view! { <Show when=move || !is_active.get()>{children()}</Show> }
}

/// A button that leaves for the authorization server. Why it could not is in [`Auth::error`](crate::Auth::error).
///
/// ```
/// use leptos::prelude::*;
/// use stagedoor::{LoginButton, ReturnPath, Scopes};
///
/// #[component]
/// fn More() -> impl IntoView {
///     view! {
///         <LoginButton scopes=Scopes::parse("openid email") return_to=ReturnPath::parse("/more") attr:class="main">
///             "Allow and show"
///         </LoginButton>
///     }
/// }
/// ```
#[component]
pub fn LoginButton(
    /// The scopes to ask for; those of the configuration without any.
    #[prop(optional_no_strip, into)]
    scopes: Option<Scopes>,
    /// The page to come back to; without one, the page that is open.
    #[prop(optional_no_strip, into)]
    return_to: Option<ReturnPath>,
    children: Children,
) -> impl IntoView {
    let auth = use_auth();
    let press = move |_| {
        let return_to = return_to.clone();
        let _ = match scopes.clone() {
            Some(scopes) => auth.log_in_for(scopes, return_to),
            None => auth.log_in(return_to),
        };
    };
    let is_busy = move || if auth.is_redirecting() { "true" } else { "false" };
    view! { <button type="button" aria-disabled=is_busy on:click=press>{children()}</button> }
}

/// A button that ends the session in every tab.
///
/// ```
/// use leptos::prelude::*;
/// use stagedoor::{LogoutButton, SignedIn};
///
/// #[component]
/// fn Header() -> impl IntoView {
///     view! { <SignedIn><LogoutButton attr:class="quiet">"Log out"</LogoutButton></SignedIn> }
/// }
/// ```
#[component]
pub fn LogoutButton(children: Children) -> impl IntoView {
    let auth = use_auth();
    view! { <button type="button" on:click=move |_| auth.log_out()>{children()}</button> }
}
