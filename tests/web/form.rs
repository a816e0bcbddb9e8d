use js_sys::Array;
use stagedoor::internals::browser::random;
use stagedoor::internals::oauth::{encode, pairs};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::UrlSearchParams;

fn by_browser(text: &str) -> Vec<(String, String)> {
    let parameters = UrlSearchParams::new_with_str(text).expect("parameters");
    js_sys::try_iter(&parameters)
        .expect("iterable")
        .expect("iterable")
        .map(|entry| {
            let entry = Array::from(&entry.expect("an entry"));
            let text = |index| entry.get(index).as_string().expect("a text");
            (text(0), text(1))
        })
        .collect()
}

fn by_us(text: &str) -> Vec<(String, String)> {
    pairs(text)
        .map(|(name, value)| (name.expect("valid"), value.expect("valid")))
        .collect()
}

#[wasm_bindgen_test]
fn p14_agrees_with_the_browser_on_valid_input() {
    for text in [
        "",
        "?",
        "a",
        "a=",
        "=a",
        "=",
        "a=1&b=2",
        "&&a=1&&",
        "a=1=2=3",
        "a=b+c%2Bd%20e",
        "%61=%62",
        "a=%C3%A4%E2%82%AC",
        "a=ä€𝄞",
        "a=%00",
        "a=%26%3D%2526",
        "?a=1?b=2",
        "a=1;b=2",
        "a[]=1&a[]=2",
        "a=#b",
        "a=%F0%9D%84%9E",
        "+=+",
        "a&a&a",
    ] {
        assert_eq!(by_us(text), by_browser(text), "{text}");
    }
}

#[wasm_bindgen_test]
fn p14_agrees_with_the_browser_on_thousands_of_random_inputs() {
    const PIECES: [&str; 16] = [
        "&",
        "=",
        "+",
        "%20",
        "%C3%A4",
        "%2B",
        "%26",
        "%3D",
        "%25",
        "a",
        "access_token",
        "ä",
        "?",
        "#",
        "%00",
        "~",
    ];
    for _ in 0..200 {
        let bytes = random::bytes().expect("randomness");
        for chunk in bytes.chunks(8) {
            let text: String = chunk.iter().map(|byte| PIECES[usize::from(byte & 15)]).collect();
            let text = text.trim_start_matches(['#', '?']);
            assert_eq!(by_us(text), by_browser(text), "{text}");
        }
    }
}

#[wasm_bindgen_test]
fn p14_the_browser_reads_what_we_write() {
    let written = [("a b", "c&d=e+f%"), ("ä", "\u{0}𝄞~'()*!"), ("", "")];
    let read = by_browser(&encode(written));
    let read: Vec<_> = read
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(read, written);
}
