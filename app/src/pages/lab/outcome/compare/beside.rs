//! Both runs side by side: what was told first, every figure, and the differences.

use super::{
    difference::difference,
    keep::Kept,
    list::money,
    state::{Comparing, Other},
};
use crate::{
    components::{
        button::{Button, Tone},
        progress::Progress,
    },
    engine::{Engine, Headline, Outcome, State},
    pages::lab::{
        outcome::{
            Shown,
            fault::FaultNotice,
            standing::is_long,
            terms::name as terms_name,
            write::{NONE, fixed, maybe, moment, signed},
        },
        state::Lab,
    },
    words::{Say, fill, outcome as words},
};
use backtest::report::figure::{Figure, FigureGroup, FigureTone};
use leptos::prelude::*;
use trading::language::Language;

/// One run as it is compared.
struct Told {
    headline: Headline,
    currency: String,
    figures: Vec<FigureGroup>,
}

impl Told {
    fn of(outcome: &Outcome) -> Self {
        Self {
            headline: outcome.headline,
            currency: outcome.currency.clone(),
            figures: outcome.figures.clone(),
        }
    }

    fn kept(kept: &Kept, language: Language) -> Self {
        Self {
            headline: kept.headline,
            currency: kept.currency.clone(),
            // Figures are words: of another language, they would stand beside nothing.
            figures: if kept.language == language {
                kept.figures.clone()
            } else {
                Vec::new()
            },
        }
    }

    /// Every group, the brief one first.
    fn groups(&self, language: Language) -> Vec<FigureGroup> {
        let (h, l) = (&self.headline, language);
        let percent = |v: f64| format!("{}%", signed(l, v, 2));
        let tone = |value: Option<f64>| match value {
            Some(v) if v > 0.0 => FigureTone::Gain,
            Some(v) if v < 0.0 => FigureTone::Loss,
            _ => FigureTone::Plain,
        };
        let figure = |name, value, tone| Figure {
            name: l.text(name).to_owned(),
            hint: String::new(),
            value,
            detail: String::new(),
            tone,
        };
        let profit = format!("{} {}", signed(l, h.net_profit, 2), self.currency);
        let plain = FigureTone::Plain;
        let brief = FigureGroup {
            name: l.text(words::IN_BRIEF).to_owned(),
            figures: vec![
                figure(words::NET_PROFIT, profit, tone(Some(h.net_profit))),
                figure(
                    words::RETURN,
                    maybe(h.return_percent, percent),
                    tone(h.return_percent),
                ),
                figure(words::MAX_DRAWDOWN, percent(-h.max_drawdown_percent), plain),
                figure(
                    words::PROFIT_FACTOR,
                    maybe(h.profit_factor, |v| fixed(l, v, 2)),
                    plain,
                ),
                figure(words::TRADES, fixed(l, f64::from(h.trades), 0), plain),
                figure(
                    words::WIN_RATE,
                    maybe(h.win_rate_percent, |v| format!("{}%", fixed(l, v, 1))),
                    plain,
                ),
                figure(words::SHARPE, maybe(h.sharpe, |v| fixed(l, v, 2)), plain),
            ],
        };
        std::iter::once(brief)
            .chain(self.figures.iter().cloned())
            .collect()
    }
}

/// A figure of both; `None` where one of them does not have it.
struct Pair {
    name: String,
    now: Option<Figure>,
    then: Option<Figure>,
}

/// The groups of both, figure by figure; what only the kept one has comes last in its group.
fn pairs(now: Vec<FigureGroup>, mut then: Vec<FigureGroup>) -> Vec<(String, Vec<Pair>)> {
    let mut all = Vec::new();
    for group in now {
        let place = then.iter().position(|other| other.name == group.name);
        let mut others = place.map_or_else(Vec::new, |place| then.remove(place).figures);
        let mut rows: Vec<Pair> = Vec::new();
        for figure in group.figures {
            let place = others.iter().position(|other| other.name == figure.name);
            rows.push(Pair {
                name: figure.name.clone(),
                now: Some(figure),
                then: place.map(|place| others.remove(place)),
            });
        }
        rows.extend(others.into_iter().map(only_then));
        all.push((group.name, rows));
    }
    let rest = then.into_iter().map(|group| {
        (
            group.name,
            group.figures.into_iter().map(only_then).collect(),
        )
    });
    all.extend(rest);
    all
}

fn only_then(figure: Figure) -> Pair {
    Pair {
        name: figure.name.clone(),
        now: None,
        then: Some(figure),
    }
}

/// Both side by side.
#[component]
pub(super) fn Beside(
    /// What it is about.
    comparing: Comparing,
    /// The present outcome.
    outcome: Shown,
) -> impl IntoView {
    let say = Say::here();
    let state = comparing.state();
    let waits = Memo::new(move |_| state.with(|state| matches!(state, State::Waiting(_))));
    let is_long = is_long(waits.into());
    let other_outcome = move || comparing.done();
    let failed = Memo::new(move |_| {
        state.with(|state| match state {
            State::Failed(fault) => Some(fault.clone()),
            _ => None,
        })
    });
    let fault = move || {
        let fault = failed.get()?;
        // The compared run is tested on its own market, whatever the Lab's document names.
        let history = comparing.history()?;
        Some(view! { <FaultNotice fault again=move |()| comparing.run() history /> })
    };
    let progress = move || {
        is_long
            .get()
            .then(|| view! { <Progress label=say.say(words::TESTING) on_cancel=move |()| Engine.stop() /> })
    };
    let both = move || {
        let language = say.language();
        let other = comparing.other.get()?;
        let now = outcome.get().map(|outcome| Told::of(&outcome));
        let recomputed = other_outcome();
        let then = match (&recomputed, &other.kept) {
            (Some(outcome), _) => Told::of(outcome),
            (None, Some(kept)) if failed.with(Option::is_some) => Told::kept(kept, language),
            _ => return None,
        };
        let notes = notes(&other, recomputed.as_deref(), language);
        Some(table(say, &other, now, then, notes))
    };
    view! {
        <section class="beside" aria-labelledby="beside-title">
            <div class="beside-head">
                <h3 id="beside-title">{say.say(words::SIDE_BY_SIDE)}</h3>
                <Button tone=Tone::Quiet on_press=move |_| comparing.end()>
                    {say.say(words::ALONE)}
                </Button>
            </div>
            {progress}
            {fault}
            {both}
        </section>
    }
    .into_any()
}

/// What keeps the two from being compared fairly.
fn notes(other: &Other, recomputed: Option<&Outcome>, language: Language) -> Vec<String> {
    let lab = Lab::here();
    let facts = &other.summary.facts;
    let mut notes = Vec::new();
    if lab.terms.get() != facts.terms {
        notes.push(language.text(words::OTHER_TERMS).to_owned());
    }
    let history = lab.history();
    if (history.symbol.as_str(), history.timeframe) != (facts.symbol.as_str(), facts.timeframe) {
        let here = format!("{} {}", history.symbol, history.timeframe);
        let there = format!("{} {}", facts.symbol, facts.timeframe);
        notes.push(fill(language.text(words::OTHER_MARKET), &[here, there]));
    }
    match (recomputed, &other.kept) {
        (Some(outcome), Some(kept)) if !kept.is_as(outcome) => {
            let trades = fixed(language, f64::from(facts.trades), 0);
            let told = [money(language, facts), trades];
            notes.push(fill(language.text(words::HISTORY_CHANGED), &told));
        }
        (None, Some(_)) => notes.push(language.text(words::AS_KEPT).to_owned()),
        (_, None) => notes.push(language.text(words::DAMAGED).to_owned()),
        _ => {}
    }
    notes
}

fn table(say: Say, other: &Other, now: Option<Told>, then: Told, notes: Vec<String>) -> AnyView {
    let language = say.language();
    let lab = Lab::here();
    let groups = pairs(
        now.map(|now| now.groups(language)).unwrap_or_default(),
        then.groups(language),
    );
    let body = groups
        .into_iter()
        .map(|(name, rows)| {
            let rows = rows
                .into_iter()
                .map(|pair| row(language, &pair))
                .collect_view();
            view! {
                <tbody>
                    <tr class="beside-group">
                        <th scope="colgroup" colspan="4">{name}</th>
                    </tr>
                    {rows}
                </tbody>
            }
            .into_any()
        })
        .collect_view();
    let facts = &other.summary.facts;
    let name = lab.read(|document| document.name.clone());
    let notes = notes
        .into_iter()
        .map(|text| view! { <p class="notice outcome-notice">{text}</p> })
        .collect_view();
    view! {
        {notes}
        <div class="beside-place" role="group" aria-labelledby="beside-title" tabindex="0">
            <table class="beside-table">
                <caption class="unseen">{language.text(words::SIDE_BY_SIDE)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{language.text(words::FIGURE)}</th>
                        <th scope="col" class="numeric">
                            {language.text(words::PRESENT)}
                            <span class="beside-what">{name}</span>
                            <span class="beside-what">{language.text(terms_name(lab.terms.get()))}</span>
                        </th>
                        <th scope="col" class="numeric">
                            {language.text(words::THEN)} " " {moment(other.summary.created_at)} " UTC"
                            <span class="beside-what">{facts.name.clone()}</span>
                            <span class="beside-what">{language.text(terms_name(facts.terms))}</span>
                        </th>
                        <th scope="col" class="numeric">{language.text(words::DIFFERENCE)}</th>
                    </tr>
                </thead>
                {body}
            </table>
        </div>
    }
    .into_any()
}

fn row(language: Language, pair: &Pair) -> AnyView {
    let text = |figure: &Option<Figure>| {
        let figure = figure.as_ref();
        figure.map_or_else(|| NONE.to_owned(), |figure| figure.value.clone())
    };
    let class = |figure: &Option<Figure>| {
        let tone = figure
            .as_ref()
            .map_or(FigureTone::Plain, |figure| figure.tone);
        crate::pages::lab::outcome::statistics::tone_class(tone)
    };
    let (now, then) = (text(&pair.now), text(&pair.then));
    let is_same = now == then;
    let apart = match (is_same, &pair.now, &pair.then) {
        (true, ..) => "=".to_owned(),
        (false, Some(_), Some(_)) => {
            difference(language, &now, &then).unwrap_or_else(|| "≠".to_owned())
        }
        _ => NONE.to_owned(),
    };
    view! {
        <tr class:same=is_same>
            <th scope="row">{pair.name.clone()}</th>
            <td class="numeric"><span class=class(&pair.now)>{now}</span></td>
            <td class="numeric"><span class=class(&pair.then)>{then}</span></td>
            <td class="numeric">{apart}</td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{Figure, FigureGroup, FigureTone, pairs};

    fn group(name: &str, figures: &[&str]) -> FigureGroup {
        let figure = |name: &&str| Figure {
            name: (*name).to_owned(),
            hint: String::new(),
            value: "1".to_owned(),
            detail: String::new(),
            tone: FigureTone::Plain,
        };
        FigureGroup {
            name: name.to_owned(),
            figures: figures.iter().map(figure).collect(),
        }
    }

    #[test]
    fn figures_find_each_other_and_none_is_lost() {
        let now = vec![group("a", &["x", "y"]), group("b", &["z"])];
        let then = vec![group("a", &["y", "w"]), group("c", &["q"])];
        let told: Vec<String> = pairs(now, then)
            .iter()
            .flat_map(|(group, rows)| {
                rows.iter().map(move |row| {
                    let has = |figure: &Option<Figure>| u8::from(figure.is_some());
                    format!("{group}.{} {}{}", row.name, has(&row.now), has(&row.then))
                })
            })
            .collect();
        assert_eq!(told, ["a.x 10", "a.y 11", "a.w 01", "b.z 10", "c.q 01"]);
    }
}
