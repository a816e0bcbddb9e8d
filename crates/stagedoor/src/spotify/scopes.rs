//! Spotify's scopes, in words for people.

/// What a scope lets the app do, as the end of the sentence "This app will be able to …". `None` for a scope that is not
/// among Spotify's 19 public ones.
pub fn describe(scope: &str) -> Option<&'static str> {
    Some(match scope {
        "ugc-image-upload" => "set cover pictures for your playlists",
        "user-read-playback-state" => "see what is playing, and on which device",
        "user-modify-playback-state" => "play, pause and skip on your devices",
        "user-read-currently-playing" => "see what is playing right now",
        "app-remote-control" => "control the Spotify app on your phone",
        "streaming" => "play music here in the browser",
        "playlist-read-private" => "see your private playlists",
        "playlist-read-collaborative" => "see playlists that you make with others",
        "playlist-modify-private" => "change your private playlists",
        "playlist-modify-public" => "change your public playlists",
        "user-follow-modify" => "follow and unfollow for you",
        "user-follow-read" => "see whom you follow",
        "user-read-playback-position" => "see how far you got in a podcast or audiobook",
        "user-top-read" => "see your most played artists and tracks",
        "user-read-recently-played" => "see what you played lately",
        "user-library-modify" => "add to and take from your library",
        "user-library-read" => "see your library",
        "user-read-email" => "see your e-mail address",
        "user-read-private" => "see your country and the kind of plan you have",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::describe;

    const PUBLIC: [&str; 19] = [
        "ugc-image-upload",
        "user-read-playback-state",
        "user-modify-playback-state",
        "user-read-currently-playing",
        "app-remote-control",
        "streaming",
        "playlist-read-private",
        "playlist-read-collaborative",
        "playlist-modify-private",
        "playlist-modify-public",
        "user-follow-modify",
        "user-follow-read",
        "user-read-playback-position",
        "user-top-read",
        "user-read-recently-played",
        "user-library-modify",
        "user-library-read",
        "user-read-email",
        "user-read-private",
    ];

    #[test]
    fn only_public_scopes_have_a_description() {
        for scope in PUBLIC {
            assert!(describe(scope).is_some(), "{scope}");
        }
        assert_eq!(describe("USER-READ-EMAIL"), None);
        assert_eq!(describe("made-up"), None);
    }
}
