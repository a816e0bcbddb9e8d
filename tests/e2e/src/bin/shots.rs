//! Takes screenshots of every state of the app, on phone and desktop, in light and dark mode:
//! `cargo run -p e2e --bin shots -- FOLDER`.

#![allow(clippy::expect_used, reason = "a tool for developers, who can read a panic")]

use std::path::{Path, PathBuf};
use std::{env, fs};

use e2e::{User, states};

const SCREENS: [(&str, u32, u32); 2] = [("phone", 390, 844), ("desktop", 1280, 800)];
const SCHEMES: [&str; 2] = ["light", "dark"];

fn main() {
    let folder = PathBuf::from(env::args().nth(1).expect("the folder for the screenshots"));
    fs::create_dir_all(&folder).expect("a folder that can be created");
    let take = async |user: &mut User, state: &str| take_screenshots(user, &folder, state).await;
    states::signed_out(&take);
    states::log_in_results(&take);
    states::elsewhere(&take);
    states::interrupted(&take);
    states::profiles(&take);
    states::music(&take);
    states::faults(&take);
    states::notices(&take);
}

/// Saves screenshots of the current page.
async fn take_screenshots(user: &mut User, folder: &Path, state: &str) {
    for (screen, width, height) in SCREENS {
        user.uses_viewport(width, height).await;
        for scheme in SCHEMES {
            user.prefers(&[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")])
                .await;
            user.waits_for_paint().await;
            let screenshot = user.takes_screenshot().await;
            let file = folder.join(format!("{state}-{screen}-{scheme}.png"));
            fs::write(&file, screenshot).expect("a file that can be written");
        }
    }
    println!("{state}");
}
