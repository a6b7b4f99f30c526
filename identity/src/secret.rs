//! What may be shown once, to one person, and never to the log.

use std::fmt;
use zeroize::{Zeroize, Zeroizing};

/// A value that is a secret: its `Debug` is silent, it has neither `Display` nor `Serialize`, and
/// its memory is overwritten when it goes. Whoever wants to see it must ask with
/// [`reveal`](Self::reveal), which a reviewer can search for.
#[derive(Clone)]
pub struct Secret<T: Zeroize>(Zeroizing<T>);

impl<T: Zeroize> Secret<T> {
    /// Keeps a value secret from here on.
    pub fn new(value: T) -> Self {
        Self(Zeroizing::new(value))
    }

    /// The value, to be shown to the one it belongs to.
    pub fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn it_is_silent() {
        let secret = Secret::new(String::from("hunter2"));
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert_eq!(format!("{secret:#?}"), "Secret(..)");
        assert_eq!(secret.reveal(), "hunter2");
    }
}
