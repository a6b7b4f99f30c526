//! One program works with a folder of state: two would each trade the same strategies.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::Path,
};

/// Whoever holds its lock works with the folder. The system lets go of it when the program ends,
/// however it ends.
const LOCK: &str = "executor.lock";
/// Which process that is. Not in the file of the lock: Windows lets nobody read one that is locked.
const HOLDER: &str = "executor.pid";

/// That no other program works with a folder, as long as it is held.
#[derive(Debug)]
pub struct Alone {
    _lock: File,
}

/// Why the program does not work with the folder.
#[derive(Debug, thiserror::Error)]
pub enum AloneFault {
    /// Another one does.
    #[error("Phoenix is running already{}", .0.map(|id| format!(" (process {id})")).unwrap_or_default())]
    Held(Option<u32>),
    /// The folder cannot be written.
    #[error("the lock of the folder: {0}")]
    File(#[from] io::Error),
}

impl Alone {
    /// Takes the folder.
    ///
    /// # Errors
    /// [`AloneFault`].
    pub fn hold(folder: &Path) -> Result<Self, AloneFault> {
        // What is in it is no matter.
        let mut options = OpenOptions::new();
        let options = options.create(true).truncate(false).write(true);
        let lock = options.open(folder.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(AloneFault::Held(holder(folder))),
            Err(TryLockError::Error(fault)) => return Err(fault.into()),
        }
        fs::write(folder.join(HOLDER), std::process::id().to_string())?;
        Ok(Self { _lock: lock })
    }
}

/// The process that holds it; none where it has not said so yet.
fn holder(folder: &Path) -> Option<u32> {
    let text = fs::read_to_string(folder.join(HOLDER)).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Alone, AloneFault};

    #[test]
    fn one_at_a_time_works_with_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = Alone::hold(folder.path()).unwrap();
        let fault = Alone::hold(folder.path()).unwrap_err();
        assert!(matches!(fault, AloneFault::Held(Some(id)) if id == std::process::id()));
        let told = format!(
            "Phoenix is running already (process {})",
            std::process::id()
        );
        assert_eq!(fault.to_string(), told);
        Alone::hold(tempfile::tempdir().unwrap().path()).unwrap();
        drop(first);
        Alone::hold(folder.path()).unwrap();
    }

    #[test]
    fn a_folder_that_is_none_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let fault = Alone::hold(&folder.path().join("none")).unwrap_err();
        assert!(matches!(fault, AloneFault::File(_)), "{fault}");
    }
}
