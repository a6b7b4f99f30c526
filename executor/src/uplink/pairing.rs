//! How this computer gets its key. It shows a code; the trader, signed in on the web or on the
//! phone, approves it; the key comes here and nobody copies it. Or the trader makes a key on the web
//! and types it in: then it is looked at before it is kept.

use super::{
    Pace, Secret,
    address::{self, BadAddress},
    pause::{Pause, sent_away},
    verdict::is_revoked,
};
use protocol::{
    api::{
        credential::{IssuedCredential, Scope},
        pairing::{Claim, NewPairing, Pairing},
        problem::ProblemCode,
        text::Label,
    },
    client::{Client, ClientError},
};
use std::time::Duration;
use tokio::time::sleep;
use trading::time::Time;

/// The page on which the trader types the code.
const PAGE: &str = "/account/devices";
/// The shortest that is left between two questions, whatever the server says.
const SHORTEST: Duration = Duration::from_millis(100);

/// What the trader has to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// To be typed there.
    pub code: String,
    /// The page on which it is typed.
    pub page: String,
    /// The page that has it typed already, to be opened in a browser.
    pub link: String,
    /// When it is worth nothing any more, by the server's clock.
    pub expires_at: Time,
}

/// Why there is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PairingFault {
    /// The address cannot be the server's.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// Nobody approved the code in time, or the key was sent and did not arrive: a new code is
    /// needed.
    #[error("the code holds no longer: begin again")]
    Over,
    /// The server cannot be reached.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The server knows no such key, or no longer.
    #[error("the server does not know this key")]
    Unknown,
    /// The key is for something else.
    #[error("this is a key of scope {0}; an executor needs one of scope executor")]
    Scope(Scope),
    /// The server says no.
    #[error("{0}")]
    Refused(String),
}

impl From<ClientError> for PairingFault {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Unreachable => Self::Unreachable,
            error if is_revoked(&error) => Self::Unknown,
            error => Self::Refused(error.to_string()),
        }
    }
}

/// Asks for a code, has it shown, and waits until it is approved. Whoever is no longer interested
/// drops this.
///
/// # Errors
/// [`PairingFault`].
pub async fn pair(
    server: &str,
    device: Label,
    pace: &Pace,
    show: impl FnOnce(Shown),
) -> Result<Secret, PairingFault> {
    address::check(server)?;
    let client = Client::new(server, None)?;
    let new = NewPairing {
        device,
        scope: Scope::Executor,
    };
    let pairing = client.begin_pairing(&new).await?;
    show(shown(server, &pairing));
    let between = Duration::from_millis(u64::from(pairing.interval_ms)).max(SHORTEST);
    let claim = Claim {
        secret: pairing.secret,
    };
    let mut pause = Pause::new(pace);
    loop {
        // How long the code holds is the server's to say: by its clock, not by ours.
        match client.claim(&claim).await {
            Ok(Some(issued)) => return of_executor(issued),
            Ok(None) => {
                pause.reset();
                sleep(between).await;
            }
            Err(error) => {
                let wait = may_ask_again(&error)?;
                let wait = wait.map_or_else(|| pause.next(), sent_away);
                sleep(wait.max(between)).await;
            }
        }
    }
}

fn shown(server: &str, pairing: &Pairing) -> Shown {
    let page = format!("{}{PAGE}", server.trim_end_matches('/'));
    Shown {
        link: format!("{page}/approve?code={}", pairing.code),
        page,
        code: pairing.code.clone(),
        expires_at: pairing.expires_at,
    }
}

/// The key, where it is what was asked for.
fn of_executor(issued: IssuedCredential) -> Result<Secret, PairingFault> {
    let scope = issued.credential.scope;
    if scope != Scope::Executor {
        return Err(PairingFault::Scope(scope));
    }
    let key = issued.key.parse();
    key.map_err(|_| PairingFault::Refused("the server gave no key".to_owned()))
}

/// Whether asking again may help, and how long the server wants that to be left.
fn may_ask_again(error: &ClientError) -> Result<Option<Duration>, PairingFault> {
    let status = match error {
        ClientError::Problem { problem, .. } if problem.code == ProblemCode::Gone => {
            return Err(PairingFault::Over);
        }
        ClientError::Problem { problem, .. } => problem.status,
        ClientError::Status { status, .. } => *status,
        // An answer that did not come may have had the key in it: then the next one says that the
        // code is used.
        ClientError::Unreachable => return Ok(None),
        ClientError::Unreadable | ClientError::Setup => 0,
    };
    if matches!(status, 408 | 429 | 500..) {
        return Ok(error.wait());
    }
    Err(PairingFault::Refused(error.to_string()))
}

/// Asks the server whether a key that somebody typed in is one of an executor.
///
/// # Errors
/// [`PairingFault`].
pub async fn check_key(server: &str, key: &Secret) -> Result<(), PairingFault> {
    address::check(server)?;
    let client = Client::new(server, Some(key.reveal()))?;
    match client.me().await?.key {
        Some(key) if key.scope == Scope::Executor => Ok(()),
        Some(key) => Err(PairingFault::Scope(key.scope)),
        None => Err(PairingFault::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::{Pairing, shown};
    use trading::time::Time;

    #[test]
    fn the_code_is_shown_with_the_page_to_type_it_on() {
        let pairing = Pairing {
            code: "ABCD-EFGH".to_owned(),
            secret: "never shown".to_owned(),
            expires_at: Time(5),
            interval_ms: 1,
        };
        for server in ["https://lab.example.org", "https://lab.example.org/"] {
            let shown = shown(server, &pairing);
            assert_eq!(shown.page, "https://lab.example.org/account/devices");
            let link = "https://lab.example.org/account/devices/approve?code=ABCD-EFGH";
            assert_eq!(shown.link, link);
            assert!(!format!("{shown:?}").contains("never shown"));
        }
    }
}
