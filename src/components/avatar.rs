//! The picture of a person, whole and unaltered, or their initial where there is none or it does not arrive.

use leptos::prelude::*;
use stagedoor::spotify::{Image, Profile};

use crate::browser::page;

/// Width at which the picture is shown, in CSS pixels.
const WIDTH: u64 = 112;

/// Picture or initial. The name stands beside it, so it says nothing to a screen reader.
#[component]
pub fn Avatar(profile: Profile) -> impl IntoView {
    let broken = RwSignal::new(false);
    let initial: String = profile.name().trim().chars().take(1).collect();
    let url = Image::at_least(page::device_pixels(WIDTH), &profile.images).map(|image| image.url.clone());
    move || {
        match url.clone().filter(|_| !broken.get()) {
        Some(url) => view! {
            <img class="avatar" src=url alt="" referrerpolicy="no-referrer" on:error=move |_| broken.set(true) />
        }
        .into_any(),
        None => view! { <span class="avatar initial" aria-hidden="true" translate="no" prop:textContent=initial.clone()></span> }.into_any(),
    }
    }
}
