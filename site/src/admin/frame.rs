//! What is around every page of the administration: its name and the way to the others.

use crate::{
    Look,
    frame::{Page, document},
    words::{Text, admin as words, job, operator},
};
use leptos::prelude::*;

const PAGES: [(&str, Text); 11] = [
    ("/admin/users", words::USERS),
    ("/admin/plans", operator::PLANS),
    ("/admin/subscriptions", operator::SUBSCRIPTIONS),
    ("/admin/executors", operator::EXECUTORS),
    ("/admin/commands", operator::COMMANDS),
    ("/admin/flags", operator::FLAGS),
    ("/admin/announcements", operator::ANNOUNCEMENTS),
    ("/admin/health", operator::HEALTH),
    ("/admin/mails", words::MAILS),
    ("/admin/jobs", job::JOBS),
    ("/admin/audit", words::AUDIT),
];

/// The page below its title; `href` is the one in the navigation.
pub(super) fn page(look: &Look, head: Page, href: &str, content: impl IntoView) -> String {
    let title = head.title.clone();
    let links = PAGES.map(|(to, name)| {
        let current = (to == href).then_some("page");
        view! {
            <a class="tab" href=to aria-current=current>
                {look.say(name)}
            </a>
        }
    });
    let content = view! {
        <div class="admin">
            <h1>{title}</h1>
            <nav class="tabs" aria-label=look.say(words::PAGES)>
                {links.collect_view()}
            </nav>
            {content.into_any()}
        </div>
    };
    document(look, head, content.into_any())
}
