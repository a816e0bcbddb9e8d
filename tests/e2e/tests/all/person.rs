//! People as the Web API tells of them: whatever it sends is text, and none of it breaks the page.

use e2e::{Stage, play};
use serde_json::json;

#[test]
fn t6_html_in_a_name_is_text() {
    let name = "<img src=x onerror=\"window.hurt = 1\"><b>Ada</b> & Co";
    Stage::default()
        .person(json!({ "id": "ada", "display_name": name }))
        .play(async |person| {
            person.logs_in().await;
            person.sees_heading(name).await;
            person.waits_a_moment().await;
            let harm = "return [!!window.hurt, document.querySelectorAll('main img, main b').length]";
            assert_eq!(person.script(harm, vec![]).await, json!([false, 0]));
        });
}

#[test]
fn t6_a_name_of_ten_thousand_letters_fits_a_small_screen() {
    let name = "A".repeat(10_000);
    Stage::default()
        .person(json!({ "id": "ada", "display_name": name, "email": format!("{name}@example.com") }))
        .play(async |person| {
            person.has_a_screen(320, 640).await;
            person.logs_in().await;
            person.sees_heading(&name).await;
            assert!(!person.page_sticks_out().await, "the page scrolls sideways");
            person.is_signed_in().await;
        });
}

#[test]
fn t6_a_name_that_runs_from_right_to_left_does_so() {
    Stage::default()
        .person(json!({ "id": "ada", "display_name": "ملكة الليل" }))
        .play(async |person| {
            person.logs_in().await;
            person.sees_heading("ملكة الليل").await;
            let directions = "const way = (element) => getComputedStyle(element).direction;
                return [way(document.querySelector('h1')), way(document.body)]";
            assert_eq!(person.script(directions, vec![]).await, json!(["rtl", "ltr"]));
        });
}

#[test]
fn a_person_without_a_name_is_shown_by_their_id() {
    play(async |person| {
        person.logs_in_as_ada().await;
        for name in [json!(null), json!(""), json!("  ")] {
            let nameless = json!({ "id": "ada", "display_name": name });
            person.world.standin.set_person(nameless);
            person.reloads().await;
            person.sees_heading("ada").await;
        }
    });
}

#[test]
fn a_person_of_whom_only_the_id_is_known_has_no_empty_facts() {
    Stage::default().person(json!({ "id": "ada" })).play(async |person| {
        person.logs_in().await;
        person.sees_heading("ada").await;
        person.sees_fact("Spotify ID", "ada").await;
        for term in ["Email", "Country", "Plan", "Followers"] {
            person.sees_no_fact(term).await;
        }
        assert_eq!(person.reads_all("definition").await, r#"["ada"]"#);
        assert_eq!(person.reads_all("term").await, r#"["Spotify ID"]"#);
    });
}

#[test]
fn a_person_with_nobody_following_has_that_fact_too() {
    let lonely = json!({ "id": "ada", "followers": { "total": 0 }, "product": "open" });
    Stage::default().person(lonely).play(async |person| {
        person.logs_in().await;
        person.sees_fact("Followers", "0").await;
        person.sees_fact("Plan", "Free").await;
    });
}

#[test]
fn t6_only_https_links_are_links() {
    play(async |person| {
        person.logs_in_as_ada().await;
        for url in [
            "javascript:alert(1)",
            "http://open.spotify.com/user/ada",
            "data:text/html,x",
            "//x.example",
        ] {
            let hostile = json!({ "id": "ada", "external_urls": { "spotify": url }, "images": [{ "url": url }] });
            person.world.standin.set_person(hostile);
            person.reloads().await;
            person.sees_heading("ada").await;
            person.sees_no("link", "Open in Spotify").await;
            let links = person
                .script(
                    "return document.querySelectorAll('.person a, .person img').length",
                    vec![],
                )
                .await;
            assert_eq!(links, json!(0), "{url}");
        }
    });
}

#[test]
fn a_person_has_a_link_to_their_page() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.sees("link", "Open in Spotify").await;
        let link = person
            .script("return document.querySelector('main a').href", vec![])
            .await;
        assert_eq!(link, json!("https://open.spotify.com/user/ada"));
    });
}
