//! What Trunk does not do for a release: the security policy and the other headers, the configuration for servers, and compressed
//! files. Everything is made from the files of the build and its `config.json`, and made anew at each run.

mod compress;
mod files;
mod page;
mod policy;
mod servers;

use std::path::{Path, PathBuf};

use stagedoor::config::{Config, ConfigError};

use page::Page;
use policy::Policy;

/// Why a build can't be finished.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or a folder can't be read or written.
    #[error("{path}: {cause}. If there is no build yet, run `make build` first.", path = .0.display(), cause = .1)]
    File(PathBuf, std::io::Error),
    /// `config.json` is not valid.
    #[error("{}", describe(.0))]
    Config(ConfigError),
    /// A page is not as the build makes it.
    #[error("{}: {}", .0.display(), .1)]
    Page(PathBuf, page::Malformed),
    /// There is no page at all.
    #[error("there is no page. Run `make build` first.")]
    Empty,
}

fn describe(error: &ConfigError) -> String {
    let ConfigError::Problems(problems) = error else {
        return error.to_string();
    };
    let lines = problems.iter().map(|problem| format!("\n  {problem}"));
    format!("config.json is not valid:{}", lines.collect::<String>())
}

/// Writes everything in `dist` that depends on `config.json` or on the content of other files, and the configuration of servers into
/// the folder `servers`.
///
/// # Errors
/// The first [`Error`]; `dist` is only partly finished then.
pub fn finish(dist: &Path, servers: &Path) -> Result<(), Error> {
    let names = files::below(dist)?;
    let mut pages = Vec::new();
    for name in names
        .iter()
        .filter(|name| name.extension().is_some_and(|end| end == "html"))
    {
        let path = dist.join(name);
        let page = Page::parse(&files::read_text(&path)?).map_err(|error| Error::Page(path.clone(), error))?;
        pages.push((path, page));
    }
    let Some((_, first)) = pages.first() else {
        return Err(Error::Empty);
    };
    let base = first.base.clone();
    let config = config(dist, &base)?;
    let policy = Policy::new(first.inline(), &config);
    for (path, page) in &pages {
        let html = page.locked_down(&policy, &config);
        files::write(path, html.map_err(|error| Error::Page(path.clone(), error))?.as_bytes())?;
    }
    let headers = policy.headers();
    files::write(&dist.join("_headers"), servers::pages(&headers, &base).as_bytes())?;
    files::write(&servers.join("nginx.conf"), servers::nginx(&headers, &base).as_bytes())?;
    files::write(&servers.join("Caddyfile"), servers::caddy(&headers, &base).as_bytes())?;
    compress::all(dist)
}

/// The configuration of the build, read by the app's own rules. The origin that the build will be served from is not known here.
fn config(dist: &Path, base: &str) -> Result<Config, Error> {
    let text = files::read_text(&dist.join("config.json"))?;
    Config::parse(&text, &format!("https://stagedoor.invalid{base}")).map_err(Error::Config)
}

#[cfg(test)]
mod tests;
