//! How things are when somebody asks: looked up then, and not counted along the way.

use super::{Labels, METERS};
use crate::clock::now;
use billing::outside::BreakerState;
use prometheus_client::{
    metrics::{family::Family, gauge::Gauge},
    registry::Registry,
};
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use storage::Storage;
use tokio::time::timeout;

/// How long the database may take: who watches has to learn that it does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

type Breaker = Box<dyn Fn() -> BreakerState + Send + Sync>;
type Count = Box<dyn Fn() -> usize + Send + Sync>;

/// What is looked up.
pub(super) struct States {
    agents: Family<Labels, Gauge>,
    mails: Family<Labels, Gauge>,
    database: Gauge,
    connections: Family<Labels, Gauge>,
    most: Family<Labels, Gauge>,
    breakers: Family<Labels, Gauge>,
    watched: Mutex<BTreeMap<&'static str, Breaker>>,
    resting: Gauge,
    webhooks: Mutex<Option<Count>>,
}

fn by(name: &'static str, value: &str) -> Labels {
    vec![(name, value.to_owned())]
}

impl States {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let new = Self {
            agents: Family::default(),
            mails: Family::default(),
            database: Gauge::default(),
            connections: Family::default(),
            most: Family::default(),
            breakers: Family::default(),
            watched: Mutex::default(),
            resting: Gauge::default(),
            webhooks: Mutex::default(),
        };
        registry.register(
            "agent_health_status",
            "How many agents are in which state. kind=executor: online were heard of within 30 \
             seconds, stale within five minutes, offline not even then; those whose key was \
             revoked do not count",
            new.agents.clone(),
        );
        registry.register(
            "mails",
            "Mails that are kept, by state: queued, sent, failed for good, kept for want of a \
             mail server",
            new.mails.clone(),
        );
        registry.register(
            "database_up",
            "1 where the database answered this very question, 0 where it did not",
            new.database.clone(),
        );
        registry.register(
            "database_connections",
            "Connections to the database, by pool and whether they are used or idle",
            new.connections.clone(),
        );
        registry.register(
            "database_connections_most",
            "How many connections a pool may have",
            new.most.clone(),
        );
        registry.register(
            "breaker_state",
            "The breaker before a service elsewhere: 0 closed (all is well), 1 half open (the next \
             call tries), 2 open (not called for a while)",
            new.breakers.clone(),
        );
        registry.register(
            "webhooks_resting",
            "How many webhooks of traders this process leaves alone for a while because they did \
             not answer",
            new.resting.clone(),
        );
        new
    }

    /// Looks everything up. What cannot be told is left out.
    pub(super) async fn refresh(&self, storage: &Storage) {
        for tally in storage.tally_pools() {
            let count = |state: &str, count: usize| {
                let mut labels = by("pool", tally.pool);
                labels.push(("state", state.to_owned()));
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                self.connections.get_or_create(&labels).set(count);
            };
            count("used", tally.used);
            count("idle", tally.idle);
            let most = self.most.get_or_create(&by("pool", tally.pool));
            most.set(tally.most.into());
        }
        self.breakers();
        let counted = timeout(PATIENCE, self.count(storage)).await;
        let is_up = matches!(counted, Ok(Ok(())));
        self.database.set(is_up.into());
        if !is_up {
            self.agents.clear();
            self.mails.clear();
        }
    }

    async fn count(&self, storage: &Storage) -> storage::Result<()> {
        let executors = storage.tally_executors(now()).await?;
        for (state, count) in [
            ("online", executors.online),
            ("stale", executors.stale),
            ("offline", executors.offline),
        ] {
            let mut labels = by("kind", "executor");
            labels.push(("state", state.to_owned()));
            self.agents.get_or_create(&labels).set(count);
        }
        for (state, count) in storage.tally_mails().await? {
            let mails = self.mails.get_or_create(&by("state", state.name()));
            mails.set(count);
        }
        Ok(())
    }

    fn breakers(&self) {
        let watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        for (service, state) in watched.iter() {
            let state = match state() {
                BreakerState::Closed => 0,
                BreakerState::HalfOpen => 1,
                BreakerState::Open => 2,
            };
            self.breakers
                .get_or_create(&by("service", service))
                .set(state);
        }
        drop(watched);
        let webhooks = self.webhooks.lock().unwrap_or_else(PoisonError::into_inner);
        let resting = webhooks.as_ref().map_or(0, |count| count());
        self.resting.set(i64::try_from(resting).unwrap_or(i64::MAX));
    }
}

/// Watches the breaker before a service elsewhere.
pub(crate) fn watch(
    service: &'static str,
    state: impl Fn() -> BreakerState + Send + Sync + 'static,
) {
    let watched = &METERS.states.watched;
    let mut watched = watched.lock().unwrap_or_else(PoisonError::into_inner);
    watched.insert(service, Box::new(state));
}

/// Watches how many webhooks of traders are left alone: each has a breaker of its own, and none has
/// a name here.
pub(crate) fn watch_webhooks(resting: impl Fn() -> usize + Send + Sync + 'static) {
    let webhooks = &METERS.states.webhooks;
    let mut webhooks = webhooks.lock().unwrap_or_else(PoisonError::into_inner);
    *webhooks = Some(Box::new(resting));
}
