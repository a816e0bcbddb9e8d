//! The app inside a frame of another site.

use e2e::{OtherSite, run};

#[test]
fn s7_inside_a_frame_log_in_is_refused() {
    run(async |user| {
        let frame = format!(
            "<iframe width=600 height=600 src=\"{}/\"></iframe>",
            user.env.site.origin()
        );
        let other_site = OtherSite::start(&frame).await;
        user.opens_url(&other_site.origin()).await;
        user.enters_frame().await;
        user.presses("Log in with Spotify").await;
        user.sees_alert("inside another").await;
        user.is_signed_out().await;
        user.leaves_frame().await;
        assert!(user.env.authorization_requests().is_empty());
    });
}
