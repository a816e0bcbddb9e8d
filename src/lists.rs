//! What was loaded of the lists of the Web API. It stays in memory for the session, so that a list that is shown again is not asked
//! for again, and goes with the session.

use leptos::prelude::*;
use stagedoor::error::State;
use stagedoor::internals::session::Session;
use stagedoor::spotify::{ListItem, ListPage, NextPage};

/// What was loaded of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadedList {
    /// The items of all pages so far, each once.
    pub items: Vec<ListItem>,
    /// How many items the server did not show to this app.
    pub omitted: usize,
    /// How many items the list has, where the server says so.
    pub total: Option<u64>,
    /// What comes after them.
    pub next: NextPage,
}

impl LoadedList {
    /// Adds a page that was asked for at `path` below `api_url`. A page of items that are all there already is the last one, whatever it
    /// says, and so is one that is followed by itself: there would be no end.
    pub fn add(&mut self, page: ListPage, path: &str, api_url: &str) {
        let before = self.items.len();
        let is_repeated = !page.items.is_empty();
        self.next = page.next_page(path, api_url);
        self.omitted += page.omitted;
        self.total = page.total;
        for item in page.items {
            if !self.items.iter().any(|known| known.is_same(&item)) {
                self.items.push(item);
            }
        }
        if (is_repeated && self.items.len() == before) || self.next == NextPage::At(path.to_owned()) {
            self.next = NextPage::None;
        }
    }
}

/// The lists of a session, each under the path of its first page; `None` until that is there.
type OfSession = Vec<(String, ArcRwSignal<Option<LoadedList>>)>;

/// What was loaded in the session that there is.
#[derive(Clone, Copy)]
pub struct Lists {
    session: Session,
    /// With the login that the session began with.
    lists: StoredValue<(Option<State>, OfSession)>,
}

impl Lists {
    /// Nothing is loaded yet. Needs a reactive owner.
    pub fn create(session: Session) -> Self {
        Self {
            session,
            lists: StoredValue::default(),
        }
    }

    /// The list whose first page is at `path`.
    pub fn list(self, path: &str) -> ArcRwSignal<Option<LoadedList>> {
        self.drop_those_of_other_sessions();
        let known = self.lists.with_value(|(_, lists)| {
            let list = lists.iter().find(|(known, _)| known == path);
            list.map(|(_, list)| list.clone())
        });
        known.unwrap_or_else(|| {
            let list = ArcRwSignal::new(None);
            self.lists
                .update_value(|(_, lists)| lists.push((path.to_owned(), list.clone())));
            list
        })
    }

    /// Drops what was loaded in a session that is over.
    pub fn drop_those_of_other_sessions(self) {
        let login = self.session.active_untracked().map(|active| active.login().clone());
        self.lists.update_value(|(of, lists)| {
            if *of != login {
                *of = login;
                lists.clear();
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::LoadedList;
    use stagedoor::spotify::{ListItem, ListPage, NextPage};

    const API: &str = "https://api.example/v1";

    fn page(ids: &[&str], next: Option<&str>) -> ListPage {
        let item = |id: &&str| ListItem {
            id: Some((*id).to_owned()),
            ..ListItem::default()
        };
        ListPage {
            items: ids.iter().map(item).collect(),
            next: next.map(|query| format!("{API}/list{query}")),
            ..ListPage::default()
        }
    }

    fn at(query: &str) -> NextPage {
        NextPage::At(format!("/list{query}"))
    }

    #[test]
    fn pages_are_added_until_there_is_none() {
        let mut list = LoadedList::default();
        list.add(page(&["a", "b"], Some("?2")), "/list", API);
        assert_eq!((list.items.len(), &list.next), (2, &at("?2")));
        let nulls = ListPage {
            omitted: 2,
            total: Some(5),
            ..page(&[], Some("?3"))
        };
        list.add(nulls, "/list?2", API);
        assert_eq!(list.next, at("?3"), "a page of nothing but null items has a next one");
        list.add(page(&["c"], None), "/list?3", API);
        assert_eq!((list.items.len(), list.omitted, list.next), (3, 2, NextPage::None));
    }

    #[test]
    fn h6_an_item_that_comes_again_is_there_once() {
        let mut list = LoadedList::default();
        list.add(page(&["a", "b", "a"], Some("?2")), "/list", API);
        list.add(page(&["b", "c"], Some("?3")), "/list?2", API);
        let ids: Vec<_> = list.items.iter().filter_map(|item| item.id.as_deref()).collect();
        assert_eq!(ids, ["a", "b", "c"]);
        assert_eq!(list.next, at("?3"));
    }

    #[test]
    fn h6_a_next_page_that_brings_nothing_new_ends_the_list() {
        let mut list = LoadedList::default();
        list.add(page(&["a", "b"], Some("?2")), "/list", API);
        list.add(page(&["a", "b"], Some("?3")), "/list?2", API);
        assert_eq!((list.items.len(), &list.next), (2, &NextPage::None));
        for ids in [&["x"] as &[&str], &[]] {
            let mut list = LoadedList::default();
            list.add(page(ids, Some("?2")), "/list?2", API);
            assert_eq!(list.next, NextPage::None, "followed by itself");
        }
    }
}
