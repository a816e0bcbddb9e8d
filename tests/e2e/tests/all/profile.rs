//! The profile: whatever the Web API sends is shown as text and does not break the page.

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
            let directions = "const direction = (element) => getComputedStyle(element).direction;
                return [direction(document.querySelector('h1')), direction(document.body)]";
            assert_eq!(user.script(directions, vec![]).await, json!(["rtl", "ltr"]));
        });
}

#[test]
fn a_user_without_a_name_is_shown_by_their_id() {
    run(async |user| {
        user.logs_in_as_ada().await;
        for name in [json!(null), json!(""), json!("  ")] {
            let profile = json!({ "id": "ada", "display_name": name });
            user.env.standin.set_profile(profile);
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
    let profile = json!({ "id": "ada", "followers": { "total": 0 }, "product": "open" });
    Scenario::default().profile(profile).run(async |user| {
        user.logs_in().await;
        user.sees_fact("Followers", "0").await;
        user.sees_fact("Plan", "Free").await;
    });
}

/// Counts the links to a URL on the page, as written or resolved, and all images.
const COUNT_LINKS_TO: &str = "const target = new URL(arguments[0], document.baseURI).href;
    const pointsThere = (link) => [arguments[0], target].some((url) => [link.getAttribute('href'), link.href].includes(url));
    return [...document.querySelectorAll('main a')].filter(pointsThere).length + document.querySelectorAll('main img').length";

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
            let count = user.script(COUNT_LINKS_TO, vec![json!(url)]).await;
            assert_eq!(count, json!(0), "{url}");
        }
    });
}

#[test]
fn a_profile_links_to_its_spotify_page() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.sees("link", "Open in Spotify").await;
        let link = user
            .script("return document.querySelector('main a').href", vec![])
            .await;
        assert_eq!(link, json!("https://open.spotify.com/user/ada"));
    });
}

#[test]
fn everything_is_in_english_whatever_the_browser_speaks() {
    let fake = "const real = Intl.DisplayNames;
        Intl.DisplayNames = function (locales, options) { return new real(locales ?? 'ar', options) };
        const inArabic = (type) => {
            const write = type.prototype.toLocaleString;
            type.prototype.toLocaleString = function (locales, options) {
                return write.call(this, [locales ?? 'ar'].flat().includes('default') ? 'ar-EG' : locales, options);
            };
        };
        inArabic(Number); inArabic(Date);
        Object.defineProperty(navigator, 'language', { get: () => 'ar-EG' })";
    run(async |user| {
        user.before_each_page(fake).await;
        user.logs_in_as_ada().await;
        user.sees_fact("Country", "Sweden (SE)").await;
        user.sees_fact("Followers", "1,234").await;
        user.clicks("summary", "For developers").await;
        user.waits_for_element("details dd").await;
        let text = user.page_text().await;
        assert!(!text.contains(|c: char| ('\u{600}'..'\u{700}').contains(&c)), "{text}");
    });
}
