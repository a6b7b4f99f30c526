//! Everything that can be done here, found by typing: Ctrl-K, or Cmd-K on a Mac.

use crate::{
    components::dialog::Dialog,
    words::{Say, Text, command as words},
};
use leptos::{ev, html, prelude::*};
use trading::language::Language;

/// A thing to do.
#[derive(Clone, Copy)]
pub struct Command {
    /// What it does.
    pub name: Text,
    /// The keys that do it anywhere, if there are any.
    pub keys: &'static str,
    /// Does it.
    pub run: Callback<()>,
}

/// Which commands have every word of the search, by their place.
fn matching(commands: &[Command], search: &str, language: Language) -> Vec<usize> {
    let search = search.to_lowercase();
    let has = |command: &Command| {
        let name = language.text(command.name).to_lowercase();
        search.split_whitespace().all(|word| name.contains(word))
    };
    let found = |(at, command)| has(command).then_some(at);
    commands.iter().enumerate().filter_map(found).collect()
}

/// The palette; it is open while `open` is true.
#[component]
pub fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What is in it: a [`Search`].
    children: Children,
) -> impl IntoView {
    let say = Say::here();
    listen(open);
    view! {
        <Dialog id="palette" title=say.say(words::COMMANDS) open>
            {children()}
        </Dialog>
    }
}

/// The commands, with a search.
#[component]
pub fn Search(
    /// What can be done.
    commands: Vec<Command>,
    /// Whether the palette is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let say = Say::here();
    let commands = StoredValue::new(commands);
    let search = RwSignal::new(String::new());
    // The place within what was found.
    let active = RwSignal::new(0_usize);
    let input = NodeRef::<html::Input>::new();
    let found =
        Memo::new(move |_| commands.with_value(|all| matching(all, &search.get(), say.language())));
    Effect::new(move |_| {
        if open.get() {
            search.set(String::new());
            active.set(0);
            // Once the browser has opened the dialog.
            request_animation_frame(move || {
                if let Some(input) = input.get_untracked() {
                    // Refused only where the element is gone.
                    let _ = input.focus();
                }
            });
        }
    });
    let run = move |at: usize| {
        open.set(false);
        let chosen = commands.with_value(|all| all.get(at).map(|command| command.run));
        // Once this dialog is closed: the command may open another.
        if let Some(chosen) = chosen {
            request_animation_frame(move || chosen.run(()));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        let step = |by: usize| active.update(|at| *at = (*at + by) % count.max(1));
        match event.key().as_str() {
            "ArrowDown" => step(1),
            "ArrowUp" => step(count.saturating_sub(1)),
            "Enter" => {
                let chosen =
                    found.with_untracked(|found| found.get(active.get_untracked()).copied());
                if let Some(chosen) = chosen {
                    run(chosen);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let option = move |(place, at): (usize, usize)| {
        let command = commands.with_value(|all| all[at]);
        let is_active = Memo::new(move |_| active.get() == place);
        view! {
            <li
                id=format!("command-{place}")
                role="option"
                aria-selected=move || is_active.get().to_string()
                on:click=move |_| run(at)
                on:mousemove=move |_| active.set(place)
            >
                <span>{move || say.language().text(command.name)}</span>
                <kbd>{command.keys}</kbd>
            </li>
        }
    };
    let list = move || {
        open.get().then(|| {
            found
                .get()
                .into_iter()
                .enumerate()
                .map(option)
                .collect_view()
        })
    };
    let nothing = move || {
        (open.get() && found.with(Vec::is_empty))
            .then(|| view! { <p class="hint">{say.say(words::NOTHING)}</p> })
    };
    view! {
        <input
            node_ref=input
            type="text"
            class="text-input"
            role="combobox"
            autocomplete="off"
            aria-expanded="true"
            aria-controls="commands"
            aria-activedescendant=move || format!("command-{}", active.get())
            aria-label=say.say(words::ASK)
            placeholder=say.say(words::ASK)
            prop:value=search
            on:input=move |event| {
                search.set(event_target_value(&event));
                active.set(0);
            }
            on:keydown=on_key
        />
        <ul id="commands" class="commands" role="listbox" aria-label=say.say(words::COMMANDS)>
            {list}
        </ul>
        <div aria-live="polite">{nothing}</div>
    }
}

/// Ctrl-K and Cmd-K, anywhere on the page.
fn listen(open: RwSignal<bool>) {
    if !cfg!(feature = "hydrate") {
        return;
    }
    let handle = window_event_listener(ev::keydown, move |event| {
        let is_asked = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
        if is_asked && event.key().eq_ignore_ascii_case("k") {
            // The browser would search the web.
            event.prevent_default();
            open.update(|open| *open = !*open);
        }
    });
    on_cleanup(move || handle.remove());
}

#[cfg(test)]
mod tests {
    use super::{Command, matching};
    use crate::words::command as words;
    use leptos::prelude::{Callback, Owner};
    use trading::language::Language::{En, Id};

    #[test]
    fn every_word_must_be_there() {
        Owner::new().with(|| {
            let all = [words::NEW, words::OPEN, words::UNDO].map(|name| Command {
                name,
                keys: "",
                run: Callback::new(|()| ()),
            });
            assert_eq!(matching(&all, "", En), [0, 1, 2]);
            assert_eq!(matching(&all, "STRATEGY new", En), [0]);
            assert_eq!(matching(&all, "buka", Id), [1]);
            assert!(matching(&all, "buka", En).is_empty());
        });
    }
}
