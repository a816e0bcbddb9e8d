//! What people, machines and servers do to a browser with a few tabs, and how sequences of it are generated.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::server::Mode;
use crate::oauth::Flow;

/// A step of a sequence. Tabs are counted modulo those that there are, times are in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Time passes.
    Wait(u32),
    /// Milliseconds pass.
    WaitMs(u32),
    /// The log-in button is pressed.
    LogIn(usize, Flow),
    /// The authorization server answers the login that the tab has left for.
    Answer(usize),
    /// The same, but the response comes in another tab.
    AnswerElsewhere(usize, usize),
    /// The person goes back from the authorization server.
    Back(usize),
    /// The response that the tab had last comes once more.
    AnswerAgain(usize),
    /// A response comes that no login asked for.
    Forge(usize),
    /// The log-out button is pressed.
    LogOut(usize),
    Reload(usize),
    /// The tab is duplicated, with what it stores.
    Duplicate(usize),
    Close(usize),
    Hide(usize),
    Show(usize),
    /// The page is suspended: nothing in it runs.
    Suspend(usize),
    /// It goes on; what has come meanwhile comes in one of six orders.
    Resume(usize, usize),
    /// The whole machine sleeps; the monotonic clock may stand still.
    Sleep(u32, bool),
    SetClock(i32),
    Offline,
    Online,
    /// The token endpoint goes over to another way of answering.
    Endpoint(Mode),
    /// The tokens that the server issues live for so long.
    Lifetime(u64),
    /// The server revokes what it has issued.
    Revoke,
    /// A page calls the Web API.
    Call(usize),
    /// Messages between tabs get lost, or not.
    LoseMessages(bool),
    /// The storage that the tabs share takes nothing, or takes it again.
    FillStorage(bool),
}

/// The kinds of action that a sequence may draw from.
fn kinds() -> Vec<BoxedStrategy<Action>> {
    let tab = || 0..3_usize;
    let seconds = prop_oneof![4 => 1..90_u32, 1 => 90..4000_u32];
    let life = select(vec![1, 8, 60, 300, 3600, 3600, 3600]);
    let modes = vec![
        Mode::Healthy,
        Mode::Slow,
        Mode::Hangs,
        Mode::Loses,
        Mode::Fails,
        Mode::RefusesClient,
    ];
    vec![
        seconds.clone().prop_map(Action::Wait).boxed(),
        (0..3600_u32).prop_map(|back| Action::Wait(back + 3400)).boxed(),
        (0..2000_u32).prop_map(Action::WaitMs).boxed(),
        tab().prop_map(|tab| Action::LogIn(tab, Flow::Implicit)).boxed(),
        (tab(), tab())
            .prop_map(|(tab, other)| Action::AnswerElsewhere(tab, other))
            .boxed(),
        tab().prop_map(Action::Back).boxed(),
        tab().prop_map(Action::AnswerAgain).boxed(),
        tab().prop_map(Action::Forge).boxed(),
        tab().prop_map(Action::LogOut).boxed(),
        tab().prop_map(Action::Reload).boxed(),
        tab().prop_map(Action::Duplicate).boxed(),
        tab().prop_map(Action::Close).boxed(),
        (tab(), any::<bool>())
            .prop_map(|(tab, hide)| if hide { Action::Hide(tab) } else { Action::Show(tab) })
            .boxed(),
        (tab(), any::<bool>(), 0..6_usize)
            .prop_map(|(tab, suspend, order)| {
                if suspend {
                    Action::Suspend(tab)
                } else {
                    Action::Resume(tab, order)
                }
            })
            .boxed(),
        (seconds, any::<bool>())
            .prop_map(|(seconds, stands)| Action::Sleep(seconds, stands))
            .boxed(),
        (-4000..4000_i32).prop_map(Action::SetClock).boxed(),
        select(vec![Action::Offline, Action::Online]).boxed(),
        select(modes).prop_map(Action::Endpoint).boxed(),
        life.prop_map(Action::Lifetime).boxed(),
        Just(Action::Revoke).boxed(),
        tab().prop_map(Action::Call).boxed(),
        any::<bool>().prop_map(Action::LoseMessages).boxed(),
        any::<bool>().prop_map(Action::FillStorage).boxed(),
    ]
}

/// Sequences, each with some kinds of action only: a uniform choice of all of them gets nowhere. Logins and short waits are always
/// among them.
pub fn sequences() -> impl Strategy<Value = Vec<Action>> {
    let all = kinds();
    let count = all.len();
    subsequence((0..count).collect::<Vec<_>>(), 1..=count).prop_flat_map(move |chosen| {
        let mut choices: Vec<_> = chosen.iter().map(|&kind| (2, all[kind].clone())).collect();
        let tab = || 0..3_usize;
        choices.push((2, tab().prop_map(|tab| Action::LogIn(tab, Flow::Pkce)).boxed()));
        choices.push((3, tab().prop_map(Action::Answer).boxed()));
        choices.push((2, (1..60_u32).prop_map(Action::Wait).boxed()));
        vec(proptest::strategy::Union::new_weighted(choices), 1..80)
    })
}
