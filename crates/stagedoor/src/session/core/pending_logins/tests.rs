use super::{Taken, UnfinishedLogin, add, clear, mark, take, unfinished};
use crate::oauth::samples::{NOW, pending};
use crate::oauth::{PENDING_LIFETIME_MS, State};
use crate::store::{MemoryStore, StorageRefused, Store};

fn state(seed: u8) -> State {
    State::from_random(&[seed; 32])
}

fn started(seeds: &[u8]) -> MemoryStore {
    let store = MemoryStore::default();
    for seed in seeds {
        add(&store, &state(*seed), pending(), NOW).expect("stored");
    }
    store
}

#[test]
fn s3_a_pending_login_is_taken_once() {
    let store = started(&[1]);
    assert_eq!(take(&store, &state(1), NOW), Taken::Pending(Box::new(pending())));
    assert_eq!(take(&store, &state(1), NOW), Taken::Answered);
    assert_eq!(take(&store, &state(1), NOW), Taken::Answered);
}

#[test]
fn s3_nothing_of_a_taken_login_stays_but_the_time() {
    let store = started(&[1]);
    take(&store, &state(1), NOW);
    let kept: Vec<_> = store.keys().iter().filter_map(|key| store.text(key)).collect();
    assert_eq!(kept, [format!(r#"{{"v":1,"record":{{"answered_at":{NOW}}}}}"#)]);
}

#[test]
fn s3_a_login_is_taken_even_where_the_mark_is_refused() {
    let store = started(&[1]);
    store.is_full.set(true);
    assert!(matches!(take(&store, &state(1), NOW), Taken::Pending(_)));
    assert_eq!(take(&store, &state(1), NOW), Taken::Unknown);
}

#[test]
fn s4_two_pending_logins_complete_in_any_order() {
    for order in [[1, 2], [2, 1]] {
        let store = started(&[1, 2]);
        for seed in order {
            assert!(
                matches!(take(&store, &state(seed), NOW), Taken::Pending(_)),
                "{order:?}"
            );
        }
    }
}

#[test]
fn s4_a_forged_state_removes_none() {
    let store = started(&[1, 2]);
    let before = store.keys();
    assert_eq!(take(&store, &state(3), NOW), Taken::Unknown);
    assert_eq!(store.keys(), before);
    assert!(matches!(take(&store, &state(1), NOW), Taken::Pending(_)));
}

#[test]
fn s4_entries_end_after_ten_minutes_and_are_swept() {
    let store = started(&[1, 2]);
    let late = NOW + PENDING_LIFETIME_MS + 1;
    assert_eq!(take(&store, &state(1), late), Taken::TooOld);
    add(&store, &state(3), pending(), late).expect("stored");
    assert_eq!(take(&store, &state(2), late), Taken::Unknown, "swept");
    assert_eq!(take(&store, &state(1), late), Taken::Answered, "the mark is fresh");
}

#[test]
fn t7_damaged_entries_are_swept_and_foreign_keys_are_not() {
    let store = started(&[1]);
    store.set_text("log-in:garbage", "%%%");
    store.set_text("log-in:old", &format!("v=1&answered_at={NOW}"));
    store.set_text("session", "other");
    add(&store, &state(2), pending(), NOW).expect("stored");
    assert_eq!((store.text("log-in:garbage"), store.text("log-in:old")), (None, None));
    assert_eq!(store.text("session").as_deref(), Some("other"));
    assert!(matches!(take(&store, &state(1), NOW), Taken::Pending(_)));
}

#[test]
fn t4_clearing_removes_every_pending_login_and_nothing_else() {
    let store = started(&[1, 2]);
    store.set_text("session", "other");
    clear(&store);
    assert_eq!(store.keys(), ["session"]);
}

#[test]
fn t7_a_full_store_is_an_error_and_no_login() {
    let store = MemoryStore::default();
    store.is_full.set(true);
    assert_eq!(add(&store, &state(1), pending(), NOW), Err(StorageRefused));
    assert_eq!(take(&store, &state(1), NOW), Taken::Unknown);
}

#[test]
fn the_latest_login_is_unfinished_until_it_is_answered_or_too_old() {
    let store = started(&[1]);
    assert_eq!(unfinished(&store, NOW), Some(UnfinishedLogin::Pending));
    assert_eq!(unfinished(&store, NOW + PENDING_LIFETIME_MS + 1), None);
    add(&store, &state(2), pending(), NOW).expect("stored");
    take(&store, &state(2), NOW + 1);
    assert_eq!(unfinished(&store, NOW + 1), None, "an earlier one was left");
    assert_eq!(unfinished(&MemoryStore::default(), NOW), None);
}

#[test]
fn c3_a_login_whose_code_is_being_redeemed_is_unfinished_and_is_not_taken_again() {
    let store = started(&[1]);
    take(&store, &state(1), NOW);
    mark(&store, &state(1), true, NOW);
    assert_eq!(unfinished(&store, NOW), Some(UnfinishedLogin::Redeeming));
    assert_eq!(take(&store, &state(1), NOW), Taken::Answered);
    mark(&store, &state(1), true, NOW);
    mark(&store, &state(1), false, NOW + 1);
    assert_eq!(unfinished(&store, NOW + 1), None);
}
