use super::ActiveSession;
use crate::oauth::samples::{NOW, client, pending};
use crate::oauth::{
    AuthorizationResponse, Client, EXPIRES_IN_MAX_S, Flow, Grant, RefreshToken, Scopes, State, TokenGrant,
    TokenResponse,
};
use crate::session::core::RECORD;
use crate::store::MemoryStore;

fn grant(expires_in: u64) -> TokenGrant {
    let text = format!("#access_token=tok&token_type=bearer&expires_in={expires_in}&scope=user-read-private");
    let response = AuthorizationResponse::parse("", &text).expect("readable");
    let response = AuthorizationResponse {
        state: Some(State::from_random(&[1; 32])),
        ..response
    };
    match response.check(pending()) {
        Ok(Grant::Token(grant)) => grant,
        other => panic!("expected a token, got {other:?}"),
    }
}

fn session(expires_in: u64) -> ActiveSession {
    ActiveSession::new(grant(expires_in), NOW, Some(7))
}

#[test]
fn e1_the_deadline_is_receipt_plus_life_less_the_margin() {
    assert_eq!(session(3600).deadline, NOW + 3_570_000);
    assert_eq!(session(300).deadline, NOW + 270_000);
}

#[test]
fn e1_the_margin_is_at_most_a_tenth_of_the_life() {
    for (life, deadline) in [(1, 900), (8, 7_200), (30, 27_000), (299, 269_100)] {
        assert_eq!(session(life).deadline, NOW + deadline, "{life}");
    }
}

#[test]
fn e1_a_session_is_over_at_its_deadline_and_not_before() {
    let session = session(3600);
    assert!(!session.is_expired(session.deadline - 1));
    assert!(session.is_expired(session.deadline));
    assert_eq!(session.remaining(session.deadline - 1), 1);
    assert_eq!(session.remaining(session.deadline + 1), 0);
}

#[test]
fn e3_a_clock_set_back_before_the_issue_time_means_expired() {
    assert!(!session(3600).is_expired(NOW));
    assert!(session(3600).is_expired(NOW - 30_001));
}

#[test]
fn e3_a_small_correction_of_the_clock_changes_nothing() {
    let session = session(3600);
    for back in [1, 2_000, 30_000] {
        assert!(session.is_usable(NOW - back), "{back}");
        assert!(!session.is_expired(NOW - back), "{back}");
        assert_eq!(session.remaining(NOW - back), session.lifetime(), "{back}");
    }
}

#[test]
fn e3_a_reload_restores_the_time_that_is_left() {
    let store = MemoryStore::default();
    let before = session(3600);
    before.store(&store).expect("stored");
    let after = ActiveSession::restore(&store).expect("a session");
    assert_eq!(after.deadline, before.deadline);
    assert_eq!(after.remaining(NOW + 600_000), 2_970_000);
    assert_eq!(after.scopes, Scopes::parse("user-read-private"));
    assert_eq!(after.requested_scopes, pending().scopes);
    assert_eq!(after, before);
}

#[test]
fn e4_the_longest_life_still_adds_up() {
    for seconds in [2_147_484, 99_999_999_999] {
        let session = session(seconds);
        assert!(session.deadline > NOW + 2_147_000_000);
        assert!(!session.is_expired(NOW + 1_000_000));
    }
}

#[test]
fn e6_the_last_minute_is_known() {
    let session = session(3600);
    assert!(!session.is_ending(session.deadline - 60_001));
    assert!(session.is_ending(session.deadline - 60_000));
}

#[test]
fn t4_a_log_out_ends_the_sessions_that_began_before_it_and_no_other() {
    let session = session(3600);
    assert!(!session.is_ended_by(7), "the last log-out before it began");
    assert!(session.is_ended_by(8));
    let first = ActiveSession::new(grant(3600), NOW, None);
    assert!(first.is_ended_by(7));
}

#[test]
fn s5_any_changed_part_of_the_binding_ends_the_session() {
    let changes: [fn(&mut Client); 7] = [
        |now| now.flow = Flow::Pkce,
        |now| now.client_id.push('x'),
        |now| now.redirect_uri.push('/'),
        |now| now.issuer = Some("https://accounts.example".to_owned()),
        |now| now.authorize_url.push('x'),
        |now| now.token_url.push('x'),
        |now| now.api_url.push('x'),
    ];
    assert!(session(3600).fits(&client()));
    for change in changes {
        let mut now = client();
        change(&mut now);
        assert!(!session(3600).fits(&now));
    }
}

#[test]
fn t7_a_damaged_record_means_signed_out() {
    let store = MemoryStore::default();
    session(3600).store(&store).expect("stored");
    let good = store.text(RECORD).expect("a record");
    for damaged in [
        String::new(),
        "garbage".to_owned(),
        "{\"access_token\":\"tok\"}".to_owned(),
        "v=1&access_token=tok".to_owned(),
        good.replace(r#""v":1"#, r#""v":9"#),
        good.replace(r#""access_token":"tok""#, r#""access_token":"t k""#),
        good.replace(r#""access_token":"tok","#, ""),
        good.replace(r#""refresh_token":null"#, r#""refresh_token":"""#),
        good.replace(r#""deadline":1"#, r#""deadline":9999999999999991"#),
        good.replace(r#""deadline":1"#, r#""deadline":-1"#),
        good.replace(r#""deadline":1"#, r#""deadline":0,"x":1"#),
        good.replace(r#""issued_at":1"#, r#""issued_at":"1"#),
        good.replace(r#""refreshes":0"#, r#""refreshes":0,"refreshes":0"#),
        good.replace(r#""refreshes":0"#, r#""refreshes":0,"more":1"#),
        good[..good.len() - 1].to_owned(),
        format!("{good}}}"),
    ] {
        assert_ne!(damaged, good);
        store.set_text(RECORD, &damaged);
        assert_eq!(ActiveSession::restore(&store), None, "{damaged}");
        assert_eq!(store.text(RECORD), None, "damaged records are cleared away");
    }
}

#[test]
fn t7_a_deadline_before_the_issue_or_beyond_the_longest_life_is_damage() {
    let store = MemoryStore::default();
    for deadline in [NOW - 1, NOW + EXPIRES_IN_MAX_S * 1000 + 1] {
        let session = ActiveSession {
            deadline,
            ..session(3600)
        };
        session.store(&store).expect("stored");
        assert_eq!(ActiveSession::restore(&store), None);
    }
}

#[test]
fn t2_debug_of_a_session_shows_no_token() {
    let shown = format!("{:?} {:?}", session(60), grant(60));
    assert!(!shown.contains("tok\""), "{shown}");
}

fn refreshable(expires_in: u64) -> ActiveSession {
    ActiveSession {
        refresh_token: RefreshToken::parse("ref-1"),
        ..session(expires_in)
    }
}

fn answer(refresh_token: &str) -> TokenResponse {
    let text = format!(r#"{{"access_token":"tok-2","token_type":"Bearer","expires_in":3600{refresh_token}}}"#);
    TokenResponse::parse(200, &text).expect("readable")
}

#[test]
fn c5_a_refresh_is_due_a_minute_ahead_with_some_spread() {
    let session = refreshable(3630);
    let due = |jitter| (0..).find(|second| session.is_refresh_due(NOW + second * 1000, jitter));
    assert_eq!(due(0), Some(3600 - 60));
    assert_eq!(due(255), Some(3600 - 90));
    assert!(
        !ActiveSession {
            refresh_token: None,
            ..session.clone()
        }
        .is_refresh_due(session.deadline, 0)
    );
}

#[test]
fn c5_a_short_life_is_renewed_at_half_time_and_not_at_once() {
    let session = refreshable(60);
    assert!(!session.is_refresh_due(NOW + 26_999, 255));
    assert!(session.is_refresh_due(NOW + 27_000, 255));
}

#[test]
fn c5_tokens_that_live_shorter_than_the_margin_are_refreshed_more_and_more_seldom() {
    let mut session = refreshable(8);
    let mut waits = Vec::new();
    for _ in 0..12 {
        let due = (0..=3_600).find(|second| session.is_refresh_due(session.issued_at + second * 1000, 255));
        waits.push(due.expect("due within an hour"));
        session.refreshes += 1;
    }
    assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
    session.refreshes = u32::MAX;
    assert!(session.is_refresh_due(NOW + 3_600_000, 0));
}

#[test]
fn c5_a_rotated_refresh_token_is_taken_and_a_missing_one_keeps_the_old() {
    let before = refreshable(3630);
    let kept = before.refreshed(answer(""), NOW + 5);
    assert_eq!(kept.refresh_token, before.refresh_token);
    assert_eq!((kept.issued_at, kept.deadline), (NOW + 5, NOW + 5 + 3_570_000));
    assert_eq!(
        (kept.login(), kept.refreshes, &kept.scopes),
        (before.login(), 1, &before.scopes)
    );
    let rotated = before.refreshed(answer(r#","refresh_token":"ref-2""#), NOW);
    assert_eq!(rotated.refresh_token, RefreshToken::parse("ref-2"));
    assert_ne!(rotated.access_token, before.access_token);
}

#[test]
fn c5_another_tab_takes_over_what_is_newer_of_the_same_session_and_nothing_else() {
    let before = refreshable(3630);
    let refreshed = before.refreshed(answer(""), NOW);
    let adopted = before.adopt(refreshed.clone()).expect("newer");
    assert_eq!(adopted, refreshed);
    assert_eq!(refreshed.adopt(before.clone()), None, "older");
    assert_eq!(before.adopt(before.clone()), None, "the same");
    let foreign = ActiveSession {
        login: State::from_random(&[9; 32]),
        ..refreshed.clone()
    };
    assert_eq!(before.adopt(foreign), None, "another login");
    let mut elsewhere = refreshed;
    elsewhere.client.api_url.push('x');
    assert_eq!(before.adopt(elsewhere), None, "another server");
}

#[test]
fn c6_a_refreshable_session_outlives_its_token_until_the_refresh_fails() {
    let session = refreshable(60);
    assert!(!session.is_expired(session.deadline));
    assert!(!session.is_usable(session.deadline) && !session.is_usable(NOW - 30_001));
    assert!(session.is_refresh_due(NOW - 30_001, 0), "a clock set back");
}

#[test]
fn c7_the_record_carries_the_refresh_token_and_debug_does_not() {
    let store = MemoryStore::default();
    let before = refreshable(3600);
    before.store(&store).expect("stored");
    let after = ActiveSession::restore(&store).expect("a session");
    assert_eq!(after.refresh_token, before.refresh_token);
    assert!(!format!("{before:?}").contains("ref-1"));
}
