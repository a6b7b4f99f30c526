//! What is printed: results on stdout, everything else on stderr.

use crate::{
    failure::{Failure, Result},
    problem::Problem,
};
use serde::Serialize;
use std::{
    borrow::Cow,
    io::{self, IsTerminal, Write},
};

/// Prints a result. Names and texts in it may come from hostile files: no control sequence of
/// theirs reaches the terminal.
pub(crate) fn print(text: &str) -> Result<()> {
    let text = clean(text);
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        stdout.write_all(b"\n")?;
    }
    stdout.flush()?;
    Ok(())
}

/// Prints a result as one JSON object.
pub(crate) fn print_json(value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::own(Problem::CannotPrintJson(error)))?;
    print(&text)
}

/// Says something beside the result, on stderr. That nobody can hear it is no reason to stop.
pub(crate) fn say(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = writeln!(stderr, "{}", clean(text).trim_end());
}

/// Whether stdout and stderr are the same terminal to the eye.
pub(crate) fn both_are_seen() -> bool {
    io::stdout().is_terminal() && io::stderr().is_terminal()
}

/// Whether somebody sits at the terminal and can answer.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for a line; empty when there is none.
pub(crate) fn ask(question: &str) -> String {
    let mut stderr = io::stderr().lock();
    let _ = write!(stderr, "{} ", clean(question));
    let _ = stderr.flush();
    let mut answer = String::new();
    let _ = io::stdin().read_line(&mut answer);
    answer.trim().to_owned()
}

/// The text with control characters, and those that turn the direction of writing, made visible.
fn clean(text: &str) -> Cow<'_, str> {
    let hostile = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(hostile) {
        Cow::Owned(text.replace(hostile, "\u{FFFD}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_not_told_what_to_do() {
        assert_eq!(
            clean("a\u{1b}[2Jb\r\u{202e}\n\tc"),
            "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}\n\tc"
        );
        assert!(matches!(clean("harga €1"), Cow::Borrowed(_)));
    }
}
