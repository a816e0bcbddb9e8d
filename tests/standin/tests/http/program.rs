//! The stand-in as a program.

use std::{
    io::{BufRead, BufReader, Read},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_standin"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn started() -> (Child, String) {
    let mut child = program(&["--port", "0"]).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let (_, rest) = line.split_once("http://").expect("an address");
    (child, rest.split(' ').next().unwrap().to_owned())
}

#[test]
#[cfg(unix)]
fn it_prints_its_url_and_stops_on_a_signal() {
    for signal in ["-INT", "-TERM"] {
        let (mut child, host) = started();
        assert!(TcpStream::connect(&host).is_ok());
        let id = child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert!(child.wait().unwrap().success(), "{signal}");
        assert!(TcpStream::connect(&host).is_err());
    }
}

#[test]
fn a_port_in_use_is_reported() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = program(&["--port", &port]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains(&format!("port {port} is in use"))
    );
}

#[test]
fn invalid_arguments_are_explained() {
    for (arguments, text) in [
        (["--port", "x"], "--port needs a number"),
        (["--redirect-uri", "http://localhost/"], "in place of localhost"),
    ] {
        let output = program(&arguments).output().unwrap();
        assert!(!output.status.success());
        assert!(String::from_utf8(output.stderr).unwrap().contains(text), "{text}");
    }
}

#[test]
fn help_lists_every_option() {
    let mut child = program(&["--help"]).spawn().unwrap();
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    assert!(child.wait().unwrap().success());
    for option in [
        "--port",
        "--client-id",
        "--redirect-uri",
        "--expires-in",
        "--refuse-implicit",
        "--rotate",
    ] {
        assert!(text.contains(option), "{option}");
    }
}
