//! What brokers say of symbols, and their own bars.

use super::{End, pen::Pen};
use protocol::{api::market::PackedBars, bars::decode, id::AccountId};
use serde_json::json;
use storage::{KeptPart, Storage};

pub(super) async fn write(pen: &mut Pen, storage: &Storage, id: AccountId) -> Result<(), End> {
    let markets = &storage.markets;
    pen.name("markets")?;
    pen.open(b'{');
    pen.name("specifications")?;
    pen.open(b'[');
    for (of, spec) in markets.specs(id).await? {
        pen.item(&json!({ "broker_account": of, "specification": spec }))
            .await?;
    }
    pen.close(b']').await?;
    // Bars in the form in which they were uploaded: docs/api.md says which. A part is a hundred
    // kilobytes, and only one is in memory.
    pen.name("bars")?;
    pen.open(b'[');
    let mut last: Option<KeptPart> = None;
    while let Some(part) = markets.part_after(id, last.as_ref()).await? {
        let bars = decode(&part.content).map_err(|fault| End::Failed(fault.to_string()))?;
        let told = json!({
            "broker_account": part.broker_account, "symbol": part.symbol,
            "timeframe": part.timeframe, "bars": PackedBars(bars),
        });
        pen.item(&told).await?;
        last = Some(part);
    }
    pen.close(b']').await?;
    pen.close(b'}').await
}
