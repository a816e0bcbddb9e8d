//! The app inside a page of somebody else.

use e2e::{Elsewhere, play};

#[test]
fn s7_inside_a_frame_log_in_is_refused() {
    play(async |person| {
        let frame = format!(
            "<iframe width=600 height=600 src=\"{}/\"></iframe>",
            person.world.site.origin()
        );
        let elsewhere = Elsewhere::start(&frame).await;
        person.opens_url(&elsewhere.origin()).await;
        person.looks_into_the_frame().await;
        person.presses("Log in with Spotify").await;
        person.sees_alert("inside another").await;
        person.is_signed_out().await;
        person.looks_out_of_the_frame().await;
        assert!(person.world.authorize_requests().is_empty());
    });
}
