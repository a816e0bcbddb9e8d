//! Several tabs, and ways that lead back.

use e2e::{Elsewhere, play};

fn two_tabs_log_in_at_once_and_return_in_this_order(order: [usize; 2]) {
    play(async |person| {
        person.opens("/").await;
        person.asks_to_log_in().await;
        person.opens_tab("/").await;
        person.asks_to_log_in().await;
        for tab in order {
            person.goes_to_tab(tab).await;
            person.agrees().await;
            person.sees_heading("Ada Example").await;
        }
    });
}

#[test]
fn s4_two_tabs_log_in_at_once_and_the_first_returns_first() {
    two_tabs_log_in_at_once_and_return_in_this_order([0, 1]);
}

#[test]
fn s4_two_tabs_log_in_at_once_and_the_first_returns_last() {
    two_tabs_log_in_at_once_and_return_in_this_order([1, 0]);
}

#[test]
fn t4_log_out_reaches_the_other_tabs() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.opens_tab("/").await;
        person.presses("Log in with Spotify").await;
        person.sees_heading("Ada Example").await;
        person.logs_out().await;
        person.goes_to_tab(0).await;
        person.is_told("another tab").await;
        person.is_signed_out().await;
        person.is_at("/").await;
        person.keeps_no_token().await;
    });
}

#[test]
fn t4_a_log_in_after_a_log_out_lives_in_its_own_tab() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.opens_tab("/").await;
        person.presses("Log in with Spotify").await;
        person.sees_heading("Ada Example").await;
        person.logs_out().await;
        person.presses("Log in with Spotify").await;
        person.sees_heading("Ada Example").await;
        person.reloads().await;
        person.sees_heading("Ada Example").await;
        person.goes_to_tab(0).await;
        person.is_signed_out().await;
    });
}

#[test]
fn t4_a_page_that_comes_back_after_a_log_out_elsewhere_shows_nothing() {
    play(async |person| {
        let elsewhere = Elsewhere::start("<h1>Elsewhere</h1>").await;
        person.logs_in_as_ada().await;
        person.opens_url(&elsewhere.origin()).await;
        person.opens_tab("/").await;
        person.presses("Log in with Spotify").await;
        person.is_signed_in().await;
        person.logs_out().await;
        person.goes_to_tab(0).await;
        person.goes_back().await;
        person.is_told("another tab").await;
        person.is_signed_out().await;
        person.keeps_no_token().await;
    });
}

#[test]
fn s8_back_from_the_consent_page_finds_a_button_that_works() {
    play(async |person| {
        person.opens("/").await;
        person.asks_to_log_in().await;
        person.goes_back().await;
        person.asks_to_log_in().await;
        person.agrees().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn s8_two_quick_clicks_start_one_log_in() {
    play(async |person| {
        person.opens("/").await;
        person.presses_twice("Log in with Spotify").await;
        person.sees_the_consent_page().await;
        assert_eq!(person.world.authorize_requests().len(), 1);
        let kept = "return Object.keys(sessionStorage).filter((key) => key.includes('log-in')).length";
        person.goes_back().await;
        person.sees_button("Log in with Spotify").await;
        assert_eq!(person.script(kept, vec![]).await, serde_json::json!(1));
    });
}

#[test]
fn t1_back_and_forward_after_a_log_in_find_no_response() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.goes_back().await;
        person.sees_the_consent_page().await;
        person.goes_forward().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn t4_a_page_that_is_away_is_hidden_and_looks_around_before_it_shows() {
    play(async |person| {
        person.logs_in_as_ada().await;
        let goes_away = "dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })); return app.hidden";
        assert_eq!(person.script(goes_away, vec![]).await, serde_json::json!(true));
        let comes_back = "localStorage.setItem('stagedoor:/:logged-out-at', String(Date.now()));
            return new Promise((shown) => {
                new MutationObserver(() => shown(app.innerText)).observe(app, { attributeFilter: ['hidden'] });
                dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
            })";
        let first_sight = person.script(comes_back, vec![]).await.to_string();
        assert!(!first_sight.contains("Ada Example"), "{first_sight}");
        person.is_told("another tab").await;
        person.is_signed_out().await;
    });
}
