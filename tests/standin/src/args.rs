//! Parses the command line of the program.

use standin::{Implicit, Options, Rotation};
use std::fmt;

/// Shown for `--help`.
pub(crate) const HELP: &str = "\
A local stand-in for Spotify's accounts service and Web API.

Usage: standin [OPTIONS]

  --port NUMBER        port on 127.0.0.1, 0 for a free one (8889)
  --client-id ID       client ID of the registered app (stagedoor-dev)
  --redirect-uri URI   registered redirect URI; may be repeated
                       (http://127.0.0.1:8888/callback)
  --expires-in SECONDS lifetime of access tokens (3600)
  --refuse-implicit    refuse response_type=token, as Spotify does
  --rotate             issue a new refresh token with every refresh
  --help               print this help
";

/// What the program is to do.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Run(Box<Options>),
}

/// Why the command line could not be parsed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ArgsError {
    Unknown(String),
    NoValue(String),
    NotANumber(String, String),
}

impl fmt::Display for ArgsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(option) => write!(f, "there is no option {option}"),
            Self::NoValue(option) => write!(f, "{option} needs a value"),
            Self::NotANumber(option, value) => write!(f, "{option} needs a number, and {value} is not one in range"),
        }
    }
}

/// Parses the arguments after the program name.
pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Command, ArgsError> {
    let mut options = Options {
        port: 8889,
        ..Options::default()
    };
    let mut client_id = "stagedoor-dev".to_owned();
    let mut redirect_uris = Vec::new();
    while let Some(option) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| ArgsError::NoValue(option.clone()));
        match option.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--port" => options.port = number(&option, value()?)?,
            "--client-id" => client_id = value()?,
            "--redirect-uri" => redirect_uris.push(value()?),
            "--expires-in" => options.expires_in = number(&option, value()?)?,
            "--refuse-implicit" => options.implicit = Implicit::Refused,
            "--rotate" => options.rotation = Rotation::Always,
            _ => return Err(ArgsError::Unknown(option)),
        }
    }
    if redirect_uris.is_empty() {
        redirect_uris.push("http://127.0.0.1:8888/callback".to_owned());
    }
    options.clients = redirect_uris.into_iter().map(|uri| (client_id.clone(), uri)).collect();
    Ok(Command::Run(Box::new(options)))
}

fn number<N: std::str::FromStr>(option: &str, value: String) -> Result<N, ArgsError> {
    value
        .parse()
        .map_err(|_| ArgsError::NotANumber(option.to_owned(), value))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::{ArgsError, Command, parse};
    use standin::{Implicit, Options, Rotation};

    fn run(line: &str) -> Options {
        match parse(line.split_whitespace().map(str::to_owned)) {
            Ok(Command::Run(options)) => *options,
            other => panic!("{other:?}"),
        }
    }

    fn error(line: &str) -> Option<ArgsError> {
        parse(line.split_whitespace().map(str::to_owned)).err()
    }

    #[test]
    fn no_options_mean_the_defaults() {
        let options = run("");
        let client = ("stagedoor-dev".to_owned(), "http://127.0.0.1:8888/callback".to_owned());
        assert_eq!((options.port, options.expires_in), (8889, 3600));
        assert_eq!(options.clients, [client]);
        assert_eq!(
            (options.implicit, options.rotation),
            (Implicit::Granted, Rotation::Never)
        );
    }

    #[test]
    fn parses_every_option() {
        let options = run(
            "--port 0 --redirect-uri https://a.example/ --client-id app --redirect-uri https://b.example/ \
                           --expires-in 5 --refuse-implicit --rotate",
        );
        let client = |uri: &str| ("app".to_owned(), uri.to_owned());
        assert_eq!((options.port, options.expires_in), (0, 5));
        assert_eq!(
            options.clients,
            [client("https://a.example/"), client("https://b.example/")]
        );
        assert_eq!(
            (options.implicit, options.rotation),
            (Implicit::Refused, Rotation::Always)
        );
    }

    #[test]
    fn errors_name_the_option() {
        assert_eq!(error("--prot 1"), Some(ArgsError::Unknown("--prot".to_owned())));
        assert_eq!(error("--port"), Some(ArgsError::NoValue("--port".to_owned())));
        for value in ["x", "-1", "65536", "1e3"] {
            let expected = ArgsError::NotANumber("--port".to_owned(), value.to_owned());
            assert_eq!(error(&format!("--port {value}")), Some(expected));
        }
    }

    #[test]
    fn help_is_a_command() {
        assert!(matches!(parse(["--help".to_owned()].into_iter()), Ok(Command::Help)));
    }
}
