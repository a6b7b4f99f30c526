//! What the Lab's command palette can do: everything that its buttons do, by name.

use super::{bar::Saving, opened::Opened, state::Lab, views::View};
use crate::{
    components::palette::{Command, Palette, Search},
    part::Part,
    preference::{Preferences, Theme},
    words::{Text, command as words},
};
use leptos::prelude::*;
use protocol::run::Terms;
use trading::language::Language;

/// What the commands set in motion.
#[derive(Clone, Copy)]
pub struct Reach {
    /// What is to be opened.
    pub wanted: RwSignal<Option<Opened>>,
    /// The dialog of strategies.
    pub opening: RwSignal<bool>,
    /// The dialog of histories.
    pub choosing: RwSignal<bool>,
    /// The part that is shown on a phone.
    pub view: RwSignal<View>,
    /// Saves.
    pub save: Saving,
}

fn commands(lab: Lab, reach: Reach) -> Vec<Command> {
    let preferences = Preferences::here();
    let command = |name: Text, keys, run: Callback<()>| Command { name, keys, run };
    let terms = |terms| Callback::new(move |()| lab.terms.set(terms));
    let language = |language| Callback::new(move |()| preferences.language.set(language));
    let theme = |theme| Callback::new(move |()| preferences.theme.set(theme));
    let part = |view: View| {
        Callback::new(move |()| {
            reach.view.set(view);
            // Where all parts are shown, the page goes there.
            let place = document().query_selector(view.selector()).ok().flatten();
            if let Some(place) = place {
                place.scroll_into_view();
            }
        })
    };
    let save = move || {
        if lab.faults().is_empty() && !reach.save.is_busy() {
            reach.save.start();
        }
    };
    vec![
        command(
            words::NEW,
            "",
            Callback::new(move |()| reach.wanted.set(Some(Opened::New))),
        ),
        command(
            words::OPEN,
            "",
            Callback::new(move |()| reach.opening.set(true)),
        ),
        command(
            words::DATA,
            "",
            Callback::new(move |()| reach.choosing.set(true)),
        ),
        command(words::SAVE, "", Callback::new(move |()| untrack(save))),
        command(words::UNDO, "Ctrl Z", Callback::new(move |()| lab.undo())),
        command(words::REDO, "Ctrl Y", Callback::new(move |()| lab.redo())),
        command(words::TYPICAL, "", terms(Terms::Typical)),
        command(words::IDEAL, "", terms(Terms::Ideal)),
        command(words::STRATEGY, "", part(View::Strategy)),
        command(words::CHART, "", part(View::Chart)),
        command(words::RESULT, "", part(View::Result)),
        command(words::ENGLISH, "", language(Language::En)),
        command(words::INDONESIAN, "", language(Language::Id)),
        command(words::DARK, "", theme(Theme::Dark)),
        command(words::LIGHT, "", theme(Theme::Light)),
        command(words::SYSTEM, "", theme(Theme::System)),
    ]
}

/// The palette of the Lab.
#[component]
pub fn LabCommands(
    /// What the commands set in motion.
    reach: Reach,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let lab = Lab::here();
    view! {
        <Palette open>
            {Part::Dialogs.view(move || open.get(), move || part_dialogs_commands(lab, reach, open))}
        </Palette>
    }
}

#[inline(never)]
fn part_dialogs_commands(lab: Lab, reach: Reach, open: RwSignal<bool>) -> AnyView {
    view! { <Search commands=commands(lab, reach) open /> }.into_any()
}
