//! Moves what is in SQLite's log into its file now and then, in a thread of its own, beside whoever
//! writes: that waits for the disk.

use super::JournalFault;
use rusqlite::Connection;
use std::{
    path::Path,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};

/// After so many writes: the log has some megabytes then.
const WRITES: u32 = 500;

/// The way to that thread. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Tidy {
    writes: u32,
    wake: SyncSender<()>,
}

impl Tidy {
    /// For the journal in this file.
    pub(super) fn of(path: &Path) -> Result<Self, JournalFault> {
        let db = Connection::open(path)?;
        let (wake, woken) = sync_channel(1);
        let thread = std::thread::Builder::new().name("journal".to_owned());
        thread
            .spawn(move || work(&db, &woken))
            .map_err(JournalFault::Thread)?;
        Ok(Self { writes: 0, wake })
    }

    /// Something was written.
    pub(super) fn written(&mut self) {
        self.writes += 1;
        if self.writes >= WRITES {
            self.writes = 0;
            // One that is at work already does this, too.
            let _ = self.wake.try_send(());
        }
    }
}

fn work(db: &Connection, woken: &Receiver<()>) {
    while woken.recv().is_ok() {
        // What does not work now does later: nothing is lost, the log only grows.
        let _ = db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}
