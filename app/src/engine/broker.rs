//! A history of the trader's own broker, fetched from the server.

use super::{client::Engine, message::HistoryKey};
use crate::part::Part;
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
