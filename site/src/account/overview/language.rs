//! The language of mails.

use super::{AccountPage, part};
use crate::{
    Look,
    part::form::{Form, Tone},
    words::account as words,
};
use leptos::prelude::*;
use trading::language::Language;

pub(super) fn section(look: &Look, page: &AccountPage) -> AnyView {
    let options = Language::ALL.map(|language| {
        // Languages are named in themselves, for those who do not speak the other one.
        let name = match language {
            Language::En => "English",
            Language::Id => "Bahasa Indonesia",
        };
        view! {
            <option value=language.code() lang=language.code() selected=language == page.language>
                {name}
            </option>
        }
    });
    let choice = view! {
        <div class="select">
            <label for="mail-language">{look.say(words::LANGUAGE_FIELD)}</label>
            <select id="mail-language" name="language">
                {options.collect_view()}
            </select>
        </div>
    };
    let form = Form::new("/account/language")
        .with(choice)
        .send(look.say(words::LANGUAGE_DO), Tone::Plain);
    part::section(
        look,
        "language",
        words::LANGUAGE,
        words::LANGUAGE_LEAD,
        form,
    )
}
