//! The simulator notices each rule that is left out: by chance within 5,000 sequences, or by a sequence that is written down where chance
//! is too rare.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::action::Action::{self, Answer, Duplicate, Hide, Lifetime, LogIn, LogOut, Resume, Suspend, Wait, WaitMs};
use super::action::sequences;
use super::perform::run_without;
use super::violation::Violation;
use crate::oauth::Flow::Pkce;
use crate::session::core::rule::Rule;

/// How many sequences chance gets.
const CHANCES: usize = 5_000;

/// What a session that lacks the rule breaks.
fn broken_without(rule: Rule) -> Violation {
    match rule {
        Rule::Deadline => Violation::LentExpired,
        Rule::SingleUse => Violation::CompletedTwice,
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
        Rule::KeptToDeadline | Rule::Doubt | Rule::NewerToken => Violation::EndedWithGoodToken,
        Rule::LoginWaits | Rule::NoRefreshWhileLeaving => Violation::RefreshWhileLeaving,
        Rule::PrivateLock => Violation::SecretInPublic,
        Rule::Bid | Rule::SuspendedTimer => Violation::InFlightTwice,
        Rule::AskAgain => Violation::EndedByOwnFault,
    }
}

/// The sequence that shows that a rule is left out, where chance is too rare.
fn script(rule: Rule) -> Option<Vec<Action>> {
    let short_lived = [Lifetime(60), LogIn(0, Pkce), Wait(1), Answer(0), Wait(1)];
    let refresh_while_suspended = [Duplicate(0), Hide(0), Wait(27), WaitMs(320), Suspend(1), Wait(2)];
    let then: &[Action] = match rule {
        Rule::MarkOfSession => &[LogOut(0), Wait(1), Resume(1, 0), Wait(2)],
        _ => return None,
    };
    Some([&short_lived[..], &refresh_while_suspended, then].concat())
}

fn is_noticed(rule: Rule) -> bool {
    let shows = |actions: &[Action]| run_without(Some(rule), actions).contains(&broken_without(rule));
    if let Some(script) = script(rule) {
        return shows(&script);
    }
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = sequences();
    (0..CHANCES).any(|chance| {
        let tree = strategy.new_tree(&mut runner);
        let found = tree.is_ok_and(|tree| shows(&tree.current()));
        if found {
            println!("{rule:?}: {chance}");
        }
        found
    })
}

#[test]
fn each_rule_that_is_left_out_is_noticed() {
    let unnoticed: Vec<_> = Rule::ALL.into_iter().filter(|rule| !is_noticed(*rule)).collect();
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}
