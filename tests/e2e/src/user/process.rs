//! The process that runs the pages of a tab, which the system may suspend: a discarded or frozen tab, a laptop that sleeps.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::json;

use crate::{Need, User};

/// How long the page works so that its process can be told by the time that it used, in milliseconds.
const BURN_MS: u64 = 400;

/// A process of the browser. It goes on when this is dropped.
pub struct TabProcess(u32);

impl TabProcess {
    /// Suspends it (SIGSTOP).
    pub fn stop(&self) {
        self.signal("-STOP");
    }

    /// Lets it go on (SIGCONT).
    pub fn go_on(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill").args([name, &self.0.to_string()]).status();
        assert!(status.expect("kill").success(), "{name} {}", self.0);
    }
}

impl Drop for TabProcess {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-CONT", &self.0.to_string()]).status();
    }
}

impl User {
    /// The process of this tab: the one that uses the processor's time while its page works.
    pub async fn process_of_this_tab(&mut self) -> TabProcess {
        self.needs(Need::Process);
        let renderers = renderers();
        let before: Vec<_> = renderers.iter().map(|pid| processor_time(*pid)).collect();
        let burn = "const end = Date.now() + arguments[0]; while (Date.now() < end);";
        self.script(burn, vec![json!(BURN_MS)]).await;
        let used = renderers
            .iter()
            .zip(before)
            .map(|(pid, before)| (processor_time(*pid).saturating_sub(before), *pid));
        let profile = self.browser.folder().display().to_string();
        let of_this_browser = used.filter(|(_, pid)| is_below(*pid, &profile));
        TabProcess(of_this_browser.max().expect("a process").1)
    }
}

fn processes() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir("/proc").expect("/proc").flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

fn read(pid: u32, file: &str) -> String {
    let path: PathBuf = ["/proc", &pid.to_string(), file].iter().collect();
    fs::read(path)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

fn renderers() -> Vec<u32> {
    processes()
        .filter(|pid| read(*pid, "cmdline").contains("--type=renderer"))
        .collect()
}

/// The fields of `/proc/PID/stat` after the name of the program.
fn stat(pid: u32) -> Vec<u64> {
    let stat = read(pid, "stat");
    let fields = stat.rsplit(") ").next().unwrap_or_default();
    fields.split(' ').map(|field| field.parse().unwrap_or(0)).collect()
}

/// The time that a process has used so far, in ticks.
fn processor_time(pid: u32) -> u64 {
    stat(pid).get(11).copied().unwrap_or(0)
}

/// Whether a process, or one that it descends from, was started with `argument`.
fn is_below(pid: u32, argument: &str) -> bool {
    let mut pid = pid;
    while pid > 1 {
        if read(pid, "cmdline").contains(argument) {
            return true;
        }
        pid = stat(pid)
            .get(1)
            .and_then(|parent| u32::try_from(*parent).ok())
            .unwrap_or(0);
    }
    false
}
