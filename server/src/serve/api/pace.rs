//! How often a key, or an account, may do something: a bucket of tokens for each, that fills by itself. It is that of
//! one process: where several serve, a key may as often at each.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// So many keys are remembered before it is looked whose bucket is full again.
const MANY: usize = 10_000;

/// The buckets.
#[derive(Debug)]
pub(super) struct Pace<K> {
    /// As many may come at once.
    most: f64,
    per_second: f64,
    levels: Mutex<BTreeMap<K, Level>>,
}

/// How full a bucket was, and when.
#[derive(Debug, Clone, Copy)]
struct Level {
    tokens: f64,
    at: Instant,
}

impl<K: Ord> Pace<K> {
    pub(super) const fn new(most: f64, per_second: f64) -> Self {
        Self {
            most,
            per_second,
            levels: Mutex::new(BTreeMap::new()),
        }
    }

    /// Takes one token of this one, or says after how many seconds there is one.
    pub(super) fn take(&self, key: K, now: Instant) -> Result<(), u64> {
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        if levels.len() >= MANY {
            levels.retain(|_, level| self.filled(level, now) < self.most);
        }
        let full = Level {
            tokens: self.most,
            at: now,
        };
        let level = levels.entry(key).or_insert(full);
        let tokens = self.filled(level, now);
        let is_there = tokens >= 1.0;
        *level = Level {
            tokens: if is_there { tokens - 1.0 } else { tokens },
            at: now,
        };
        if is_there {
            Ok(())
        } else {
            Err(((1.0 - tokens) / self.per_second).ceil().max(1.0) as u64)
        }
    }

    fn filled(&self, level: &Level, now: Instant) -> f64 {
        let since = now.saturating_duration_since(level.at).as_secs_f64();
        (level.tokens + since * self.per_second).min(self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::{MANY, Pace};
    use protocol::id::CredentialId;
    use std::time::{Duration, Instant};
    use uuid::Uuid;

    #[test]
    fn a_key_waits_once_its_bucket_is_empty() {
        let pace = Pace::new(3.0, 0.5);
        let [one, other] = [1, 2].map(|id| CredentialId(Uuid::from_u128(id)));
        let begin = Instant::now();
        let after = |millis| begin + Duration::from_millis(millis);
        for _ in 0..3 {
            assert_eq!(pace.take(one, begin), Ok(()));
        }
        assert_eq!(pace.take(one, begin), Err(2));
        assert_eq!(pace.take(other, begin), Ok(()), "each for itself");
        assert_eq!(pace.take(one, after(1_000)), Err(1));
        // Who asks in vain waits no longer for it.
        assert_eq!(pace.take(one, after(2_000)), Ok(()));
        assert_eq!(pace.take(one, after(2_000)), Err(2));
        // It is never more than full.
        for _ in 0..3 {
            assert_eq!(pace.take(one, after(3_600_000)), Ok(()));
        }
        assert!(pace.take(one, after(3_600_000)).is_err());
    }

    #[test]
    fn keys_that_rest_are_forgotten() {
        let pace = Pace::new(3.0, 1.0);
        let begin = Instant::now();
        for id in 0..MANY as u128 {
            assert_eq!(pace.take(CredentialId(Uuid::from_u128(id)), begin), Ok(()));
        }
        let later = begin + Duration::from_secs(9);
        assert_eq!(pace.take(CredentialId(Uuid::max()), later), Ok(()));
        assert_eq!(pace.levels.lock().unwrap().len(), 1);
    }
}
