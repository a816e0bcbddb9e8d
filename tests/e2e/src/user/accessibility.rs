//! Accessibility checks by axe-core, in a narrow and a wide viewport, in light and dark mode.

use std::path::PathBuf;
use std::{env, fs};

use serde_json::Value;

use crate::{Need, User};

const VIEWPORTS: [(u32, u32); 2] = [(320, 640), (1280, 800)];
const SCHEMES: [&str; 2] = ["light", "dark"];
/// Runs every rule of WCAG 2.2 AA and the best practices.
const RUN: &str = "const done = arguments[0]; const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', \
                   'best-practice']; axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then((result) => \
                   done(result.violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).join(' ')}`)), \
                   (error) => done([String(error)]))";

/// Counts the live regions inside others: what is in them is spoken twice.
const NESTED: &str =
    "return document.querySelectorAll(':is([role=status], [role=alert]) :is([role=status], [role=alert])').length";

/// The script of axe-core, from the file named by the environment variable `AXE` or from the cache folder.
fn script() -> String {
    let cache = || PathBuf::from(env::var_os("HOME").expect("a home")).join(".cache");
    let in_cache = || {
        let cache = env::var_os("XDG_CACHE_HOME").map_or_else(cache, PathBuf::from);
        cache.join("stagedoor/axe-core-4.14.1/node_modules/axe-core/axe.min.js")
    };
    let file = env::var_os("AXE").map_or_else(in_cache, PathBuf::from);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}; run `make setup`", file.display()))
}

impl User {
    /// Checks that axe-core finds no violation and that the page does not overflow the viewport.
    ///
    /// # Panics
    /// When it does.
    pub async fn passes_axe(&mut self, state: &str) {
        let axe = script();
        // Other engines have the scheme that they began with.
        let is_emulated = Need::DevTools.is_given_by(self.browser.engine);
        let schemes = if is_emulated { &SCHEMES[..] } else { &SCHEMES[..1] };
        for (width, height) in VIEWPORTS {
            self.uses_viewport(width, height).await;
            for scheme in schemes {
                if is_emulated {
                    // Without reduced motion, colours are still in transition when axe-core measures the contrast.
                    self.prefers(&[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")])
                        .await;
                }
                self.waits_for_paint().await;
                self.script(&axe, vec![]).await;
                let violations = self.script_with_callback(RUN, vec![]).await;
                if violations != Value::Array(vec![]) {
                    self.fails(&format!("axe-core on {state}, {width} px, {scheme}: {violations:#}"))
                        .await;
                }
            }
            assert!(!self.page_overflows().await, "{state} overflows {width} px");
        }
        let nested = self.script(NESTED, vec![]).await;
        assert_eq!(nested, Value::from(0), "{state} has a live region inside another one");
    }
}
