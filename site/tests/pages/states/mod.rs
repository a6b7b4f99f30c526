//! Every page in the states that differ, for tests and for the gallery.
//!
//! | file | what |
//! |---|---|
//! | `entry.rs` | registering, signing in, the second step |
//! | `account.rs` | one's own account |
//! | `pricing.rs`, `billing.rs` | prices, and what one pays |
//! | `device.rs` | devices and keys |
//! | `strategy.rs` | strategies and their versions |
//! | `admin.rs` | users, mail, background work, audit trail |
//! | `live.rs` | live trading |
//! | `problem.rs` | what went wrong |

pub(crate) mod account;
mod admin;
pub(crate) mod billing;
pub(crate) mod device;
mod entry;
pub(crate) mod live;
mod pricing;
mod problem;
mod strategy;

use site::{Look, Who};
use trading::{language::Language, time::Time};

/// How all pages of a run are to look.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    /// In which language.
    pub(crate) language: Language,
    /// In which colours.
    pub(crate) theme: &'a str,
    /// Where the style sheet is.
    pub(crate) style: &'a str,
    /// Comes before every text that is not ours.
    pub(crate) before: &'a str,
}

/// The time of the gallery.
pub(crate) const NOW: Time = Time::from_civil(2026, 11, 21, 19, 5, 0);

impl Setting<'_> {
    fn text(&self, text: &str) -> String {
        // What is not there is not there for the hostile either.
        let before = if text.is_empty() { "" } else { self.before };
        format!("{before}{text}")
    }

    fn look(&self, path: &str, who: Option<Who>) -> Look {
        Look {
            language: self.language,
            theme: self.text(self.theme),
            style: self.text(self.style),
            icon: self.text("icon.svg"),
            path: format!("{path}{}", self.before),
            who,
            around: site::Around::default(),
        }
    }

    fn stranger(&self, path: &str) -> Look {
        self.look(path, None)
    }

    fn trader(&self, path: &str) -> Look {
        let email = self.text("budi.santoso@example.com");
        let who = Who {
            email,
            is_staff: false,
        };
        self.look(path, Some(who))
    }

    fn staff(&self, path: &str) -> Look {
        let email = self.text("admin@phoenix.example");
        let who = Who {
            email,
            is_staff: true,
        };
        self.look(path, Some(who))
    }

    /// Every page, by name.
    pub(crate) fn pages(&self) -> Vec<(String, String)> {
        let mut pages = Vec::new();
        self.entries(&mut pages);
        self.second_steps(&mut pages);
        self.accounts(&mut pages);
        self.pricing(&mut pages);
        self.billing(&mut pages);
        self.devices(&mut pages);
        strategy::add(self, &mut pages);
        self.administration(&mut pages);
        self.live(&mut pages);
        self.problems(&mut pages);
        pages
    }
}
