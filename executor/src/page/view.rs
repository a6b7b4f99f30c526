//! What the page shows.

use super::words;
use crate::{
    note::{Matter, Note},
    status::{Glance, RunView, ServerView, Stage, Status, TerminalView},
};
use maud::{DOCTYPE, Markup, html};
use trading::{language::Language, symbol::Symbol, time::Time};

/// How many notes are shown, the newest first.
const NOTES: usize = 40;

fn page(language: Language, is_live: bool, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language.code()) data-theme="system" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                @if is_live { meta http-equiv="refresh" content="3"; }
                title { (words::title(language)) }
                link rel="stylesheet" href="/page.css";
            }
            body { (content) }
        }
    }
}

pub(super) fn refused(language: Language) -> Markup {
    let content = html! {
        main {
            h1 { (words::refused_title(language)) }
            p { (words::refused(language)) }
        }
    };
    page(language, false, &content)
}

pub(super) fn status(status: &Status, language: Language, token: &str) -> Markup {
    // A list that is being chosen from would close at every look.
    let asks = status.terminals.iter().any(|one| !one.unnamed.is_empty());
    let content = html! {
        (head(status, language, token))
        main {
            (pairing(&status.server, language))
            @for one in &status.terminals { (terminal(one, language, token)) }
            @if status.terminals.is_empty() {
                section {
                    h2 { (words::no_terminal(language)) }
                    p.soft { (words::no_terminal_how(language)) }
                }
            }
            @if let Some(ahead) = status.clock {
                section.call { p.warn { (Matter::Clock { ahead }.say(language)) } }
            }
            @if let Some(newer) = &status.newer {
                section.call {
                    p { (words::newer(language, &newer.version)) }
                    a.button href=(newer.page) rel="noreferrer" { (words::newer_open(language)) }
                }
            }
            section {
                h2 { (words::notes(language)) }
                @if status.waiting_reports > 0 && status.server != ServerView::None {
                    p.warn { (words::waiting(language, status.waiting_reports)) }
                }
                @if status.notes.is_empty() { p.soft { (words::no_notes(language)) } }
                ol { @for one in status.notes.iter().rev().take(NOTES) { (note(one, language)) } }
            }
            p.soft { a href="/key" { (words::key(language)) } }
        }
    };
    page(language, !asks, &content)
}

fn head(status: &Status, language: Language, token: &str) -> Markup {
    let glance = status.glance();
    let class = match glance {
        Glance::Trading => "good",
        Glance::Idle => "soft",
        Glance::Trouble => "warn",
    };
    let is_stopped = status.terminals.iter().any(|one| one.is_stopped);
    html! {
        header {
            div.glance {
                h1 { (words::title(language)) }
                p { strong class=(class) { (words::glance(language, glance)) } " \u{b7} " (words::server(language, &status.server)) }
            }
            @if is_stopped {
                form method="post" action="/start" {
                    (hidden(token))
                    button.main { (words::start(language)) }
                }
            } @else if !status.terminals.is_empty() {
                form method="post" action="/stop" {
                    (hidden(token))
                    button { (words::stop(language)) }
                }
            }
            @if !status.terminals.is_empty() {
                a.button.danger href="/close" { (words::stop_and_close(language)) }
            }
        }
    }
}

fn hidden(token: &str) -> Markup {
    html! { input type="hidden" name="token" value=(token); }
}

fn pairing(server: &ServerView, language: Language) -> Markup {
    let ServerView::Pairing(shown) = server else {
        return html! {};
    };
    html! {
        section.call {
            h2 { (words::pair(language)) }
            @match shown {
                Some(shown) => {
                    p { (words::pair_how(language)) " " (shown.page) }
                    p.code { (shown.code) }
                    a href=(shown.link) target="_blank" rel="noreferrer" { (words::pair_open(language)) }
                }
                None => p.soft { (words::pair_none(language)) }
            }
        }
    }
}

fn terminal(one: &TerminalView, language: Language, token: &str) -> Markup {
    let amount = |value: Option<f64>| match value {
        Some(value) => format!("{} {}", one.currency, money(language, value)),
        None => "\u{2013}".to_owned(),
    };
    let class = match one.profit {
        profit if profit > 0.0 => "good",
        profit if profit < 0.0 => "bad",
        _ => "",
    };
    html! {
        section {
            h2 { (one.login) " \u{b7} " (one.server) " " span.soft { "(" (words::money_kind(language, one.money)) ")" } }
            @if !one.is_connected { p.warn { (words::not_connected(language)) } }
            @else if !one.may_trade { p.warn { (words::may_not_trade(language)) } }
            dl {
                div { dt { (words::balance(language)) } dd { (amount(one.balance)) } }
                div { dt { (words::equity(language)) } dd { (amount(one.equity)) } }
                div { dt { (words::positions(language)) } dd { (one.positions) } }
                div {
                    dt { (words::profit(language)) }
                    dd class=(class) { (one.currency) " " (signed(language, one.profit)) }
                }
            }
            @for (wanted, names) in &one.unnamed { (unnamed(one, wanted, names, language, token)) }
            @if one.runs.is_empty() { p.soft { (words::no_runs(language)) } }
            @else { (runs(&one.runs, language)) }
        }
    }
}

fn runs(runs: &[RunView], language: Language) -> Markup {
    html! {
        div.wide {
            table {
                thead {
                    tr {
                        th scope="col" { (words::strategy(language)) }
                        th scope="col" { (words::state(language)) }
                        th scope="col" { (words::symbol(language)) }
                        th.less scope="col" { (words::version(language)) }
                        th.less scope="col" { (words::positions(language)) }
                    }
                }
                tbody {
                    @for run in runs {
                        tr {
                            td { (run.name) }
                            td class=(class(run.stage)) { (words::stage(language, run.stage)) }
                            td { (run.symbol) }
                            td.less { (run.version) }
                            td.less { (run.positions) }
                        }
                    }
                }
            }
        }
    }
}

const fn class(stage: Stage) -> &'static str {
    match stage {
        Stage::Trading => "good",
        Stage::Waiting | Stage::Paused | Stage::HeldBack => "soft",
        Stage::Failed => "warn",
    }
}

fn unnamed(
    one: &TerminalView,
    wanted: &Symbol,
    names: &[Symbol],
    language: Language,
    token: &str,
) -> Markup {
    html! {
        section.call {
            h2 { (words::unnamed(language, &wanted.to_string())) }
            @if names.is_empty() {
                p.soft { (words::unnamed_none(language)) }
            } @else {
                p.soft { (words::unnamed_how(language)) }
                form.row method="post" action="/symbol" {
                    (hidden(token))
                    input type="hidden" name="login" value=(one.login);
                    input type="hidden" name="server" value=(one.server);
                    input type="hidden" name="wanted" value=(wanted);
                    select name="chosen" required aria-label=(words::unnamed(language, &wanted.to_string())) {
                        option value="" { "\u{2026}" }
                        @for name in names { option value=(name) { (name) } }
                    }
                    button.main { (words::choose(language)) }
                }
            }
        }
    }
}

fn note(note: &Note, language: Language) -> Markup {
    let class = if note.matter.is_trouble() { "warn" } else { "" };
    html! {
        li {
            time datetime=(note.at) { (clock(note.at)) }
            span class=(class) { (note.matter.say(language)) }
        }
    }
}

/// The pairing key has a page of its own: who looks over a shoulder sees it only when it is wanted.
pub(super) fn key(key: &str, language: Language) -> Markup {
    let content = html! {
        main {
            section {
                h1 { (words::key(language)) }
                p { (words::key_how(language)) }
                p.key { (key) }
                a.button href="/" { (words::back(language)) }
            }
        }
    };
    page(language, false, &content)
}

pub(super) fn ask_close(status: &Status, language: Language, token: &str) -> Markup {
    let content = html! {
        main {
            section {
                h1 { (words::ask_close(language)) }
                p { (words::close_means(language)) }
                p.soft { (words::open_now(language)) ":" }
                ol {
                    @for one in &status.terminals {
                        li {
                            (one.login) " \u{b7} " (one.server) ": " (one.positions) ", "
                            (one.currency) " " (signed(language, one.profit))
                        }
                    }
                }
                p.soft { (words::close_risk(language)) }
                div.row {
                    form method="post" action="/close" {
                        (hidden(token))
                        button.danger { (words::stop_and_close(language)) }
                    }
                    a.button href="/" { (words::back(language)) }
                }
            }
        }
    };
    page(language, false, &content)
}

/// Day and time, in UTC: as in the log.
fn clock(at: Time) -> String {
    let text = at.to_string();
    let (day, time) = text.split_once('T').unwrap_or((&text, ""));
    format!("{day} {} UTC", time.trim_end_matches('Z'))
}

/// Money with its cents.
fn money(language: Language, value: f64) -> String {
    let cents = format!("{:.2}", value.abs());
    let (whole, cents) = cents.split_once('.').unwrap_or((&cents, "00"));
    let whole = language.number(whole.parse().unwrap_or(0.0));
    let point = match language {
        Language::En => '.',
        Language::Id => ',',
    };
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    format!("{sign}{whole}{point}{cents}")
}

fn signed(language: Language, value: f64) -> String {
    let plus = if value > 0.0 { "+" } else { "" };
    format!("{plus}{}", money(language, value))
}

#[cfg(test)]
mod tests {
    use super::{money, signed};
    use trading::language::Language::{En, Id};

    #[test]
    fn money_is_written_as_each_language_does() {
        assert_eq!(money(En, 12_345.5), "12,345.50");
        assert_eq!(money(Id, 12_345.5), "12.345,50");
        assert_eq!(signed(En, 0.0), "0.00");
        assert_eq!(signed(Id, -0.126), "\u{2212}0,13");
        assert_eq!(signed(En, 7.0), "+7.00");
    }
}
