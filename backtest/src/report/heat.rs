//! Months as a table whose shades show their size.

use super::{Report, number::Numbers, rows::tone, safe::escape, slots::class, words, year::years};
use std::fmt::Write;

/// Years down, months across, in percent.
pub(super) fn heat(out: &mut String, report: &Report<'_>, n: &Numbers<'_>) {
    let years = years(&report.statistics.monthly);
    if years.is_empty() {
        return;
    }
    let say = |text| escape(n.language.text(text));
    let largest = report
        .statistics
        .monthly
        .iter()
        .filter_map(|m| m.percent)
        .fold(
            0.0,
            |most: f64, p| if p.abs() > most { p.abs() } else { most },
        );
    let _ = write!(
        out,
        "<section class=\"card\"><h2 title=\"{}\">{} (%)</h2><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\
         <table class=\"heat\"><thead><tr><th scope=\"col\">{}</th>",
        say(words::BY_MONTH_HINT),
        say(words::BY_MONTH),
        say(words::BY_MONTH),
        say(words::YEAR),
    );
    for month in words::MONTHS {
        let _ = write!(out, "<th scope=\"col\">{}</th>", say(month));
    }
    let _ = write!(
        out,
        "<th scope=\"col\">{}</th></tr></thead><tbody>",
        say(words::YEAR)
    );
    for year in years {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", year.year);
        for month in year.months {
            let Some(percent) = month.and_then(|m| m.percent) else {
                out.push_str("<td class=\"empty\">·</td>");
                continue;
            };
            // By the root, so that one wild month does not leave the others blank.
            let shade = if largest > 0.0 {
                (percent.abs() / largest).sqrt() * 100.0
            } else {
                0.0
            };
            let money = month.map_or_else(String::new, |m| n.money(m.money));
            let _ = write!(
                out,
                "<td class=\"{}\" style=\"--s:{shade:.0}\" title=\"{}\">{}</td>",
                class(tone(percent)),
                escape(&money),
                n.signed(percent, 1),
            );
        }
        let total = year.percent.map_or_else(String::new, |p| n.signed(p, 1));
        let _ = write!(
            out,
            "<td class=\"total {}\" title=\"{}\">{total}</td></tr>",
            class(year.percent.map_or(super::rows::Tone::Plain, tone)),
            escape(&n.money(year.money)),
        );
    }
    out.push_str("</tbody></table></div></section>");
}
