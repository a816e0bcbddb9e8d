//! A week in one tab: hundreds of refreshes, hidden hours, sleeps, messages of other tabs, and a log-out in one of them.

use e2e::{Memory, Scenario, User};
use serde_json::json;
use standin::Rotation;

/// Seconds after which a token of an hour is within a minute of its deadline.
const HOUR: i64 = 3550;
/// Refreshes before the log-out in another tab, and after it: a week, together.
const DAYS_BEFORE: i64 = 5;
const DAYS_AFTER: i64 = 2;

/// The memory of the wasm, for [`User::memory`].
const CAPTURE: &str = "const start = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...args) => {
        const result = await start.apply(WebAssembly, args);
        window.wasmMemory = result.instance.exports.memory;
        return result;
    };
    window.isHidden = false;
    Object.defineProperty(document, 'hidden', { get: () => window.isHidden });";

/// Another tab that asks, and one of another build, whose log-out is not understood.
const OTHER_TAB: &str = "const { login } = JSON.parse(sessionStorage['stagedoor:/:session']).record;
    const send = (name, record) => {
        const channel = new BroadcastChannel(`stagedoor:/:${name}`);
        channel.postMessage(JSON.stringify({ v: 1, record }));
        channel.close();
    };
    send(`session:${login}`, { bid: [0, 0] });
    send('log-out', { logged_out: 1 });";

/// Lives through `hours` more hours, from `hour` on, with a refresh at the end of each. Returns the next hour.
async fn lives_through(user: &mut User, mut hour: i64, hours: i64) -> i64 {
    for _ in 0..hours {
        let refreshes = user.env.token_calls("refresh_token");
        // The machine sleeps at night, and the tab is behind others for some hours of the day.
        hour += if hour % 24 == 22 { 8 } else { 1 };
        let (shift, is_hidden) = (hour * HOUR * 1000, hour % 5 == 0);
        let script = format!("[window.clockShift, window.isHidden] = arguments; {OTHER_TAB}");
        user.script(&script, vec![json!(shift), json!(is_hidden)]).await;
        user.dispatches("focus").await;
        if is_hidden {
            user.script("window.isHidden = false", vec![]).await;
            user.dispatches("visibilitychange").await;
        }
        let codes = user.env.token_calls("authorization_code");
        user.env
            .standin
            .wait_for_requests("/api/token", codes + refreshes + 1)
            .await;
        user.waits_until_settled().await;
    }
    hour
}

fn holds_its_size(first: &Memory, last: &Memory) {
    let grew = |first: u64, last: u64| last > first + first / 10;
    assert!(!grew(first.heap, last.heap), "the heap: {first:?}, then {last:?}");
    assert!(
        !grew(first.wasm, last.wasm),
        "the memory of the wasm: {first:?}, then {last:?}"
    );
    assert!(!grew(first.nodes, last.nodes), "the nodes: {first:?}, then {last:?}");
    assert!(
        !grew(first.listeners, last.listeners),
        "the listeners: {first:?}, then {last:?}"
    );
}

#[test]
fn b7_a_week_in_one_tab_grows_neither_in_memory_nor_in_listeners() {
    let scenario = Scenario::default().config("flow", "pkce");
    scenario
        .standin(|options| options.rotation = Rotation::Always)
        .run(async |user| {
            user.uses_fake_clock().await;
            user.before_each_page(CAPTURE).await;
            user.logs_in_as_ada().await;
            let hour = lives_through(user, 0, 1).await;
            let first = user.memory().await;
            let hour = lives_through(user, hour, 24 * DAYS_BEFORE).await;
            let last = user.memory().await;
            println!("after an hour {first:?}, after {DAYS_BEFORE} days {last:?}");
            holds_its_size(&first, &last);
            user.sets_clock(hour * HOUR).await;
            user.opens_tab("/").await;
            user.uses_fake_clock().await;
            user.sets_clock(hour * HOUR + 5).await;
            user.opens("/").await;
            user.presses("Log in with Spotify").await;
            user.sees_heading("Ada Example").await;
            user.logs_out().await;
            user.switches_to_tab(0).await;
            user.sees_notice("another tab").await;
            user.starts_log_in().await;
            user.agrees().await;
            user.sees_heading("Ada Example").await;
            // A page of its own, since the log-in loaded it anew.
            let hour = lives_through(user, hour, 1).await;
            let first = user.memory().await;
            lives_through(user, hour, 24 * DAYS_AFTER).await;
            let last = user.memory().await;
            println!("after the log-in {first:?}, after the week {last:?}");
            holds_its_size(&first, &last);
        });
}
