//! The mails that were sent or are to be.

use super::frame;
use crate::{
    Look,
    frame::Page,
    part::{
        alert, empty,
        table::{self, cell},
        when,
    },
    words::admin as words,
};
use leptos::prelude::*;
use trading::time::Time;

/// A mail that was sent or is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailLine {
    /// Its number.
    pub id: String,
    /// To whom.
    pub recipient: String,
    /// About what.
    pub subject: String,
    /// What it says.
    pub body: String,
    /// `queued`, `sent`, `failed`, or `kept` where there is no mail server.
    pub state: String,
    /// How often sending was tried.
    pub attempts: u32,
    /// Why it failed last; empty when it did not.
    pub failure: String,
    /// When it was written.
    pub created_at: Time,
}

/// Lists mails with what they say. Without a mail server this is where they end.
pub fn mails(look: &Look, mails: &[MailLine], has_server: bool) -> String {
    let lead = if has_server {
        view! { <p class="hint">{look.say(words::WITH_SERVER)}</p> }.into_any()
    } else {
        alert::warn(look.say(words::NO_SERVER).to_owned())
    };
    let list = if mails.is_empty() {
        empty::empty(look.say(words::NO_MAILS), look.say(words::NO_MAILS_HINT))
    } else {
        list(look, mails)
    };
    let content = view! {
        {lead}
        {list}
    };
    frame::page(
        look,
        Page::new(look.say(words::MAILS)),
        "/admin/mails",
        content,
    )
}

fn list(look: &Look, mails: &[MailLine]) -> AnyView {
    let columns = [
        words::WRITTEN,
        words::RECIPIENT,
        words::SUBJECT,
        words::STATE,
    ]
    .map(|name| look.say(name));
    let [written, recipient, subject, state] = columns;
    let rows = mails
        .iter()
        .map(|mail| {
            table::row(vec![
                cell(written, when::when(mail.created_at)),
                cell(
                    recipient,
                    view! { <span class="breakable">{mail.recipient.clone()}</span> },
                ),
                cell(subject, letter(mail)),
                cell(state, progress(look, mail)),
            ])
        })
        .collect();
    table::table(look.say(words::MAILS), &columns, rows)
}

fn letter(mail: &MailLine) -> AnyView {
    view! {
        <details class="more">
            <summary>{mail.subject.clone()}</summary>
            <pre class="letter">{mail.body.clone()}</pre>
        </details>
    }
    .into_any()
}

fn progress(look: &Look, mail: &MailLine) -> AnyView {
    let tone = match mail.state.as_str() {
        "sent" => "tag tag-good",
        "failed" => "tag tag-bad",
        _ => "tag",
    };
    let attempts = match mail.attempts {
        0 => None,
        1 => Some(look.say(words::ONE_ATTEMPT).to_owned()),
        many => Some(look.with(words::ATTEMPTS, &[&many.to_string()])),
    };
    let failure = (!mail.failure.is_empty()).then(|| {
        view! { <p class="hint breakable">{mail.failure.clone()}</p> }
    });
    view! {
        <span class=tone>{words::mail_state(&mail.state, look.language)}</span>
        {attempts.map(|attempts| view! { <span class="hint">{format!(" {attempts}")}</span> })}
        {failure}
    }
    .into_any()
}
