//! Compressed copies beside the files, for hosts that serve `.br` and `.gz`.

use std::io::Write;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::{Error, files};

/// What compression makes smaller. Not `config.json`, which people edit.
const COMPRESSIBLE: [&str; 5] = ["html", "js", "svg", "wasm", "webmanifest"];
const COMPRESSED: [&str; 2] = ["br", "gz"];

/// Compresses every file below `dist` that is worth it, in place of what was compressed before.
pub(crate) fn all(dist: &Path) -> Result<(), Error> {
    let is_one_of = |name: &Path, ends: &[&str]| name.extension().is_some_and(|end| ends.iter().any(|one| end == *one));
    let names = files::below(dist)?;
    for name in names.iter().filter(|name| is_one_of(name, &COMPRESSED)) {
        files::remove(&dist.join(name))?;
    }
    for name in names.iter().filter(|name| is_one_of(name, &COMPRESSIBLE)) {
        let path = dist.join(name);
        let bytes = files::read(&path)?;
        for (end, compressed) in [("br", brotli(&bytes)), ("gz", gzip(&bytes))] {
            let mut target = path.clone().into_os_string();
            target.push(format!(".{end}"));
            let compressed = compressed.map_err(|error| Error::File(path.clone(), error))?;
            files::write(target.as_ref(), &compressed)?;
        }
    }
    Ok(())
}

/// As small as brotli makes it (RFC 7932).
///
/// # Errors
/// None in practice: it reads and writes memory.
pub fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let parameters = BrotliEncoderParams {
        quality: 11,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{brotli, gzip};

    #[test]
    fn what_is_compressed_is_smaller_and_comes_back_as_it_was() {
        let text = "Log in with Spotify in the browser. ".repeat(100);
        let small = brotli(text.as_bytes()).unwrap();
        assert!(small.len() < text.len() / 10);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &*small, &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
        let small = gzip(text.as_bytes()).unwrap();
        assert!(small.len() < text.len() / 10);
        let mut back = String::new();
        flate2::read::GzDecoder::new(&*small).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
    }
}
