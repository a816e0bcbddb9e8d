//! People as the Web API tells of them: whatever it sends is text, and none of it breaks the page.

use e2e::{Scenario, run};
use serde_json::json;

#[test]
fn t6_html_in_a_name_is_text() {
    let name = "<img src=x onerror=\"window.hurt = 1\"><b>Ada</b> & Co";
    Scenario::default()
        .profile(json!({ "id": "ada", "display_name": name }))
        .run(async |user| {
            user.logs_in().await;
            user.sees_heading(name).await;
            user.waits_until_settled().await;
            let harm = "return [!!window.hurt, document.querySelectorAll('main img, main b').length]";
            assert_eq!(user.script(harm, vec![]).await, json!([false, 0]));
        });
}

#[test]
fn t6_a_name_of_ten_thousand_letters_fits_a_narrow_viewport() {
    let name = "A".repeat(10_000);
    Scenario::default()
        .profile(json!({ "id": "ada", "display_name": name, "email": format!("{name}@example.com") }))
        .run(async |user| {
            user.uses_viewport(320, 640).await;
            user.logs_in().await;
            user.sees_heading(&name).await;
            assert!(!user.page_overflows().await, "the page scrolls sideways");
            user.is_signed_in().await;
        });
}

#[test]
fn t6_a_right_to_left_name_is_laid_out_right_to_left() {
    Scenario::default()
        .profile(json!({ "id": "ada", "display_name": "ملكة الليل" }))
        .run(async |user| {
            user.logs_in().await;
            user.sees_heading("ملكة الليل").await;
            let directions = "const way = (element) => getComputedStyle(element).direction;
                return [way(document.querySelector('h1')), way(document.body)]";
            assert_eq!(user.script(directions, vec![]).await, json!(["rtl", "ltr"]));
        });
}

#[test]
fn a_user_without_a_name_is_shown_by_their_id() {
    run(async |user| {
        user.logs_in_as_ada().await;
        for name in [json!(null), json!(""), json!("  ")] {
            let nameless = json!({ "id": "ada", "display_name": name });
            user.env.standin.set_profile(nameless);
            user.reloads().await;
            user.sees_heading("ada").await;
        }
    });
}

#[test]
fn a_profile_with_only_an_id_has_no_empty_facts() {
    Scenario::default().profile(json!({ "id": "ada" })).run(async |user| {
        user.logs_in().await;
        user.sees_heading("ada").await;
        user.sees_fact("Spotify ID", "ada").await;
        for term in ["Email", "Country", "Plan", "Followers"] {
            user.sees_no_fact(term).await;
        }
        assert_eq!(user.texts_of("definition").await, r#"["ada"]"#);
        assert_eq!(user.texts_of("term").await, r#"["Spotify ID"]"#);
    });
}

#[test]
fn a_profile_without_followers_shows_zero() {
    let lonely = json!({ "id": "ada", "followers": { "total": 0 }, "product": "open" });
    Scenario::default().profile(lonely).run(async |user| {
        user.logs_in().await;
        user.sees_fact("Followers", "0").await;
        user.sees_fact("Plan", "Free").await;
    });
}

#[test]
fn t6_only_https_links_are_links() {
    run(async |user| {
        user.logs_in_as_ada().await;
        for url in [
            "javascript:alert(1)",
            "http://open.spotify.com/user/ada",
            "data:text/html,x",
            "//x.example",
        ] {
            let hostile = json!({ "id": "ada", "external_urls": { "spotify": url }, "images": [{ "url": url }] });
            user.env.standin.set_profile(hostile);
            user.reloads().await;
            user.sees_heading("ada").await;
            user.sees_no("link", "Open in Spotify").await;
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
fn a_profile_links_to_its_spotify_page() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.sees("link", "Open in Spotify").await;
        let link = person
            .script("return document.querySelector('main a').href", vec![])
            .await;
        assert_eq!(link, json!("https://open.spotify.com/user/ada"));
    });
}
