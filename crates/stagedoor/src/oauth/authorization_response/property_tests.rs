use proptest::prelude::*;

use super::{AuthorizationResponse, ResponseBody};
use crate::oauth::{AccessToken, Scopes, State, TokenResponse, TokenType, encode};

proptest! {
    #[test]
    fn p14_no_response_panics(query in any::<String>(), fragment in any::<String>()) {
        let _ = AuthorizationResponse::parse(&query, &fragment);
    }

    #[test]
    fn p14_no_response_made_of_real_pieces_panics(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "access_token", "code", "error", "state", "token_type", "expires_in", "iss", "scope", "=", "&", "%", "%2",
            "%C3", "+", "Bearer", "#", "?", "-1", "9999999999999999999999", "\u{0}", "ä", "=tok&",
        ]), 0..24),
        cut in 0usize..24,
    ) {
        let cut = cut.min(pieces.len());
        let (query, fragment) = (pieces[..cut].concat(), pieces[cut..].concat());
        let _ = AuthorizationResponse::parse(&query, &fragment);
    }

    #[test]
    fn p14_an_encoded_success_is_parsed_to_the_same_values(
        access in "[!-~]{1,64}", seconds in 1u64..100_000, scope in "[a-z]{1,8}( [a-z]{1,8}){0,3}", bytes in any::<[u8; 32]>(),
    ) {
        let state = State::from_random(&bytes);
        let seconds_text = seconds.to_string();
        let text = encode([
            ("access_token", access.as_str()), ("token_type", "Bearer"), ("expires_in", &seconds_text),
            ("scope", &scope), ("state", state.as_str()),
        ]);
        let read = AuthorizationResponse::parse("", &text).expect("readable");
        prop_assert_eq!(read.state, Some(state));
        prop_assert_eq!(read.body, ResponseBody::Token(TokenResponse {
            access_token: AccessToken::parse(&access).expect("a token"),
            expires_in: seconds,
            scopes: Some(Scopes::parse(&scope)),
            token_type: TokenType::Bearer,
            refresh_token: None,
        }));
    }
}
