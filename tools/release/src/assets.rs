//! The files of the app with names that are hashes of their content, so that they can be cached for good.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use crate::{Error, files};

/// What wasm-bindgen generates.
const GLUE: &str = "stagedoor-app.js";
/// What starts the app with it.
const START: &str = "start.js";
const WASM: &str = "stagedoor-app_bg.wasm";

/// A file of the app.
pub struct Asset {
    /// Its path below the folder of the build.
    pub name: String,
    /// Its integrity metadata (Subresource Integrity).
    pub integrity: String,
}

/// The files that every page loads.
pub struct Assets {
    /// The glue, and what starts the app with it: one file.
    pub script: Asset,
    /// The wasm.
    pub wasm: Asset,
}

impl Assets {
    /// Names the files that Trunk has put into `dist`; `None` where they have their names already.
    pub fn name(dist: &Path) -> Result<Option<Self>, Error> {
        let glue = dist.join(GLUE);
        if !glue.exists() {
            return Ok(None);
        }
        let (start, wasm) = (dist.join(START), dist.join(WASM));
        // Both are classic scripts, so one after the other is a script as well.
        let script = [files::read(&glue)?, files::read(&start)?].join(&b'\n');
        let assets = Self {
            script: Asset::write(dist, "start", "js", &script)?,
            wasm: Asset::write(dist, "stagedoor", "wasm", &files::read(&wasm)?)?,
        };
        for taken in [glue, start, wasm] {
            files::remove(&taken)?;
        }
        Ok(Some(assets))
    }
}

impl Asset {
    fn write(dist: &Path, stem: &str, end: &str, bytes: &[u8]) -> Result<Self, Error> {
        let hash = Sha256::digest(bytes);
        let hash: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let name = format!("assets/{stem}-{hash}.{end}");
        files::write(&dist.join(&name), bytes)?;
        let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)));
        Ok(Self { name, integrity })
    }
}
