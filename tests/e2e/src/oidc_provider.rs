//! The authorization server of `examples/router`, which is oidc-provider: an implementation of OpenID Connect that is not ours.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use crate::browser::find_program;
use crate::dist;

/// Time limit for its start.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A running server. Dropping it stops it.
pub struct OidcProvider {
    issuer: String,
    _process: Child,
    /// Open until the end: it fails where it can't write what it has to say.
    _output: Lines<BufReader<ChildStdout>>,
}

impl OidcProvider {
    /// Starts on a free port of 127.0.0.1, with this redirect URI registered. The environment variable `OIDC_PROVIDER` is the path of the
    /// module.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start(redirect_uri: &str) -> Self {
        let mut process = Command::new(find_program("NODE", &["node"]))
            .arg(dist::root("examples/router").join("server.mjs"))
            .args(["0", redirect_uri])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("Node.js starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let first = timeout(TIMEOUT, lines.next_line()).await.expect("a line in time");
        let issuer = first
            .expect("text")
            .expect("an authorization server that starts (`make setup` brings it)");
        Self {
            issuer,
            _process: process,
            _output: lines,
        }
    }

    /// What it calls itself, and where it is.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }
}
