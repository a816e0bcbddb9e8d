//! The interface for tests: controls a running stand-in, and reads what it received.

use crate::{Endpoint, Fault, Implicit, RecordedRequest, RedirectUriError, Rotation, Standin};
use serde_json::Value;

impl Standin {
    /// Its origin, such as `http://127.0.0.1:8889`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.shared.origin
    }

    /// The authorization endpoint.
    #[must_use]
    pub fn authorize_url(&self) -> String {
        format!("{}/authorize", self.origin())
    }

    /// The token endpoint.
    #[must_use]
    pub fn token_url(&self) -> String {
        format!("{}/api/token", self.origin())
    }

    /// The base URL of the Web API, ending in `/v1`.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("{}/v1", self.origin())
    }

    /// Registers another redirect URI, and its client if it is new.
    ///
    /// # Errors
    /// When the redirect URI breaks one of Spotify's rules.
    pub fn register(&self, client_id: &str, redirect_uri: &str) -> Result<(), RedirectUriError> {
        self.shared.state().clients.register(client_id, redirect_uri)
    }

    /// Sets the lifetime of access tokens issued from now on, in seconds.
    pub fn set_expires_in(&self, seconds: u64) {
        self.shared.state().options.expires_in = seconds;
    }

    /// Sets whether `response_type=token` is supported.
    pub fn set_implicit(&self, implicit: Implicit) {
        self.shared.state().options.implicit = implicit;
    }

    /// Sets whether refresh tokens are rotated.
    pub fn set_rotation(&self, rotation: Rotation) {
        self.shared.state().options.rotation = rotation;
    }

    /// Replaces the profile. The scopes still decide about country, product, explicit content and e-mail.
    pub fn set_profile(&self, profile: Value) {
        self.shared.state().options.profile = profile;
    }

    /// Expires all access tokens.
    pub fn expire_all_tokens(&self) {
        self.shared.state().token_store.expire_all();
    }

    /// Revokes all access tokens.
    pub fn revoke_all_tokens(&self) {
        self.shared.state().token_store.revoke_all();
    }

    /// Revokes all refresh tokens; access tokens stay valid.
    pub fn revoke_refresh_tokens(&self) {
        self.shared.state().token_store.revoke_refresh_tokens();
    }

    /// Forgets all consent, so that the next log-in shows the consent page again.
    pub fn forget_consent(&self) {
        self.shared.state().consents.forget();
    }

    /// Every secret issued or received so far, in order, for leak checks.
    #[must_use]
    pub fn secrets(&self) -> Vec<String> {
        self.shared.state().token_store.secrets()
    }

    /// All requests so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.state().log.clone()
    }

    /// The protocol violations so far, in order: requests that no correct client sends.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        self.shared.state().violations.clone()
    }

    /// Waits until at least this many requests for the path were received since the start. Preflights do not count.
    pub async fn wait_for_requests(&self, path: &str, count: usize) {
        self.shared.received(path, count).await;
    }

    /// Queues a fault for one request. Queued faults are used in order.
    pub fn inject(&self, endpoint: Endpoint, fault: Fault) {
        self.shared.state().faults.queue(endpoint, fault);
    }

    /// Sets a permanent fault for all requests that find none in the queue.
    pub fn inject_always(&self, endpoint: Endpoint, fault: Fault) {
        self.shared.state().faults.set_always(endpoint, fault);
    }

    /// Removes all unused and permanent faults.
    pub fn clear_faults(&self) {
        self.shared.state().faults.clear();
    }

    /// Releases the responses that [`Fault::Hang`] holds back now.
    pub fn release(&self) {
        self.shared.release();
    }
}
