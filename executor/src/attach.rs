//! The way to the server, for as long as the program runs: a key where there is none, and a new one
//! where it is no longer good.

use crate::uplink::{
    FromServer, Pace, Settings, Uplink, UplinkHandle,
    credential::CredentialStore,
    pairing::{PairingFault, Shown, pair},
};
use protocol::api::text::Label;
use std::{path::PathBuf, time::Duration};
use tokio::{runtime, sync::mpsc, time::sleep};

/// How long to wait before another code is asked for.
const PAUSE: Duration = Duration::from_secs(10);

/// Where the server is, and what it is told of this computer.
#[derive(Debug, Clone)]
pub struct Office {
    /// The server's address.
    pub server: String,
    /// What this computer is called.
    pub name: Label,
    /// The version of this program.
    pub version: Label,
    /// In which file the last list of strategies is kept; none keeps it nowhere.
    pub cache: Option<PathBuf>,
    /// How often, and how long.
    pub pace: Pace,
}

/// What becomes of it.
#[derive(Debug)]
pub enum Attached {
    /// The trader has to approve this code.
    Pairing(Shown),
    /// There is no key yet, and this is why.
    NotPaired(String),
    /// There is a key, and a line to the server.
    Line(UplinkHandle),
    /// The server says something.
    Says(FromServer),
}

/// Keeps the line until nobody listens.
pub async fn attach(office: Office, store: Box<dyn CredentialStore>, to: mpsc::Sender<Attached>) {
    // Nobody listens: then everything ends.
    let _ = keep(&office, store.as_ref(), &to).await;
}

/// Nobody listens any more.
struct Gone;

impl<T> From<mpsc::error::SendError<T>> for Gone {
    fn from(_: mpsc::error::SendError<T>) -> Self {
        Self
    }
}

async fn keep(
    office: &Office,
    store: &dyn CredentialStore,
    to: &mpsc::Sender<Attached>,
) -> Result<(), Gone> {
    loop {
        let credential = match store.load() {
            Ok(Some(key)) => key,
            Ok(None) => match ask(office, to).await? {
                Ok(key) => {
                    // One that cannot be kept is good until the program ends.
                    if let Err(fault) = store.save(&key) {
                        to.send(Attached::NotPaired(fault.to_string())).await?;
                    }
                    key
                }
                Err(fault) => {
                    to.send(Attached::NotPaired(fault.to_string())).await?;
                    sleep(PAUSE).await;
                    continue;
                }
            },
            Err(fault) => {
                to.send(Attached::NotPaired(fault.to_string())).await?;
                sleep(PAUSE).await;
                continue;
            }
        };
        let settings = Settings {
            server: office.server.clone(),
            name: office.name.clone(),
            version: office.version.clone(),
            credential,
            cache: office.cache.clone(),
            pace: office.pace,
        };
        let (handle, mut says) = match Uplink::start(settings, &runtime::Handle::current()) {
            Ok(line) => line,
            Err(fault) => {
                to.send(Attached::NotPaired(fault.to_string())).await?;
                sleep(PAUSE).await;
                continue;
            }
        };
        to.send(Attached::Line(handle)).await?;
        while let Some(said) = says.recv().await {
            let is_over = said == FromServer::Revoked;
            to.send(Attached::Says(said)).await?;
            if is_over && let Err(fault) = store.remove() {
                to.send(Attached::NotPaired(fault.to_string())).await?;
                return Ok(());
            }
        }
    }
}

async fn ask(
    office: &Office,
    to: &mpsc::Sender<Attached>,
) -> Result<Result<crate::uplink::Secret, PairingFault>, Gone> {
    let show = to.clone();
    let shown = move |shown| {
        // As many wait as can wait: the next code is shown then.
        let _ = show.try_send(Attached::Pairing(shown));
    };
    tokio::select! {
        paired = pair(&office.server, office.name.clone(), &office.pace, shown) => Ok(paired),
        () = to.closed() => Err(Gone),
    }
}
