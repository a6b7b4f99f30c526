//! Who has an account.

use super::frame;
use crate::{
    Fault, Look, Notice,
    frame::Page,
    part::{
        alert, empty,
        refusal::{Place, Refusal},
        table::{self, cell},
        when,
    },
    words::admin as words,
};
use identity::email::MAX_ADDRESS;
use leptos::prelude::*;
use trading::time::Time;

/// Somebody who has an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserLine {
    /// Names the account in forms.
    pub id: String,
    /// Its address.
    pub email: String,
    /// `trader`, `support` or `admin`.
    pub role: String,
    /// Since when there is the account.
    pub created_at: Time,
    /// Whether it was shut.
    pub is_disabled: bool,
    /// Whether a second factor is on.
    pub has_two_factor: bool,
    /// Whether it is the account of who looks.
    pub is_self: bool,
}

/// Lists accounts. With `may_change`, roles can be changed and accounts be shut: those of others.
pub fn users(
    look: &Look,
    query: &str,
    users: &[UserLine],
    may_change: bool,
    notice: Option<Notice>,
    fault: Option<&Fault>,
) -> String {
    let refusal = Refusal::of(look, fault, &[]);
    let refused = refusal
        .at(Place::Whole)
        .map(|words| alert::refused("users-refused", words, true));
    let content = view! {
        {alert::done(look, notice)}
        {refused}
        {search(look, query)}
        {list(look, query, users, may_change)}
    };
    let head = Page::new(look.say(words::USERS)).refused(refusal.is_some());
    frame::page(look, head, "/admin/users", content)
}

fn search(look: &Look, query: &str) -> AnyView {
    let all = (!query.is_empty()).then(|| {
        view! {
            <a class="button button-quiet" href="/admin/users">
                {look.say(words::SEARCH_ALL)}
            </a>
        }
    });
    view! {
        <form class="search field" method="get" action="/admin/users" role="search">
            <label for="q">{look.say(words::SEARCH)}</label>
            <input
                id="q"
                name="q"
                type="search"
                value=query.to_owned()
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                maxlength=MAX_ADDRESS.to_string()
            />
            <button type="submit" class="button">
                {look.say(words::SEARCH_DO)}
            </button>
            {all}
        </form>
    }
    .into_any()
}

fn list(look: &Look, query: &str, users: &[UserLine], may_change: bool) -> AnyView {
    if users.is_empty() {
        return nobody(look, query);
    }
    let columns = [
        words::USER,
        words::ROLE,
        words::TWO_STEPS,
        words::STATE,
        words::CREATED,
        words::DEEDS,
    ]
    .map(|name| look.say(name));
    let columns = if may_change {
        &columns[..]
    } else {
        &columns[..5]
    };
    let rows = users
        .iter()
        .enumerate()
        .map(|(place, user)| line(look, columns, place, user, may_change))
        .collect();
    table::table(look.say(words::USERS), columns, rows)
}

fn nobody(look: &Look, query: &str) -> AnyView {
    if query.is_empty() {
        return empty::empty(look.say(words::NO_USERS), look.say(words::NO_USERS_HINT));
    }
    let title = look.with(words::NOBODY, &[query]);
    empty::empty(title, look.say(words::NOBODY_HINT))
}

fn line(
    look: &Look,
    columns: &[&'static str],
    place: usize,
    user: &UserLine,
    may_change: bool,
) -> AnyView {
    let is_mine = user
        .is_self
        .then(|| view! { <span class="tag">{look.say(words::SELF)}</span> });
    let (state, tone) = if user.is_disabled {
        (words::SHUT, "tag tag-bad")
    } else {
        (words::OPEN, "tag")
    };
    let two_steps = if user.has_two_factor {
        words::YES
    } else {
        words::NO
    };
    let role = if may_change && !user.is_self {
        role_form(look, place, user)
    } else {
        view! { <span>{words::role(&user.role, look.language)}</span> }.into_any()
    };
    let values = vec![
        view! {
            <span class="breakable">{user.email.clone()}</span>
            " "
            {is_mine}
        }
        .into_any(),
        role,
        view! { <span>{look.say(two_steps)}</span> }.into_any(),
        view! { <span class=tone>{look.say(state)}</span> }.into_any(),
        when::when(user.created_at),
        deed(look, user),
    ];
    let cells = columns.iter().zip(values);
    table::row(cells.map(|(column, value)| cell(column, value)).collect())
}

fn role_form(look: &Look, place: usize, user: &UserLine) -> AnyView {
    let id = format!("role-{place}");
    let options = words::roles(look.language).map(|(name, words)| {
        view! {
            <option value=name selected=name == user.role>
                {words}
            </option>
        }
    });
    view! {
        <form class="role" method="post" action="/admin/users/role">
            <input type="hidden" name="id" value=user.id.clone() />
            <label class="unseen" for=id.clone()>
                {look.with(words::ROLE_OF, &[&user.email])}
            </label>
            <select id=id name="role">
                {options.collect_view()}
            </select>
            <button type="submit" class="button">
                {look.say(words::ROLE_DO)}
            </button>
        </form>
    }
    .into_any()
}

fn deed(look: &Look, user: &UserLine) -> AnyView {
    let which = look.with(words::OF, &[&user.email]);
    if user.is_self {
        return view! { <span class="hint">{look.say(words::NOT_ONESELF)}</span> }.into_any();
    }
    if user.is_disabled {
        return view! {
            <form method="post" action="/admin/users/open">
                <input type="hidden" name="id" value=user.id.clone() />
                <button type="submit" class="button">
                    {look.say(words::OPEN_DO)}
                    <span class="unseen">{format!(" {which}")}</span>
                </button>
            </form>
        }
        .into_any();
    }
    view! {
        <details class="ask">
            <summary class="button">
                {look.say(words::SHUT_ASK)}
                <span class="unseen">{format!(" {which}")}</span>
            </summary>
            <form class="entry-form" method="post" action="/admin/users/shut">
                <input type="hidden" name="id" value=user.id.clone() />
                <p class="hint">{look.with(words::SHUT_WHAT, &[&user.email])}</p>
                <button type="submit" class="button button-danger">
                    {look.say(words::SHUT_DO)}
                </button>
            </form>
        </details>
    }
    .into_any()
}
