//! Texts with a checked length: names that people give things, and what programs say of something.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The most characters of a [`Label`].
pub const MAX_LABEL: usize = 80;
/// The most characters of a [`Remark`].
pub const MAX_REMARK: usize = 500;

/// The text is empty, too long, or holds characters that control a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a text has {least} to {most} characters, and none that controls a terminal")]
pub struct BadText {
    least: usize,
    most: usize,
}

fn check(text: &str, least: usize, most: usize) -> Result<String, BadText> {
    let text = text.trim();
    let count = text.chars().count();
    if (least..=most).contains(&count) && !text.chars().any(char::is_control) {
        Ok(text.to_owned())
    } else {
        Err(BadText { least, most })
    }
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $least:expr, $most:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = BadText;
            fn from_str(text: &str) -> Result<Self, BadText> {
                check(text, $least, $most).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadText;
            fn try_from(text: String) -> Result<Self, BadText> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text! {
    /// A name that a person or a program gives something: 1 to 80 characters.
    Label, 1, MAX_LABEL
}
text! {
    /// What is said of something: up to 500 characters, perhaps none.
    #[derive(Default)]
    Remark, 0, MAX_REMARK
}

#[cfg(test)]
mod tests {
    use super::{Label, MAX_LABEL, Remark};

    #[test]
    fn lengths_are_of_characters_and_nothing_controls_a_terminal() {
        assert_eq!(
            " PC \u{fc} ".parse::<Label>().map(String::from),
            Ok("PC \u{fc}".to_owned())
        );
        assert!("\u{e9}".repeat(MAX_LABEL).parse::<Label>().is_ok());
        for text in ["", "  ", "a\u{1b}[2J", "a\nb", &"x".repeat(MAX_LABEL + 1)] {
            assert!(text.parse::<Label>().is_err(), "{text:?}");
        }
        assert!("".parse::<Remark>().is_ok());
        assert!("x".repeat(501).parse::<Remark>().is_err());
    }
}
