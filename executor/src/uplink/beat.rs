//! Heartbeats. Whether the server answers is known by them alone, and they bring the commands where
//! no connection stays open.

use super::{
    FromServer, Settings, clock, pause,
    pause::Pause,
    release::newer,
    wire::{End, Wire},
};
use protocol::api::heartbeat::{Health, Heartbeat};
use std::convert::Infallible;
use tokio::{select, sync::watch, time::sleep};

/// How far the server's clock has to have moved against ours to be told, in milliseconds: less is
/// the way there and back.
const DRIFT: u64 = 1_000;

pub(super) async fn run(
    wire: &Wire,
    mut pause: Pause,
    health: watch::Receiver<Health>,
) -> Result<Infallible, End> {
    let (mut owner, mut told_ahead, mut told) = (None, None, None);
    loop {
        let beat = Heartbeat {
            name: wire.settings.name.clone(),
            version: wire.settings.version.clone(),
            health: health.borrow().clone(),
        };
        let asked = clock::now();
        match wire.judge(wire.client.beat(&beat).await)? {
            Ok(answer) => {
                let ahead = clock::ahead(asked, answer.now, clock::now());
                wire.set_ahead(ahead);
                if owner.replace(answer.account).is_none() {
                    wire.tell(FromServer::Owner(answer.account)).await?;
                }
                if told_ahead.is_none_or(|told: i64| told.abs_diff(ahead) >= DRIFT) {
                    wire.tell(FromServer::Clock(ahead)).await?;
                    told_ahead = Some(ahead);
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
