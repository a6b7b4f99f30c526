//! Who somebody is: passwords, one-time codes, keys and tokens. No database, no network.
//!
//! No clock either: the time comes in with the call. Randomness comes from the system alone, and
//! whatever is made of it can also be made of given bytes, for tests.
//!
//! What must not be seen has no `Display` and no `Serialize`, its `Debug` says only what it is, and
//! its text is had by calling [`Secret::reveal`].

mod digits;

pub mod api_key;
pub mod backoff;
pub mod email;
pub mod keyed;
pub mod pairing;
pub mod password;
pub mod qr;
pub mod random;
pub mod recovery;
pub mod role;
pub mod seal;
pub mod secret;
pub mod token;
pub mod totp;

pub use api_key::{ApiKey, BadApiKey};
pub use backoff::{Attempts, Policy};
pub use email::{BadEmail, EmailAddress};
pub use keyed::HashKey;
pub use pairing::{NoPairingCode, PairingCode};
pub use password::{
    BadHash, Cost, HashingFailed, NewPassword, PasswordHash, Verified, WeakPassword,
};
pub use random::NoRandomness;
pub use recovery::{NoRecoveryCode, RecoveryCode};
pub use role::{NoRole, Role};
pub use seal::{BadSealKey, CannotOpen, CannotSeal, SealKey};
pub use secret::Secret;
pub use token::{NoToken, Token, TokenHash};
pub use totp::TotpSecret;
