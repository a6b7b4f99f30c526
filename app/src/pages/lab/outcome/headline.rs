//! The numbers that are told first. They stay in sight wherever the page is scrolled to: an edit
//! shows at once what it does.

use super::{
    shown,
    write::{NONE, fixed, signed},
};
use crate::{
    engine::Outcome,
    pages::lab::state::Lab,
    words::{Say, outcome as words},
};
use leptos::prelude::*;
use trading::{indicator::Text, language::Language};

/// Whether a number is good or bad news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Gain,
    Loss,
}

impl Tone {
    /// By sign.
    pub(super) fn of(value: f64) -> Self {
        match value {
            v if v > 0.0 => Self::Gain,
            v if v < 0.0 => Self::Loss,
            _ => Self::Plain,
        }
    }

    /// The class that colours it.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "tone",
            Self::Gain => "tone tone-gain",
            Self::Loss => "tone tone-loss",
        }
    }

    /// A shape for those who do not tell its colour.
    pub(super) const fn shape(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Gain => "▲",
            Self::Loss => "▼",
        }
    }
}

struct Tile {
    name: Text,
    id: &'static str,
    value: Option<String>,
    detail: Option<String>,
    tone: Tone,
}

fn tiles(outcome: Option<&Outcome>, language: Language) -> [Tile; 6] {
    let l = language;
    let tile = |name, id, tell: &dyn Fn(&Outcome) -> Option<String>| Tile {
        name,
        id,
        value: outcome.and_then(tell),
        detail: None,
        tone: Tone::Plain,
    };
    let percent = |value, digits| format!("{}%", fixed(l, value, digits));
    [
        Tile {
            detail: outcome
                .and_then(|o| o.headline.return_percent)
                .map(|v| format!("{}%", signed(l, v, 2))),
            tone: outcome.map_or(Tone::Plain, |o| Tone::of(o.headline.net_profit)),
            ..tile(words::NET_PROFIT, "net-profit", &|o| {
                Some(format!(
                    "{} {}",
                    signed(l, o.headline.net_profit, 2),
                    o.currency
                ))
            })
        },
        tile(words::MAX_DRAWDOWN, "drawdown", &|o| {
            Some(percent(-o.headline.max_drawdown_percent, 2))
        }),
        tile(words::TRADES, "trades", &|o| {
            Some(fixed(l, f64::from(o.headline.trades), 0))
        }),
        tile(words::PROFIT_FACTOR, "profit-factor", &|o| {
            o.headline.profit_factor.map(|v| fixed(l, v, 2))
        }),
        tile(words::WIN_RATE, "win-rate", &|o| {
            o.headline.win_rate_percent.map(|v| percent(v, 1))
        }),
        tile(words::SHARPE, "sharpe", &|o| {
            o.headline.sharpe.map(|v| fixed(l, v, 2))
        }),
    ]
}

/// The tiles.
#[component]
pub fn Headline() -> impl IntoView {
    let say = Say::here();
    let lab = Lab::here();
    let outcome = shown(lab.result());
    let is_known = Memo::new(move |_| outcome.with(Option::is_some));
    // Of an earlier version: the present one has faults.
    let is_old = move || is_known.get() && !lab.faults().is_empty();
    let tile = move |tile: Tile| {
        let shape = (tile.tone != Tone::Plain).then(
            || view! { <span class="tone-shape" aria-hidden="true">{tile.tone.shape()}</span> },
        );
        view! {
            <div class="tile">
                <dt>{say.say(tile.name)}</dt>
                <dd class=tile.tone.class()>
                    {shape}
                    <span class="tile-value" data-fact=is_known.get_untracked().then_some(tile.id)>
                        {tile.value.unwrap_or_else(|| NONE.to_owned())}
                    </span>
                    {tile.detail.map(|text| view! { <span class="tile-detail">{text}</span> })}
                </dd>
            </div>
        }
    };
    let all = move || {
        outcome.with(|outcome| {
            tiles(outcome.as_deref(), say.language())
                .map(tile)
                .collect_view()
        })
    };
    view! {
        <dl class="headline" class:old=is_old>
            {all}
        </dl>
    }
    .into_any()
}
