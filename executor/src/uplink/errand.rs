//! What the server is told of the broker: one thing after the other, and whatever it does not take is
//! somebody else's to bring again. Nothing of it is worth holding up a report.

use super::{
    FromServer,
    pause::Pause,
    verdict::{Verdict, verdict},
    wire::{End, Wire},
};
use crate::share::{Errand, Return};
use protocol::{
    api::problem::ProblemCode,
    client::{Called, Client, ClientError},
};
use std::convert::Infallible;
use tokio::sync::mpsc;

/// So often the same is tried where the server cannot be reached or has too much to do.
const TRIES: u32 = 5;

pub(super) async fn run(
    wire: &Wire,
    mut pause: Pause,
    mut queue: mpsc::Receiver<Errand>,
) -> Result<Infallible, End> {
    while let Some(errand) = queue.recv().await {
        let came = done(wire, &mut pause, &errand).await?;
        wire.tell(FromServer::Came(came)).await?;
    }
    Err(End::Left)
}

async fn done(wire: &Wire, pause: &mut Pause, errand: &Errand) -> Result<Return, End> {
    for _ in 0..TRIES {
        wire.until_online().await;
        let error = match wire.judge(send(&wire.client, errand).await)? {
            Ok(came) => {
                pause.reset();
                return Ok(came);
            }
            Err(error) => error,
        };
        match verdict(&error) {
            Verdict::Never => return Ok(Return::Refused { is_later: false }),
            Verdict::Later => break,
            // The account was not reported yet: that takes its time.
            Verdict::Again if is_early(&error) => break,
            Verdict::Again => wire.rest(pause, &error).await,
        }
    }
    Ok(Return::Refused { is_later: true })
}

async fn send(client: &Client, errand: &Errand) -> Called<Return> {
    match errand {
        Errand::List => client.markets().await.map(Return::Listed),
        Errand::Spec(spec) => client.upload_spec(spec).await.map(|_| Return::Kept),
        Errand::Bars(bars) => client.upload_bars(bars).await.map(|_| Return::Kept),
    }
}

fn is_early(error: &ClientError) -> bool {
    matches!(error, ClientError::Problem { problem, .. } if problem.code == ProblemCode::Conflict)
}
