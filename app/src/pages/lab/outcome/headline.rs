//! The numbers that are told first.

use super::{
    Shown,
    write::{fixed, maybe, signed},
};
use crate::{
    engine::Outcome,
    words::{Say, fill, outcome as words},
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
    value: String,
    detail: String,
    tone: Tone,
}

fn tiles(outcome: &Outcome, language: Language) -> [Tile; 6] {
    let (h, l) = (&outcome.headline, language);
    let plain = |name, id, value| Tile {
        name,
        id,
        value,
        detail: String::new(),
        tone: Tone::Plain,
    };
    [
        Tile {
            detail: maybe(h.return_percent, |v| format!("{}%", signed(l, v, 2))),
            tone: Tone::of(h.net_profit),
            ..plain(
                words::NET_PROFIT,
                "net-profit",
                format!("{} {}", signed(l, h.net_profit, 2), outcome.currency),
            )
        },
        plain(
            words::MAX_DRAWDOWN,
            "drawdown",
            format!("{}%", fixed(l, -h.max_drawdown_percent, 2)),
        ),
        plain(
            words::PROFIT_FACTOR,
            "profit-factor",
            maybe(h.profit_factor, |v| fixed(l, v, 2)),
        ),
        plain(words::TRADES, "trades", fixed(l, f64::from(h.trades), 0)),
        plain(
            words::WIN_RATE,
            "win-rate",
            maybe(h.win_rate_percent, |v| format!("{}%", fixed(l, v, 1))),
        ),
        plain(words::SHARPE, "sharpe", maybe(h.sharpe, |v| fixed(l, v, 2))),
    ]
}

/// The tiles, and what belongs to the test as a whole.
#[component]
pub(super) fn HeadlineTiles(
    /// What is told.
    outcome: Shown,
) -> impl IntoView {
    let say = Say::here();
    let tile = move |tile: Tile| {
        let detail = (!tile.detail.is_empty())
            .then(|| view! { <span class="tile-detail">{tile.detail}</span> });
        let shape = (tile.tone != Tone::Plain).then(
            || view! { <span class="tone-shape" aria-hidden="true">{tile.tone.shape()}</span> },
        );
        view! {
            <div class="tile">
                <dt>{say.say(tile.name)}</dt>
                <dd class=tile.tone.class()>
                    {shape}
                    <span class="tile-value" data-fact=tile.id>{tile.value}</span>
                    {detail}
                </dd>
            </div>
        }
    };
    let all = move || {
        let outcome = outcome.get()?;
        Some(tiles(&outcome, say.language()).map(tile).collect_view())
    };
    let about = move || {
        let outcome = outcome.get()?;
        let language = say.language();
        let count = fixed(language, outcome.bars as f64, 0);
        let bars = fill(language.text(words::BARS), &[count]);
        let took = fill(
            language.text(words::TOOK),
            &[fixed(language, outcome.elapsed_ms, 0)],
        );
        let refused = match outcome.refused {
            0 => None,
            1 => Some(language.text(words::REFUSED_ONE).to_owned()),
            many => Some(fill(
                language.text(words::REFUSED),
                &[fixed(language, f64::from(many), 0)],
            )),
        };
        Some(view! {
            <p class="outcome-about">
                <span data-fact="bars">{bars}</span>
                " · "
                <span data-fact="took">{took}</span>
            </p>
            {refused.map(|text| view! { <p class="outcome-refused" data-fact="refused">{text}</p> })}
        })
    };
    view! {
        <div class="outcome-headline">
            <dl class="tiles">{all}</dl>
            {about}
        </div>
    }
    .into_any()
}
