//! Keeps docs/security.md honest: every rule has a row, and every row names an existing test whose name begins with the number of
//! the rule. Knows the format of the table and what makes a function a test, and nothing about the rules themselves. And keeps the
//! core of the session pure.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "tests fail by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::parse::{ParseStream, Parser};
use syn::visit::Visit;
use syn::{Attribute, Block, Ident, ItemFn, ItemMacro, Token, Visibility};

const RULES: [(char, usize); 8] = [
    ('P', 15),
    ('S', 10),
    ('T', 8),
    ('E', 6),
    ('H', 6),
    ('C', 8),
    ('D', 6),
    ('B', 8),
];

/// The names of the tests in a source file: functions that a test runner runs.
#[derive(Default)]
struct Tests(BTreeSet<String>);

impl Tests {
    fn add_if_test(&mut self, attributes: &[Attribute], name: &Ident) {
        if is_test(attributes) {
            self.0.insert(name.to_string());
        }
    }
}

impl<'ast> Visit<'ast> for Tests {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.add_if_test(&function.attrs, &function.sig.ident);
    }

    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        if last_segment(&item.mac.path) == "proptest" {
            let functions = functions_of_proptest.parse2(item.mac.tokens.clone());
            for (attributes, name) in functions.expect("the functions of proptest!") {
                self.add_if_test(&attributes, &name);
            }
        }
    }

    /// Test runners do not run functions inside functions.
    fn visit_block(&mut self, _: &'ast Block) {}
}

/// Whether one of the attributes makes a function a test, and none makes the runner skip it.
fn is_test(attributes: &[Attribute]) -> bool {
    let names: Vec<_> = attributes
        .iter()
        .map(|attribute| last_segment(attribute.path()))
        .collect();
    let is_test = names.iter().any(|name| name == "test" || name == "wasm_bindgen_test");
    is_test && !names.iter().any(|name| name == "ignore")
}

fn last_segment(path: &syn::Path) -> String {
    let last = path.segments.last();
    last.map(|segment| segment.ident.to_string()).unwrap_or_default()
}

/// The functions in a `proptest!` block, whose parameters are not valid Rust.
fn functions_of_proptest(input: ParseStream<'_>) -> syn::Result<Vec<(Vec<Attribute>, Ident)>> {
    let mut functions = Vec::new();
    input.call(Attribute::parse_inner)?;
    while !input.is_empty() {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        if input.parse::<Option<Token![fn]>>()?.is_some() {
            functions.push((attributes, input.parse()?));
        } else {
            skip_token(input)?;
        }
    }
    Ok(functions)
}

fn skip_token(input: ParseStream<'_>) -> syn::Result<()> {
    input.step(|cursor| match cursor.token_tree() {
        Some((_, rest)) => Ok(((), rest)),
        None => Ok(((), *cursor)),
    })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| if path.is_dir() { source_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

fn parsed(path: &Path) -> syn::File {
    let source = fs::read_to_string(path).expect("a source file");
    syn::parse_file(&source).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn add_tests_below(folder: &Path, tests: &mut Tests) {
    for path in source_files(folder) {
        tests.visit_file(&parsed(&path));
    }
}

fn rows() -> Vec<(String, String)> {
    let page = fs::read_to_string(root().join("docs/security.md")).expect("the page");
    let row = |line: &str| {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let [_, rule, _, test, _] = cells[..] else {
            return None;
        };
        let test = test.strip_prefix('`')?.strip_suffix('`')?;
        Some((rule.to_owned(), test.to_owned()))
    };
    page.lines().filter_map(row).collect()
}

#[test]
fn every_rule_has_a_row() {
    let expected: Vec<_> = RULES
        .into_iter()
        .flat_map(|(group, count)| (1..=count).map(move |n| format!("{group}{n}")))
        .collect();
    let found: Vec<_> = rows().into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_row_names_an_existing_test_of_its_rule() {
    let mut tests = Tests::default();
    for folder in ["crates", "src", "tests"] {
        add_tests_below(&root().join(folder), &mut tests);
    }
    let prefix = |rule: &str| format!("{}_", rule.to_ascii_lowercase());
    let wrong: Vec<_> = rows()
        .into_iter()
        .filter(|(rule, test)| !test.starts_with(&prefix(rule)) || !tests.0.contains(test))
        .collect();
    assert!(wrong.is_empty(), "not a test, or of another rule: {wrong:#?}");
}

fn tests_in(source: &str) -> Vec<String> {
    let mut tests = Tests::default();
    tests.visit_file(&syn::parse_file(source).expect("valid Rust"));
    tests.0.into_iter().collect()
}

#[test]
fn functions_with_a_test_attribute_are_tests() {
    let source = r#"
        #[test]
        fn host() {}
        mod inner {
            #[wasm_bindgen_test]
            #[allow(dead_code)]
            fn browser() {}
            #[should_panic(expected = "x")]
            #[tokio::test]
            pub async fn task() {}
        }
        proptest! {
            #![proptest_config(config())]
            /// A property.
            #[test]
            fn property(text in any::<String>()) { fn helper() {} }
        }
    "#;
    assert_eq!(tests_in(source), ["browser", "host", "property", "task"]);
}

#[test]
fn other_functions_are_no_tests() {
    let source = r##"
        fn plain() {}
        /// #[test]
        fn documented() {}
        // #[test] fn commented() {}
        const TEXT: &str = "#[test] fn quoted() {}";
        #[cfg(test)]
        fn helper() {}
        #[test]
        #[ignore]
        fn ignored() {}
        fn outer() {
            #[test]
            fn nested() {}
        }
        struct Suite;
        impl Suite {
            #[test]
            fn method() {}
        }
        proptest! {
            fn strategy(text in any::<String>()) {}
        }
        macro_rules! proptests { () => { #[test] fn in_a_macro() {} } }
    "##;
    assert_eq!(tests_in(source), Vec::<String>::new());
}

/// The names in a source file that stand for a crate or a module that reaches the browser.
#[derive(Default)]
struct BrowserNames(BTreeSet<String>);

impl<'ast> Visit<'ast> for BrowserNames {
    fn visit_ident(&mut self, ident: &'ast Ident) {
        let name = ident.to_string();
        let of_family = ["leptos", "gloo_", "wasm_bindgen"]
            .iter()
            .any(|family| name.starts_with(family));
        if of_family || ["web_sys", "js_sys", "getrandom", "browser"].contains(&name.as_str()) {
            self.0.insert(name);
        }
    }
}

fn browser_names(file: &syn::File) -> Vec<String> {
    let mut names = BrowserNames::default();
    names.visit_file(file);
    names.0.into_iter().collect()
}

#[test]
fn the_core_of_the_session_and_the_protocol_know_neither_leptos_nor_the_browser() {
    for folder in ["crates/stagedoor/src/session/core", "crates/stagedoor/src/oauth"] {
        for path in source_files(&root().join(folder)) {
            assert_eq!(
                browser_names(&parsed(&path)),
                Vec::<String>::new(),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn names_that_reach_the_browser_are_found_wherever_they_stand() {
    let source =
        "use crate::browser::clock; fn now() -> f64 { js_sys::Date::now() } struct S(leptos::prelude::RwSignal<u8>);";
    let file = syn::parse_file(source).expect("valid Rust");
    assert_eq!(browser_names(&file), ["browser", "js_sys", "leptos"]);
}
