//! A history that is being written, and is nobody's business until it is whole.

use crate::{
    merge::{Merged, Watcher, merge},
    parquet::{Metadata, ParquetFault, ParquetReader, ParquetWriter},
    sink::{Sink, SinkError, once},
};
use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU64, Ordering},
};
use trading::bar::Bars;

/// Writes bars to a temporary file.
pub(super) struct FileSink {
    writer: ParquetWriter<File>,
    path: TempPath,
    folder: PathBuf,
}

impl FileSink {
    /// Begins a temporary file in `folder`.
    pub(super) fn new(folder: &Path) -> Result<Self, ParquetFault> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!(".{}-{number}.tmp", process::id()));
        // A crashed program of the same number may have left one.
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)?;
        let path = TempPath(Some(path));
        Ok(Self {
            writer: ParquetWriter::new(file)?,
            path,
            folder: folder.to_owned(),
        })
    }

    /// Ends the file and syncs it to the disk.
    pub(super) fn finish(self, metadata: &Metadata) -> Result<TempPath, ParquetFault> {
        self.writer.finish(metadata)?.sync_all()?;
        Ok(self.path)
    }

    /// Ends the file and opens it to be read.
    pub(super) fn reopen(self) -> Result<Reopened, ParquetFault> {
        let file = self.writer.finish(&Metadata::default())?;
        Ok(Reopened {
            reader: ParquetReader::new(file)?,
            _path: self.path,
        })
    }
}

impl Sink for FileSink {
    fn append(&mut self, chunk: &Bars) -> Result<(), SinkError> {
        Ok(self.writer.write(chunk)?)
    }

    fn merge(&mut self, late: Bars, watcher: &mut dyn Watcher) -> Result<Merged, SinkError> {
        let fresh = Self::new(&self.folder)?;
        let old = std::mem::replace(self, fresh).reopen()?;
        let old = old
            .reader()
            .chunks()
            .map(|chunk| chunk.map_err(SinkError::from));
        merge(old, once(late), watcher, |chunk| self.append(chunk))
    }
}

/// A temporary file that was ended, to be read once more.
pub(super) struct Reopened {
    reader: ParquetReader<File>,
    _path: TempPath,
}

impl Reopened {
    /// Its bars.
    pub(super) fn reader(&self) -> &ParquetReader<File> {
        &self.reader
    }
}

/// The path of a temporary file, which is removed unless it was renamed.
pub(super) struct TempPath(Option<PathBuf>);

impl TempPath {
    /// Puts the file in its place, in one step.
    pub(super) fn rename(mut self, to: &Path) -> io::Result<()> {
        if let Some(from) = &self.0 {
            fs::rename(from, to)?;
        }
        self.0 = None;
        Ok(())
    }
}

impl Drop for TempPath {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // Nothing can be done about it here; the name tells that it is a leftover.
            let _ = fs::remove_file(path);
        }
    }
}

/// Makes a rename in the folder of `path` last through a power cut, where the system knows how.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}
