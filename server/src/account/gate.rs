//! Who failed too often waits: by account and address together, by account, and by address. What is
//! counted is hashed, since people type passwords where addresses belong.

use super::{AccountError, Done};
use identity::Policy;
use sha2::{Digest, Sha256};
use std::{
    fmt::Write as _,
    net::{IpAddr, Ipv6Addr},
};
use storage::Throttles;
use trading::time::{DAY, HOUR, MINUTE, SECOND, Time};

/// One address at one account.
const PAIR: Policy = Policy {
    free: 5,
    first: SECOND,
    longest: 15 * MINUTE,
    forgotten: DAY,
};
/// Many addresses at one account. Its owner waits a little then, which is why it takes many.
const ACCOUNT: Policy = Policy {
    free: 50,
    first: SECOND,
    longest: MINUTE,
    forgotten: DAY,
};
/// One address at many accounts. Whole offices, and whole towns with a mobile carrier, share one
/// and mistype too: it slows those who try much, and locks nobody out.
const ADDRESS: Policy = Policy {
    free: 200,
    first: SECOND,
    longest: MINUTE,
    forgotten: HOUR,
};
/// Wrong keys and new pairings of one address: programs do not mistype.
const MACHINE: Policy = Policy {
    free: 40,
    first: SECOND,
    longest: MINUTE,
    forgotten: HOUR,
};
/// Mails to one address, whoever asks for them.
const MAIL: Policy = Policy {
    free: 4,
    first: MINUTE,
    longest: HOUR,
    forgotten: DAY,
};

/// What may be tried too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    /// Passwords.
    Password,
    /// Passwords of those who confirm their address.
    Confirm,
    /// Codes of the second factor.
    Code,
    /// Codes that devices show.
    Pairing,
}

impl Door {
    fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Confirm => "confirm",
            Self::Code => "code",
            Self::Pairing => "pairing-code",
        }
    }
}

/// The counts.
#[derive(Debug)]
pub(super) struct Gate {
    throttles: Throttles,
}

/// An attempt that was let through and counts as failed until it is said to have gone well.
#[derive(Debug)]
#[must_use]
pub(crate) struct Attempt {
    pair: String,
    account: String,
    address: String,
}

impl Gate {
    pub(super) fn new(throttles: Throttles) -> Self {
        Self { throttles }
    }

    /// Lets an address try at an account, by whatever the account is called.
    pub(super) async fn admit(
        &self,
        door: Door,
        account: &str,
        address: &str,
        now: Time,
    ) -> Done<Attempt> {
        let (door, network) = (door.name(), network(address));
        let attempt = Attempt {
            pair: subject(&[door, "pair", account, &network]),
            account: subject(&[door, "account", account]),
            address: subject(&[door, "address", &network]),
        };
        for (subject, policy) in [
            (&attempt.pair, PAIR),
            (&attempt.account, ACCOUNT),
            (&attempt.address, ADDRESS),
        ] {
            if let Err(held) = self.pass(subject, &policy, now).await {
                // What was not tried has not failed.
                for counted in [&attempt.pair, &attempt.account] {
                    if counted == subject {
                        break;
                    }
                    self.throttles.forgive(counted).await?;
                }
                return Err(held);
            }
        }
        Ok(attempt)
    }

    /// Nobody knows whether it would have gone well: it counts for nothing.
    pub(super) async fn take_back(&self, attempt: &Attempt) -> Done<()> {
        for counted in [&attempt.pair, &attempt.account, &attempt.address] {
            self.throttles.forgive(counted).await?;
        }
        Ok(())
    }

    /// Whether the next attempt of the same will have to wait.
    pub(super) async fn is_held(&self, attempt: &Attempt, now: Time) -> Done<bool> {
        let counted = self.throttles.attempts(&attempt.pair).await?;
        Ok(counted.is_some_and(|counted| PAIR.wait(&counted, now).is_some()))
    }

    /// It went well. The address is not forgotten for it: who has an account of their own would
    /// clear the count of all the others that they try.
    pub(super) async fn went_well(&self, attempt: &Attempt) -> Done<()> {
        self.throttles.clear(&attempt.pair).await?;
        self.throttles.forgive(&attempt.account).await?;
        self.throttles.forgive(&attempt.address).await?;
        Ok(())
    }

    /// Lets an address ask for a mail to be sent to somebody.
    pub(super) async fn admit_mail(&self, to: &str, address: &str, now: Time) -> Done<()> {
        let network = network(address);
        let asks = subject(&["mail", "address", &network]);
        self.pass(&asks, &ADDRESS, now).await?;
        self.pass(&subject(&["mail", "to", to]), &MAIL, now).await
    }

    /// Counts what a network does, where there is no account to count for.
    pub(super) async fn admit_network(&self, what: &str, address: &str, now: Time) -> Done<()> {
        let counted = subject(&[what, "address", &network(address)]);
        self.pass(&counted, &MACHINE, now).await
    }

    async fn pass(&self, subject: &str, policy: &Policy, now: Time) -> Done<()> {
        match self.throttles.admit(subject, policy, now).await? {
            None => Ok(()),
            Some(wait) => {
                let seconds = u64::try_from(wait).unwrap_or(0).div_ceil(1_000);
                Err(AccountError::Wait(seconds))
            }
        }
    }
}

fn subject(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize()[..16]
        .iter()
        .fold(String::with_capacity(32), |mut text, byte| {
            // Writing to a text does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The part of an address that one customer has: of version 6 they have 64 bits to choose from.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_none() => {
            let network = u128::from(address) >> 64 << 64;
            Ipv6Addr::from(network).to_string()
        }
        Ok(IpAddr::V6(address)) => address
            .to_ipv4_mapped()
            .map_or_else(String::new, |address| address.to_string()),
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{network, subject};

    #[test]
    fn one_customer_is_one_network() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:203.0.113.9"), "203.0.113.9");
        assert_ne!(network("203.0.113.9"), network("203.0.113.8"));
    }

    #[test]
    fn parts_are_kept_apart() {
        assert_ne!(subject(&["ab", "c"]), subject(&["a", "bc"]));
        assert_eq!(subject(&["a"]).len(), 32);
    }
}
