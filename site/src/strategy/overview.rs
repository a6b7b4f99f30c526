//! The page of strategies.

use super::{StrategiesPage, StrategyLine, line::line, room, told};
use crate::{
    Look,
    frame::{Page, document},
    part::empty,
    words::{Text, strategy as words},
};
use leptos::prelude::*;

/// All strategies of a trader.
pub fn strategies(look: &Look, page: &StrategiesPage) -> String {
    let of = |is_it: fn(&StrategyLine) -> bool| -> Vec<AnyView> {
        let found = page.lines.iter().filter(|line| is_it(line));
        found
            .map(|one| line(look, one, &page.places, &page.room, page.now))
            .collect()
    };
    let live = of(|line| line.live.is_some());
    let drafts = of(|line| line.live.is_none() && !line.is_archived);
    let archived = of(|line| line.live.is_none() && line.is_archived);
    let lab = (drafts.is_empty() && live.is_empty()).then(|| {
        view! {
            <a class="button button-accent" href="/">
                {look.say(words::OPEN_LAB)}
            </a>
        }
        .into_any()
    });
    let content = view! {
        <div class="assets">
            <header class="settings-head">
                <h1>{look.say(words::STRATEGIES)}</h1>
                <p class="hint">{look.say(words::STRATEGIES_LEAD)}</p>
                {room::room(look, &page.room, &page.lines)}
            </header>
            {told(look, page.done, page.fault.as_ref())}
            {section(
                look,
                ("active", words::ACTIVE),
                live,
                (words::NO_ACTIVE, words::NO_ACTIVE_HINT),
                None,
            )}
            {section(
                look,
                ("drafts", words::DRAFTS),
                drafts,
                (words::NO_DRAFTS, words::NO_DRAFTS_HINT),
                lab,
            )}
            {section(
                look,
                ("archived", words::ARCHIVED),
                archived,
                (words::NO_ARCHIVED, words::NO_ARCHIVED_HINT),
                None,
            )}
        </div>
    };
    let head = Page::new(look.say(words::STRATEGIES)).refused(page.fault.is_some());
    document(look, head, content.into_any())
}

fn section(
    look: &Look,
    (id, name): (&'static str, Text),
    lines: Vec<AnyView>,
    (none, hint): (Text, Text),
    way: Option<AnyView>,
) -> AnyView {
    let count = lines.len();
    let content = if lines.is_empty() {
        empty::empty(look.say(none), look.say(hint))
    } else {
        view! { <ul class="asset-list">{lines}</ul> }.into_any()
    };
    view! {
        <section class="asset-section" aria-labelledby=id>
            <h2 id=id>{look.say(name)} " " <span class="hint">{count}</span></h2>
            {content}
            {way}
        </section>
    }
    .into_any()
}
