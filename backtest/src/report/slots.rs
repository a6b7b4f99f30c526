//! Trades by hour and weekday as bars above and below a line.

use super::{
    number::{NONE, Numbers},
    rows::{Tone, tone},
    safe::escape,
    words,
};
use crate::statistics::Slot;
use std::fmt::Write;
use trading::indicator::Text;

/// A heading, the bars, and the same as a table to open.
pub(super) fn slots(
    out: &mut String,
    heading: Text,
    column: Text,
    slots: &[Slot],
    names: &[String],
    n: &Numbers<'_>,
) {
    let say = |text| n.language.text(text);
    let largest = slots.iter().fold(0.0, |most, s| {
        let size = s.profit.abs();
        if size > most { size } else { most }
    });
    let _ = write!(
        out,
        "<section class=\"card\"><h2>{}</h2><div class=\"slots{}\" aria-hidden=\"true\">",
        escape(say(heading)),
        if slots.len() > 12 { " many" } else { "" }
    );
    for (slot, name) in slots.iter().zip(names) {
        let share = if largest > 0.0 {
            slot.profit.abs() / largest * 100.0
        } else {
            0.0
        };
        let side = match tone(slot.profit) {
            Tone::Gain => "gain",
            Tone::Loss => "loss",
            Tone::Plain => "none",
        };
        let told = format!(
            "{name}: {} {}, {}",
            n.count(slot.trades),
            say(words::trades(slot.trades)),
            n.money(slot.profit)
        );
        let _ = write!(
            out,
            "<div class=\"slot {side}\" title=\"{}\"><i style=\"--h:{share:.1}\"></i><b>{}</b></div>",
            escape(&told),
            escape(name),
        );
    }
    let _ = write!(
        out,
        "</div><details><summary>{}</summary><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table><thead><tr>\
         <th scope=\"col\">{}</th><th scope=\"col\" class=\"r\">{}</th>\
         <th scope=\"col\" class=\"r\">{} ({})</th><th scope=\"col\" class=\"r\">{}</th></tr></thead><tbody>",
        escape(say(words::NUMBERS)),
        escape(say(heading)),
        escape(say(column)),
        escape(say(words::TRADES)),
        escape(say(words::PROFIT)),
        escape(n.currency),
        escape(say(words::WIN_RATE)),
    );
    for (slot, name) in slots.iter().zip(names) {
        let rate = slot
            .win_rate_percent
            .map_or_else(|| NONE.to_owned(), |r| n.share(r));
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"r\">{}</td><td class=\"r {}\">{}</td><td class=\"r\">{rate}</td></tr>",
            escape(name),
            n.count(slot.trades),
            class(tone(slot.profit)),
            n.signed(slot.profit, 2),
        );
    }
    out.push_str("</tbody></table></div></details></section>");
}

/// The class that colours a number; its sign says the same.
pub(super) const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Gain => "gain",
        Tone::Loss => "loss",
    }
}
