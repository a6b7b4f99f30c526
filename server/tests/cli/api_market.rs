//! What brokers say of their symbols, and their own bars: uploaded by an executor, read by its owner.

use crate::{
    browser::Browser,
    machine::{Machine, now, report, spec, started, text, trader},
    support::gold,
};
use protocol::{
    api::market::PackedBars,
    bars::{decode, encode},
};
use serde_json::{Value, json};
use std::ops::Range;
use trading::{
    bar::{Bar, Bars},
    time::{DAY, HOUR, Time},
};

/// A Monday, in hours since 1970.
const FIRST: i64 = 19_675 * 24;

fn bars(hours: Range<i64>) -> Bars {
    let bar = |hour: i64| {
        let price = 1_900.0 + (hour % 40) as f64 / 4.0;
        Bar {
            time: Time((FIRST + hour) * HOUR),
            open: price,
            high: price + 2.0,
            low: price - 2.0,
            close: price + 0.25,
            tick_volume: 9.0,
            spread: 25.0,
        }
    };
    hours.map(bar).collect()
}

fn page(bars: &Bars) -> Value {
    json!({
        "login": { "login": 5, "server": "Broker-Live" }, "symbol": "XAUUSD.m",
        "timeframe": "H1", "bars": PackedBars(bars.clone()),
    })
}

/// Uploads gold and some bars of it, of the account that `report` is of.
pub(crate) fn upload(pc: &Machine<'_>, hours: Range<i64>) {
    assert!(pc.post("/markets/specs", &spec("XAUUSD.m")).json()["is_new"].is_boolean());
    assert!(pc.post("/markets/bars", &page(&bars(hours))).json()["is_new"].is_boolean());
}

#[test]
fn api_a_brokers_own_bars_come_back_as_they_went() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    pc.beat();
    let spec = spec("XAUUSD.m");
    // Nobody knows yet which account it is, and then not on which terms.
    pc.post("/markets/specs", &spec).refused(409, "conflict");
    let of = text(&pc.post("/reporting", &report(&[1])).json()["broker_account"]);
    let first = page(&bars(0..600));
    pc.post("/markets/bars", &first).refused(409, "conflict");
    for is_new in [true, false] {
        let kept = pc.post("/markets/specs", &spec).json();
        assert_eq!(kept, json!({ "broker_account": of, "is_new": is_new }));
    }
    for is_new in [true, false] {
        let kept = pc.post("/markets/bars", &first).json();
        assert_eq!(kept["is_new"], is_new, "{kept}");
        assert!(kept["bytes_left"].as_i64().unwrap() > 1_000_000, "{kept}");
    }
    let listed = ada.get("/markets").json();
    let market = &listed["items"][0];
    assert_eq!(market["symbol"], "XAUUSD.m", "{listed}");
    assert_eq!(market["login"]["server"], "Broker-Live");
    let history = &market["histories"][0];
    assert_eq!(
        (&history["bars"], &history["timeframe"]),
        (&json!(600), &json!("H1"))
    );
    assert_eq!(history["bytes"], listed["bytes"]);

    let at = format!("/markets/{of}/XAUUSD.m");
    assert_eq!(ada.get(&at).json(), spec["spec"]);
    let at = format!("{at}/H1");
    let whole = ada.get(&at);
    assert_eq!(whole.status, 200);
    assert_eq!(
        whole.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(whole.body, encode(&bars(0..600)));
    let tag = whole.header("etag").unwrap().to_owned();
    let again = |tag: &str| {
        let line = format!("GET /api/v1{at}");
        ada.ask(&line, &[("If-None-Match", tag)], "").status
    };
    assert_eq!(again(&tag), 304);
    // The next page joins it.
    pc.post("/markets/bars", &page(&bars(600..700))).json();
    assert_eq!(again(&tag), 200);
    assert_eq!(decode(&ada.get(&at).body).unwrap().len(), 700);
    ada.get(&at.replace("/H1", "/M5")).refused(404, "not-found");
    ada.get(&at.replace("/H1", "/H5"))
        .refused(400, "bad-request");

    let gone = format!("/markets/{of}/XAUUSD.m");
    assert_eq!(ada.delete(&gone).status, 204);
    ada.delete(&gone).refused(404, "not-found");
    ada.get(&at).refused(404, "not-found");
    assert_eq!(ada.get("/markets").json()["items"], json!([]));
}

#[test]
fn api_what_no_broker_says_is_refused() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    pc.beat();
    pc.post("/reporting", &report(&[1])).json();
    pc.post("/markets/specs", &spec("XAUUSD.m")).json();
    for (name, value) in [
        ("tick_size", json!(0)),
        ("tick_value", json!(-1)),
        ("contract_size", json!(1e300)),
        ("volume_min", json!(0)),
        ("digits", json!(11)),
        ("swap_long", json!(1e12)),
        ("triple", json!(7)),
        ("time_zone", json!("Mars")),
        ("account_currency", json!("")),
    ] {
        let mut bad = spec("XAUUSD.m");
        bad["spec"][name] = value;
        pc.post("/markets/specs", &bad).refused(422, "invalid");
    }
    for (name, value) in [
        ("symbol", json!("../x")),
        ("more", json!(1)),
        ("tick_size", json!("NaN")),
        ("tick_size", Value::Null),
    ] {
        let mut bad = spec("XAUUSD.m");
        bad["spec"][name] = value;
        pc.post("/markets/specs", &bad).refused(400, "bad-request");
    }
    // JSON has no infinity, but 1e999 reads as one.
    let infinite = spec("XAUUSD.m").to_string();
    let infinite = infinite.replace("\"tick_size\":0.01", "\"tick_size\":1e999");
    let refused = pc.ask("POST /api/v1/markets/specs", &[], &infinite);
    assert!([400, 422].contains(&refused.status), "{}", refused.text());

    let shifted = |by: i64| {
        let mut all = bars(0..9);
        all.time.iter_mut().for_each(|time| *time += by);
        page(&all)
    };
    let ahead = now() - FIRST * HOUR + 3 * DAY;
    for bad in [
        page(&Bars::default()),
        page(&bars(0..5_001)),
        shifted(1),
        shifted(-FIRST * HOUR - HOUR),
        shifted(ahead - ahead % HOUR),
    ] {
        pc.post("/markets/bars", &bad).refused(422, "invalid");
    }
    let mut falling = bars(0..9);
    falling.time.reverse();
    let mut negative = bars(0..9);
    negative.low[3] = -1.0;
    let mut missing = bars(0..9);
    missing.close[3] = f64::NAN;
    for bad in [falling, negative, missing] {
        pc.post("/markets/bars", &page(&bad))
            .refused(400, "bad-request");
    }
    for (name, value) in [
        ("bars", json!("*")),
        ("bars", json!([])),
        ("timeframe", json!("H5")),
        ("more", json!(1)),
    ] {
        let mut bad = page(&bars(0..9));
        bad[name] = value;
        pc.post("/markets/bars", &bad).refused(400, "bad-request");
    }
    let mut other = page(&bars(0..9));
    other["symbol"] = json!("EURUSD");
    pc.post("/markets/bars", &other).refused(409, "conflict");
    let large = page(&bars(0..9)).to_string() + &" ".repeat(2 << 20);
    let large = pc.ask("POST /api/v1/markets/bars", &[], &large);
    large.refused(413, "too-large");
    assert_eq!(
        ada.get("/markets").json()["items"][0]["histories"],
        json!([])
    );
}

#[test]
fn api_uploads_come_at_a_pace() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    pc.beat();
    pc.post("/reporting", &report(&[1])).json();
    let held = (0..2_000)
        .map(|_| pc.post("/markets/specs", &spec("XAUUSD.m")))
        .find(|answer| answer.status != 200)
        .expect("it is held up");
    held.refused(429, "too-many-attempts");
    assert_eq!(held.header("retry-after"), Some("1"));
}

#[test]
fn api_a_strategy_is_tested_on_the_brokers_own_data() {
    let (_place, web, outbox) = started();
    let [ada, eve] = ["ada", "eve"].map(|name| trader(&web, &outbox, name));
    let pc = Machine::with(&web, &ada.key("executor").1);
    pc.beat();
    let of = pc.post("/reporting", &report(&[1])).json()["broker_account"].clone();
    upload(&pc, 0..4_000);
    let document = std::fs::read_to_string(gold()).unwrap();
    let mut wanted = json!({
        "document": document, "symbol": "XAUUSD.m", "broker_account": of,
    });
    let tested = ada.post("/backtest", &wanted);
    assert_eq!(tested.status, 200, "{}", tested.text());
    let tested = tested.value();
    assert_eq!(
        (&tested["bars"], &tested["symbol"]),
        (&json!(4_000), &json!("XAUUSD.m"))
    );
    assert!(
        tested["figures"]["trades"].as_i64().unwrap() > 10,
        "{}",
        tested["figures"]
    );
    // Without it nobody knows what this symbol costs, and ideal terms have no such history.
    wanted["broker_account"] = Value::Null;
    ada.post("/backtest", &wanted).refused(422, "invalid");
    wanted["broker_account"] = of;
    eve.post("/backtest", &wanted).refused(404, "not-found");
    wanted["timeframe"] = json!("M5");
    ada.post("/backtest", &wanted).refused(422, "invalid");
}

#[test]
fn an_export_has_the_brokers_data_and_deleting_takes_it_along() {
    let (_place, web, outbox) = started();
    let browser = Browser::new(&web);
    browser.join(&outbox, "ada@example.com");
    let ada = Machine::of_browser(&browser);
    let pc = Machine::with(&web, &ada.key("executor").1);
    pc.beat();
    let of = pc.post("/reporting", &report(&[1])).json()["broker_account"].clone();
    upload(&pc, 0..600);
    let all = browser.get("/account/export").json();
    let told = &all["markets"]["specifications"][0];
    assert_eq!(told["broker_account"], of);
    assert_eq!(told["specification"], spec("XAUUSD.m")["spec"]);
    let told = &all["markets"]["bars"][0];
    assert_eq!(
        (&told["symbol"], &told["timeframe"]),
        (&json!("XAUUSD.m"), &json!("H1"))
    );
    assert_eq!(told["bars"], page(&bars(0..600))["bars"]);

    let (storage, runtime) = (&outbox.storage, &outbox.runtime);
    let accounts = &storage.accounts;
    let found = runtime.block_on(accounts.find(&"ada@example.com".parse().unwrap()));
    let id = found.unwrap().unwrap().0.id;
    runtime.block_on(accounts.delete(id)).unwrap();
    let left = runtime.block_on(storage.markets.part_after(id, None));
    assert_eq!(left.unwrap(), None);
    assert!(
        runtime
            .block_on(storage.markets.specs(id))
            .unwrap()
            .is_empty()
    );
}
