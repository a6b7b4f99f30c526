//! What the broker says of a symbol, as the server has it.

use protocol::{
    api::market::BrokerSpec,
    link::terminal::{Hello, Spec},
};
use trading::zone::Zone;

/// `None` where it cannot be told yet: a terminal that has not heard a price says that a tick is worth
/// nothing.
pub(super) fn of(spec: &Spec, hello: &Hello, zone: &Zone) -> Option<BrokerSpec> {
    let told = BrokerSpec {
        symbol: spec.symbol.clone(),
        digits: spec.digits,
        tick_size: spec.tick_size,
        tick_value: spec.tick_value,
        contract_size: spec.contract_size,
        volume_min: spec.volume_min,
        volume_max: spec.volume_max,
        volume_step: spec.volume_step,
        stops_level: spec.stops_level,
        freeze_level: spec.freeze_level,
        profit_currency: spec.profit_currency.clone(),
        margin_currency: spec.margin_currency.clone(),
        swap_mode: spec.swap_mode,
        swap_long: spec.swap_long,
        swap_short: spec.swap_short,
        triple: spec.triple,
        account_currency: hello.currency.clone(),
        is_hedging: hello.is_hedging,
        time_zone: zone.name().to_owned(),
    };
    told.fault().is_none().then_some(told)
}

/// Whether the server is to know it. What a tick is worth changes with every rate of exchange, so a
/// hair of that is nothing new.
pub(super) fn is_another(now: &BrokerSpec, known: &BrokerSpec) -> bool {
    const HAIR: f64 = 0.005;
    let off = (now.tick_value - known.tick_value).abs();
    if off > HAIR * known.tick_value {
        return true;
    }
    let same = BrokerSpec {
        tick_value: known.tick_value,
        ..now.clone()
    };
    same != *known
}
