//! How many items of a list are there, and whether that is all, in words. Pure.

use stagedoor::spotify::NextPage;

use super::shown::View;
use crate::lists::LoadedList;

/// The words below a list.
pub(super) fn summary(view: View, list: &LoadedList) -> String {
    let count = list.items.len();
    let (one, many) = view.nouns();
    let all = list.total.filter(|total| *total > count as u64);
    let counted = match (count, all) {
        (0, _) => String::new(),
        (1, None) => format!("1 {one}."),
        (_, None) => format!("{count} {many}."),
        (_, Some(all)) => format!("{count} of {all} {many}."),
    };
    let omitted = match (list.omitted, count) {
        (0, _) => "",
        (_, 0) => "Spotify does not show these to this app.",
        (1, _) => "Spotify does not show one more to this app.",
        (_, _) => "Spotify does not show some more to this app.",
    };
    let end = match (&list.next, count, list.omitted) {
        (NextPage::None, 0, 0) => "There is nothing here yet.",
        (NextPage::None, _, _) if count > 0 => "That is all.",
        (NextPage::At(_), 0, 0) => "Nothing so far, but there is more.",
        (NextPage::Unreachable, _, _) => "There is more, but Spotify’s answer does not say where.",
        _ => "",
    };
    let sentences: Vec<_> = [counted.as_str(), omitted, end]
        .into_iter()
        .filter(|sentence| !sentence.is_empty())
        .collect();
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{LoadedList, View, summary};
    use stagedoor::spotify::{ListItem, NextPage};

    fn words(view: View, count: usize, omitted: usize, total: Option<u64>, next: NextPage) -> String {
        let list = LoadedList {
            items: vec![ListItem::default(); count],
            omitted,
            total,
            next,
        };
        summary(view, &list)
    }

    #[test]
    fn h6_a_list_says_how_many_there_are_and_whether_that_is_all() {
        let more = || NextPage::At("/me".into());
        for (view, count, total, next, expected) in [
            (View::Artists, 40, Some(120), more(), "40 of 120 artists."),
            (View::Tracks, 40, None, more(), "40 tracks."),
            (View::Recent, 50, None, NextPage::None, "50 plays. That is all."),
            (View::Playlists, 1, Some(1), NextPage::None, "1 playlist. That is all."),
            (View::Artists, 0, Some(0), NextPage::None, "There is nothing here yet."),
            (View::Recent, 0, None, more(), "Nothing so far, but there is more."),
            (
                View::Playlists,
                20,
                Some(75),
                NextPage::Unreachable,
                "20 of 75 playlists. There is more, but Spotify’s answer does not say where.",
            ),
        ] {
            assert_eq!(words(view, count, 0, total, next), expected);
        }
    }

    #[test]
    fn h6_what_spotify_does_not_show_is_told_and_never_called_nothing() {
        for next in [NextPage::None, NextPage::At("/me".into())] {
            assert_eq!(
                words(View::Playlists, 0, 20, Some(20), next),
                "Spotify does not show these to this app."
            );
        }
        assert_eq!(
            words(View::Playlists, 19, 1, Some(75), NextPage::At("/me".into())),
            "19 of 75 playlists. Spotify does not show one more to this app."
        );
        assert_eq!(
            words(View::Playlists, 72, 3, Some(75), NextPage::None),
            "72 of 75 playlists. Spotify does not show some more to this app. That is all."
        );
    }
}
