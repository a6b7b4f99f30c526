//! Exits, sizes, filters and limits.

use super::*;

#[test]
fn what_needs_a_stop_loss_says_so() {
    let bare = without("/exits/stop_loss");
    for (pointer, value, place) in [
        (
            "/sizing",
            json!({ "risk_percent": 1 }),
            "/sizing/risk_percent",
        ),
        ("/sizing", json!({ "risk_money": 1 }), "/sizing/risk_money"),
        (
            "/exits/take_profit",
            json!({ "risk": 2 }),
            "/exits/take_profit/risk",
        ),
        (
            "/exits/break_even",
            json!({ "after": { "risk": 1 } }),
            "/exits/break_even/after/risk",
        ),
        (
            "/exits/trailing_stop",
            json!({ "distance": { "points": 5 }, "activate_after": { "risk": 1 } }),
            "/exits/trailing_stop/activate_after/risk",
        ),
    ] {
        let mut document = bare.clone();
        set(&mut document, pointer, value.clone());
        one(&document, place, "needs-stop-loss");
        assert_eq!(faults(&with(pointer, value)), []);
    }
    one(
        &with("/exits/stop_loss", json!({ "risk": 1 })),
        "/exits/stop_loss/risk",
        "stop-loss-in-risk",
    );
}

#[test]
fn filters_and_limits() {
    let session = "/filters/session";
    for (filters, place, code) in [
        (
            json!({ "session": { "weekdays": [] } }),
            "/filters/session/weekdays",
            "nothing-allowed",
        ),
        (
            json!({ "session": { "weekdays": ["moon"] } }),
            "/filters/session/weekdays/0",
            "unknown-weekday",
        ),
        (
            json!({ "session": { "hours": [] } }),
            "/filters/session/hours",
            "nothing-allowed",
        ),
        (
            json!({ "session": { "hours": [{ "from": "x", "to": "08:00" }, { "from": "08:00", "to": "08:00" }] } }),
            "/filters/session/hours/0/from",
            "bad-time",
        ),
        (
            json!({ "session": { "time_zone": "Mars" } }),
            "/filters/session/time_zone",
            "unknown-time-zone",
        ),
        (
            json!({ "max_spread": -1 }),
            "/filters/max_spread",
            "out-of-range",
        ),
        (
            json!({ "news": { "minutes_before": 1, "minutes_after": 2000, "impact": "high" } }),
            "/filters/news/minutes_after",
            "out-of-range",
        ),
    ] {
        let found = faults(&with("/filters", filters));
        assert!(
            found.contains(&(place.to_owned(), code)),
            "{place}: {found:?}"
        );
    }
    let hours =
        json!({ "hours": [{ "from": "x", "to": "y" }, { "from": "08:00", "to": "08:00" }] });
    let mut document = with("/filters", json!({}));
    set(&mut document, session, hours);
    assert_eq!(faults(&document).len(), 3, "{:?}", faults(&document));
    for (limits, place) in [
        (json!({ "max_positions": 0 }), "/limits/max_positions"),
        (json!({ "max_positions": 101 }), "/limits/max_positions"),
        (
            json!({ "max_trades_per_day": 0 }),
            "/limits/max_trades_per_day",
        ),
        (
            json!({ "max_daily_loss": { "percent": 101 } }),
            "/limits/max_daily_loss/percent",
        ),
        (
            json!({ "max_daily_loss": { "money": 0 } }),
            "/limits/max_daily_loss/money",
        ),
    ] {
        one(&with("/limits", limits), place, "out-of-range");
    }
    one(&with("/entry", json!({})), "/entry", "no-entry");
}
