//! Files that nobody else may read.

use std::{fs::OpenOptions, io::Write, path::Path};

/// Writes a new file that its owner alone may read.
///
/// # Errors
/// When it is there already, or cannot be written.
pub fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    // On Windows the folder of the user is theirs alone.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
