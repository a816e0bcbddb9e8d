//! Keeps docs/security.md honest: every rule has a row, every row names a test that exists and begins with the rule's number.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "tests fail by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const RULES: [(char, usize); 7] = [('P', 14), ('S', 9), ('T', 7), ('E', 6), ('H', 5), ('C', 7), ('D', 6)];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn tests_below(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            tests_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            let names = text.split("fn ").skip(1).filter_map(|rest| rest.split('(').next());
            found.extend(names.map(str::to_owned));
        }
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
fn every_row_names_a_test_of_its_rule_that_exists() {
    let mut tests = BTreeSet::new();
    tests_below(&root().join("src"), &mut tests);
    tests_below(&root().join("tests"), &mut tests);
    for (rule, test) in rows() {
        assert!(
            test.starts_with(&format!("{}_", rule.to_ascii_lowercase())),
            "{rule} names {test}"
        );
        assert!(tests.contains(&test), "{rule} names {test}, which does not exist");
    }
}
