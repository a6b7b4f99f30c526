//! The page's end of the worker.

use super::{
    message::{Answer, HistoryKey, ImportJob, Imported, Job, Outcome, Request, RunFault},
    post,
    queue::{LaneId, Queue},
};
use futures::channel::oneshot::Sender;
use js_sys::{ArrayBuffer, Function, Reflect, Uint8Array};
use leptos::prelude::*;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};
use trading::bar::Bars;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Response, Worker};

/// What a lane knows.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum State {
    /// Nothing was asked.
    #[default]
    Idle,
    /// An answer is on its way. What the last one was may still be shown.
    Waiting(Option<Arc<Outcome>>),
    /// The answer.
    Done(Arc<Outcome>),
    /// Why there is none.
    Failed(RunFault),
}

/// The engine beside this page; it starts its worker when first asked. On the server it is never
/// asked anything, because effects and handlers do not run there.
#[derive(Debug, Clone, Copy)]
pub struct Engine;

/// Questions of which only the newest matters, such as those of one panel.
#[derive(Debug, Clone, Copy)]
pub struct Lane {
    id: LaneId,
    state: RwSignal<State>,
}

#[derive(Debug, Default)]
struct Inner {
    worker: Option<Worker>,
    queue: Queue,
    lanes: BTreeMap<LaneId, RwSignal<State>>,
    next_lane: LaneId,
    /// Asked for, and there.
    asked: BTreeSet<HistoryKey>,
    loaded: BTreeSet<HistoryKey>,
    /// What the page itself draws.
    histories: BTreeMap<HistoryKey, Held>,
    /// Who waits for reports, in the order in which they asked.
    reports: VecDeque<Sender<Result<String, RunFault>>>,
    /// Who waits for files to be read.
    imports: VecDeque<Sender<Result<Imported, String>>>,
}

/// A history that the page has.
#[derive(Debug)]
struct Held {
    bars: Arc<Bars>,
    /// What the broker says of the symbol, where it is the broker's own.
    spec: Option<Vec<u8>>,
}

thread_local! {
    /// A page has one thread. In the reactive system's own store, which the server drops on
    /// whichever thread it likes, a worker could not lie.
    static INNER: RefCell<Inner> = RefCell::default();
}

/// The memory, for as long as `work` takes; `work` must not set signals, whose effects may ask.
fn with<T>(work: impl FnOnce(&mut Inner) -> T) -> T {
    INNER.with_borrow_mut(work)
}

impl State {
    /// The last outcome, also while the next one is on its way.
    pub fn outcome(&self) -> Option<&Arc<Outcome>> {
        match self {
            Self::Done(outcome) | Self::Waiting(Some(outcome)) => Some(outcome),
            _ => None,
        }
    }
}

impl Engine {
    /// The bars of a history once they are there, for charts; it comes with the first question that
    /// needs it.
    pub fn history(self, key: &HistoryKey) -> Option<Arc<Bars>> {
        with(|inner| inner.histories.get(key).map(|held| held.bars.clone()))
    }

    /// What the server says at a path, read from JSON; else a short reason.
    ///
    /// # Errors
    /// The status of the answer, or `-` where there was none.
    pub async fn json<T: serde::de::DeserializeOwned>(self, path: &str) -> Result<T, String> {
        let bytes = Uint8Array::new(&download(path).await?.into()).to_vec();
        serde_json::from_slice(&bytes).map_err(|error| error.to_string())
    }

    /// Reads a file of price history; from then on it is the history of its symbol and timeframe, for
    /// as long as this page is open. On failure says what is wrong, in the language of the job.
    ///
    /// # Errors
    /// What is wrong with the file, or [`None`] when the worker ended.
    pub async fn import(
        self,
        bytes: ArrayBuffer,
        file: ImportJob,
    ) -> Result<Imported, Option<String>> {
        let (tell, told) = futures::channel::oneshot::channel();
        with(|inner| inner.imports.push_back(tell));
        self.send(&Request::Import { file }, vec![bytes]);
        match told.await {
            Ok(outcome) => outcome.map_err(Some),
            Err(_) => Err(None),
        }
    }

    /// Takes the history of a broker and what that says of the symbol from where the server has them;
    /// from then on they are those of this symbol and timeframe, for as long as this page is open.
    /// The parts Files and Zones are there.
    ///
    /// # Errors
    /// The status of the answer, or `-` where there was none.
    pub async fn take_broker(
        self,
        history: HistoryKey,
        (bars_at, spec_at): (&str, &str),
    ) -> Result<(), String> {
        let spec = Uint8Array::new(&download(spec_at).await?.into()).to_vec();
        let bytes = Uint8Array::new(&download(bars_at).await?.into()).to_vec();
        let bars = protocol::bars::decode(&bytes).map_err(|fault| fault.to_string())?;
        let (bars, spec) = (Arc::new(bars), Some(spec));
        with(|inner| {
            inner.histories.insert(history.clone(), Held { bars, spec });
            inner.loaded.remove(&history);
            inner.asked.insert(history.clone());
        });
        self.fetch(history).await;
        Ok(())
    }

    /// Forgets a history that came from a broker: the server's takes its place again.
    pub fn forget(self, history: &HistoryKey) {
        with(|inner| {
            let held = inner.histories.get(history);
            if held.is_some_and(|held| held.spec.is_some()) {
                inner.histories.remove(history);
                inner.loaded.remove(history);
                inner.asked.remove(history);
            }
        });
    }

    /// The stand-alone report of a run, as a whole HTML document.
    pub async fn report(self, job: Job) -> Result<String, RunFault> {
        let (tell, told) = futures::channel::oneshot::channel();
        with(|inner| inner.reports.push_back(tell));
        self.send(&Request::Report { job }, Vec::new());
        told.await.unwrap_or(Err(RunFault::Stopped))
    }

    /// A new lane. It ends with the component that made it.
    pub fn lane(self) -> Lane {
        let state = RwSignal::new(State::Idle);
        let mut id = 0;
        if cfg!(feature = "hydrate") {
            id = with(|inner| {
                inner.next_lane += 1;
                inner.lanes.insert(inner.next_lane, state);
                inner.next_lane
            });
            on_cleanup(move || {
                with(|inner| inner.lanes.remove(&id));
            });
        }
        Lane { id, state }
    }

    /// Ends the worker in the middle of whatever it does; the next question starts another one.
    pub fn stop(self) {
        self.end(&RunFault::Stopped);
    }

    fn end(self, fault: &RunFault) {
        let over = with(|inner| {
            if let Some(worker) = inner.worker.take() {
                worker.terminate();
            }
            inner.asked.clear();
            inner.loaded.clear();
            inner.reports.clear();
            inner.imports.clear();
            inner.queue.clear()
        });
        for lane in over {
            self.tell(lane, State::Failed(fault.clone()));
        }
    }

    fn ask(self, lane: LaneId, job: Job) {
        let history = job.history.clone();
        let missing = job.needs.iter().copied().filter(|part| !part.is_here_now());
        for part in missing.collect::<Vec<_>>() {
            leptos::task::spawn_local(async move {
                match part.load().await {
                    Ok(()) => self.pump(),
                    Err(()) => self.give_up(|job| job.needs.contains(&part), &RunFault::Part),
                }
            });
        }
        let is_new = with(|inner| {
            inner.queue.push(lane, job);
            inner.asked.insert(history.clone())
        });
        if is_new {
            leptos::task::spawn_local(async move { self.fetch(history).await });
        } else {
            self.pump();
        }
    }

    /// Sends the next question, if one can be asked.
    fn pump(self) {
        let next = with(|Inner { queue, loaded, .. }| {
            queue.next(|job| {
                loaded.contains(&job.history) && job.needs.iter().all(|part| part.is_here_now())
            })
        });
        if let Some((id, job)) = next {
            self.send(&Request::Run { id, job }, Vec::new());
        }
    }

    fn send(self, request: &Request, parts: Vec<ArrayBuffer>) {
        let sent = self.worker().and_then(|worker| {
            let whole = post::pack(request, parts);
            worker.post_message_with_transfer(&whole, &whole).ok()
        });
        if sent.is_none() {
            self.end(&RunFault::Stopped);
        }
    }

    /// The worker, started if there is none. The start script made `phoenixWorker`, because it
    /// knows the names of the built files and holds the compiled module.
    fn worker(self) -> Option<Worker> {
        if let Some(worker) = with(|inner| inner.worker.clone()) {
            return Some(worker);
        }
        let make = Reflect::get(&js_sys::global(), &JsValue::from_str("phoenixWorker")).ok()?;
        let module = wasm_bindgen::module();
        let worker = make
            .dyn_ref::<Function>()?
            .call1(&JsValue::NULL, &module)
            .ok()?;
        let worker = worker.dyn_into::<Worker>().ok()?;
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            match post::unpack::<Answer>(&event.data()) {
                Some((answer, parts)) => self.hear(answer, &parts),
                // Whoever waits for it must not wait for ever.
                None => self.end(&RunFault::Stopped),
            }
        });
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        let fail = Closure::<dyn FnMut()>::new(move || self.end(&RunFault::Stopped));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        // Both live as long as the page, like the worker.
        hear.forget();
        fail.forget();
        with(|inner| inner.worker = Some(worker.clone()));
        Some(worker)
    }

    fn hear(self, answer: Answer, parts: &[Vec<u8>]) {
        match answer {
            Answer::Loaded { history, .. } => {
                with(|inner| inner.loaded.insert(history));
            }
            Answer::NotLoaded { history, why } => self.has_no(&history, &why),
            Answer::Done { id, outcome } => {
                if let Some(lane) = with(|inner| inner.queue.answered(id)) {
                    let done = |mut outcome: Box<Outcome>| {
                        let columns = parts.iter().map(|part| post::column(part));
                        outcome.put_columns(columns.collect());
                        State::Done(Arc::from(outcome))
                    };
                    self.tell(lane, outcome.map_or_else(State::Failed, done));
                }
            }
            Answer::Imported { outcome } => {
                if let (Ok(imported), Some(bytes)) = (&outcome, parts.first())
                    && let Ok(bars) = protocol::bars::decode(bytes)
                {
                    let key = imported.history.clone();
                    with(|inner| {
                        let (bars, spec) = (Arc::new(bars), None);
                        inner.histories.insert(key.clone(), Held { bars, spec });
                        inner.asked.insert(key.clone());
                        inner.loaded.insert(key);
                    });
                }
                if let Some(waiting) = with(|inner| inner.imports.pop_front()) {
                    // Whoever asked may be gone.
                    let _ = waiting.send(outcome);
                }
            }
            Answer::Reported { html } => {
                if let Some(waiting) = with(|inner| inner.reports.pop_front()) {
                    // Whoever asked may be gone.
                    let _ = waiting.send(html);
                }
            }
        }
        self.pump();
    }

    async fn fetch(self, history: HistoryKey) {
        // A worker that was started anew gets again what the page still has.
        if let Some(bars) = self.history(&history) {
            let bytes = protocol::bars::encode(&bars);
            let spec = with(|inner| inner.histories.get(&history)?.spec.clone());
            let buffer = |bytes: Vec<u8>| Uint8Array::from(bytes.as_slice()).buffer();
            let mut parts = vec![buffer(bytes)];
            parts.extend(spec.map(buffer));
            self.send(&Request::Load { history }, parts);
            return;
        }
        match download(&protocol::history::path(&history.symbol, history.timeframe)).await {
            Ok(bytes) => {
                let copy = Uint8Array::new(&bytes).to_vec();
                // The visitor may have given a file or taken their broker's meanwhile: that one holds.
                if with(|inner| inner.histories.contains_key(&history)) {
                    return;
                }
                if let Ok(bars) = protocol::bars::decode(&copy) {
                    let (bars, spec) = (Arc::new(bars), None);
                    with(|inner| inner.histories.insert(history.clone(), Held { bars, spec }));
                }
                self.send(&Request::Load { history }, vec![bytes]);
            }
            Err(why) => self.has_no(&history, &why),
        }
    }

    /// A history will not come: whoever waits for it is told, and the next question tries again.
    fn has_no(self, history: &HistoryKey, why: &str) {
        with(|inner| inner.asked.remove(history));
        let fault = RunFault::History {
            history: history.clone(),
            why: why.to_owned(),
        };
        self.give_up(|job| job.history == *history, &fault);
    }

    /// Tells whoever waits in vain why.
    fn give_up(self, waits: impl Fn(&Job) -> bool, fault: &RunFault) {
        for lane in with(|inner| inner.queue.give_up(waits)) {
            self.tell(lane, State::Failed(fault.clone()));
        }
    }

    fn tell(self, lane: LaneId, state: State) {
        let signal = with(|inner| inner.lanes.get(&lane).copied());
        if let Some(signal) = signal {
            signal.set(state);
        }
    }
}

impl Lane {
    /// Asks; an older question of this lane is forgotten. Call it in effects and handlers.
    pub fn run(self, job: Job) {
        self.state.update(|state| {
            *state = State::Waiting(match state {
                State::Done(outcome) => Some(outcome.clone()),
                State::Waiting(before) => before.take(),
                State::Idle | State::Failed(_) => None,
            });
        });
        Engine.ask(self.id, job);
    }

    /// What is known.
    pub fn state(self) -> Signal<State> {
        self.state.into()
    }
}

/// The bytes at a path, or a short reason.
async fn download(path: &str) -> Result<ArrayBuffer, String> {
    let none = |_| "-".to_owned();
    let response = JsFuture::from(window().fetch_with_str(path))
        .await
        .map_err(none)?;
    let response: Response = response.dyn_into().map_err(none)?;
    if !response.ok() {
        return Err(response.status().to_string());
    }
    let bytes = JsFuture::from(response.array_buffer().map_err(none)?)
        .await
        .map_err(none)?;
    bytes.dyn_into().map_err(none)
}
