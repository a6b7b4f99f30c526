//! Where things are kept.

use crate::{
    failure::{Failure, Result},
    problem::Problem,
};
use std::{env, path::PathBuf};

/// The folder below a user's data folder.
const FOLDER: &str = "phoenix";
/// Imported history, below that.
const HISTORY: &str = "history";

/// The folder of the store: the one given, `$PHOENIX_DATA`, or the usual place for a user's data.
pub(crate) fn default_store(given: Option<PathBuf>) -> Result<PathBuf> {
    given
        .or_else(set_store)
        .or_else(|| Some(default_home()?.join(HISTORY)))
        .ok_or_else(|| Failure::input(Problem::NoHome))
}

/// The folder of the store for a server that keeps its things in `home`.
pub(crate) fn store_of(home: &std::path::Path) -> PathBuf {
    set_store().unwrap_or_else(|| home.join(HISTORY))
}

/// The usual place for a user's data, if the system has one.
pub(crate) fn default_home() -> Option<PathBuf> {
    let folder = |name: &str| {
        let value = env::var_os(name).filter(|value| !value.is_empty());
        // The XDG rules have relative paths ignored: they would depend on where one stands.
        value.map(PathBuf::from).filter(|path| path.is_absolute())
    };
    let data = folder("XDG_DATA_HOME")
        .or_else(|| folder("HOME").map(|home| home.join(".local/share")))
        .or_else(|| folder("LOCALAPPDATA"))?;
    Some(data.join(FOLDER))
}

fn set_store() -> Option<PathBuf> {
    let set = env::var_os("PHOENIX_DATA").filter(|value| !value.is_empty());
    set.map(PathBuf::from)
}
