//! The pages and their paths. Pure: a path in, a page out.

/// A page of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`: the log-in page.
    LogIn,
    /// `/callback`: where the authorization server sends people back to.
    Callback,
    /// `/profile`: the signed-in person.
    Profile,
    /// `/track`: a track, looked up.
    Track,
    /// Anything else.
    NotFound,
}

impl Route {
    /// The page at `path` in an app that lives below `base` (with both its slashes). A trailing slash and `index.html`
    /// make no difference, since static hosts add them.
    pub fn at(path: &str, base: &str) -> Self {
        let Some(inner) = path.strip_prefix(base.trim_end_matches('/')) else {
            return Self::NotFound;
        };
        let inner = inner.strip_suffix("index.html").unwrap_or(inner);
        match inner.strip_suffix('/').unwrap_or(inner) {
            "" => Self::LogIn,
            "/callback" => Self::Callback,
            "/profile" => Self::Profile,
            "/track" => Self::Track,
            _ => Self::NotFound,
        }
    }

    /// The path below the base.
    pub fn path(self) -> &'static str {
        match self {
            Self::LogIn | Self::NotFound => "/",
            Self::Callback => "/callback",
            Self::Profile => "/profile",
            Self::Track => "/track",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Route;
    #[test]
    fn d3_every_page_is_found_with_and_without_a_trailing_slash() {
        for (path, route) in [
            ("/", Route::LogIn),
            ("", Route::LogIn),
            ("/index.html", Route::LogIn),
            ("/callback", Route::Callback),
            ("/callback/", Route::Callback),
            ("/callback/index.html", Route::Callback),
            ("/profile", Route::Profile),
            ("/profile/", Route::Profile),
            ("/track", Route::Track),
            ("/track/", Route::Track),
            ("/Profile", Route::NotFound),
            ("/profile/x", Route::NotFound),
            ("/callback//", Route::NotFound),
            ("/nowhere", Route::NotFound),
        ] {
            assert_eq!(Route::at(path, "/"), route, "{path}");
        }
    }

    #[test]
    fn d3_pages_are_found_below_a_sub_path() {
        assert_eq!(Route::at("/music/", "/music/"), Route::LogIn);
        assert_eq!(Route::at("/music", "/music/"), Route::LogIn);
        assert_eq!(Route::at("/music/callback", "/music/"), Route::Callback);
        assert_eq!(Route::at("/callback", "/music/"), Route::NotFound);
        assert_eq!(Route::at("/musical", "/music/"), Route::NotFound);
    }
}
