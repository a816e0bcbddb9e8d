//! The harness itself: what is asserted of the app waits until the app is running.

use e2e::{OtherSite, User, run};

const PRERENDERED: &str = "<div id=\"app\" data-prerendered><h1>Early</h1><button>Log in</button></div>
    <div id=\"failure-x\" hidden><p role=\"alert\">Broken</p></div>";

async fn opens_page(user: &mut User, body: &str) -> OtherSite {
    let site = OtherSite::start(body).await;
    user.opens_url(&site.origin()).await;
    site
}

#[test]
fn the_prerendered_page_is_found_only_before_the_app() {
    run(async |user| {
        opens_page(user, PRERENDERED).await;
        user.sees_before_the_app("button", "Log in").await;
        user.sees_no_before_the_app("button", "Log out").await;
        user.clicks_before_the_app("button", "Log in").await;
        let start =
            "setTimeout(() => { app.removeAttribute('data-prerendered'); app.innerHTML = '<h1>Late</h1>' }, 300)";
        user.script(start, vec![]).await;
        user.sees_no("heading", "Early").await;
        user.sees_heading("Late").await;
        assert_eq!(user.page_text().await.trim(), "Late");
    });
}

#[test]
#[should_panic(expected = "did not see a heading “Early”")]
fn the_prerendered_page_is_not_taken_for_the_app() {
    run(async |user| {
        opens_page(user, PRERENDERED).await;
        user.sees_heading("Early").await;
    });
}

#[test]
#[should_panic(expected = "did not see a button “Log in” on the prerendered page")]
fn the_app_is_not_taken_for_the_prerendered_page() {
    run(async |user| {
        opens_page(user, "<div id=\"app\"><button>Log in</button></div>").await;
        user.sees_button("Log in").await;
        user.sees_before_the_app("button", "Log in").await;
    });
}

#[test]
fn a_static_failure_message_is_found_without_the_app() {
    run(async |user| {
        opens_page(user, PRERENDERED).await;
        user.script("document.getElementById('failure-x').hidden = false", vec![])
            .await;
        user.sees_alert("Broken").await;
        user.sees_text("Broken").await;
        user.sees_no("heading", "Early").await;
        assert_eq!(user.page_text().await.trim(), "Broken");
    });
}

#[test]
fn a_page_without_an_app_is_searched_as_it_is() {
    run(async |user| {
        opens_page(user, "<h1>Other</h1>").await;
        user.sees_heading("Other").await;
        user.sees_none("button").await;
    });
}

#[test]
fn a_failing_file_is_served_again_afterwards() {
    run(async |user| {
        user.expects_console_message("503");
        user.expects_console_message("favicon.ico");
        user.opens("/icon.svg").await;
        user.env.site.fails_next("icon.svg", 1);
        let statuses = "const status = async () => (await fetch('/icon.svg')).status; return (async () => [await status(), await status()])()";
        assert_eq!(user.script(statuses, vec![]).await, serde_json::json!([503, 200]));
        assert_eq!(user.env.site.count_requests("icon.svg"), 3);
    });
}
