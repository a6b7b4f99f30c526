//! A file that is written beside its place and takes it only when it is whole.

use crate::{
    failure::{Failure, Result},
    interrupt,
};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    process,
};

/// A file that is being written. Dropped before [`Partial::keep`], it leaves no trace, and what was
/// there before stays as it was.
#[derive(Debug)]
pub(crate) struct Partial {
    /// Where it will be.
    target: PathBuf,
    /// Where it is; `None` when the target is no file that could be replaced, such as a pipe.
    beside: Option<PathBuf>,
    writer: BufWriter<File>,
}

/// For what is written bit by bit; [`Partial::keep`] is what ends it.
impl Write for Partial {
    fn write(&mut self, content: &[u8]) -> io::Result<usize> {
        self.writer.write(content)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Partial {
    /// Begins a file that will be at `target`. Made early, it finds out early that it cannot be.
    pub(crate) fn begin(target: &Path) -> Result<Self> {
        Self::open(target).map_err(|error| Failure::writing(target, error))
    }

    fn open(target: &Path) -> io::Result<Self> {
        // A link stays a link: what it points at is replaced.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        match fs::metadata(&target) {
            Ok(found) if found.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(found) if !found.is_file() => {
                let writer = BufWriter::new(OpenOptions::new().write(true).open(&target)?);
                return Ok(Self {
                    target,
                    beside: None,
                    writer,
                });
            }
            _ => {}
        }
        let name = target
            .file_name()
            .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}.partial", process::id()));
        let beside = target.with_file_name(hidden);
        interrupt::remember(&beside);
        match File::create(&beside) {
            Ok(file) => Ok(Self {
                target,
                beside: Some(beside),
                writer: BufWriter::new(file),
            }),
            Err(error) => {
                interrupt::forget(&beside);
                Err(error)
            }
        }
    }

    /// Writes all of `content`.
    pub(crate) fn fill(&mut self, content: &[u8]) -> Result<()> {
        self.writer
            .write_all(content)
            .map_err(|error| Failure::writing(&self.target, error))
    }

    /// Lets nobody else read it.
    #[cfg(unix)]
    pub(crate) fn make_private(&self) -> Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::Permissions::from_mode(0o600);
        let done = self.writer.get_ref().set_permissions(mode);
        done.map_err(|error| Failure::writing(&self.target, error))
    }

    /// Lets nobody else read it: elsewhere the folder's own rules hold.
    #[cfg(not(unix))]
    pub(crate) fn make_private(&self) -> Result<()> {
        Ok(())
    }

    /// Puts the file in its place.
    pub(crate) fn keep(mut self) -> Result<()> {
        self.finish()
            .map_err(|error| Failure::writing(&self.target, error))
    }

    fn finish(&mut self) -> io::Result<()> {
        self.writer.flush()?;
        if let Some(beside) = &self.beside {
            self.writer.get_ref().sync_all()?;
            fs::rename(beside, &self.target)?;
            interrupt::forget(beside);
            self.beside = None;
        }
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            let _ = fs::remove_file(beside);
            interrupt::forget(beside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_kept_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("trades.csv");
        fs::write(&target, "old").unwrap();
        let mut partial = Partial::begin(&target).unwrap();
        partial.fill(b"half").unwrap();
        drop(partial);
        assert_eq!(fs::read(&target).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

        let mut partial = Partial::begin(&target).unwrap();
        partial.fill(b"new").unwrap();
        partial.keep().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_not_replaced() {
        let mut null = Partial::begin(Path::new("/dev/null")).unwrap();
        null.fill(b"x").unwrap();
        null.keep().unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
