//! A command for a terminal that calls the Web API with the token.

use stagedoor::AccessToken;

/// A `curl` command that gets `url` with the token.
pub fn command(url: &str, token: &AccessToken) -> String {
    let header = format!("Authorization: Bearer {}", token.expose_secret());
    format!("curl -H {} {}", quoted(&header), quoted(url))
}

/// `text` as one word of a shell. In double quotes where they mean the same to POSIX shells, PowerShell and the command prompt of
/// Windows, which is so for every token and URL that servers really send; else in single quotes, for POSIX shells.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " -._~:/?#[]@&()*+,;=".contains(c);
    if text.chars().all(is_plain) {
        format!("\"{text}\"")
    } else {
        let parts: Vec<_> = text.split('\'').collect();
        format!("'{}'", parts.join(r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn t6_nothing_in_a_token_is_run_by_a_shell() {
        assert_eq!(quoted("Bearer a$b`c"), "'Bearer a$b`c'");
        assert_eq!(quoted("a';rm x;'"), r"'a'\'';rm x;'\'''");
        for odd in ["a\"b", "a\\b", "%PATH%", "a!b", "a^b", "a\nb", "ä"] {
            assert!(quoted(odd).starts_with('\''), "{odd}");
        }
    }

    #[test]
    fn a_token_and_a_url_are_quoted_for_every_shell() {
        let header = quoted("Authorization: Bearer BQ.x-y_z~+/=");
        assert_eq!(header, "\"Authorization: Bearer BQ.x-y_z~+/=\"");
        assert_eq!(quoted("https://api.example/v1/me"), "\"https://api.example/v1/me\"");
    }
}
