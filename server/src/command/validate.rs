//! `phoenix validate`: every fault of a strategy document.

use crate::{
    failure::{Failure, Result},
    files, output, strategy,
};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use trading::{
    language::Language,
    strategy::validate::{self, Fault, FaultText},
};

/// Options of `phoenix validate`.
#[derive(Debug, Args)]
pub(crate) struct Validate {
    /// The strategy document
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Language: en or id
    #[arg(long, value_name = "LANG", default_value_t)]
    lang: Language,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    valid: bool,
    faults: Vec<FaultText>,
    warnings: Vec<FaultText>,
}

impl Validate {
    pub(super) fn run(self) -> Result<()> {
        let text = files::read_text(&self.file, "a strategy")?;
        let (name, faults, warnings) = match validate::validate(&text) {
            Ok(document) => {
                let warnings = validate::warnings(&document);
                (document.name, Vec::new(), warnings)
            }
            Err(faults) => (String::new(), faults, Vec::new()),
        };
        let place = self.file.display();
        if self.json {
            let texts = |faults: &[Fault]| faults.iter().map(|f| f.text(self.lang)).collect();
            output::print_json(&Answer {
                valid: faults.is_empty(),
                faults: texts(&faults),
                warnings: texts(&warnings),
            })?;
        }
        if !faults.is_empty() {
            let list = if self.json {
                String::new()
            } else {
                strategy::list(&faults, self.lang)
            };
            let count = strategy::count(faults.len());
            return Err(Failure::Input(format!("{place}: {count}{list}")));
        }
        if self.json {
            return Ok(());
        }
        if !warnings.is_empty() {
            let list = strategy::list(&warnings, self.lang);
            output::say(&format!("{place} may not be what was meant:{list}"));
        }
        output::print(&format!("{place} is valid: {name}"))
    }
}
