//! The trade list.

use super::{
    Report,
    number::{Numbers, minute},
    rows::tone,
    safe::escape,
    slots::class,
    words,
};
use std::fmt::Write;

/// Trades shown at once at either end of the list.
const EDGE: usize = 10;
/// Trades in the page at most: browsers grow slow beyond.
pub(super) const CAP: usize = 5_000;

/// The first and the last trades, and all of them to open.
pub(super) fn trades(out: &mut String, report: &Report<'_>, n: &Numbers<'_>) {
    let say = |text| escape(n.language.text(text));
    let count = report.trades.len();
    let _ = write!(
        out,
        "<section class=\"card\"><h2>{}</h2>",
        say(words::TRADES)
    );
    if count == 0 {
        let _ = write!(out, "<p>{}</p></section>", say(words::NO_TRADES));
        return;
    }
    head(out, n);
    if count <= 2 * EDGE {
        rows(out, report, n, 0, count);
        foot(out);
    } else {
        rows(out, report, n, 0, EDGE);
        let between = n.count(count - 2 * EDGE);
        let _ = write!(
            out,
            "<tr class=\"gap\"><td colspan=\"11\">… {between} {} …</td></tr>",
            say(words::TRADES_SMALL)
        );
        rows(out, report, n, count - EDGE, count);
        foot(out);
        let _ = write!(
            out,
            "<details><summary>{} ({})</summary>",
            say(words::ALL_TRADES),
            n.count(count.min(CAP))
        );
        if count > CAP {
            let _ = write!(
                out,
                "<p>{} / {}. {}</p>",
                n.count(CAP),
                n.count(count),
                say(words::CAPPED)
            );
        }
        head(out, n);
        rows(out, report, n, 0, count.min(CAP));
        foot(out);
        out.push_str("</details>");
    }
    out.push_str("</section>");
}

fn head(out: &mut String, n: &Numbers<'_>) {
    let _ = write!(
        out,
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\
         <table class=\"trades\"><thead><tr>",
        escape(n.language.text(words::TRADES))
    );
    for (name, is_number) in [
        (words::NUMBER, true),
        (words::SIDE, false),
        (words::LOTS, true),
        (words::ENTRY, false),
        (words::ENTRY_PRICE, true),
        (words::EXIT, false),
        (words::EXIT_PRICE, true),
    ] {
        let class = if is_number { " class=\"r\"" } else { "" };
        let _ = write!(
            out,
            "<th scope=\"col\"{class}>{}</th>",
            escape(n.language.text(name))
        );
    }
    let currency = escape(n.currency);
    let money = |out: &mut String, text: &str, hint: &str| {
        let _ = write!(
            out,
            "<th scope=\"col\" class=\"r\" title=\"{hint}\">{text} ({currency})</th>"
        );
    };
    let hint = escape(n.language.text(words::EXCURSION.hint));
    let profit_hint = escape(n.language.text(words::NET_PROFIT.hint));
    money(out, &escape(n.language.text(words::PROFIT)), &profit_hint);
    money(out, n.language.text(words::MAE), &hint);
    money(out, n.language.text(words::MFE), &hint);
    let _ = write!(
        out,
        "<th scope=\"col\">{}</th></tr></thead><tbody>",
        escape(n.language.text(words::CLOSED_BY))
    );
}

fn foot(out: &mut String) {
    out.push_str("</tbody></table></div>");
}

fn rows(out: &mut String, report: &Report<'_>, n: &Numbers<'_>, from: usize, to: usize) {
    let digits = report.digits as usize;
    let trades = report.trades.get(from..to).unwrap_or_default();
    for (place, t) in (from..).zip(trades) {
        let e = report
            .statistics
            .excursions
            .get(place)
            .copied()
            .unwrap_or_default();
        let _ = write!(
            out,
            "<tr><td class=\"r\">{}</td><td>{}</td><td class=\"r\">{}</td><td>{}</td>\
             <td class=\"r\">{}</td><td>{}</td><td class=\"r\">{}</td><td class=\"r {}\">{}</td>\
             <td class=\"r\">{}</td><td class=\"r\">{}</td><td>{}</td></tr>",
            n.count(place + 1),
            escape(n.language.text(words::side(t.side))),
            n.fixed(t.volume, 2),
            minute(t.entry_time),
            n.fixed(t.entry_price, digits),
            minute(t.exit_time),
            n.fixed(t.exit_price, digits),
            class(tone(t.profit)),
            n.signed(t.profit, 2),
            n.signed(e.adverse, 2),
            n.signed(e.favourable, 2),
            escape(n.language.text(words::exit(t.exit))),
        );
    }
}
