//! Parts of the module that come after the page: what is behind dialogs and tabs, and what the
//! worker does seldom. `tools/web/src/split.rs` cuts them out by name: a function that is the only
//! way to something, named `part_PART_…` and never inlined, is where a part begins.
//!
//! Such a function may be called only when its part is there: [`Part::view`] and [`Part::then`] see
//! to that. On the server everything is one program, and what a part shows is not rendered.

use crate::{
    components::{
        skeleton::Skeleton,
        toast::{News, Toaster},
    },
    words::{Say, part as words},
};
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use std::time::Duration;
use trading::{indicator, strategy::Document, zone::Zone};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A pause after the first result: then what may be wanted next is fetched.
const PAUSE: Duration = Duration::from_millis(800);

/// A part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Dialogs; saving and opening.
    Dialogs,
    /// Months, trades and comparison.
    Tables,
    /// What is folded in the designer; the document as JSON text.
    Designer,
    /// Reading price files and writing reports.
    Files,
    /// The database of time zones.
    Zones,
    /// The indicators that most strategies do without.
    Indicators,
}

/// How far a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nobody asked for it.
    Absent,
    /// It is on its way.
    Coming,
    /// It can be used.
    Here,
    /// It did not come.
    Failed,
}

thread_local! {
    /// How far each part is. A page has one thread; the signals live as long as it does.
    static STAGES: [ArcRwSignal<Stage>; Part::ALL.len()] =
        std::array::from_fn(|_| ArcRwSignal::new(Stage::Absent));
}

impl Part {
    const ALL: [Self; 6] = [
        Self::Dialogs,
        Self::Tables,
        Self::Designer,
        Self::Files,
        Self::Zones,
        Self::Indicators,
    ];

    /// What a document needs that is not in every strategy.
    pub fn needed_by(document: &Document) -> Vec<Self> {
        let mut kinds = document.indicators.values().map(|found| &found.kind);
        let is_seldom = kinds.any(|kind| !indicator::is_common(kind));
        let is_elsewhere = !document.zones().all(Zone::is_plain);
        let zones = is_elsewhere.then_some(Self::Zones);
        let indicators = is_seldom.then_some(Self::Indicators);
        zones.into_iter().chain(indicators).collect()
    }

    /// What a document may need that was not read yet.
    pub fn needed_by_any() -> Vec<Self> {
        vec![Self::Zones, Self::Indicators]
    }

    /// Its name, as in the names of its functions.
    const fn name(self) -> &'static str {
        match self {
            Self::Dialogs => "dialogs",
            Self::Tables => "tables",
            Self::Designer => "designer",
            Self::Files => "files",
            Self::Zones => "zones",
            Self::Indicators => "indicators",
        }
    }

    fn signal(self) -> ArcRwSignal<Stage> {
        STAGES.with(|stages| stages[self as usize].clone())
    }

    /// How far it is.
    pub fn stage(self) -> Stage {
        // On the server a page is made on any thread and is gone soon: nothing of it may be kept.
        if cfg!(feature = "hydrate") {
            self.signal().get()
        } else {
            Stage::Absent
        }
    }

    /// Whether what is of it may be called.
    pub fn is_here(self) -> bool {
        !cfg!(feature = "hydrate") || self.stage() == Stage::Here
    }

    /// The same for handlers.
    pub fn is_here_now(self) -> bool {
        untrack(move || self.is_here())
    }

    /// Fetches it, if it is not here.
    ///
    /// # Errors
    /// When it did not come; asking again tries again.
    pub async fn load(self) -> Result<(), ()> {
        let signal = self.signal();
        if signal.get_untracked() == Stage::Here {
            return Ok(());
        }
        signal.set(Stage::Coming);
        let came = fetch(self.name()).await;
        if let Err(why) = &came {
            leptos::logging::error!("part {}: {why:?}", self.name());
        }
        let stage = came.as_ref().map_or(Stage::Failed, |_| Stage::Here);
        if signal.get_untracked() != stage {
            signal.set(stage);
        }
        came.map_err(|_| ())
    }

    /// Asks for it, without waiting.
    pub fn ask(self) {
        leptos::task::spawn_local(async move {
            // Whoever wants it sees its stage.
            let _ = self.load().await;
        });
    }

    /// Does something of this part, once it is there. When it does not come, a message says so.
    pub fn then(self, toaster: Toaster, say: Say, act: impl FnOnce() + 'static) {
        if cfg!(feature = "hydrate") && self.signal().get_untracked() == Stage::Here {
            act();
            return;
        }
        leptos::task::spawn_local(async move {
            match self.load().await {
                Ok(()) => act(),
                Err(()) => {
                    let text = untrack(move || say.language()).text(words::NOT_DONE);
                    toaster.show(News::Bad, text.to_owned());
                }
            }
        });
    }

    /// What `make` shows, from the first time on that `wanted` is true. Meanwhile, and when the part
    /// does not come, what happened.
    pub fn view(
        self,
        wanted: impl Fn() -> bool + Send + Sync + 'static,
        make: impl Fn() -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        let is_wanted = Memo::new(move |before: Option<&bool>| before == Some(&true) || wanted());
        Effect::new(move |_| {
            if is_wanted.get() && self.signal().get_untracked() != Stage::Here {
                self.ask();
            }
        });
        let stage = Memo::new(move |_| (is_wanted.get(), self.stage()));
        (move || match stage.get() {
            (false, _) => ().into_any(),
            (true, Stage::Here) => make(),
            (true, Stage::Failed) => self.failed(),
            (true, _) => view! { <div class="part-wait"><Skeleton lines=4 /></div> }.into_any(),
        })
        .into_any()
    }

    fn failed(self) -> AnyView {
        let say = Say::here();
        view! {
            <div class="notice" role="alert">
                <p>{say.say(words::FAILED)}</p>
                <button type="button" class="button" on:click=move |_| self.ask()>
                    {say.say(words::RETRY)}
                </button>
            </div>
        }
        .into_any()
    }
}

/// Fetches what may be wanted next, once `first` is true and the page has had a moment to draw.
/// Visitors who save data wait instead.
pub fn fetch_ahead(first: impl Fn() -> bool + Send + Sync + 'static) {
    Effect::new(move |done: Option<bool>| {
        let is_time = done != Some(true) && first();
        if is_time && !saves_data() {
            set_timeout(|| Part::ALL.into_iter().for_each(Part::ask), PAUSE);
        }
        is_time || done == Some(true)
    });
}

fn saves_data() -> bool {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &JsValue::from_str(name)).ok();
    get(&js_sys::global(), "navigator")
        .and_then(|navigator| get(&navigator, "connection"))
        .filter(JsValue::is_object)
        .and_then(|connection| get(&connection, "saveData"))
        .is_some_and(|saves| saves.is_truthy())
}

/// The start script made `phoenixPart`, because it knows the names of the built files.
async fn fetch(name: &str) -> Result<(), JsValue> {
    let load = Reflect::get(&js_sys::global(), &JsValue::from_str("phoenixPart"))?;
    let load: Function = load.dyn_into()?;
    let promise: Promise = load
        .call1(&JsValue::NULL, &JsValue::from_str(name))?
        .dyn_into()?;
    JsFuture::from(promise).await.map(drop)
}
