//! What a test can do to a running stand-in and read from it.

use crate::{Fault, Implicit, Place, Recorded, RedirectUriError, Rotation, Standin};
use serde_json::Value;

impl Standin {
    /// Where it listens, such as `http://127.0.0.1:8889`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.memory.origin
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

    /// The Web API, ending in `/v1`.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("{}/v1", self.origin())
    }

    /// Registers one more redirect URI, and the client with it.
    ///
    /// # Errors
    /// When Spotify would not register this URI either.
    pub fn register(&self, client_id: &str, redirect_uri: &str) -> Result<(), RedirectUriError> {
        self.memory.state().clients.register(client_id, redirect_uri)
    }

    /// How long access tokens live that are issued from now on, in seconds.
    pub fn set_expires_in(&self, seconds: u64) {
        self.memory.state().options.expires_in = seconds;
    }

    /// Whether `response_type=token` is answered from now on.
    pub fn set_implicit(&self, implicit: Implicit) {
        self.memory.state().options.implicit = implicit;
    }

    /// Whether a refresh brings a new refresh token from now on.
    pub fn set_rotation(&self, rotation: Rotation) {
        self.memory.state().options.rotation = rotation;
    }

    /// Replaces the answer to `GET /v1/me`. The scopes still decide about country, product, explicit content and e-mail.
    pub fn set_person(&self, person: Value) {
        self.memory.state().options.person = person;
    }

    /// All access tokens have expired.
    pub fn expire_all_tokens(&self) {
        self.memory.state().vault.expire_all();
    }

    /// All access tokens are unknown from now on.
    pub fn revoke_all_tokens(&self) {
        self.memory.state().vault.revoke_all();
    }

    /// No refresh token gives anything any more; access tokens live on.
    pub fn revoke_refresh_tokens(&self) {
        self.memory.state().vault.revoke_refresh_tokens();
    }

    /// The next log-in of every client shows the consent page again.
    pub fn forget_consent(&self) {
        self.memory.state().consents.forget();
    }

    /// Every secret that was ever handed out or received, to look for in places where none may be.
    #[must_use]
    pub fn secrets(&self) -> Vec<String> {
        self.memory.state().vault.secrets()
    }

    /// Everything that was received, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.memory.state().log.clone()
    }

    /// What came that no correct client ever sends, in order. Empty after a good test.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        self.memory.state().complaints.clone()
    }

    /// Waits until at least this many requests for the path have come since the start. Preflights do not count.
    pub async fn wait_for_requests(&self, path: &str, count: usize) {
        self.memory.received(path, count).await;
    }

    /// Queues a fault for one request. Several are used up in the order in which they were injected.
    pub fn inject(&self, place: Place, fault: Fault) {
        self.memory.state().faults.queue(place, fault);
    }

    /// A fault for every request that finds none in the queue.
    pub fn inject_always(&self, place: Place, fault: Fault) {
        self.memory.state().faults.set_always(place, fault);
    }

    /// Takes back all faults that have not happened yet.
    pub fn clear_faults(&self) {
        self.memory.state().faults.clear();
    }

    /// Answers the requests that [`Fault::Hang`] keeps waiting now.
    pub fn release(&self) {
        self.memory.release();
    }
}
