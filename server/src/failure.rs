//! Why a command ended early, what is said of it, and the exit status.

use crate::{output, problem::Problem, serve::ServeProblem};
use history::ImportError;
use std::{io, path::Path, process::ExitCode};
use trading::language::Language;

/// What commands return.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file, an option or their content: the user can mend it. Status 2.
    Input(Box<Problem>),
    /// We or the machine (a full disk) failed. Status 1.
    Own(Box<Problem>),
    /// The user stopped it. Status 130.
    Stopped(Box<Problem>),
    /// Whoever read our output stopped reading (`| head`): not an error, and nothing to say.
    Unread,
}

impl Failure {
    /// Something that the user can mend.
    pub(crate) fn input(problem: Problem) -> Self {
        Self::Input(Box::new(problem))
    }

    /// The server does not start, and the user can mend it.
    pub(crate) fn serve(problem: ServeProblem) -> Self {
        Self::input(Problem::Serve(problem))
    }

    /// Something that only we or the machine could.
    pub(crate) fn own(problem: Problem) -> Self {
        Self::Own(Box::new(problem))
    }

    /// The user stopped it.
    pub(crate) fn stopped(problem: Problem) -> Self {
        Self::Stopped(Box::new(problem))
    }

    /// A file that the user named could not be read.
    pub(crate) fn reading(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        Self::of_io(error.kind(), Problem::CannotRead { path, error })
    }

    /// A file could not be written.
    pub(crate) fn writing(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        Self::of_io(error.kind(), Problem::CannotWrite { path, error })
    }

    /// A file of bars was not read.
    pub(crate) fn history(path: &Path, error: ImportError) -> Self {
        match error {
            ImportError::Io(error) => Self::reading(path, error),
            error => {
                let own = matches!(error, ImportError::Sink(_));
                let path = path.to_owned();
                let problem = Problem::Bars { path, error };
                if own {
                    Self::own(problem)
                } else {
                    Self::input(problem)
                }
            }
        }
    }

    /// Whose fault a failed read or write is: a wrong name is the user's, a broken disk is not.
    fn of_io(kind: io::ErrorKind, problem: Problem) -> Self {
        use io::ErrorKind::{
            InvalidFilename, InvalidInput, IsADirectory, NotADirectory, NotFound, NotSeekable,
            PermissionDenied, ReadOnlyFilesystem,
        };
        match kind {
            NotFound | PermissionDenied | IsADirectory | NotADirectory | InvalidInput
            | InvalidFilename | NotSeekable | ReadOnlyFilesystem => Self::input(problem),
            _ => Self::own(problem),
        }
    }

    /// Says it on stderr.
    pub(crate) fn report(self, language: Language) -> ExitCode {
        let error = match language {
            Language::En => "Error",
            Language::Id => "Kesalahan",
        };
        let (code, text) = match self {
            Self::Input(problem) => (2, format!("{error}: {}", problem.text(language))),
            Self::Own(problem) => (1, format!("{error}: {}", problem.text(language))),
            Self::Stopped(problem) => (130, problem.text(language)),
            Self::Unread => return ExitCode::SUCCESS,
        };
        output::say(&text);
        ExitCode::from(code)
    }
}

/// Writing to stdout failed.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Unread
        } else {
            Self::own(Problem::CannotPrint(error))
        }
    }
}
