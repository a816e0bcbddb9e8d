//! What Trunk does not do for a release: names that are hashes of the final content, a file for each route, the security policy and the
//! other headers, the configuration for servers, and compressed files. What depends on `config.json` is made anew at each run.

mod assets;
pub mod compress;
mod files;
mod page;
mod policy;
mod servers;

use std::path::{Path, PathBuf};

use stagedoor::app::{NOT_FOUND, ROUTES};
use stagedoor::components::PageRoute;
use stagedoor::config::{Config, ConfigError};

use assets::Assets;
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
    if let Some(assets) = Assets::name(dist)? {
        write_pages(dist, &assets)?;
    }
    let index = read_page(&dist.join("index.html"))?;
    let base = index.base();
    let config = config(dist, base)?;
    let policy = Policy::new(index.inline(), &config);
    for (path, route) in page_files(dist) {
        let html = read_page(&path)?.locked_down(&policy, &config, route.path);
        files::write(
            &path,
            html.map_err(|error| Error::Page(path.clone(), error))?.as_bytes(),
        )?;
    }
    let headers = policy.headers();
    files::write(&dist.join("_headers"), servers::pages(&headers, base).as_bytes())?;
    files::write(&servers.join("nginx.conf"), servers::nginx(&headers, base).as_bytes())?;
    files::write(&servers.join("Caddyfile"), servers::caddy(&headers, base).as_bytes())?;
    compress::all(dist)
}

fn read_page(path: &Path) -> Result<Page, Error> {
    Page::parse(files::read_text(path)?).map_err(|error| Error::Page(path.to_owned(), error))
}

/// The files of all pages with their routes, the log-in page first: static hosts look for `name.html` or for `name/index.html`.
fn page_files(dist: &Path) -> impl Iterator<Item = (PathBuf, PageRoute)> {
    let routes = ROUTES
        .iter()
        .copied()
        .flat_map(|route| match route.path.trim_start_matches('/') {
            "" => vec![("index.html".to_owned(), route)],
            name => vec![(format!("{name}.html"), route), (format!("{name}/index.html"), route)],
        });
    let all = routes.chain([("404.html".to_owned(), NOT_FOUND)]);
    all.map(|(name, route)| (dist.join(name), route))
}

/// Writes the file of each route, made of the page that Trunk has built.
fn write_pages(dist: &Path, assets: &Assets) -> Result<(), Error> {
    let built = dist.join("index.html");
    let page = read_page(&built)?;
    for (path, route) in page_files(dist) {
        let shell = if SHELLS.contains(&route.path) {
            route.path
        } else {
            "other"
        };
        let html = page.of_route(&route, shell, assets);
        files::write(
            &path,
            html.map_err(|error| Error::Page(built.clone(), error))?.as_bytes(),
        )?;
    }
    Ok(())
}

/// The routes that have a page of their own before the app is there.
const SHELLS: [&str; 5] = ["/", "/callback", "/profile", "/track", "/404"];

/// The configuration of the build, read by the app's own rules. The origin that the build will be served from is not known here.
fn config(dist: &Path, base: &str) -> Result<Config, Error> {
    let text = files::read_text(&dist.join("config.json"))?;
    Config::parse(&text, &format!("https://stagedoor.invalid{base}")).map_err(Error::Config)
}

#[cfg(test)]
mod tests;
