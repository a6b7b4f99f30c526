//! Conditions.

use super::*;

#[test]
fn conditions_are_judged_at_their_places() {
    let at = "/entry/long/all/1";
    for (condition, below, code) in [
        (
            json!({ "abvoe": ["close", 1] }),
            "/abvoe",
            "unknown-condition",
        ),
        (json!({ "above": ["close"] }), "/above", "wrong-length"),
        (json!({ "above": [1, 2] }), "/above", "only-numbers"),
        (
            json!({ "above": ["colse", 2] }),
            "/above/0",
            "undefined-indicator",
        ),
        (
            json!({ "above": ["close", "$qq"] }),
            "/above/1",
            "undefined-parameter",
        ),
        (
            json!({ "above": ["close[1001]", 2] }),
            "/above/0",
            "bad-operand",
        ),
        (
            json!({ "above": ["macd.middle", 2] }),
            "/above/0",
            "unknown-output",
        ),
        (
            json!({ "between": ["close", 60, 40] }),
            "/between",
            "low-above-high",
        ),
        (
            json!({ "rising": { "value": "close", "bars": 0 } }),
            "/rising/bars",
            "out-of-range",
        ),
        (
            json!({ "rising": { "value": "close", "bars": 101 } }),
            "/rising/bars",
            "out-of-range",
        ),
        (
            json!({ "rising": { "value": 3, "bars": 1 } }),
            "/rising/value",
            "only-numbers",
        ),
        (
            json!({ "rising": { "value": "close" } }),
            "/rising/bars",
            "missing-field",
        ),
        (json!({ "occurs": 1 }), "/occurs", "only-numbers"),
        (json!({ "not": { "any": [] } }), "/not/any", "empty-group"),
        (json!({ "all": [3] }), "/all/0", "wrong-type"),
    ] {
        one(&with(at, condition), &format!("{at}{below}"), code);
    }
}
