//! Old equity snapshots are thinned: of each hour, and later of each day, the last one stays. What
//! days are told by stays with it: the first and the last of each day, the highest and the lowest,
//! and both ends of its deepest fall, so that the deepest fall of days and of longer periods is what
//! it was. (Where money is paid in or out on such a day it may be told a little smaller: what the
//! fall is without that, the snapshots do not say.)

use super::Reports;
use crate::{Result, database::sql};
use protocol::id::{AccountId, BrokerAccountId};
use std::collections::{BTreeMap, BTreeSet};
use trading::time::{DAY, HOUR, Time};
use uuid::Uuid;

/// For how long every snapshot is kept, in milliseconds.
const ALL_FOR: i64 = 30 * DAY;
/// After this, one of each day stays; before, one of each hour.
const HOURLY_FOR: i64 = 365 * DAY;
/// An account at a broker is looked at once in this many milliseconds.
const PERIOD: i64 = DAY;
/// The most days of one that are thinned in one go: a turn each.
const DAYS: i64 = 100;

/// How far the snapshots of a day are thinned.
#[derive(Debug, Clone, Copy)]
struct Grain {
    /// One of each so many milliseconds stays, besides what days are told by.
    step: i64,
    /// The most that stay of a day: one that has as many already is not looked at.
    most: i64,
}

/// 24 ends of hours, the first of the day, highest and lowest, both ends of the fall.
const HOURLY: Grain = Grain {
    step: HOUR,
    most: 29,
};
/// The same with one end.
const DAILY: Grain = Grain { step: DAY, most: 6 };

impl Reports {
    /// Thins the snapshots of the account at a broker that was not looked at for longest, and says
    /// how many went; nothing where each was looked at today. To be called again until then.
    ///
    /// # Errors
    /// When the database fails; days that were thinned until then are.
    pub async fn thin_next(&self, now: Time) -> Result<Option<u64>> {
        let next: Option<(Uuid, Uuid)> = sql("SELECT account_id, id FROM broker_accounts
             WHERE thinned_at <= $1 ORDER BY thinned_at, id LIMIT 1")
        .bind(now.0.saturating_sub(PERIOD))
        .maybe(&self.database)
        .await?;
        let Some((account, of)) = next else {
            return Ok(None);
        };
        let (account, of) = (AccountId(account), BrokerAccountId(of));
        let day_before = |span: i64| now.0.saturating_sub(span).div_euclid(DAY);
        let (daily, hourly) = (day_before(HOURLY_FOR), day_before(ALL_FOR));
        let (mut removed, mut is_whole) = (0, true);
        for (from, until, grain) in [(0, daily, DAILY), (daily, hourly, HOURLY)] {
            let crowded: Vec<(i64,)> = sql("SELECT taken_at / 86400000 FROM equity_snapshots
                 WHERE account_id = $1 AND broker_account_id = $2 AND taken_at >= $3
                   AND taken_at < $4
                 GROUP BY taken_at / 86400000 HAVING COUNT(*) > $5
                 ORDER BY taken_at / 86400000 LIMIT $6")
            .bind(account.0)
            .bind(of.0)
            .bind(from * DAY)
            .bind(until * DAY)
            .bind(grain.most)
            .bind(DAYS)
            .all(&self.database)
            .await?;
            is_whole &= (crowded.len() as i64) < DAYS;
            for (day,) in crowded {
                removed += self.thin_day(account, of, day, grain).await?;
            }
        }
        self.count_anew(account, of, is_whole.then_some(now))
            .await?;
        Ok(Some(removed))
    }

    async fn thin_day(
        &self,
        account: AccountId,
        of: BrokerAccountId,
        day: i64,
        grain: Grain,
    ) -> Result<u64> {
        let mut turn = self.database.begin().await?;
        // What is reported meanwhile may be the lowest of the day.
        turn.lock(account.0).await?;
        let rows: Vec<(i64, f64)> = sql("SELECT taken_at, equity FROM equity_snapshots
             WHERE account_id = $1 AND broker_account_id = $2 AND taken_at >= $3 AND taken_at < $4
             ORDER BY taken_at")
        .bind(account.0)
        .bind(of.0)
        .bind(day * DAY)
        .bind((day + 1) * DAY)
        .all_in(&mut turn)
        .await?;
        let kept = kept(&rows, grain);
        let mut removed = 0;
        for (from, until) in kept.iter().zip(kept.iter().skip(1)) {
            removed += sql("DELETE FROM equity_snapshots
                 WHERE account_id = $1 AND broker_account_id = $2 AND taken_at > $3
                   AND taken_at < $4")
            .bind(account.0)
            .bind(of.0)
            .bind(*from)
            .bind(*until)
            .run_in(&mut turn)
            .await?;
        }
        turn.commit().await?;
        Ok(removed)
    }

    /// Counts what there is, and writes down that it was looked at where that is so.
    async fn count_anew(
        &self,
        account: AccountId,
        of: BrokerAccountId,
        looked_at: Option<Time>,
    ) -> Result<()> {
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        sql("UPDATE broker_accounts
             SET thinned_at = COALESCE($3, thinned_at),
                 deal_count = (SELECT COUNT(*) FROM deals d
                               WHERE d.account_id = $1 AND d.broker_account_id = $2),
                 snapshot_count = (SELECT COUNT(*) FROM equity_snapshots e
                                   WHERE e.account_id = $1 AND e.broker_account_id = $2)
             WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(of.0)
        .bind(looked_at.map(|now| now.0))
        .run_in(&mut turn)
        .await?;
        turn.commit().await
    }
}

/// Which of a day's snapshots stay, of times and equity in the order of their times. The first and
/// the last do: what goes lies between two that stay.
fn kept(rows: &[(i64, f64)], grain: Grain) -> BTreeSet<i64> {
    let mut ends = BTreeMap::new();
    let (mut highest, mut lowest) = (None::<(i64, f64)>, None::<(i64, f64)>);
    let mut fall = None::<(f64, [i64; 2])>;
    for &(at, equity) in rows {
        ends.insert(at.div_euclid(grain.step), at);
        if lowest.is_none_or(|(_, low)| equity < low) {
            lowest = Some((at, equity));
        }
        let top = match highest {
            Some(top) if top.1 >= equity => top,
            _ => (at, equity),
        };
        highest = Some(top);
        let depth = top.1 - equity;
        if fall.is_none_or(|(deepest, _)| depth > deepest) {
            fall = Some((depth, [top.0, at]));
        }
    }
    let mut kept: BTreeSet<i64> = ends.into_values().collect();
    kept.extend(rows.first().map(|(at, _)| *at));
    kept.extend([highest, lowest].into_iter().flatten().map(|(at, _)| at));
    kept.extend(fall.into_iter().flat_map(|(_, both)| both));
    kept
}

#[cfg(test)]
mod tests {
    use super::{DAILY, Grain, HOURLY, kept};
    use trading::time::{DAY, HOUR, MINUTE};

    /// The deepest fall, and what there was at the end.
    fn told(rows: impl Iterator<Item = (i64, f64)>) -> (f64, f64) {
        let (mut peak, mut deepest, mut last) = (f64::MIN, 0_f64, 0.0);
        for (_, equity) in rows {
            peak = peak.max(equity);
            deepest = deepest.max(peak - equity);
            last = equity;
        }
        (deepest, last)
    }

    /// A day, minute by minute: up and down in ways of its own, and the deepest fall comes before
    /// the highest.
    fn day() -> Vec<(i64, f64)> {
        let equity = |minute: i64| match minute {
            100 => 1_400.0,
            131 => 300.0,
            1_000 => 2_000.0,
            1_001 => 1_500.0,
            _ => 1_000.0 + f64::from((minute * 7_919 % 101) as i32),
        };
        let row = |minute| (5 * DAY + minute * MINUTE, equity(minute));
        (0..1_440).map(row).collect()
    }

    fn thinned(rows: &[(i64, f64)], grain: Grain) -> Vec<(i64, f64)> {
        let stay = kept(rows, grain);
        assert!(stay.len() as i64 <= grain.most, "{stay:?}");
        let stays = |row: &&(i64, f64)| stay.contains(&row.0);
        rows.iter().filter(stays).copied().collect()
    }

    #[test]
    fn a_day_is_told_as_before() {
        let whole = day();
        let before = told(whole.iter().copied());
        assert_eq!(before.0.to_bits(), 1_100_f64.to_bits());
        let hourly = thinned(&whole, HOURLY);
        // Thinned in two steps or in one.
        for rows in [
            hourly.clone(),
            thinned(&hourly, DAILY),
            thinned(&whole, DAILY),
        ] {
            assert_eq!(told(rows.iter().copied()), before);
            assert_eq!(rows.first(), whole.first());
            assert_eq!(rows.last(), whole.last());
        }
        for hour in 0..24 {
            let last = 5 * DAY + (hour + 1) * HOUR - MINUTE;
            assert!(hourly.iter().any(|(at, _)| *at == last), "{hour}");
        }
    }

    #[test]
    fn days_one_after_the_other_are_told_as_before() {
        let second = |(at, equity): (i64, f64)| (at + DAY, equity - 400.0);
        let days = [day(), day().into_iter().map(second).collect()];
        let before = told(days.iter().flatten().copied());
        let after: Vec<_> = days.iter().flat_map(|day| thinned(day, DAILY)).collect();
        assert_eq!(told(after.into_iter()), before);
    }

    #[test]
    fn what_is_few_stays() {
        assert!(kept(&[], DAILY).is_empty());
        assert_eq!(kept(&[(7, 1.0)], DAILY).len(), 1);
        assert_eq!(kept(&[(7, 1.0), (8, 1.0)], DAILY).len(), 2);
    }
}
