//! A reader that ends when the user wants to stop: so the importer cleans up after itself.

use crate::interrupt::Watch;
use std::{
    error::Error,
    fmt,
    io::{self, Read},
};

/// Reads until the user stops it.
pub(super) struct Stoppable<'a, R> {
    inner: R,
    watch: &'a Watch,
}

impl<'a, R> Stoppable<'a, R> {
    pub(super) fn new(inner: R, watch: &'a Watch) -> Self {
        Self { inner, watch }
    }
}

impl<R: Read> Read for Stoppable<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        check(self.watch)?;
        self.inner.read(buffer)
    }
}

/// An error once the user wants to stop.
pub(super) fn check(watch: &Watch) -> io::Result<()> {
    if watch.stopped() {
        return Err(io::Error::other(Stopped));
    }
    Ok(())
}

/// The user stopped it.
#[derive(Debug)]
struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped")
    }
}

impl Error for Stopped {}

/// Whether a read failed because the user stopped it.
pub(super) fn was_stopped(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Stopped>())
}
