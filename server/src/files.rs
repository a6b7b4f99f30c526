//! Reading small text files, and keeping results away from what they were made from.

use crate::{
    failure::{Failure, Result},
    problem::{Problem, TextFile},
};
use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

/// The greatest size of a strategy or specification.
pub(crate) const MAX_TEXT: u64 = 1 << 20;

/// A text file of at most [`MAX_TEXT`] bytes; `what` says what it should be.
pub(crate) fn read_text(path: &Path, what: TextFile) -> Result<String> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_TEXT + 1).read_to_end(&mut bytes))
        .map_err(|error| Failure::reading(path, error))?;
    if bytes.len() as u64 > MAX_TEXT {
        let path = path.to_owned();
        return Err(Failure::input(Problem::TooLarge { path, what }));
    }
    String::from_utf8(bytes).map_err(|error| {
        Failure::input(Problem::NotUtf8 {
            path: path.to_owned(),
            byte: error.utf8_error().valid_up_to() + 1,
            what,
        })
    })
}

/// Refuses a target that is one of the files which the command reads, or another of its targets.
pub(crate) fn keep_apart(targets: &[Option<&Path>], inputs: &[Option<&Path>]) -> Result<()> {
    for (place, target) in targets.iter().enumerate() {
        let Some(target) = target else { continue };
        let others = inputs.iter().chain(&targets[..place]).flatten();
        for other in others {
            if same(target, other) {
                return Err(Failure::input(Problem::Overwrites {
                    target: target.to_path_buf(),
                    other: other.to_path_buf(),
                }));
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
