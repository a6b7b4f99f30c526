//! What is other between two versions: in sentences, and in the document.

use super::StrategyPage;
use crate::{
    Look,
    part::{empty, setting},
    words::{Text, strategy as words},
};
use leptos::prelude::*;

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It is in both.
    Same,
    /// It is in the old one alone.
    Gone,
    /// It is in the new one alone.
    New,
    /// Some that are in both are left out here.
    Skipped,
}

/// A line, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What became of it.
    pub mark: Mark,
    /// The line.
    pub text: String,
    /// Whether it is the title of what follows.
    pub is_title: bool,
}

/// What is other between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// From which.
    pub old: i64,
    /// To which.
    pub new: i64,
    /// In sentences; nothing where one of the two cannot be told so.
    pub sentences: Option<Vec<Said>>,
    /// In the document; empty where nothing is.
    pub document: Vec<Said>,
}

pub(super) fn compare(look: &Look, page: &StrategyPage) -> AnyView {
    let Some(compared) = &page.compared else {
        return empty::empty(
            look.say(words::ONE_VERSION),
            look.say(words::ONE_VERSION_HINT),
        );
    };
    let numbers: Vec<i64> = page.versions.iter().map(|version| version.number).collect();
    view! {
        <p class="hint">{look.say(words::COMPARE_LEAD)}</p>
        <form class="compared" method="get" action=format!("/strategies/{}", page.line.id)>
            {select(look, "old", words::OLD, &numbers, compared.old)}
            {select(look, "new", words::NEW, &numbers, compared.new)}
            <button type="submit" class="button">
                {look.say(words::COMPARE_DO)}
            </button>
        </form>
        {difference(look, compared)}
    }
    .into_any()
}

fn select(look: &Look, name: &'static str, label: Text, numbers: &[i64], chosen: i64) -> AnyView {
    let id = format!("compare-{name}");
    let options: Vec<AnyView> = numbers
        .iter()
        .map(|number| {
            view! {
                <option value=number.to_string() selected=*number == chosen>
                    {*number}
                </option>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="select">
            <label for=id.clone()>{look.say(label)}</label>
            <select id=id name=name>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn difference(look: &Look, compared: &Compared) -> AnyView {
    if compared.document.is_empty() {
        return view! { <p>{look.say(words::SAME)}</p> }.into_any();
    }
    let sentences = match &compared.sentences {
        Some(all) => lines(look, "difference", all),
        None => view! { <p class="notice">{look.say(words::NO_WORDS)}</p> }.into_any(),
    };
    let json = lines(look, "difference difference-code", &compared.document);
    view! {
        <h3>{look.say(words::IN_WORDS)}</h3>
        {sentences}
        {setting::fold(look.say(words::IN_JSON), compared.sentences.is_none(), json)}
    }
    .into_any()
}

fn lines(look: &Look, class: &'static str, all: &[Said]) -> AnyView {
    let lines: Vec<AnyView> = all.iter().map(|said| line(look, said)).collect();
    view! { <ol class=class>{lines}</ol> }.into_any()
}

/// A sign and a word say what the colour says.
fn line(look: &Look, said: &Said) -> AnyView {
    let text = if said.is_title {
        view! { <strong>{said.text.clone()}</strong> }.into_any()
    } else {
        said.text.clone().into_any()
    };
    match said.mark {
        Mark::Same => view! { <li>{text}</li> }.into_any(),
        Mark::Gone => view! {
            <li class="gone">
                <span class="unseen">{look.say(words::GONE)} " "</span>
                <del>{text}</del>
            </li>
        }
        .into_any(),
        Mark::New => view! {
            <li class="new">
                <span class="unseen">{look.say(words::ADDED)} " "</span>
                <ins>{text}</ins>
            </li>
        }
        .into_any(),
        Mark::Skipped => view! { <li class="skipped">{look.say(words::SKIPPED)}</li> }.into_any(),
    }
}
