//! The HTML pages. Every value is escaped, nothing is loaded, and no script runs.

use crate::scope::Scopes;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

const STYLE: &str = include_str!("pages.css");

/// Allows the style above and an empty icon. `form-action` is left open, since the form redirects to the app.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

/// The consent page.
pub(crate) fn consent(id: &str, client_id: &str, redirect_uri: &str, scopes: &Scopes) -> Response {
    let mut items: String = scopes
        .descriptions()
        .map(|description| format!("<li>{}</li>", escape(description)))
        .collect();
    if items.is_empty() {
        items.push_str("<li>see your public profile</li>");
    }
    let body = format!(
        "<p class=\"note\">This is a local stand-in for Spotify, for development. You are signed in as a fictitious \
         user, and nothing here reaches a real account.</p>\
         <h1>Allow <strong>{client}</strong>?</h1>\
         <p>This app would like to:</p><ul>{items}</ul>\
         <p>You return to <code>{uri}</code> either way.</p>\
         <form method=\"post\" action=\"/authorize\">\
         <input type=\"hidden\" name=\"consent\" value=\"{id}\">\
         <button class=\"main\" name=\"decision\" value=\"agree\">Agree</button>\
         <button name=\"decision\" value=\"cancel\">Cancel</button></form>",
        client = escape(client_id),
        uri = escape(redirect_uri),
        id = escape(id),
    );
    page(StatusCode::OK, "Allow this app?", &body)
}

/// An error page without a redirect.
pub(crate) fn error(status: StatusCode, reason: &str, advice: &str) -> Response {
    let body = format!(
        "<p class=\"note\">This is a local stand-in for Spotify, for development.</p>\
         <h1>The request failed</h1><p>Reason: {}.</p>\
         <p>{advice}</p>",
        escape(reason)
    );
    page(status, "The request failed", &body)
}

/// The 404 page.
pub(crate) fn not_found() -> Response {
    let body = "<h1>Page not found</h1><p>See <a href=\"/\">the endpoints of this stand-in</a>.</p>";
    page(StatusCode::NOT_FOUND, "Page not found", body)
}

/// The index page, which lists the endpoints.
pub(crate) fn index(origin: &str) -> Response {
    let body = format!(
        "<h1>A local stand-in for Spotify</h1>\
         <p>It stands in for Spotify's accounts service and Web API in development and tests. All data is fictitious.</p>\
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
    fn escapes_html() {
        assert_eq!(escape("<a href='x'>\"&"), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
    }
}
