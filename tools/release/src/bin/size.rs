//! Prints what a first visit to the last build downloads, as hosts with brotli send it, and what the wasm is made of; and what one to the
//! smallest example downloads, where that is built. Fails over the budget of either (bytes; `BUDGET` is the app's). The functions are read
//! from a wasm that has their names still, made from what the last build compiled by the tools and options that made the build.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use lol_html::{RewriteStrSettings, element, rewrite_str};
use release::compress::brotli;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// What a first visit may weigh, in bytes.
const BUDGET: usize = 232_800;
/// How many crates and functions are listed.
const LISTED: usize = 12;
const DIST: &str = "dist";
/// The smallest example, as `scripts/test` builds it, and what it may weigh, in bytes.
const MINIMAL: &str = "target/minimal/dist";
const MINIMAL_BUDGET: usize = 125_000;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let budget = env::var("BUDGET").map_or(Ok(BUDGET), |bytes| bytes.parse())?;
    let is_light = weigh("a first visit", &app()?, budget)?;
    let minimal = files(Path::new(MINIMAL)).unwrap_or_default();
    let is_minimal_light = minimal.is_empty() || weigh("the smallest example", &minimal, MINIMAL_BUDGET)?;
    let functions = functions(&fs::read(named()?)?)?;
    let mut crates = BTreeMap::<_, usize>::new();
    for (name, bytes) in &functions {
        *crates.entry(crate_of(name).to_owned()).or_default() += bytes;
    }
    list("code by crate, uncompressed", crates.into_iter().collect());
    list("largest functions", functions);
    Ok(if is_light && is_minimal_light {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The files in a folder.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}

/// What a first visit to the app loads.
fn app() -> std::io::Result<Vec<PathBuf>> {
    let mut loaded = files(&Path::new(DIST).join("assets"))?;
    loaded.retain(|path| path.extension().is_some_and(|end| end == "js" || end == "wasm"));
    let others = ["index.html", "config.json", "icon.svg", "manifest.webmanifest"];
    loaded.extend(others.map(|name| Path::new(DIST).join(name)));
    Ok(loaded)
}

/// Prints what these files weigh, and returns whether that is within the budget, in brotli bytes.
fn weigh(what: &str, files: &[PathBuf], budget: usize) -> Result<bool, Box<dyn Error>> {
    let mut total = 0;
    println!("{:>9}  {:>9}  {what} loads", "bytes", "brotli");
    for path in files {
        let bytes = fs::read(path)?;
        let small = brotli(&bytes)?.len();
        println!("{:>9}  {small:>9}  {}", bytes.len(), path.display());
        total += small;
    }
    println!("{:>9}  {total:>9}  of {budget} that {what} may weigh\n", "");
    if total > budget {
        eprintln!("stagedoor: {what} weighs {} bytes too much.", total - budget);
    }
    Ok(total <= budget)
}

/// Prints the largest of these.
fn list(title: &str, mut sizes: Vec<(String, usize)>) {
    sizes.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    println!("\n{:>9}  {title}", "bytes");
    for (name, bytes) in sizes.iter().take(LISTED) {
        println!("{bytes:>9}  {}", name.chars().take(110).collect::<String>());
    }
}

/// Makes the wasm of the last build once more, with the names of its functions, and returns its path.
fn named() -> Result<PathBuf, Box<dyn Error>> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let built = target.join("wasm32-unknown-unknown/release/stagedoor-app.wasm");
    let folder = target.join("size");
    let wasm = folder.join("named_bg.wasm");
    let mut bindgen = Command::new("wasm-bindgen");
    bindgen.args([
        "--target",
        "no-modules",
        "--no-typescript",
        "--out-name",
        "named",
        "--out-dir",
    ]);
    run(bindgen.arg(&folder).arg(built))?;
    let mut optimizer = Command::new("wasm-opt");
    optimizer.arg("-Oz").args(wasm_opt_options()?).arg("--debuginfo");
    run(optimizer.arg(&wasm).arg("-o").arg(&wasm))?;
    Ok(wasm)
}

fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let tool = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .map_err(|error| format!("{tool}: {error}; `make setup` brings it"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{tool}: {status}").into())
    }
}

/// The options of `wasm-opt` in `index.html`.
fn wasm_opt_options() -> Result<Vec<String>, Box<dyn Error>> {
    let mut options = Vec::new();
    let settings =
        RewriteStrSettings::new().append_element_content_handler(element!("link[data-wasm-opt-params]", |link| {
            let value = link.get_attribute("data-wasm-opt-params").unwrap_or_default();
            options = value.split(' ').map(str::to_owned).collect();
            Ok(())
        }));
    rewrite_str(&fs::read_to_string("index.html")?, settings)?;
    Ok(options)
}

/// The functions of a wasm by name, with the bytes of their bodies.
fn functions(wasm: &[u8]) -> Result<Vec<(String, usize)>, Box<dyn Error>> {
    let (mut imported, mut bodies, mut names) = (0, Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.range().len()),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(section) = section.as_known() else {
                    continue;
                };
                for part in section {
                    let Name::Function(map) = part? else { continue };
                    for naming in map {
                        let naming = naming?;
                        names.insert(naming.index, naming.name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    let name = |index| {
        names
            .get(&index)
            .cloned()
            .unwrap_or_else(|| format!("function {index}"))
    };
    Ok((imported..).map(name).zip(bodies).collect())
}

/// The crate whose code a function is; a generic function is code of the crate that it is made for.
fn crate_of(function: &str) -> &str {
    if function.contains("stagedoor") {
        return "stagedoor";
    }
    let Some((path, _)) = function.split_once("::") else {
        return "other";
    };
    let hashed = path.strip_suffix(']').and_then(|path| path.rsplit_once('['));
    let name = hashed.map_or(path, |(path, _)| path);
    name.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .next()
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::crate_of;

    #[test]
    fn a_function_belongs_to_a_crate() {
        for (function, expected) in [
            ("core::fmt::write", "core"),
            (
                "<alloc[0f]::string::String as core[1a]::fmt::Write>::write_str",
                "alloc",
            ),
            (
                "<core::iter::Map<stagedoor::oauth::Scopes> as Iterator>::next",
                "stagedoor",
            ),
            ("<&mut T as core::fmt::Debug>::fmt", "core"),
            ("memcpy", "other"),
        ] {
            assert_eq!(crate_of(function), expected, "{function}");
        }
    }
}
