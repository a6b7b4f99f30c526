//! What is reported has room for so many rows, and old equity snapshots are thinned.

use crate::{
    machine::executor,
    report::{deal, report},
};
use protocol::{
    api::report::{EquitySnapshot, ReportReceipt},
    id::BrokerAccountId,
};
use std::ops::Range;
use storage::{Reports, Storage, StorageError};
use trading::time::{DAY, HOUR, MINUTE, Time};

/// Midnight, UTC.
const MIDNIGHT: i64 = 19_675 * DAY;

fn snapshot(at: i64, equity: f64) -> EquitySnapshot {
    EquitySnapshot {
        at: Time(at),
        balance: 1_000.0,
        equity,
        margin: 0.0,
    }
}

pub(crate) async fn keeps(storage: &Storage) {
    what_is_beyond_is_refused(storage).await;
    old_snapshots_are_thinned(storage).await;
}

async fn what_is_beyond_is_refused(storage: &Storage) {
    let (wati, pc) = executor(storage, "wati-with-little-room").await;
    let reports: Reports = storage.reports.with_room(3, 2);
    let now = Time(MIDNIGHT);
    let full = |refused: Result<ReportReceipt, StorageError>, most: i64| {
        let error = refused.unwrap_err();
        let is_so = matches!(error, StorageError::ReportsFull { most: told, .. } if told == most);
        assert!(is_so, "{error}");
    };
    let mut first = report(5);
    first.deals = vec![deal(1, 1), deal(2, 2)];
    first.equity = vec![snapshot(1, 1.0), snapshot(2, 1.0)];
    reports.keep(wati, pc, &first, now).await.unwrap();
    // Another account at a broker is of the same account.
    let mut second = report(6);
    second.deals = vec![deal(1, 3), deal(2, 4)];
    second.equity = vec![snapshot(1, 1.0)];
    full(reports.keep(wati, pc, &second, now).await, 3);
    // Whole or not at all.
    assert_eq!(reports.deals(wati, None, None, 9).await.unwrap().len(), 2);
    assert_eq!(reports.count_broker_accounts(wati).await.unwrap(), 1);
    second.deals.pop();
    reports.keep(wati, pc, &second, now).await.unwrap();
    // What is known needs no room, nor do positions.
    reports.keep(wati, pc, &first, now).await.unwrap();
    let mut more = report(5);
    more.equity = vec![snapshot(3, 1.0)];
    full(reports.keep(wati, pc, &more, now).await, 2);
    more.equity.clear();
    more.deals = vec![deal(9, 9)];
    full(reports.keep(wati, pc, &more, now).await, 3);
    more.deals.clear();
    reports.keep(wati, pc, &more, now).await.unwrap();
    // Nobody else's room is taken.
    let (yani, other) = executor(storage, "yani-with-room").await;
    reports.keep(yani, other, &first, now).await.unwrap();
}

async fn old_snapshots_are_thinned(storage: &Storage) {
    let (tuti, pc) = executor(storage, "tuti-with-snapshots").await;
    let reports = &storage.reports;
    let mut told = report(5);
    // Two days, minute by minute.
    told.equity = (0..2 * 1_440)
        .map(|minute| {
            let equity = match minute {
                100 => 1_400.0,
                131 => 300.0,
                1_000 => 2_000.0,
                _ => 1_000.0,
            };
            snapshot(MIDNIGHT + minute * MINUTE, equity)
        })
        .collect();
    let kept = reports.keep(tuti, pc, &told, Time(MIDNIGHT)).await.unwrap();
    let of = kept.broker_account;
    let all = async |of: BrokerAccountId, span: Range<i64>| {
        let span = Time(MIDNIGHT + span.start)..Time(MIDNIGHT + span.end);
        let rows = reports.equity_in(tuti, of, &span, None, 9_999).await;
        rows.unwrap()
            .into_iter()
            .map(|one| ((one.at.0 - MIDNIGHT) / MINUTE, one.equity as i64))
            .collect::<Vec<_>>()
    };
    let thin = async |now: i64| {
        let now = Time(MIDNIGHT + now);
        while reports.thin_next(now).await.unwrap().is_some() {}
    };
    // What is young stays whole: the first day is not 30 days old before it is over.
    thin(30 * DAY + HOUR).await;
    assert_eq!(all(of, 0..2 * DAY).await.len(), 2 * 1_440);
    // Once in a day is enough.
    let again = reports.thin_next(Time(MIDNIGHT + 30 * DAY + HOUR)).await;
    assert_eq!(again.unwrap(), None);
    thin(31 * DAY + HOUR).await;
    let first = all(of, 0..DAY).await;
    let ends = (1..=24).map(|hour| hour * 60 - 1);
    let mut minutes: Vec<i64> = ends.chain([0, 100, 131, 1_000]).collect();
    minutes.sort_unstable();
    let there: Vec<i64> = first.iter().map(|(minute, _)| *minute).collect();
    assert_eq!(there, minutes);
    assert_eq!(first[2], (100, 1_400));
    assert_eq!(all(of, DAY..2 * DAY).await.len(), 1_440);
    thin(400 * DAY).await;
    let first = all(of, 0..DAY).await;
    let day = [
        (0, 1_000),
        (100, 1_400),
        (131, 300),
        (1_000, 2_000),
        (1_439, 1_000),
    ];
    assert_eq!(first, day);
    // On a day like any other there is a first and a last.
    assert_eq!(all(of, DAY..2 * DAY).await.len(), 2);
    // What went has made room.
    let small = reports.with_room(9, 8);
    let mut more = report(5);
    more.equity = vec![snapshot(MIDNIGHT + 400 * DAY, 1.0)];
    small.keep(tuti, pc, &more, Time(MIDNIGHT)).await.unwrap();
    more.equity = vec![snapshot(MIDNIGHT + 400 * DAY + 1, 1.0)];
    let full = small.keep(tuti, pc, &more, Time(MIDNIGHT)).await;
    assert!(
        matches!(full, Err(StorageError::ReportsFull { most: 8, .. })),
        "{full:?}"
    );
}
