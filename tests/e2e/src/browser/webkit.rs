//! One MiniBrowser of WebKitGTK, on a virtual display of its own, driven through one WebKitWebDriver of its own.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;
use tokio::time::timeout;

use super::{Driver, TIMEOUT, find_program, free_ports, object, program, start_server};

/// Starts a display and the driver, for a browser that keeps its files in `folder`.
pub(super) async fn start(folder: &Path) -> Driver {
    let (display, number) = start_display(folder).await;
    let [port] = free_ports();
    let mut command = program(&find_program("WEBKITDRIVER", &["WebKitWebDriver"]), folder);
    command
        .arg("-p")
        .arg(port.to_string())
        .env("DISPLAY", format!(":{number}"));
    for variable in ["HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        command.env(variable, folder);
    }
    set_reduced_motion(folder);
    let driver = start_server(command, port).await;
    let capabilities = object(json!({
        "webkitgtk:browserOptions": {
            "binary": mini_browser(),
            "args": [
                "--automation",
                "--javascript-can-open-windows-automatically=true",
                // With it the driver, and the driver alone, loses the page after Back from another origin.
                "--features=-CrossOriginOpenerPolicy",
            ],
        },
        "timeouts": { "script": 20_000, "pageLoad": 20_000 },
    }));
    Driver {
        port,
        capabilities,
        processes: vec![driver, display],
    }
}

/// Otherwise axe-core measures colours while they change.
fn set_reduced_motion(folder: &Path) {
    let settings = folder.join(".config/gtk-3.0");
    fs::create_dir_all(&settings).expect("a folder for settings");
    let text = "[Settings]\ngtk-enable-animations=0\n";
    fs::write(settings.join("settings.ini"), text).expect("the settings");
}

/// A display on a free number, which it prints. Without one a session hangs.
async fn start_display(folder: &Path) -> (Child, u32) {
    let mut display = program(&find_program("XVFB", &["Xvfb"]), folder)
        .args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
        .spawn()
        .expect("Xvfb starts");
    let mut lines = BufReader::new(display.stdout.take().expect("its output")).lines();
    let line = timeout(TIMEOUT, lines.next_line())
        .await
        .expect("Xvfb prints its number in time");
    let number = line.ok().flatten().and_then(|line| line.trim().parse().ok());
    (display, number.expect("the number of a display"))
}

/// The browser that comes with WebKitGTK, outside PATH.
fn mini_browser() -> PathBuf {
    let libraries = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let candidates = libraries.map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"));
    candidates
        .into_iter()
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| find_program("MINIBROWSER", &["MiniBrowser"]))
}
