//! Heartbeats. Whether the server answers is known by them alone, and they bring the commands where
//! no connection stays open.

use super::{
    FromServer, Settings, clock, pause,
    pause::Pause,
    release::newer,
    wire::{End, Wire},
};
use protocol::api::heartbeat::{Health, Heartbeat};
use std::{
    convert::Infallible,
    time::{Duration, Instant},
};
use tokio::{select, sync::watch, time::sleep};

/// How far the server's clock has to have moved against ours to be told, in milliseconds: less is
/// the way there and back.
const DRIFT: u64 = 1_000;

/// An answer that takes longer does not tell the time where it was told already.
const QUICK: Duration = Duration::from_secs(5);

pub(super) async fn run(
    wire: &Wire,
    mut pause: Pause,
    health: watch::Receiver<Health>,
) -> Result<Infallible, End> {
    let (mut is_first, mut told_ahead, mut told) = (true, None, None);
    loop {
        let beat = Heartbeat {
            name: wire.settings.name.clone(),
            version: wire.settings.version.clone(),
            health: health.borrow().clone(),
        };
        let (asked, begun) = (clock::now(), Instant::now());
        match wire.judge(wire.client.beat(&beat).await)? {
            Ok(answer) => {
                let took = begun.elapsed();
                let ahead = clock::ahead(asked, answer.now, took);
                let is_news = told_ahead.is_none_or(|told: i64| told.abs_diff(ahead) >= DRIFT);
                // What took long says little of when the server looked at its clock.
                if is_news && (took < QUICK || told_ahead.is_none()) {
                    wire.set_ahead(ahead);
                    wire.tell(FromServer::Clock(ahead)).await?;
                    told_ahead = Some(ahead);
                }
                if is_first {
                    wire.tell(FromServer::Owner(answer.account)).await?;
                    is_first = false;
                }
                wire.online().await?;
                wire.tell_commands(answer.commands).await?;
                if answer.newest != told {
                    let Settings {
                        server, version, ..
                    } = &wire.settings;
                    let newest = answer.newest.as_ref();
                    if let Some(newer) = newest.and_then(|one| newer(server, version, one)) {
                        wire.tell(FromServer::Newer(newer)).await?;
                    }
                    told = answer.newest;
                }
                pause.reset();
                select! {
                    () = sleep(wire.settings.pace.beat) => {}
                    () = wire.ask.notified() => {}
                }
            }
            Err(error) => {
                wire.offline(&error).await?;
                let wait = error.wait().map(pause::sent_away);
                sleep(wait.unwrap_or_else(|| pause.next())).await;
            }
        }
    }
}
