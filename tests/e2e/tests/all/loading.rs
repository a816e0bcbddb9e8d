//! Loading the app: files that drop, change or are gone, and browsers that can't run it.

use e2e::{Cache, Host, Need, Scenario, User, run};
use serde_json::json;

const UPDATED: &str = "updated to its newest version";

/// A response that no log-in of this tab asked for.
fn unsolicited_response() -> String {
    format!("/callback#access_token={}&token_type=Bearer", e2e::FORGED_TOKEN)
}

async fn address_holds_no_response(user: &mut User) {
    let address = user.script("return location.search + location.hash", vec![]).await;
    assert_eq!(address, json!(""));
}

#[test]
fn b6_a_file_that_drops_is_loaded_again_by_itself() {
    for (part, times) in [(".wasm", 1), (".wasm", 2), ("start-", 1), ("start-", 2)] {
        run(async |user| {
            user.expects_console_message("503");
            user.expects_console_message("integrity");
            for path in ["/", "/track", "/callback"] {
                user.env.site.fails_next(part, times);
                user.opens(path).await;
                user.waits_for_the_app().await;
            }
            user.opens("/").await;
            user.starts_log_in().await;
            user.env.site.fails_next(part, times);
            user.agrees().await;
            user.sees_heading("Ada Example").await;
            user.env.site.fails_next(part, times);
            user.reloads().await;
            user.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn b6_settings_that_drop_once_are_requested_again() {
    run(async |user| {
        user.expects_console_message("503");
        user.env.site.fails_next("config.json", 1);
        user.opens("/").await;
        user.sees_button("Log in with Spotify").await;
        user.sees_none("alert").await;
    });
}

#[test]
fn d6_a_file_that_stays_away_is_told_and_loaded_at_a_press() {
    for part in [".wasm", "start-"] {
        run(async |user| {
            user.expects_console_message("503");
            user.expects_console_message("integrity");
            for path in ["/", "/callback", "/profile"] {
                user.env.site.fails_next(part, usize::MAX);
                user.opens(path).await;
                user.sees_alert("check your connection").await;
                user.env.site.fails_next(part, 0);
                user.presses("Try again").await;
                user.waits_for_the_app().await;
            }
        });
    }
}

#[test]
fn t1_a_response_is_not_lost_when_the_script_fails_to_load() {
    for flow in ["implicit", "pkce"] {
        Scenario::default().config("flow", flow).run(async |user| {
            user.expects_console_message("503");
            user.opens("/").await;
            user.starts_log_in().await;
            user.env.site.fails_next("start-", usize::MAX);
            user.agrees().await;
            user.sees_button("Try again").await;
            user.is_at("/callback").await;
            user.env.site.fails_next("start-", 0);
            user.presses("Try again").await;
            user.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn d1_a_modified_wasm_or_script_does_not_run() {
    for suffix in [".wasm", ".js"] {
        run(async |user| {
            user.expects_console_message("integrity");
            user.env.site.tampers_with(suffix);
            user.opens("/").await;
            user.sees_alert("check your connection").await;
        });
    }
}

#[test]
fn b6_a_page_whose_files_are_gone_leads_to_its_new_version_once() {
    for (host, part) in [
        (Host::Plain, "stagedoor-"),
        (Host::Plain, "start-"),
        (Host::SinglePage, "stagedoor-"),
        (Host::SinglePage, "start-"),
    ] {
        Scenario::default().host(host).run(async |user| {
            for message in ["404", "integrity", "MIME type"] {
                user.expects_console_message(message);
            }
            user.env.site.serves_old_pages(Cache::Browser, part);
            for path in ["/", "/track"] {
                user.opens(path).await;
                user.sees_button("Log in with Spotify").await;
                user.sees_status(UPDATED).await;
                user.reloads().await;
                user.sees_button("Log in with Spotify").await;
                assert!(!user.page_text().await.contains(UPDATED));
            }
        });
    }
}

#[test]
fn b6_behind_a_proxy_that_keeps_every_page_by_its_url_the_new_version_is_found() {
    for part in ["stagedoor-", "start-"] {
        run(async |user| {
            user.expects_console_message("404");
            user.expects_console_message("integrity");
            user.env.site.serves_old_pages(Cache::Proxy, part);
            for path in ["/", "/track?id=1standin0track0one0000"] {
                user.opens(path).await;
                user.sees_status(UPDATED).await;
                user.is_at(path).await;
                user.sees_button("Log in with Spotify").await;
            }
            user.starts_log_in().await;
            user.agrees().await;
            user.sees_alert("This page was updated").await;
            user.presses("Reload the page").await;
            user.sees_alert("lost on the way").await;
            user.is_at("/callback").await;
        });
    }
}

#[test]
fn d3_a_build_for_another_path_says_how_to_build_it() {
    Scenario::default().host(Host::Misplaced).run(async |user| {
        for message in ["404", "integrity", "MIME type"] {
            user.expects_console_message(message);
        }
        for path in ["/", "/track/", "/callback?error=x"] {
            user.opens(path).await;
            user.sees_alert("make build BASE=/previews/22/.").await;
            user.sees_none("button").await;
        }
    });
}

#[test]
fn d3_a_page_from_a_disk_says_that_it_needs_a_server() {
    run(async |user| {
        user.expects_console_message("file:");
        let page = e2e::root("dist").join("index.html").canonicalize();
        let page = page.expect("the build for the tests");
        user.opens_url(&format!("file://{}", page.display())).await;
        user.sees_alert("make serve").await;
    });
}

#[test]
fn b6_an_old_page_that_comes_again_and_again_is_told_with_a_button() {
    for part in ["stagedoor-", "start-"] {
        run(async |user| {
            user.expects_console_message("404");
            user.expects_console_message("integrity");
            user.env.site.serves_old_pages(Cache::Network, part);
            user.opens("/track").await;
            user.sees_alert("This page was updated").await;
            user.sees_no("button", "Try again").await;
            user.waits_until_settled().await;
            let pages = user.env.site.requests();
            let pages = pages.iter().filter(|request| request.path == "/track").count();
            assert_eq!(
                pages, 6,
                "opened and opened anew, each with a look for a newer page in two ways"
            );
            user.env.site.serves_new_pages();
            user.presses("Reload the page").await;
            user.sees_heading("Look up a track").await;
        });
    }
}

#[test]
fn t1_an_update_during_a_log_in_says_that_the_response_is_lost_and_offers_another_log_in() {
    for part in ["stagedoor-", "start-"] {
        run(async |user| {
            user.expects_console_message("404");
            user.expects_console_message("integrity");
            user.opens("/").await;
            user.starts_log_in().await;
            user.env.site.serves_old_pages(Cache::Network, part);
            user.agrees().await;
            user.sees_alert("This page was updated").await;
            user.is_at("/callback").await;
            let pages = user.env.site.requests();
            let pages = pages.iter().filter(|request| request.path == "/callback").count();
            assert_eq!(
                pages, 3,
                "opened, with a look for a newer page in two ways, and not opened anew by itself"
            );
            user.env.site.serves_new_pages();
            user.presses("Reload the page").await;
            user.sees_alert("lost on the way").await;
            user.presses("Log in with Spotify").await;
            user.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn t1_a_response_that_the_host_drops_is_told_and_another_log_in_is_offered() {
    for flow in ["implicit", "pkce"] {
        Scenario::default().config("flow", flow).run(async |user| {
            let nothing = standin::Fault::Respond(String::new());
            user.env.standin.inject(standin::Endpoint::Authorize, nothing);
            user.opens("/").await;
            user.presses("Log in with Spotify").await;
            user.sees_alert("lost on the way").await;
            user.is_at("/callback").await;
            user.presses("Log in with Spotify").await;
            user.agrees().await;
            user.sees_heading("Ada Example").await;
            user.opens("/callback").await;
            user.sees_text("Nothing to finish here").await;
        });
    }
}

#[test]
fn b6_doubled_slashes_in_the_address_are_one() {
    Scenario::default().host(Host::Nginx).run(async |user| {
        let redirect_uri = format!("{}//callback", user.env.site.origin());
        user.env.configure("redirect_uri", redirect_uri.as_str());
        let registered = user.env.standin.register(e2e::CLIENT_ID, &redirect_uri);
        registered.expect("a redirect URI that can be registered");
        user.logs_in_as_ada().await;
        user.is_at("/profile").await;
        user.opens("//track?id=1standin0track0one0000").await;
        user.sees_heading("Kettle on a Quiet Sunday").await;
        user.is_at("/track?id=1standin0track0one0000").await;
        user.opens(&unsolicited_response().replace("/callback", "//callback"))
            .await;
        user.sees_alert("nothing was changed").await;
        user.is_at("/callback").await;
    });
}

#[test]
fn t1_a_browser_that_refuses_to_replace_the_address_loses_the_response_and_not_the_app() {
    run(async |user| {
        user.opens("/").await;
        user.starts_log_in().await;
        let refuse =
            "if (location.hash) history.replaceState = () => { throw new DOMException('too often', 'SecurityError') }";
        user.before_each_page(refuse).await;
        user.agrees().await;
        user.sees_alert("lost on the way").await;
        user.is_at("/callback").await;
        user.presses("Log in with Spotify").await;
        user.sees_alert("lost on the way").await;
    });
}

async fn names_webassembly_and_offers_no_button(user: &mut User) {
    for path in ["/", &unsolicited_response()] {
        user.opens(path).await;
        for text in ["needs WebAssembly", "Lockdown Mode", "wasm-unsafe-eval"] {
            user.sees_alert(text).await;
        }
        user.sees_no("button", "Try again").await;
        user.sees_no("button", "Reload the page").await;
        address_holds_no_response(user).await;
    }
}

#[test]
fn b4_without_webassembly_the_page_names_the_cause_and_the_response_leaves_the_url() {
    run(async |user| {
        user.before_each_page("delete window.WebAssembly").await;
        names_webassembly_and_offers_no_button(user).await;
    });
}

#[test]
fn b4_a_policy_of_the_host_against_webassembly_is_named() {
    run(async |user| {
        user.needs(Need::WasmPolicy);
        user.expects_console_message("WebAssembly");
        user.expects_console_message("script-src against wasm-eval");
        user.env.site.sends_policy("script-src 'self' 'unsafe-inline'");
        names_webassembly_and_offers_no_button(user).await;
    });
}

#[test]
fn b4_a_browser_whose_webassembly_is_too_old_is_told() {
    run(async |user| {
        user.before_each_page(
            "const old = async () => { throw new WebAssembly.CompileError('invalid opcode') };
            WebAssembly.instantiate = WebAssembly.instantiateStreaming = old",
        )
        .await;
        names_webassembly_and_offers_no_button(user).await;
    });
}

#[test]
fn b4_want_of_memory_is_told_with_a_button_and_the_response_is_kept() {
    run(async |user| {
        user.before_each_page(&e2e::out_of_memory("Infinity")).await;
        user.opens("/").await;
        user.sees_alert("short of memory").await;
        user.script("window.endsShortage()", vec![]).await;
        user.presses("Try again").await;
        user.starts_log_in().await;
        user.agrees().await;
        user.sees_alert("short of memory").await;
        user.is_at("/callback").await;
        address_holds_no_response(user).await;
        user.script("window.endsShortage()", vec![]).await;
        user.presses("Try again").await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn b4_want_of_memory_that_passes_is_seen_by_nobody() {
    run(async |user| {
        user.before_each_page(&e2e::out_of_memory("1")).await;
        user.logs_in_as_ada().await;
    });
}

#[test]
fn t1_where_a_host_forbids_inline_scripts_the_response_leaves_the_url_and_the_cause_is_named() {
    // The browser itself writes the address of a page that violates its policy to the console.
    Scenario::default().run_without_leak_check(async |user| {
        user.expects_console_message("Content Security Policy");
        user.env.site.sends_policy("script-src 'self'");
        for path in [
            "/",
            "/track",
            "//callback?code=a&state=b",
            "/profile#access_token=a",
            &unsolicited_response(),
        ] {
            user.opens(path).await;
            user.sees_alert("not allowed to run here").await;
            user.sees_alert("Content-Security-Policy").await;
            address_holds_no_response(user).await;
        }
    });
}
