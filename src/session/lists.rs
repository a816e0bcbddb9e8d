//! What was loaded of the lists of the Web API. It stays in memory for the session, so that a list that is shown again is not asked
//! for again, and goes with the session.

use leptos::prelude::*;

use super::Session;
use crate::spotify::{ListItem, ListPage};

/// What was loaded of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadedList {
    /// The items of all pages so far.
    pub items: Vec<ListItem>,
    /// The path of the next page, where there is one.
    pub next: Option<String>,
}

impl LoadedList {
    /// Adds a page that was asked for below `api_url`.
    pub fn add(&mut self, page: ListPage, api_url: &str) {
        self.next = page.next_path(api_url);
        self.items.extend(page.items);
    }
}

/// The lists of a session, each under the path of its first page; `None` until that is there.
pub(super) type Lists = Vec<(String, ArcRwSignal<Option<LoadedList>>)>;

impl Session {
    /// The list whose first page is at `path`.
    pub fn list(self, path: &str) -> ArcRwSignal<Option<LoadedList>> {
        let known = self.lists.with_value(|lists| {
            let list = lists.iter().find(|(known, _)| known == path);
            list.map(|(_, list)| list.clone())
        });
        known.unwrap_or_else(|| {
            let list = ArcRwSignal::new(None);
            self.lists
                .update_value(|lists| lists.push((path.to_owned(), list.clone())));
            list
        })
    }
}

#[cfg(test)]
mod tests {
    use super::LoadedList;
    use crate::spotify::{ListItem, ListPage};

    fn page(count: usize, next: Option<&str>) -> ListPage {
        ListPage {
            items: vec![ListItem::default(); count],
            next: next.map(str::to_owned),
        }
    }

    #[test]
    fn pages_are_added_until_there_is_none() {
        let mut list = LoadedList::default();
        list.add(page(2, Some("https://api.example/v1/next")), "https://api.example/v1");
        assert_eq!((list.items.len(), list.next.as_deref()), (2, Some("/next")));
        list.add(page(0, Some("https://api.example/v1/last")), "https://api.example/v1");
        assert_eq!(
            list.next.as_deref(),
            Some("/last"),
            "a page of nothing but null items has a next one"
        );
        list.add(page(1, None), "https://api.example/v1");
        assert_eq!((list.items.len(), list.next), (3, None));
    }
}
