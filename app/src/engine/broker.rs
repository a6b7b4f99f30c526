//! A history of the trader's own broker, fetched from the server.

use super::{client::Engine, message::HistoryKey};
use crate::{api, part::Part};
use protocol::{
    api::market::{bars_path, spec_path},
    id::BrokerAccountId,
};

/// Takes the history of an account at a broker for that of this symbol and timeframe.
///
/// # Errors
/// The status of the answer, or `-` where there was none.
pub async fn take_broker(of: BrokerAccountId, history: HistoryKey) -> Result<(), String> {
    // The worker reads what the broker says with the first, and its clock with the second.
    for needed in [Part::Files, Part::Zones] {
        needed.load().await.map_err(|()| "-".to_owned())?;
    }
    let bars = bars_path(of, &history.symbol, history.timeframe);
    let spec = spec_path(of, &history.symbol);
    Engine.take_broker(history, (&bars, &spec)).await
}

/// The server has no history of this symbol for everybody: that of the trader's broker is taken
/// where there is one, such as after the page was loaded anew.
pub(super) async fn look(history: HistoryKey) {
    if Part::Dialogs.load().await.is_ok() {
        part_dialogs_broker(history);
    } else {
        Engine.has_no(&history, NONE);
    }
}

/// The status of an answer that there is none.
pub(super) const NONE: &str = "404";

#[inline(never)]
fn part_dialogs_broker(history: HistoryKey) {
    leptos::task::spawn_local(async move {
        let markets = api::list_broker_markets().await.unwrap_or_default();
        let is_it = |market: &&protocol::api::market::BrokerMarket| {
            let mut histories = market.histories.iter();
            market.symbol.as_str() == history.symbol
                && histories.any(|one| one.timeframe == history.timeframe)
        };
        let found = markets.iter().find(is_it).map(|one| one.broker_account);
        let why = match found {
            Some(of) => take_broker(of, history.clone()).await.err(),
            None => Some(NONE.to_owned()),
        };
        if let Some(why) = why {
            Engine.has_no(&history, &why);
        }
    });
}
