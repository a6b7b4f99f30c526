//! Reading small text files, and keeping results away from what they were made from.

use crate::failure::{Failure, Result};
use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

/// The greatest size of a strategy or specification.
pub(crate) const MAX_TEXT: u64 = 1 << 20;

/// A text file of at most [`MAX_TEXT`] bytes; `what` says what it should be.
pub(crate) fn read_text(path: &Path, what: &str) -> Result<String> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_TEXT + 1).read_to_end(&mut bytes))
        .map_err(|error| Failure::reading(path, &error))?;
    let place = path.display();
    if bytes.len() as u64 > MAX_TEXT {
        return Err(Failure::input(format!(
            "{place} is larger than 1 MiB, so it is hardly {what}. Check that it is the right file"
        )));
    }
    String::from_utf8(bytes).map_err(|error| {
        Failure::input(format!(
            "{place} is not text in UTF-8 (byte {} is not), so it is not {what}. Check that it is \
             the right file, or save it as UTF-8",
            error.utf8_error().valid_up_to() + 1
        ))
    })
}

/// Refuses a target that is one of the files which the command reads, or another of its targets.
pub(crate) fn keep_apart(targets: &[Option<&Path>], inputs: &[Option<&Path>]) -> Result<()> {
    for (place, target) in targets.iter().enumerate() {
        let Some(target) = target else { continue };
        let others = inputs.iter().chain(&targets[..place]).flatten();
        for other in others {
            if same(target, other) {
                return Err(Failure::input(format!(
                    "{} would be written over {}: choose another name for the result",
                    target.display(),
                    other.display()
                )));
            }
        }
    }
    Ok(())
}

fn same(a: &Path, b: &Path) -> bool {
    let is_file = |path: &Path| fs::metadata(path).is_ok_and(|found| found.is_file());
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        // Two results may both go to the terminal.
        (Ok(real_a), Ok(real_b)) => real_a == real_b && is_file(a),
        _ => a == b,
    }
}
