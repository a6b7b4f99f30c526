//! The designer: the strategy as blocks that read as sentences, and the same document as JSON.

pub mod choose;
pub mod condition;
pub mod distance;
pub mod exits;
pub mod filters;
pub mod head;
pub mod indicators;
pub mod json;
pub mod keys;
pub mod line;
pub mod number;
pub mod operand;
pub mod parameters;
pub mod parts;
pub mod pen;
pub mod picker;
pub mod place;
pub mod series;
pub mod size;
pub mod tree;
pub mod typed;
pub mod walk;

use crate::{
    components::tabs::{TabPanel, Tabs},
    pages::lab::state::Lab,
    part::{Part, Stage},
    words::{Say, Text, designer as words},
};
use leptos::prelude::*;
use parts::fault;
use pen::Pen;
use trading::{
    language::Language,
    strategy::{
        Document,
        document::{Rules, VERSION},
        exit::Exits,
        filter::Filters,
        limit::Limits,
        number::Number,
        sizing::Sizing,
    },
    symbol::Symbol,
    timeframe::Timeframe,
};
use tree::Root;

/// What a new strategy begins with: gold, hourly, no rules yet, a tenth of a lot.
///
/// # Panics
/// Never: the symbol's name is one.
pub fn new_document(language: Language) -> Document {
    Document {
        schema: None,
        version: VERSION,
        name: language.text(words::NEW_STRATEGY).to_owned(),
        description: String::new(),
        symbol: gold(),
        timeframe: Timeframe::H1,
        time_zone: "UTC".to_owned(),
        parameters: std::collections::BTreeMap::new(),
        indicators: std::collections::BTreeMap::new(),
        entry: Rules::default(),
        filters: Filters::default(),
        exits: Exits::default(),
        sizing: Sizing::FixedLots(Number::Literal(0.1)),
        limits: Limits::default(),
    }
}

#[allow(clippy::expect_used, reason = "a constant that a test reads")]
fn gold() -> Symbol {
    "XAUUSD".parse().expect("the name of a symbol")
}

/// A part of the strategy with its heading.
fn part(name: Text, class: &'static str, content: AnyView) -> AnyView {
    let say = Say::here();
    view! {
        <section class=class aria-label=say.say(name)>
            <h3>{say.say(name)}</h3>
            {content}
        </section>
    }
    .into_any()
}

/// A part that most strategies do without: folded, with how much of it is in use.
fn folded(
    name: Text,
    class: &'static str,
    pointer: &'static str,
    count: impl Fn(&Document) -> usize + Send + Sync + 'static,
    content: fn() -> AnyView,
) -> AnyView {
    let say = Say::here();
    let is_open = RwSignal::new(false);
    // Made when it is opened, or as soon as it can be: a fault may lead there.
    let is_wanted = move || is_open.get() || Part::Designer.stage() == Stage::Here;
    let lab = Pen::here().lab;
    let count = Memo::new(move |_| lab.read(&count));
    let in_use = move || {
        let count = count.get();
        (count > 0).then(|| view! { <span class="count">{count}</span> })
    };
    view! {
        <details class=class data-at=pointer on:toggle=move |_| is_open.set(true)>
            <summary>
                <h3>{say.say(name)}</h3>
                {in_use}
            </summary>
            <div class="part-body">{Part::Designer.view(is_wanted, content)}</div>
        </details>
    }
    .into_any()
}

/// Edits the Lab's document.
#[component]
pub fn Designer() -> impl IntoView {
    let say = Say::here();
    let pen = Pen::provide(Lab::here());
    keys::listen(pen);
    let tabs = vec![
        ("blocks", say.say(words::BLOCKS)),
        ("json", say.say(words::JSON)),
    ];
    view! {
        <section
            class="designer"
            aria-label=say.say(words::DESIGNER)
            on:keydown=move |event| keys::steer(pen, &event)
        >
            <h2 class="unseen">{say.say(words::DESIGNER)}</h2>
            {head::head()}
            {head::sentence()}
            {head::faults()}
            <Tabs id="designer" label=say.say(words::VIEWS) tabs selected=pen.tab />
            <TabPanel id="designer" key="blocks" selected=pen.tab>
                {blocks()}
            </TabPanel>
            <TabPanel id="designer" key="json" selected=pen.tab>
                {Part::Designer.view(move || pen.tab.get() == "json", json::part_designer_json)}
            </TabPanel>
        </section>
    }
    .into_any()
}

fn blocks() -> AnyView {
    let buy = condition::rule(Root::Buy, words::BUY_WHEN, words::BUY, words::NO_BUY);
    let sell = condition::rule(Root::Sell, words::SELL_WHEN, words::SELL, words::NO_SELL);
    let entry = view! {
        <div class="rules" data-at="/entry">
            {buy} {sell} {fault(Signal::stored("/entry".to_owned()), true)}
        </div>
    };
    view! {
        <div class="parts">
            {part(words::INDICATORS, "part", indicators::indicators())}
            {part(words::ENTRY, "part", entry.into_any())}
            {part(words::EXITS, "part exits", exits::exits())}
            {part(words::SIZE, "part", size::size())}
            {folded(
                words::FILTERS,
                "part fold-part",
                "/filters",
                |document| {
                    let filters = &document.filters;
                    [
                        filters.session.is_some(),
                        filters.max_spread.is_some(),
                        filters.cooldown_after_loss.is_some(),
                        filters.news.is_some(),
                    ]
                        .into_iter()
                        .filter(|is_on| *is_on)
                        .count()
                },
                filters::part_designer_filters,
            )}
            {folded(
                words::LIMITS,
                "part fold-part",
                "/limits",
                |document| {
                    let limits = &document.limits;
                    1 + usize::from(limits.max_trades_per_day.is_some())
                        + usize::from(limits.max_daily_loss.is_some())
                },
                size::part_designer_limits,
            )}
            {folded(
                words::PARAMETERS,
                "part fold-part parameters",
                "/parameters",
                |document| document.parameters.len(),
                parameters::part_designer_parameters,
            )}
            {folded(
                words::NOTES,
                "part fold-part",
                "/description",
                |document| usize::from(!document.description.is_empty()),
                head::part_designer_notes,
            )}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{Language, new_document};
    use trading::strategy::validate::check;

    #[test]
    fn a_new_strategy_lacks_only_its_rules() {
        for language in Language::ALL {
            let faults = check(&new_document(language));
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert_eq!(faults[0].pointer, "/entry");
        }
        let [en, id] = Language::ALL.map(new_document);
        assert_ne!(en.name, id.name);
    }
}
