//! Bars in JSON, as executors upload them.

use super::bars::bits;
use protocol::api::market::PackedBars;

/// What is read comes back from what it is written as.
pub fn check(bytes: &[u8]) {
    let Ok(packed) = serde_json::from_slice::<PackedBars>(bytes) else {
        return;
    };
    assert_eq!(packed.0.fault(), None);
    let text = serde_json::to_string(&packed);
    let again = text.and_then(|text| serde_json::from_str::<PackedBars>(&text));
    assert_eq!(
        again.ok().map(|again| bits(&again.0)),
        Some(bits(&packed.0))
    );
}
