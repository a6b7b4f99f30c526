//! Bars as bytes, as a server or a browser hands them over.

use protocol::bars::{decode, encode};
use trading::bar::Bars;

/// Bars that are read keep every rule, and come back to the bit when they are written again.
pub fn check(bytes: &[u8]) {
    let Ok(bars) = decode(bytes) else {
        return;
    };
    assert_eq!(bars.fault(), None);
    let written = encode(&bars);
    let again = decode(&written);
    assert_eq!(again.as_ref().map(bits), Ok(bits(&bars)));
    assert_eq!(again.as_ref().map(encode), Ok(written), "one way to write");
}

/// All numbers, so that -0 is not 0.
pub(crate) fn bits(bars: &Bars) -> Vec<u64> {
    let columns = [
        &bars.open,
        &bars.high,
        &bars.low,
        &bars.close,
        &bars.tick_volume,
        &bars.spread,
    ];
    let numbers = columns.into_iter().flatten().map(|value| value.to_bits());
    let times = bars.time.iter().map(|time| *time as u64);
    times.chain(numbers).collect()
}
