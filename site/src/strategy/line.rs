//! A strategy in the list, and the same facts above its versions.

use super::{
    Course, LiveLine, PlaceChoice, Room, StrategyLine,
    deed::{From, deeds},
    earned,
};
use crate::{Look, part::when, words::strategy as words};
use leptos::prelude::*;
use trading::time::Time;

pub(super) fn line(
    look: &Look,
    line: &StrategyLine,
    places: &[PlaceChoice],
    room: &Room,
    now: Time,
) -> AnyView {
    view! {
        <li class="asset panel">
            <div class="asset-what">
                <h3>
                    <a href=format!("/strategies/{}", line.id)>{line.name.clone()}</a>
                </h3>
                {facts(look, line, now)}
            </div>
            {deeds(look, line, places, room, From::List)}
        </li>
    }
    .into_any()
}

/// What is to be known of it at a glance.
pub(super) fn facts(look: &Look, line: &StrategyLine, now: Time) -> AnyView {
    let version = look.with(words::VERSION, &[&line.version.to_string()]);
    let live = line.live.as_ref().map(|one| live(look, line, one));
    let gains: Vec<AnyView> = line
        .gains
        .iter()
        .map(|(currency, net)| earned::gain(currency, *net, look.language))
        .collect();
    let gains = if gains.is_empty() {
        view! { <span>{look.say(words::EARNED_NOTHING)}</span> }.into_any()
    } else {
        view! { <span class="gains">{gains}</span> }.into_any()
    };
    view! {
        <p class="hint">
            {line.market.clone()} " · " {version} ", " {look.say(words::SAVED)} " "
            {when::when_ago(line.saved_at, now, look.language)}
        </p>
        {live}
        <p class="asset-earned">
            <span class="hint">{look.say(words::EARNED)}</span>
            " "
            {gains}
        </p>
    }
    .into_any()
}

fn live(look: &Look, line: &StrategyLine, live: &LiveLine) -> AnyView {
    let every = look.say(words::EVERY_ACCOUNT);
    let place = live.place.as_deref().unwrap_or(every);
    let said = look.with(words::LIVE_ON, &[&live.version.to_string(), place]);
    let course = match live.course {
        Course::Runs => None,
        Course::Until(time) => Some(
            view! {
                <span class="tag tag-bad">{look.say(words::PAUSES)} " " {when::when(time)}</span>
            }
            .into_any(),
        ),
        Course::Paused => {
            Some(view! { <span class="tag tag-bad">{look.say(words::PAUSED)}</span> }.into_any())
        }
    };
    let newer = (line.version > live.version).then(|| {
        let text = look.with(words::NEWER, &[&line.version.to_string()]);
        view! { <p class="hint">{text}</p> }
    });
    view! {
        <p class="asset-live">
            <span class="tag tag-good">{look.say(words::IS_LIVE)}</span>
            <span>
                {said} ", " {look.say(words::LIVE_SINCE)} " " {when::when(live.since)}
            </span>
            {course}
        </p>
        {newer}
    }
    .into_any()
}
