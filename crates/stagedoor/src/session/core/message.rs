//! Messages between the tabs of this app. A message that this build does not know is ignored. What every page of the origin can hear has a
//! type of its own, without secrets; the messages of a login, and of its session, go by a channel that only its tabs can name.

use serde::{Deserialize, Serialize};

use super::ActiveSession;
use crate::oauth::{ResponseUrl, keep};

/// Tells log-outs from each other, in the store that all tabs share and in the message to them: a random number. A session keeps the one that
/// it found when it began; another one means that it is over. No clock has a part in it.
pub type LogOutMark = u64;

/// The rank of a tab that asks for a newer token, and is not about to send the refresh token.
pub const ASKING: u64 = 0;
/// The rank of a tab that has sent the refresh token, and waits for the answer.
pub const BUSY: u64 = u64::MAX;

/// A message to the tabs of the same login: those that share the session that began with it, and the one that has started it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginMessage {
    /// How often the session was refreshed as the sending tab has it, and the rank by which that tab is about to send the refresh token:
    /// of those that are, the one with the highest rank does. [`ASKING`] and [`BUSY`] are ranks too. A tab that has a newer token answers
    /// with [`LoginMessage::Session`].
    Bid(u32, u64),
    /// The session as the sending tab has it.
    Session(Box<ActiveSession>),
    /// The response to this login came into the sending tab, which did not start it.
    Response(#[serde(serialize_with = "keep")] ResponseUrl),
    /// The tab that started this login completes it with that response.
    Taken,
}

#[cfg(test)]
mod tests {
    use super::LoginMessage;
    use crate::store::record;

    #[test]
    fn c5_messages_are_tagged_and_unknown_ones_are_ignored() {
        let bid = LoginMessage::Bid(1, 7);
        let text = record::to_text(&bid).expect("JSON");
        assert_eq!(text, r#"{"v":1,"record":{"bid":[1,7]}}"#);
        assert_eq!(record::from_text(&text), Some(bid));
        for unknown in [
            "bid",
            r#"{"v":1,"record":"shout"}"#,
            r#"{"v":1,"record":{"bid":5}}"#,
            r#"{"v":1,"record":{"session":{}}}"#,
            r#"{"v":2,"record":{"bid":[1,7]}}"#,
        ] {
            assert_eq!(record::from_text::<LoginMessage>(unknown), None, "{unknown}");
        }
    }
}
