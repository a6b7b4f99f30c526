//! How passwords are kept: Argon2id, made and tried.

use super::{Cost, NewPassword, normal::normal};
use crate::random::{NoRandomness, random};
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::{self, Output, ParamsString, Salt},
};
use std::{fmt, str::FromStr};

/// Bytes of salt, as RFC 9106 advises.
const SALT: usize = 16;
/// Bytes of hash.
pub(super) const OUTPUT: usize = 32;

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
    use crate::password::{normal::MAX_TYPED, tests::new};
    use proptest::prelude::*;

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
    }

    proptest! {
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
    }
}
