//! Log-in and log-out, as people do them.

use e2e::play;

#[test]
fn a_person_who_agrees_sees_their_profile() {
    play(async |person| {
        person.logs_in().await;
        person.sees_heading("Ada Example").await;
        person.is_at("/profile").await;
        for (term, value) in [
            ("Email", "ada@example.com"),
            ("Country", "SE"),
            ("Plan", "Premium"),
            ("Followers", "1,234"),
            ("Spotify ID", "ada"),
        ] {
            person.sees_fact(term, value).await;
        }
        let seconds = person.reads_the_timer().await;
        assert!((3540..=3570).contains(&seconds), "{seconds} s of 3600 less 30 are left");
    });
}
