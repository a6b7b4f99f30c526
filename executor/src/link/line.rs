//! What goes to a terminal. Whoever has something to say signs it and gives it to the system at
//! once, in their own task: no other one has to wake up for it. Only what the system does not take
//! waits here, up to a limit, for the connection's own task to write it.

use super::{event::Leaving, zmtp};
use protocol::link::{FromExecutor, Outgoing, frame::TooLong};
use std::{
    collections::VecDeque,
    io::{self, ErrorKind, IoSlice},
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::{net::tcp::OwnedWriteHalf, sync::Notify, time::Instant};

/// Why a message was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendFault {
    /// The terminal is not there.
    #[error("the terminal is not connected")]
    Gone,
    /// It does not read what it is sent; its connection ends.
    #[error("the terminal does not read what it is sent")]
    NotReading,
    /// It has more bytes than a message may have.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

/// The way to one terminal.
#[derive(Debug)]
pub(super) struct Line {
    write: OwnedWriteHalf,
    /// The most bytes that wait here.
    limit: usize,
    half: Mutex<Half>,
    /// Something waits, or the end has come.
    changed: Notify,
}

#[derive(Debug)]
struct Half {
    /// `None` until the terminal said who it is.
    outgoing: Option<Outgoing<FromExecutor>>,
    unsent: VecDeque<u8>,
    sent_at: Instant,
    end: Option<Leaving>,
}

impl Line {
    pub(super) fn new(write: OwnedWriteHalf, limit: usize) -> Self {
        let half = Half {
            outgoing: None,
            unsent: VecDeque::new(),
            sent_at: Instant::now(),
            end: None,
        };
        Self {
            write,
            limit,
            half: Mutex::new(half),
            changed: Notify::new(),
        }
    }

    /// Signs with this from now on.
    pub(super) fn sign_with(&self, outgoing: Outgoing<FromExecutor>) {
        self.half().outgoing = Some(outgoing);
    }

    /// Sends a message. That it was sent does not say that it was read.
    pub(super) fn send(&self, message: &FromExecutor) -> Result<(), SendFault> {
        let mut half = self.half();
        let outgoing = half.outgoing.as_mut().ok_or(SendFault::Gone)?;
        let bytes = outgoing.seal(message)?;
        self.put_message(&mut half, &bytes)
    }

    /// Sends a message that is signed already.
    pub(super) fn send_signed(&self, bytes: &[u8]) -> Result<(), SendFault> {
        self.put_message(&mut self.half(), bytes)
    }

    /// Sends bytes as they are.
    pub(super) fn send_raw(&self, bytes: &[u8]) -> Result<(), SendFault> {
        self.put(&mut self.half(), bytes, &[])
    }

    /// Ends the connection, for the first reason that is given.
    pub(super) fn end(&self, why: Leaving) {
        self.half().end.get_or_insert(why);
        self.changed.notify_one();
    }

    /// Why the connection has to end.
    pub(super) fn ended(&self) -> Option<Leaving> {
        self.half().end.clone()
    }

    /// Whether something waits to be written.
    pub(super) fn is_behind(&self) -> bool {
        !self.half().unsent.is_empty()
    }

    /// When something was last sent.
    pub(super) fn sent_at(&self) -> Instant {
        self.half().sent_at
    }

    /// Until something waits to be written, or the end has come. For one task only.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Until the system may take more.
    pub(super) async fn writable(&self) -> io::Result<()> {
        self.write.writable().await
    }

    /// Writes what waits, as far as the system takes it.
    pub(super) fn flush(&self) {
        let mut half = self.half();
        while !half.unsent.is_empty() {
            let (first, _) = half.unsent.as_slices();
            match written(self.write.try_write(first)) {
                Ok(0) => return,
                Ok(count) => drop(half.unsent.drain(..count)),
                Err(why) => {
                    half.end.get_or_insert(why);
                    half.unsent.clear();
                    self.changed.notify_one();
                }
            }
        }
    }

    fn put_message(&self, half: &mut Half, bytes: &[u8]) -> Result<(), SendFault> {
        let (head, len) = zmtp::head(bytes.len());
        self.put(half, &head[..len], bytes)
    }

    fn put(&self, half: &mut Half, head: &[u8], body: &[u8]) -> Result<(), SendFault> {
        if half.end.is_some() {
            return Err(SendFault::Gone);
        }
        half.sent_at = Instant::now();
        // What waits goes first.
        let written = if half.unsent.is_empty() {
            let both = [IoSlice::new(head), IoSlice::new(body)];
            written(self.write.try_write_vectored(&both))
        } else {
            Ok(0)
        };
        let (written, fault) = match written {
            Ok(written) => (written, None),
            Err(why) => (0, Some((why, SendFault::Gone))),
        };
        let rest = head.len() + body.len() - written;
        let fault = match fault {
            None if half.unsent.len() + rest > self.limit => {
                Some((Leaving::NotReading, SendFault::NotReading))
            }
            other => other,
        };
        if let Some((why, fault)) = fault {
            half.end = Some(why);
            half.unsent.clear();
            self.changed.notify_one();
            return Err(fault);
        }
        if rest > 0 {
            let from = written.min(head.len());
            half.unsent.extend(&head[from..]);
            half.unsent.extend(&body[written - from..]);
            self.changed.notify_one();
        }
        Ok(())
    }

    fn half(&self) -> MutexGuard<'_, Half> {
        // Nothing panics while it holds the lock; and if it did, the bytes would still be in order.
        self.half.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a terminal goes whose connection ended like this.
pub(super) fn left(kind: ErrorKind) -> Leaving {
    match kind {
        // A terminal that is closed or killed: it did close the connection, if not politely.
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
            Leaving::Closed
        }
        other => Leaving::Broken(other),
    }
}

/// How much the system took: nothing where it has no room now.
fn written(result: io::Result<usize>) -> Result<usize, Leaving> {
    match result {
        Ok(0) => Err(Leaving::Closed),
        Ok(count) => Ok(count),
        Err(fault) => match fault.kind() {
            ErrorKind::WouldBlock | ErrorKind::Interrupted => Ok(0),
            kind => Err(left(kind)),
        },
    }
}
