//! The table of trades. Only the rows in sight are drawn: twenty thousand scroll as smoothly as
//! twenty.
//!
//! | file | what |
//! |---|---|
//! | `order.rs` | which trades are listed, and in which order |
//! | `window.rs` | which rows are drawn |
//! | `csv.rs` | the list as a file |
//! | `clock.rs` | market time or the viewer's |
//! | `list.rs` | what the parts share; J and K |
//! | `bar.rs` | filters and export |
//! | `grid.rs` | the table itself |

mod bar;
mod clock;
mod csv;
mod grid;
mod list;
pub(super) mod order;
mod window;

pub(super) use list::TradeList;

use crate::{
    components::empty_state::EmptyState,
    words::{Say, outcome as words},
};
use bar::FilterBar;
use grid::Grid;
use leptos::prelude::*;

/// All trades of the outcome: filtered, sorted, chosen.
#[component]
pub(super) fn Trades(
    /// What is listed.
    list: TradeList,
    /// Whether it is looked at.
    is_open: Signal<bool>,
) -> impl IntoView {
    let say = Say::here();
    let has_none = Memo::new(move |_| list.count() == 0);
    move || match has_none.get() {
        true => view! {
            <EmptyState title=say.say(words::NO_TRADES) hint=say.say(words::NO_TRADES_HINT) />
        }
        .into_any(),
        false => view! {
            <div class="trades">
                <FilterBar list />
                <Grid list is_open />
            </div>
        }
        .into_any(),
    }
}
