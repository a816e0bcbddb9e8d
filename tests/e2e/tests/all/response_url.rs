//! Rule T1, from the first script on: the response leaves the URL before anything else happens, it is not lost when the wasm
//! fails to load, and a response in a changed fragment is treated like any other.

use e2e::{FORGED_TOKEN, OtherSite, Scenario, User, run};
use serde_json::json;
use standin::{Endpoint, Fault};

/// Flow, authorization response, and whether it completes the log-in.
const RESPONSES: [(&str, &str, bool); 5] = [
    (
        "implicit",
        "#access_token={token}&token_type=Bearer&expires_in=3600&state={state}",
        true,
    ),
    ("implicit", "#error=access_denied&state={state}", false),
    ("implicit", "?error=access_denied&state={state}", false),
    ("pkce", "?code={code}&state={state}", true),
    ("pkce", "?error=access_denied&state={state}", false),
];

/// Records, in order and with the address at that time, every `replaceState`, every request and every element that loads
/// something as far as a script can see them, and every start of WebAssembly. Imports are not visible to scripts. The address of
/// a `replaceState` is the one after it.
const RECORDER: &str = r#"(() => {
    const records = window.records = [];
    const record = (event, detail) => records.push({ event, detail: String(detail), address: location.href });
    const wrap = (object, name, before, after = () => {}) => {
        const original = object[name];
        object[name] = function (...args) {
            before(...args);
            const result = original.apply(this, args);
            after(...args);
            return result;
        };
    };
    wrap(History.prototype, "replaceState", () => {}, (state, title, url) => record("replaceState", url));
    wrap(window, "fetch", (request) => record("fetch", request?.url ?? request));
    wrap(XMLHttpRequest.prototype, "open", (method, url) => record("XMLHttpRequest", url));
    wrap(Navigator.prototype, "sendBeacon", (url) => record("sendBeacon", url));
    const loads = (node) => node instanceof HTMLScriptElement || node instanceof HTMLLinkElement;
    const recordElements = (...nodes) => nodes.filter(loads).forEach((node) => record("element", node.outerHTML));
    for (const name of ["appendChild", "insertBefore", "replaceChild"]) wrap(Node.prototype, name, recordElements);
    for (const name of ["append", "prepend", "before", "after", "replaceWith", "replaceChildren"])
        wrap(Element.prototype, name, recordElements);
    for (const name of ["compile", "compileStreaming", "instantiate", "instantiateStreaming"])
        wrap(WebAssembly, name, () => record("WebAssembly", name));
})()"#;

#[test]
fn the_recorder_sees_requests_elements_and_wasm_in_order() {
    run(async |user| {
        let script =
            "fetch('/a'); document.head.append(document.createElement('link')); history.replaceState(null, '', '/b');
            WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))";
        let site = OtherSite::start(&format!("<script>{RECORDER};{script}</script>")).await;
        user.opens_url(&format!("{}/#x", site.origin())).await;
        let summary =
            "return window.records.map(({ event, address }) => event + ' ' + address.slice(location.origin.length))";
        let records = user.script(summary, vec![]).await;
        assert_eq!(
            records,
            json!(["fetch /#x", "element /#x", "replaceState /b", "WebAssembly /b"])
        );
    });
}

fn respond(user: &User, response: &str) {
    let fault = Fault::Respond(response.to_owned());
    user.env.standin.inject(Endpoint::Authorize, fault);
}

async fn sees_result(user: &mut User, completes: bool) {
    if completes {
        user.sees_heading("Ada Example").await;
    } else {
        user.sees_alert("").await;
        user.is_signed_out().await;
        user.is_at("/callback").await;
    }
}

async fn removed_the_response_first(user: &mut User) {
    let records = user.script("return window.records", vec![]).await;
    let records = records.as_array().expect("the records of this page");
    let first = records.first().expect("a record");
    assert_eq!(first["event"], "replaceState", "{records:#?}");
    assert_eq!(first["address"], user.env.redirect_uri(), "{records:#?}");
    for record in records {
        let address = record["address"].as_str().expect("an address");
        for parameter in ["access_token=", "code=", "error=", "state="] {
            assert!(!address.contains(parameter), "{parameter} at {record:#}");
        }
    }
    let starts_wasm = |record: &serde_json::Value| record["event"] == "WebAssembly";
    assert!(
        records.iter().any(starts_wasm),
        "no start of the wasm among {records:#?}"
    );
}

#[test]
fn t1_the_response_leaves_the_url_before_any_request_and_before_the_wasm() {
    for (flow, response, completes) in RESPONSES {
        Scenario::default().config("flow", flow).run(async |user| {
            user.before_each_page(RECORDER).await;
            respond(user, response);
            user.opens("/").await;
            user.presses("Log in with Spotify").await;
            sees_result(user, completes).await;
            removed_the_response_first(user).await;
        });
    }
}

#[test]
fn t1_the_response_leaves_the_url_while_the_wasm_is_still_loading() {
    for (flow, response, completes) in RESPONSES {
        Scenario::default().config("flow", flow).run(async |user| {
            respond(user, response);
            user.opens("/").await;
            user.is_signed_out().await;
            user.env.site.hold(".wasm");
            user.presses("Log in with Spotify").await;
            user.is_at("/callback").await;
            user.sees_prerendered_page().await;
            user.env.site.release();
            sees_result(user, completes).await;
        });
    }
}

/// Sets the fragment of the current page without loading it again.
async fn sets_fragment(user: &mut User, fragment: &str) {
    user.script("window.isSameDocument = true", vec![]).await;
    user.sets_fragment(fragment).await;
}

async fn is_same_document(user: &mut User) {
    let same = user.script("return window.isSameDocument === true", vec![]).await;
    assert_eq!(same, json!(true), "the page was loaded again");
}

async fn denies_log_in(user: &mut User) {
    user.opens("/").await;
    user.starts_log_in().await;
    user.cancels().await;
    user.is_signed_out().await;
    user.is_at("/callback").await;
}

#[test]
fn t1_an_unsolicited_response_in_a_changed_fragment_is_removed_and_refused() {
    run(async |user| {
        denies_log_in(user).await;
        let state = "A".repeat(43);
        let forged = format!("#access_token={FORGED_TOKEN}&token_type=Bearer&state={state}");
        sets_fragment(user, &forged).await;
        user.is_at("/callback").await;
        user.sees_alert("nothing was changed").await;
        user.is_signed_out().await;
        is_same_document(user).await;
        assert_eq!(user.env.profile_calls(), 0, "the forged token is not used");
    });
}

#[test]
fn t1_a_valid_response_in_a_changed_fragment_completes_the_log_in() {
    run(async |user| {
        denies_log_in(user).await;
        user.starts_log_in().await;
        let state = user.env.last_state();
        user.goes_back().await;
        user.is_at("/callback").await;
        user.waits_for_the_app().await;
        user.opens_tab("/").await;
        user.logs_in_as_ada().await;
        let response = user.env.implicit_response(&state);
        user.switches_to_tab(0).await;
        sets_fragment(user, &response).await;
        user.sees_heading("Ada Example").await;
        user.is_at("/profile").await;
        is_same_document(user).await;
    });
}

/// Waits until the host has received more than `count` requests for the wasm.
async fn requests_wasm_again(user: &mut User, count: usize) {
    user.env.site.wait_for_requests(".wasm", count + 1).await;
    user.waits_until_settled().await;
}

#[test]
fn t1_try_again_after_a_failed_wasm_completes_the_log_in_without_a_reload() {
    for (flow, failed_retries) in [("implicit", 0), ("implicit", 1), ("pkce", 0), ("pkce", 1)] {
        Scenario::default().config("flow", flow).run(async |user| {
            user.expects_console_message("503");
            user.expects_console_message("integrity");
            user.opens("/").await;
            user.starts_log_in().await;
            user.env.site.fails_next(".wasm", usize::MAX);
            user.agrees().await;
            user.sees_button("Try again").await;
            user.is_at("/callback").await;
            user.script("window.isSameDocument = true", vec![]).await;
            for _ in 0..failed_retries {
                let count = user.env.site.count_requests(".wasm");
                user.presses("Try again").await;
                requests_wasm_again(user, count).await;
                user.sees_button("Try again").await;
            }
            user.env.site.fails_next(".wasm", 0);
            user.presses("Try again").await;
            user.sees_heading("Ada Example").await;
            user.is_at("/profile").await;
            is_same_document(user).await;
        });
    }
}

#[test]
fn p15_outside_the_page_for_it_only_the_parameters_of_a_response_leave_the_url() {
    const ID: &str = "1standin0track0one0000";
    run(async |user| {
        for (path, left) in [
            ("/track?id={ID}&code=SUMMER", "/track?id={ID}&code=SUMMER"),
            ("/music?show=tracks&state=CA", "/music?show=tracks&state=CA"),
            (
                "/track?id={ID}&scope=x&iss=y&error=404",
                "/track?id={ID}&scope=x&iss=y&error=404",
            ),
            ("/track?id={ID}&code=a&state=b", "/track?id={ID}"),
            (
                "/track?error=a&id={ID}&x=50%&&state=b&error_description=c",
                "/track?id={ID}&x=50%&",
            ),
            ("/track?id={ID}#access_token=a&refresh_token=b", "/track?id={ID}"),
            ("/track?id={ID}&iss=x#acc%65ss_token=a&part=2", "/track?id={ID}#part=2"),
            ("/track?code=a&state=b", "/track"),
        ] {
            user.opens("/").await;
            user.opens(&path.replace("{ID}", ID)).await;
            user.waits_for_the_app().await;
            let address = user
                .script("return location.pathname + location.search + location.hash", vec![])
                .await;
            assert_eq!(address, json!(left.replace("{ID}", ID)), "{path}");
        }
    });
}

#[test]
fn p15_a_look_up_with_a_parameter_of_somebody_else_is_carried_out() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.opens("/track?id=1standin0track0one0000&code=SUMMER").await;
        user.sees_heading("Kettle on a Quiet Sunday").await;
    });
}

#[test]
fn b2_an_address_with_a_user_name_and_a_password_works_and_tells_them_to_nobody() {
    for flow in ["implicit", "pkce"] {
        // The leak check takes an address with a user name for that of another host.
        let scenario = Scenario::default().config("flow", flow);
        scenario.run_without_leak_check(async |user| {
            let there = user.env.site.origin().replace("//", "//user:hunter2@");
            user.opens_url(&format!("{there}/")).await;
            user.starts_log_in().await;
            let requests = user.env.authorization_requests();
            let redirect_uri = ("redirect_uri".to_owned(), user.env.redirect_uri());
            assert!(
                requests.last().expect("a request").contains(&redirect_uri),
                "{requests:?}"
            );
            user.agrees().await;
            user.sees_heading("Ada Example").await;
            user.opens_url(&format!("{there}/profile")).await;
            user.sees_heading("Ada Example").await;
            user.clicks("link", "Track").await;
            user.sees_heading("Look up a track").await;
            assert!(!user.page_text().await.contains("hunter2"));
            for response in ["#access_token=a&token_type=Bearer", "?error=access_denied"] {
                user.opens_url(&format!("{there}/callback{response}")).await;
                user.sees_alert("nothing was changed").await;
                let address = user.script("return location.search + location.hash", vec![]).await;
                assert_eq!(address, json!(""), "{response}");
            }
            for request in user.env.standin.requests() {
                assert!(!format!("{request:?}").contains("hunter2"), "{request:?}");
            }
        });
    }
}
