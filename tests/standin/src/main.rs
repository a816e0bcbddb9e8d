//! The stand-in as a program: starts it, prints its URL, and stops it on Ctrl-C or SIGTERM.

mod args;

use args::Command;
use standin::{Options, Standin};
use std::{
    io::{self, Write},
    process::ExitCode,
};

fn main() -> ExitCode {
    match args::parse(std::env::args().skip(1)) {
        Ok(Command::Help) => report(print(args::HELP)),
        Ok(Command::Run(options)) => run(*options),
        Err(error) => {
            eprintln!("standin: {error}. Try --help.");
            ExitCode::from(2)
        }
    }
}

fn run(options: Options) -> ExitCode {
    let port = options.port;
    match Standin::start(options) {
        Ok(standin) => report(run_until_signal(&standin)),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            eprintln!("standin: port {port} is in use by another program. Stop it, or choose another --port.");
            ExitCode::FAILURE
        }
        Err(error) => report(Err(error)),
    }
}

fn run_until_signal(standin: &Standin) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let signal = stop_signal()?;
        print(&format!(
            "Stand-in for Spotify: {} (Ctrl-C stops it)\n",
            standin.origin()
        ))?;
        signal.await;
        Ok(())
    })
}

/// Installs the signal handlers; the future resolves on the first signal.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Resolves on Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn report(outcome: io::Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("standin: {error}");
            ExitCode::FAILURE
        }
    }
}
