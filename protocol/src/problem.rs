//! What is said when something went wrong: a code for programs, a reference for the log.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What kind of thing went wrong. The words for it are the reader's language's, so they are not
/// here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// It is not there, or belongs to somebody else: which of the two is nobody's business.
    NotFound,
    /// It was changed meanwhile, in another tab.
    Conflict,
    /// The document has faults: they are in [`Problem::detail`], one a line.
    Invalid,
    /// It is larger than is kept.
    TooLarge,
    /// There are as many as may be kept.
    TooMany,
    /// It trades: it has to be deactivated first.
    Live,
    /// The browser sent no name to keep things under: it refuses cookies.
    NoVisitor,
    /// We failed; the log knows more under [`Problem::reference`].
    Internal,
}

/// What went wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind.
    pub kind: ProblemKind,
    /// More, where there is more to say to the user.
    pub detail: String,
    /// Under which name the log has it.
    pub reference: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {} [{}]", self.kind, self.detail, self.reference)
    }
}

impl std::error::Error for Problem {}
