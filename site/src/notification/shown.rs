//! One notification, and what it says in either language.

use crate::words::{command, fill, notification as words, quota, text};
use trading::{language::Language, time::Time};

/// A notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Names it in forms.
    pub id: String,
    /// The word of its kind.
    pub kind: String,
    /// What it is about: a name, an address, a text in English.
    pub subject: String,
    /// More of it: what an executor said, the same text in Indonesian.
    pub detail: String,
    /// Since when it is so.
    pub since: Option<Time>,
    /// When it was written.
    pub created_at: Time,
    /// Whether it was read.
    pub is_read: bool,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// In a few words.
    pub title: String,
    /// In a sentence or two.
    pub text: String,
    /// The path of the page where there is more.
    pub href: &'static str,
}

impl Shown {
    /// What it says in a language.
    pub fn words(&self, language: Language) -> Words {
        let say = |text| language.text(text);
        let subject = self.value(language);
        let since = self.since.map_or_else(String::new, minute);
        let (title, body, values, href): (_, _, Vec<&str>, _) = match self.kind.as_str() {
            "executor-silent" => (
                words::SILENT,
                words::SILENT_TEXT,
                vec![&subject, &since],
                "/executors",
            ),
            "executor-back" => (
                words::BACK,
                words::BACK_TEXT,
                vec![&subject, &since],
                "/executors",
            ),
            "command-failed" if self.detail.is_empty() => (
                words::FAILED,
                words::FAILED_PLAIN,
                vec![&subject],
                "/commands",
            ),
            "command-failed" => (
                words::FAILED,
                words::FAILED_TEXT,
                vec![&subject, &self.detail],
                "/commands",
            ),
            "command-expired" => (
                words::EXPIRED,
                words::EXPIRED_TEXT,
                vec![&subject],
                "/commands",
            ),
            "sign-in" => (
                words::SIGN_IN,
                words::SIGN_IN_TEXT,
                vec![&subject],
                "/account",
            ),
            "payment-failed" => (
                words::PAYMENT,
                words::PAYMENT_TEXT,
                vec![&subject, &since],
                "/account/billing",
            ),
            "plan-ending" => (
                words::ENDING,
                words::ENDING_TEXT,
                vec![&subject, &since],
                "/account/billing",
            ),
            "quota-near" => (
                words::QUOTA,
                words::QUOTA_TEXT,
                vec![&subject, &self.detail],
                "/account/billing",
            ),
            "webhook-off" => (
                words::HOOK_OFF,
                words::HOOK_OFF_TEXT,
                vec![&subject, &self.detail],
                "/notifications/settings",
            ),
            "announcement" => {
                return Words {
                    title: say(words::ANNOUNCEMENT).to_owned(),
                    text: subject,
                    href: "/notifications",
                };
            }
            "test" => (
                words::TEST,
                words::TEST_TEXT,
                vec![&subject],
                "/notifications/settings",
            ),
            other => {
                return Words {
                    title: other.to_owned(),
                    text: subject,
                    href: "/notifications",
                };
            }
        };
        Words {
            title: fill(say(title), &[&subject]),
            text: fill(say(body), &values),
            href,
        }
    }

    /// The subject in words where it is one of ours.
    fn value(&self, language: Language) -> String {
        match self.kind.as_str() {
            "announcement" if language == Language::Id => self.detail.clone(),
            "command-failed" | "command-expired" => {
                command::kind(&self.subject, language).to_owned()
            }
            "quota-near" => quota::by_name(&self.subject).map_or_else(
                || self.subject.clone(),
                |words| language.text(words).to_owned(),
            ),
            _ => self.subject.clone(),
        }
    }
}

/// What stands below a mail: where it is chosen which ones come.
pub fn mail_footer(language: Language) -> &'static str {
    language.text(text(
        "You choose what comes by mail:",
        "Pilih apa yang dikirim lewat email:",
    ))
}

/// `2026-11-21 19:05 UTC`.
fn minute(time: Time) -> String {
    let exact = time.to_string();
    let short = exact
        .rsplit_once(':')
        .map_or(exact.as_str(), |(minute, _)| minute);
    format!("{} UTC", short.replacen('T', " ", 1))
}
