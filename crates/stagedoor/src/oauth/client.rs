//! The OAuth client as configured: its identity, its servers and its flow. A response is accepted only while the app is still
//! configured as it was when the login began (RFC 9700 section 4.4, mix-up).

use serde::{Deserialize, Serialize};

/// How a login obtains its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", try_from = "String")]
pub enum Flow {
    /// Implicit grant, `response_type=token` (RFC 6749 section 4.2).
    Implicit,
    /// Authorization code with PKCE, `response_type=code` (RFC 6749 section 4.1, RFC 7636).
    Pkce,
}

impl Flow {
    /// The name used in stored records, and in the app's `config.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Implicit => "implicit",
            Self::Pkce => "pkce",
        }
    }
}

/// Where a session keeps its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", try_from = "String")]
pub enum TokenStorage {
    /// In `sessionStorage`: survives a reload of the tab.
    Session,
    /// In memory only: a reload logs out.
    Memory,
}

/// By its name. A derived reader would weigh more.
impl TryFrom<String> for Flow {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        match name.as_str() {
            "implicit" => Ok(Self::Implicit),
            "pkce" => Ok(Self::Pkce),
            _ => Err("not a flow"),
        }
    }
}

/// By its name, as [`Flow`].
impl TryFrom<String> for TokenStorage {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        match name.as_str() {
            "session" => Ok(Self::Session),
            "memory" => Ok(Self::Memory),
            _ => Err("not a place for tokens"),
        }
    }
}

/// An OAuth client as configured. URLs are stored as configured and compared character by character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// How a token is obtained.
    pub flow: Flow,
    /// The public client ID.
    pub client_id: String,
    /// Where the response is sent, exactly as registered.
    pub redirect_uri: String,
    /// What `iss` must equal, when the deployment sets it (RFC 9207).
    #[serde(deserialize_with = "Option::deserialize")]
    pub issuer: Option<String>,
    /// The authorization endpoint.
    pub authorize_url: String,
    /// The token endpoint.
    pub token_url: String,
    /// The Web API's root, without a trailing slash.
    pub api_url: String,
}

#[cfg(test)]
mod tests {
    use super::{Client, Flow};
    use crate::oauth::samples;

    #[test]
    fn s5_a_flow_is_serialized_by_its_name() {
        for flow in [Flow::Implicit, Flow::Pkce] {
            let text = serde_json::to_string(&flow).expect("JSON");
            assert_eq!(text, format!("\"{}\"", flow.name()));
        }
    }

    #[test]
    fn t7_a_client_with_a_field_missing_repeated_or_unknown_is_refused() {
        let read = |text: &str| serde_json::from_str::<Client>(text).ok();
        let good = serde_json::to_string(&samples::client()).expect("JSON");
        assert_eq!(read(&good), Some(samples::client()));
        for bad in [
            good.replace(r#""issuer":null,"#, ""),
            good.replace(r#""client_id":"client","#, ""),
            good.replace(r#"{"flow""#, r#"{"surprise":1,"flow""#),
            good.replace(r#"{"flow""#, r#"{"client_id":"other","flow""#),
            good.replace("implicit", "Implicit"),
        ] {
            assert_ne!(bad, good);
            assert_eq!(read(&bad), None, "{bad}");
        }
    }
}
