//! The simulator notices each rule that is left out: by chance within 5,000 sequences, or by a sequence that is written down where chance
//! is too rare.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::action::Action::{
    self, Answer, AnswerElsewhere, Back, Duplicate, Endpoint, Hide, Lifetime, LogIn, LogOut, Reload, Resume, Show,
    Suspend, Wait, WaitMs,
};
use super::action::sequences;
use super::perform::run_without;
use super::server::Mode::{Fails, Hangs, RefusesClient, Slow};
use super::violation::Violation;
use crate::oauth::Flow::{Implicit, Pkce};
use crate::session::core::rule::Rule;

/// How many sequences chance gets.
const CHANCES: usize = 5_000;

/// What a session that lacks the rule breaks.
fn broken_without(rule: Rule) -> Violation {
    match rule {
        Rule::Deadline => Violation::LentExpired,
        Rule::SingleUse | Rule::TakenByStarter => Violation::CompletedTwice,
        Rule::ForgedIsHarmless => Violation::ForgedResponseWorks,
        Rule::Record => Violation::RecordMismatch,
        Rule::Wait => Violation::Loop,
        Rule::AttemptEnds => Violation::Stuck,
        Rule::AttemptOfSession => Violation::AttemptMismatch,
        Rule::TimeOfTrying => Violation::EndedUntried,
        Rule::HeedAtEachEvent => Violation::UsedAfterLogOut,
        Rule::MarkOfSession => Violation::OutlivesLogOut,
        Rule::LaterSessionStays => Violation::EndedByEarlierLogOut,
        Rule::Consent => Violation::NoConsent,
        Rule::StopRedirect => Violation::RedirectAfterLogOut,
        Rule::FinalRefusal => Violation::AskedAgain,
        Rule::KeptToDeadline | Rule::Doubt => Violation::EndedWithGoodToken,
        Rule::LoginWaits | Rule::NoRefreshWhileLeaving => Violation::RefreshWhileLeaving,
        Rule::PrivateLock => Violation::SecretInPublic,
        Rule::Bid | Rule::SuspendedTimer => Violation::InFlightTwice,
        Rule::AskAgain => Violation::EndedByOwnFault,
        Rule::TakeOver => Violation::ResponseLost,
    }
}

/// The sequence that shows that a rule is left out, where chance is too rare. It begins with a login in the first tab, whose tokens live for
/// a minute.
fn script(rule: Rule) -> Option<&'static [Action]> {
    Some(match rule {
        Rule::TimeOfTrying => &[Wait(26), Endpoint(Fails), Wait(20), Hide(0), Wait(300)],
        Rule::HeedAtEachEvent => &[Duplicate(0), Hide(0), Wait(27), WaitMs(252), LogOut(0), Wait(1)],
        Rule::MarkOfSession => &[Duplicate(0), LogIn(1, Pkce), Wait(1), LogOut(0), Back(1), Wait(3)],
        Rule::NoRefreshWhileLeaving => &[Wait(26), WaitMs(900), LogIn(0, Pkce), Wait(1)],
        Rule::Doubt => &[Wait(27), WaitMs(320), Reload(0), Wait(5)],
        Rule::Wait | Rule::AttemptEnds => &[Endpoint(Fails), Wait(80)],
        Rule::LoginWaits => &[Endpoint(Slow), Wait(28), LogIn(0, Pkce), Wait(1)],
        Rule::FinalRefusal | Rule::KeptToDeadline | Rule::AskAgain => &[Endpoint(RefusesClient), Wait(60)],
        Rule::Bid => &[Duplicate(0), Duplicate(0), Endpoint(Hangs), Wait(60)],
        // The tab that has the lock is suspended before it sends; the other one sends, and the first one goes on with its timer.
        Rule::SuspendedTimer => &[
            Duplicate(0),
            Hide(0),
            Wait(27),
            WaitMs(100),
            Suspend(1),
            Endpoint(Slow),
            Show(0),
            Wait(16),
            Resume(1, 3),
            Wait(20),
        ],
        Rule::TakenByStarter => &[
            Duplicate(0),
            LogOut(0),
            LogIn(0, Implicit),
            Duplicate(0),
            AnswerElsewhere(0, 1),
        ],
        _ => return None,
    })
}

fn is_noticed(rule: Rule) -> bool {
    let shows = |actions: &[Action]| run_without(Some(rule), actions).contains(&broken_without(rule));
    if let Some(script) = script(rule) {
        return shows(&[&[Lifetime(60), LogIn(0, Pkce), Wait(1), Answer(0), Wait(1)], script].concat());
    }
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = sequences();
    (0..CHANCES).any(|_| {
        let tree = strategy.new_tree(&mut runner);
        tree.is_ok_and(|tree| shows(&tree.current()))
    })
}

#[test]
fn each_rule_that_is_left_out_is_noticed() {
    let unnoticed: Vec<_> = Rule::ALL.into_iter().filter(|rule| !is_noticed(*rule)).collect();
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}
