//! Messages between the tabs of this app. A message that this build does not know is ignored. What every page of the origin can hear has a
//! type of its own, without secrets; the messages of a session go by a channel that only its tabs can name.

use serde::{Deserialize, Serialize};

use super::ActiveSession;

/// Tells log-outs from each other, in the store that all tabs share and in the message to them: a random number. A session keeps the one that
/// it found when it began; another one means that it is over. No clock has a part in it.
pub type LogOutMark = u64;

/// A message to the tabs of the same session.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionMessage {
    /// Asks for the session as another tab has it; the answer is [`SessionMessage::Session`].
    Ask,
    /// The session as the sending tab has it.
    Session(Box<ActiveSession>),
}

#[cfg(test)]
mod tests {
    use super::SessionMessage;
    use crate::store::record;

    #[test]
    fn c5_messages_are_tagged_and_unknown_ones_are_ignored() {
        let text = record::to_text(&SessionMessage::Ask).expect("JSON");
        assert_eq!(text, r#"{"v":1,"record":"ask"}"#);
        assert_eq!(record::from_text(&text), Some(SessionMessage::Ask));
        for unknown in [
            "ask",
            r#"{"v":1,"record":"shout"}"#,
            r#"{"v":1,"record":{"ask":5}}"#,
            r#"{"v":1,"record":{"session":{}}}"#,
            r#"{"v":2,"record":"ask"}"#,
        ] {
            assert_eq!(record::from_text::<SessionMessage>(unknown), None, "{unknown}");
        }
    }
}
