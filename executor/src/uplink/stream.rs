//! The open connection on which commands come at once. Nothing depends on it: the server says all
//! that is still to be done when it is opened again, and to each heartbeat.

use super::{
    pause::Pause,
    wire::{End, Wire},
};
use protocol::{
    api::event::Event,
    client::{ClientError, Events},
};
use std::{convert::Infallible, time::Instant};

pub(super) async fn run(wire: &Wire, mut pause: Pause) -> Result<Infallible, End> {
    loop {
        // A heartbeat comes first: before one the server knows no executor.
        wire.until_online().await;
        let opened = Instant::now();
        let why = match wire.judge(wire.client.events().await)? {
            Ok(events) => heard(wire, events).await?,
            Err(error) => error,
        };
        // What stayed open for long was no failure. What ends at once again and again is one,
        // whatever came before it ended.
        if opened.elapsed() > wire.settings.pace.longest_pause {
            pause.reset();
        }
        // Is the server gone, or the key? Nobody has to wait for the next heartbeat to know.
        wire.ask.notify_one();
        wire.rest(&mut pause, &why).await;
    }
}

/// Listens until it ends, and says why.
async fn heard(wire: &Wire, mut events: Events) -> Result<ClientError, End> {
    loop {
        match wire.judge(events.next().await)? {
            Ok(Some(Event::CommandDelivered { command })) => {
                wire.tell_commands(vec![command]).await?;
            }
            Ok(Some(Event::StrategiesChanged | Event::Resync)) => wire.look.notify_one(),
            // Not for executors, or of a later server.
            Ok(Some(_)) => {}
            Ok(None) => return Ok(ClientError::Unreachable),
            Err(error) => return Ok(error),
        }
    }
}
