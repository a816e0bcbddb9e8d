//! What Trunk does not do for a release: names that are hashes of the final content, a file for each route with what is shown before the
//! app is there, the security policy and the other headers, the configuration for servers, and compressed files. All that depends on
//! `config.json` is made anew at each run.

mod assets;
pub mod compress;
mod files;
mod page;
mod policy;
mod servers;

use std::path::{Path, PathBuf};

use stagedoor_app::app::{NOT_FOUND, ROUTES};
use stagedoor_app::components::PageRoute;
use stagedoor_app::config::{Config, ConfigError};
use stagedoor_app::prerender::prerender;

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
    let built = dist.join("index.html");
    let malformed = |error| Error::Page(built.clone(), error);
    let page = Page::parse(files::read_text(&built)?).map_err(malformed)?;
    let base = page.base();
    let config = config(dist, base)?;
    let policy = Policy::new(page.inline(), &config);
    let assets = Assets::name(dist)?;
    for (name, route) in page_files() {
        let content = prerender(route, &config, base);
        let html = page.of_route(&route, &content, &policy, &config, assets.as_ref());
        files::write(&dist.join(name), html.map_err(malformed)?.as_bytes())?;
    }
    let headers = policy.headers();
    files::write(&dist.join("_headers"), servers::pages(&headers, base).as_bytes())?;
    files::write(&servers.join("nginx.conf"), servers::nginx(&headers, base).as_bytes())?;
    files::write(&servers.join("Caddyfile"), servers::caddy(&headers, base).as_bytes())?;
    compress::all(dist)
}

/// The files of all pages with their routes, the log-in page first: static hosts look for `name.html` or for `name/index.html`.
fn page_files() -> impl Iterator<Item = (String, PageRoute)> {
    let routes = ROUTES
        .iter()
        .copied()
        .flat_map(|route| match route.path.trim_start_matches('/') {
            "" => vec![("index.html".to_owned(), route)],
            name => vec![(format!("{name}.html"), route), (format!("{name}/index.html"), route)],
        });
    routes.chain([("404.html".to_owned(), NOT_FOUND)])
}

/// The configuration of the build, read by the app's own rules. The origin that the build will be served from is not known here.
fn config(dist: &Path, base: &str) -> Result<Config, Error> {
    let text = files::read_text(&dist.join("config.json"))?;
    Config::parse(&text, &format!("https://stagedoor.invalid{base}")).map_err(Error::Config)
}

#[cfg(test)]
mod tests;
