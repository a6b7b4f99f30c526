//! A report as a file: RFC 4180, in the same words whatever the language, numbers as they are.

use super::report::{Asked, Reckoned, reckon, without};
use crate::{
    report::{Group, day_text},
    serve::visit::Member,
    trades_csv::rounded,
};
use axum::{
    extract::Query,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use std::cmp::Reverse;

const HEADER: [&str; 17] = [
    "from",
    "strategy",
    "strategy_id",
    "login",
    "server",
    "currency",
    "net_profit",
    "profit",
    "commission_and_fees",
    "swap",
    "deals",
    "trades",
    "win_rate",
    "profit_factor",
    "max_drawdown",
    "max_drawdown_part",
    "deposits_and_withdrawals",
];

/// The last row of a report that was cut, in its first column.
const CUT: &str = "incomplete: there is more than can be added up at once and the latest part is \
                   missing; choose a report of a shorter period";

pub(super) async fn file(member: Member, Query(asked): Query<Asked>) -> Response {
    let reckoned = match reckon(&member, &asked).await {
        Ok(reckoned) => reckoned,
        Err(why) => return without(&member, &asked.path(), why),
    };
    let text = match text(&reckoned) {
        Ok(text) => text,
        Err(error) => {
            let error = crate::account::AccountError::Machine(error.to_string());
            return member.visit.broken(&error);
        }
    };
    let name = format!("attachment; filename=\"{}\"", name(&reckoned));
    let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
    let mut response = (kind, text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// What the file is called. Who finds it a year later sees that it lacks something.
fn name(reckoned: &Reckoned) -> String {
    let day = day_text(reckoned.span.start);
    let incomplete = if reckoned.report.is_cut {
        "-incomplete"
    } else {
        ""
    };
    format!("phoenix-{}-{day}{incomplete}.csv", reckoned.by.name())
}

fn text(reckoned: &Reckoned) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for row in &reckoned.report.rows {
        let scene = &reckoned.scene;
        let place = scene.place(row.of).map(|place| &place.account);
        let (from, strategy, id) = match row.group {
            Group::Period(Reverse(start)) => (day_text(start), String::new(), String::new()),
            Group::Strategy(None) => Default::default(),
            Group::Strategy(Some(id)) => (
                String::new(),
                guarded(&scene.strategy_name(id)),
                id.to_string(),
            ),
        };
        let figures = &row.figures;
        let drawdown = figures.drawdown;
        writer.write_record([
            from,
            strategy,
            id,
            place.map_or_else(String::new, |one| one.login.login.to_string()),
            place.map_or_else(String::new, |one| guarded(one.login.server.as_str())),
            place.map_or_else(String::new, |one| guarded(one.currency.as_str())),
            number(Some(figures.net())),
            number(Some(figures.profit)),
            number(Some(figures.commission)),
            number(Some(figures.swap)),
            figures.deals.to_string(),
            figures.trades.to_string(),
            number(figures.win_rate()),
            number(figures.profit_factor()),
            number(drawdown.map(|fall| fall.depth)),
            number(drawdown.and_then(|fall| fall.part)),
            number(Some(figures.transfers)),
        ])?;
    }
    if reckoned.report.is_cut {
        let mut last = [""; HEADER.len()];
        last[0] = CUT;
        writer.write_record(last)?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// Without the dust of binary fractions; nothing where there is none.
fn number(value: Option<f64>) -> String {
    let value = value.filter(|value| value.is_finite());
    value.map_or_else(String::new, |value| rounded(value).to_string())
}

/// A text that no spreadsheet takes for a formula: those begin with one of these signs, and brokers
/// and traders may call things as they like.
fn guarded(text: &str) -> String {
    const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.trim_start_matches(' ').starts_with(SIGNS) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{CUT, HEADER, guarded, name, number, text};
    use crate::{
        report::{By, Report},
        serve::live::{report::Reckoned, scene::Scene},
    };
    use std::collections::BTreeMap;
    use trading::time::Time;

    fn reckoned(is_cut: bool) -> Reckoned {
        let now = Time::from_civil(2026, 11, 21, 12, 0, 0);
        Reckoned {
            by: By::Month,
            before: None,
            span: By::Month.span(None, now),
            report: Report {
                rows: Vec::new(),
                is_cut,
            },
            scene: Scene {
                places: Vec::new(),
                retired: Vec::new(),
                executors: Vec::new(),
                strategies: BTreeMap::new(),
                now,
            },
        }
    }

    #[test]
    fn a_file_that_lacks_something_says_so() {
        let whole = reckoned(false);
        assert_eq!(name(&whole), "phoenix-month-2025-12-01.csv");
        let lines = String::from_utf8(text(&whole).unwrap()).unwrap();
        assert_eq!(
            lines.split("\r\n").count(),
            2,
            "the names of columns: {lines}"
        );
        let cut = reckoned(true);
        assert_eq!(name(&cut), "phoenix-month-2025-12-01-incomplete.csv");
        let bytes = text(&cut).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 1);
        // As many columns as every other row: programs read it too.
        assert_eq!((rows[0].len(), &rows[0][0]), (HEADER.len(), CUT));
    }

    #[test]
    fn no_text_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            assert!(guarded(text).starts_with('\''), "{text}");
        }
        assert_eq!(guarded("Gold = good"), "Gold = good");
    }

    #[test]
    fn numbers_are_plain() {
        assert_eq!(number(Some(-1.5)), "-1.5");
        assert_eq!(number(Some(0.1 + 0.2)), "0.3");
        assert_eq!(number(Some(f64::INFINITY)), "");
        assert_eq!(number(None), "");
    }
}
