//! A minimal HTTP client: one request per connection, and the requests that the tests need.

use standin::{Options, Standin};
use std::{
    io::{Read, Write},
    net::TcpStream,
};

pub const CLIENT: &str = "app";
pub const ORIGIN: &str = "http://127.0.0.1:8888";
pub const CALLBACK: &str = "http://127.0.0.1:8888/callback";

/// A response.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn location(&self) -> &str {
        self.header("location").expect("a response with a location")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("a body of JSON")
    }

    pub fn message(&self) -> String {
        let json = self.json();
        assert_eq!(json["error"]["status"], self.status);
        json["error"]["message"].as_str().expect("a message").to_owned()
    }

    /// A parameter of the location, from its query or fragment.
    pub fn returned(&self, name: &str) -> Option<String> {
        let pieces = self.location().split(['?', '#', '&']);
        let mut pairs = pieces.filter_map(|piece| piece.split_once('='));
        pairs
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.to_owned())
    }
}

/// Sends a request; `None` when the connection is closed without a response.
pub fn send(standin: &Standin, head: &str, headers: &[(&str, &str)], body: &str) -> Option<Response> {
    let mut stream = open(standin, head, headers, body);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    parse(&String::from_utf8(bytes).expect("UTF-8"))
}

/// Sends a request without reading the response.
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

fn parse(text: &str) -> Option<Response> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let (status, headers) = head.split_once("\r\n").unwrap_or((head, ""));
    let header = |line: &str| {
        line.split_once(": ")
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
    };
    Some(Response {
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

pub fn get(standin: &Standin, path: &str) -> Response {
    send(standin, &format!("GET {path}"), &[], "").expect("a response")
}

/// `GET /authorize` with a query.
pub fn authorize(standin: &Standin, query: &str) -> Response {
    get(standin, &format!("/authorize?{query}"))
}

/// A valid implicit authorization request, with additional parameters.
pub fn implicit(extra: &str) -> String {
    format!(
        "client_id={CLIENT}&response_type=token&redirect_uri={}&state=st-1{extra}",
        escaped(CALLBACK)
    )
}

pub fn escaped(uri: &str) -> String {
    uri.replace(':', "%3A").replace('/', "%2F")
}

/// The hidden ID of a consent page.
pub fn consent_id(page: &Response) -> String {
    assert_eq!(page.status, 200, "{}", page.body);
    let (_, rest) = page
        .body
        .split_once("name=\"consent\" value=\"")
        .expect("a consent page");
    rest.split('"').next().expect("an id").to_owned()
}

/// Submits the form of the consent page.
pub fn decide(standin: &Standin, id: &str, decision: &str) -> Response {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    send(
        standin,
        "POST /authorize",
        &headers,
        &format!("consent={id}&decision={decision}"),
    )
    .expect("a response")
}

/// Sends an authorization request and agrees.
pub fn agree(standin: &Standin, query: &str) -> Response {
    let page = authorize(standin, query);
    decide(standin, &consent_id(&page), "agree")
}

/// A new access token for these scopes.
pub fn token(standin: &Standin, scopes: &str) -> String {
    let query = implicit(&format!("&show_dialog=true&scope={scopes}"));
    agree(standin, &query).returned("access_token").expect("a token")
}

pub fn bearer(standin: &Standin, path: &str, token: &str) -> Response {
    let value = format!("Bearer {token}");
    send(standin, &format!("GET {path}"), &[("authorization", &value)], "").expect("a response")
}

/// The verifier of RFC 7636 appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// A valid authorization request for a code, with additional parameters.
pub fn pkce(extra: &str) -> String {
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let query = implicit("").replace("=token", "=code");
    format!("{query}&code_challenge_method=S256&code_challenge={challenge}{extra}")
}

/// A new code for these scopes.
pub fn code(standin: &Standin, scopes: &str) -> String {
    let query = pkce(&format!("&show_dialog=true&scope={scopes}"));
    agree(standin, &query).returned("code").expect("a code")
}

/// `POST /api/token` with a form.
pub fn exchange(standin: &Standin, form: &str) -> Response {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    send(standin, "POST /api/token", &headers, form).expect("a response")
}

/// The form that exchanges a code.
pub fn code_form(code: &str) -> String {
    let uri = escaped(CALLBACK);
    format!("grant_type=authorization_code&client_id={CLIENT}&redirect_uri={uri}&code={code}&code_verifier={VERIFIER}")
}

/// The form that uses a refresh token.
pub fn refresh_form(refresh_token: &str) -> String {
    format!("grant_type=refresh_token&client_id={CLIENT}&refresh_token={refresh_token}")
}

/// A string field of a JSON response.
pub fn field(response: &Response, name: &str) -> String {
    response.json()[name]
        .as_str()
        .unwrap_or_else(|| panic!("no {name} in {}", response.body))
        .to_owned()
}
