//! Every page in the states that differ, for tests and for the gallery.

#[path = "live_states.rs"]
pub(crate) mod live_states;
#[path = "strategy_states.rs"]
mod strategy_states;

use identity::WeakPassword;
use site::{
    Fault, Look, Notice, Who,
    account::{self, AccountPage, EventLine, Gone, Section, SessionLine, TwoFactor},
    admin::{self, AuditLine, JobLine, JobsPage, MailLine, Retried, UserLine},
    billing::{
        self, Allow, BillingFault, BillingPage, Interval, PlanCard, Price, PricingPage, Quota,
        State, Used,
    },
    device::{self, DeviceFault, DevicesPage, KeyLine, Scope, WaitingDevice},
    problem,
};
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

/// Everything that is counted.
const QUOTAS: [Quota; 5] = [
    Quota::LiveStrategies,
    Quota::Accounts,
    Quota::SavedStrategies,
    Quota::SweepsPerDay,
    Quota::AiCallsPerDay,
];

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
pub(crate) fn billing_faults(reference: &str) -> [(&'static str, BillingFault); 4] {
    let reference = reference.to_owned();
    [
        ("not-sold", BillingFault::NotSold),
        ("currency", BillingFault::Currency),
        (
            "provider",
            BillingFault::Provider {
                reference: reference.clone(),
            },
        ),
        ("away", BillingFault::Away { reference }),
    ]
}

/// Why a device was not paired, or a key neither made nor revoked.
pub(crate) fn device_faults(reference: &str) -> [(&'static str, DeviceFault); 6] {
    let reference = reference.to_owned();
    [
        ("no-code", DeviceFault::NoCode),
        ("label", DeviceFault::Label),
        ("too-many", DeviceFault::TooMany),
        ("wait", DeviceFault::Wait { seconds: 480 }),
        (
            "away",
            DeviceFault::Away {
                reference: reference.clone(),
            },
        ),
        ("internal", DeviceFault::Internal { reference }),
    ]
}

/// What a month costs, and ten of them for a year.
fn prices(usd: i64, idr: i64) -> Vec<Price> {
    let both = [("USD", 2, usd), ("IDR", 0, idr)];
    let sold = both.into_iter().filter(|(_, _, minor)| *minor > 0);
    sold.flat_map(|(currency, decimals, minor)| {
        [(Interval::Month, minor), (Interval::Year, minor * 10)].map(|(interval, minor)| Price {
            interval,
            currency,
            minor,
            decimals,
        })
    })
    .collect()
}

/// A key, told once.
pub(crate) const KEY: &str = "phx_7h2k9_0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefgh";

/// The time of the gallery.
pub(crate) const NOW: Time = Time::from_civil(2026, 11, 21, 19, 5, 0);

const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29"><path fill="currentColor" d="M4 4h7v1h-7zM13 4h2v1h-2zM18 4h7v1h-7zM4 5h1v5h-1zM10 5h1v5h-1zM6 6h3v3h-3zM18 5h1v5h-1zM24 5h1v5h-1zM20 6h3v3h-3zM4 10h7v1h-7zM18 10h7v1h-7zM12 7h3v2h-3zM5 12h4v1h-4zM11 12h6v1h-6zM19 13h5v1h-5zM6 14h9v1h-9zM17 15h6v1h-6zM4 18h7v1h-7zM4 19h1v5h-1zM10 19h1v5h-1zM6 20h3v3h-3zM4 24h7v1h-7zM13 18h3v3h-3zM18 19h5v2h-5zM14 22h4v2h-4zM20 22h5v3h-5z"/></svg>"#;

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
        strategy_states::add(self, &mut pages);
        self.administration(&mut pages);
        self.live(&mut pages);
        self.problems(&mut pages);
        pages
    }

    fn entries(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((name.to_owned(), html));
        let email = self.text("budi.santoso@example.com");
        let next = self.text("/?open=gold");
        let token = self.text("phxt_0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefgh");
        let away = Fault::Away {
            reference: self.text("7f3a-19c2"),
        };
        let register = self.stranger("/register");
        let sign_in = self.stranger("/sign-in");
        let forgot = self.stranger("/forgot");
        add("register", account::register(&register, "", None));
        let weak = Fault::Weak(WeakPassword::TooShort);
        add(
            "register-weak",
            account::register(&register, &email, Some(&weak)),
        );
        add(
            "register-bad-email",
            account::register(&register, &email, Some(&Fault::BadEmail)),
        );
        add(
            "register-away",
            account::register(&register, &email, Some(&away)),
        );
        add(
            "register-sent",
            account::register_sent(&register, &email, false),
        );
        add(
            "register-sent-outbox",
            account::register_sent(&register, &email, true),
        );
        add(
            "confirm",
            account::confirm(&self.stranger("/register/confirm"), &token, &email, None),
        );
        add(
            "gone-registration",
            account::link_gone(&register, Gone::Registration),
        );
        add("gone-reset", account::link_gone(&forgot, Gone::Reset));
        add(
            "gone-email",
            account::link_gone(&self.trader("/account"), Gone::EmailChange),
        );
        add("sign-in", account::sign_in(&sign_in, "", &next, None, None));
        add(
            "sign-in-notice",
            account::sign_in(&sign_in, "", &next, Some(Notice::PasswordReset), None),
        );
        add(
            "sign-in-wrong",
            account::sign_in(&sign_in, &email, &next, None, Some(&Fault::Wrong)),
        );
        add(
            "sign-in-wait",
            account::sign_in(
                &sign_in,
                &email,
                &next,
                None,
                Some(&Fault::Wait { seconds: 480 }),
            ),
        );
        add("forgot", account::forgot(&forgot, "", None));
        add(
            "forgot-bad-email",
            account::forgot(&forgot, &email, Some(&Fault::BadEmail)),
        );
        add("forgot-sent", account::forgot_sent(&forgot, &email, false));
        let reset = self.stranger("/reset");
        add("reset", account::reset(&reset, &token, None));
        let common = Fault::Weak(WeakPassword::Common);
        add("reset-weak", account::reset(&reset, &token, Some(&common)));
        let change = self.trader("/account/email/confirm");
        add("email-change", account::email_change(&change, &token));
        add(
            "email-change-sent",
            account::email_change_sent(&change, &email, true),
        );
    }

    fn second_steps(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((name.to_owned(), html));
        let next = self.text("/");
        let sign_in = self.stranger("/sign-in");
        add("code", account::code(&sign_in, &next, None));
        add(
            "code-wrong",
            account::code(&sign_in, &next, Some(&Fault::WrongCode)),
        );
        let setup = self.trader("/account/two-factor");
        let secret = self.text("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        add(
            "two-factor-setup",
            account::two_factor_setup(&setup, &secret, SVG, None),
        );
        add(
            "two-factor-setup-wrong",
            account::two_factor_setup(&setup, &secret, SVG, Some(&Fault::WrongCode)),
        );
        let codes: Vec<String> = [
            "4k7qz-9mxtr",
            "p2hwe-c8nvd",
            "7ytgb-3fjsa",
            "q6rmx-z0kdp",
            "h9vce-5wtyn",
            "b3sjf-8gqra",
            "n1xkt-6mzpe",
            "d4yhw-0cvfj",
            "t8gqb-2rsna",
            "m5zde-7pkxw",
        ]
        .map(|code| self.text(code))
        .into();
        add("recovery-codes", account::recovery_codes(&setup, &codes));
    }

    fn accounts(&self, pages: &mut Vec<(String, String)>) {
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

    fn plans(&self) -> Vec<PlanCard> {
        let plan = |id: &str, usd: i64, idr: i64, limits: [Option<u64>; 5]| PlanCard {
            id: self.text(id),
            trial_days: if usd == 0 { 0 } else { 14 },
            prices: prices(usd, idr),
            allows: QUOTAS
                .into_iter()
                .zip(limits)
                .map(|(quota, limit)| Allow { quota, limit })
                .collect(),
        };
        let some = |limits: [u64; 5]| limits.map(Some);
        let mut pro = some([25, 10, 0, 500, 1_000]);
        pro[2] = None;
        vec![
            plan("free", 0, 0, some([1, 1, 10, 3, 5])),
            plan("trader", 2_900, 449_000, some([5, 2, 100, 50, 100])),
            plan("pro", 7_900, 1_249_000, pro),
        ]
    }

    fn pricing(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((name.to_owned(), html));
        let page = |currency, is_test| PricingPage {
            plans: self.plans(),
            currency,
            is_test,
        };
        let local = match self.language {
            Language::En => "USD",
            Language::Id => "IDR",
        };
        let stranger = self.stranger("/pricing");
        add("pricing", billing::pricing(&stranger, &page(local, false)));
        add(
            "pricing-usd",
            billing::pricing(&stranger, &page("USD", false)),
        );
        add(
            "pricing-idr",
            billing::pricing(&stranger, &page("IDR", false)),
        );
        add(
            "pricing-test",
            billing::pricing(&stranger, &page(local, true)),
        );
        let trader = self.trader("/pricing");
        add(
            "pricing-trader",
            billing::pricing(&trader, &page(local, false)),
        );
        let mut one = page("IDR", false);
        one.plans[1].prices.retain(|price| price.currency == "USD");
        add("pricing-one-currency", billing::pricing(&stranger, &one));
    }

    fn billing(&self, pages: &mut Vec<(String, String)>) {
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

    fn devices(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((format!("devices{name}"), html));
        let look = self.trader("/account/devices");
        let page = DevicesPage {
            keys: self.keys(),
            notice: None,
            fault: None,
            now: NOW,
        };
        add("", device::devices(&look, &page));
        add(
            "-staff",
            device::devices(&self.staff("/account/devices"), &page),
        );
        let with = |keys: &[KeyLine], notice| DevicesPage {
            keys: keys.to_vec(),
            notice: Some(notice),
            ..page.clone()
        };
        let none = with(&[], Notice::DeviceApproved);
        add("-none", device::devices(&look, &none));
        let former = with(&page.keys[3..], Notice::KeyRevoked);
        add("-former", device::devices(&look, &former));
        let asks = self.trader("/account/devices/approve?code=7KQM-2XWD");
        let waiting = |scope| WaitingDevice {
            code: self.text("7KQM-2XWD"),
            name: self.text("Samsung SM-A155F"),
            scope,
            address: self.text("2001:db8:85a3::8a2e:370:7334"),
        };
        for scope in Scope::ALL {
            let (name, device) = (scope.name(), waiting(scope));
            add(
                &format!("-approve-{name}"),
                device::approve(&asks, &device, None),
            );
            let (label, key) = (self.text("Home server"), self.text(KEY));
            add(
                &format!("-made-{name}"),
                device::key_made(&look, &label, scope, &key),
            );
        }
        for (name, fault) in device_faults(&self.text("7f3a-19c2")) {
            let html = device::approve(&asks, &waiting(Scope::Phone), Some(&fault));
            add(&format!("-approve-fault-{name}"), html);
            let page = DevicesPage {
                fault: Some(fault),
                ..page.clone()
            };
            add(&format!("-fault-{name}"), device::devices(&look, &page));
        }
    }

    fn keys(&self) -> Vec<KeyLine> {
        let key = |place: i64, label: &str, scope, days: Option<i64>, used: Option<i64>| KeyLine {
            id: self.text(&format!("k-{place}")),
            label: self.text(label),
            prefix: self.text(&format!("phx_7h2k{place}")),
            scope,
            created_at: Time(NOW.millis() - place * 90_061_000),
            expires_at: days.map(|days| Time(NOW.millis() + days * 86_400_000)),
            used_at: used.map(|minutes| Time(NOW.millis() - minutes * 60_000)),
            is_revoked: place > 4,
        };
        vec![
            key(1, "VPS Singapura", Scope::Executor, None, Some(0)),
            key(2, "Samsung SM-A155F", Scope::Phone, Some(365), Some(185)),
            key(
                3,
                "A spreadsheet with a very long name that somebody gave it, up to eighty letters",
                Scope::Read,
                Some(30),
                None,
            ),
            // It is over at this very moment.
            key(4, "Old report", Scope::Read, Some(0), Some(3_000)),
            key(5, "Lost phone", Scope::Phone, Some(300), Some(60_000)),
        ]
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

    fn administration(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((name.to_owned(), html));
        let look = self.staff("/admin/users");
        let users = self.users();
        let query = self.text("example.com");
        add(
            "admin-users",
            admin::users(&look, "", &users, true, Some(Notice::RoleChanged), None),
        );
        add(
            "admin-users-support",
            admin::users(&look, &query, &users, false, None, None),
        );
        let internal = Fault::Internal {
            reference: self.text("7f3a-19c2"),
        };
        add(
            "admin-users-fault",
            admin::users(&look, "", &users, true, None, Some(&internal)),
        );
        add(
            "admin-users-nobody",
            admin::users(&look, &query, &[], true, None, None),
        );
        add(
            "admin-users-none",
            admin::users(&look, "", &[], true, None, None),
        );
        let look = self.staff("/admin/mails");
        let mails = self.mails();
        add("admin-mails", admin::mails(&look, &mails, true));
        add("admin-mails-outbox", admin::mails(&look, &mails, false));
        add("admin-mails-none", admin::mails(&look, &[], false));
        let look = self.staff("/admin/jobs");
        let jobs = self.jobs();
        add("admin-jobs", admin::jobs(&look, &jobs));
        let support = JobsPage {
            may_retry: false,
            retried: Some(Retried::Gone),
            ..jobs
        };
        add("admin-jobs-support", admin::jobs(&look, &support));
        add("admin-jobs-none", admin::jobs(&look, &JobsPage::default()));
        let look = self.staff("/admin/audit");
        let older = self.text("/admin/audit?before=0193");
        add(
            "admin-audit",
            admin::audit(&look, &self.lines(), Some(older)),
        );
        add("admin-audit-none", admin::audit(&look, &[], None));
    }

    fn users(&self) -> Vec<UserLine> {
        let user = |place: i64, email: &str, role: &str, is_disabled, has_two_factor| UserLine {
            id: self.text(&format!("0193-{place}")),
            email: self.text(email),
            role: if self.before.is_empty() {
                role.to_owned()
            } else {
                self.text(role)
            },
            created_at: Time(NOW.millis() - place * 90_061_000),
            is_disabled,
            has_two_factor,
            is_self: place == 9,
        };
        vec![
            user(1, "siti.rahmawati@example.co.id", "trader", false, true),
            user(2, "budi.santoso@example.com", "trader", false, false),
            user(3, "spam-sender@example.net", "trader", true, false),
            user(
                4,
                "a.very.long.address.of.somebody.who.likes.long.addresses@subdomain.example.org",
                "trader",
                false,
                false,
            ),
            user(5, "support@phoenix.example", "support", false, true),
            user(6, "dewi@example.com", "trader", false, true),
            user(9, "admin@phoenix.example", "admin", false, true),
        ]
    }

    fn mails(&self) -> Vec<MailLine> {
        let mail = |id: &str, subject: &str, state: &str, attempts, failure: &str| {
            MailLine {
            id: self.text(id),
            recipient: self.text("budi.santoso@example.com"),
            subject: self.text(subject),
            body: self.text("Hello,\n\nopen this link to confirm your address:\n\nhttps://phoenix.example/register/confirm?token=phxt_0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefgh\n\nIf you did not ask for this, do nothing."),
            state: self.text(state),
            attempts,
            failure: self.text(failure),
            created_at: Time(NOW.millis() - i64::from(attempts) * 3_700_000),
        }
        };
        vec![
            mail("m1", "Confirm your address for Phoenix", "queued", 0, ""),
            mail("m4", "Your plan for Phoenix", "kept", 0, ""),
            mail("m2", "Your new password for Phoenix", "sent", 1, ""),
            mail(
                "m3",
                "Konfirmasi alamat email Anda untuk Phoenix",
                "failed",
                5,
                "550 5.1.1 The email account that you tried to reach does not exist",
            ),
        ]
    }

    fn jobs(&self) -> JobsPage {
        let job = |place: i64, kind: &str, attempts, failure: &str| JobLine {
            id: self.text(&format!("01KAKX6V9{place}ZJ5V8W0R4D1QH2MB")),
            kind: if self.before.is_empty() {
                kind.to_owned()
            } else {
                self.text(kind)
            },
            about: self.text("019aa6f0-6d2f-7c41-9d2b-53a2b0f8c1d4"),
            attempts,
            created_at: Time(NOW.millis() - place * 1_234_000),
            run_at: Time(NOW.millis() + place * 90_000),
            failure: self.text(failure),
            worker: self.text("4711-019aa6f06d2f7c419d2b53a2b0f8c1d4"),
        };
        let count = |state: &str, count| (state.to_owned(), count);
        JobsPage {
            counts: vec![
                count("waiting", 12),
                count("taken", 2),
                count("failed", 1),
                count("given-up", 2),
                count("done", 18_204),
            ],
            given_up: vec![
                job(
                    3,
                    "send_mail",
                    7,
                    "permanent error (550): 5.1.1 The email account that you tried to reach does not exist",
                ),
                job(
                    9,
                    "refresh_payments",
                    8,
                    "the payment provider did not answer",
                ),
            ],
            failed: vec![job(
                2,
                "refresh_payments",
                3,
                "the payment provider did not answer",
            )],
            taken: vec![job(1, "send_mail", 1, ""), job(0, "a_later_job", 1, "")],
            done: vec![job(4, "sweep", 1, ""), job(5, "find_mails", 1, "")],
            may_retry: true,
            retried: Some(Retried::Waits),
        }
    }

    fn lines(&self) -> Vec<AuditLine> {
        let line = |action: &str, account: &str, actor: &str, detail: &str, place: i64| AuditLine {
            action: self.text(action),
            account: self.text(account),
            actor: self.text(actor),
            detail: self.text(detail),
            address: self.text("203.0.113.24"),
            at: Time(NOW.millis() - place * 1_234_000),
        };
        let (budi, admin) = ("budi.santoso@example.com", "admin@phoenix.example");
        vec![
            line("signed-in", budi, budi, "", 1),
            line("sign-in-failed", "", "", "budi@example.com", 2),
            line(
                "role-changed",
                "support@phoenix.example",
                admin,
                "trader → support",
                3,
            ),
            line("account-shut", "spam-sender@example.net", admin, "", 4),
            line("locked-out", budi, "", "", 5),
            line("admin-created", admin, "", "phoenix admin create", 6),
            line(
                "something-new",
                admin,
                admin,
                "a word that the page does not know",
                7,
            ),
        ]
    }

    fn problems(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((name.to_owned(), html));
        let reference = self.text("7f3a-19c2");
        let path = "/account";
        add("not-found", problem::not_found(&self.stranger(path)));
        add("forbidden", problem::forbidden(&self.trader(path)));
        add(
            "forbidden-stranger",
            problem::forbidden(&self.stranger(path)),
        );
        add("failed", problem::failed(&self.trader(path), &reference));
        add("away", problem::away(&self.stranger(path), &reference));
    }
}
