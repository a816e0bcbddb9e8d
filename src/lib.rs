//! stub
pub mod oauth;
