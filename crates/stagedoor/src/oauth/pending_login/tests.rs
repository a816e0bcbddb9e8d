use super::{PENDING_LIFETIME_MS, StoredLogin};
use crate::oauth::samples::{NOW, pending};
use crate::oauth::{CodeVerifier, Flow, ReturnPath, Scopes};

fn write(entry: &StoredLogin) -> String {
    serde_json::to_string(entry).expect("JSON")
}

fn read(text: &str) -> Option<StoredLogin> {
    serde_json::from_str(text).ok()
}

fn written() -> String {
    write(&StoredLogin::Pending(Box::new(pending())))
}

#[test]
fn s5_everything_that_binds_a_login_survives_storage() {
    let mut entry = pending();
    entry.client.flow = Flow::Pkce;
    entry.client.issuer = Some("https://accounts.example/?a=b&c".to_owned());
    entry.verifier = Some(CodeVerifier::from_random(&[3; 32]));
    entry.scopes = Scopes::parse("a+b c%20d \"e\"");
    entry.return_to = ReturnPath::parse("/track?id=1").expect("a path");
    let stored = StoredLogin::Pending(Box::new(entry));
    assert_eq!(read(&write(&stored)), Some(stored));
}

#[test]
fn s3_the_mark_of_an_answered_login_holds_nothing_but_a_time() {
    let mark = StoredLogin::AnsweredAt(NOW);
    assert_eq!(write(&mark), format!(r#"{{"answered_at":{NOW}}}"#));
    assert_eq!(read(&write(&mark)), Some(mark));
    let redeeming = StoredLogin::RedeemingSince(NOW);
    assert_eq!(write(&redeeming), format!(r#"{{"redeeming_since":{NOW}}}"#));
    assert_eq!(read(&write(&redeeming)), Some(redeeming));
}

#[test]
fn t7_a_damaged_entry_is_no_entry() {
    let good = written();
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
        good.replace(r#""return_to":"/profile""#, r#""return_to":"/a/../b""#),
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
    let entry = StoredLogin::Pending(Box::new(pending()));
    assert!(entry.is_fresh(NOW));
    assert!(entry.is_fresh(NOW + PENDING_LIFETIME_MS));
    assert!(!entry.is_fresh(NOW + PENDING_LIFETIME_MS + 1));
    for back in [1, 30_000, 3_600_000, NOW] {
        assert!(entry.is_fresh(NOW - back), "a clock set back by {back}");
    }
}

#[test]
fn c2_debug_of_an_entry_shows_no_verifier() {
    let mut entry = pending();
    let verifier = CodeVerifier::from_random(&[3; 32]);
    entry.verifier = Some(CodeVerifier::from_random(&[3; 32]));
    let shown = format!("{:?}", StoredLogin::Pending(Box::new(entry)));
    assert!(!shown.contains(verifier.expose_secret()), "{shown}");
}
