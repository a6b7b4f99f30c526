//! `phoenix validate`: every fault of a strategy document.

use crate::{
    failure::{Failure, Result},
    files, output,
    problem::{Problem, TextFile},
    strategy,
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
    pub(super) fn run(self, language: Language) -> Result<()> {
        let text = files::read_text(&self.file, TextFile::Strategy)?;
        let (name, faults, warnings) = match validate::validate(&text) {
            Ok(document) => {
                let warnings = validate::warnings(&document);
                (document.name, Vec::new(), warnings)
            }
            Err(faults) => (String::new(), faults, Vec::new()),
        };
        let place = self.file.display();
        if self.json {
            let texts = |faults: &[Fault]| faults.iter().map(|f| f.text(language)).collect();
            output::print_json(&Answer {
                valid: faults.is_empty(),
                faults: texts(&faults),
                warnings: texts(&warnings),
            })?;
        }
        if !faults.is_empty() {
            return Err(Failure::input(Problem::Invalid {
                path: self.file,
                faults,
                listed: !self.json,
            }));
        }
        if self.json {
            return Ok(());
        }
        if !warnings.is_empty() {
            let list = strategy::list(&warnings, language);
            output::say(&match language {
                Language::En => format!("{place} may not be what was meant:{list}"),
                Language::Id => format!("{place} mungkin bukan yang dimaksud:{list}"),
            });
        }
        output::print(&match language {
            Language::En => format!("{place} is valid: {name}"),
            Language::Id => format!("{place} sah: {name}"),
        })
    }
}
