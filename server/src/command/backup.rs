//! `phoenix backup` and `phoenix restore`: everything in the database as one file, and back.

use super::database::DatabaseChoice;
use crate::{
    failure::{Failure, Result},
    output,
    partial::Partial,
    problem::Problem,
    serve::{self, ServeProblem},
};
use clap::Args;
use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};
use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};
use storage::{Storage, StorageError};
use trading::language::Language;

/// Options of both.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file, packed with gzip
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseChoice,
}

impl Backup {
    /// Writes the file, whole or not at all. Servers may work on meanwhile.
    pub(super) fn write(self, language: Language) -> Result<()> {
        let mut partial = Partial::begin(&self.file)?;
        // Hashes of passwords are in it, and what everybody traded.
        partial.make_private()?;
        let rows = self.with_storage(async |storage| {
            let mut packed = GzEncoder::new(&mut partial, Compression::default());
            let rows = storage.backup(&mut packed).await?;
            packed.finish().map_err(StorageError::Backup)?;
            Ok(rows)
        })?;
        partial.keep()?;
        let file = self.file.display();
        output::print(&match language {
            Language::En => format!(
                "{rows} rows are in {file}. Keep secret.key (or PHOENIX_SECRET_KEY) as well: second \
                 factors open with nothing else."
            ),
            Language::Id => format!(
                "{rows} baris tersimpan di {file}. Simpan juga secret.key (atau \
                 PHOENIX_SECRET_KEY): tanpa kunci itu verifikasi dua langkah tidak dapat dibuka."
            ),
        })
    }

    /// Puts a file into an empty database of either engine, whole or not at all.
    pub(super) fn restore(self, language: Language) -> Result<()> {
        let file = File::open(&self.file).map_err(|error| Failure::reading(&self.file, error))?;
        let mut lines = BufReader::new(GzDecoder::new(BufReader::new(file)));
        let rows = self.with_storage(async |storage| storage.restore(&mut lines).await)?;
        output::print(&match language {
            Language::En => format!("{rows} rows were restored."),
            Language::Id => format!("{rows} baris dipulihkan."),
        })
    }

    fn with_storage<T>(&self, work: impl AsyncFnOnce(&Storage) -> storage::Result<T>) -> Result<T> {
        let chosen = self.database.read()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::own(Problem::Serve(ServeProblem::Runtime(error))))?;
        runtime.block_on(async {
            let (home, address) = (&chosen.home, chosen.address.as_ref());
            let storage = serve::open(home, address, storage::MAX_BYTES).await?;
            let done = work(&storage).await;
            storage.close().await;
            done.map_err(|error| failure(&self.file, error))
        })
    }
}

fn failure(file: &Path, error: StorageError) -> Failure {
    match error {
        StorageError::NotEmpty | StorageError::NoBackup(_) => {
            Failure::input(Problem::Backup(file.to_owned(), error))
        }
        StorageError::Backup(error) => Failure::reading(file, error),
        error => Failure::own(Problem::Serve(ServeProblem::Database(error))),
    }
}
