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

pub(super) async fn run(
    wire: &Wire,
    mut pause: Pause,
    health: watch::Receiver<Health>,
) -> Result<Infallible, End> {
    let mut told = None;
    loop {
        let beat = Heartbeat {
            name: wire.settings.name.clone(),
            version: wire.settings.version.clone(),
            health: health.borrow().clone(),
        };
        let asked = clock::now();
        match wire.judge(wire.client.beat(&beat).await)? {
            Ok(answer) => {
                wire.set_ahead(clock::ahead(asked, answer.now, clock::now()));
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
