//! The last list of strategies on disk, for when the server is out of reach at the start. It is of
//! one server and one key: another trader's strategies are never found in it.

use super::strategy::sha256;
use crate::secret_file::replace;
use protocol::api::strategy::ActiveStrategies;
use serde::{Deserialize, Serialize};
use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
};
use trading::time::Time;

/// The version of the file.
const FORMAT: u32 = 1;
/// The most bytes that are read: as many as an answer of the server may have, and the rest.
const MOST: u64 = 65 << 20;

/// What is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    format: u32,
    /// Of which server and key: see [`owner`].
    owner: String,
    /// When the server last said that this is what trades, by this computer's clock.
    pub(super) confirmed_at: Time,
    /// By which the server is asked whether it has changed.
    pub(super) tag: Option<String>,
    /// The list as the server gave it. It is judged anew when it is read: a later program may
    /// understand more of it.
    pub(super) strategies: ActiveStrategies,
}

impl Kept {
    pub(super) fn new(
        owner: &str,
        confirmed_at: Time,
        tag: Option<String>,
        strategies: ActiveStrategies,
    ) -> Self {
        Self {
            format: FORMAT,
            owner: owner.to_owned(),
            confirmed_at,
            tag,
            strategies,
        }
    }
}

/// A name of server and key that tells neither.
pub(super) fn owner(server: &str, key: &str) -> String {
    sha256(format!("phoenix strategies\n{server}\n{key}").as_bytes())
}

/// What is kept for this owner. There is none, too, where the file is torn, another's, or of another
/// version: then only the server knows.
pub(super) fn read(path: &Path, owner: &str) -> Option<Kept> {
    let mut text = Vec::new();
    let file = File::open(path).ok()?;
    file.take(MOST).read_to_end(&mut text).ok()?;
    let kept: Kept = serde_json::from_slice(&text).ok()?;
    (kept.format == FORMAT && kept.owner == owner).then_some(kept)
}

/// Keeps it in the place of what was kept before: after a crash there is one or the other.
pub(super) fn write(path: &Path, kept: &Kept) -> io::Result<()> {
    replace(path, &serde_json::to_vec(kept)?)
}

#[cfg(test)]
mod tests {
    use super::{FORMAT, Kept, owner, read, write};
    use protocol::api::strategy::ActiveStrategies;
    use trading::time::Time;

    #[test]
    fn a_list_is_found_again_by_whom_it_is_of() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("strategies.json");
        let mine = owner("https://lab.example.org", "phx_mine");
        assert_eq!(read(&path, &mine), None, "there is none");
        let tag = Some("\"1\"".to_owned());
        let kept = Kept::new(&mine, Time(5), tag, ActiveStrategies { items: vec![] });
        write(&path, &kept).unwrap();
        assert_eq!(read(&path, &mine), Some(kept.clone()));
        for other in [
            owner("https://lab.example.org", "phx_other"),
            owner("https://other.example.org", "phx_mine"),
        ] {
            assert_eq!(read(&path, &other), None);
        }
        let later = Kept {
            format: FORMAT + 1,
            ..kept
        };
        write(&path, &later).unwrap();
        assert_eq!(read(&path, &mine), None, "of a later version");
        std::fs::write(&path, "{\"format\":1,").unwrap();
        assert_eq!(read(&path, &mine), None, "it is torn");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
