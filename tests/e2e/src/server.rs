//! A real web server on the loopback address, with the configuration shipped with the build. Only port, host name and folder
//! are replaced.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

use crate::browser::find_program;
use crate::dist;

/// Time limit for starting a server.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A server for a copy of the build. Dropping it stops it.
pub(crate) struct Server {
    port: u16,
    folder: TempDir,
    _process: Child,
}

impl Server {
    pub(crate) async fn nginx() -> Self {
        let (folder, port) = prepare();
        let program = find_program("NGINX", &["nginx", "/usr/sbin/nginx"]);
        let site = shipped("nginx.conf")
            .replace("listen 80;", &format!("listen 127.0.0.1:{port};"))
            .replace("/var/www/stagedoor", &www(&folder));
        let path = folder.path().display();
        let user = if is_root(&folder) { "user root;" } else { "" };
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("{kind}_temp_path {path}/{kind};"))
            .concat();
        let mime_types = in_installation_of(&program, "etc/nginx/mime.types");
        let config = format!(
            "daemon off; master_process off; {user} pid {path}/pid; error_log stderr; events {{}}\n\
             http {{ include {}; access_log off; {temporary}\n{site}\n}}",
            mime_types.display()
        );
        let file = write(&folder, "nginx.conf", &config);
        let mut command = Command::new(program);
        command.arg("-e").arg("stderr").arg("-c").arg(file);
        Self::start(command, folder, port).await
    }

    pub(crate) async fn caddy() -> Self {
        let (folder, port) = prepare();
        let site = shipped("Caddyfile")
            .replace("stagedoor.example {", &format!("http://127.0.0.1:{port} {{"))
            .replace("/var/www/stagedoor", &www(&folder));
        let file = write(&folder, "Caddyfile", &format!("{{\n\tadmin off\n}}\n{site}"));
        let mut command = Command::new(find_program("CADDY", &["caddy"]));
        command.args(["run", "--adapter", "caddyfile", "--config"]).arg(file);
        command.env("HOME", folder.path());
        Self::start(command, folder, port).await
    }

    async fn start(mut command: Command, folder: TempDir, port: u16) -> Self {
        let log = fs::File::create(folder.path().join("stderr")).expect("a file");
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .expect("the server starts");
        let deadline = Instant::now() + TIMEOUT;
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            let exited = process.try_wait().expect("its state").is_some();
            if exited || Instant::now() > deadline {
                let log = fs::read_to_string(folder.path().join("stderr")).unwrap_or_default();
                panic!("the server did not start: {log}");
            }
            sleep(Duration::from_millis(20)).await;
        }
        Self {
            port,
            folder,
            _process: process,
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Overwrites a served file.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join("www").join(name), text).expect("a file that can be written");
    }
}

/// A folder with a copy of the build, and a free port.
fn prepare() -> (TempDir, u16) {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, file) in dist::files("dist") {
        let copy = folder.path().join("www").join(path.trim_start_matches('/'));
        fs::create_dir_all(copy.parent().unwrap_or(&copy)).expect("a folder");
        fs::write(copy, &file.bytes).expect("a copy");
    }
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    (folder, port)
}

fn shipped(name: &str) -> String {
    let file = dist::root("target/deploy").join(name);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}: run `make build` first", file.display()))
}

fn write(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let file = folder.path().join(name);
    fs::write(&file, text).expect("a file");
    file
}

fn www(folder: &TempDir) -> String {
    folder.path().join("www").display().to_string()
}

fn is_root(folder: &TempDir) -> bool {
    fs::metadata(folder.path()).is_ok_and(|metadata| metadata.uid() == 0)
}

/// A file of the installation that contains `program` in its `usr/sbin`.
fn in_installation_of(program: &Path, file: &str) -> PathBuf {
    program.ancestors().nth(3).unwrap_or(Path::new("/")).join(file)
}
