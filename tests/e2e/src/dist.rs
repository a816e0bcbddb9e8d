//! The files of the release build, read once, so that a build that runs beside the tests does not change them half-way.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A file as a static host sends it.
pub(crate) struct File {
    pub(crate) kind: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// All files by their path below the root, such as `/callback/index.html`.
pub(crate) fn files() -> &'static HashMap<String, File> {
    static FILES: OnceLock<HashMap<String, File>> = OnceLock::new();
    FILES.get_or_init(|| {
        let root = root();
        let mut files = HashMap::new();
        collect(&root, &root, &mut files);
        assert!(
            files.contains_key("/index.html"),
            "there is no release build in {}: run `make build` first",
            root.display()
        );
        files
    })
}

/// The build of this repository, or the one that the environment names in `DIST`.
fn root() -> PathBuf {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
    std::env::var_os("DIST").map_or_else(own, PathBuf::from)
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
