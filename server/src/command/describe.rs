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
    /// Language: en or id
    #[arg(long, value_name = "LANG", default_value_t)]
    lang: Language,
}

impl Describe {
    pub(super) fn run(self) -> Result<()> {
        let document = strategy::load(&self.file, self.lang)?;
        output::print(&describe::describe(&document, self.lang).to_string())
    }
}
