//! Calls to somebody else's server: never without a limit of time, repeated only when that is safe,
//! and given up for a while when it does not answer.

mod breaker;
mod endpoint;
pub mod tls;

pub use breaker::{Breaker, BreakerState};
pub use endpoint::{Endpoint, EndpointFault};
pub use tls::install as settle_tls;

use backon::{ExponentialBuilder, Retryable};
use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::Instant;
use tracing::Instrument;
use trading::time::Time;

/// The target of the spans that are for a collector: one for each call.
pub const SPANS: &str = "trace";

/// Why a call brought no answer. Holds neither keys nor what the other side wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// It was not tried: the last calls failed. Try again later.
    #[error("{0} does not answer at the moment")]
    Open(&'static str),
    /// It took too long. Whether it was done is unknown.
    #[error("{0} took too long")]
    Timeout(&'static str),
    /// The connection failed. Whether it was done is unknown.
    #[error("{0} cannot be reached")]
    Unreachable(&'static str),
    /// The other side failed (HTTP 5xx) or is busy (429). Whether it was done is unknown.
    #[error("{0} failed with HTTP {1}")]
    Failed(&'static str, u16),
    /// The other side understood, and says no.
    #[error("{name} refused with HTTP {status} {code}")]
    Refused {
        /// Who.
        name: &'static str,
        /// The HTTP status.
        status: u16,
        /// The other side's word for the reason, made of letters, digits and `_`.
        code: String,
    },
    /// The answer makes no sense.
    #[error("{0} gave an answer that cannot be read")]
    Unreadable(&'static str),
    /// We asked for what cannot be asked.
    #[error("{0}")]
    Impossible(&'static str),
}

impl CallError {
    /// Whether another try may help, and the other side rather than we is at fault.
    pub const fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Timeout(_) | Self::Unreachable(_) | Self::Failed(..) | Self::Unreadable(_)
        )
    }
}

/// Whether a call may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It only reads, or carries a key by which the other side knows it again.
    Safe,
    /// It would be done twice.
    Never,
}

/// How patient we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How long one try may take.
    pub each: Duration,
    /// How often a safe call is tried again.
    pub retries: usize,
    /// How long to wait before the second try, about: twice as long before each further one, and
    /// up to as much again at random, so that not everybody comes back at once.
    pub pause: Duration,
    /// After how many failures in a row we give up for a while.
    pub failures: u32,
    /// For how long.
    pub rest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            each: Duration::from_secs(10),
            retries: 2,
            pause: Duration::from_millis(250),
            failures: 5,
            rest: Duration::from_secs(20),
        }
    }
}

/// The way to one server.
#[derive(Debug)]
pub struct Outside {
    name: &'static str,
    patience: Patience,
    breaker: Mutex<Breaker>,
    began: Instant,
}

impl Outside {
    /// A way that is open.
    pub fn new(name: &'static str, patience: Patience) -> Self {
        let rest = i64::try_from(patience.rest.as_millis()).unwrap_or(i64::MAX);
        Self {
            name,
            patience,
            breaker: Mutex::new(Breaker::new(patience.failures, rest)),
            began: Instant::now(),
        }
    }

    /// Whose server.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The state of the breaker, for a metric.
    pub fn state(&self) -> BreakerState {
        let now = self.now();
        self.breaker().state(now)
    }

    /// Calls: within the time allowed, again if it is safe and may help, not at all while the
    /// breaker is open.
    ///
    /// # Errors
    /// That of the last try.
    pub async fn call<T, F, Fut>(&self, repeat: Repeat, mut call: F) -> Result<T, CallError>
    where
        F: FnMut() -> Fut,
        Fut: Future<Output = Result<T, CallError>>,
    {
        let retries = match repeat {
            Repeat::Safe => self.patience.retries,
            Repeat::Never => 0,
        };
        let pauses = ExponentialBuilder::default()
            .with_min_delay(self.patience.pause)
            .with_max_times(retries)
            .with_jitter();
        let attempt = || {
            let attempt = call();
            async move {
                if !self.breaker().allow(self.now()) {
                    return Err(CallError::Open(self.name));
                }
                let result = tokio::time::timeout(self.patience.each, attempt)
                    .await
                    .unwrap_or(Err(CallError::Timeout(self.name)));
                let now = self.now();
                match &result {
                    Err(error) if error.is_transient() => self.breaker().failed(now),
                    // To be refused is an answer.
                    _ => self.breaker().answered(),
                }
                result
            }
        };
        let span = tracing::info_span!(
            target: SPANS,
            "call",
            otel.name = self.name,
            otel.kind = "client",
            otel.status_code = tracing::field::Empty,
        );
        let retried = attempt.retry(pauses).when(CallError::is_transient);
        let result = retried.instrument(span.clone()).await;
        if result.is_err() {
            span.record("otel.status_code", "ERROR");
        }
        result
    }

    fn now(&self) -> Time {
        Time(i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX))
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        // The breaker is a few numbers: none of its states is a broken one.
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A word of the other side's that may be shown and logged: cut, and without anything strange.
pub(crate) fn word(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .take(64)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

    const PATIENCE: Patience = Patience {
        each: Duration::from_millis(100),
        retries: 2,
        pause: Duration::from_millis(10),
        failures: 4,
        rest: Duration::from_secs(5),
    };

    async fn tries(outside: &Outside, repeat: Repeat, result: Result<(), CallError>) -> u32 {
        let count = AtomicU32::new(0);
        let found = outside
            .call(repeat, || {
                count.fetch_add(1, Relaxed);
                let result = result.clone();
                async move { result }
            })
            .await;
        assert_eq!(found, result);
        count.into_inner()
    }

    #[tokio::test(start_paused = true)]
    async fn only_what_is_safe_and_may_help_is_repeated() {
        let outside = || Outside::new("somebody", PATIENCE);
        let failed = || Err(CallError::Failed("somebody", 500));
        let refused = CallError::Refused {
            name: "somebody",
            status: 402,
            code: "card_declined".into(),
        };
        assert_eq!(tries(&outside(), Repeat::Safe, Ok(())).await, 1);
        assert_eq!(tries(&outside(), Repeat::Safe, failed()).await, 3);
        assert_eq!(tries(&outside(), Repeat::Never, failed()).await, 1);
        assert_eq!(tries(&outside(), Repeat::Safe, Err(refused)).await, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_try_ends() {
        let outside = Outside::new("somebody", PATIENCE);
        let begin = Instant::now();
        let never = || std::future::pending::<Result<(), CallError>>();
        let result = outside.call(Repeat::Safe, never).await;
        assert_eq!(result, Err(CallError::Timeout("somebody")));
        assert!(begin.elapsed() < Duration::from_millis(400));
    }

    #[tokio::test(start_paused = true)]
    async fn who_does_not_answer_is_left_alone_for_a_while() {
        let outside = Outside::new("somebody", PATIENCE);
        let call = |result: Result<(), CallError>| {
            outside.call(Repeat::Never, move || std::future::ready(result.clone()))
        };
        let failed = || Err(CallError::Failed("somebody", 503));
        for _ in 0..4 {
            assert_eq!(outside.state(), BreakerState::Closed);
            assert_eq!(call(failed()).await, failed());
        }
        assert_eq!(outside.state(), BreakerState::Open);
        assert_eq!(call(Ok(())).await, Err(CallError::Open("somebody")));
        tokio::time::advance(PATIENCE.rest).await;
        assert_eq!(outside.state(), BreakerState::HalfOpen);
        assert_eq!(call(Ok(())).await, Ok(()));
        assert_eq!(outside.state(), BreakerState::Closed);
    }

    #[test]
    fn words_of_others_are_tamed() {
        assert_eq!(word("card_declined"), "card_declined");
        assert_eq!(word("<b>\n\u{202e}x"), "bx");
        assert_eq!(word(&"x".repeat(999)).len(), 64);
    }
}
