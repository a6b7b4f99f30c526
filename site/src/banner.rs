//! What stands around every page for the moment: announcements, and how much is unread.

use crate::{
    Look,
    words::{Text, text},
};
use leptos::prelude::*;

const DISMISS: Text = text("Dismiss", "Tutup");
const WHICH: Text = text("this announcement", "pengumuman ini");
const REGION: Text = text("Announcements", "Pengumuman");

/// What stands around every page for the moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Around {
    /// The newest first.
    pub banners: Vec<Banner>,
    /// How many notifications are not read, where somebody is signed in.
    pub unread: u64,
}

/// An announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banner {
    /// Names it in forms.
    pub id: String,
    /// `info`, `warning` or `critical`.
    pub severity: String,
    /// What it says, in the language of the page.
    pub text: String,
}

/// Every announcement, with a way to be rid of it.
pub(crate) fn banners(look: &Look) -> Option<AnyView> {
    if look.around.banners.is_empty() {
        return None;
    }
    let all: Vec<_> = look
        .around
        .banners
        .iter()
        .map(|one| banner(look, one))
        .collect();
    let view = view! {
        <div class="banners" role="region" aria-label=look.say(REGION)>
            {all}
        </div>
    };
    Some(view.into_any())
}

fn banner(look: &Look, one: &Banner) -> AnyView {
    let class = match one.severity.as_str() {
        "critical" => "banner banner-critical",
        "warning" => "banner banner-warning",
        _ => "banner",
    };
    view! {
        <div class=class>
            <p class="breakable">{one.text.clone()}</p>
            <form method="post" action="/announcements/dismiss">
                <input type="hidden" name="id" value=one.id.clone() />
                <input type="hidden" name="back" value=look.path.clone() />
                <button type="submit" class="button button-quiet">
                    {look.say(DISMISS)}
                    <span class="unseen">" " {look.say(WHICH)}</span>
                </button>
            </form>
        </div>
    }
    .into_any()
}
