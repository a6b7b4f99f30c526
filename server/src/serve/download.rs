//! What traders download: the executor and the Expert Advisor, from the folder that the operator
//! names. Its names say the versions: `phoenix-executor-1.2.0-setup.exe` (or, without an installer,
//! `phoenix-executor-1.2.0.exe`) and `phoenix-ea-1.2.0.zip`. The newest of each is offered.

use super::{Context, squeeze::Squeezed};
use axum::{
    body::Bytes,
    extract::{Path as UrlPath, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use semver::Version;
use sha2::{Digest, Sha256};
use std::{fs, io, path::Path};

/// The largest file, in bytes: they are held in memory.
const MOST: u64 = 100 << 20;

/// One file that is offered.
#[derive(Debug, Clone)]
pub(crate) struct Download {
    /// How it is called.
    pub(super) name: String,
    /// Its version.
    pub(super) version: Version,
    /// What its bytes hash to (SHA-256), in hexadecimal digits.
    pub(super) hash: String,
    content: Squeezed,
}

impl Download {
    /// How large it is, in bytes.
    pub(super) fn size(&self) -> usize {
        self.content.plain.len()
    }
}

/// What is offered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Downloads {
    /// The executor for Windows.
    pub(super) executor: Option<Download>,
    /// The Expert Advisor.
    pub(super) expert: Option<Download>,
}

/// What a name says.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    is_expert: bool,
    version: Version,
    is_installer: bool,
}

impl Named {
    fn of(name: &str) -> Option<Self> {
        let expert = name.strip_prefix("phoenix-ea-");
        let (rest, is_expert) = match expert {
            Some(rest) => (rest.strip_suffix(".zip")?, true),
            None => (
                name.strip_prefix("phoenix-executor-")?
                    .strip_suffix(".exe")?,
                false,
            ),
        };
        let installer = rest.strip_suffix("-setup").filter(|_| !is_expert);
        Some(Self {
            is_expert,
            version: installer.unwrap_or(rest).parse().ok()?,
            is_installer: installer.is_some(),
        })
    }

    /// Whether this is rather offered than another of its kind.
    fn is_before(&self, other: &Self) -> bool {
        (&self.version, self.is_installer) > (&other.version, other.is_installer)
    }
}

impl Downloads {
    /// The newest of a folder. Files of other names are left alone.
    ///
    /// # Errors
    /// When the folder, or what is to be offered of it, cannot be read or is too large.
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        let [mut executor, mut expert] = [const { None::<(Named, String)> }; 2];
        for entry in fs::read_dir(folder)? {
            let Ok(name) = entry?.file_name().into_string() else {
                continue;
            };
            let Some(named) = Named::of(&name) else {
                continue;
            };
            let best = if named.is_expert {
                &mut expert
            } else {
                &mut executor
            };
            if best.as_ref().is_none_or(|best| named.is_before(&best.0)) {
                *best = Some((named, name));
            }
        }
        let load = |best: Option<(Named, String)>| {
            best.map(|(named, name)| load(folder, named.version, name))
                .transpose()
        };
        Ok(Self {
            executor: load(executor)?,
            expert: load(expert)?,
        })
    }

    /// Whether there is a newer executor than one of this version. What is no version is old to
    /// nobody.
    pub(super) fn is_newer_than(&self, version: &str) -> bool {
        let (offered, one) = (self.executor.as_ref(), version.parse::<Version>());
        offered
            .zip(one.ok())
            .is_some_and(|(offered, one)| offered.version > one)
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Download> {
        self.executor.iter().chain(&self.expert)
    }
}

fn load(folder: &Path, version: Version, name: String) -> io::Result<Download> {
    let path = folder.join(&name);
    if fs::metadata(&path)?.len() > MOST {
        let why = format!("{name} is larger than {} MB", MOST >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
    }
    let bytes = fs::read(path)?;
    Ok(Download {
        name,
        version,
        hash: HEXLOWER.encode(&Sha256::digest(&bytes)),
        // Both kinds are packed already.
        content: Squeezed {
            plain: Bytes::from(bytes),
            brotli: None,
            gzip: None,
        },
    })
}

/// One file.
pub(super) async fn file(
    State(context): State<Context>,
    UrlPath(name): UrlPath<String>,
    headers: HeaderMap,
) -> Response {
    let Some(one) = context.downloads.all().find(|one| one.name == name) else {
        return (StatusCode::NOT_FOUND, "there is no such file\n").into_response();
    };
    let mut response = one.content.answer(&headers, &format!("\"{}\"", one.hash));
    if response.status() == StatusCode::OK {
        // The layers around lose it, and a browser shows how far it is.
        let size = HeaderValue::from(one.size());
        response.headers_mut().insert(header::CONTENT_LENGTH, size);
    }
    let kind = HeaderValue::from_static("application/octet-stream");
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, kind);
    // The name is what a browser calls it anyway; what matters is that it is not opened.
    let saved = HeaderValue::from_static("attachment");
    answer.insert(header::CONTENT_DISPOSITION, saved);
    // What is behind a name may change as long as it is not released.
    let looked = HeaderValue::from_static("no-cache");
    answer.insert(header::CACHE_CONTROL, looked);
    response
}

#[cfg(test)]
mod tests {
    use super::{Downloads, Named};
    use std::fs;

    fn offered(names: &[&str]) -> [Option<String>; 2] {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let Downloads { executor, expert } = Downloads::read(folder.path()).unwrap();
        [executor, expert].map(|one| one.map(|one| one.name))
    }

    #[test]
    fn the_newest_is_offered_and_its_installer_first() {
        let [executor, expert] = offered(&[
            "phoenix-executor-1.9.0-setup.exe",
            "phoenix-executor-1.10.0.exe",
            "phoenix-executor-1.10.0-setup.exe",
            "phoenix-executor-1.10.0-rc.1-setup.exe",
            "phoenix-ea-1.2.0.zip",
            "phoenix-ea-1.11.0.zip",
            "release notes.txt",
        ]);
        assert_eq!(
            executor.as_deref(),
            Some("phoenix-executor-1.10.0-setup.exe")
        );
        assert_eq!(expert.as_deref(), Some("phoenix-ea-1.11.0.zip"));
        assert_eq!(offered(&[]), [None, None]);
        let plain = offered(&[
            "phoenix-executor-2.0.0.exe",
            "phoenix-executor-1.0.0-setup.exe",
        ]);
        assert_eq!(plain[0].as_deref(), Some("phoenix-executor-2.0.0.exe"));
    }

    #[test]
    fn what_is_named_otherwise_is_not_offered() {
        for name in [
            "phoenix-executor-1.2.exe",
            "phoenix-executor-.exe",
            "phoenix-executor-1.2.0.zip",
            "phoenix-executor-1.2.0.exe.part",
            "phoenix-ea-1.2.0.exe",
            "phoenix-ea-..%2f1.0.0.zip",
            "Phoenix-executor-1.2.0.exe",
            "",
        ] {
            assert_eq!(Named::of(name), None, "{name}");
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_fault() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Downloads::read(&folder.path().join("none")).is_err());
    }
}
