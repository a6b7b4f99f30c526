//! The tables, step by step. The first two steps have a text for each engine; from the third on both
//! read the same one.

use sqlx::{migrate, migrate::Migrator};

/// What SQLite is brought up to date with.
pub(super) fn sqlite() -> Migrator {
    with_common(&migrate!("../migrations/sqlite"))
}

/// What PostgreSQL is brought up to date with.
pub(super) fn postgres() -> Migrator {
    with_common(&migrate!("../migrations/postgres"))
}

fn with_common(first: &Migrator) -> Migrator {
    let common = migrate!("../migrations/both");
    let all = first.iter().chain(common.iter()).cloned();
    Migrator::with_migrations(all.collect())
}
