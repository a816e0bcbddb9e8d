//! A browser with tabs, its clocks, its network and the servers. What is to happen is a queue by true time; nothing is left to chance.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use super::delivery::What;
use super::server::{Loss, Server};
use super::violation::Violation;
use crate::oauth::samples::NOW;
use crate::oauth::{ResponseUrl, State};
use crate::session::core::event::{AttemptId, CallId, Event, RequestId, Seen};
use crate::session::core::machine::Core;
use crate::session::core::rule::Rule;
use crate::session::core::{ActiveSession, Time};
use crate::store::{MemoryStore, Store};

/// The longest pause that nobody can tell from timers that are late, in milliseconds.
pub(super) const SHORT_PAUSE_MS: u64 = 5_000;
/// How long a message or the grant of a lock takes from one tab to another, in milliseconds.
pub(super) const BETWEEN_TABS_MS: u64 = 4;

/// A page in a tab. Navigations are numbered: what was meant for one page does not reach the next.
pub(super) struct Page {
    pub(super) core: Core<Rc<MemoryStore>, Rc<MemoryStore>>,
    pub(super) number: u32,
    /// The token requests that are on their way, by their forms.
    pub(super) requests: BTreeMap<RequestId, String>,
    /// The URL that it is leaving for.
    pub(super) leaving_for: Option<String>,
    /// How many calls it has made, and which have no result yet.
    pub(super) calls: u32,
    pub(super) open_calls: BTreeSet<CallId>,
}

#[derive(Default)]
pub(super) struct Tab {
    pub(super) page: Option<Page>,
    pub(super) store: Rc<MemoryStore>,
    pub(super) hidden_since: Option<u64>,
    pub(super) is_suspended: bool,
    /// What has come while the page was suspended.
    pub(super) deferred: Vec<What>,
    /// The authorization request that it has left for.
    pub(super) request: Option<String>,
    /// The last response.
    pub(super) response: Option<ResponseUrl>,
    /// How long its session has been without a usable token while it could try to get one, in milliseconds.
    pub(super) tried_ms: u64,
    /// How much of such time it has been suspended for, since it was.
    pub(super) paused_ms: u64,
}

impl Tab {
    pub(super) fn storing(store: Rc<MemoryStore>) -> Self {
        Self {
            store,
            ..Self::default()
        }
    }

    /// The session in the page of the tab.
    pub(super) fn active(&self) -> Option<Arc<ActiveSession>> {
        self.page.as_ref()?.core.active().cloned()
    }

    /// The page, unless it is suspended.
    pub(super) fn running_page(&mut self) -> Option<&mut Page> {
        self.page.as_mut().filter(|_| !self.is_suspended)
    }
}

/// The page that something is to happen in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) tab: usize,
    pub(super) page: u32,
}

/// The browser and everything around it.
#[derive(Default)]
pub struct World {
    pub(super) now: u64,
    pub(super) stood_still: u64,
    pub(super) offset: i64,
    pub(super) is_offline: bool,
    pub(super) loses_messages: bool,
    pub(super) have_messages_been_lost: bool,
    queue: BTreeMap<(u64, u64), (At, What)>,
    queued: u64,
    pages: u32,
    pub(super) tabs: Vec<Tab>,
    pub(super) shared: Rc<MemoryStore>,
    pub(super) locks: BTreeMap<String, VecDeque<(At, AttemptId)>>,
    pub(super) server: Server,
    /// The number of each login, by its `state`.
    pub(super) logins: BTreeMap<String, u32>,
    /// The logins that were completed, and those that somebody has logged out of since.
    pub(super) completed: BTreeSet<String>,
    pub(super) logged_out: BTreeSet<String>,
    /// The logins that a log-out may have ended; where the shared storage takes nothing, not every tab hears of it.
    pub(super) maybe_logged_out: BTreeSet<String>,
    /// The refresh tokens whose client the server has refused, and the pages that know.
    pub(super) refused: BTreeSet<(At, String)>,
    /// Whether somebody has logged out while the shared storage took nothing, so that nobody can tell what began before.
    pub(super) is_log_out_uncertain: bool,
    /// How many log-outs there were.
    pub(super) marks: u64,
    pub(super) is_consent_due: bool,
    /// How many refreshes were requested, and how many there may have been.
    pub(super) refreshes: u64,
    pub(super) allowance: u64,
    pub(super) violations: BTreeSet<Violation>,
    /// The rule that is left out.
    pub(super) left_out: Option<Rule>,
}

impl World {
    /// A new browser, with a session that lacks a rule.
    pub(super) fn without(left_out: Option<Rule>) -> Self {
        Self {
            left_out,
            ..Self::default()
        }
    }

    pub(super) fn time(&self) -> Time {
        Time {
            wall: (NOW + self.now).saturating_add_signed(self.offset),
            monotonic: self.now - self.stood_still,
        }
    }

    pub(super) fn is_hidden(&self, tab: usize) -> bool {
        self.tabs[tab].hidden_since.is_some()
    }

    pub(super) fn set_hidden(&mut self, tab: usize, is_hidden: bool) {
        if self.is_hidden(tab) != is_hidden {
            self.tabs[tab].hidden_since = is_hidden.then_some(self.now);
            self.handle(tab, Event::Look);
            self.tick_soon(tab);
        }
    }

    pub(super) fn seen(&self, tab: usize) -> Seen {
        Seen {
            time: self.time(),
            is_hidden: self.is_hidden(tab),
            is_online: !self.is_offline,
        }
    }

    pub(super) fn at(&self, tab: usize) -> Option<At> {
        let page = self.tabs[tab].page.as_ref()?.number;
        Some(At { tab, page })
    }

    pub(super) fn later(&mut self, ms: u64, at: At, what: What) {
        self.queued += 1;
        self.queue.insert((self.now + ms, self.queued), (at, what));
    }

    /// Opens a page in a tab, in place of the one that is there.
    pub(super) fn open(&mut self, tab: usize, response: Option<ResponseUrl>, loss: Loss) {
        self.close_page(tab, loss);
        self.pages += 1;
        // The factor is odd, so that no two pages have the same number.
        let random = self.pages.wrapping_mul(0x9e37_79b1);
        let mut core = Core::new(self.tabs[tab].store.clone(), self.shared.clone(), random);
        core.left_out = self.left_out;
        if self.left_out == Some(Rule::TakenByStarter) {
            let keys = self.tabs[tab].store.keys().into_iter();
            core.started = keys
                .filter_map(|key| State::parse(key.strip_prefix("log-in:")?))
                .next_back();
        }
        self.tabs[tab].is_suspended = false;
        self.tabs[tab].page = Some(Page {
            core,
            number: self.pages,
            requests: BTreeMap::new(),
            leaving_for: None,
            calls: 0,
            open_calls: BTreeSet::new(),
        });
        self.handle(tab, Event::Shown { response });
        self.tick_soon(tab);
    }

    fn tick_soon(&mut self, tab: usize) {
        if let Some(at) = self.at(tab) {
            self.queue
                .retain(|_, (of, what)| *of != at || !matches!(what, What::Tick));
            self.later(1000, at, What::Tick);
        }
    }

    /// Takes the page of a tab away. What it still waits for is lost, by the fault of `loss`.
    pub(super) fn close_page(&mut self, tab: usize, loss: Loss) {
        let Some(at) = self.at(tab) else {
            return;
        };
        if let Some(page) = self.tabs[tab].page.take() {
            for form in page.requests.values() {
                self.server.lost(form, loss);
            }
        }
        self.tabs[tab].deferred.clear();
        self.tabs[tab].tried_ms = 0;
        self.tabs[tab].paused_ms = 0;
        // A request that is on its way reaches the server all the same.
        let names: Vec<_> = self.locks.keys().cloned().collect();
        for name in names {
            self.leave_queue(&name, |(of, _)| *of == at);
        }
    }

    /// Notes that a page is gone that had this session. Where no other page has it as it was, the others can't hear of its refresh token.
    pub(super) fn note_out_of_reach(&mut self, session: Option<Arc<ActiveSession>>) {
        if let Some(session) = session
            && !self.tabs.iter().any(|tab| tab.active().as_ref() == Some(&session))
        {
            self.server.forgotten(session.access_token.expose_secret());
        }
    }

    /// Takes entries out of the queue for a lock; the next one gets it where they held it.
    pub(super) fn leave_queue(&mut self, name: &str, leaves: impl Fn(&(At, AttemptId)) -> bool) {
        let Some(queue) = self.locks.get_mut(name) else {
            return;
        };
        let holder = queue.front().copied();
        queue.retain(|entry| !leaves(entry));
        let next = queue.front().copied();
        if let (true, Some((at, attempt))) = (next != holder, next) {
            self.later(BETWEEN_TABS_MS, at, What::Locked(attempt));
        }
    }

    /// Lets time pass, with all that happens in it.
    pub(super) fn wait(&mut self, ms: u64) {
        let end = self.now + ms;
        while let Some((&(due, number), _)) = self.queue.first_key_value() {
            if due > end {
                break;
            }
            self.pass(due);
            if let Some((at, what)) = self.queue.remove(&(due, number)) {
                self.happen(at, what);
            }
        }
        self.pass(end);
    }

    /// Moves the clock on, and counts the time that sessions could have used to get a token.
    fn pass(&mut self, until: u64) {
        self.count_trying(until.saturating_sub(self.now));
        self.now = self.now.max(until);
    }

    /// Counts time in which sessions could have got a token.
    pub(super) fn count_trying(&mut self, passed: u64) {
        let wall = self.time().wall;
        for tab in &mut self.tabs {
            let session = tab.page.as_ref().and_then(|page| page.core.active());
            let is_overdue = session.is_some_and(|session| !session.is_usable(wall));
            if !is_overdue {
                tab.tried_ms = 0;
                tab.paused_ms = 0;
            } else if tab.hidden_since.is_none() && !self.is_offline {
                let counted = if tab.is_suspended {
                    &mut tab.paused_ms
                } else {
                    &mut tab.tried_ms
                };
                *counted += passed;
            }
        }
    }
}
