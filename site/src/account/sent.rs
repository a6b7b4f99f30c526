//! A mail is on its way: what to do with it, and when it does not come.

use crate::{
    Look,
    frame::Page,
    part::{alert, entry, strong},
    words::{Text, entry as words},
};
use leptos::prelude::*;

/// The mail that confirms a registration. Without a mail server it is in the outbox.
pub fn register_sent(look: &Look, email: &str, in_outbox: bool) -> String {
    sent(look, words::REGISTER_SENT, email, in_outbox, "/register")
}

/// The mail with which a password is set anew. It says the same whether or not there is an account.
pub fn forgot_sent(look: &Look, email: &str, in_outbox: bool) -> String {
    sent(look, words::FORGOT_SENT, email, in_outbox, "/forgot")
}

/// The mail that confirms a new address.
pub fn email_change_sent(look: &Look, email: &str, in_outbox: bool) -> String {
    sent(look, words::EMAIL_CHANGE_SENT, email, in_outbox, "/account")
}

fn sent(look: &Look, what: Text, email: &str, in_outbox: bool, again: &'static str) -> String {
    let outbox = in_outbox.then(|| alert::warn(look.say(words::IN_OUTBOX).to_owned()));
    let content = view! {
        <p>{strong::strong(look, what, email)}</p>
        {outbox}
        {entry::aside(look.say(words::NOTHING_CAME), again, look.say(words::SEND_AGAIN))}
    };
    entry::entry(look, Page::new(look.say(words::SENT)), content)
}
