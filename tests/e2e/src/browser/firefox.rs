//! One headless Firefox, driven through one geckodriver of its own.

use std::path::Path;

use serde_json::json;

use super::{Driver, find_program, free_ports, object, program, start_server};

/// Starts geckodriver, for a Firefox with its profile in `folder`.
pub(super) async fn start(folder: &Path) -> Driver {
    let [port, bidi_port] = free_ports();
    let mut command = program(&find_program("GECKODRIVER", &["geckodriver"]));
    command
        .arg(format!("--port={port}"))
        .arg(format!("--websocket-port={bidi_port}"))
        .arg("--profile-root")
        .arg(folder)
        .env("HOME", folder);
    let driver = start_server(command, port).await;
    let browser = find_program("FIREFOX", &["firefox", "firefox-esr"]);
    let capabilities = object(json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": browser,
            "args": ["-headless"],
            "prefs": { "intl.accept_languages": "en-GB" },
        },
        "timeouts": { "script": 20_000, "pageLoad": 20_000 },
    }));
    Driver {
        port,
        capabilities,
        processes: vec![driver],
    }
}
