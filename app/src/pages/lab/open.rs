//! Opening another strategy: one's own, or one that comes with Phoenix.

use super::{
    designer::new_document, opened::Opened, own::OwnStrategies, ready::ReadyStrategies, state::Lab,
};
use crate::{
    api::{self, ApiError},
    components::{
        button::{Button, Tone},
        dialog::Dialog,
        tabs::{TabPanel, Tabs},
        toast::{News, Toaster},
    },
    part::Part,
    words::{Say, lab as words, part, problem},
};
use leptos::prelude::*;
use protocol::problem::ProblemKind;
use trading::{
    language::Language,
    strategy::{Document, validate},
};

const TABS: &str = "open";
const READY: &str = "ready";
const OWN: &str = "own";

/// The dialog.
#[component]
pub fn OpenDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Called with what was chosen.
    #[prop(into)]
    on_choose: Callback<Opened>,
) -> impl IntoView {
    let say = Say::here();
    let choose = Callback::new(move |wanted: Opened| {
        open.set(false);
        on_choose.run(wanted);
    });
    view! {
        <Dialog id="open" title=say.say(words::OPEN_TITLE) open wide=true>
            {Part::Dialogs.view(move || open.get(), move || part_dialogs_open(open, choose))}
        </Dialog>
    }
}

#[inline(never)]
fn part_dialogs_open(open: RwSignal<bool>, choose: Callback<Opened>) -> AnyView {
    let say = Say::here();
    let selected = RwSignal::new(READY);
    let tabs = vec![(READY, say.say(words::READY)), (OWN, say.say(words::YOURS))];
    view! {
        <Tabs id=TABS label=say.say(words::OPEN_TITLE) tabs selected />
        <TabPanel id=TABS key=READY selected>
            <ReadyStrategies on_open=choose />
        </TabPanel>
        <TabPanel id=TABS key=OWN selected>
            // Asked anew whenever the dialog opens: another tab may have saved something.
            <OwnStrategies on_open=choose asked=open />
        </TabPanel>
    }
    .into_any()
}

/// Asks before changes are lost that were not saved; then opens what was asked for. The signal is
/// set by whoever wants something opened.
#[component]
pub fn Leaving(
    /// What is to be opened.
    wanted: RwSignal<Option<Opened>>,
) -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    let what = open_what(lab);
    let asking = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(next) = wanted.get() else {
            return;
        };
        if lab.is_changed_untracked() {
            asking.set(true);
        } else {
            wanted.set(None);
            what.run(next);
        }
    });
    Effect::new(move |_| {
        if !asking.get() {
            wanted.set(None);
        }
    });
    let discard = move |_| {
        if let Some(next) = wanted.get_untracked() {
            what.run(next);
        }
        asking.set(false);
    };
    let name = say.with(words::LEAVE_WHAT, move |_| {
        [lab.read(|document| document.name.clone())]
    });
    view! {
        <Dialog id="leave" title=say.say(words::LEAVE_TITLE) open=asking>
            <p>{name}</p>
            <Button tone=Tone::Danger on_press=discard>{say.say(words::LEAVE_NOW)}</Button>
        </Dialog>
    }
}

/// Fetches a strategy and opens it in the Lab; a failure is told as a message. What was asked for
/// before something else was is not opened any more.
pub fn open_what(lab: Lab) -> Callback<Opened> {
    let say = Say::here();
    let toaster = Toaster::here();
    let asked = StoredValue::new(0_u32);
    Callback::new(move |wanted: Opened| {
        asked.update_value(|asked| *asked += 1);
        let (mine, turns) = (asked.get_value(), untrack(|| lab.turns()));
        let is_wanted =
            move || asked.try_get_value() == Some(mine) && untrack(|| lab.turns()) == turns;
        if wanted == Opened::New {
            let document = new_document(untrack(move || say.language()));
            lab.open(document, None, wanted);
            return;
        }
        Part::Dialogs.then(toaster, say, move || {
            if is_wanted() {
                part_dialogs_fetch(lab, wanted, Box::new(is_wanted), say, toaster);
            }
        });
    })
}

#[inline(never)]
fn part_dialogs_fetch(
    lab: Lab,
    wanted: Opened,
    is_wanted: Box<dyn Fn() -> bool>,
    say: Say,
    toaster: Toaster,
) {
    leptos::task::spawn_local(async move {
        let language = untrack(move || say.language());
        // The document may name any zone.
        if Part::Zones.load().await.is_err() {
            toaster.show(News::Bad, language.text(part::NOT_DONE).to_owned());
            return;
        }
        let found = fetch(wanted.clone(), language).await;
        if !is_wanted() {
            return;
        }
        match found {
            Ok((document, saved)) => lab.open(document, saved, wanted),
            Err(error) => {
                toaster.show(News::Bad, problem::say(&error, language));
            }
        }
    });
}

type Found = (Document, Option<protocol::strategy::StrategySummary>);

async fn fetch(wanted: Opened, language: Language) -> Result<Found, ApiError> {
    let (text, saved) = match wanted {
        Opened::Own(id) => {
            let saved = api::load_strategy(id).await?;
            (saved.document, Some(saved.summary))
        }
        Opened::New => return Ok((new_document(language), None)),
        Opened::Ready(slug) => (api::load_ready_strategy(slug).await?, None),
    };
    let document = validate::validate(&text).map_err(|faults| {
        // Saved strategies were checked when they were saved: an older version of Phoenix did it.
        ApiError::Problem(protocol::problem::Problem {
            kind: ProblemKind::Invalid,
            detail: faults
                .first()
                .map(|fault| fault.text(language).message)
                .unwrap_or_default(),
            reference: String::new(),
        })
    })?;
    Ok((document, saved))
}
