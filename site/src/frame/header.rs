//! Brand, pages, the choices, the way in or out.

use super::{choice, mark};
use crate::{
    Look, Who,
    words::{Text, frame},
};
use leptos::prelude::*;

pub(super) fn header(look: &Look) -> AnyView {
    view! {
        <header class="header site-header">
            <a class="brand" href="/">
                {mark::mark()}
                "Phoenix"
            </a>
            <nav class="site-pages" aria-label=look.say(frame::NAVIGATION)>
                {pages(look)}
            </nav>
            {choice::choices(look)}
            <div class="site-who">{who(look)}</div>
        </header>
    }
    .into_any()
}

fn pages(look: &Look) -> AnyView {
    let (is_plan, is_devices) = (
        look.is_at("/account/billing"),
        look.is_at("/account/devices"),
    );
    let is_account = look.is_at("/account") && !is_plan && !is_devices;
    let own = match look.who {
        Some(_) => view! {
            {link(look, "/account", is_account, frame::ACCOUNT)}
            {link(look, "/account/billing", is_plan, frame::PLAN)}
            {link(look, "/account/devices", is_devices, frame::DEVICES)}
        }
        .into_any(),
        None => page(look, "/pricing", "/pricing", frame::PLANS),
    };
    let administration = look
        .who
        .as_ref()
        .filter(|who| who.is_staff)
        .map(|_| page(look, "/admin/users", "/admin", frame::ADMINISTRATION));
    view! {
        <a href="/">{look.say(frame::LAB)}</a>
        {own}
        {administration}
    }
    .into_any()
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

fn who(look: &Look) -> AnyView {
    match &look.who {
        Some(who) => signed_in(look, who),
        None => view! {
            {page(look, "/sign-in", "/sign-in", frame::SIGN_IN)}
            {page(look, "/register", "/register", frame::REGISTER)}
        }
        .into_any(),
    }
}

fn signed_in(look: &Look, who: &Who) -> AnyView {
    view! {
        <p class="site-email" title=who.email.clone()>
            <span class="unseen">{look.say(frame::SIGNED_IN_AS)}</span>
            <span>{who.email.clone()}</span>
        </p>
        <form method="post" action="/sign-out">
            <button type="submit" class="button button-quiet">
                {look.say(frame::SIGN_OUT)}
            </button>
        </form>
    }
    .into_any()
}
