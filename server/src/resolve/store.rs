//! Where imported history is kept.

use crate::{
    failure::{Failure, Result},
    problem::Problem,
};
use std::{env, path::PathBuf};

/// The folder below a user's data folder.
const FOLDER: [&str; 2] = ["phoenix", "history"];

/// The folder of the store: the one given, `$PHOENIX_DATA`, or the usual place for a user's data.
pub(crate) fn default_store(given: Option<PathBuf>) -> Result<PathBuf> {
    let folder = |name: &str| {
        let value = env::var_os(name).filter(|value| !value.is_empty());
        // The XDG rules have relative paths ignored: they would depend on where one stands.
        value.map(PathBuf::from).filter(|path| path.is_absolute())
    };
    let set = || env::var_os("PHOENIX_DATA").filter(|value| !value.is_empty());
    given
        .or_else(|| set().map(PathBuf::from))
        .or_else(|| {
            let data = folder("XDG_DATA_HOME")
                .or_else(|| folder("HOME").map(|home| home.join(".local/share")))
                .or_else(|| folder("LOCALAPPDATA"))?;
            Some(FOLDER.iter().fold(data, |path, name| path.join(name)))
        })
        .ok_or_else(|| Failure::input(Problem::NoHome))
}
