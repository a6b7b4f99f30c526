//! Ctrl-C: work that watches for it ends by itself, anything else ends at once, and either way no
//! half-written file stays.

use crate::{
    failure::{Failure, Result},
    problem::Problem,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

static STOPPED: AtomicBool = AtomicBool::new(false);
static WATCHES: AtomicUsize = AtomicUsize::new(0);
/// Temporary files to remove when the program ends at once.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Begins to listen for Ctrl-C and for being asked to terminate.
pub(crate) fn install() -> Result<()> {
    ctrlc::set_handler(|| {
        let again = STOPPED.swap(true, Ordering::SeqCst);
        if WATCHES.load(Ordering::SeqCst) == 0 || again {
            for path in unfinished().drain(..) {
                let _ = fs::remove_file(path);
            }
            process::exit(130);
        }
    })
    .map_err(|error| Failure::own(Problem::CannotListen(error)))
}

/// While one lives, the first Ctrl-C only sets a mark.
#[derive(Debug)]
pub(crate) struct Watch(());

impl Watch {
    /// Promises to look at [`Watch::stopped`] often.
    pub(crate) fn new() -> Self {
        WATCHES.fetch_add(1, Ordering::SeqCst);
        Self(())
    }

    /// Whether the user wants to stop.
    pub(crate) fn stopped(&self) -> bool {
        STOPPED.load(Ordering::Relaxed)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        WATCHES.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Has `path` removed when the program ends at once.
pub(crate) fn remember(path: &Path) {
    unfinished().push(path.to_owned());
}

/// `path` is whole, or gone.
pub(crate) fn forget(path: &Path) {
    unfinished().retain(|other| other != path);
}

fn unfinished() -> std::sync::MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}
