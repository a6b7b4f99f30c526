//! What the program says: lines on standard output, and in a file in the folder of its state that does
//! not grow without end.

use crate::drive::now;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// The name of the file.
pub const FILE: &str = "executor.log";
/// Where the lines before those of the file are.
const BEFORE: &str = "executor.log.1";
/// The most bytes of one of the two.
const MOST: u64 = 1 << 20;

/// Where the program says things. Copies write to the same file.
#[derive(Debug, Clone)]
pub struct Logbook(Arc<Mutex<Book>>);

#[derive(Debug)]
struct Book {
    path: PathBuf,
    /// None when it cannot be written: then only standard output has the lines.
    file: Option<File>,
    size: u64,
    most: u64,
}

impl Logbook {
    /// The one in this folder.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn open(folder: &Path) -> io::Result<Self> {
        Self::with(folder, MOST)
    }

    fn with(folder: &Path, most: u64) -> io::Result<Self> {
        let path = folder.join(FILE);
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        let size = file.metadata()?.len();
        Ok(Self(Arc::new(Mutex::new(Book {
            path,
            file: Some(file),
            size,
            most,
        }))))
    }

    /// The file.
    pub fn path(&self) -> PathBuf {
        let book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.path.clone()
    }

    /// Says a line, beginning with the time.
    pub fn say(&self, text: &str) {
        self.line(&format!("{} {text}", now()));
    }

    /// Writes a line as it is. Where it cannot be written, or whoever read standard output is gone,
    /// trading goes on.
    pub fn line(&self, text: &str) {
        let _ = writeln!(io::stdout().lock(), "{text}");
        // What panicked while it wrote left at worst half a line.
        let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.line(text);
    }
}

impl Book {
    fn line(&mut self, text: &str) {
        let bytes = format!("{text}\n");
        let length = bytes.len() as u64;
        if self.size > 0 && self.size + length > self.most {
            self.turn();
        }
        if let Some(file) = &mut self.file
            && file.write_all(bytes.as_bytes()).is_ok()
        {
            self.size += length;
        }
    }

    /// Begins the file anew. What was in it is kept beside it until the next time.
    fn turn(&mut self) {
        // Not every system renames a file that is open.
        self.file = None;
        let before = self.path.with_file_name(BEFORE);
        let is_kept = fs::rename(&self.path, before).is_ok();
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        self.file = options.open(&self.path).ok();
        if !is_kept && let Some(file) = &self.file {
            // Somebody else holds one of the two: the bound is kept all the same.
            let _ = file.set_len(0);
        }
        self.size = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::{BEFORE, FILE, Logbook};
    use std::fs;

    #[test]
    fn the_file_keeps_the_last_lines_and_its_bound() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name| folder.path().join(name);
        for begun in 0..3 {
            // A program that begins again goes on in the same file.
            let book = Logbook::with(folder.path(), 100).unwrap();
            for line in 0..10 {
                book.line(&format!("line {begun}.{line}"));
            }
        }
        let both = [BEFORE, FILE].map(|name| fs::read_to_string(path(name)).unwrap());
        assert!(both.iter().all(|text| text.len() <= 100), "{both:?}");
        let lines: Vec<String> = both.concat().lines().map(str::to_owned).collect();
        let all = (0..3).flat_map(|begun| (0..10).map(move |line| format!("line {begun}.{line}")));
        let all: Vec<String> = all.collect();
        assert!(lines.len() >= 10 && all.ends_with(&lines), "{lines:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_line_longer_than_the_bound_is_written_alone() {
        let folder = tempfile::tempdir().unwrap();
        let book = Logbook::with(folder.path(), 10).unwrap();
        let long = "x".repeat(50);
        book.line("short");
        book.line(&long);
        book.line("last");
        let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(
            (text(BEFORE), text(FILE)),
            (long + "\n", "last\n".to_owned())
        );
    }
}
