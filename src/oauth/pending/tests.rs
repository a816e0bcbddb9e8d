use super::samples::{NOW, pending};
use super::{PENDING_LIFE_MS, StoredLogIn};
use crate::oauth::{Flow, ReturnTo, Scopes, Verifier};

fn write(entry: &StoredLogIn) -> String {
    serde_json::to_string(entry).expect("JSON")
}

fn read(text: &str) -> Option<StoredLogIn> {
    serde_json::from_str(text).ok()
}

fn waiting() -> String {
    write(&StoredLogIn::Waiting(Box::new(pending())))
}

#[test]
fn s5_everything_that_binds_a_log_in_survives_storage() {
    let mut entry = pending();
    entry.binding.flow = Flow::Pkce;
    entry.binding.issuer = Some("https://accounts.example/?a=b&c".to_owned());
    entry.verifier = Some(Verifier::from_random(&[3; 32]));
    entry.scopes = Scopes::parse("a+b c%20d \"e\"");
    entry.return_to = ReturnTo::parse("/track?id=1").expect("a path");
    let stored = StoredLogIn::Waiting(Box::new(entry));
    assert_eq!(read(&write(&stored)), Some(stored));
}

#[test]
fn s3_the_mark_of_an_answered_log_in_holds_nothing_but_a_time() {
    let mark = StoredLogIn::Answered(NOW);
    assert_eq!(write(&mark), format!(r#"{{"answered_at":{NOW}}}"#));
    assert_eq!(read(&write(&mark)), Some(mark));
}

#[test]
fn t7_a_damaged_entry_is_no_entry() {
    let good = waiting();
    let damaged = [
        String::new(),
        "null".to_owned(),
        "{}".to_owned(),
        "%".to_owned(),
        "created_at=1".to_owned(),
        r#"{"answered_at":-1}"#.to_owned(),
        r#"{"answered_at":null}"#.to_owned(),
        good.replace("implicit", "password"),
        good.replace(r#""created_at":1"#, r#""created_at":-1"#),
        good.replace(r#""return_to":"/profile""#, r#""return_to":"//evil.example""#),
        good.replace(r#""return_to":"/profile""#, r#""return_to":"/callback""#),
        good.replace(r#""token_storage":"session""#, r#""token_storage":"local""#),
        good.replace(r#""verifier":null"#, r#""verifier":"short""#),
        good.replace(r#""client_id":"client","#, ""),
        good.replace(
            r#""client_id":"client","#,
            r#""client_id":"client","client_id":"other","#,
        ),
        good.replace(r#""client_id":"client","#, r#""client_id":"client","surprise":1,"#),
        good.replace(r#""verifier":null,"#, r#""verifier":null,"verifier":null,"#),
        good.replace(r#""verifier":null,"#, r#""verifier":null,"surprise":1,"#),
    ];
    for text in &damaged {
        assert_ne!(text, &good);
        assert_eq!(read(text), None, "{text}");
    }
    for cut in 0..good.len() {
        assert_eq!(read(&good[..cut]), None, "cut off after {cut} bytes");
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

#[test]
fn c2_debug_of_an_entry_shows_no_verifier() {
    let mut entry = pending();
    let verifier = Verifier::from_random(&[3; 32]);
    entry.verifier = Some(verifier.clone());
    let shown = format!("{:?}", StoredLogIn::Waiting(Box::new(entry)));
    assert!(!shown.contains(verifier.expose_secret()), "{shown}");
}
