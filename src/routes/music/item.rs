//! An item of a list: its picture, its name as a link to Spotify, and what else is known of it.

use leptos::prelude::*;
use stagedoor::internals::browser::clock;
use stagedoor::spotify::{Image, ListItem};

use super::shown::View;
use crate::browser::{intl, page};
use crate::components::{clock_text, names, when};

/// Width at which a picture is shown in a row, in CSS pixels.
const ROW_PICTURE: u64 = 56;
/// The same in a grid, at most.
const GRID_PICTURE: u64 = 220;

/// How many items a page has where nothing else is asked for.
const PAGE_LENGTH: usize = 20;

/// The item at `index`.
pub(super) fn item_view(view: View, index: usize, item: &ListItem) -> AnyView {
    let width = if view.is_grid() && page::is_wide() {
        GRID_PICTURE
    } else {
        ROW_PICTURE
    };
    let picture = Image::at_least(page::device_pixels(width), &item.images).map(|image| image.url.clone());
    let picture = match picture {
        Some(url) => {
            view! { <img class="picture" src=url alt="" loading="lazy" referrerpolicy="no-referrer" /> }.into_any()
        }
        None => view! { <span class="picture" aria-hidden="true"></span> }.into_any(),
    };
    let number = when(view.is_ranked(), || {
        view! { <span class="number" translate="no" prop:textContent=(index + 1).to_string()></span> }.into_any()
    });
    let name = item.name.clone().unwrap_or_else(|| "No name".to_owned());
    let translate = if item.name.is_some() { "no" } else { "yes" };
    let name = match item.page.clone() {
        Some(url) => {
            view! { <a href=url rel="external noreferrer" dir="auto" translate=translate prop:textContent=name></a> }
                .into_any()
        }
        None => view! { <span dir="auto" translate=translate prop:textContent=name></span> }.into_any(),
    };
    let played = item.played_at.as_deref().and_then(clock::parse);
    let detail = match (played, item.tracks) {
        (Some(at), _) => intl::time(at, clock::now_ms()),
        (_, Some(1)) => "1 track".to_owned(),
        (_, Some(tracks)) => format!("{} tracks", intl::number(tracks)),
        _ => item.duration_ms.map(clock_text).unwrap_or_default(),
    };
    let class = if played.is_some() {
        "hint detail played"
    } else {
        "hint detail"
    };
    view! {
        <li id=format!("item-{index}") tabindex="-1">
            {number}
            {picture}
            <div class="words">
                {name}
                {when(!item.artists.is_empty(), || {
                    view! { <span class="hint" translate="no">{names(&item.artists)}</span> }.into_any()
                })}
                {when(item.album.is_some(), || {
                    let album = item.album.clone().unwrap_or_default();
                    view! { <span class="hint album" dir="auto" translate="no" prop:textContent=album></span> }.into_any()
                })}
            </div>
            <span class=class prop:textContent=detail></span>
        </li>
    }
    .into_any()
}

/// The space of a page of items that are not there yet.
#[component]
pub(super) fn Placeholders(view: View) -> impl IntoView {
    let placeholder = || view! { <span class="item"><span class="picture"></span><span class="line"></span></span> };
    let all: Vec<_> = std::iter::repeat_with(placeholder).take(PAGE_LENGTH).collect();
    view! { <div class=view.class() aria-hidden="true">{all}</div> }
}
