use stagedoor::error::StorageRefused;
use stagedoor::internals::browser::storage::{SharedStore, TabStore, full_key};
use stagedoor::internals::store::Store;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::tools::{Blocked, run};

#[wasm_bindgen_test]
fn t7_what_was_stored_is_found_and_forgotten() {
    TabStore.set("a", &1).expect("stored");
    assert_eq!(TabStore.get("a"), Some(1));
    assert!(TabStore.keys().contains(&"a".to_owned()));
    TabStore.remove("a");
    assert_eq!(TabStore.get::<u8>("a"), None);
}

#[wasm_bindgen_test]
fn s6_keys_of_other_code_are_not_ours() {
    run("sessionStorage.setItem('foreign', 'x')");
    assert!(!TabStore.keys().iter().any(|key| key.contains("foreign")));
    assert_eq!(TabStore.get::<u8>("foreign"), None);
    assert!(full_key("session").starts_with("stagedoor:/"));
    run("sessionStorage.removeItem('foreign')");
}

#[wasm_bindgen_test]
fn t7_what_is_no_record_of_this_type_and_version_is_not_found() {
    for text in ["", "1", "x", r#"{"v":2,"record":1}"#, r#"{"v":1,"record":"x"}"#] {
        run(&format!("sessionStorage.setItem('{}', {text:?})", full_key("odd")));
        assert_eq!(TabStore.get::<u8>("odd"), None, "{text}");
    }
    run(&format!(
        r#"sessionStorage.setItem('{}', '{{"v":1,"record":7}}')"#,
        full_key("odd")
    ));
    assert_eq!(TabStore.get("odd"), Some(7));
    TabStore.remove("odd");
}

#[wasm_bindgen_test]
fn t7_a_store_that_throws_when_read_finds_nothing() {
    TabStore.set("a", &1).expect("stored");
    run(
        "Storage.prototype.original = Storage.prototype.getItem; Storage.prototype.getItem = () => { throw new Error('no') }",
    );
    assert_eq!(TabStore.get::<u8>("a"), None);
    run("Storage.prototype.getItem = Storage.prototype.original; delete Storage.prototype.original");
    assert_eq!(TabStore.get("a"), Some(1));
    TabStore.remove("a");
}

#[wasm_bindgen_test]
fn t7_blocked_storage_finds_nothing_and_refuses() {
    for name in ["sessionStorage", "localStorage"] {
        let _blocked = Blocked::new(name);
        if name == "sessionStorage" {
            assert_eq!(TabStore.set("a", &1), Err(StorageRefused));
            assert_eq!(TabStore.get::<u8>("a"), None);
            assert!(TabStore.keys().is_empty());
            TabStore.remove("a");
        } else {
            assert_eq!(SharedStore.set("a", &1), Err(StorageRefused));
            assert_eq!(SharedStore.get::<u8>("a"), None);
        }
    }
}

#[wasm_bindgen_test]
fn t7_a_full_store_refuses_and_keeps_what_it_has() {
    TabStore.set("kept", &1).expect("stored");
    let huge = "x".repeat(12 * 1024 * 1024);
    assert_eq!(TabStore.set("huge", &huge), Err(StorageRefused));
    assert_eq!(TabStore.get("kept"), Some(1));
    TabStore.remove("kept");
}
