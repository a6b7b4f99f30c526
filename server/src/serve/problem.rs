//! Why the server does not start, in both languages.

use crate::{account::KeyProblem, setting, till::BillingFault};
use std::{fmt, io, net::SocketAddr, path::PathBuf};
use storage::StorageError;
use trading::language::Language;

/// Why the server does not start.
#[derive(Debug)]
pub(crate) enum ServeProblem {
    /// No folder for the database can be told.
    NoHome,
    /// What is there is not the manifest of a built web app.
    BadManifest {
        path: PathBuf,
        error: serde_json::Error,
    },
    /// Somebody else listens there.
    AddressInUse(SocketAddr),
    /// The system keeps such ports for others.
    AddressRefused(SocketAddr),
    /// It cannot be listened there for another reason.
    Address(SocketAddr, io::Error),
    /// The runtime did not start.
    Runtime(io::Error),
    /// The folder of the database cannot be used.
    Folder { path: PathBuf, error: io::Error },
    /// The database did not open.
    Database(StorageError),
    /// There is no key to seal secrets with.
    Key(KeyProblem),
    /// Plans or payment providers are not set up as they should be.
    Billing(BillingFault),
    /// A worker shares its database with servers, which SQLite cannot.
    WorkerAlone,
    /// Settings are not as they should be.
    Settings(setting::Faults),
}

impl ServeProblem {
    /// The sentence.
    pub(crate) fn text(&self, language: Language) -> String {
        match language {
            Language::En => self.english(),
            Language::Id => self.indonesian(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::NoHome => "there is no home folder to keep the database in: name a folder with \
                             --home DIR, or in PHOENIX_HOME"
                .to_owned(),
            Self::BadManifest { path, error } => format!(
                "{} is not the manifest of a built web app: {error}. Build it with scripts/web",
                path.display()
            ),
            Self::AddressInUse(address) => format!(
                "another program listens on {address} already, perhaps another Phoenix. Stop it, \
                 or choose another port with --listen {}:PORT, or in PHOENIX_LISTEN",
                address.ip()
            ),
            Self::AddressRefused(address) => format!(
                "this user may not listen on {address}: choose a port above 1023 with --listen"
            ),
            Self::Address(address, error) => format!("cannot listen on {address}: {error}"),
            Self::Runtime(error) => format!("the server could not start: {error}"),
            Self::Folder { path, error } => format!(
                "{} cannot be used: {error}. Choose another folder with --home DIR",
                path.display()
            ),
            Self::Database(StorageError::Migration(error)) => format!(
                "the database could not be brought up to date, perhaps because a later Phoenix \
                 made it: {error}"
            ),
            // The cause alone: what storage says of it is English.
            Self::Database(StorageError::Database(error)) => {
                format!("the database did not open: {error}")
            }
            Self::Database(error) => format!("the database did not open: {error}"),
            Self::Key(KeyProblem::Shape(Some(path))) => format!(
                "{} holds no key. Put the right one there again: what was sealed with it opens \
                 with no other",
                path.display()
            ),
            Self::Key(KeyProblem::Shape(None)) => "PHOENIX_SECRET_KEY holds no key: it has 64 \
                                                   hexadecimal digits"
                .to_owned(),
            Self::Key(problem) => format!("there is no key to seal secrets with: {problem}"),
            Self::Billing(faults) => {
                format!("payments are not set up as they should be: {faults}")
            }
            Self::WorkerAlone => "a worker shares its database with other processes, which takes \
                                  PostgreSQL: name it with --database URL, or in \
                                  PHOENIX_DATABASE_URL. On SQLite `phoenix serve` does the work \
                                  itself"
                .to_owned(),
            Self::Settings(faults) => faults.text(Language::En),
        }
    }

    fn indonesian(&self) -> String {
        match self {
            Self::NoHome => "tidak ada folder home untuk menyimpan database: sebutkan foldernya \
                             dengan --home DIR, atau di PHOENIX_HOME"
                .to_owned(),
            Self::BadManifest { path, error } => format!(
                "{} bukan manifes aplikasi web yang sudah dibuat: {error}. Buat dengan scripts/web",
                path.display()
            ),
            Self::AddressInUse(address) => format!(
                "program lain sudah memakai {address}, mungkin Phoenix yang lain. Hentikan program \
                 itu, atau pilih port lain dengan --listen {}:PORT, atau di PHOENIX_LISTEN",
                address.ip()
            ),
            Self::AddressRefused(address) => format!(
                "pengguna ini tidak boleh memakai {address}: pilih port di atas 1023 dengan --listen"
            ),
            Self::Address(address, error) => format!("{address} tidak dapat dipakai: {error}"),
            Self::Runtime(error) => format!("server tidak dapat dijalankan: {error}"),
            Self::Folder { path, error } => format!(
                "{} tidak dapat dipakai: {error}. Pilih folder lain dengan --home DIR",
                path.display()
            ),
            Self::Database(StorageError::Migration(error)) => format!(
                "database tidak dapat diperbarui, mungkin karena dibuat oleh Phoenix yang lebih \
                 baru: {error}"
            ),
            Self::Database(StorageError::Database(error)) => {
                format!("database tidak dapat dibuka: {error}")
            }
            Self::Database(error) => format!("database tidak dapat dibuka: {error}"),
            Self::Key(KeyProblem::Shape(Some(path))) => format!(
                "{} tidak berisi kunci. Kembalikan kunci yang benar: rahasia yang disegel \
                 dengannya tidak dapat dibuka dengan kunci lain",
                path.display()
            ),
            Self::Key(KeyProblem::Shape(None)) => "PHOENIX_SECRET_KEY tidak berisi kunci: kunci \
                                                   terdiri dari 64 digit heksadesimal"
                .to_owned(),
            Self::Key(problem) => {
                format!("tidak ada kunci untuk menyegel rahasia: {problem}")
            }
            Self::Billing(faults) => {
                format!("pengaturan pembayaran belum benar: {faults}")
            }
            Self::WorkerAlone => "worker berbagi database dengan proses lain, dan untuk itu perlu \
                                  PostgreSQL: sebutkan dengan --database URL, atau di \
                                  PHOENIX_DATABASE_URL. Dengan SQLite, `phoenix serve` \
                                  mengerjakannya sendiri"
                .to_owned(),
            Self::Settings(faults) => faults.text(Language::Id),
        }
    }
}

impl fmt::Display for ServeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english())
    }
}
