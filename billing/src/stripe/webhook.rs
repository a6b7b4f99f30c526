//! Is it from Stripe? The signature of webhooks
//! (<https://docs.stripe.com/webhooks#verify-manually>).
//!
//! Our own and not that of `async-stripe-webhook`, because that one reads every event into the full
//! types of one API version and refuses what does not fit, while the version of our endpoint is set
//! in Stripe's dashboard; it takes text where the signature is over bytes; it knows one secret at a
//! time, so a secret could not be rotated; and an absurd timestamp overflows in it.

use super::event::Event;
use crate::secret::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use trading::time::{SECOND, Time};

/// How old (or how far ahead) a signature may be, in milliseconds. Stripe's own libraries use the
/// same five minutes; Stripe signs each delivery anew, so late deliveries pass.
pub const TOLERANCE: i64 = 300 * SECOND;

/// The longest body that is looked at, in bytes. Events have some tens of kilobytes at most.
pub const LONGEST: usize = 1 << 20;

/// Why a webhook is not believed. Answer 400: Stripe shows it in its dashboard and tries again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookFault {
    /// The header has no time or no signature.
    #[error("the signature header cannot be read")]
    Header,
    /// None of the signatures is by one of our secrets over these bytes.
    #[error("the signature is not Stripe's")]
    Forged,
    /// It was signed too long ago, or in the future: a replay.
    #[error("the signature is too old, or from the future")]
    Stale,
    /// It is too long to be an event.
    #[error("the body is too long")]
    TooLong,
    /// It is signed, but no event.
    #[error("the body is no event")]
    Malformed,
    /// A test event came to the live endpoint, or the other way round.
    #[error("the event is of Stripe's other mode")]
    OtherMode,
}

/// Verifies webhooks.
#[derive(Debug, Clone)]
pub struct Webhook {
    secrets: Vec<Secret>,
    live: bool,
}

impl Webhook {
    /// With the signing secrets of the endpoint: one, or two while it is being changed. `live` says
    /// which of Stripe's modes we work in.
    pub const fn new(secrets: Vec<Secret>, live: bool) -> Self {
        Self { secrets, live }
    }

    /// The event, if it is from Stripe.
    ///
    /// `header` is `Stripe-Signature`, `body` the bytes as they came.
    ///
    /// # Errors
    /// When it is not Stripe's, not fresh, or no event.
    pub fn verify(&self, header: &str, body: &[u8], now: Time) -> Result<Event, WebhookFault> {
        if body.len() > LONGEST || header.len() > 4_096 {
            return Err(WebhookFault::TooLong);
        }
        let (time, signatures) = parse(header).ok_or(WebhookFault::Header)?;
        let genuine = self.secrets.iter().any(|secret| {
            signatures
                .iter()
                .any(|signature| matches(secret, time, body, signature))
        });
        if !genuine {
            return Err(WebhookFault::Forged);
        }
        let signed: i64 = time.parse().map_err(|_| WebhookFault::Header)?;
        let age = now.0.saturating_sub(signed.saturating_mul(SECOND));
        if age.saturating_abs() > TOLERANCE {
            return Err(WebhookFault::Stale);
        }
        let event = Event::parse(body).ok_or(WebhookFault::Malformed)?;
        if event.live != self.live {
            return Err(WebhookFault::OtherMode);
        }
        Ok(event)
    }
}

/// Time and signatures of the header. Schemes other than `v1` are ignored, as Stripe asks: against
/// a downgrade.
fn parse(header: &str) -> Option<(&str, Vec<Vec<u8>>)> {
    let mut time = None;
    let mut signatures = Vec::new();
    for part in header.split(',') {
        match part.trim().split_once('=')? {
            ("t", value) if time.is_none() => time = Some(value),
            ("t", _) => return None,
            ("v1", value) => signatures.extend(unhex(value)),
            _ => {}
        }
    }
    // The text of the time is signed as it stands; only digits can be a time.
    let time = time.filter(|t| !t.is_empty() && t.bytes().all(|c| c.is_ascii_digit()))?;
    (!signatures.is_empty()).then_some((time, signatures))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| char::from(c).to_digit(16);
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes()
        .chunks_exact(2)
        .map(|pair| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok())
        .collect()
}

fn mac(secret: &Secret, time: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).ok()?;
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac)
}

/// Compares in constant time.
fn matches(secret: &Secret, time: &str, body: &[u8], signature: &[u8]) -> bool {
    mac(secret, time, body).is_some_and(|mac| mac.verify_slice(signature).is_ok())
}

/// The header that Stripe would send with a body at a time: for tests and for the fake.
pub fn sign(secret: &Secret, body: &[u8], at: Time) -> String {
    let time = at.0.div_euclid(SECOND).to_string();
    let bytes = mac(secret, &time, body).map(|mac| mac.finalize().into_bytes());
    let hex: String = bytes
        .iter()
        .flatten()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("t={time},v1={hex}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Time = Time(1_700_000_000_000);
    const BODY: &[u8] =
        br#"{"id":"evt_1","type":"x","created":1700000000,"livemode":false,"data":{"object":{}}}"#;

    fn secret(text: &str) -> Secret {
        Secret::new(text).unwrap()
    }

    fn webhook() -> Webhook {
        Webhook::new(vec![secret("whsec_new"), secret("whsec_old")], false)
    }

    /// Made with `openssl dgst -sha256 -hmac whsec_new` over `1700000000.{}`: not by our own code.
    #[test]
    fn the_signature_is_that_of_openssl() {
        let header = sign(&secret("whsec_new"), b"{}", NOW);
        assert_eq!(
            header,
            "t=1700000000,v1=dfd0c4ddb107e3a391f1dc89c9ba0bec585e31e42f82d6c6673f3d9b3a3429a8"
        );
    }

    #[test]
    fn what_stripe_signed_is_believed() {
        for key in ["whsec_new", "whsec_old"] {
            let header = sign(&secret(key), BODY, NOW);
            let event = webhook().verify(&header, BODY, NOW).unwrap();
            assert_eq!(event.id, "evt_1");
            // Other schemes and wrong signatures beside it, as while a secret is changed.
            let (time, v1) = header.split_once(',').unwrap();
            let header = format!("{time},v0=00,v1={},{v1}", "0".repeat(64));
            assert!(webhook().verify(&header, BODY, NOW).is_ok());
        }
    }

    #[test]
    fn forged_replayed_and_truncated_ones_are_not() {
        let good = sign(&secret("whsec_new"), BODY, NOW);
        let verify = |header: &str, body: &[u8], now| webhook().verify(header, body, now).err();
        use WebhookFault::{Forged, Header, Stale};
        assert_eq!(verify(&good, BODY, NOW), None);
        // Another secret; another body; a cut body; another time than was signed.
        let other = sign(&secret("whsec_other"), BODY, NOW);
        assert_eq!(verify(&other, BODY, NOW), Some(Forged));
        assert_eq!(verify(&good, b"{}", NOW), Some(Forged));
        assert_eq!(verify(&good, &BODY[..BODY.len() - 1], NOW), Some(Forged));
        let moved = good.replace("1700000000", "1700000300");
        assert_eq!(verify(&moved, BODY, Time(NOW.0 + 300_000)), Some(Forged));
        // Replayed later, and from the future.
        for (by, fault) in [(0, None), (300_000, None), (300_001, Some(Stale))] {
            assert_eq!(verify(&good, BODY, Time(NOW.0 + by)), fault);
            assert_eq!(verify(&good, BODY, Time(NOW.0 - by)), fault);
        }
        // Only the old scheme; nothing; nonsense; a cut signature.
        let v0 = good.replace("v1=", "v0=");
        for header in [
            v0.as_str(),
            "",
            "t=,v1=",
            "t=1,v1=zz",
            "v1=00",
            "🦀",
            "t=1=2,v1",
        ] {
            assert_eq!(verify(header, BODY, NOW), Some(Header), "{header}");
        }
        assert_eq!(verify(&good[..good.len() - 2], BODY, NOW), Some(Forged));
        let huge = format!("t={},v1=00", "9".repeat(40));
        assert_eq!(verify(&huge, BODY, NOW), Some(Forged));
        let twice = format!("t=1,{good}");
        assert_eq!(verify(&twice, BODY, NOW), Some(Header));
    }

    #[test]
    fn what_is_signed_but_no_event_is_refused() {
        for body in [
            &b""[..],
            b"{",
            b"[]",
            b"\xff\xfe{}",
            b"{\"id\":1}",
            &BODY[..40],
        ] {
            let header = sign(&secret("whsec_new"), body, NOW);
            let fault = webhook().verify(&header, body, NOW).err();
            assert_eq!(fault, Some(WebhookFault::Malformed), "{body:?}");
        }
        let live = Webhook::new(vec![secret("whsec_new")], true);
        let header = sign(&secret("whsec_new"), BODY, NOW);
        let fault = live.verify(&header, BODY, NOW).err();
        assert_eq!(fault, Some(WebhookFault::OtherMode));
        let long = vec![b' '; LONGEST + 1];
        let header = sign(&secret("whsec_new"), &long, NOW);
        let fault = webhook().verify(&header, &long, NOW).err();
        assert_eq!(fault, Some(WebhookFault::TooLong));
    }

    #[test]
    fn without_secrets_nothing_is_believed() {
        let nobody = Webhook::new(Vec::new(), false);
        let header = sign(&secret("whsec_new"), BODY, NOW);
        assert!(nobody.verify(&header, BODY, NOW).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered_and_none_believed(
            header in "\\PC{0,80}",
            body in proptest::collection::vec(any::<u8>(), 0..200),
            now: i64,
        ) {
            prop_assert!(webhook().verify(&header, &body, Time(now)).is_err());
        }

        #[test]
        fn a_single_flipped_bit_is_noticed(at in 0..BODY.len(), bit in 0..8_u8) {
            let header = sign(&secret("whsec_new"), BODY, NOW);
            let mut body = BODY.to_vec();
            body[at] ^= 1 << bit;
            prop_assert_eq!(webhook().verify(&header, &body, NOW).err(), Some(WebhookFault::Forged));
        }
    }
}
