//! A browser of a few lines: one request on one connection, read to its end.

use standin::{Options, Standin};
use std::{
    io::{Read, Write},
    net::TcpStream,
};

pub const CLIENT: &str = "app";
pub const ORIGIN: &str = "http://127.0.0.1:8888";
pub const CALLBACK: &str = "http://127.0.0.1:8888/callback";

/// One answer, as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn location(&self) -> &str {
        self.header("location").expect("an answer with a location")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("a body of JSON")
    }

    pub fn message(&self) -> String {
        let json = self.json();
        assert_eq!(json["error"]["status"], self.status);
        json["error"]["message"].as_str().expect("a message").to_owned()
    }

    /// A parameter of the location, in its query or fragment.
    pub fn returned(&self, name: &str) -> Option<String> {
        let pieces = self.location().split(['?', '#', '&']);
        let mut pairs = pieces.filter_map(|piece| piece.split_once('='));
        pairs
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.to_owned())
    }
}

/// Sends a request; `None` when the connection ends without an answer.
pub fn send(standin: &Standin, head: &str, headers: &[(&str, &str)], body: &str) -> Option<Answer> {
    let mut stream = open(standin, head, headers, body);
    let mut bytes = Vec::new();
    let _a_cut_connection_may_be_an_error = stream.read_to_end(&mut bytes).is_err();
    parse(&String::from_utf8(bytes).expect("UTF-8"))
}

/// Sends a request and leaves the answer to be read.
pub fn open(standin: &Standin, head: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
    let host = standin.origin().trim_start_matches("http://");
    let mut text = format!("{head} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut stream = TcpStream::connect(host).expect("a connection");
    stream
        .write_all(format!("{text}\r\n{body}").as_bytes())
        .expect("a request that is sent");
    stream
}

fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let (status, headers) = head.split_once("\r\n").unwrap_or((head, ""));
    let header = |line: &str| {
        line.split_once(": ")
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
    };
    Some(Answer {
        status: status.split(' ').nth(1)?.parse().ok()?,
        headers: headers.lines().filter_map(header).collect(),
        body: body.to_owned(),
    })
}

pub fn start() -> Standin {
    start_with(Options::default())
}

pub fn start_with(options: Options) -> Standin {
    let clients = vec![(CLIENT.to_owned(), CALLBACK.to_owned())];
    Standin::start(Options { clients, ..options }).expect("a stand-in that starts")
}

pub fn get(standin: &Standin, path: &str) -> Answer {
    send(standin, &format!("GET {path}"), &[], "").expect("an answer")
}

/// `GET /authorize` with a query.
pub fn authorize(standin: &Standin, query: &str) -> Answer {
    get(standin, &format!("/authorize?{query}"))
}

/// A correct implicit request, with more behind it.
pub fn implicit(more: &str) -> String {
    format!(
        "client_id={CLIENT}&response_type=token&redirect_uri={}&state=st-1{more}",
        escaped(CALLBACK)
    )
}

pub fn escaped(uri: &str) -> String {
    uri.replace(':', "%3A").replace('/', "%2F")
}

/// The hidden id of a consent page.
pub fn consent_id(page: &Answer) -> String {
    assert_eq!(page.status, 200, "{}", page.body);
    let (_, rest) = page
        .body
        .split_once("name=\"consent\" value=\"")
        .expect("a consent page");
    rest.split('"').next().expect("an id").to_owned()
}

/// Sends the form of the consent page.
pub fn decide(standin: &Standin, id: &str, decision: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    send(
        standin,
        "POST /authorize",
        &headers,
        &format!("consent={id}&decision={decision}"),
    )
    .expect("an answer")
}

/// Asks and agrees.
pub fn agree(standin: &Standin, query: &str) -> Answer {
    let page = authorize(standin, query);
    decide(standin, &consent_id(&page), "agree")
}

/// A new access token for these scopes.
pub fn token(standin: &Standin, scopes: &str) -> String {
    let query = implicit(&format!("&show_dialog=true&scope={scopes}"));
    agree(standin, &query).returned("access_token").expect("a token")
}

pub fn bearer(standin: &Standin, path: &str, token: &str) -> Answer {
    let value = format!("Bearer {token}");
    send(standin, &format!("GET {path}"), &[("authorization", &value)], "").expect("an answer")
}

/// The verifier of RFC 7636 appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// A correct request for a code, with more behind it.
pub fn pkce(more: &str) -> String {
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let query = implicit("").replace("=token", "=code");
    format!("{query}&code_challenge_method=S256&code_challenge={challenge}{more}")
}

/// A new code for these scopes.
pub fn code(standin: &Standin, scopes: &str) -> String {
    let query = pkce(&format!("&show_dialog=true&scope={scopes}"));
    agree(standin, &query).returned("code").expect("a code")
}

/// `POST /api/token` with a form.
pub fn exchange(standin: &Standin, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    send(standin, "POST /api/token", &headers, form).expect("an answer")
}

/// The form that redeems a code.
pub fn redeem(code: &str) -> String {
    let uri = escaped(CALLBACK);
    format!("grant_type=authorization_code&client_id={CLIENT}&redirect_uri={uri}&code={code}&code_verifier={VERIFIER}")
}

/// The form that refreshes.
pub fn renew(refresh_token: &str) -> String {
    format!("grant_type=refresh_token&client_id={CLIENT}&refresh_token={refresh_token}")
}

/// A text field of a JSON answer.
pub fn field(answer: &Answer, name: &str) -> String {
    answer.json()[name]
        .as_str()
        .unwrap_or_else(|| panic!("no {name} in {}", answer.body))
        .to_owned()
}
