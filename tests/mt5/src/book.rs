//! What a broker and a terminal keep when a process is killed: every step since the first bar, one
//! JSON line each, written before it is taken. Fills follow from the steps, so taking them again
//! leads to the same account.

use crate::order::Request;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, Write},
    path::Path,
};

/// A step.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) enum Step {
    /// The next bar opened.
    Bar,
    /// The bar's prices worked.
    Walk,
    /// A request was carried out, this share of it.
    Perform(Request, f64),
    /// A request lies at the server.
    Place(Request),
    /// It is filled.
    Fill(u64),
    /// A global variable of the terminal.
    Global(String, f64),
}

#[derive(Debug)]
pub(crate) struct Book(Option<File>);

impl Book {
    /// The book at a path and the steps that are in it.
    pub(crate) fn open(path: Option<&Path>) -> Result<(Self, Vec<Step>)> {
        let Some(path) = path else {
            return Ok((Self(None), Vec::new()));
        };
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .read(true)
            .open(path)
            .with_context(|| path.display().to_string())?;
        let mut steps = Vec::new();
        let mut good = 0;
        for line in BufReader::new(&file).lines() {
            let line = line?;
            // A last line that was cut off was not taken: it is written before.
            let Ok(step) = serde_json::from_str(&line) else {
                break;
            };
            good += line.len() as u64 + 1;
            steps.push(step);
        }
        file.set_len(good)?;
        Ok((Self(Some(file)), steps))
    }

    pub(crate) fn write(&mut self, step: &Step) {
        let Some(file) = &mut self.0 else {
            return;
        };
        #[allow(clippy::expect_used, reason = "a test's own file")]
        let line = serde_json::to_string(step).expect("a step is JSON") + "\n";
        #[allow(clippy::expect_used, reason = "a test's own file")]
        file.write_all(line.as_bytes())
            .expect("the book is written");
    }
}
