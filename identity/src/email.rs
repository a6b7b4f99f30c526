//! E-mail addresses: where we write to, and the name under which somebody signs in.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use unicode_normalization::is_nfkc;

/// The greatest length of an address in bytes (RFC 3696, erratum 1690: a path of 256 with its two
/// angle brackets).
pub const MAX_ADDRESS: usize = 254;
/// The greatest length of what is before the `@`, in bytes (RFC 5321, 4.5.3.1.1).
pub const MAX_LOCAL: usize = 64;
/// The greatest length of one part of a domain, in bytes (RFC 1035, 2.3.4).
const MAX_LABEL: usize = 63;

/// An e-mail address of sensible form: a dot-atom of RFC 5322, an `@`, and a domain with a dot (or
/// `localhost`). Quoted local parts, comments, display names and addresses in brackets are lawful
/// in a letter's head and refused here: nobody signs up with one, and every one of them is a way to
/// smuggle something past whoever reads it next.
///
/// An international domain is kept as it was typed, in small letters; the part before the `@` is
/// ASCII, since few mail servers take another.
///
/// Two values are equal when they were typed alike. Whether they are one account is for
/// [`key`](Self::key) to say.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress {
    text: String,
    /// Where the `@` is.
    at: usize,
}

/// Why a text is no e-mail address. The words for it are the reader's language's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadEmail {
    /// Nothing was typed.
    #[error("there is no address")]
    Empty,
    /// It is longer than [`MAX_ADDRESS`] or its local part than [`MAX_LOCAL`].
    #[error("the address is too long")]
    TooLong,
    /// It does not have exactly one `@`.
    #[error("an address has one @")]
    At,
    /// What is before the `@` is not of the form.
    #[error("what is before the @ is no mailbox")]
    Local,
    /// What is after the `@` is not of the form.
    #[error("what is after the @ is no domain")]
    Domain,
}

impl EmailAddress {
    /// Reads an address. White space around it is ignored: it comes from pasting.
    pub fn parse(text: &str) -> Result<Self, BadEmail> {
        let text = text.trim();
        if text.is_empty() {
            return Err(BadEmail::Empty);
        }
        // Before anything is copied: the text comes from a stranger.
        if text.len() > MAX_ADDRESS {
            return Err(BadEmail::TooLong);
        }
        let (local, domain) = text.split_once('@').ok_or(BadEmail::At)?;
        if domain.contains('@') {
            return Err(BadEmail::At);
        }
        if local.len() > MAX_LOCAL {
            return Err(BadEmail::TooLong);
        }
        if !local.split('.').all(is_atom) {
            return Err(BadEmail::Local);
        }
        // Some letters are longer when small, or are no letters then: look at the small ones.
        let domain = domain.to_lowercase();
        if local.len() + 1 + domain.len() > MAX_ADDRESS {
            return Err(BadEmail::TooLong);
        }
        if !is_domain(&domain) {
            return Err(BadEmail::Domain);
        }
        Ok(Self {
            at: local.len(),
            text: format!("{local}@{domain}"),
        })
    }

    /// The address as it was typed, but for the domain, which is in small letters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What is before the `@`.
    pub fn local(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// What is after the `@`.
    pub fn domain(&self) -> &str {
        self.text.get(self.at + 1..).unwrap_or_default()
    }

    /// The address in small letters: one key, one account. A mail server may tell `Budi` from
    /// `budi`, but none of those that people use does, and people do not.
    pub fn key(&self) -> String {
        // The domain is in small letters already, and the rest is ASCII.
        self.text.to_ascii_lowercase()
    }
}

/// A run of `atext` (RFC 5322, 3.2.3).
fn is_atom(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|c| c.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&c))
}

fn is_domain(text: &str) -> bool {
    if text == "localhost" {
        return true;
    }
    // What folds to something else (wide letters, ligatures) would be a second spelling of one
    // domain, and one that looks like another.
    let Some((_, last)) = text.rsplit_once('.') else {
        return false;
    };
    is_nfkc(text)
        && text.split('.').all(is_label)
        // No such top level exists, and it keeps IP addresses out.
        && !last.chars().all(char::is_numeric)
}

fn is_label(text: &str) -> bool {
    (1..=MAX_LABEL).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.chars().all(|c| c == '-' || c.is_alphanumeric())
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Says the domain and the first letter only: an address is personal, and logs are read by many.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.local().get(..1).unwrap_or_default();
        write!(f, "EmailAddress({first}..@{})", self.domain())
    }
}

impl FromStr for EmailAddress {
    type Err = BadEmail;
    fn from_str(text: &str) -> Result<Self, BadEmail> {
        Self::parse(text)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = BadEmail;
    fn try_from(text: String) -> Result<Self, BadEmail> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(email: EmailAddress) -> Self {
        email.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_addresses_are_read() {
        for text in [
            "budi@example.com",
            "b@x.id",
            "budi.santoso+phoenix@mail.example.co.id",
            "o'brien@example.com",
            "user_name-1@sub-domain.example.com",
            "!#$%&'*+-/=?^_`{|}~@example.com",
            "root@localhost",
            "budi@münchen.example",
            "budi@例え.テスト",
            "budi@xn--mnchen-3ya.example",
            "1@1.com",
        ] {
            assert_eq!(EmailAddress::parse(text).expect(text).as_str(), text);
        }
    }

    #[test]
    fn the_domain_is_small_and_the_key_wholly_so() {
        let email = EmailAddress::parse(" \tBudi.S@EXAMPLE.Com\r\n").expect("address");
        assert_eq!(email.as_str(), "Budi.S@example.com");
        assert_eq!(email.key(), "budi.s@example.com");
        assert_eq!(email.local(), "Budi.S");
        assert_eq!(email.domain(), "example.com");
        assert_eq!(email.to_string(), "Budi.S@example.com");
        assert_eq!(
            EmailAddress::parse("a@MÜNCHEN.example")
                .expect("address")
                .as_str(),
            "a@münchen.example"
        );
    }

    #[test]
    fn anything_else_is_refused() {
        use BadEmail::{At, Domain, Empty, Local, TooLong};
        for (text, why) in [
            ("", Empty),
            ("  \n", Empty),
            ("budi", At),
            ("budi@@example.com", At),
            ("a@b@example.com", At),
            ("@example.com", Local),
            (".budi@example.com", Local),
            ("budi.@example.com", Local),
            ("bu..di@example.com", Local),
            ("bu di@example.com", Local),
            ("bu\tdi@example.com", Local),
            ("bu\0di@example.com", Local),
            ("\"budi\"@example.com", Local),
            ("Budi <budi@example.com>", Local),
            ("budi(comment)@example.com", Local),
            ("a,b@example.com", Local),
            ("a;b@example.com", Local),
            ("a:b@example.com", Local),
            ("büdi@example.com", Local),
            ("x\r\nBcc: all@example.com", Local),
            ("budi@", Domain),
            ("budi@example", Domain),
            ("budi@.com", Domain),
            ("budi@example..com", Domain),
            ("budi@example.com.", Domain),
            ("budi@-example.com", Domain),
            ("budi@example-.com", Domain),
            ("budi@exa mple.com", Domain),
            ("budi@exam_ple.com", Domain),
            ("budi@example.com\r\nBcc: x", Domain),
            ("budi@example.com,x", Domain),
            ("budi@example.com\u{0}", Domain),
            ("budi@127.0.0.1", Domain),
            ("budi@[127.0.0.1]", Domain),
            ("budi@ｅxample.com", Domain),
            ("budi@exa\u{200b}mple.com", Domain),
            ("budi@exa\u{202e}mple.com", Domain),
            ("budi@example\u{3002}com", Domain),
            (&format!("{}@example.com", "a".repeat(65)), TooLong),
            (&format!("a@{}.com", "b".repeat(64)), Domain),
        ] {
            assert_eq!(EmailAddress::parse(text), Err(why), "{text:?}");
        }
    }

    #[test]
    fn length_counts_to_the_byte() {
        let label = "b".repeat(63);
        let domain = format!("{label}.{label}.{label}.com");
        let local = "a".repeat(MAX_ADDRESS - 1 - domain.len());
        assert!(local.len() < MAX_LOCAL);
        assert!(EmailAddress::parse(&format!("{local}@{domain}")).is_ok());
        assert_eq!(
            EmailAddress::parse(&format!("a{local}@{domain}")),
            Err(BadEmail::TooLong)
        );
        assert!(EmailAddress::parse(&format!("{}@x.id", "a".repeat(MAX_LOCAL))).is_ok());
    }

    #[test]
    fn json_is_checked_and_logs_are_discreet() {
        let email: EmailAddress = serde_json::from_str("\"Budi@Example.com\"").expect("json");
        assert_eq!(
            serde_json::to_string(&email).expect("json"),
            "\"Budi@example.com\""
        );
        assert!(serde_json::from_str::<EmailAddress>("\"budi\"").is_err());
        assert_eq!(format!("{email:?}"), "EmailAddress(B..@example.com)");
    }

    fn check(text: &str) -> Result<(), TestCaseError> {
        let Ok(email) = EmailAddress::parse(text) else {
            return Ok(());
        };
        let said = email.as_str();
        prop_assert_eq!(EmailAddress::parse(said), Ok(email.clone()));
        prop_assert!(said.len() <= MAX_ADDRESS);
        prop_assert!(
            !said
                .chars()
                .any(|c| c.is_control() || c.is_whitespace() || "<>,;:\"()[]\\".contains(c))
        );
        prop_assert_eq!(format!("{}@{}", email.local(), email.domain()), said);
        // The key is an address itself, and its own key.
        let key = EmailAddress::parse(&email.key()).expect("key");
        prop_assert_eq!(key.key(), email.key());
        prop_assert_eq!(key.as_str(), email.key());
        Ok(())
    }

    proptest! {
        #[test]
        fn no_text_panics_and_what_is_read_reads_back(text in any::<String>()) {
            check(&text)?;
        }

        #[test]
        fn neither_do_texts_near_an_address(text in r"[a-zA-Z.+ \r\n<>é]{0,6}@(\PC|[a-zA-Z0-9.-]){0,9}\.[a-zA-ZÀ-žΑ-ωİıſß]{1,4}") {
            check(&text)?;
        }
    }
}
