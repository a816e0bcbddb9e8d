//! The profile of the signed-in person, and their session.

use leptos::prelude::*;
use leptos::task::spawn_local;
use stagedoor::Scopes;
use stagedoor::internals::browser::{clock, timer};
use stagedoor::internals::session::{RemoteCall, Session};
use stagedoor::spotify::{Profile, describe};

use crate::browser::{clipboard, intl};
use crate::components::{Avatar, Countdown, LoginButton, Resource, Ring, Wording, changing_fact, fact, remote};
use crate::context::use_app;
use crate::{curl, messages};

/// What is shown before there is a session: the places of the profile and of what stands beside it.
#[component]
pub fn BeforeProfile() -> impl IntoView {
    view! {
        <Skeleton />
        <section class="card aside" aria-hidden="true"><div class="time"></div></section>
    }
}

/// The profile, anew for each session.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let session = Session::from_context();
    let login = Memo::new(move |_| session.active().map(|active| active.login().clone()));
    move || match login.get() {
        Some(_) => view! { <SignedIn /> }.into_any(),
        None => ().into_any(),
    }
}

#[component]
fn SignedIn() -> impl IntoView {
    let session = Session::from_context();
    let call = RemoteCall::<Profile>::start(session, "/me".to_owned());
    let body = remote(
        call,
        Resource::Page,
        || view! { <Skeleton /> }.into_any(),
        |profile| view! { <Person profile=profile /> }.into_any(),
    );
    let is_refreshable = session.active_untracked().is_some_and(|active| active.is_refreshable());
    let line = if is_refreshable {
        "Your session is refreshed automatically. Its access token is valid for another"
    } else {
        "Your session ends in"
    };
    view! {
        {body}
        <section class="card aside" aria-label="Your session">
            <div class="time">
                <Ring />
                <p><span prop:textContent=line></span>" "<Countdown /></p>
            </div>
            <Granted />
            <DeveloperDetails />
            <div class="actions"><a class="button" href="track">"Look up a track"</a></div>
        </section>
    }
}

/// For developers: the facts of the session, and its token to copy to a terminal. The token itself is never shown.
#[component]
fn DeveloperDetails() -> impl IntoView {
    let session = Session::from_context();
    let outcome = RwSignal::new("");
    let copy = move |as_command: bool| {
        spawn_local(async move {
            let text = session.active_untracked().map(|active| {
                let token = active.access_token();
                if as_command {
                    curl::command(&format!("{}/me", active.client.api_url), token)
                } else {
                    token.expose_secret().to_owned()
                }
            });
            let is_copied = clipboard::write(&text.unwrap_or_default()).await;
            outcome.try_set(if is_copied {
                "Copied."
            } else {
                messages::TOKEN_NOT_COPIED
            });
        });
    };
    let opened = RwSignal::new(false);
    let facts = move || match session.active() {
        // Dates as `Intl` writes them take a slow phone noticeable time, so they wait until the details are opened.
        Some(active) if opened.get() => {
            let now = clock::now_ms();
            let fact = |term: &'static str, text: String| view! { <dt>{term}</dt><dd prop:textContent=text></dd> };
            view! {
                {fact("Flow", active.client.flow.name().to_owned())}
                {fact("Permissions", active.scopes.to_string())}
                {fact("Issued", intl::time(active.issued_at, now))}
                {fact("Ends", intl::time(active.deadline, now))}
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <details on:toggle=move |_| opened.set(true)>
            <summary>"For developers"</summary>
            <dl class="parts">{facts}</dl>
            <p>
                "Whoever has the token can do what is listed here until it is over. It is copied, never shown; "
                "keep it out of chats and screenshots."
            </p>
            <div class="actions">
                <button class="quiet" type="button" on:click=move |_| copy(false)>"Copy the token"</button>
                <button class="quiet" type="button" on:click=move |_| copy(true)>"Copy a curl command with it"</button>
                <span class="hint" role="status" prop:textContent=move || outcome.get()></span>
            </div>
        </details>
    }
}

/// What was granted; and what was left out, by the person or by the server, with one step to add it.
#[component]
fn Granted() -> impl IntoView {
    let (session, settings) = (Session::from_context(), use_app().settings);
    let list = |scopes: &Scopes| {
        let item = |scope: &str| {
            let words = describe(scope).map_or_else(|| scope.to_owned(), str::to_owned);
            view! { <li prop:textContent=words></li> }
        };
        view! { <ul class="brief">{scopes.iter().map(item).collect_view()}</ul> }.into_any()
    };
    move || {
        let Some(active) = session.active() else {
            return ().into_any();
        };
        let granted = if active.scopes.is_empty() {
            view! { <p>"You let this app see your public profile, and no more."</p> }.into_any()
        } else {
            view! { <p>"You let this app"</p> {list(&active.scopes)} }.into_any()
        };
        let wanted = settings.scopes().and(&active.requested_scopes);
        let missing = wanted.missing_from(&active.scopes);
        if missing.is_empty() {
            return granted;
        }
        let all = RwSignal::new(active.scopes.and(&wanted));
        view! {
            {granted}
            <p>"Not granted, so this app can’t"</p>
            {list(&missing)}
            <div class="actions">
                <LoginButton scopes=all label="Ask for it again" />
            </div>
        }
        .into_any()
    }
}

#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <section class="card person wait" aria-busy="true">
            <span class="avatar initial" aria-hidden="true"></span>
            <h1 tabindex="-1">"Loading your profile…"</h1>
        </section>
    }
}

/// The person. What the Web API did not send is left out.
#[component]
fn Person(profile: Profile) -> impl IntoView {
    let name = profile.name().to_owned();
    let plan = profile.product.as_deref().map(plan);
    let country = profile
        .country
        .clone()
        .map(|code| deferred(code.clone(), move || country(&code)));
    let followers = profile
        .followers
        .map(|count| deferred(count.to_string(), move || intl::number(count)));
    let link = profile.page.clone().map(|url| {
        view! { <a class="button" href=url rel="external noreferrer">"Open in Spotify"</a> }
    });
    view! {
        <section class="card person">
            <Avatar profile=profile.clone() />
            <h1 tabindex="-1" dir="auto" translate="no" prop:textContent=name></h1>
            <dl class="facts">
                {fact("Email", profile.email, Wording::Name)}
                {country.map(|country| changing_fact("Country", country))}
                {fact("Plan", plan, Wording::Words)}
                {followers.map(|followers| changing_fact("Followers", followers))}
                {fact("Spotify ID", Some(profile.id), Wording::Name)}
            </dl>
            <div class="actions">{link}</div>
        </section>
    }
}

/// A text that `Intl` makes, and `plain` until the page was painted: the first use of `Intl` takes a slow phone up to a tenth of a
/// second, and the heading comes first.
fn deferred(plain: String, text: impl FnOnce() -> String + 'static) -> RwSignal<String> {
    let shown = RwSignal::new(plain);
    spawn_local(async move {
        timer::after_paint().await;
        shown.try_set(text());
    });
    shown
}

/// A country by name, with its code.
fn country(code: &str) -> String {
    match intl::country(code) {
        Some(name) => format!("{name} ({code})"),
        None => code.to_owned(),
    }
}

/// A kind of plan as people know it.
fn plan(product: &str) -> String {
    match product {
        "premium" => "Premium".to_owned(),
        "free" | "open" => "Free".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::plan;

    #[test]
    fn plans_are_named_as_people_know_them() {
        assert_eq!(plan("premium"), "Premium");
        assert_eq!(plan("open"), "Free");
        assert_eq!(plan("duo"), "duo");
    }
}
