//! One headless Firefox, driven through one geckodriver of its own.

use std::path::Path;

use serde_json::json;

use super::{Driver, SiteData, find_program, free_ports, object, program, start_server};

/// Starts geckodriver, for a Firefox with its profile in `folder`.
pub(super) async fn start(folder: &Path, site_data: SiteData) -> Driver {
    let [port, bidi_port] = free_ports();
    let mut command = program(&find_program("GECKODRIVER", &["geckodriver"]), folder);
    command
        .arg(format!("--port={port}"))
        .arg(format!("--websocket-port={bidi_port}"))
        .arg("--profile-root")
        .arg(folder)
        .env("HOME", folder);
    let driver = start_server(command, port).await;
    let browser = find_program("FIREFOX", &["firefox", "firefox-esr"]);
    // 0 allows all cookies and storage, 2 blocks them.
    let cookies = if site_data == SiteData::Blocked { 2 } else { 0 };
    let capabilities = object(json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": browser,
            "args": ["-headless"],
            "prefs": {
                "intl.accept_languages": "en-GB",
                "network.cookie.cookieBehavior": cookies,
                // Otherwise axe-core measures colours while they change.
                "ui.prefersReducedMotion": 1,
            },
        },
        "timeouts": { "script": 20_000, "pageLoad": 20_000 },
    }));
    Driver {
        port,
        capabilities,
        processes: vec![driver],
    }
}
