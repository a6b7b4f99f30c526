//! Which strategies are live. Asked for whenever the server says that they may have changed, and
//! once a minute, since some changes are never told.

use super::{
    FromServer, Strangeness,
    cache::{self, Kept},
    clock,
    grace::Grace,
    pause::Pause,
    strategy::Checked,
    wire::{End, Wire},
};
use protocol::{
    api::strategy::{ActiveStrategies, ActiveStrategy},
    client::{Called, ClientError, Tagged},
    id::StrategyId,
};
use std::{
    convert::Infallible,
    io,
    pin::pin,
    time::{Duration, Instant},
};
use tokio::{
    select,
    task::spawn_blocking,
    time::{sleep, timeout},
};
use trading::time::{MINUTE, Time};

/// How old the time may be that the file says: so much of the grace is lost at the most, and the
/// disk is left alone in between.
const STALE: i64 = 10 * MINUTE;

pub(super) async fn run(wire: &Wire, mut pause: Pause) -> Result<Infallible, End> {
    let mut follower = Follower::begin(wire).await;
    loop {
        match wire.judge(follower.ask().await)? {
            Ok(answer) => {
                follower.confirmed(answer).await?;
                pause.reset();
                // It ends by itself where nothing is heard.
                let _ = timeout(wire.settings.pace.look, wire.look.notified()).await;
            }
            Err(error) => {
                follower.failed(&error).await?;
                let mut rest = pin!(wire.rest(&mut pause, &error));
                loop {
                    follower.judge_grace().await?;
                    let left = follower.left().filter(|_| !follower.is_over);
                    select! {
                        () = &mut rest => break,
                        () = sleep(left.unwrap_or_default()), if left.is_some() => {}
                    }
                }
            }
        }
    }
}

/// A live strategy that cannot be traded here, as it was told.
type Stranger = (StrategyId, i64, Strangeness);

struct Follower<'a> {
    wire: &'a Wire,
    owner: String,
    /// The last list that the server gave, in this run or an earlier one, and its tag.
    kept: Option<Kept>,
    /// That list, judged.
    checked: Checked,
    grace: Option<Grace>,
    /// The list that was told last.
    told: Option<Vec<ActiveStrategy>>,
    strangers: Vec<Stranger>,
    is_over: bool,
    trouble: Option<String>,
}

impl<'a> Follower<'a> {
    /// With what is on disk, which is not told before the server was asked.
    async fn begin(wire: &'a Wire) -> Self {
        let settings = &wire.settings;
        let owner = cache::owner(&settings.server, settings.credential.reveal());
        let (path, name) = (settings.cache.clone(), owner.clone());
        let read = spawn_blocking(move || cache::read(&path?, &name));
        let kept = read.await.ok().flatten();
        let checked = kept.as_ref().map(|kept| kept.strategies.clone());
        let grace = kept.as_ref().map(|kept| kept.confirmed_at);
        Self {
            wire,
            owner,
            kept,
            checked: checked.map(Checked::of).unwrap_or_default(),
            grace: grace.map(|at| Grace::earlier(settings.pace.grace, at)),
            told: None,
            strangers: Vec::new(),
            is_over: false,
            trouble: None,
        }
    }

    async fn ask(&self) -> Called<Option<Tagged<ActiveStrategies>>> {
        let kept = self.kept.as_ref();
        let tag = kept.and_then(|kept| kept.tag.as_deref());
        // What did not come whole is not said to be known.
        let tag = tag.filter(|_| self.checked.is_whole());
        let asked = self.wire.client.active_strategies(tag);
        match asked.await {
            // Nothing has changed, says somebody who was not asked that.
            Ok(None) if tag.is_none() => Err(ClientError::Unreadable),
            answer => answer,
        }
    }

    /// The server said what is live now.
    async fn confirmed(&mut self, answer: Option<Tagged<ActiveStrategies>>) -> Result<(), End> {
        let now = clock::now();
        let is_other = answer.is_some();
        if let Some(Tagged { tag, value }) = answer {
            self.checked = Checked::of(value.clone());
            self.kept = Some(Kept::new(&self.owner, now, tag, value));
        }
        let allowed = self.wire.settings.pace.grace;
        self.grace = Some(Grace::begun(allowed, now, Instant::now()));
        if self.is_over {
            // The same list may be told again: it counts again.
            (self.is_over, self.told) = (false, None);
        }
        self.trouble = None;
        if let Err(error) = self.keep(now, is_other).await {
            let why = format!("the strategies cannot be kept on disk: {error}");
            self.trouble(why).await?;
        }
        self.tell().await
    }

    /// The server could not be asked: what is on disk has to do, as long as it counts.
    async fn failed(&mut self, error: &ClientError) -> Result<(), End> {
        if !matches!(error, ClientError::Unreachable) {
            let why = format!("the strategies cannot be read: {error}");
            self.trouble(why).await?;
        }
        if self.left().is_some_and(|left| !left.is_zero()) {
            self.tell().await?;
        }
        Ok(())
    }

    /// Tells what is new of the list, and what cannot be traded of it.
    async fn tell(&mut self) -> Result<(), End> {
        let strangers = self.checked.strange.iter();
        let strangers: Vec<Stranger> = strangers
            .map(|(one, why)| (one.strategy, one.version, why.clone()))
            .collect();
        for stranger in &strangers {
            if !self.strangers.contains(stranger) {
                let (strategy, version, why) = stranger.clone();
                let strange = FromServer::Strange {
                    strategy,
                    version,
                    why,
                };
                self.wire.tell(strange).await?;
            }
        }
        self.strangers = strangers;
        let live = paused(&self.checked.good, self.wire.server_time());
        if self.told.as_ref() != Some(&live) {
            let items = live.clone();
            let strategies = FromServer::Strategies(ActiveStrategies { items });
            self.wire.tell(strategies).await?;
            self.told = Some(live);
        }
        Ok(())
    }

    /// For how long the list still counts, where there is one.
    fn left(&self) -> Option<Duration> {
        let grace = self.grace?;
        Some(grace.left(clock::now(), Instant::now()))
    }

    async fn judge_grace(&mut self) -> Result<(), End> {
        if !self.is_over && self.left().is_some_and(|left| left.is_zero()) {
            self.is_over = true;
            self.wire.tell(FromServer::GraceOver).await?;
        }
        Ok(())
    }

    /// Writes to disk what is new there.
    async fn keep(&mut self, now: Time, is_other: bool) -> io::Result<()> {
        let (Some(path), Some(kept)) = (&self.wire.settings.cache, &mut self.kept) else {
            return Ok(());
        };
        let age = now.0.saturating_sub(kept.confirmed_at.0);
        // A clock that was set back makes it of the future: that is written over too.
        if !is_other && (0..STALE).contains(&age) {
            return Ok(());
        }
        kept.confirmed_at = now;
        let (path, kept) = (path.clone(), kept.clone());
        let written = spawn_blocking(move || cache::write(&path, &kept)).await;
        written.map_err(io::Error::other)?
    }

    /// Tells what does not go as it should, once as long as it is the same.
    async fn trouble(&mut self, why: String) -> Result<(), End> {
        if self.trouble.as_ref() != Some(&why) {
            self.trouble = Some(why.clone());
            self.wire.tell(FromServer::Trouble { why }).await?;
        }
        Ok(())
    }
}

/// What is live, with what the plan pauses meanwhile: out of reach of the server, too.
fn paused(live: &[ActiveStrategy], now: Time) -> Vec<ActiveStrategy> {
    let mut live = live.to_vec();
    for one in &mut live {
        one.is_paused |= one.pauses_at.is_some_and(|at| at <= now);
    }
    live
}
