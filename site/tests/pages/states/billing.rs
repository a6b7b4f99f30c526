//! What one pays, in the states that differ.

use super::{NOW, Setting, pricing::QUOTAS};
use site::{
    Notice,
    billing::{self, BillingFault, BillingPage, Interval, State, Used},
};
use trading::time::Time;

/// How it can stand with a plan.
pub(crate) const STATES: [(&str, State); 9] = [
    ("free", State::Free),
    ("trialing", State::Trialing),
    ("active", State::Active),
    ("renewing", State::Renewing),
    ("ending", State::Ending),
    ("past-due", State::PastDue),
    ("unpaid", State::Unpaid),
    ("reversed", State::Reversed),
    ("ended", State::Ended),
];

/// Why a plan may not be bought.
fn billing_faults(reference: &str) -> [(&'static str, BillingFault); 5] {
    let reference = reference.to_owned();
    [
        ("not-sold", BillingFault::NotSold),
        ("currency", BillingFault::Currency),
        ("often", BillingFault::Often),
        (
            "provider",
            BillingFault::Provider {
                reference: reference.clone(),
            },
        ),
        ("away", BillingFault::Away { reference }),
    ]
}

impl Setting<'_> {
    pub(super) fn billing(&self, pages: &mut Vec<(String, String)>) {
        let look = self.trader("/account/billing");
        let mut add = |name: &str, page: BillingPage| {
            pages.push((format!("billing-{name}"), billing::billing(&look, &page)));
        };
        let free = self.billing_page();
        let paid = BillingPage {
            plan: self.text("trader"),
            ends: Some(Time(NOW.millis() + 20 * 86_400_000)),
            may_try: false,
            ..free.clone()
        };
        let card = BillingPage {
            state: State::Active,
            interval: Some(Interval::Month),
            provider: Some("stripe"),
            has_portal: true,
            can_cancel: true,
            ..paid.clone()
        };
        let ending = |page: &BillingPage| BillingPage {
            can_cancel: false,
            can_resume: true,
            ..page.clone()
        };
        let state = |state, page: &BillingPage| BillingPage {
            state,
            ..page.clone()
        };
        add("free", free.clone());
        add(
            "free-idr",
            BillingPage {
                currency: "IDR",
                ..free.clone()
            },
        );
        let trial = state(State::Trialing, &card);
        add("trial-ending", ending(&trial));
        add("trial", trial);
        add(
            "active",
            BillingPage {
                notice: Some(Notice::PlanChanged),
                ..card.clone()
            },
        );
        add("ending", state(State::Ending, &ending(&card)));
        add("past-due", state(State::PastDue, &card));
        add("renewing", state(State::Renewing, &card));
        add(
            "once",
            BillingPage {
                state: State::Ending,
                provider: Some("midtrans"),
                currency: "IDR",
                ..paid.clone()
            },
        );
        add(
            "once-card",
            BillingPage {
                state: State::Ending,
                provider: Some("midtrans"),
                ..paid.clone()
            },
        );
        add(
            "down",
            BillingPage {
                plan: self.text("pro"),
                interval: Some(Interval::Year),
                ..card.clone()
            },
        );
        add(
            "not-sold-any-more",
            BillingPage {
                plan: self.text("old"),
                ..card.clone()
            },
        );
        let over = BillingPage {
            ends: None,
            may_try: false,
            ..free.clone()
        };
        for (name, over_state) in [
            ("unpaid", State::Unpaid),
            ("reversed", State::Reversed),
            ("ended", State::Ended),
        ] {
            let page = BillingPage {
                has_portal: true,
                ..over.clone()
            };
            add(name, state(over_state, &page));
        }
        add(
            "waits",
            BillingPage {
                waits: true,
                ..free.clone()
            },
        );
        let test = BillingPage {
            is_test: true,
            ..free.clone()
        };
        add("test", test.clone());
        for (name, held) in [("trial", State::Trialing), ("ending", State::Ending)] {
            let page = BillingPage {
                is_test: true,
                provider: Some("test"),
                can_cancel: true,
                interval: Some(Interval::Month),
                ..paid.clone()
            };
            add(&format!("test-{name}"), state(held, &page));
        }
        add(
            "test-over",
            state(
                State::Unpaid,
                &BillingPage {
                    plan: self.text("free"),
                    ..test
                },
            ),
        );
        add(
            "nothing-sold",
            BillingPage {
                plans: Vec::new(),
                used: Vec::new(),
                ..free.clone()
            },
        );
        for (name, fault) in billing_faults(&self.text("7f3a-19c2")) {
            let page = BillingPage {
                fault: Some(fault),
                ..card.clone()
            };
            add(&format!("fault-{name}"), page);
        }
        // Without a time there is a sentence too.
        for (name, held) in STATES {
            let page = BillingPage {
                ends: None,
                ..state(held, &card)
            };
            add(&format!("open-{name}"), page);
        }
    }

    /// On the free plan.
    fn billing_page(&self) -> BillingPage {
        let used = [
            (1, Some(1)),
            (0, Some(2)),
            (87, Some(100)),
            (3, Some(50)),
            (0, Some(50)),
            (12, None),
        ];
        BillingPage {
            plan: self.text("free"),
            state: State::Free,
            ends: None,
            interval: None,
            provider: None,
            used: QUOTAS
                .into_iter()
                .zip(used)
                .map(|(quota, (used, limit))| Used { quota, used, limit })
                .collect(),
            plans: self.plans().split_off(1),
            currency: "USD",
            may_try: true,
            has_portal: false,
            can_cancel: false,
            can_resume: false,
            is_test: false,
            key: self.text("0193e2c1-7d52-7a44-9b1f-3f6a1c0d9e77"),
            notice: None,
            fault: None,
            waits: false,
        }
    }
}
