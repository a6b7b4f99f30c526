//! Everything that can be said is said, in both languages.

use crate::{
    html::text,
    states::{NOW, Setting, account::faults},
};
use site::{
    Fault, Look, Notice, Who,
    account::{self, AccountPage, EventLine},
};
use std::collections::BTreeSet;
use trading::language::Language;

fn look(language: Language) -> Look {
    Look {
        language,
        theme: "dark".to_owned(),
        style: "style.css".to_owned(),
        icon: "icon.svg".to_owned(),
        path: "/sign-in".to_owned(),
        who: None,
        around: Default::default(),
    }
}

#[test]
fn every_notice_has_words() {
    for language in Language::ALL {
        let said: BTreeSet<String> = Notice::ALL
            .into_iter()
            .map(|notice| {
                text(&account::sign_in(
                    &look(language),
                    "",
                    "",
                    Some(notice),
                    None,
                ))
            })
            .collect();
        assert_eq!(said.len(), Notice::ALL.len());
    }
    for notice in Notice::ALL {
        let said = |language| account::sign_in(&look(language), "", "", Some(notice), None);
        assert!(said(Language::En).contains("role=\"status\""));
        assert_ne!(text(&said(Language::En)), text(&said(Language::Id)));
    }
}

#[test]
fn unread_notifications_are_counted_in_the_header() {
    let said = |language, unread| {
        let mut look = look(language);
        look.who = Some(Who {
            email: "ada@example.com".to_owned(),
            is_staff: false,
        });
        look.around.unread = unread;
        let html = account::sign_in(&look, "", "", None, None);
        (html.contains("site-unread"), text(&html))
    };
    for (unread, seen, en, id) in [
        (
            1,
            "1",
            "1 unread notification)",
            "1 notifikasi belum dibaca)",
        ),
        (
            3,
            "3",
            "3 unread notifications)",
            "3 notifikasi belum dibaca)",
        ),
        (99, "99", "(99 unread", "(99 notifikasi"),
        (
            100,
            "99+",
            "more than 99 unread notifications)",
            "lebih dari 99 notifikasi belum dibaca)",
        ),
    ] {
        for (language, words) in [(Language::En, en), (Language::Id, id)] {
            let (is_there, text) = said(language, unread);
            assert!(is_there && text.contains(seen), "{text}");
            assert!(text.contains(words), "{words}: {text}");
        }
    }
    let (is_there, text) = said(Language::En, 0);
    assert!(!is_there && !text.contains("unread"), "{text}");
}

#[test]
fn every_fault_has_words() {
    let all = faults("7f3a-19c2");
    for language in Language::ALL {
        let said: BTreeSet<String> = all
            .iter()
            .map(|fault| {
                text(&account::sign_in(
                    &look(language),
                    "",
                    "",
                    None,
                    Some(fault),
                ))
            })
            .collect();
        assert_eq!(said.len(), all.len());
        assert!(said.iter().all(|said| !said.contains("{}")));
    }
    let of_ours = all
        .iter()
        .filter(|fault| matches!(fault, Fault::Away { .. } | Fault::Internal { .. }));
    for fault in of_ours {
        let html = account::sign_in(&look(Language::Id), "", "", None, Some(fault));
        assert!(text(&html).contains("Referensi 7f3a-19c2."));
    }
}

#[test]
fn every_action_has_words_and_an_unknown_one_is_shown_as_it_is() {
    const ACTIONS: [&str; 52] = [
        "strategy-activated",
        "strategy-deactivated",
        "strategy-archived",
        "strategy-restored",
        "strategy-duplicated",
        "strategy-version-restored",
        "live-strategies-over",
        "job-retried",
        "plan-chosen",
        "plan-canceled",
        "plan-resumed",
        "registered",
        "signed-in",
        "signed-out",
        "sign-in-failed",
        "second-factor-failed",
        "locked-out",
        "recovery-code-used",
        "password-changed",
        "password-reset-asked",
        "password-reset",
        "email-change-asked",
        "email-changed",
        "second-factor-on",
        "second-factor-off",
        "recovery-codes-renewed",
        "session-ended",
        "other-sessions-ended",
        "key-created",
        "key-revoked",
        "account-retired",
        "device-approved",
        "device-paired",
        "command-given",
        "command-executed",
        "command-failed",
        "command-receipt-refused",
        "data-exported",
        "account-deleted",
        "role-changed",
        "account-shut",
        "account-opened",
        "telegram-connected",
        "telegram-disconnected",
        "webhook-added",
        "webhook-resumed",
        "webhook-removed",
        "payments-asked",
        "flag-turned",
        "announcement-made",
        "announcement-withdrawn",
        "admin-created",
    ];
    let shown = |action: &str, language| {
        let page = AccountPage {
            email: String::new(),
            created_at: NOW,
            language,
            two_factor: None,
            sessions: Vec::new(),
            events: vec![EventLine {
                action: action.to_owned(),
                address: String::new(),
                at: NOW,
                by_staff: false,
            }],
            notice: None,
            fault: None,
            now: NOW,
        };
        text(&account::account(&look(language), &page))
    };
    let plain = Language::ALL.map(|language| shown("", language).len());
    for action in ACTIONS {
        for (language, plain) in Language::ALL.into_iter().zip(plain) {
            let shown = shown(action, language);
            assert!(!shown.contains(action) && shown.len() > plain, "{action}");
        }
        assert_ne!(shown(action, Language::En), shown(action, Language::Id));
    }
    assert!(shown("something-new", Language::Id).contains("something-new"));
}

#[test]
fn the_pages_differ_in_language_alone() {
    let pages = |language| {
        Setting {
            language,
            theme: "dark",
            style: "style.css",
            before: "",
        }
        .pages()
    };
    for ((name, en), (_, id)) in pages(Language::En).iter().zip(&pages(Language::Id)) {
        assert_ne!(text(en), text(id), "{name}");
        assert!(
            !text(en).contains("{}") && !text(id).contains("{}"),
            "{name}"
        );
    }
}
