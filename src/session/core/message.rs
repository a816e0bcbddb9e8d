//! Messages between the tabs of this app. A message that this build does not know is ignored.

use serde::{Deserialize, Serialize};

use super::ActiveSession;

/// A message to the other tabs.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TabMessage {
    /// Asks for the session that began with the login of this `state`, as another tab has it; the answer is [`TabMessage::Session`].
    Ask(String),
    /// The session as the sending tab has it.
    Session(Box<ActiveSession>),
    /// Somebody logged out at this time, in milliseconds since the Unix epoch. Older sessions are over.
    LoggedOut(u64),
}

#[cfg(test)]
mod tests {
    use super::TabMessage;
    use crate::store::record;

    #[test]
    fn c5_messages_are_tagged_and_unknown_ones_are_ignored() {
        let ask = TabMessage::Ask("state".into());
        let text = record::to_text(&ask).expect("JSON");
        assert_eq!(text, r#"{"v":1,"record":{"ask":"state"}}"#);
        assert_eq!(record::from_text(&text), Some(ask));
        let log_out = TabMessage::LoggedOut(5);
        assert_eq!(
            record::to_text(&log_out).as_deref(),
            Some(r#"{"v":1,"record":{"logged_out":5}}"#)
        );
        for unknown in [
            "ask:state",
            r#"{"v":1,"record":{"shout":"state"}}"#,
            r#"{"v":1,"record":{"ask":5}}"#,
            r#"{"v":1,"record":{"session":{}}}"#,
            r#"{"v":1,"record":"ask"}"#,
            r#"{"v":2,"record":{"ask":"state"}}"#,
        ] {
            assert_eq!(record::from_text::<TabMessage>(unknown), None, "{unknown}");
        }
    }
}
