//! Takes a picture of every state of the app, on a phone and on a desktop, light and dark:
//! `cargo run -p e2e --bin shots -- FOLDER`.

#![allow(clippy::expect_used, reason = "a tool for developers, who can read a panic")]

use std::path::{Path, PathBuf};
use std::{env, fs};

use e2e::{Person, states};

const SCREENS: [(&str, u32, u32); 2] = [("phone", 390, 844), ("desktop", 1280, 800)];
const SCHEMES: [&str; 2] = ["light", "dark"];

fn main() {
    let folder = PathBuf::from(env::args().nth(1).expect("the folder for the pictures"));
    fs::create_dir_all(&folder).expect("a folder that can be made");
    let look = async |person: &mut Person, state: &str| pictures(person, &folder, state).await;
    states::outside(&look);
    states::answers(&look);
    states::profiles(&look);
    states::faults(&look);
    states::notices(&look);
}

/// Pictures of what is on the screen now.
async fn pictures(person: &mut Person, folder: &Path, state: &str) {
    for (screen, width, height) in SCREENS {
        person.has_a_screen(width, height).await;
        for scheme in SCHEMES {
            person
                .prefers(&[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")])
                .await;
            person.waits_for_a_frame().await;
            let picture = person.takes_a_picture().await;
            let file = folder.join(format!("{state}-{screen}-{scheme}.png"));
            fs::write(&file, picture).expect("a file that can be written");
        }
    }
    println!("{state}");
}
