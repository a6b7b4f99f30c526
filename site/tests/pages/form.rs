//! Which forms there are, and what each of them sends.

use crate::{
    html::{Piece, pieces},
    states::Setting,
};
use std::collections::{BTreeMap, BTreeSet};
use trading::language::Language;

type Forms = BTreeMap<String, BTreeSet<Vec<String>>>;

/// What each address is sent, over all pages.
fn forms() -> Forms {
    let mut forms = Forms::new();
    for language in Language::ALL {
        let setting = Setting {
            language,
            theme: "dark",
            style: "style.css",
            before: "",
        };
        for (_, html) in setting.pages() {
            collect(&html, &mut forms);
        }
    }
    forms
}

fn collect(html: &str, forms: &mut Forms) {
    let mut open: Option<(String, Vec<String>)> = None;
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) if tag.name == "form" => {
                assert!(open.is_none(), "a form within a form");
                let part = |name| tag.get(name).unwrap_or_else(|| panic!("{name}"));
                open = Some((format!("{} {}", part("method"), part("action")), Vec::new()));
            }
            Piece::Open(tag) => {
                if let (Some((_, names)), Some(name)) = (&mut open, tag.get("name"))
                    && !names.contains(&name.to_owned())
                {
                    names.push(name.to_owned());
                }
            }
            Piece::Close(name) if name == "form" => {
                let (address, names) = open.take().expect("an open form");
                forms.entry(address).or_default().insert(names);
            }
            _ => {}
        }
    }
}

#[test]
fn every_form_sends_what_the_server_reads() {
    let expected: &[(&str, &[&str])] = &[
        ("post /preference", &["back", "language", "theme"]),
        ("post /sign-out", &[]),
        ("post /register", &["email", "password"]),
        ("post /register/confirm", &["token", "password"]),
        ("post /sign-in", &["next", "email", "password"]),
        ("post /sign-in/code", &["next", "code"]),
        ("post /forgot", &["email"]),
        ("post /reset", &["token", "password"]),
        ("post /account/email", &["email", "password"]),
        ("post /account/email/confirm", &["token"]),
        ("post /account/password", &["current", "password"]),
        ("post /account/two-factor", &["password"]),
        ("post /account/two-factor/confirm", &["code"]),
        ("post /account/two-factor/off", &["password", "code"]),
        ("post /account/two-factor/codes", &["password"]),
        ("post /account/sessions/end", &["id"]),
        ("post /account/sessions/end-others", &[]),
        ("post /account/language", &["language"]),
        ("post /executors/retire", &["id"]),
        ("post /account/delete", &["email", "password"]),
        (
            "post /account/billing/buy",
            &["plan", "interval", "currency", "key"],
        ),
        ("post /account/billing/cancel", &["key"]),
        ("post /account/billing/resume", &["key"]),
        ("post /account/billing/portal", &["key"]),
        ("get /account/devices/approve", &["code"]),
        ("post /account/devices/approve", &["code"]),
        ("post /account/devices/key", &["label", "scope", "days"]),
        ("post /account/devices/revoke", &["id"]),
        ("get /strategies/s1", &["old", "new"]),
        (
            "post /strategies/activate",
            &["id", "version", "from", "on"],
        ),
        ("post /strategies/archive", &["id", "from"]),
        (
            "post /strategies/bring-back",
            &["id", "version", "revision"],
        ),
        ("post /strategies/deactivate", &["id", "from"]),
        ("post /strategies/duplicate", &["id", "from"]),
        ("post /strategies/restore", &["id", "from"]),
        ("get /commands/confirm", &["action", "target", "strategy"]),
        (
            "post /commands",
            &[
                "key",
                "action",
                "target",
                "strategy",
                "ticket",
                "expires_at",
            ],
        ),
        ("get /admin/users", &["q"]),
        ("post /admin/users/role", &["id", "role"]),
        ("post /admin/users/shut", &["id"]),
        ("post /admin/users/open", &["id"]),
        ("post /admin/jobs/retry", &["id"]),
    ];
    let expected: Forms = expected
        .iter()
        .map(|(address, names)| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            ((*address).to_owned(), BTreeSet::from([names]))
        })
        .collect();
    assert_eq!(forms(), expected);
}

#[test]
fn nothing_is_done_to_oneself_nor_without_the_right() {
    let setting = Setting {
        language: Language::En,
        theme: "dark",
        style: "style.css",
        before: "",
    };
    for (name, html) in setting.pages() {
        let mut forms = Forms::new();
        collect(&html, &mut forms);
        let changes = forms.keys().any(|form| form.starts_with("post /admin"));
        let may = ["admin-users", "admin-users-fault", "admin-jobs"].contains(&name.as_str());
        assert_eq!(changes, may, "{name}");
        if may {
            assert!(!html.contains(r#"name="id" value="0193-9""#), "{name}");
        }
    }
}
