//! A browser that translates the page: it puts elements in the place of text nodes, on what is there and on what comes later.

use e2e::{Scenario, User, run};
use serde_json::json;
use standin::{Endpoint, Fault, TRACKS};

/// Wraps every text as browsers do when they translate, and records it. The words stay, so that they can be found. Where
/// `HONOURS` is true, it leaves alone what says `translate="no"`.
const TRANSLATOR: &str = r#"(() => {
    const texts = window.translated = [];
    const kept = HONOURS ? "[translate=no], head, noscript, script, font" : "head, noscript, script, font";
    const translate = (text) => {
        if (!text.data.trim() || !text.parentElement || text.parentElement.closest(kept)) return;
        texts.push(text.data.trim());
        const [outer, inner] = [document.createElement("font"), document.createElement("font")];
        inner.textContent = text.data;
        outer.append(inner);
        text.replaceWith(outer);
    };
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return translate(node);
        const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) found.push(walker.currentNode);
        found.forEach(translate);
    };
    const observer = new MutationObserver((records) => records.forEach(({ type, target, addedNodes }) =>
        type === "characterData" ? translate(target) : addedNodes.forEach(walk)));
    observer.observe(document, { childList: true, subtree: true, characterData: true });
})()"#;

const FIELD: &str = "Link, URI or ID of a track on Spotify";

async fn uses_translator(user: &mut User, honours: bool) {
    user.before_each_page(&TRANSLATOR.replace("HONOURS", &honours.to_string()))
        .await;
}

/// Checks that none of these was translated on this page, and that something was.
async fn did_not_translate(user: &mut User, texts: &[&str]) {
    let translated = user.script("return window.translated", vec![]).await;
    let translated: Vec<String> = serde_json::from_value(translated).expect("texts");
    assert!(!translated.is_empty(), "the translator runs");
    for text in texts {
        let found = translated.iter().find(|translated| translated.contains(text));
        assert_eq!(found, None, "{text}");
    }
}

#[test]
fn b3_the_whole_way_works_on_a_translated_page() {
    for honours in [true, false] {
        Scenario::default().run(async |user| {
            uses_translator(user, honours).await;
            user.opens("/").await;
            user.clicks(
                "summary",
                "Is this your app? How it logs in, and the redirect URI to register",
            )
            .await;
            assert!(user.definition_of("scope").await.contains("user-read-email"));
            user.clicks("checkbox", "see your e-mail address").await;
            assert!(!user.definition_of("scope").await.contains("user-read-email"));
            user.starts_log_in().await;
            user.cancels().await;
            user.sees_alert("nothing was shared").await;
            user.presses("Log in with Spotify").await;
            user.agrees().await;
            user.sees_heading("Ada Example").await;
            user.sees_fact("Country", "Sweden (SE)").await;
            user.sees_fact("Followers", "1,234").await;
            let seconds = user.timer_seconds().await;
            user.waits_until_timer_is_below(seconds).await;
            user.clicks("link", "Look up a track").await;
            user.fills_in(FIELD, "kettle").await;
            user.sees_status("22 letters and digits").await;
            user.fills_in(FIELD, "spotify:album:1standin0track0one0000").await;
            user.sees_status("something else than a track").await;
            user.waits_until_text_is_gone("22 letters and digits").await;
            user.fills_in(FIELD, TRACKS[0]).await;
            user.waits_until_text_is_gone("something else than a track").await;
            user.presses("Look it up").await;
            user.sees_heading("Kettle on a Quiet Sunday").await;
            user.fills_in(FIELD, TRACKS[1]).await;
            user.presses("Look it up").await;
            user.sees_heading("Seventeen Wrong Lifts").await;
            user.sees_fact("Length", "1:02:03").await;
            user.waits_until_text_is_gone("Kettle").await;
            user.presses("Log out").await;
            user.sees_status("You are logged out").await;
            user.sees_button("Log in with Spotify").await;
        });
    }
}

#[test]
fn b3_names_codes_addresses_and_clocks_are_not_translated() {
    run(async |user| {
        uses_translator(user, true).await;
        user.opens("/").await;
        user.sees_button("Log in with Spotify").await;
        let redirect_uri = user.env.redirect_uri();
        let own = [
            redirect_uri.as_str(),
            "redirect_uri",
            "user-read-email",
            e2e::CLIENT_ID,
            "Stagedoor",
        ];
        did_not_translate(user, &own).await;
        user.starts_log_in().await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
        did_not_translate(user, &["Ada Example", "ada@example.com", "ada", "59:"]).await;
        user.opens(&format!("/track?id={}", TRACKS[0])).await;
        user.sees_heading("Kettle on a Quiet Sunday").await;
        did_not_translate(user, &["Kettle", "Nora Pebble", "Things Left on Trains", "3:34"]).await;
        user.env
            .site
            .set_raw_config(200, "application/json", r#"{"colour":"green"}"#);
        user.presses("Log out").await;
        user.reloads().await;
        user.sees_alert("colour").await;
        did_not_translate(user, &["colour"]).await;
    });
}

#[test]
fn b3_waits_and_errors_that_follow_each_other_are_each_shown() {
    for honours in [true, false] {
        run(async |user| {
            user.expects_console_message("429");
            user.expects_console_message("403");
            user.expects_console_message("401");
            uses_translator(user, honours).await;
            user.logs_in_as_ada().await;
            user.env
                .standin
                .inject(Endpoint::Me, Fault::too_many_requests(Some(40)));
            user.reloads().await;
            user.sees_text("Trying again in 0:3").await;
            user.sees_text("Trying again in 0:37").await;
            let missing = Fault::spotify_error(403, "Insufficient client scope");
            user.env.standin.inject(Endpoint::Me, missing);
            user.presses("Try again").await;
            user.sees_heading("A permission is missing").await;
            user.waits_until_text_is_gone("Too many requests").await;
            user.env.standin.inject(Endpoint::Me, Fault::plain(401, ""));
            user.reloads().await;
            user.sees_notice("no longer accepts").await;
            user.opens("/callback?error=access_denied").await;
            user.sees_heading("This log-in was not started here").await;
            let script = "location.hash = arguments[0]";
            user.script(script, vec![json!("#access_token=%zz&token_type=Bearer")])
                .await;
            user.sees_heading("The response could not be read").await;
            user.waits_until_text_is_gone("This log-in was not started here").await;
        });
    }
}
