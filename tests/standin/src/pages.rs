//! The few pages that a person sees. Every value in them is escaped, nothing is loaded, no script runs.

use crate::scopes::Scopes;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

const STYLE: &str = include_str!("pages.css");

/// Nothing but the style above and an empty icon. `form-action` is left open: the form ends on the page of an app.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

/// The question whether an app may have what it asks for.
pub(crate) fn consent(id: &str, client_id: &str, redirect_uri: &str, scopes: &Scopes) -> Response {
    let mut items: String = scopes
        .words()
        .map(|words| format!("<li>{}</li>", escape(words)))
        .collect();
    if items.is_empty() {
        items.push_str("<li>see your public profile</li>");
    }
    let body = format!(
        "<p class=\"note\">This is a local stand-in for Spotify, made for development. You are signed in as a \
         made-up person, and nothing here reaches a real account.</p>\
         <h1>Let <strong>{client}</strong> in?</h1>\
         <p>This app would like to:</p><ul>{items}</ul>\
         <p>Either way, you go back to <code>{uri}</code></p>\
         <form method=\"post\" action=\"/authorize\">\
         <input type=\"hidden\" name=\"consent\" value=\"{id}\">\
         <button class=\"main\" name=\"decision\" value=\"agree\">Agree</button>\
         <button name=\"decision\" value=\"cancel\">Cancel</button></form>",
        client = escape(client_id),
        uri = escape(redirect_uri),
        id = escape(id),
    );
    page(StatusCode::OK, "Let this app in?", &body)
}

/// Something is wrong, and nobody is sent anywhere.
pub(crate) fn error(status: StatusCode, reason: &str, advice: &str) -> Response {
    let body = format!(
        "<p class=\"note\">This is a local stand-in for Spotify, made for development.</p>\
         <h1>That did not work</h1><p>The stand-in says: {}.</p>\
         <p>{advice}</p>",
        escape(reason)
    );
    page(status, "That did not work", &body)
}

/// No such page.
pub(crate) fn not_found() -> Response {
    let body = "<h1>Nothing here</h1><p>See <a href=\"/\">what this stand-in offers</a>.</p>";
    page(StatusCode::NOT_FOUND, "Nothing here", body)
}

/// What this is.
pub(crate) fn index(origin: &str) -> Response {
    let body = format!(
        "<h1>A local stand-in for Spotify</h1>\
         <p>It plays Spotify's accounts service and Web API for development and tests. Nothing here is real.</p>\
         <ul><li>Authorization endpoint: <code>{origin}/authorize</code></li>\
         <li>Token endpoint: <code>{origin}/api/token</code></li>\
         <li>Profile: <code>{origin}/v1/me</code></li>\
         <li>Tracks: <code>{origin}/v1/tracks/{first}</code> and <code>{origin}/v1/tracks/{second}</code></li></ul>",
        origin = escape(origin),
        first = crate::TRACKS[0],
        second = crate::TRACKS[1],
    );
    page(StatusCode::OK, "A local stand-in for Spotify", &body)
}

fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let text = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"data:,\">\
         <style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, text).into_response()
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn escapes_what_html_would_run() {
        assert_eq!(escape("<a href='x'>\"&"), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
    }
}
