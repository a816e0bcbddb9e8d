use stagedoor::internals::browser::{location, response};
use stagedoor_app::browser::{address, intl};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::tools::run;

fn current() -> String {
    run("location.href").as_string().expect("a text")
}

/// Visits an address of this page, and goes back to the old one when dropped.
struct Visit(String);

impl Visit {
    fn new(rest: &str) -> Self {
        let before = current();
        run(&format!("history.pushState(null, '', '{rest}')"));
        Self(before)
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        run(&format!("history.replaceState(null, '', '{}')", self.0));
    }
}

#[wasm_bindgen_test]
fn d3_index_html_is_removed_from_the_current() {
    for (before, after) in [
        ("/track/index.html?id=x", "/track/?id=x"),
        ("/index.html", "/"),
        ("/xindex.htm", "/xindex.htm"),
    ] {
        let _visit = Visit::new(before);
        let entries = run("history.length").as_f64();
        address::remove_index_html();
        assert!(current().ends_with(after), "{}", current());
        assert_eq!(run("history.length").as_f64(), entries, "replaced, not added");
    }
}

#[wasm_bindgen_test]
fn an_entry_is_added_only_where_the_address_differs() {
    let _visit = Visit::new("/track?id=x");
    let entries = run("history.length").as_f64();
    address::push_if_elsewhere("/track?id=x");
    assert_eq!(run("history.length").as_f64(), entries);
    address::push_if_elsewhere("/profile");
    assert!(current().ends_with("/profile"), "{}", current());
    assert_ne!(run("history.length").as_f64(), entries);
}

#[wasm_bindgen_test]
fn t1_the_response_is_taken_from_the_script_once() {
    assert_eq!(response::take(), None, "a page without the script");
    run("let once = '?code=abc#access_token=very-secret';
         window.stagedoorResponse = { take() { const taken = once; once = undefined; return taken } }");
    let taken = response::take();
    assert_eq!(taken.as_deref(), Some("?code=abc#access_token=very-secret"));
    assert_eq!(response::take(), None);
    run("delete window.stagedoorResponse");
}

#[wasm_bindgen_test]
fn d3_the_base_is_that_of_the_page_and_without_one_the_root() {
    let _visit = Visit::new("/some/page?x=/y/#/z/");
    assert_eq!(location::base_path(), "/");
    for (href, path) in [
        ("/music/", "/music/"),
        ("/music/index.html?x=/y/#/z/", "/music/"),
        ("/", "/"),
    ] {
        run(&format!(
            "document.head.insertAdjacentHTML('beforeend', '<base href=\"{href}\">')"
        ));
        assert_eq!(location::base_path(), path);
        assert!(location::base_url().ends_with(path), "{}", location::base_url());
        run("document.querySelector('base').remove()");
    }
}

#[wasm_bindgen_test]
fn t3_origins_are_compared_as_parsed_urls() {
    let api = "https://api.example/v1";
    assert!(location::same_origin("https://api.example/v1/me", api));
    assert!(location::same_origin("HTTPS://API.example:443/v1/me", api));
    for other in [
        "http://api.example/v1/me",
        "https://api.example:444/v1/me",
        "https://api.example.evil.example/v1/me",
        "https://api.example@evil.example/v1/me",
        "https://evil.example/https://api.example/v1",
        "data:text/plain,https://api.example/v1",
        "nonsense",
    ] {
        assert!(!location::same_origin(other, api), "{other}");
    }
    assert!(
        !location::same_origin("data:x", "data:x"),
        "opaque origins equal nothing"
    );
}

#[wasm_bindgen_test]
fn a_number_and_a_time_are_written_in_the_readers_notation() {
    assert_eq!(
        intl::number(1234),
        run("(1234).toLocaleString()").as_string().expect("a text")
    );
    let day = 24 * 3600 * 1000;
    let time = intl::time(day, day);
    assert!(intl::time(day, 5 * day).len() > time.len(), "another day is named");
}
