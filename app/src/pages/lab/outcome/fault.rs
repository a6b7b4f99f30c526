//! Why there is no result: what happened, where, and what to do next.

use crate::{
    components::button::Button,
    engine::{HistoryKey, Place, RunFault, message::BEYOND},
    pages::lab::state::Lab,
    words::{Say, fill, outcome as words, part, problem::with_detail},
};
use leptos::prelude::*;
use protocol::bars::BarsFault;
use trading::{indicator::Text, language::Language};

/// A fault with its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// What happened, and what to do about it.
    pub(super) text: String,
    /// Where, for faults of a document.
    pub(super) places: Vec<Place>,
    /// Whether the same test may come to something when it is run once more.
    pub(super) is_worth_another_try: bool,
}

/// A fault in a language. `history` is what the test was asked to run on.
pub(super) fn told(fault: &RunFault, history: &HistoryKey, language: Language) -> Told {
    let say = |text: Text, values: &[String]| fill(language.text(text), values);
    let market = |of: &HistoryKey| (of.timeframe.name().to_owned(), of.symbol.clone());
    let mut places = Vec::new();
    let mut is_worth_another_try = false;
    let text = match fault {
        RunFault::Document { faults } => {
            places.clone_from(faults);
            say(words::FAULT_DOCUMENT, &[])
        }
        // Every document that passes the checks compiles: what is told here is a fault of ours.
        RunFault::Plan { why } => with_detail(words::FAULT_PLAN, why, language),
        // The server says so when it has none.
        RunFault::History { history, why } if why == "404" => {
            let (timeframe, symbol) = market(history);
            say(words::FAULT_NO_HISTORY, &[timeframe, symbol])
        }
        RunFault::History { history, why } if why == BEYOND => {
            let (timeframe, symbol) = market(history);
            say(words::FAULT_BEYOND, &[timeframe, symbol])
        }
        RunFault::History { history, why } => {
            is_worth_another_try = true;
            let (timeframe, symbol) = market(history);
            let why = not_loaded(why, language);
            say(words::FAULT_HISTORY, &[timeframe, symbol, why])
        }
        RunFault::Terms { symbol } => say(words::FAULT_TERMS, std::slice::from_ref(symbol)),
        RunFault::TooShort { bars } => {
            let (timeframe, symbol) = market(history);
            let bars = language.number(*bars as f64);
            say(words::FAULT_SHORT, &[timeframe, symbol, bars])
        }
        RunFault::Part => {
            is_worth_another_try = true;
            say(part::NOT_TESTED, &[])
        }
        RunFault::Stopped => {
            is_worth_another_try = true;
            say(words::FAULT_STOPPED, &[])
        }
    };
    Told {
        text,
        places,
        is_worth_another_try,
    }
}

/// Why a history did not come, and what to do. The page's end of the engine gives the status of the
/// answer, "-" for none, or what is wrong with the bytes.
fn not_loaded(why: &str, language: Language) -> String {
    let is = |fault: BarsFault| why == fault.to_string();
    if why.is_empty() || why == "-" {
        return language.text(words::NO_ANSWER).to_owned();
    }
    if why.parse::<u16>().is_ok() {
        return fill(language.text(words::BAD_ANSWER), &[why.to_owned()]);
    }
    if is(BarsFault::Unknown) {
        return language.text(words::NOT_BARS).to_owned();
    }
    if is(BarsFault::Length) || is(BarsFault::Damaged) {
        return language.text(words::DAMAGED_BARS).to_owned();
    }
    with_detail(words::NOT_LOADED, why, language)
}

/// The same in one text, for where there is no room for a list.
pub(super) fn told_short(fault: &RunFault, history: &HistoryKey, language: Language) -> String {
    let told = told(fault, history, language);
    let places = told
        .places
        .iter()
        .map(|place| format!("\n{}: {} {}", place.pointer, place.message, place.hint));
    std::iter::once(told.text.clone()).chain(places).collect()
}

/// The notice of a fault.
#[component]
pub(super) fn FaultNotice(
    /// The fault.
    fault: RunFault,
    /// Runs the same once more.
    #[prop(into)]
    again: Callback<()>,
    /// What the test was asked to run on; by default what the document in the Lab is tested on.
    #[prop(optional)]
    history: Option<HistoryKey>,
) -> impl IntoView {
    let say = Say::here();
    let history = history.unwrap_or_else(|| untrack(|| Lab::here().history()));
    move || {
        let told = told(&fault, &history, say.language());
        let place = |place: Place| {
            let pointer = if place.pointer.is_empty() {
                "/".to_owned()
            } else {
                place.pointer
            };
            view! { <li><code>{pointer}</code> " " {place.message} " " {place.hint}</li> }
        };
        let places = (!told.places.is_empty()).then(|| {
            let all = told.places.into_iter().map(place).collect_view();
            view! { <ul class="notice-places">{all}</ul> }
        });
        let retry = told.is_worth_another_try.then(|| {
            view! {
                <Button on_press=move |_| again.run(())>{say.say(words::TRY_AGAIN)}</Button>
            }
        });
        view! {
            <div class="notice outcome-notice" role="alert">
                <p>{told.text}</p>
                {places}
                {retry}
            </div>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::{BEYOND, BarsFault, HistoryKey, Language, Place, RunFault, told, told_short};
    use trading::timeframe::Timeframe;

    fn key() -> HistoryKey {
        HistoryKey {
            symbol: "EURUSD".to_owned(),
            timeframe: Timeframe::H1,
        }
    }

    fn every() -> Vec<RunFault> {
        let history = |why: &str| RunFault::History {
            history: key(),
            why: why.to_owned(),
        };
        vec![
            RunFault::Document {
                faults: vec![Place {
                    pointer: "/entry/long".to_owned(),
                    code: "x".to_owned(),
                    message: "What.".to_owned(),
                    hint: "Do.".to_owned(),
                }],
            },
            RunFault::Plan {
                why: "too many indicators.".to_owned(),
            },
            history("404"),
            history("-"),
            history(&BarsFault::Damaged.to_string()),
            RunFault::Terms {
                symbol: "EURUSD".to_owned(),
            },
            RunFault::TooShort { bars: 1_200 },
            RunFault::Stopped,
            history("503"),
            history(&BarsFault::Unknown.to_string()),
            history(&BarsFault::Length.to_string()),
            history(BEYOND),
        ]
    }

    #[test]
    fn every_fault_is_a_whole_sentence_in_both_languages() {
        for fault in every() {
            let [en, id] = Language::ALL.map(|language| told_short(&fault, &key(), language));
            assert_ne!(en, id);
            for text in [en, id] {
                assert!(!text.contains("{}") && !text.contains(".."), "{text}");
            }
        }
    }

    #[test]
    fn places_and_markets_are_named() {
        let all = every();
        let say = |place: usize| told_short(&all[place], &key(), Language::En);
        assert!(say(0).contains("/entry/long: What. Do."));
        assert!(say(2).contains("H1 history of EURUSD") && say(2).contains("Data…"));
        assert!(say(3).contains("no answer"));
        assert!(say(8).contains("status 503"));
        assert!(say(6).contains("1,200 bars"));
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let tries: Vec<bool> = every()
            .iter()
            .map(|fault| told(fault, &key(), Language::En).is_worth_another_try)
            .collect();
        let wanted = [
            false, false, false, true, true, false, false, true, true, true, true, false,
        ];
        assert_eq!(tries, wanted);
    }

    #[test]
    fn what_has_words_is_told_in_them_alone() {
        // English in the Indonesian text, but for what has no words.
        for fault in every() {
            let id = told_short(&fault, &key(), Language::Id);
            let is_plan = matches!(fault, RunFault::Plan { .. });
            assert_eq!(id.contains("Rincian teknis: too many"), is_plan, "{id}");
            assert!(!id.contains("the bars") && !id.contains("beyond"), "{id}");
        }
        let odd = RunFault::History {
            history: key(),
            why: "out of paper".to_owned(),
        };
        let id = told_short(&odd, &key(), Language::Id);
        assert!(
            id.ends_with("coba lagi. Rincian teknis: out of paper"),
            "{id}"
        );
    }
}
