//! A fault and where it is.

use super::{MAX_FAULTS, Problem, english, indonesian};
use crate::language::Language;
use serde::{Serialize, Serializer};
use std::fmt;

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The strategy cannot be traded.
    Error,
    /// It can, but it may not be what was meant.
    Warning,
}

/// Something wrong at one place of a document. Serialises with its English words.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The place: a JSON Pointer (RFC 6901). For something missing, where it should be.
    pub pointer: String,
    /// What is wrong there.
    pub problem: Problem,
}

/// A fault in the words of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FaultText {
    /// The place: a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// Stable name of what is wrong, such as `unknown-field`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Fault {
    /// Stable name of what is wrong, such as `unknown-field`.
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.problem.severity()
    }

    /// What is wrong.
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::En => english::message(&self.problem),
            Language::Id => indonesian::message(&self.problem),
        }
    }

    /// What to do about it.
    pub fn hint(&self, language: Language) -> String {
        match language {
            Language::En => english::hint(&self.problem),
            Language::Id => indonesian::hint(&self.problem),
        }
    }

    /// The fault in the words of `language`, to send or show.
    pub fn text(&self, language: Language) -> FaultText {
        FaultText {
            pointer: self.pointer.clone(),
            code: self.code(),
            severity: self.severity(),
            message: self.message(language),
            hint: self.hint(language),
        }
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text(Language::En).serialize(serializer)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text(Language::En);
        let place = if text.pointer.is_empty() {
            "document"
        } else {
            &text.pointer
        };
        write!(f, "{place}: {} {} [{}]", text.message, text.hint, text.code)
    }
}

/// A JSON Pointer that grows from the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pointer(String);

impl Pointer {
    pub(super) fn root() -> Self {
        Self::default()
    }

    pub(super) fn key(&self, name: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + 1 + name.len());
        text.push_str(&self.0);
        text.push('/');
        for c in name.chars() {
            match c {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                c => text.push(c),
            }
        }
        Self(text)
    }

    pub(super) fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Collects faults, each once.
#[derive(Debug, Default)]
pub(super) struct Faults {
    list: Vec<Fault>,
    is_full: bool,
}

impl Faults {
    pub(super) fn add(&mut self, at: &Pointer, problem: Problem) {
        if self.is_full {
            return;
        }
        let fault = Fault {
            pointer: at.0.clone(),
            problem,
        };
        // Structure and semantics may both see the same thing.
        if self.list.contains(&fault) {
            return;
        }
        if self.list.len() == MAX_FAULTS {
            self.is_full = true;
            self.list.push(Fault {
                pointer: String::new(),
                problem: Problem::TooManyFaults { max: MAX_FAULTS },
            });
            return;
        }
        self.list.push(fault);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn into_vec(self) -> Vec<Fault> {
        self.list
    }
}
