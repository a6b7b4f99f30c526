//! Strategies as their trader has them: drafts, what is live, what is put away; and the versions of
//! one, what each earned, and what is other between two.

mod compare;
mod deed;
mod earned;
mod line;
mod overview;
mod room;
mod version;

pub use compare::{Compared, Mark, Said};
pub use earned::Earned;
pub use overview::strategies;
pub use room::Room;
pub use version::{StrategyPage, VersionLine, strategy};

use crate::{
    Look,
    part::alert,
    words::{Text, strategy as words},
};
use leptos::prelude::*;
use trading::time::Time;

/// What becomes of a strategy that is live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// It goes on.
    Runs,
    /// It goes on until then.
    Until(Time),
    /// It opens nothing more because the plan allows fewer.
    Paused,
}

/// What of a strategy is live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveLine {
    /// Which version.
    pub version: i64,
    /// On which account; nothing for every one.
    pub place: Option<String>,
    /// Since when.
    pub since: Time,
    /// What becomes of it.
    pub course: Course,
}

/// A strategy in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct StrategyLine {
    /// Its name among rows.
    pub id: String,
    /// Its name among people.
    pub name: String,
    /// Symbol and timeframe.
    pub market: String,
    /// The number of its newest version.
    pub version: i64,
    /// How often it was saved: who changes it says which they saw.
    pub revision: i64,
    /// When it was last saved.
    pub saved_at: Time,
    /// Whether it is put away.
    pub is_archived: bool,
    /// What of it is live.
    pub live: Option<LiveLine>,
    /// What it brought in, by currency.
    pub gains: Vec<(String, f64)>,
}

/// An account at a broker where something may be live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceChoice {
    /// Its name among rows.
    pub id: String,
    /// Its name among people.
    pub name: String,
}

/// The value that stands for every account.
pub const EVERY: &str = "every";

/// What the page of strategies shows.
#[derive(Debug, Clone, PartialEq)]
pub struct StrategiesPage {
    /// All of them, the last saved first.
    pub lines: Vec<StrategyLine>,
    /// Where they may be live.
    pub places: Vec<PlaceChoice>,
    /// For how many there is room.
    pub room: Room,
    /// What has just been done.
    pub done: Option<Done>,
    /// What has just been refused.
    pub fault: Option<StrategyFault>,
    /// The time now.
    pub now: Time,
}

/// What has just been done. It goes to the next page by name, as `?done=NAME`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A version is live.
    Activated,
    /// None is any more.
    Deactivated,
    /// It is put away.
    Archived,
    /// It is out again.
    Restored,
    /// There is a copy.
    Duplicated,
    /// An old version is the newest.
    BroughtBack,
}

impl Done {
    /// All there are.
    pub const ALL: [Self; 6] = [
        Self::Activated,
        Self::Deactivated,
        Self::Archived,
        Self::Restored,
        Self::Duplicated,
        Self::BroughtBack,
    ];

    /// Its name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Activated => "activated",
            Self::Deactivated => "deactivated",
            Self::Archived => "archived",
            Self::Restored => "restored",
            Self::Duplicated => "duplicated",
            Self::BroughtBack => "brought-back",
        }
    }

    /// The one of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.name() == name)
    }

    const fn words(self) -> Text {
        match self {
            Self::Activated => words::DONE_ACTIVATED,
            Self::Deactivated => words::DONE_DEACTIVATED,
            Self::Archived => words::DONE_ARCHIVED,
            Self::Restored => words::DONE_RESTORED,
            Self::Duplicated => words::DONE_DUPLICATED,
            Self::BroughtBack => words::DONE_BROUGHT_BACK,
        }
    }
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StrategyFault {
    /// The plan allows so many to be live.
    Quota(u64),
    /// The plan allows so many to be saved.
    Saved(u64),
    /// All versions together take so many megabytes.
    Full(u64),
    /// The document has faults; the first of them.
    Document(String),
    /// Nothing says where it is to trade.
    Place,
    /// It is live.
    Live,
    /// It is put away.
    Archived,
    /// It was changed meanwhile.
    Conflict,
}

impl StrategyFault {
    fn say(&self, look: &Look) -> String {
        let plain = |text| look.say(text).to_owned();
        match self {
            Self::Quota(most) => look.with(words::BAD_QUOTA, &[&most.to_string()]),
            Self::Saved(most) => look.with(words::BAD_SAVED, &[&most.to_string()]),
            Self::Full(most) => look.with(words::BAD_FULL, &[&most.to_string()]),
            Self::Document(fault) => look.with(words::BAD_DOCUMENT, &[fault]),
            Self::Place => plain(words::BAD_PLACE),
            Self::Live => plain(words::BAD_LIVE),
            Self::Archived => plain(words::BAD_ARCHIVED),
            Self::Conflict => plain(words::BAD_CONFLICT),
        }
    }
}

/// The name of a copy of a strategy, in the language of the page.
pub fn copy_name(look: &Look, name: &str) -> String {
    look.with(words::COPY, &[name])
}

/// What was done or refused, above everything else.
fn told(look: &Look, done: Option<Done>, fault: Option<&StrategyFault>) -> AnyView {
    let done = done.map(|done| {
        view! {
            <p class="notice notice-good" role="status">
                {look.say(done.words())}
            </p>
        }
    });
    let fault = fault.map(|fault| alert::refused("strategies-refused", fault.say(look), true));
    view! {
        {fault}
        {done}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::Done;

    #[test]
    fn names_read_back() {
        for done in Done::ALL {
            assert_eq!(Done::of(done.name()), Some(done));
        }
        assert_eq!(Done::of("else"), None);
    }
}
