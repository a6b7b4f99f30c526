//! The account page: what there is to know about one's own account, and what can be changed.

mod data;
mod delete;
mod device;
mod email;
mod event;
mod language;
mod password;
mod session;
mod two_factor;

use crate::{
    Fault, Look, Notice,
    frame::{Page, document},
    part::{alert, setting as part, when},
    words::account as words,
};
use leptos::prelude::*;
use trading::{language::Language, time::Time};

/// A part of the account page that has a form which may be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The change of the address.
    Email,
    /// The change of the password.
    Password,
    /// The second factor: setting it up, or switching it off.
    TwoFactor,
    /// New recovery codes.
    RecoveryCodes,
    /// The deletion.
    Delete,
}

/// What the account page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountPage {
    /// The address.
    pub email: String,
    /// Since when there is the account.
    pub created_at: Time,
    /// The language of mails.
    pub language: Language,
    /// The second factor, if it is on.
    pub two_factor: Option<TwoFactor>,
    /// Where the account is signed in.
    pub sessions: Vec<SessionLine>,
    /// What happened to the account, latest first.
    pub events: Vec<EventLine>,
    /// What has just been done.
    pub notice: Option<Notice>,
    /// What has just been refused, and where.
    pub fault: Option<(Section, Fault)>,
    /// The time now.
    pub now: Time,
}

/// A second factor that is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoFactor {
    /// Since when.
    pub since: Time,
    /// How many recovery codes are left.
    pub codes_left: i64,
}

/// A place where the account is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// Names it when it is to be ended.
    pub id: String,
    /// Whether this page was asked for by it.
    pub is_this: bool,
    /// The address on the network.
    pub address: String,
    /// What the browser says of itself.
    pub agent: String,
    /// When it was signed in.
    pub created_at: Time,
    /// When it was last used.
    pub seen_at: Time,
}

/// Something that happened to the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLine {
    /// The word of the audit record.
    pub action: String,
    /// The address on the network that it came from.
    pub address: String,
    /// When it was.
    pub at: Time,
    /// Whether our staff did it.
    pub by_staff: bool,
}

impl AccountPage {
    /// What was refused in a section.
    fn fault(&self, section: Section) -> Option<&Fault> {
        self.fault
            .as_ref()
            .filter(|(refused, _)| *refused == section)
            .map(|(_, fault)| fault)
    }
}

/// The account page.
pub fn account(look: &Look, page: &AccountPage) -> String {
    let content = view! {
        <div class="settings">
            <header class="settings-head">
                <h1>{look.say(words::ACCOUNT)}</h1>
                <p class="hint">{look.say(words::SINCE)} " " {when::when(page.created_at)}</p>
            </header>
            {alert::done(look, page.notice)}
            {email::section(look, page)}
            {password::section(look, page)}
            {two_factor::section(look, page)}
            {session::section(look, page)}
            {device::section(look)}
            {language::section(look, page)}
            {event::section(look, page)}
            {data::section(look)}
            {delete::section(look, page)}
        </div>
    };
    let head = Page::new(look.say(words::ACCOUNT)).refused(page.fault.is_some());
    document(look, head, content.into_any())
}
