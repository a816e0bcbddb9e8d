use super::samples::{NOW, pending};
use super::{PENDING_LIFE_MS, StoredLogIn};
use crate::oauth::{Flow, ReturnTo, Scopes, Verifier};

#[test]
fn s5_everything_that_binds_a_log_in_survives_storage() {
    let mut entry = pending();
    entry.binding.flow = Flow::Pkce;
    entry.binding.issuer = Some("https://accounts.example/?a=b&c".to_owned());
    entry.verifier = Some(Verifier::from_random(&[3; 32]));
    entry.scopes = Scopes::parse("a+b c%20d");
    entry.return_to = ReturnTo::parse("/track?id=1").expect("a path");
    let stored = StoredLogIn::Waiting(Box::new(entry));
    assert_eq!(StoredLogIn::parse(&stored.to_text()), Some(stored));
}

#[test]
fn s3_the_mark_of_an_answered_log_in_holds_nothing_but_a_time() {
    let mark = StoredLogIn::Answered(NOW);
    assert_eq!(mark.to_text(), format!("v=1&answered_at={NOW}"));
    assert_eq!(StoredLogIn::parse(&mark.to_text()), Some(mark));
}

#[test]
fn t7_a_damaged_entry_is_no_entry() {
    let good = StoredLogIn::Waiting(Box::new(pending())).to_text();
    let damaged = [
        String::new(),
        "null".to_owned(),
        "{}".to_owned(),
        "%".to_owned(),
        good.replace("v=1", "v=2"),
        good.replace("v=1&", ""),
        good.replace("flow=implicit", "flow=password"),
        good.replace("created_at=1", "created_at=-1"),
        good.replace("return_to=%2Fprofile", "return_to=%2F%2Fevil.example"),
        good.replace("client_id=client&", ""),
        format!("{good}&client_id=other"),
        format!("{good}&surprise=1"),
        format!("{good}&verifier=short"),
    ];
    for text in &damaged {
        assert_ne!(text, &good);
        assert_eq!(StoredLogIn::parse(text), None, "{text}");
    }
    for cut in 0..good.len() {
        if let Some(StoredLogIn::Waiting(read)) = StoredLogIn::parse(&good[..cut]) {
            assert!(
                pending().binding.api_url.starts_with(&read.binding.api_url),
                "only the last value can be shortened"
            );
        }
    }
}

#[test]
fn s4_an_entry_lives_ten_minutes() {
    let entry = StoredLogIn::Waiting(Box::new(pending()));
    assert!(entry.is_fresh(NOW));
    assert!(entry.is_fresh(NOW + PENDING_LIFE_MS));
    assert!(!entry.is_fresh(NOW + PENDING_LIFE_MS + 1));
    assert!(!entry.is_fresh(NOW - 1), "a clock set back");
}
