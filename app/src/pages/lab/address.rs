//! The address says what is open. A reload opens it again, with what was not saved.

use super::{draft, open::open_what, opened::Opened, state::Lab};
use crate::address;
use leptos::{ev, prelude::*};

/// Opens what the address names, and keeps the address true from then on.
pub fn follow(lab: Lab) {
    let wanted = RwSignal::new(Opened::New);
    let look = move || {
        let found = Opened::of_query(address::query);
        if wanted.get_untracked() != found {
            wanted.set(found);
        }
    };
    let open = open_what(lab);
    let go = move |opened: &Opened| {
        address::replace(&opened.address());
        look();
    };
    if cfg!(feature = "hydrate") {
        look();
        // Back and forth.
        let handle = window_event_listener(ev::popstate, move |_| look());
        on_cleanup(move || handle.remove());
    }
    // Before the address of this visit was read, neither it nor a draft is ours to change.
    let is_read = RwSignal::new(false);
    Effect::new(move |_| {
        let wanted = wanted.get();
        let is_first = !is_read.get_untracked();
        let resumed = is_first && draft::resume(lab, &wanted);
        is_read.set(true);
        let opened = untrack(|| lab.opened());
        if resumed || wanted == opened {
            return;
        }
        match wanted {
            // The Lab as such: what is open stays.
            Opened::New if is_first => {}
            Opened::New => go(&opened),
            wanted => open.run(wanted),
        }
    });
    draft::keep(lab, is_read);
    Effect::new(move |_| {
        let opened = lab.opened();
        // Before anything was opened or saved there is nothing to name.
        let has_name = lab.turns() > 0 || lab.saved.with(Option::is_some);
        if has_name && wanted.get_untracked() != opened {
            go(&opened);
        }
    });
}
