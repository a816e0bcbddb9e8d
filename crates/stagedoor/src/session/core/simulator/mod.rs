//! Tries to break the session: runs the very state machine that ships, in several tabs of a simulated browser, with suspended pages,
//! clocks that are set, messages that get lost and a server that notices when a refresh token is used twice. Nothing here is left to
//! chance but the sequence of actions, so a sequence that breaks a rule does so each time.

mod action;
mod delivery;
mod left_out;
mod perform;
mod server;
mod tests;
mod violation;
mod world;
