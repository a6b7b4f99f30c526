//! `phoenix describe`: a strategy in plain sentences.

use crate::{failure::Result, output, strategy};
use clap::Args;
use std::path::PathBuf;
use trading::{language::Language, strategy::describe};

/// Options of `phoenix describe`.
#[derive(Debug, Args)]
pub(crate) struct Describe {
    /// The strategy document
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Describe {
    pub(super) fn run(self, language: Language) -> Result<()> {
        let document = strategy::load(&self.file)?;
        output::print(&describe::describe(&document, language).to_string())
    }
}
