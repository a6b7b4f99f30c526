//! The stand-alone report, as a file to take along.

use super::{download, fault::told_short};
use crate::{
    components::{
        button::Button,
        toast::{News, Toaster},
    },
    engine::{Engine, State},
    pages::lab::state::Lab,
    part::Part,
    words::{Say, outcome as words},
};
use leptos::prelude::*;

/// Downloads the report of the document as it stands.
#[component]
pub(super) fn ReportButton() -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    let toaster = Toaster::here();
    let is_busy = RwSignal::new(false);
    let is_off = move || {
        is_busy.get()
            || !lab.faults().is_empty()
            || !lab.result().with(|state| matches!(state, State::Done(_)))
    };
    let write = move |_| {
        Part::Files.then(toaster, say, move || {
            part_files_write(lab, is_busy, say, toaster);
        });
    };
    let text = move || {
        say.language().text(match is_busy.get() {
            true => words::REPORT_BUSY,
            false => words::REPORT,
        })
    };
    view! {
        <Button disabled=Signal::derive(is_off) on_press=write title=say.say(words::REPORT_HINT)>
            {text}
        </Button>
    }
    .into_any()
}

#[inline(never)]
fn part_files_write(lab: Lab, is_busy: RwSignal<bool>, say: Say, toaster: Toaster) {
    let language = untrack(move || say.language());
    let Some(job) = untrack(move || lab.job(language)) else {
        return;
    };
    let history = job.history.clone();
    let name = untrack(move || lab.read(|document| document.name.clone()));
    let name = download::file_name(&name, &history.symbol, history.timeframe.name(), "html");
    is_busy.set(true);
    leptos::task::spawn_local(async move {
        let bad = match Engine.report(job).await {
            Ok(html) if download::save(&name, "text/html;charset=utf-8", &html) => None,
            Ok(_) => Some(language.text(words::NO_FILE).to_owned()),
            Err(fault) => Some(told_short(&fault, &history, language)),
        };
        if let Some(text) = bad {
            toaster.show(News::Bad, text);
        }
        // The panel may be gone meanwhile.
        let _ = is_busy.try_set(false);
    });
}
