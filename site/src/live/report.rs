//! Reports: on the screen and on paper.

use super::{By, Numbers, ReportLine, ReportPage, Subject, part};
use crate::{
    Look,
    frame::{Page, document},
    part::{
        alert, empty,
        table::{self, cell, text},
    },
    words::{Text, amount, report as words},
};
use leptos::prelude::*;
use trading::time::Time;

/// The columns of numbers.
const COLUMNS: [Text; 9] = [
    words::NET,
    words::COMMISSION,
    words::SWAP,
    words::DEALS,
    words::TRADES,
    words::WIN_RATE,
    words::FACTOR,
    words::DRAWDOWN,
    words::TRANSFERS,
];

/// The last two columns are about accounts, not about strategies.
const fn count(by: By) -> usize {
    match by {
        By::Strategy => COLUMNS.len() - 2,
        By::Day | By::Week | By::Month => COLUMNS.len(),
    }
}

/// A report.
pub fn reports(look: &Look, page: &ReportPage) -> String {
    let kinds = By::ALL.map(|by| {
        let href = format!("/reports?by={}", by.name());
        (href, look.say(words::by(by)), by == page.by)
    });
    let lead = look.with(words::REPORTS_LEAD, &[&day(page.from), &day(page.to)]);
    let body = if page.lines.is_empty() {
        view! {
            <section class="panel live-part">
                {empty::empty(look.say(words::NONE), look.say(words::NONE_HINT))}
            </section>
        }
        .into_any()
    } else {
        view! {
            <section class="panel live-part" aria-labelledby="total-title">
                <h2 id="total-title">{look.say(words::TOTAL)}</h2>
                {totals(look, page)}
            </section>
            <section class="panel live-part" aria-labelledby="lines-title">
                <h2 id="lines-title">{look.say(words::LINES)}</h2>
                {lines(look, page)}
                <p class="hint">{look.say(words::NOTE)}</p>
            </section>
        }
        .into_any()
    };
    let later = page.later.clone().map(|href| {
        view! {
            <a class="button" href=href rel="next">
                {look.say(words::LATER)}
            </a>
        }
    });
    let content = view! {
        <div class="live report">
            <header class="live-head">
                <div>
                    <h1>{look.say(words::REPORTS)}</h1>
                    <p class="hint">{lead}</p>
                </div>
                <div class="live-state">
                    <a class="button" href=page.csv.clone() download="">
                        {look.say(words::CSV)}
                    </a>
                </div>
            </header>
            <div class="live-title">
                {part::choice(look.say(words::KIND), kinds.to_vec())}
                <nav class="report-moves" aria-label=look.say(words::MOVE)>
                    <a class="button" href=page.earlier.clone() rel="prev">
                        {look.say(words::EARLIER)}
                    </a>
                    {later}
                </nav>
            </div>
            {page.is_cut.then(|| alert::warn(look.say(words::CUT).to_owned()))}
            {body}
            <p class="hint no-print">{look.say(words::PRINT)}</p>
        </div>
    };
    let title = format!(
        "{} {} – {}",
        look.say(words::REPORTS),
        day(page.from),
        day(page.to)
    );
    document(look, Page::new(title), content.into_any())
}

fn totals(look: &Look, page: &ReportPage) -> AnyView {
    let columns: Vec<&'static str> = [words::CURRENCY]
        .into_iter()
        .chain(COLUMNS.into_iter().take(count(page.by)))
        .map(|name| look.say(name))
        .collect();
    let rows = page
        .totals
        .iter()
        .map(|(currency, numbers)| {
            let mut cells = vec![text(look.say(words::CURRENCY), currency)];
            cells.extend(
                cells_of(look, numbers, currency)
                    .into_iter()
                    .take(count(page.by)),
            );
            table::row(cells)
        })
        .collect();
    table::table(look.say(words::TOTAL), &columns, rows)
}

fn lines(look: &Look, page: &ReportPage) -> AnyView {
    let first = match page.by {
        By::Strategy => words::STRATEGY,
        By::Day | By::Week | By::Month => words::PERIOD,
    };
    let columns: Vec<&'static str> = [first, words::ACCOUNT]
        .into_iter()
        .chain(COLUMNS.into_iter().take(count(page.by)))
        .map(|name| look.say(name))
        .collect();
    let rows = page
        .lines
        .iter()
        .map(|line| {
            let mut cells = vec![
                subject(look, line),
                text(look.say(words::ACCOUNT), &line.account),
            ];
            let numbers = cells_of(look, &line.numbers, &line.currency);
            cells.extend(numbers.into_iter().take(count(page.by)));
            table::row(cells)
        })
        .collect();
    table::table(look.say(words::LINES), &columns, rows)
}

fn subject(look: &Look, line: &ReportLine) -> AnyView {
    match &line.subject {
        Subject::Period(start) => {
            let day = day(*start);
            let time = view! { <time datetime=day.clone()>{day.clone()}</time> };
            cell(look.say(words::PERIOD), time)
        }
        Subject::Strategy(name) => {
            let name = name.as_deref();
            text(
                look.say(words::STRATEGY),
                name.unwrap_or_else(|| look.say(words::NO_STRATEGY)),
            )
        }
    }
}

fn cells_of(look: &Look, numbers: &Numbers, currency: &str) -> Vec<AnyView> {
    let language = look.language;
    let dash = || "–".to_owned();
    let money = |value: f64| {
        if value == 0.0 {
            dash()
        } else {
            amount::gain(value, currency, language)
        }
    };
    let drawdown = numbers.drawdown.map_or_else(dash, |(depth, part)| {
        let depth = amount::amount(depth, currency, language);
        match part {
            Some(part) => format!("{depth} ({})", amount::percent(part, language)),
            None => depth,
        }
    });
    let rate = numbers.win_rate;
    let rate = rate.map_or_else(dash, |rate| amount::percent(rate, language));
    let factor = numbers.factor;
    let factor = factor.map_or_else(dash, |factor| amount::number(factor, 2, language));
    let values = [
        part::gain(look, numbers.net, currency),
        money(numbers.commission).into_any(),
        money(numbers.swap).into_any(),
        numbers.deals.to_string().into_any(),
        numbers.trades.to_string().into_any(),
        rate.into_any(),
        factor.into_any(),
        drawdown.into_any(),
        money(numbers.transfers).into_any(),
    ];
    COLUMNS
        .into_iter()
        .zip(values)
        .map(|(name, value)| part::numeric(look.say(name), value))
        .collect()
}

/// The date of a time.
fn day(time: Time) -> String {
    let mut exact = time.to_string();
    exact.truncate(10);
    exact
}
