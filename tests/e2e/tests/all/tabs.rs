//! Several tabs, and the browser's history.

use e2e::{OtherSite, Scenario, run};

fn two_concurrent_log_ins_complete_in_order(order: [usize; 2]) {
    run(async |user| {
        user.opens("/").await;
        user.starts_log_in().await;
        user.opens_tab("/").await;
        user.starts_log_in().await;
        for tab in order {
            user.switches_to_tab(tab).await;
            user.agrees().await;
            user.sees_heading("Ada Example").await;
        }
    });
}

#[test]
fn s4_two_tabs_log_in_concurrently_and_the_first_completes_first() {
    two_concurrent_log_ins_complete_in_order([0, 1]);
}

#[test]
fn s4_two_tabs_log_in_concurrently_and_the_first_completes_last() {
    two_concurrent_log_ins_complete_in_order([1, 0]);
}

#[test]
fn t4_log_out_reaches_the_other_tabs() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.opens_tab("/").await;
        user.presses("Log in with Spotify").await;
        user.sees_heading("Ada Example").await;
        user.logs_out().await;
        user.switches_to_tab(0).await;
        user.sees_notice("another tab").await;
        user.is_signed_out().await;
        user.is_at("/").await;
        user.has_no_token_in_storage().await;
    });
}

#[test]
fn t4_log_out_reaches_the_other_tabs_where_nothing_more_can_be_stored() {
    for refuse in [
        "Storage.prototype.setItem = new Proxy(Storage.prototype.setItem, { apply(set, store, args) {
            if (store === localStorage) throw new DOMException('full', 'QuotaExceededError');
            return Reflect.apply(set, store, args);
        } })",
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })",
    ] {
        run(async |user| {
            user.before_each_page(refuse).await;
            user.logs_in_as_ada().await;
            user.opens_tab("/").await;
            user.before_each_page(refuse).await;
            user.opens("/").await;
            user.presses("Log in with Spotify").await;
            user.sees_heading("Ada Example").await;
            user.presses("Log out").await;
            user.sees_status("You are logged out").await;
            user.switches_to_tab(0).await;
            user.sees_notice("another tab").await;
            user.is_signed_out().await;
        });
    }
}

#[test]
fn t4_a_log_in_after_a_log_out_affects_its_own_tab_only() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.opens_tab("/").await;
        user.presses("Log in with Spotify").await;
        user.sees_heading("Ada Example").await;
        user.logs_out().await;
        user.starts_log_in().await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
        user.reloads().await;
        user.sees_heading("Ada Example").await;
        user.switches_to_tab(0).await;
        user.is_signed_out().await;
    });
}

#[test]
fn t4_a_page_restored_after_a_log_out_in_another_tab_is_signed_out() {
    run(async |user| {
        let other_site = OtherSite::start("<h1>Other site</h1>").await;
        user.logs_in_as_ada().await;
        user.opens_url(&other_site.origin()).await;
        user.opens_tab("/").await;
        user.presses("Log in with Spotify").await;
        user.is_signed_in().await;
        user.logs_out().await;
        user.switches_to_tab(0).await;
        user.goes_back().await;
        user.sees_notice("another tab").await;
        user.is_signed_out().await;
        user.has_no_token_in_storage().await;
    });
}

#[test]
fn s8_going_back_from_the_consent_page_finds_a_working_button() {
    run(async |user| {
        user.opens("/").await;
        user.starts_log_in().await;
        user.goes_back().await;
        user.starts_log_in().await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn s8_two_quick_clicks_start_one_log_in() {
    run(async |user| {
        user.opens("/").await;
        user.presses_twice("Log in with Spotify").await;
        user.sees_consent_page().await;
        assert_eq!(user.env.authorization_requests().len(), 1);
        let pending_logins = "return Object.keys(sessionStorage).filter((key) => key.includes('log-in')).length";
        user.goes_back().await;
        user.sees_button("Log in with Spotify").await;
        assert_eq!(user.script(pending_logins, vec![]).await, serde_json::json!(1));
    });
}

#[test]
fn t1_going_back_and_forward_after_a_log_in_finds_no_response() {
    Scenario::default().config("show_dialog", true).run(async |user| {
        user.logs_in_as_ada().await;
        user.goes_back().await;
        user.sees_consent_page().await;
        user.goes_forward().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn t4_a_cached_page_stays_hidden_until_it_has_checked_the_session() {
    run(async |user| {
        user.logs_in_as_ada().await;
        let hide = "dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })); return app.hidden";
        assert_eq!(user.script(hide, vec![]).await, serde_json::json!(true));
        let restore = "localStorage.setItem('stagedoor:/:log-out', JSON.stringify({ v: 1, record: 1 }));
            return new Promise((shown) => {
                new MutationObserver(() => shown(app.innerText)).observe(app, { attributeFilter: ['hidden'] });
                dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
            })";
        let first_text = user.script(restore, vec![]).await.to_string();
        assert!(!first_text.contains("Ada Example"), "{first_text}");
        user.sees_notice("another tab").await;
        user.is_signed_out().await;
    });
}

#[test]
fn s4_a_response_that_comes_in_another_tab_completes_the_log_in_where_it_was_started() {
    for flow in ["implicit", "pkce"] {
        Scenario::default().config("flow", flow).run(async |user| {
            user.opens("/").await;
            user.starts_log_in_in_an_app().await;
            user.agrees().await;
            user.sees_heading("Go on in the other tab").await;
            user.has_no_token_in_storage().await;
            user.switches_to_tab(0).await;
            user.sees_heading("Ada Example").await;
            user.is_at("/profile").await;
            user.reloads().await;
            user.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn s4_a_log_in_that_is_denied_in_another_tab_is_over_where_it_was_started() {
    run(async |user| {
        user.opens("/").await;
        user.starts_log_in_in_an_app().await;
        user.cancels().await;
        user.sees_heading("Go on in the other tab").await;
        user.switches_to_tab(0).await;
        user.sees_heading("Access was denied").await;
    });
}

#[test]
fn s4_a_response_whose_tab_is_gone_is_told_and_another_log_in_works() {
    run(async |user| {
        user.opens("/").await;
        user.starts_log_in_in_an_app().await;
        user.switches_to_tab(0).await;
        user.reloads().await;
        user.sees_button("Log in with Spotify").await;
        user.switches_to_tab(1).await;
        user.agrees().await;
        user.sees_heading("This log-in was not started here").await;
        user.is_signed_out().await;
        user.presses("Log in with Spotify").await;
        user.sees_heading("Ada Example").await;
        user.switches_to_tab(0).await;
        user.is_signed_out().await;
    });
}
