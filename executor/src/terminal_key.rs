//! The pairing key where MetaTrader's Expert Advisors may read it: the folder that all terminals of
//! this user share. What lies there only this user may read, as in the folder of state.

use crate::secret_file;
use std::{io, path::Path};

/// The shared folder, below the user's folder of programs' data.
const SHARED: [&str; 3] = ["MetaQuotes", "Terminal", "Common"];
/// Where the Expert Advisor looks in it.
const FILE: [&str; 3] = ["Files", "Phoenix", "link.key"];

/// Lays the key there, below `%APPDATA%`. False where no MetaTrader was ever started.
///
/// # Errors
/// Those of the system.
pub fn lay(app_data: &Path, key: &str) -> io::Result<bool> {
    let shared: std::path::PathBuf = [app_data]
        .into_iter()
        .chain(SHARED.map(Path::new))
        .collect();
    if !shared.is_dir() {
        return Ok(false);
    }
    let file: std::path::PathBuf = [&*shared].into_iter().chain(FILE.map(Path::new)).collect();
    secret_file::replace(&file, key.as_bytes())?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::lay;
    use std::fs;

    #[test]
    fn the_key_lies_where_the_expert_advisor_looks() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!lay(folder.path(), "one").unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let common = folder.path().join("MetaQuotes/Terminal/Common");
        fs::create_dir_all(&common).unwrap();
        for key in ["one", "two"] {
            assert!(lay(folder.path(), key).unwrap());
            let kept = fs::read_to_string(common.join("Files/Phoenix/link.key")).unwrap();
            assert_eq!(kept, key);
        }
    }
}
