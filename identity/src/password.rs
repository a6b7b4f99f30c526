//! Passwords: which are good enough, and how they are kept.
//!
//! The policy follows NIST SP 800-63B, 5.1.1.2: a length, a list of what everybody uses, and no
//! rules about capitals and digits, which only make people write `Password1!`.

mod common;

use crate::{
    email::EmailAddress,
    random::{NoRandomness, random},
};
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::{self, Output, ParamsString, Salt},
};
use std::{fmt, str::FromStr};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// The least length of a new password, in characters.
pub const MIN_CHARS: usize = 10;
/// The greatest length of a new password, in bytes of UTF-8.
pub const MAX_BYTES: usize = 256;
/// A password of fewer different characters is a pattern.
pub const MIN_DIFFERENT: usize = 4;
/// From this length on, the local part of the e-mail address may not be in the password.
const MIN_LOCAL: usize = 4;
/// The greatest length of what is looked at before it is normalised, in bytes. It is longer than
/// [`MAX_BYTES`] because the same text may be longer in another form of Unicode, and whoever chose a
/// password on one device must be able to type it on another.
const MAX_TYPED: usize = 4 * MAX_BYTES;

/// A password that is good enough to be kept. It is in the form NFKC of Unicode, so that it is the
/// same whether a keyboard says `é` or `e` and an accent.
pub struct NewPassword(Zeroizing<String>);

/// Why a password is not good enough. The words for it are the reader's language's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// It has fewer than [`MIN_CHARS`] characters.
    #[error("the password is too short")]
    TooShort,
    /// It has more than [`MAX_BYTES`] bytes.
    #[error("the password is too long")]
    TooLong,
    /// It has a line break or another control character in it, which cannot be typed again.
    #[error("the password has a control character in it")]
    Control,
    /// It has fewer than [`MIN_DIFFERENT`] different characters.
    #[error("the password repeats itself")]
    Repetitive,
    /// It is one of those that everybody uses.
    #[error("the password is a common one")]
    Common,
    /// The e-mail address, or what is before its `@`, is in it.
    #[error("the e-mail address is in the password")]
    Email,
}

impl NewPassword {
    /// Checks a password that somebody chose who signs in with this address.
    pub fn new(text: &str, email: &EmailAddress) -> Result<Self, WeakPassword> {
        // Before any work is done on it: the text comes from a stranger.
        let text = normal(text).ok_or(WeakPassword::TooLong)?;
        if text.len() > MAX_BYTES {
            return Err(WeakPassword::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(WeakPassword::Control);
        }
        if text.chars().count() < MIN_CHARS {
            return Err(WeakPassword::TooShort);
        }
        let small = Zeroizing::new(text.to_lowercase());
        let mut different = Zeroizing::new(small.chars().collect::<Vec<_>>());
        different.sort_unstable();
        different.dedup();
        if different.len() < MIN_DIFFERENT {
            return Err(WeakPassword::Repetitive);
        }
        if common::COMMON.contains(&small.as_str()) {
            return Err(WeakPassword::Common);
        }
        let key = email.key();
        let local = email.local().to_ascii_lowercase();
        // Many people sign up with `name+phoenix`, and are called `name`.
        let name = local.split('+').next().unwrap_or_default();
        if small.contains(&key) || (name.len() >= MIN_LOCAL && small.contains(name)) {
            return Err(WeakPassword::Email);
        }
        Ok(Self(text))
    }
}

/// The secret stays out of logs.
impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPassword(..)")
    }
}

/// The text in form NFKC, unless it is longer than any password can be.
fn normal(text: &str) -> Option<Zeroizing<String>> {
    if text.len() > MAX_TYPED {
        return None;
    }
    // Room for the worst case at once (NFKC makes one character of three bytes into 18 of 33): a
    // text that grows leaves copies behind.
    let mut normal = Zeroizing::new(String::with_capacity(11 * text.len()));
    normal.extend(text.nfkc());
    Some(normal)
}

/// How dear it is to try a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// What OWASP's Password Storage Cheat Sheet asks of Argon2id: 19 MiB, two passes, one lane.
    /// Some 25 ms of one core.
    pub const OWASP: Self = Self {
        memory_kib: 19_456,
        passes: 2,
        lanes: 1,
    };

    /// As little as Argon2 permits. For tests: it guards nothing.
    pub const LEAST: Self = Self {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };

    /// A cost of one's own: memory in KiB (8 a lane to 256 MiB), passes (1 to 16), lanes (1 to 16).
    /// `None` beyond that: a hash from a database that somebody changed must not eat the server.
    pub const fn new(memory_kib: u32, passes: u32, lanes: u32) -> Option<Self> {
        if lanes < 1
            || lanes > 16
            || passes < 1
            || passes > 16
            || memory_kib < 8 * lanes
            || memory_kib > 256 * 1024
        {
            return None;
        }
        Some(Self {
            memory_kib,
            passes,
            lanes,
        })
    }

    fn params(self) -> Result<Params, HashingFailed> {
        Params::new(self.memory_kib, self.passes, self.lanes, Some(OUTPUT))
            .map_err(|_| HashingFailed)
    }
}

impl Default for Cost {
    fn default() -> Self {
        Self::OWASP
    }
}

/// Bytes of salt, as RFC 9106 advises.
const SALT: usize = 16;
/// Bytes of hash.
const OUTPUT: usize = 32;

/// What the database keeps of a password: Argon2id (RFC 9106), in the PHC string format.
///
/// [`make`](Self::make) and [`verify`](Self::verify) take tens of milliseconds of a core and
/// 19 MiB: call them on a thread that may block, and let only so many run at once.
#[derive(Clone)]
pub struct PasswordHash(phc::PasswordHash);

/// The text is no hash of a password that we keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no hash of a password")]
pub struct BadHash;

/// A password could not be hashed. Our fault, not the user's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashingFailed;

impl From<NoRandomness> for HashingFailed {
    fn from(_: NoRandomness) -> Self {
        Self
    }
}

/// What came of trying a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Verified {
    /// It is the right one.
    pub ok: bool,
    /// The hash was made at another cost than today's. When `ok`, make a new one of the password
    /// while it is at hand.
    pub outdated: bool,
}

impl PasswordHash {
    /// Hashes a new password with a new salt. Slow.
    pub fn make(password: &NewPassword, cost: Cost) -> Result<Self, HashingFailed> {
        Self::salted(&password.0, cost, *random::<SALT>()?)
    }

    /// Hashes the right password anew, when [`Verified::outdated`] says so. It is not checked
    /// again: it was good enough in its time. Slow.
    pub fn remake(password: &str, cost: Cost) -> Result<Self, HashingFailed> {
        let password = normal(password).ok_or(HashingFailed)?;
        Self::salted(&password, cost, *random::<SALT>()?)
    }

    fn salted(password: &str, cost: Cost, salt: [u8; SALT]) -> Result<Self, HashingFailed> {
        argon2(cost.params()?)
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(Self)
            .map_err(|_| HashingFailed)
    }

    /// The hash of nobody's password: chosen by chance, so that no password has it, and trying one
    /// takes as long as with a real hash of this cost. For accounts that do not exist: who measures
    /// the time must not learn that they do not. Quick.
    pub fn nobody(cost: Cost) -> Result<Self, HashingFailed> {
        let params = cost.params()?;
        Ok(Self(phc::PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params).map_err(|_| HashingFailed)?,
            salt: Some(Salt::new(&*random::<SALT>()?).map_err(|_| HashingFailed)?),
            hash: Some(Output::new(&*random::<OUTPUT>()?).map_err(|_| HashingFailed)?),
        }))
    }

    /// Tries a password, and says whether the hash is of another cost than today's. Slow, and as
    /// slow for a wrong one as for the right one. When the machine has no memory left for it, the
    /// password counts as wrong.
    pub fn verify(&self, candidate: &str, today: Cost) -> Verified {
        // One that is too long to be right takes its time too.
        let normal = normal(candidate);
        let text = normal.as_ref().map_or("", |text| text.as_str());
        let fits = Argon2::default()
            .verify_password(text.as_bytes(), &self.0)
            .is_ok();
        Verified {
            ok: fits && normal.is_some(),
            outdated: cost_of(&self.0) != Some(today),
        }
    }

    /// For the database: the PHC string. Not for anybody else, which is why there is no `Display`.
    pub fn phc(&self) -> String {
        self.0.to_string()
    }
}

fn argon2(params: Params) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn cost_of(hash: &phc::PasswordHash) -> Option<Cost> {
    let params = Params::try_from(hash).ok()?;
    Cost::new(params.m_cost(), params.t_cost(), params.p_cost())
}

impl FromStr for PasswordHash {
    type Err = BadHash;
    /// From the database. Takes only what [`make`](PasswordHash::make) may have made: Argon2id,
    /// version 19, a cost within [`Cost::new`]'s bounds, a full salt and a full hash.
    fn from_str(text: &str) -> Result<Self, BadHash> {
        let hash = phc::PasswordHash::new(text).map_err(|_| BadHash)?;
        let whole = hash.algorithm == Algorithm::Argon2id.ident()
            && hash.version == Some(Version::V0x13.into())
            && hash.salt.as_ref().is_some_and(|salt| salt.len() >= SALT)
            && hash.hash.as_ref().is_some_and(|hash| hash.len() == OUTPUT)
            && cost_of(&hash).is_some();
        whole.then_some(Self(hash)).ok_or(BadHash)
    }
}

/// Says the cost only.
impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PasswordHash({})", self.0.params)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn email() -> EmailAddress {
        EmailAddress::parse("Budi.Santoso+phoenix@example.com").expect("address")
    }

    fn new(text: &str) -> Result<NewPassword, WeakPassword> {
        NewPassword::new(text, &email())
    }

    #[test]
    fn the_policy() {
        use WeakPassword::{Common, Control, Email, Repetitive, TooLong, TooShort};
        for (text, want) in [
            ("correct horse battery", None),
            ("kudanil itu", None),
            ("9 mangga è", None),
            ("密码密语火山岛屿花园", None),
            ("Xk29vmQ!lo", None),
            ("", Some(TooShort)),
            ("Xk29vmQ!l", Some(TooShort)),
            // Nine characters, though ten code points before they are composed.
            ("Xk29vmQe\u{301}l", Some(TooShort)),
            ("Xk29\nvmQ!lo", Some(Control)),
            ("Xk29vmQ!lo\0", Some(Control)),
            ("aaaaaaaaaaaaaaa", Some(Repetitive)),
            ("AaBbAaBbAaBbAaBb", Some(Repetitive)),
            ("Password123", Some(Common)),
            ("QWERTYUIOP", Some(Common)),
            ("indonesia123", Some(Common)),
            ("ｐａｓｓｗｏｒｄ１２３", Some(Common)),
            ("BUDI.SANTOSO", Some(Email)),
            ("xx-budi.santoso-xx", Some(Email)),
            ("budi.santoso+phoenix", Some(Email)),
        ] {
            assert_eq!(new(text).err(), want, "{text:?}");
        }
        assert!(new(&"abcdefgh".repeat(32)).is_ok());
        assert_eq!(new(&("abcdefgh".repeat(32) + "i")).err(), Some(TooLong));
        assert_eq!(new(&"x".repeat(1 << 20)).err(), Some(TooLong));
        // Short in bytes, long when composed: 18 characters of one.
        assert_eq!(new(&"\u{fdfa}".repeat(20)).err(), Some(TooLong));
    }

    #[test]
    fn short_names_are_allowed_but_whole_addresses_are_not() {
        let email = EmailAddress::parse("bob@example.com").expect("address");
        assert!(NewPassword::new("bobsledding7", &email).is_ok());
        assert_eq!(
            NewPassword::new("BOB@example.com", &email).err(),
            Some(WeakPassword::Email)
        );
    }

    #[test]
    fn the_list_can_be_met() {
        for text in common::COMMON {
            assert!(
                text.chars().count() >= MIN_CHARS,
                "{text} is refused for its length"
            );
            assert_eq!(text, &text.to_lowercase(), "{text} is never looked for");
        }
        assert!(common::COMMON.len() >= 200, "{}", common::COMMON.len());
        let mut sorted = common::COMMON.to_vec();
        sorted.sort_unstable();
        assert!(
            sorted.windows(2).all(|two| two[0] != two[1]),
            "twice the same"
        );
    }

    #[test]
    fn the_right_password_and_no_other() {
        let hash =
            PasswordHash::make(&new("correct horse").expect("good"), Cost::LEAST).expect("hash");
        let tried = |text| hash.verify(text, Cost::LEAST).ok;
        assert!(tried("correct horse"));
        for text in [
            "",
            "correct hors",
            "correct horsf",
            "Correct horse",
            "correct horse ",
            " correct horse",
        ] {
            assert!(!tried(text), "{text:?}");
        }
        assert!(!tried(&"x".repeat(1 << 20)));
    }

    #[test]
    fn too_long_is_wrong_even_where_the_empty_one_is_right() {
        let hash = PasswordHash::remake("", Cost::LEAST).expect("hash");
        assert!(hash.verify("", Cost::LEAST).ok);
        assert!(!hash.verify(&"x".repeat(MAX_TYPED + 1), Cost::LEAST).ok);
    }

    #[test]
    fn keyboards_agree() {
        let hash = PasswordHash::make(
            &new("caf\u{e9} ol\u{e9} tubruk").expect("good"),
            Cost::LEAST,
        )
        .expect("hash");
        assert!(hash.verify("cafe\u{301} ole\u{301} tubruk", Cost::LEAST).ok);
        assert!(!hash.verify("cafe ole tubruk", Cost::LEAST).ok);
        // The longest there is, typed in its longest form.
        let long = "\u{1e17}\u{1e53}\u{1e09}\u{1e65}".repeat(21);
        let hash = PasswordHash::make(&new(&long).expect("good"), Cost::LEAST).expect("hash");
        let typed: String = long.nfkd().collect();
        assert!(typed.len() > MAX_BYTES && hash.verify(&typed, Cost::LEAST).ok);
    }

    #[test]
    fn the_database_reads_it_back_and_logs_do_not_know_it() {
        let password = new("correct horse").expect("good");
        let hash = PasswordHash::make(&password, Cost::OWASP).expect("hash");
        let text = hash.phc();
        assert!(
            text.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{text}"
        );
        let read: PasswordHash = text.parse().expect("hash");
        assert_eq!(
            read.verify("correct horse", Cost::OWASP),
            Verified {
                ok: true,
                outdated: false
            }
        );
        assert_eq!(
            format!("{password:?} {read:?}"),
            "NewPassword(..) PasswordHash(m=19456,t=2,p=1)"
        );
        assert_ne!(
            text,
            PasswordHash::make(&password, Cost::OWASP)
                .expect("hash")
                .phc()
        );
    }

    #[test]
    fn a_hash_of_another_program() {
        // Vector of the reference implementation: `echo -n password | argon2 somesalt...`, as in
        // phc-winner-argon2/src/test.c for Argon2id, version 19.
        let hash = phc::PasswordHash::new(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        )
        .expect("phc");
        assert!(PasswordHash(hash).verify("password", Cost::LEAST).ok);
    }

    #[test]
    fn another_cost_is_outdated() {
        let password = new("correct horse").expect("good");
        let hash = PasswordHash::make(&password, Cost::LEAST).expect("hash");
        for (m, t, p, outdated) in [
            (8, 1, 1, false),
            (9, 1, 1, true),
            (8, 2, 1, true),
            (16, 1, 2, true),
        ] {
            let today = Cost::new(m, t, p).expect("cost");
            assert_eq!(
                hash.verify("correct horse", today),
                Verified { ok: true, outdated }
            );
        }
        let today = Cost::new(16, 2, 1).expect("cost");
        let hash = PasswordHash::remake("correct horse", today).expect("hash");
        assert_eq!(
            hash.verify("correct horse", today),
            Verified {
                ok: true,
                outdated: false
            }
        );
    }

    #[test]
    fn nobody_has_no_password() {
        let nobody = PasswordHash::nobody(Cost::LEAST).expect("nobody");
        for text in ["", "password", "correct horse"] {
            assert_eq!(
                nobody.verify(text, Cost::LEAST),
                Verified {
                    ok: false,
                    outdated: false
                }
            );
        }
        let other = PasswordHash::nobody(Cost::LEAST).expect("nobody");
        assert_ne!(nobody.phc(), other.phc());
        // It has the form of a real one, so that it takes the same way.
        let real =
            PasswordHash::make(&new("correct horse").expect("good"), Cost::LEAST).expect("hash");
        assert_eq!(nobody.phc().len(), real.phc().len());
        assert!(nobody.phc().parse::<PasswordHash>().is_ok());
    }

    #[test]
    fn nobody_is_as_dear_to_try_as_somebody() {
        let cost = Cost::new(4_096, 2, 1).expect("cost");
        let somebody = PasswordHash::remake("correct horse", cost).expect("hash");
        let nobody = PasswordHash::nobody(cost).expect("nobody");
        assert_eq!(cost_of(&nobody.0), Some(cost));
        // All that the work depends on: kind, version, costs, lengths of salt and output.
        let shape = |hash: &PasswordHash| {
            let text = hash.phc();
            let parts: Vec<_> = text.split('$').map(str::to_owned).collect();
            let lengths: Vec<_> = parts[4..].iter().map(String::len).collect();
            (parts[..4].to_vec(), lengths)
        };
        assert_eq!(shape(&nobody), shape(&somebody));
        assert!(!nobody.verify("correct horse", cost).ok);
    }

    #[test]
    fn other_hashes_are_refused() {
        let good = PasswordHash::remake("correct horse", Cost::LEAST)
            .expect("hash")
            .phc();
        for text in [
            "",
            "correct horse",
            "$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZBDHTNK5dsGxVj0Sg4Ds5s6s5s5s5s",
            &good.replace("argon2id", "argon2i"),
            &good.replace("argon2id", "argon2d"),
            &good.replace("v=19", "v=16"),
            &good.replace("$v=19", ""),
            &good.replace("m=8,", "m=4000000000,"),
            &good.replace("t=1,", "t=4000000000,"),
            &good.replace("p=1$", "p=4000000$"),
            &good.replace("p=1$", "p=536870913$"),
            &good[..good.len() - 1],
            &good[..good.len() - 4],
            &good[..good.rfind('$').unwrap_or(0)],
            &format!("{good}$"),
        ] {
            assert_eq!(text.parse::<PasswordHash>().err(), Some(BadHash), "{text}");
        }
        for (m, t, p) in [
            (7, 1, 1),
            (15, 1, 2),
            (8, 0, 1),
            (8, 1, 0),
            (262_145, 1, 1),
            (8, 17, 1),
            (4_096, 1, 17),
        ] {
            assert_eq!(Cost::new(m, t, p), None);
        }
        assert_eq!(Cost::new(19_456, 2, 1), Some(Cost::default()));
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_lets_in(text in r"\PC{6,40}") {
            if let Ok(password) = new(&text) {
                let hash = PasswordHash::make(&password, Cost::LEAST).expect("hash");
                let read: PasswordHash = hash.phc().parse().expect("phc");
                prop_assert!(read.verify(&text, Cost::LEAST).ok);
                let longer = text + "x";
                prop_assert!(!read.verify(&longer, Cost::LEAST).ok);
            }
        }

        #[test]
        fn a_changed_hash_lets_nobody_in(place in 0..83_usize, c in "[a-zA-Z0-9+/$=,]") {
            let hash = PasswordHash::salted("correct horse", Cost::LEAST, [7; SALT]).expect("hash");
            let mut text = hash.phc();
            prop_assume!(place < text.len() && text[place..=place] != c);
            text.replace_range(place..=place, &c);
            if let Ok(changed) = text.parse::<PasswordHash>() {
                prop_assert!(!changed.verify("correct horse", Cost::LEAST).ok, "{}", text);
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = (new(&text), text.parse::<PasswordHash>());
        }
    }
}
