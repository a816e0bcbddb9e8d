//! The headers as hosts read them: `_headers`, and configuration for nginx and Caddy.

use stagedoor_app::app::ROUTES;

use crate::policy::{FRESH, HASHED, Header};

/// `_headers`, as Netlify and Cloudflare Pages read it. A path with two matching rules would get both values of a header.
pub fn pages(headers: &[Header], base: &str) -> String {
    let names = ROUTES.iter().map(|route| route.path.trim_start_matches('/'));
    let names = names.filter(|name| !name.is_empty());
    let fresh = names.flat_map(|name| [name.to_owned(), format!("{name}/")]);
    let fresh = ["".to_owned(), "config.json".to_owned()].into_iter().chain(fresh);
    let all = headers
        .iter()
        .map(|(name, value)| format!("  {name}: {value}\n"))
        .collect::<String>();
    let rest = fresh
        .map(|path| format!("{base}{path}\n  Cache-Control: {FRESH}\n"))
        .collect::<String>();
    format!("{base}*\n{all}{base}assets/*\n  Cache-Control: {HASHED}\n{rest}")
}

/// Configuration for nginx.
pub fn nginx(headers: &[Header], base: &str) -> String {
    let field = |(name, value): &Header| format!("    add_header {name} \"{value}\" always;\n");
    let fields = headers.iter().map(field).collect::<String>();
    let root = if base == "/" {
        String::new()
    } else {
        format!(" + {base}")
    };
    format!(
        r#"# For /etc/nginx/conf.d/. Change server_name; the files belong into root{root}.
map $uri $stagedoor_cache {{
    default "{FRESH}";
    ~^{base}assets/ "{HASHED}";
}}

server {{
    listen 80;
    server_name stagedoor.example;
    root /var/www/stagedoor;
    server_tokens off;

    gzip_static on;
    # With the package libnginx-mod-http-brotli-static:
    # brotli_static on;

{fields}    add_header Cache-Control $stagedoor_cache always;

    location / {{
        try_files $uri $uri/index.html $uri.html =404;
    }}
    location ~ \.wasm$ {{
        types {{ application/wasm wasm; }}
    }}
    location ~ \.webmanifest$ {{
        types {{ application/manifest+json webmanifest; }}
    }}
    error_page 404 {base}404.html;
}}
"#
    )
}

/// Configuration for Caddy.
pub fn caddy(headers: &[Header], base: &str) -> String {
    let field = |(name, value): &Header| format!("\t\t{name} \"{value}\"\n");
    let fields = headers.iter().map(field).collect::<String>();
    format!(
        r#"# For /etc/caddy/Caddyfile. Change the host: Caddy gets its certificate by itself.
(stagedoor) {{
	header {{
{fields}		-Server
	}}
	header ?Cache-Control "{FRESH}"
}}

stagedoor.example {{
	root * /var/www/stagedoor
	import stagedoor
	@hashed {{
		path {base}assets/*
		file
	}}
	header @hashed Cache-Control "{HASHED}"
	try_files {{path}} {{path}}/index.html {{path}}.html
	file_server {{
		precompressed br gzip
	}}
	handle_errors {{
		import stagedoor
		rewrite * {base}404.html
		file_server {{
			precompressed br gzip
		}}
	}}
}}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::{caddy, nginx, pages};

    #[test]
    fn every_host_gets_the_headers_below_the_base_path() {
        let headers = [("X-Frame-Options", "DENY".to_owned())];
        let pages = pages(&headers, "/music/");
        assert!(
            pages.starts_with("/music/*\n  X-Frame-Options: DENY\n/music/assets/*\n"),
            "{pages}"
        );
        assert!(nginx(&headers, "/music/").contains("    add_header X-Frame-Options \"DENY\" always;\n"));
        assert!(nginx(&headers, "/music/").contains("error_page 404 /music/404.html;"));
        assert!(caddy(&headers, "/music/").contains("\t\tX-Frame-Options \"DENY\"\n"));
        assert!(caddy(&headers, "/music/").contains("rewrite * /music/404.html\n"));
    }

    #[test]
    fn d2_no_path_has_two_rules_for_the_cache() {
        let pages = pages(&[], "/");
        let paths: Vec<_> = pages.lines().filter(|line| line.starts_with('/')).collect();
        for path in ["/", "/config.json", "/callback", "/callback/", "/assets/*"] {
            assert_eq!(paths.iter().filter(|one| **one == path).count(), 1, "{path}: {paths:?}");
        }
        assert!(!pages.contains("/assets/*\n  Cache-Control: no-cache"));
    }
}
