//! Brand, pages, the choices, the way in or out.
//!
//! Whoever is signed in has two menus that work without a script: on a phone the pages are a
//! popover, which a wide window shows as a row; what belongs to the account folds out of its name.

use super::{choice, mark};
use crate::{
    Look, Who,
    words::{Text, fill, frame},
};
use leptos::prelude::*;

/// More unread notifications than these are not counted out.
const MOST_UNREAD: u64 = 99;

/// The pages of somebody who is signed in, before their notifications.
const OWN: [(&str, Text); 5] = [
    ("/dashboard", frame::DASHBOARD),
    ("/strategies", frame::STRATEGIES),
    ("/reports", frame::REPORTS),
    ("/commands", frame::COMMANDS),
    ("/executors", frame::EXECUTORS),
];

pub(super) fn header(look: &Look) -> AnyView {
    match &look.who {
        Some(who) => signed_in(look, who),
        None => stranger(look),
    }
}

fn brand() -> AnyView {
    view! {
        <a class="brand" href="/">
            {mark::mark()}
            "Phoenix"
        </a>
    }
    .into_any()
}

fn stranger(look: &Look) -> AnyView {
    view! {
        <header class="header site-header">
            {brand()}
            <nav class="site-pages" aria-label=look.say(frame::NAVIGATION)>
                <a href="/">{look.say(frame::LAB)}</a>
                {page(look, "/pricing", "/pricing", frame::PLANS)}
            </nav>
            {choice::choices(look)}
            <div class="site-who">
                {page(look, "/sign-in", "/sign-in", frame::SIGN_IN)}
                {page(look, "/register", "/register", frame::REGISTER)}
            </div>
        </header>
    }
    .into_any()
}

fn signed_in(look: &Look, who: &Who) -> AnyView {
    let own = OWN.map(|(href, name)| page(look, href, href, name));
    let administration = who
        .is_staff
        .then(|| page(look, "/admin/users", "/admin", frame::ADMINISTRATION));
    view! {
        <header class="header site-header site-member">
            {brand()}
            <button type="button" class="button site-menu-open" popovertarget="site-menu">
                {look.say(frame::MENU)}
            </button>
            <nav
                class="site-pages site-menu"
                id="site-menu"
                popover=""
                aria-label=look.say(frame::NAVIGATION)
            >
                <a href="/">{look.say(frame::LAB)}</a>
                {own.collect_view()}
                {notifications(look)}
                {administration}
            </nav>
            {account(look, who)}
        </header>
    }
    .into_any()
}

/// The link to what one is told, with how much of it is new.
fn notifications(look: &Look) -> AnyView {
    let current = look.is_at("/notifications").then_some("page");
    let unread = unread(look.around.unread).map(|(short, words, count)| {
        view! {
            <span class="site-unread" aria-hidden="true">
                {short}
            </span>
            <span class="unseen">" (" {fill(look.say(words), &[&count])} ")"</span>
        }
    });
    view! {
        <a href="/notifications" aria-current=current>
            {look.say(frame::NOTIFICATIONS)}
            {unread}
        </a>
    }
    .into_any()
}

/// How many are unread: as it is seen, and read aloud with a number in it. Nothing where none are.
fn unread(count: u64) -> Option<(String, Text, String)> {
    let (words, shown) = match count {
        0 => return None,
        1 => (frame::ONE_UNREAD, 1),
        2..=MOST_UNREAD => (frame::UNREAD, count),
        _ => (frame::MORE_UNREAD, MOST_UNREAD),
    };
    let more = if count > MOST_UNREAD { "+" } else { "" };
    Some((format!("{shown}{more}"), words, shown.to_string()))
}

fn account(look: &Look, who: &Who) -> AnyView {
    let (is_plan, is_devices) = (
        look.is_at("/account/billing"),
        look.is_at("/account/devices"),
    );
    let is_account = look.is_at("/account") && !is_plan && !is_devices;
    view! {
        <details class="site-account">
            <summary>
                <span class="site-initial" aria-hidden="true">
                    {initial(&who.email)}
                </span>
                {look.say(frame::ACCOUNT_MENU)}
            </summary>
            <div class="site-account-menu">
                <p class="site-email" title=who.email.clone()>
                    <span class="unseen">{look.say(frame::SIGNED_IN_AS)}</span>
                    <span>{who.email.clone()}</span>
                </p>
                <nav aria-label=look.say(frame::ACCOUNT_MENU)>
                    {link(look, "/account", is_account, frame::ACCOUNT)}
                    {link(look, "/account/billing", is_plan, frame::PLAN)}
                    {link(look, "/account/devices", is_devices, frame::DEVICES)}
                </nav>
                {choice::choices(look)}
                <form method="post" action="/sign-out">
                    <button type="submit" class="button">
                        {look.say(frame::SIGN_OUT)}
                    </button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// What stands for somebody where there is no room for their address.
fn initial(email: &str) -> String {
    email.chars().take(1).flat_map(char::to_uppercase).collect()
}

/// A link that says when it is the one of this page.
fn page(look: &Look, href: &'static str, under: &str, name: Text) -> AnyView {
    link(look, href, look.is_at(under), name)
}

fn link(look: &Look, href: &'static str, is_here: bool, name: Text) -> AnyView {
    let current = is_here.then_some("page");
    view! {
        <a href=href aria-current=current>
            {look.say(name)}
        </a>
    }
    .into_any()
}
