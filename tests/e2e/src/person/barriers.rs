//! What would bar the way for some people: looked for by axe-core, on narrow and wide screens, light and dark.

use std::path::PathBuf;
use std::{env, fs};

use serde_json::Value;

use crate::Person;

const SCREENS: [(u32, u32); 2] = [(320, 640), (1280, 800)];
const SCHEMES: [&str; 2] = ["light", "dark"];
/// Everything that axe-core knows but the rules that are experimental or a matter of taste beyond WCAG 2.2 AA.
const RUN: &str = "const done = arguments[0]; const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', \
                   'best-practice']; axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then((result) => \
                   done(result.violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).join(' ')}`)), \
                   (error) => done([String(error)]))";

/// The script of axe-core: the one that the environment names in `AXE`, or the one in the cache folder.
fn script() -> String {
    let cache = || PathBuf::from(env::var_os("HOME").expect("a home")).join(".cache");
    let in_cache = || {
        let cache = env::var_os("XDG_CACHE_HOME").map_or_else(cache, PathBuf::from);
        cache.join("stagedoor/axe-core-4.14.1/node_modules/axe-core/axe.min.js")
    };
    let file = env::var_os("AXE").map_or_else(in_cache, PathBuf::from);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}; `make setup` brings it", file.display()))
}

impl Person {
    /// Nothing on this page bars the way.
    pub async fn meets_no_barrier(&mut self, state: &str) {
        let axe = script();
        for (width, height) in SCREENS {
            self.has_a_screen(width, height).await;
            for scheme in SCHEMES {
                // Colours that are on their way from one scheme to the other are no colours to judge.
                self.prefers(&[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")])
                    .await;
                self.waits_for_a_frame().await;
                self.script(&axe, vec![]).await;
                let found = self.script_with_callback(RUN, vec![]).await;
                if found != Value::Array(vec![]) {
                    self.fails(&format!("axe-core on {state}, {width} px, {scheme}: {found:#}"))
                        .await;
                }
            }
            assert!(!self.page_sticks_out().await, "{state} does not fit into {width} px");
        }
    }
}
