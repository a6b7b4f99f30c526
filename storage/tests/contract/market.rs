//! What brokers say of symbols, and their own price history.

use crate::{machine::executor, report::report};
use protocol::{
    api::{
        market::{BrokerSpec, NewBars, NewSpec, PackedBars},
        report::BrokerLogin,
    },
    id::{AccountId, BrokerAccountId},
};
use storage::{KeptPart, MAX_MARKETS, Storage, StorageError};
use trading::{
    bar::{Bar, Bars},
    symbol::Symbol,
    time::{HOUR, Time},
    timeframe::Timeframe,
};

const NOON: i64 = 1_700_000_000_000;
/// An hour that has just begun.
const FIRST: i64 = NOON.div_euclid(HOUR);

fn login() -> BrokerLogin {
    report(5).login
}

fn gold() -> Symbol {
    "XAUUSD.m".parse().unwrap()
}

fn spec(symbol: &str, swap_long: f64) -> NewSpec {
    NewSpec {
        login: login(),
        spec: BrokerSpec {
            symbol: symbol.parse().unwrap(),
            digits: 2,
            tick_size: 0.01,
            tick_value: 1.0,
            contract_size: 100.0,
            volume_min: 0.01,
            volume_max: 50.0,
            volume_step: 0.01,
            stops_level: 0.0,
            freeze_level: 0.0,
            profit_currency: "USD".to_owned(),
            margin_currency: "USD".to_owned(),
            swap_mode: 1,
            swap_long,
            swap_short: 0.1 + 0.2,
            triple: 3,
            account_currency: "USD".to_owned(),
            is_hedging: true,
            time_zone: "America/New_York+7".to_owned(),
        },
    }
}

fn bars(hours: impl IntoIterator<Item = i64>, price: f64) -> Bars {
    let bar = |hour| Bar {
        time: Time((FIRST + hour) * HOUR),
        open: price,
        high: price + 1.0,
        low: price - 1.0,
        close: price,
        tick_volume: 9.0,
        spread: 25.0,
    };
    hours.into_iter().map(bar).collect()
}

fn page(bars: Bars) -> NewBars {
    NewBars {
        login: login(),
        symbol: gold(),
        timeframe: Timeframe::H1,
        bars: PackedBars(bars),
    }
}

/// An account of which something was reported.
async fn trader(storage: &Storage, name: &str) -> (AccountId, BrokerAccountId) {
    let (account, pc) = executor(storage, name).await;
    let kept = storage
        .reports
        .keep(account, pc, &report(5), Time(NOON))
        .await;
    (account, kept.unwrap().broker_account)
}

async fn read(storage: &Storage, account: AccountId, of: BrokerAccountId, most: usize) -> Bars {
    let gold = gold();
    let which = (&gold, Timeframe::H1);
    let parts = storage.markets.newest(account, of, which, most).await;
    KeptPart::whole(&parts.unwrap(), most).unwrap()
}

pub(crate) async fn keeps(storage: &Storage) {
    a_specification_is_kept_once(storage).await;
    bars_are_kept_once(storage).await;
    there_is_room_for_so_many(storage).await;
    nobody_reaches_anothers(storage).await;
}

async fn a_specification_is_kept_once(storage: &Storage) {
    let markets = &storage.markets;
    let (lia, pc) = executor(storage, "lia-with-markets").await;
    // Before anything was reported nobody knows of which account it is.
    let early = markets
        .keep_spec(lia, &spec("XAUUSD.m", -35.5), Time(NOON))
        .await;
    assert!(matches!(early, Err(StorageError::NotFound)));
    let kept = storage.reports.keep(lia, pc, &report(5), Time(NOON)).await;
    let of = kept.unwrap().broker_account;
    for (swap, at, is_new) in [(-35.5, 1, true), (-35.5, 2, false), (-36.0, 3, true)] {
        let new = spec("XAUUSD.m", swap);
        let receipt = markets.keep_spec(lia, &new, Time(NOON + at)).await.unwrap();
        assert_eq!((receipt.broker_account, receipt.is_new), (of, is_new));
    }
    let known = markets.spec(lia, of, &gold()).await.unwrap();
    assert_eq!(known, spec("XAUUSD.m", -36.0).spec, "to the last bit");
    let all = markets.list(lia).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(
        (all[0].spec_at, all[0].histories.len()),
        (Time(NOON + 3), 0)
    );
    // Of an account that is put away nothing is told or kept.
    assert!(storage.reports.retire(lia, of, Time(NOON)).await.unwrap());
    assert_eq!(markets.list(lia).await.unwrap(), []);
    let gone = markets.spec(lia, of, &gold()).await;
    assert!(matches!(gone, Err(StorageError::NotFound)), "{gone:?}");
    let late = markets
        .keep_spec(lia, &spec("XAUUSD.m", 0.0), Time(NOON))
        .await;
    assert!(matches!(late, Err(StorageError::NotFound)));
}

async fn bars_are_kept_once(storage: &Storage) {
    let markets = &storage.markets;
    let (maya, of) = trader(storage, "maya-with-bars").await;
    let early = markets
        .keep_bars(maya, &page(bars(0..3, 1_900.0)), Time(NOON))
        .await;
    assert!(
        matches!(early, Err(StorageError::NotFound)),
        "without terms"
    );
    let new = spec("XAUUSD.m", 0.0);
    markets.keep_spec(maya, &new, Time(NOON)).await.unwrap();
    let keep = async |bars: Bars, at: i64| {
        let kept = markets.keep_bars(maya, &page(bars), Time(NOON + at)).await;
        kept.unwrap()
    };
    let gold = gold();
    let revision = async || {
        markets
            .revision(maya, of, &gold, Timeframe::H1)
            .await
            .unwrap()
    };
    assert_eq!(revision().await, None);
    // Newest first, as an executor pages; more than one part, and a gap.
    let newest = bars(10_000..10_500, 1_950.5);
    assert!(keep(newest.clone(), 1).await.is_new);
    assert!(
        keep(bars((0..9_000).filter(|hour| hour % 7 != 0), 1_900.0), 2)
            .await
            .is_new
    );
    let first = revision().await;
    let again = keep(newest.clone(), 3).await;
    assert!(!again.is_new && again.bytes_left > 0, "{again:?}");
    assert_eq!(revision().await, first, "the same again changes nothing");
    let whole = read(storage, maya, of, usize::MAX).await;
    let hours = (0..9_000)
        .filter(|hour| hour % 7 != 0)
        .chain(10_000..10_500);
    assert!(
        whole
            .time
            .iter()
            .copied()
            .eq(hours.map(|hour| (FIRST + hour) * HOUR)),
        "{}",
        whole.len()
    );
    assert_eq!(whole.fault(), None);
    assert_eq!(whole.slice(whole.len() - 500, whole.len()), newest);
    assert_eq!(read(storage, maya, of, 500).await, newest);
    assert_eq!(read(storage, maya, of, 3).await, newest.slice(497, 500));

    // What the broker changed afterwards takes the place of what was there, and nothing beside it.
    assert!(keep(bars([4, 6], 1_800.0), 4).await.is_new);
    let whole = read(storage, maya, of, usize::MAX).await;
    assert_eq!(whole.time[..6], bars([1, 2, 3, 4, 6, 8], 1.0).time);
    assert_eq!(whole.close[2..6], [1_900.0, 1_800.0, 1_800.0, 1_900.0]);
    assert_ne!(revision().await, first);
    // A page across everything leaves no part that has nothing.
    assert!(keep(bars([-9_000, 20_000], 1_700.0), 5).await.is_new);
    let whole = read(storage, maya, of, usize::MAX).await;
    assert_eq!(whole.time, bars([-9_000, 20_000], 1.0).time);

    let all = markets.list(maya).await.unwrap();
    let history = all[0].histories[0];
    assert_eq!((history.bars, history.timeframe), (2, Timeframe::H1));
    assert_eq!(history.first, Time((FIRST - 9_000) * HOUR));
    assert_eq!(history.last, Time((FIRST + 20_000) * HOUR));

    // Everything is given out, a part at a time.
    let mut m5 = page(bars([0], 5.0));
    m5.timeframe = Timeframe::M5;
    markets.keep_bars(maya, &m5, Time(NOON)).await.unwrap();
    let mut parts: Vec<KeptPart> = Vec::new();
    while let Some(part) = markets.part_after(maya, parts.last()).await.unwrap() {
        parts.push(part);
    }
    let told: Vec<_> = parts.iter().map(|part| part.timeframe.as_str()).collect();
    assert_eq!(told, ["H1", "H1", "M5"]);

    markets.remove(maya, of, &gold).await.unwrap();
    assert_eq!(markets.list(maya).await.unwrap(), []);
    assert_eq!(revision().await, None);
    assert_eq!(markets.part_after(maya, None).await.unwrap(), None);
    let gone = markets.remove(maya, of, &gold).await;
    assert!(matches!(gone, Err(StorageError::NotFound)), "{gone:?}");
    // Something for a backup to bring back.
    markets
        .keep_spec(maya, &spec("XAUUSD.m", 0.1), Time(NOON))
        .await
        .unwrap();
    keep(bars(0..100, 1_900.25), 6).await;
}

async fn there_is_room_for_so_many(storage: &Storage) {
    let (nina, of) = trader(storage, "nina-with-little-room").await;
    let markets = storage.markets.with_room(4_000);
    for number in 0..MAX_MARKETS {
        let new = spec(&format!("S{number}"), 0.0);
        markets.keep_spec(nina, &new, Time(NOON)).await.unwrap();
    }
    let more = markets
        .keep_spec(nina, &spec("XAUUSD.m", 0.0), Time(NOON))
        .await;
    assert!(matches!(more, Err(StorageError::TooMany(MAX_MARKETS))));
    // One that is known is no more of them.
    let known = markets.keep_spec(nina, &spec("S5", 1.0), Time(NOON)).await;
    assert!(known.unwrap().is_new);
    let mut first = page(bars(0..300, 1_900.0));
    first.symbol = "S5".parse().unwrap();
    let left = markets.keep_bars(nina, &first, Time(NOON)).await.unwrap();
    assert!((0..2_000).contains(&left.bytes_left), "{left:?}");
    let mut second = page(bars(300..700, 1_900.0));
    second.symbol = "S6".parse().unwrap();
    let full = markets.keep_bars(nina, &second, Time(NOON)).await;
    assert!(
        matches!(full, Err(StorageError::ReportsFull { most: 4_000, .. })),
        "{full:?}"
    );
    // Whole or not at all; and what is known needs no room.
    let all = markets.list(nina).await.unwrap();
    assert_eq!(all.iter().map(|one| one.histories.len()).sum::<usize>(), 1);
    let small = storage.markets.with_room(1);
    let again = small.keep_bars(nina, &first, Time(NOON)).await.unwrap();
    assert!(!again.is_new && again.bytes_left < 0, "{again:?}");
    markets.remove(nina, of, &first.symbol).await.unwrap();
    markets.keep_bars(nina, &second, Time(NOON)).await.unwrap();
}

async fn nobody_reaches_anothers(storage: &Storage) {
    let markets = &storage.markets;
    let (olga, of) = trader(storage, "olga-with-a-market").await;
    let (eve, theirs) = trader(storage, "eve-looks-at-markets").await;
    let new = spec("XAUUSD.m", 0.0);
    markets.keep_spec(olga, &new, Time(NOON)).await.unwrap();
    let new = page(bars(0..9, 1_900.0));
    markets.keep_bars(olga, &new, Time(NOON)).await.unwrap();
    let gold = gold();
    for of in [of, theirs] {
        let spec = markets.spec(eve, of, &gold).await;
        assert!(matches!(spec, Err(StorageError::NotFound)), "{spec:?}");
        let gone = markets.remove(eve, of, &gold).await;
        assert!(matches!(gone, Err(StorageError::NotFound)), "{gone:?}");
        assert!(read(storage, eve, of, 99).await.is_empty());
        let revision = markets.revision(eve, of, &gold, Timeframe::H1).await;
        assert_eq!(revision.unwrap(), None);
    }
    assert_eq!(markets.list(eve).await.unwrap(), []);
    assert_eq!(markets.part_after(eve, None).await.unwrap(), None);
    // The same login is another account: hers has no terms of this symbol.
    let stray = markets.keep_bars(eve, &new, Time(NOON)).await;
    assert!(matches!(stray, Err(StorageError::NotFound)), "{stray:?}");
    assert_eq!(read(storage, olga, of, 99).await.len(), 9);
}
