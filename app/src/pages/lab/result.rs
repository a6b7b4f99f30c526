//! What the chosen strategy came to, tested by the worker of this page.

use crate::{
    api::ApiError,
    components::{
        progress::Progress,
        skeleton::Skeleton,
        tabs::{TabPanel, Tabs},
    },
    engine::{Engine, HistoryKey, Job, Lane, Outcome, RunFault, State},
    words::{Say, amount, fill, lab, problem},
};
use leptos::prelude::*;
use protocol::run::Terms;
use trading::{indicator::Text, language::Language, strategy::validate};

const TABS: &str = "terms";
const IDEAL: &str = "ideal";
const TYPICAL: &str = "typical";

/// The result on ideal and on typical terms.
#[component]
pub fn ResultPanel(
    /// The document that is tested.
    document: Resource<Result<String, ApiError>>,
) -> impl IntoView {
    let say = Say::here();
    let selected = RwSignal::new(IDEAL);
    let (ideal, typical) = (Engine.lane(), Engine.lane());
    let name = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<ApiError>);
    Effect::new(move || match document.get() {
        None => {}
        Some(Err(error)) => refused.set(Some(error)),
        Some(Ok(text)) => {
            refused.set(None);
            // Its faults, if any, come back from the worker with their places.
            let Ok(read) = validate::validate(&text) else {
                return;
            };
            let history = HistoryKey {
                symbol: read.symbol.as_str().to_owned(),
                timeframe: read.timeframe,
            };
            name.set(read.name);
            for (lane, terms) in [(ideal, Terms::Ideal), (typical, Terms::Typical)] {
                lane.run(Job {
                    history: history.clone(),
                    terms,
                    document: text.clone(),
                    language: say.language(),
                });
            }
        }
    });
    let tabs = vec![
        (IDEAL, say.say(lab::IDEAL)),
        (TYPICAL, say.say(lab::TYPICAL)),
    ];
    let why = move || {
        let text = |error| problem::say(&error, say.language());
        refused
            .get()
            .map(|error| view! { <p class="notice" role="alert">{text(error)}</p> })
    };
    view! {
        <section class="panel" aria-labelledby="result-title">
            <h2 id="result-title">
                {say.say(lab::RESULT)} <span class="result-name">{name}</span>
            </h2>
            {why}
            <Tabs id=TABS label=say.say(lab::TERMS) tabs selected />
            <TabPanel id=TABS key=IDEAL selected>
                <p class="hint">{say.say(lab::IDEAL_HINT)}</p>
                <Numbers lane=ideal />
            </TabPanel>
            <TabPanel id=TABS key=TYPICAL selected>
                <p class="hint">{say.say(lab::TYPICAL_HINT)}</p>
                <Numbers lane=typical />
            </TabPanel>
        </section>
    }
}

/// What one lane knows.
#[component]
fn Numbers(lane: Lane) -> impl IntoView {
    let say = Say::here();
    move || match lane.state().get() {
        State::Idle => view! { <Skeleton lines=4 /> }.into_any(),
        State::Waiting(None) => view! {
            <Skeleton lines=4 />
            <Progress label=say.say(lab::TESTING) on_cancel=move |()| Engine.stop() />
        }
        .into_any(),
        // The last numbers stay until the new ones are there: nothing blinks.
        State::Waiting(Some(outcome)) => facts(say, &outcome, true).into_any(),
        State::Done(outcome) => facts(say, &outcome, false).into_any(),
        State::Failed(fault) => {
            let text = told(&fault, say.language());
            view! { <p class="notice" role="alert">{text}</p> }.into_any()
        }
    }
}

fn facts(say: Say, outcome: &Outcome, is_old: bool) -> impl IntoView + use<> {
    let language = say.language();
    let profit = format!(
        "{} {}",
        amount(language, outcome.headline.net_profit),
        outcome.currency
    );
    let is_loss = outcome.headline.net_profit < 0.0;
    let took = fill(
        language.text(lab::MILLISECONDS),
        &[language.number(outcome.elapsed_ms.round())],
    );
    let fact = |name: Text, id: &'static str, value: String| {
        view! {
            <div class="fact">
                <dt>{say.say(name)}</dt>
                <dd data-fact=id>{value}</dd>
            </div>
        }
    };
    view! {
        <dl class="facts" class:old=is_old aria-busy=is_old.to_string()>
            {fact(lab::TRADES, "trades", language.number(f64::from(outcome.headline.trades)))}
            <div class="fact" class:loss=is_loss class:profit=!is_loss>
                <dt>{say.say(lab::NET_PROFIT)}</dt>
                <dd data-fact="net-profit">{profit}</dd>
            </div>
            {fact(lab::BARS, "bars", language.number(outcome.bars as f64))}
            {fact(lab::TOOK, "took", took)}
        </dl>
    }
}

/// Why there is no result, and what to do.
fn told(fault: &RunFault, language: Language) -> String {
    let say = |text: Text, values: &[String]| fill(language.text(text), values);
    match fault {
        RunFault::Document { faults } => {
            let lines: Vec<String> = faults
                .iter()
                .map(|f| format!("{}: {} {}", f.pointer, f.message, f.hint))
                .collect();
            say(lab::FAULTY, &[lines.join(" ")])
        }
        RunFault::Plan { why } => say(lab::FAULTY, std::slice::from_ref(why)),
        RunFault::History { history, why } => {
            let symbol = history.symbol.clone();
            let timeframe = history.timeframe.name().to_owned();
            say(
                lab::NO_HISTORY,
                &[timeframe, symbol.clone(), why.clone(), symbol],
            )
        }
        RunFault::Terms { symbol } => say(lab::NO_TERMS, std::slice::from_ref(symbol)),
        RunFault::TooShort { bars } => say(lab::TOO_SHORT, &[language.number(*bars as f64)]),
        RunFault::Stopped => language.text(lab::STOPPED).to_owned(),
    }
}
