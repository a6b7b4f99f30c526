//! The address says what is open. A reload opens it again, with what was not saved.

use super::{draft, open::open_what, opened::Opened, state::Lab};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

/// Opens what the address names, and keeps the address true from then on.
pub fn follow(lab: Lab) {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(|query| Opened::of_query(|key| query.get(key))));
    let open = open_what(lab);
    let navigate = use_navigate();
    let go = move |opened: &Opened| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&opened.address(), options);
    };
    // Before the address of this visit was read, neither it nor a draft is ours to change.
    let is_read = RwSignal::new(false);
    Effect::new({
        let go = go.clone();
        move |_| {
            let wanted = wanted.get();
            let is_first = !is_read.get_untracked();
            let resumed = is_first && draft::resume(lab, &wanted);
            is_read.set(true);
            let opened = untrack(|| lab.opened());
            if resumed || wanted == opened {
                return;
            }
            match wanted {
                // A link to the Lab as such: what is open stays.
                Opened::New if is_first => {}
                Opened::New => go(&opened),
                wanted => {
                    open.dispatch(wanted);
                }
            }
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
