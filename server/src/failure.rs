//! Why a command ended early, what is said of it, and the exit status.

use crate::output;
use history::ImportError;
use std::{fmt, io, path::Path, process::ExitCode};

/// What commands return.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file, an option or their content: the user can mend it. Status 2.
    Input(String),
    /// We or the machine (a full disk) failed. Status 1.
    Own(String),
    /// The user stopped it. Status 130.
    Stopped(String),
    /// Whoever read our output stopped reading (`| head`): not an error, and nothing to say.
    Unread,
}

impl Failure {
    /// Something that the user can mend.
    pub(crate) fn input(message: impl fmt::Display) -> Self {
        Self::Input(message.to_string())
    }

    /// A file that the user named could not be read.
    pub(crate) fn reading(path: &Path, error: &io::Error) -> Self {
        Self::of_io(error, format!("{} cannot be read: {error}", path.display()))
    }

    /// A file could not be written.
    pub(crate) fn writing(path: &Path, error: &io::Error) -> Self {
        let what = format!(
            "{} cannot be written: {error}. Nothing was changed",
            path.display()
        );
        Self::of_io(error, what)
    }

    /// A file of bars was not read.
    pub(crate) fn history(path: &Path, error: &ImportError) -> Self {
        let place = path.display();
        match error {
            ImportError::Io(error) => Self::reading(path, error),
            ImportError::AmbiguousDates { .. } | ImportError::MixedDates { .. } => Self::Input(
                format!("{place}: {error}. Add --date-order day-first or --date-order month-first"),
            ),
            ImportError::Sink(_) => Self::Own(format!("{place}: {error}")),
            _ => Self::Input(format!("{place}: {error}")),
        }
    }

    /// Whose fault a failed read or write is: a wrong name is the user's, a broken disk is not.
    fn of_io(error: &io::Error, message: String) -> Self {
        use io::ErrorKind::{
            InvalidFilename, InvalidInput, IsADirectory, NotADirectory, NotFound, NotSeekable,
            PermissionDenied, ReadOnlyFilesystem,
        };
        match error.kind() {
            NotFound | PermissionDenied | IsADirectory | NotADirectory | InvalidInput
            | InvalidFilename | NotSeekable | ReadOnlyFilesystem => Self::Input(message),
            _ => Self::Own(message),
        }
    }

    /// Says it on stderr.
    pub(crate) fn report(self) -> ExitCode {
        let (code, text) = match self {
            Self::Input(text) => (2, format!("Error: {text}")),
            Self::Own(text) => (1, format!("Error: {text}")),
            Self::Stopped(text) => (130, text),
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
            Self::Own(format!("the result could not be printed: {error}"))
        }
    }
}
