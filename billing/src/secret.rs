//! Keys of the providers, kept out of logs.

use std::fmt;

/// A key or signing secret. It prints as nothing, and cannot be serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a secret, without the white space that copying adds. Nothing, if nothing is left.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The secret itself: only for signing and for the header that carries it.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_does_not_print() {
        let secret = Secret::new(" sk_test_abc\n").unwrap();
        assert_eq!(secret.expose(), "sk_test_abc");
        assert!(!format!("{secret:?}").contains("abc"));
        assert_eq!(Secret::new(" \n"), None);
    }
}
