//! The pages as they are before the app is there, rendered on the host by the components that take their place. A release has them in
//! its files.

use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::location::RequestUrl;
use stagedoor::internals::session::Session;

use crate::components::{Loading, PageRoute, frame};
use crate::config::Config;
use crate::context::AppContext;
use crate::routes::callback::SIGNING_IN;
use crate::routes::login::LoginPage;
use crate::routes::music::BeforeMusic;
use crate::routes::not_found::NotFoundPage;
use crate::routes::profile::BeforeProfile;
use crate::routes::track::BeforeTrack;

/// The content of `#app` in the file of `route`, as HTML: what is shown while nothing but the configuration is known. `base` is the path
/// that the app is served below, with both its slashes.
pub fn prerender(route: PageRoute, config: &Config, base: &str) -> String {
    let base = base.trim_end_matches('/').to_owned();
    Owner::new().with(|| {
        provide_context(RequestUrl::new(&format!("{base}{}", route.path)));
        let session = Session::create();
        provide_context(session);
        let app = AppContext::create(session);
        app.settings.arrived(config.clone());
        provide_context(app);
        view! {
            <Router base=base>
                <Before route=route />
            </Router>
        }
        .to_html()
    })
}

/// What the app shows first on a route, as far as the host knows it.
fn first(path: &str) -> AnyView {
    match path {
        "/" => view! { <LoginPage /> }.into_any(),
        "/callback" => view! { <Loading text=SIGNING_IN /> }.into_any(),
        "/profile" => view! { <BeforeProfile /> }.into_any(),
        "/music" => view! { <BeforeMusic /> }.into_any(),
        "/track" => view! { <BeforeTrack /> }.into_any(),
        "/404" => view! { <NotFoundPage /> }.into_any(),
        _ => view! { <Loading /> }.into_any(),
    }
}

#[component]
fn Before(route: PageRoute) -> impl IntoView {
    let content = view! {
        <noscript>
            <p class="notice">
                "Stagedoor runs in your browser, and needs JavaScript for that. Please turn it on, then reload this page."
            </p>
        </noscript>
        {first(route.path)}
        // Shown by the style, after a while.
        <p class="late" role="alert">
            "This takes longer than it should. Your browser may be too old for this page, or something keeps it from loading. \
             Please reload it, or try another browser."
        </p>
    };
    frame((), content)
}

#[cfg(test)]
mod tests {
    use super::prerender;
    use crate::app::{NOT_FOUND, ROUTES};
    use crate::config::tests::config;

    fn page(path: &str, json: &str) -> String {
        let mut routes = ROUTES.iter().copied().chain([NOT_FOUND]);
        let route = routes.find(|route| route.path == path).unwrap();
        prerender(route, &config(json), "/music/")
    }

    #[test]
    fn every_page_has_its_frame_one_heading_and_a_word_for_browsers_without_scripts() {
        for route in ROUTES.iter().chain([&NOT_FOUND]) {
            let page = page(route.path, r#"{"client_id":"abc"}"#);
            for part in ["<header", "<main", "<h1", "<noscript", "class=\"late\"", "<footer"] {
                assert_eq!(page.matches(part).count(), 1, "{part} in {}: {page}", route.path);
            }
        }
    }

    #[test]
    fn the_log_in_page_shows_what_will_be_requested_and_nothing_that_the_browser_decides() {
        let json = r#"{"client_id":"abc","redirect_uri":"https://elsewhere.example/callback","scopes":["user-top-read","own"]}"#;
        let page = page("/", json);
        for part in [
            "value=\"user-top-read\"",
            "use the permission own",
            "popovertarget=\"pressed\"",
            "id=\"pressed\"",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        for part in ["user-read-email", "elsewhere.example", "abc", "role=\"alert\"><p>"] {
            assert!(!page.contains(part), "{part} in {page}");
        }
    }

    #[test]
    fn without_a_client_id_there_is_no_button() {
        let page = page("/", "{}");
        assert!(page.contains("Opening…") && !page.contains("<button"), "{page}");
    }

    #[test]
    fn texts_of_config_json_are_escaped() {
        let page = page("/", r#"{"client_id":"abc","scopes":["<b>&"]}"#);
        assert!(
            page.contains("use the permission &lt;b&gt;&amp;") && !page.contains("<b>"),
            "{page}"
        );
    }
}
