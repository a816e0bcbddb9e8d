//! The files of the release build, read once, so that a concurrent build cannot change them during a test run.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A file with the content type that a static host sends.
pub(crate) struct File {
    pub(crate) kind: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// All files of the build in `dist`, keyed by URL path, such as `/callback/index.html`.
pub(crate) fn files(dist: &'static str) -> &'static HashMap<String, File> {
    static BUILDS: Mutex<BTreeMap<&str, &HashMap<String, File>>> = Mutex::new(BTreeMap::new());
    let mut builds = BUILDS.lock().unwrap_or_else(PoisonError::into_inner);
    builds.entry(dist).or_insert_with(|| {
        let root = root(dist);
        let mut files = HashMap::new();
        collect(&root, &root, &mut files);
        // The button is there before the app only where the configuration has a client ID; the examples name their server in their page.
        let index = files
            .get("/index.html")
            .map(|file| String::from_utf8_lossy(&file.bytes));
        assert!(
            index.is_some_and(|page| page.contains("popovertarget") || page.contains("data-server")),
            "there is no build for the tests in {}: run `CONFIG=tests/e2e/config.json scripts/build`, or `make test`",
            root.display()
        );
        Box::leak(Box::new(files))
    })
}

/// A folder of this repository. The environment variable `DIST` overrides `dist`.
pub fn root(folder: &str) -> PathBuf {
    match std::env::var_os("DIST") {
        Some(named) if folder == "dist" => PathBuf::from(named),
        _ => Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder),
    }
}

fn collect(root: &Path, folder: &Path, files: &mut HashMap<String, File>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if let (Ok(below), Ok(bytes)) = (path.strip_prefix(root), fs::read(&path)) {
            let kind = content_type(&path);
            files.insert(format!("/{}", below.display()), File { kind, bytes });
        }
    }
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
