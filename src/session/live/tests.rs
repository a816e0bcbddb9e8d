use super::{Live, Phase};
use crate::browser::storage::{MemoryStore, Store};
use crate::oauth::samples::{NOW, binding, pending};
use crate::oauth::{Grant, Response, Scopes};
use crate::session::{Ended, RECORD};

fn grant(expires_in: u64) -> Grant {
    let text = format!("#access_token=tok&token_type=bearer&expires_in={expires_in}&scope=user-read-private");
    let response = Response::parse("", &text).expect("readable");
    response.check(pending(), &binding()).expect("a grant")
}

fn live(expires_in: u64) -> Live {
    Live::begin(grant(expires_in), NOW)
}

fn restore(store: &MemoryStore, now: u64) -> Result<Option<Live>, Ended> {
    Live::restore(store, &binding(), None, now)
}

#[test]
fn e1_the_deadline_is_receipt_plus_life_less_the_margin() {
    assert_eq!(live(3600).deadline, NOW + 3_570_000);
    assert_eq!(live(31).deadline, NOW + 1_000);
}

#[test]
fn e1_the_margin_makes_no_life_negative() {
    for short in [1, 29, 30] {
        assert_eq!(live(short).deadline, NOW);
        assert_eq!(live(short).verdict(NOW, None), Some(Ended::Expired));
    }
}

#[test]
fn e1_a_session_is_over_at_its_deadline_and_not_before() {
    let live = live(3600);
    assert_eq!(live.verdict(live.deadline - 1, None), None);
    assert_eq!(live.verdict(live.deadline, None), Some(Ended::Expired));
    assert_eq!(live.remaining(live.deadline - 1), 1);
    assert_eq!(live.remaining(live.deadline + 1), 0);
}

#[test]
fn e3_a_clock_set_back_before_the_issue_time_means_expired() {
    assert_eq!(live(3600).verdict(NOW, None), None);
    assert_eq!(live(3600).verdict(NOW - 1, None), Some(Ended::Expired));
}

#[test]
fn e3_a_reload_restores_the_time_that_is_left() {
    let store = MemoryStore::default();
    let before = live(3600);
    before.store(&store).expect("stored");
    let after = restore(&store, NOW + 600_000).expect("not over").expect("a session");
    assert_eq!(after.deadline, before.deadline);
    assert_eq!(after.remaining(NOW + 600_000), 2_970_000);
    assert_eq!(after.scopes, Scopes::parse("user-read-private"));
    assert_eq!(after.asked, pending().scopes);
    assert_ne!(after.id, before.id);
    assert_eq!(Live { id: before.id, ..after }, before);
    assert_eq!(restore(&store, before.deadline), Err(Ended::Expired));
}

#[test]
fn e4_the_longest_life_still_adds_up() {
    for seconds in [2_147_484, 99_999_999_999] {
        let live = live(seconds);
        assert!(live.deadline > NOW + 2_147_000_000);
        assert_eq!(live.verdict(NOW + 1_000_000, None), None);
    }
}

#[test]
fn e6_the_last_minute_is_its_own_phase() {
    let live = live(3600);
    assert_eq!(live.phase(live.deadline - 60_001), Phase::Running);
    assert_eq!(live.phase(live.deadline - 60_000), Phase::Ending);
}

#[test]
fn t4_a_log_out_in_another_tab_ends_older_sessions_only() {
    let live = live(3600);
    assert_eq!(live.verdict(NOW + 5, Some(NOW - 1)), None);
    assert_eq!(live.verdict(NOW + 5, Some(NOW)), Some(Ended::LoggedOutElsewhere));
    assert_eq!(live.verdict(NOW + 5, Some(NOW + 4)), Some(Ended::LoggedOutElsewhere));
}

#[test]
fn t3_a_record_of_another_configuration_is_not_taken_up() {
    let store = MemoryStore::default();
    live(3600).store(&store).expect("stored");
    let mut other = binding();
    other.api_url = "https://evil.example/v1".to_owned();
    assert_eq!(Live::restore(&store, &other, None, NOW), Err(Ended::Reconfigured));
}

#[test]
fn t7_a_damaged_record_means_signed_out() {
    let store = MemoryStore::default();
    live(3600).store(&store).expect("stored");
    let good = store.get(RECORD).expect("a record");
    for damaged in [
        String::new(),
        "garbage".to_owned(),
        "{\"access_token\":\"tok\"}".to_owned(),
        good.replace("v=1", "v=9"),
        good.replace("access_token=tok", "access_token=t%20k"),
        good.replace("access_token=tok&", ""),
        good.replace("deadline=1", "deadline=9999999999999991"),
        good.replace("deadline=1", "deadline=-1"),
        good.replace("issued_at=1", "issued_at=x1"),
        format!("{good}&deadline=1"),
        format!("{good}&more=1"),
    ] {
        assert_ne!(damaged, good);
        store.set(RECORD, &damaged).expect("stored");
        assert_eq!(restore(&store, NOW), Ok(None), "{damaged}");
        assert_eq!(store.get(RECORD), None, "damaged records are cleared away");
    }
}

#[test]
fn t2_debug_of_a_session_shows_no_token() {
    let shown = format!("{:?} {:?}", live(60), grant(60));
    assert!(!shown.contains("tok\""), "{shown}");
}
