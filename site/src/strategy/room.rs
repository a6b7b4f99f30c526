//! For how many strategies there is room: said before somebody meets the limit.

use super::{Course, StrategyLine};
use crate::{Look, part::alert, words::strategy as words};
use leptos::prelude::*;

/// For how many strategies there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// How many are live.
    pub live: u64,
    /// How many may be; nothing for any number.
    pub live_limit: Option<u64>,
    /// How many are saved.
    pub saved: u64,
    /// How many may be; nothing for any number.
    pub saved_limit: Option<u64>,
}

impl Room {
    /// Whether another may be live.
    pub(super) fn has_live(&self) -> bool {
        self.live_limit.is_none_or(|limit| self.live < limit)
    }
}

/// How many are live of how many, and what is wrong with that.
pub(super) fn room(look: &Look, room: &Room, lines: &[StrategyLine]) -> AnyView {
    let live = room.live.to_string();
    let said = match room.live_limit {
        Some(limit) => look.with(words::ROOM, &[&live, &limit.to_string()]),
        None => look.with(words::ROOM_FREE, &[&live]),
    };
    view! {
        <p class="hint">{said} " " <a href="/account/billing">{look.say(words::PLAN)}</a></p>
        {over_live(look, room, lines)}
        {over_saved(look, room)}
    }
    .into_any()
}

fn over_live(look: &Look, room: &Room, lines: &[StrategyLine]) -> Option<AnyView> {
    let limit = room.live_limit.filter(|limit| room.live > *limit)?;
    let (live, limit) = (room.live.to_string(), limit.to_string());
    let mut courses = lines
        .iter()
        .filter_map(|line| Some(line.live.as_ref()?.course));
    let until = courses.find_map(|course| match course {
        Course::Until(time) => Some(time.to_string()),
        Course::Runs | Course::Paused => None,
    });
    let text = match until {
        Some(until) => {
            let day = until.split('T').next().unwrap_or_default();
            look.with(words::OVER_LIVE, &[&live, &limit, day])
        }
        None => look.with(words::PAUSED_LIVE, &[&live, &limit]),
    };
    Some(alert::warn(text))
}

fn over_saved(look: &Look, room: &Room) -> Option<AnyView> {
    let limit = room.saved_limit.filter(|limit| room.saved >= *limit)?;
    let most = limit.to_string();
    let text = if room.saved > limit {
        look.with(words::OVER_SAVED, &[&room.saved.to_string(), &most])
    } else {
        look.with(words::FULL_SAVED, &[&most])
    };
    Some(alert::warn(text))
}
