//! The program `phoenix`: the engine on the command line, and the web app's server.
//!
//! Exit status: 0 done; 1 a failure of ours or of the machine; 2 something about the input or the
//! options; 130 stopped by the user.

mod account;
mod clock;
mod command;
mod difference;
mod draft;
mod failure;
mod files;
mod flag;
mod interrupt;
mod job;
mod log;
mod mailer;
mod meter;
mod note;
mod notify;
mod output;
mod partial;
mod pause;
mod prepare;
mod problem;
mod report;
mod resolve;
mod serve;
mod setting;
mod strategy;
mod table;
mod till;
mod trades_csv;

use clap::Parser;
use command::Command;
use std::process::ExitCode;
use trading::language::Language;

/// Describe a trading strategy, test it honestly on history, compare its parameters.
#[derive(Debug, Parser)]
#[command(name = "phoenix", version, max_term_width = 100)]
#[command(
    after_help = "A backtest is no promise: past results say what would have happened, \
                        never what will."
)]
struct Cli {
    /// Language of results, notes and errors: en or id
    #[arg(long, value_name = "LANG", global = true, default_value_t)]
    lang: Language,
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match interrupt::install().and_then(|()| cli.command.run(cli.lang)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(cli.lang),
    }
}
