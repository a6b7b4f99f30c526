//! The page of an account in the states that differ.

use super::{NOW, Setting};
use identity::WeakPassword;
use site::{
    Fault, Notice,
    account::{self, AccountPage, EventLine, Section, SessionLine, TwoFactor},
};
use trading::{language::Language, time::Time};

/// Every fault.
pub(crate) fn faults(reference: &str) -> Vec<Fault> {
    let weak = [
        WeakPassword::TooShort,
        WeakPassword::TooLong,
        WeakPassword::Control,
        WeakPassword::Repetitive,
        WeakPassword::Common,
        WeakPassword::Email,
    ];
    let reference = reference.to_owned();
    let mut all = vec![
        Fault::BadEmail,
        Fault::Wrong,
        Fault::WrongPassword,
        Fault::WrongCode,
        Fault::Wait { seconds: 480 },
        Fault::Taken,
        Fault::SameEmail,
        Fault::NotTheEmail,
        Fault::StillPaying,
        Fault::StillOpen,
        Fault::Provider {
            reference: "R-1".to_owned(),
        },
        Fault::Away {
            reference: reference.clone(),
        },
        Fault::Internal { reference },
    ];
    all.extend(weak.map(Fault::Weak));
    all
}

impl Setting<'_> {
    pub(super) fn accounts(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((name.to_owned(), html));
        let look = self.trader("/account");
        let page = self.account_page();
        add("account", account::account(&look, &page));
        let plain = AccountPage {
            two_factor: None,
            sessions: page.sessions.iter().take(1).cloned().collect(),
            events: Vec::new(),
            notice: Some(Notice::AccountReady),
            ..page.clone()
        };
        add("account-new", account::account(&look, &plain));
        let few = AccountPage {
            two_factor: page.two_factor.map(|factor| TwoFactor {
                codes_left: 1,
                ..factor
            }),
            notice: None,
            ..page.clone()
        };
        for (section, name) in [
            (Section::Email, "email"),
            (Section::Password, "password"),
            (Section::TwoFactor, "two-factor"),
            (Section::RecoveryCodes, "recovery-codes"),
            (Section::Delete, "delete"),
        ] {
            let faults = faults(&self.text("7f3a-19c2"));
            for (place, fault) in faults.into_iter().enumerate() {
                for (page, state) in [(&few, "on"), (&plain, "off")] {
                    let page = AccountPage {
                        notice: None,
                        fault: Some((section, fault.clone())),
                        ..page.clone()
                    };
                    let html = account::account(&look, &page);
                    add(&format!("account-{name}-{state}-{place}"), html);
                }
            }
        }
    }

    fn account_page(&self) -> AccountPage {
        let before = |minutes: i64| Time(NOW.millis() - minutes * 60_000);
        let session = |id: &str, is_this, address: &str, agent: &str, created, seen| SessionLine {
            id: self.text(id),
            is_this,
            address: self.text(address),
            agent: self.text(agent),
            created_at: before(created),
            seen_at: before(seen),
        };
        let event = |action: &str, minutes, by_staff| EventLine {
            action: self.text(action),
            address: self.text("203.0.113.24"),
            at: before(minutes),
            by_staff,
        };
        AccountPage {
            email: self.text("budi.santoso@example.com"),
            created_at: before(400_000),
            language: Language::Id,
            two_factor: Some(TwoFactor {
                since: before(90_000),
                codes_left: 8,
            }),
            sessions: vec![
                session(
                    "s1",
                    true,
                    "203.0.113.24",
                    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
                    2_900,
                    0,
                ),
                session(
                    "s2",
                    false,
                    "2001:db8:85a3::8a2e:370:7334",
                    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
                    20_000,
                    185,
                ),
                session("s3", false, "198.51.100.7", "Weblab/2.1", 60_000, 30_000),
            ],
            events: vec![
                event("signed-in", 2_900, false),
                event("sign-in-failed", 2_901, false),
                event("recovery-codes-renewed", 40_000, false),
                event("account-opened", 50_000, true),
                event("account-shut", 50_060, true),
                event("second-factor-on", 90_000, false),
                event("something-new", 95_000, false),
                event("registered", 400_000, false),
            ],
            notice: Some(Notice::PasswordChanged),
            fault: None,
            now: NOW,
        }
    }
}
