//! Whether the program begins when the trader signs in to Windows, and with what words.

use std::path::Path;

/// What is written where Windows reads what it is to begin: the program and its options.
pub fn command(program: &Path, options: &[(&str, String)]) -> String {
    let mut all = quoted(&program.display().to_string());
    for (name, value) in options {
        all.push_str(&format!(" {name} {}", quoted(value)));
    }
    all
}

/// As Windows takes words apart: what stands between quotes is one, and a backslash before a quote
/// would belong to the quote.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut backslashes = 0;
    for letter in text.chars() {
        if letter == '"' {
            quoted.push_str(&"\\".repeat(backslashes + 1));
        }
        backslashes = if letter == '\\' { backslashes + 1 } else { 0 };
        quoted.push(letter);
    }
    quoted.push_str(&"\\".repeat(backslashes));
    quoted.push('"');
    quoted
}

#[cfg(windows)]
pub use windows::{is_on, set};

#[cfg(windows)]
mod windows {
    use windows_registry::{CURRENT_USER, Result};

    /// What Windows begins when this user signs in.
    const RUN: &str = r"Software\Microsoft\Windows\CurrentVersion\Run";
    const NAME: &str = "Phoenix executor";

    /// Whether it begins so.
    pub fn is_on() -> bool {
        let key = CURRENT_USER.open(RUN);
        key.is_ok_and(|key| key.get_string(NAME).is_ok())
    }

    /// Has it begin with these words, or not at all.
    ///
    /// # Errors
    /// Those of the system.
    pub fn set(command: Option<&str>) -> Result<()> {
        let key = CURRENT_USER.create(RUN)?;
        match command {
            Some(command) => key.set_string(NAME, command),
            None if is_on() => key.remove_value(NAME),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::command;
    use std::path::Path;

    #[test]
    fn options_arrive_as_they_were_given() {
        let program = Path::new(r"C:\Program Files\Phoenix\phoenix-executor.exe");
        assert_eq!(
            command(program, &[]),
            r#""C:\Program Files\Phoenix\phoenix-executor.exe""#
        );
        let options = [
            ("--state", r"D:\my state\".to_owned()),
            ("--server", r#"https://a.b/\"x"#.to_owned()),
        ];
        assert_eq!(
            command(Path::new("p"), &options),
            r#""p" --state "D:\my state\\" --server "https://a.b/\\\"x""#
        );
    }
}
