use proptest::prelude::*;

use super::{FormError, decode, encode, pairs};

fn read(text: &str) -> Vec<(String, String)> {
    pairs(text)
        .map(|(name, value)| (name.expect("a name"), value.expect("a value")))
        .collect()
}

fn list(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

#[test]
fn p1_exactly_one_leading_mark_is_removed() {
    assert_eq!(read("#a=1"), list(&[("a", "1")]));
    assert_eq!(read("?a=1"), list(&[("a", "1")]));
    assert_eq!(read("##a=1"), list(&[("#a", "1")]));
    assert_eq!(read("#?a=1"), list(&[("?a", "1")]));
}

#[test]
fn p1_splits_at_ampersands_then_at_the_first_equals_sign() {
    assert_eq!(read("a=1=2&b&=c"), list(&[("a", "1=2"), ("b", ""), ("", "c")]));
    assert_eq!(read("&&a=1&&"), list(&[("a", "1")]));
    assert_eq!(read("a=1;b=2"), list(&[("a", "1;b=2")]));
}

#[test]
fn p1_decodes_after_splitting_and_once() {
    assert_eq!(read("a=%26b%3D1"), list(&[("a", "&b=1")]));
    assert_eq!(read("a=%2525"), list(&[("a", "%25")]));
    assert_eq!(read("%61=1"), list(&[("a", "1")]));
}

#[test]
fn p1_plus_is_a_space_and_escaped_plus_is_a_plus() {
    assert_eq!(read("a=b+c%2Bd%20e"), list(&[("a", "b c+d e")]));
}

#[test]
fn p2_bad_escapes_and_bad_utf8_affect_only_their_own_name_or_value() {
    for bad in ["%", "%4", "%zz", "%+1", "%-1", "a%"] {
        assert_eq!(decode(bad), Err(FormError::BadEscape), "{bad}");
    }
    for bad in ["%ff", "%c3", "%c3%28", "%ed%a0%80", "%c0%80"] {
        assert_eq!(decode(bad), Err(FormError::InvalidUtf8), "{bad}");
    }
    let mixed: Vec<_> = pairs("a=%zz&%zz=b").collect();
    assert_eq!(mixed[0], (Ok("a".into()), Err(FormError::BadEscape)));
    assert_eq!(mixed[1], (Err(FormError::BadEscape), Ok("b".into())));
}

proptest! {
    #[test]
    fn p14_no_input_panics(text in any::<String>()) {
        pairs(&text).for_each(drop);
    }

    #[test]
    fn p14_encoded_pairs_decode_to_the_same_pairs(written in prop::collection::vec((any::<String>(), any::<String>()), 0..8)) {
        let text = encode(written.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic()));
        prop_assert_eq!(read(&text), written);
    }
}
