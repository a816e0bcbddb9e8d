//! Finishes a release build. Trunk runs it after the build (`Trunk.toml`), and `make pages` after a change of `config.json`:
//!
//! ```text
//! release [DIST [FOLDER FOR THE CONFIGURATION OF SERVERS]]
//! ```

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use release::finish;

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let dist = arguments.next().unwrap_or_else(|| "dist".into());
    let servers = arguments.next().unwrap_or_else(|| "target/deploy".into());
    match finish(&dist, &servers) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!(
                "stagedoor: the build in {} could not be finished: {error}",
                dist.display()
            );
            ExitCode::FAILURE
        }
    }
}
