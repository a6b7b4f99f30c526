//! Everything of mine, as one JSON document. It is written part by part while it is read from the
//! database: what is in memory does not grow with what an account has.
//!
//! | file | what |
//! |---|---|
//! | `mod.rs` | the document, and what is wrong where it ends early |
//! | `pen.rs` | writes the JSON |
//! | `account.rs` | the account itself: sessions, what was done to it, mails, what it was told |
//! | `work.rs` | strategies and runs |
//! | `machine.rs` | what executors and phones are, did and reported |
//! | `market.rs` | what brokers say of symbols, and their own bars |
//! | `payment.rs` | what was paid, and what was used of it |

mod account;
mod machine;
mod market;
mod payment;
mod pen;
mod work;

use super::Desk;
use axum::body::Bytes;
use pen::{PATIENCE, Pen};
use serde_json::{Value, json};
use std::{io, time::Duration};
use storage::{Account, StorageError};
use tokio::{sync::mpsc::Sender, time::timeout};

/// How long the whole document may take, whoever reads it.
const WHOLE: Duration = Duration::from_secs(600);

/// A part of the document, or that it ends here because something failed.
pub(crate) type Part = Result<Bytes, io::Error>;

/// Why the document is not whole.
enum End {
    /// Nobody reads on.
    Left,
    Failed(String),
}

impl From<StorageError> for End {
    fn from(error: StorageError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// What was there when the list was read and is not any more is left out.
fn still<T>(found: Result<T, StorageError>) -> Result<Option<T>, End> {
    match found {
        Err(StorageError::NotFound) => Ok(None),
        found => Ok(Some(found?)),
    }
}

impl Desk {
    /// Writes all that is kept of an account, but for what would open it. Where that fails half
    /// way, so does the answer: nobody takes a part for the whole.
    pub(crate) async fn export(&self, account: &Account, plan: &Value, out: Sender<Part>) {
        let mut pen = Pen::new(out.clone());
        let end = match timeout(WHOLE, self.write(&mut pen, account, plan)).await {
            Ok(Ok(())) => return,
            Ok(Err(end)) => end,
            Err(_) => End::Left,
        };
        match end {
            End::Failed(why) => tracing::error!(why, "an export ended half way"),
            End::Left => tracing::info!("nobody read an export to its end"),
        }
        let failed = io::Error::other("the export ended half way");
        // Who does not read on needs not know.
        let _ = timeout(PATIENCE, out.send(Err(failed))).await;
    }

    async fn write(&self, pen: &mut Pen, account: &Account, plan: &Value) -> Result<(), End> {
        let storage = self.storage();
        pen.open(b'{');
        pen.field("format", &"phoenix-export-1").await?;
        pen.field("times", &"milliseconds since 1970, UTC").await?;
        let facts = json!({
            "id": account.id, "email": account.email.as_str(),
            "language": account.language.code(), "created_at": account.created_at,
            "second_factor_since": account.two_factor_at,
        });
        pen.field("account", &facts).await?;
        pen.field("plan", plan).await?;
        payment::write(pen, storage, account.id).await?;
        account::write(pen, storage, account.id).await?;
        work::write(pen, storage, account.id).await?;
        machine::write(pen, storage, account.id).await?;
        market::write(pen, storage, account.id).await?;
        pen.close(b'}').await?;
        pen.end().await
    }
}
