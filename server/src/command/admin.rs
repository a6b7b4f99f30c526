//! `phoenix admin`: what only who has the machine may do.

use super::database::DatabaseChoice;
use crate::{
    account::{AccountError, Caller},
    failure::{Failure, Result},
    output,
    problem::Problem,
    serve::{self, ServeProblem},
};
use clap::{Args, Subcommand};
use identity::EmailAddress;
use std::io::{self, BufRead, IsTerminal};
use trading::language::Language;

/// What only who has the machine may do.
#[derive(Debug, Args)]
pub(crate) struct Admin {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make an administrator's account. The password is asked for, or read from the first line of
    /// the standard input
    Create {
        /// The e-mail address
        #[arg(long, value_name = "ADDRESS")]
        email: EmailAddress,
        #[command(flatten)]
        database: DatabaseChoice,
    },
}

impl Admin {
    pub(super) fn run(self, language: Language) -> Result<()> {
        let What::Create { email, database } = self.what;
        let chosen = database.read()?;
        let password = password(language)?;
        let failed = |error| Failure::own(Problem::Serve(ServeProblem::Runtime(error)));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        runtime.block_on(async {
            let (home, address) = (&chosen.home, chosen.address.as_ref());
            let storage = serve::open(home, address, storage::MAX_BYTES).await?;
            let desk = serve::desk(&storage, home, chosen.key.as_deref())?;
            let caller = Caller {
                address: String::new(),
                agent: String::new(),
                language,
                origin: String::new(),
                visitor: None,
            };
            let shown = email.as_str().to_owned();
            let made = desk.create_admin(email, &password, language, &caller).await;
            storage.close().await;
            match made {
                Ok(_) => output::print(&match language {
                    Language::En => format!("{shown} is an administrator now."),
                    Language::Id => format!("{shown} sekarang menjadi administrator."),
                }),
                Err(AccountError::Storage(error)) => {
                    Err(Failure::own(Problem::Serve(ServeProblem::Database(error))))
                }
                Err(error) => Err(Failure::input(Problem::Account(shown, error))),
            }
        })
    }
}

fn password(language: Language) -> Result<String> {
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(|error| Failure::own(Problem::CannotPrint(error)))?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let terminal = console::Term::stderr();
    let ask = match language {
        Language::En => "Password (at least 10 characters): ",
        Language::Id => "Kata sandi (sedikitnya 10 karakter): ",
    };
    terminal
        .write_str(ask)
        .and_then(|()| terminal.read_secure_line())
        .map_err(|error| Failure::own(Problem::CannotPrint(error)))
}
