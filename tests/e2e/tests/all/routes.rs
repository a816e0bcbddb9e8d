//! Routes: deep links, titles, focus, and the not-found page.

use e2e::{User, run};
use serde_json::json;

async fn status(user: &mut User) -> u64 {
    let script = "return fetch(location.href).then(({ status }) => status)";
    user.script(script, vec![]).await.as_u64().unwrap_or_default()
}

#[test]
fn d3_every_route_answers_200_from_plain_files() {
    run(async |user| {
        for path in ["/", "/callback", "/track", "/profile"] {
            user.opens(path).await;
            assert_eq!(status(user).await, 200, "{path}");
        }
        user.sees_button("Log in with Spotify").await;
    });
}

#[test]
fn d3_the_profile_redirects_a_signed_out_user_to_log_in_and_back() {
    run(async |user| {
        user.opens("/profile").await;
        user.is_signed_out().await;
        user.is_at("/").await;
        user.starts_log_in().await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
        user.is_at("/profile").await;
    });
}

#[test]
fn d3_any_other_address_is_a_not_found_page_with_a_link_home() {
    run(async |user| {
        user.expects_console_message("404");
        for path in ["/nowhere", "/profile/x", "/Profile", "/a/b/c"] {
            user.opens(path).await;
            user.sees_heading("Page not found").await;
            assert_eq!(status(user).await, 404, "{path}");
            user.clicks("link", "Go to the start page").await;
            user.sees_button("Log in with Spotify").await;
            user.is_at("/").await;
        }
    });
}

#[test]
fn d3_a_link_inside_the_app_changes_the_address_and_survives_a_reload() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.opens("/callback").await;
        user.clicks("link", "Go to your profile").await;
        user.sees_heading("Ada Example").await;
        user.is_at("/profile").await;
        user.reloads().await;
        user.sees_heading("Ada Example").await;
        user.goes_back().await;
        user.sees_heading("Nothing to finish here").await;
        user.is_at("/callback").await;
    });
}

#[test]
fn d3_index_html_in_the_address_is_the_same_page() {
    run(async |user| {
        user.opens("/callback/index.html").await;
        user.sees_heading("Nothing to finish here").await;
        user.opens("/index.html").await;
        user.sees_button("Log in with Spotify").await;
        user.logs_in_as_ada().await;
        user.opens("/profile/index.html").await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn d3_malformed_addresses_are_not_found_and_crash_nothing() {
    run(async |user| {
        user.expects_console_message("404");
        user.expects_console_message("400");
        user.opens("/").await;
        user.sees_button("Log in with Spotify").await;
        for path in ["/%C0%AE", "/%", "/track/%2F"] {
            let go = "history.pushState(null, '', location.origin + arguments[0]);
                dispatchEvent(new PopStateEvent('popstate'))";
            user.script(go, vec![json!(path)]).await;
            user.sees_heading("Page not found").await;
            user.clicks("link", "Go to the start page").await;
            user.sees_button("Log in with Spotify").await;
            user.is_at("/").await;
        }
    });
}

#[test]
fn every_page_has_its_own_title() {
    run(async |user| {
        let mut titles = Vec::new();
        user.expects_console_message("404");
        for (path, heading) in [
            ("/", "Log in to see your Spotify profile"),
            ("/callback", "Nothing to finish here"),
            ("/nowhere", "Page not found"),
        ] {
            user.opens(path).await;
            user.sees_heading(heading).await;
            titles.push(user.script("return document.title", vec![]).await);
        }
        user.logs_in_as_ada().await;
        titles.push(user.script("return document.title", vec![]).await);
        titles.sort_by_key(ToString::to_string);
        titles.dedup();
        assert_eq!(titles.len(), 4, "{titles:?}");
    });
}

#[test]
fn navigation_focuses_the_heading_of_the_new_page() {
    run(async |user| {
        user.opens("/callback").await;
        user.clicks("link", "Go to the start page").await;
        user.sees_button("Log in with Spotify").await;
        user.waits_until_settled().await;
        let focus = user.script("return document.activeElement.tagName", vec![]).await;
        assert_eq!(focus, json!("H1"));
    });
}

#[test]
fn after_a_log_in_the_focus_is_on_the_heading_of_the_profile() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.waits_for_element("h1:focus").await;
        let focus = user.script("return document.activeElement.textContent", vec![]).await;
        assert_eq!(focus, json!("Ada Example"));
        user.reloads().await;
        user.sees_heading("Ada Example").await;
        let focus = user.script("return document.activeElement.tagName", vec![]).await;
        assert_eq!(
            focus,
            json!("BODY"),
            "a page that is opened keeps the focus where the browser puts it"
        );
    });
}

/// Navigates in a browser that refuses to change the history, which the router does not expect.
async fn crashes_the_app(user: &mut User) {
    user.script("history.pushState = () => { throw new Error('refused') }", vec![])
        .await;
    user.clicks("link", "Look up a track").await;
}

#[test]
fn d6_a_crashed_app_is_replaced_by_a_message_that_reloads() {
    run(async |user| {
        user.expects_console_message("RuntimeError");
        user.logs_in_as_ada().await;
        crashes_the_app(user).await;
        user.sees_alert("stopped working").await;
        user.sees_no("button", "Log out").await;
        user.presses("Reload the page").await;
        user.sees_heading("Ada Example").await;
    });
}

/// Defines a function that starts a module whose start function is the instruction `unreachable`, and notes the error of it.
const TRAP: &str =
    "const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0, 10, 5, 1, 3, 0, 0, 11];
    addEventListener('error', ({ error }) => document.documentElement.dataset.trap = error.name);
    window.startTrap = () => setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))))";

#[test]
fn b2_a_webassembly_of_other_code_that_traps_changes_nothing() {
    run(async |user| {
        user.expects_console_message("nreachable");
        user.before_each_page(TRAP).await;
        user.logs_in_as_ada().await;
        user.script("window.startTrap()", vec![]).await;
        user.waits_for_element("html[data-trap=RuntimeError]").await;
        user.waits_until_settled().await;
        user.sees_heading("Ada Example").await;
        user.sees_none("alert").await;
        user.is_signed_in().await;
    });
}

/// What extensions do to pages: elements, attributes and scripts of their own, before the page's own scripts and later.
const EXTENSION: &str = "(() => {
    const meddle = () => {
        document.documentElement.setAttribute('data-extension', '1');
        const script = Object.assign(document.createElement('script'), { type: 'text/template', textContent: '{' });
        (document.head ?? document.documentElement).prepend(script);
        if (!document.body) return;
        document.body.setAttribute('data-extension', '1');
        document.body.prepend(Object.assign(document.createElement('div'), { textContent: 'a toolbar' }));
        document.body.append(Object.assign(document.createElement('main'), { hidden: true }));
        for (const element of document.querySelectorAll('a, button, input, h1, p')) element.setAttribute('data-extension', '1');
    };
    new MutationObserver((_, observer) => {
        if (!document.documentElement) return;
        observer.disconnect();
        meddle();
    }).observe(document, { childList: true });
    addEventListener('DOMContentLoaded', meddle);
    addEventListener('load', meddle);
})()";

#[test]
fn b2_what_extensions_put_into_the_page_changes_nothing() {
    run(async |user| {
        user.before_each_page(EXTENSION).await;
        user.logs_in_as_ada().await;
        user.waits_for_element("html[data-extension] body[data-extension] > div")
            .await;
        user.clicks("link", "Look up a track").await;
        user.sees_heading("Look up a track").await;
        user.reloads().await;
        user.clicks("link", "Your profile").await;
        user.sees_heading("Ada Example").await;
        user.logs_out().await;
        user.sees_status("You are logged out").await;
    });
}
