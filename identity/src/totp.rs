//! Codes of an authenticator app (RFC 6238): HMAC-SHA-1, 6 digits, a new one every 30 seconds.
//! Those are the only parameters that every app understands. SHA-1's collisions do not matter to
//! HMAC.

use crate::{
    random::{NoRandomness, random},
    secret::Secret,
};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use std::fmt;
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
use trading::time::{SECOND, Time};
use zeroize::Zeroizing;

/// How long a code is shown, in milliseconds.
pub const STEP: i64 = 30 * SECOND;
/// How many steps a phone's clock may be off, either way (RFC 6238, 5.2 advises one).
pub const SKEW: i64 = 1;
/// Who we are in the list of an authenticator app.
pub const ISSUER: &str = "Phoenix";

const DIGITS: usize = 6;

/// The secret that the server and an authenticator app share: 160 bits, as RFC 4226 advises.
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<[u8; 20]>);

impl TotpSecret {
    /// A new one.
    pub fn generate() -> Result<Self, NoRandomness> {
        random().map(Self)
    }

    /// One of given bytes: from the database, opened with the [`SealKey`](crate::SealKey).
    pub fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// From the database; `None` unless there are 20 bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::from_bytes)
    }

    /// To be sealed.
    pub fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// 32 characters of base 32 (RFC 4648, no padding), for who cannot scan and must type.
    pub fn text(&self) -> Secret<String> {
        Secret::new(BASE32_NOPAD.encode(self.0.as_slice()))
    }

    /// What a picture says to an authenticator app
    /// (<https://github.com/google/google-authenticator/wiki/Key-Uri-Format>). The account is what
    /// the app shows beside our name: the e-mail address.
    pub fn uri(&self, account: &str) -> Secret<String> {
        let secret = self.text();
        Secret::new(format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={period}",
            issuer = percent(ISSUER),
            account = percent(account),
            secret = secret.reveal(),
            period = STEP / SECOND,
        ))
    }

    /// What an authenticator shows at a time.
    pub fn shown(&self, now: Time) -> Secret<String> {
        // Before 1970 there are no steps.
        let step = u64::try_from(now.millis().div_euclid(STEP)).unwrap_or(0);
        Secret::new(
            self.code(step)
                .iter()
                .map(|digit| char::from(*digit))
                .collect(),
        )
    }

    /// Whether the code is right now. The step it belongs to is returned, and must be kept as
    /// `last_step` of the next call, in the same transaction that lets the user in: that is what
    /// makes a code good for once (RFC 6238, 5.2). A step that is not after `last_step` is refused.
    ///
    /// One guess in 333 333 is right by luck, so attempts must be counted
    /// ([`Policy`](crate::Policy)). A code may be typed with spaces in it.
    pub fn verify(&self, code: &str, now: Time, last_step: Option<i64>) -> Option<i64> {
        let code = digits(code)?;
        let now = now.millis().div_euclid(STEP);
        let mut found = Choice::from(0);
        let mut at = 0;
        // All steps are tried, whichever fits, so that the time taken says nothing. The latest that
        // fits is kept: when neighbours share a code, the earlier one would let it in again.
        for step in now - SKEW..=now + SKEW {
            // Before 1970 there are no steps, and so nothing to be let in with.
            let Ok(counter) = u64::try_from(step) else {
                continue;
            };
            let fits = self.code(counter).as_slice().ct_eq(code.as_slice())
                & Choice::from(u8::from(last_step.is_none_or(|last| step > last)));
            at.conditional_assign(&step, fits);
            found |= fits;
        }
        bool::from(found).then_some(at)
    }

    /// The code of one step (RFC 4226, 5.3), in ASCII.
    fn code(&self, counter: u64) -> Zeroizing<[u8; DIGITS]> {
        // HMAC fills a key that is shorter than a block of 64 bytes with noughts. Doing it here
        // spares an error that cannot be.
        let mut block = Zeroizing::new([0; 64]);
        block[..20].copy_from_slice(self.0.as_slice());
        let mut mac = <Hmac<Sha1> as KeyInit>::new((&*block).into());
        mac.update(&counter.to_be_bytes());
        let hash: [u8; 20] = mac.finalize().into_bytes().into();
        let offset = usize::from(hash[19] & 15);
        let mut number = hash[offset..offset + 4]
            .iter()
            .fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
            & 0x7fff_ffff;
        let mut code = Zeroizing::new([b'0'; DIGITS]);
        for digit in code.iter_mut().rev() {
            // Less than ten.
            *digit += (number % 10) as u8;
            number /= 10;
        }
        code
    }
}

/// The secret stays out of logs.
impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(..)")
    }
}

/// Six ASCII digits, with spaces anywhere.
fn digits(text: &str) -> Option<[u8; DIGITS]> {
    let mut code = [0; DIGITS];
    let mut length = 0;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        *code.get_mut(length)? = u8::try_from(c).ok().filter(u8::is_ascii_digit)?;
        length += 1;
    }
    (length == DIGITS).then_some(code)
}

/// Escapes all but the unreserved characters of RFC 3986, 2.3.
fn percent(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(byte.into());
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rfc() -> TotpSecret {
        TotpSecret::from_bytes(*b"12345678901234567890")
    }

    /// The code of a step as the app shows it.
    fn shown(secret: &TotpSecret, step: i64) -> String {
        let code = secret.code(step.try_into().expect("step"));
        String::from_utf8(code.to_vec()).expect("digits")
    }

    #[test]
    fn rfc_4226_appendix_d() {
        for (step, code) in (0..).zip([
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ]) {
            assert_eq!(shown(&rfc(), step), code, "{step}");
        }
    }

    #[test]
    fn rfc_6238_appendix_b() {
        // The RFC shows eight digits; six are the last six of them.
        for (seconds, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            let now = Time(seconds * SECOND);
            assert_eq!(
                rfc().verify(&code[2..], now, None),
                Some(seconds / 30),
                "{seconds}"
            );
        }
    }

    #[test]
    fn one_step_early_or_late_is_accepted_and_two_are_not() {
        let (secret, step) = (rfc(), 50_000_000);
        let code = shown(&secret, step);
        for (millis, accepted) in [
            ((step - 1) * STEP - 1, None),
            ((step - 1) * STEP, Some(step)),
            (step * STEP, Some(step)),
            ((step + 2) * STEP - 1, Some(step)),
            ((step + 2) * STEP, None),
        ] {
            assert_eq!(
                secret.verify(&code, Time(millis), None),
                accepted,
                "{millis}"
            );
        }
    }

    #[test]
    fn a_code_is_good_for_once() {
        let (secret, step) = (rfc(), 50_000_000);
        let now = Time(step * STEP);
        let (code, before) = (shown(&secret, step), shown(&secret, step - 1));
        assert_eq!(secret.verify(&before, now, None), Some(step - 1));
        assert_eq!(secret.verify(&code, now, Some(step - 1)), Some(step));
        assert_eq!(secret.verify(&code, now, Some(step)), None);
        assert_eq!(secret.verify(&before, now, Some(step)), None);
        assert_eq!(secret.verify(&code, now, Some(step + 9)), None);
    }

    #[test]
    fn neighbours_with_one_code_count_as_the_later() {
        let secret = rfc();
        let twin = (1..)
            .find(|step| shown(&secret, *step) == shown(&secret, step + 1))
            .expect("a million steps have one");
        let now = Time(twin * STEP);
        assert_eq!(
            secret.verify(&shown(&secret, twin), now, None),
            Some(twin + 1)
        );
    }

    #[test]
    fn spaces_are_forgiven_and_nothing_else_is() {
        let now = Time(59 * SECOND);
        assert_eq!(rfc().verify(" 287 082\n", now, None), Some(1));
        for code in [
            "", "28708", "2870820", "287083", "287o82", "-87082", "２87082", "287-082",
        ] {
            assert_eq!(rfc().verify(code, now, None), None, "{code}");
        }
    }

    #[test]
    fn the_address_is_escaped() {
        let uri = rfc().uri("budi+x&y=z@münchen.example");
        assert_eq!(
            uri.reveal(),
            "otpauth://totp/Phoenix:budi%2Bx%26y%3Dz%40m%C3%BCnchen.example\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Phoenix&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(rfc().text().reveal(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn logs_do_not_know_it() {
        let secret = TotpSecret::generate().expect("secret");
        assert_eq!(
            format!("{secret:?} {:?}", secret.uri("a")),
            "TotpSecret(..) Secret(..)"
        );
        assert_ne!(
            secret.as_bytes(),
            TotpSecret::generate().expect("other").as_bytes()
        );
        assert!(TotpSecret::from_slice(secret.as_bytes()).is_some());
        assert!(TotpSecret::from_slice(&[0; 19]).is_none());
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_new_and_near(
            secret in any::<[u8; 20]>(),
            now in 0..4_000_000_000_000_i64,
            off in -3..=3_i64,
            last in proptest::option::of(-3..=3_i64),
        ) {
            let secret = TotpSecret::from_bytes(secret);
            let step = now / STEP;
            let Ok(counter) = u64::try_from(step + off) else { return Ok(()) };
            let code = String::from_utf8(secret.code(counter).to_vec()).expect("digits");
            let last = last.map(|last| step + last);
            let found = secret.verify(&code, Time(now), last);
            if off.abs() <= SKEW && last.is_none_or(|last| step + off > last) {
                prop_assert!(found >= Some(step + off));
            }
            if let Some(found) = found {
                prop_assert!((found - step).abs() <= SKEW);
                prop_assert!(last.is_none_or(|last| found > last));
            }
        }

        #[test]
        fn nothing_panics(code in any::<String>(), now in any::<i64>(), last in any::<Option<i64>>()) {
            let _ = rfc().verify(&code, Time(now), last);
            let _ = rfc().verify("123456", Time(now), last);
            let _ = rfc().uri(&code);
        }
    }
}
