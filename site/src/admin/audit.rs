//! The audit record.

use super::frame;
use crate::{
    Look,
    frame::Page,
    part::{
        empty,
        table::{self, cell, text},
        when,
    },
    words::{action, admin as words},
};
use leptos::prelude::*;
use trading::time::Time;

/// Something that happened to an account, or that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// The word of the audit record.
    pub action: String,
    /// Whose account.
    pub account: String,
    /// Who did it.
    pub actor: String,
    /// More about it.
    pub detail: String,
    /// The address on the network that it came from.
    pub address: String,
    /// When it was.
    pub at: Time,
}

/// Lists what happened, latest first. `older` is where it goes on.
pub fn audit(look: &Look, lines: &[AuditLine], older: Option<String>) -> String {
    let list = if lines.is_empty() {
        empty::empty(look.say(words::NO_AUDIT), look.say(words::NO_AUDIT_HINT))
    } else {
        list(look, lines)
    };
    let older = older.map(|href| {
        view! {
            <p>
                <a class="button" href=href rel="next">
                    {look.say(words::OLDER)}
                </a>
            </p>
        }
    });
    let content = view! {
        <p class="hint">{look.say(words::AUDIT_LEAD)}</p>
        {list}
        {older}
    };
    frame::page(
        look,
        Page::new(look.say(words::AUDIT)),
        "/admin/audit",
        content,
    )
}

fn list(look: &Look, lines: &[AuditLine]) -> AnyView {
    let columns = [
        words::AT,
        words::WHAT,
        words::USER,
        words::ACTOR,
        words::DETAIL,
        words::ADDRESS,
    ]
    .map(|name| look.say(name));
    let rows = lines.iter().map(|line| row(look, columns, line)).collect();
    table::table(look.say(words::AUDIT), &columns, rows)
}

fn row(look: &Look, columns: [&'static str; 6], line: &AuditLine) -> AnyView {
    let [at, what, account, actor, detail, address] = columns;
    table::row(vec![
        cell(at, when::when(line.at)),
        text(what, &action::say(&line.action, look.language)),
        text(account, &line.account),
        text(actor, &line.actor),
        text(detail, &line.detail),
        text(address, &line.address),
    ])
}
