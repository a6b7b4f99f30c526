//! Running `phoenix`, and the files that tests need.

use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The reference strategy.
pub(crate) fn gold() -> String {
    root()
        .join("strategies/gold-macd-adx.json")
        .display()
        .to_string()
}

/// A golden file.
pub(crate) fn golden(name: &str) -> String {
    fs::read_to_string(root().join("tests/golden/reference").join(name)).unwrap()
}

/// An empty folder, and `phoenix` run in it with a store that is not there yet.
pub(crate) struct Place {
    folder: tempfile::TempDir,
}

/// What a run of `phoenix` left.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// Names of everything in the folder, hidden things too.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Runs `phoenix` with arguments divided by spaces; `GOLD` is the reference strategy.
    pub(crate) fn run(&self, arguments: &str) -> Ran {
        let gold = gold();
        let arguments = arguments
            .split_whitespace()
            .map(|a| if a == "GOLD" { &gold } else { a });
        let Output {
            status,
            stdout,
            stderr,
        } = assert_cmd::cargo::cargo_bin_cmd!("phoenix")
            .current_dir(self.folder.path())
            .env("PHOENIX_DATA", self.folder.path().join("store"))
            .args(arguments)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran {
            code: status.code(),
            stdout: text(stdout),
            stderr: text(stderr),
        }
    }
}

impl Ran {
    /// It went well.
    #[track_caller]
    pub(crate) fn good(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        self
    }

    /// It was refused as bad input, in one message that says all of `parts`, and printed no result.
    #[track_caller]
    pub(crate) fn refused(self, parts: &[&str]) -> Self {
        assert_eq!(self.code, Some(2), "{self:?}");
        assert_eq!(self.stdout, "");
        for part in parts {
            assert!(
                self.stderr.contains(part),
                "no \"{part}\" in: {}",
                self.stderr
            );
        }
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }

    /// What it printed is one JSON object.
    #[track_caller]
    pub(crate) fn json(self) -> Value {
        serde_json::from_str(&self.good().stdout).unwrap()
    }
}

/// Hourly bars as CSV: a wave, so that indicators have something to do.
pub(crate) fn hourly(bars: usize) -> Vec<String> {
    let mut rows = vec!["time,open,high,low,close".to_owned()];
    rows.extend((0..bars).map(|bar| {
        let (day, hour) = (bar / 24, bar % 24);
        let (month, day) = (day / 28 + 1, day % 28 + 1);
        let price = 1_800.0 + 40.0 * (bar as f64 / 9.0).sin() + 15.0 * (bar as f64 / 31.0).cos();
        let close = price + 1.0;
        format!(
            "2024-{month:02}-{day:02}T{hour:02}:00:00Z,{price:.2},{:.2},{:.2},{close:.2}",
            price + 2.0,
            price - 2.0
        )
    }));
    rows
}

/// Rows as a file.
pub(crate) fn lines(rows: &[String]) -> String {
    rows.join("\n") + "\n"
}

/// A number of a JSON object.
#[track_caller]
pub(crate) fn number(value: &Value, name: &str) -> f64 {
    value[name]
        .as_f64()
        .unwrap_or_else(|| panic!("no number {name}"))
}
