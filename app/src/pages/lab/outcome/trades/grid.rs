//! The table itself: headings that sort, the rows in sight, the keyboard.

use super::{
    clock::{clock_name, moment_by},
    list::TradeList,
    order::{Key, bars_held},
    window::Sight,
};
use crate::{
    components::empty_state::EmptyState,
    engine::TradeRow,
    pages::lab::{
        chart::zone::ZoneChoice,
        outcome::{
            headline::Tone,
            write::{fixed, plain, signed},
        },
    },
    words::{Say, outcome as words},
};
use leptos::{ev, html, prelude::*};
use std::sync::Arc;
use trading::{language::Language, symbol::ExitReason};

/// Until it was measured.
const UNMEASURED: Sight = Sight {
    top: 0.0,
    height: 400.0,
    row: 34.0,
};

/// The rows; see [`super::window`].
#[component]
pub(super) fn Grid(
    /// What is listed.
    list: TradeList,
    /// Whether it is looked at.
    is_open: Signal<bool>,
) -> impl IntoView {
    let say = Say::here();
    let zone = ZoneChoice::here();
    let place = NodeRef::<html::Div>::new();
    let head = NodeRef::<html::Div>::new();
    let probe = NodeRef::<html::Div>::new();
    let sight = RwSignal::new(UNMEASURED);
    let measure = move || {
        let nodes = (
            place.get_untracked(),
            head.get_untracked(),
            probe.get_untracked(),
        );
        let (Some(place), Some(head), Some(probe)) = nodes else {
            return;
        };
        let now = Sight {
            top: f64::from(place.scroll_top()),
            height: f64::from(place.client_height() - head.offset_height()),
            row: f64::from(probe.offset_height()),
        };
        // Nothing has a height while the tab is closed.
        if now.row > 0.0 && sight.get_untracked() != now {
            sight.set(now);
        }
    };
    let reveal = move |row: usize| {
        measure();
        let to = sight.get_untracked().scroll_to(row);
        if let (Some(to), Some(place)) = (to, place.get_untracked()) {
            place.set_scroll_top(to as i32);
            measure();
        }
    };
    // The chosen trade is always in sight, whoever chose it; when another outcome has it at another
    // place, too.
    Effect::new(move |_| {
        let row = list.chosen_row();
        if is_open.get() {
            request_animation_frame(move || match row {
                Some(row) => reveal(row),
                None => measure(),
            });
        }
    });
    let resized = StoredValue::new(None::<WindowListenerHandle>);
    Effect::new(move |_| {
        resized.set_value(Some(window_event_listener(ev::resize, move |_| measure())))
    });
    on_cleanup(move || {
        if let Some(handle) = resized.try_update_value(Option::take).flatten() {
            handle.remove();
        }
    });
    // Another order: the keyboard begins anew.
    Effect::new(move |_| {
        list.listed.track();
        list.cursor.set(None);
    });
    let keys = move |event: ev::KeyboardEvent| {
        // Keys on a heading's button are the button's.
        if event.target() != event.current_target() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let count = list.listed.with_untracked(|listed| listed.len());
        let here = list
            .cursor
            .get_untracked()
            .or_else(|| untrack(move || list.chosen_row()));
        let page = sight
            .with_untracked(|s| (s.height / s.row.max(1.0)) as usize)
            .max(2)
            - 1;
        let last = count.saturating_sub(1);
        let next = match (event.key().as_str(), here) {
            ("ArrowDown", None) | ("Home", _) => 0,
            ("ArrowDown", Some(row)) => row + 1,
            ("ArrowUp", None) | ("End", _) => last,
            ("ArrowUp", Some(row)) => row.saturating_sub(1),
            ("PageDown", row) => row.unwrap_or(0) + page,
            ("PageUp", row) => row.unwrap_or(0).saturating_sub(page),
            ("Enter" | " ", Some(row)) => {
                event.prevent_default();
                list.choose(row);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if count > 0 {
            list.cursor.set(Some(next.min(last)));
            reveal(next.min(last));
        }
    };
    let count = Memo::new(move |_| list.listed.with(|listed| listed.len()));
    let range = Memo::new(move |_| match is_open.get() {
        true => sight.get().rows(count.get()),
        // What is not looked at is not drawn.
        false => 0..0,
    });
    let body = NodeRef::<html::Div>::new();
    let block = NodeRef::<html::Div>::new();
    // Through the object model: the policy refuses style attributes.
    Effect::new(move |_| {
        let row = sight.with(|sight| sight.row);
        let pixels = |rows: usize| format!("{}px", rows as f64 * row);
        if let (Some(body), Some(block)) = (body.get(), block.get()) {
            set(&body, "--rows-height", &pixels(count.get()));
            set(
                &block,
                "--rows-top",
                &pixels(range.with(|range| range.start)),
            );
        }
    });
    let rows = move || {
        let (language, is_local) = (say.language(), zone.is_local());
        let outcome = list.outcome.get();
        // A row is drawn anew only when it shows something else.
        let version = outcome
            .as_ref()
            .map_or(0, |outcome| Arc::as_ptr(outcome) as usize);
        let listed = list.listed.get();
        range
            .get()
            .filter_map(|row| {
                let place = *listed.get(row)?;
                let trade = *outcome.as_ref()?.trades.get(place)?;
                Some(Drawn {
                    row,
                    place,
                    trade,
                    digits: outcome.as_ref()?.digits as usize,
                    language,
                    is_local,
                    version,
                })
            })
            .collect::<Vec<_>>()
    };
    let active = move || {
        let row = list.cursor.get()?;
        range
            .with(|range| range.contains(&row))
            .then(|| row_id(row))
    };
    view! {
        <div node_ref=probe class="trade-row trade-probe" aria-hidden="true"></div>
        <div
            node_ref=place
            class="trade-grid"
            role="grid"
            tabindex="0"
            aria-label=say.say(words::TRADES)
            aria-rowcount=move || (count.get() + 1).to_string()
            aria-activedescendant=active
            on:scroll=move |_| measure()
            on:keydown=keys
        >
            <div node_ref=head class="trade-head" role="rowgroup">
                <div class="trade-row" role="row" aria-rowindex="1">
                    {Key::ALL.map(|key| view! { <Heading list key /> }).collect_view()}
                </div>
            </div>
            <div node_ref=body class="trade-body" role="rowgroup">
                <div node_ref=block class="trade-block" role="none">
                    <For
                        each=rows
                        key=|drawn| {
                            (drawn.version, drawn.language, drawn.is_local, drawn.row, drawn.place)
                        }
                        children=move |drawn| row(list, say, &drawn)
                    />
                </div>
            </div>
        </div>
        {move || (count.get() == 0).then(|| view! {
            <EmptyState title=say.say(words::NONE_LISTED) hint=say.say(words::NONE_LISTED_HINT) />
        })}
    }
    .into_any()
}

/// A row in sight.
#[derive(Debug, Clone)]
struct Drawn {
    row: usize,
    place: usize,
    trade: TradeRow,
    digits: usize,
    language: Language,
    is_local: bool,
    version: usize,
}

fn row_id(row: usize) -> String {
    format!("trade-row-{row}")
}

fn set(element: &web_sys::HtmlElement, name: &str, value: &str) {
    // A browser that refuses a length draws the rows at the top.
    let _ = element.style().set_property(name, value);
}

/// A heading that sorts.
#[component]
fn Heading(list: TradeList, key: Key) -> impl IntoView {
    let say = Say::here();
    let sort = list.sort;
    let direction = move || {
        let sort = sort.get();
        match (sort.key == key, sort.is_descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    };
    let mark = move || match direction() {
        "ascending" => "▲",
        "descending" => "▼",
        _ => "",
    };
    let zone = ZoneChoice::here();
    let name = move || {
        let language = say.language();
        // What it is counted in, for those that name it.
        let unit = match key {
            Key::EntryTime | Key::ExitTime => clock_name(language, zone.is_local()),
            _ => list
                .outcome
                .with(|o| o.as_ref().map(|o| o.currency.clone()).unwrap_or_default()),
        };
        let text = match key {
            Key::Number => words::NUMBER,
            Key::Side => words::SIDE,
            Key::EntryTime => words::ENTRY_TIME,
            Key::ExitTime => words::EXIT_TIME,
            Key::EntryPrice => words::ENTRY_PRICE,
            Key::ExitPrice => words::EXIT_PRICE,
            Key::Volume => words::VOLUME,
            Key::Profit => words::PROFIT,
            Key::Exit => words::EXIT,
            Key::Bars => words::BARS_HELD,
        };
        crate::words::fill(language.text(text), &[unit])
    };
    view! {
        <div class=key.class() role="columnheader" aria-sort=direction>
            <button
                type="button"
                class="trade-sort"
                on:click=move |_| sort.update(|sort| *sort = sort.clicked(key))
            >
                {name}
                <span class="trade-sort-mark" aria-hidden="true">{mark}</span>
            </button>
        </div>
    }
    .into_any()
}

fn row(list: TradeList, say: Say, drawn: &Drawn) -> AnyView {
    let Drawn {
        row,
        place,
        trade: one,
        digits,
        language,
        is_local,
        ..
    } = *drawn;
    let trade = &one.trade;
    let tone = Tone::of(trade.profit);
    let is_chosen = move || list.lab.trade.get() == Some(place);
    let is_active = move || list.cursor.get() == Some(row);
    let cell = |key: Key, text: String| {
        view! { <div class=key.class() role="gridcell">{text}</div> }.into_any()
    };
    let side = language.text(words::side(trade.side)).to_owned();
    let open = (trade.exit == ExitReason::EndOfData).then(|| {
        view! { <span class="unseen">", " {say.say(words::OPEN_AT_END)}</span> }
    });
    view! {
        <div
            class="trade-row trade-line"
            class:chosen=is_chosen
            class:active=is_active
            id=row_id(row)
            role="row"
            aria-rowindex=(row + 2).to_string()
            aria-selected=move || is_chosen().to_string()
            on:click=move |_| list.choose(row)
        >
            {cell(Key::Number, fixed(language, (place + 1) as f64, 0))}
            {cell(Key::Side, side)}
            {cell(Key::EntryTime, moment_by(trade.entry_time, is_local))}
            {cell(Key::ExitTime, moment_by(trade.exit_time, is_local))}
            {cell(Key::EntryPrice, fixed(language, trade.entry_price, digits))}
            {cell(Key::ExitPrice, fixed(language, trade.exit_price, digits))}
            {cell(Key::Volume, plain(language, trade.volume))}
            <div class=Key::Profit.class() role="gridcell">
                <span class=tone.class()>{signed(language, trade.profit, 2)}</span>
            </div>
            <div class=Key::Exit.class() role="gridcell">
                {language.text(words::exit(trade.exit))}
                {open}
            </div>
            {cell(Key::Bars, fixed(language, f64::from(bars_held(&one)), 0))}
        </div>
    }
    .into_any()
}
