//! The commands, one file each.

mod admin;
mod backtest;
mod backup;
mod data;
mod database;
mod describe;
mod import;
mod schema;
mod serve;
mod sweep;
mod validate;
mod worker;

use crate::failure::Result;
use clap::Subcommand;
use trading::language::Language;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Test a strategy on history and report how it would have done
    Backtest(Box<backtest::Backtest>),
    /// Test many parameter sets of a strategy and list the best
    Sweep(Box<sweep::Sweep>),
    /// Import a file of price history, after showing what it is
    Import(import::Import),
    /// List the imported and the shipped history
    Data(data::Data),
    /// Say in plain sentences what a strategy trades
    Describe(describe::Describe),
    /// Find every fault of a strategy document
    Validate(validate::Validate),
    /// Print the JSON Schema of the strategy document
    Schema,
    /// Serve the web app
    Serve(Box<serve::Serve>),
    /// Do background work for servers that share a PostgreSQL database
    Worker(Box<worker::Worker>),
    /// Attend to accounts from the command line
    Admin(admin::Admin),
    /// Write everything in the database to a file
    Backup(backup::Backup),
    /// Put a backup into an empty database
    Restore(backup::Backup),
}

impl Command {
    /// Does it.
    pub(crate) fn run(self, language: Language) -> Result<()> {
        match self {
            Self::Backtest(command) => command.run(language),
            Self::Sweep(command) => command.run(language),
            Self::Import(command) => command.run(language),
            Self::Data(command) => command.run(language),
            Self::Describe(command) => command.run(language),
            Self::Validate(command) => command.run(language),
            Self::Schema => schema::run(),
            Self::Serve(command) => command.run(language),
            Self::Worker(command) => command.run(language),
            Self::Admin(command) => command.run(language),
            Self::Backup(command) => command.write(language),
            Self::Restore(command) => command.restore(language),
        }
    }
}
