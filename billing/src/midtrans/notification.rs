//! Is it from Midtrans? The signature of notifications
//! (<https://docs.midtrans.com/docs/https-notification-webhooks>): `signature_key` is the SHA-512 of
//! order id, status code, amount and server key, one after the other.
//!
//! It covers neither the state nor a time: whoever has seen one notification can send it again with
//! another `transaction_status` as long as the status code fits. That is why [`Hint`] holds nothing
//! but the order's name, and the status is asked for in every case.

use super::order::OrderId;
use crate::secret::Secret;
use serde::Deserialize;
use sha2::{Digest, Sha512};
use subtle::ConstantTimeEq;

/// The longest body that is looked at, in bytes.
pub const LONGEST: usize = 1 << 16;

/// Why a notification is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotificationFault {
    /// It is too long. Answer 400.
    #[error("the notification is too long")]
    TooLong,
    /// It is not JSON, or lacks something. Answer 400.
    #[error("the notification cannot be read")]
    Malformed,
    /// The signature is not by our server key. Answer 403.
    #[error("the signature is not Midtrans'")]
    Forged,
    /// It is genuine, but the order is not one of ours: Midtrans' own test sends such ones, and
    /// another shop may share the account. Answer 200.
    #[error("this is no order of ours")]
    Foreign,
}

/// Something happened to this order: ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    /// Which order.
    pub order: OrderId,
}

#[derive(Deserialize)]
struct Raw {
    order_id: String,
    status_code: String,
    gross_amount: String,
    signature_key: String,
}

/// Verifies a notification.
///
/// # Errors
/// When it is not Midtrans', or about no order of ours.
pub fn verify(body: &[u8], server_key: &Secret) -> Result<Hint, NotificationFault> {
    if body.len() > LONGEST {
        return Err(NotificationFault::TooLong);
    }
    let raw: Raw = serde_json::from_slice(body).map_err(|_| NotificationFault::Malformed)?;
    let expected = sign(
        &raw.order_id,
        &raw.status_code,
        &raw.gross_amount,
        server_key,
    );
    // The fields follow one another without a separator, so bytes could move from one to the next
    // under the same signature. What we take of it is the order's name alone, which has one shape
    // only and ends before the status code can begin.
    let genuine = expected.as_bytes().ct_eq(raw.signature_key.as_bytes());
    if !bool::from(genuine) {
        return Err(NotificationFault::Forged);
    }
    let order = raw.order_id.parse();
    order
        .map(|order| Hint { order })
        .map_err(|_| NotificationFault::Foreign)
}

/// The signature that Midtrans would send: small hexadecimal digits.
pub fn sign(order_id: &str, status_code: &str, gross_amount: &str, server_key: &Secret) -> String {
    let hash = Sha512::new()
        .chain_update(order_id)
        .chain_update(status_code)
        .chain_update(gross_amount)
        .chain_update(server_key.expose())
        .finalize();
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use uuid::Uuid;

    fn key() -> Secret {
        Secret::new("SB-Mid-server-abc").unwrap()
    }

    fn good() -> Value {
        let id = OrderId(Uuid::from_u128(7)).to_string();
        json!({
            "transaction_time": "2026-11-21 11:27:20",
            "transaction_status": "settlement",
            "status_code": "200",
            "signature_key": sign(&id, "200", "449000.00", &key()),
            "order_id": id,
            "gross_amount": "449000.00",
            "currency": "IDR",
        })
    }

    fn check(body: &Value) -> Result<Hint, NotificationFault> {
        verify(body.to_string().as_bytes(), &key())
    }

    /// Midtrans' own example, from its page "Handle Notifications".
    #[test]
    fn the_signature_is_that_of_midtrans() {
        let key = Secret::new("askvnoibnosifnboseofinbofinfgbiufglnbfg").unwrap();
        assert_eq!(
            sign("1111", "200", "100000.00", &key),
            "edc076b21793ebe3e17926350f5b8ae67d902fe657b3d0aa31b932d5c127e2375d308a2bc94f3265ac2d80a1f181a79b997ac178a236fcff35af263fc4d4c231"
        );
    }

    #[test]
    fn a_genuine_one_names_its_order_and_nothing_else() {
        let order = OrderId(Uuid::from_u128(7));
        assert_eq!(check(&good()), Ok(Hint { order }));
        // A lie about the state has the same signature: it is not looked at.
        let mut lie = good();
        lie["transaction_status"] = json!("refund");
        assert_eq!(check(&lie), Ok(Hint { order }));
    }

    #[test]
    fn forged_changed_and_truncated_ones_are_refused() {
        for (field, value) in [
            ("gross_amount", "1.00"),
            ("status_code", "201"),
            ("order_id", "phx-00000000-0000-0000-0000-000000000008"),
            ("signature_key", ""),
            ("signature_key", "00"),
        ] {
            let mut body = good();
            body[field] = json!(value);
            assert_eq!(check(&body), Err(NotificationFault::Forged), "{field}");
        }
        let other = Secret::new("SB-Mid-server-xyz").unwrap();
        let text = good().to_string();
        let fault = verify(text.as_bytes(), &other);
        assert_eq!(fault, Err(NotificationFault::Forged));
        for end in 0..text.len() {
            let fault = verify(&text.as_bytes()[..end], &key());
            assert_eq!(fault, Err(NotificationFault::Malformed));
        }
        for field in ["order_id", "status_code", "gross_amount", "signature_key"] {
            let mut body = good();
            body.as_object_mut().unwrap().remove(field);
            assert_eq!(check(&body), Err(NotificationFault::Malformed), "{field}");
        }
        for body in [
            &b""[..],
            b"\xff\xfe",
            b"[]",
            b"null",
            b"{\"order_id\":\"\xff\"}",
        ] {
            assert_eq!(verify(body, &key()), Err(NotificationFault::Malformed));
        }
        let long = vec![b' '; LONGEST + 1];
        assert_eq!(verify(&long, &key()), Err(NotificationFault::TooLong));
    }

    #[test]
    fn an_order_of_somebody_else_is_told_apart() {
        let id = "payment_notif_test_G1_x";
        let body = json!({
            "order_id": id, "status_code": "200", "gross_amount": "1.00",
            "signature_key": sign(id, "200", "1.00", &key()),
        });
        assert_eq!(check(&body), Err(NotificationFault::Foreign));
        // Bytes that moved from one field to the next keep the signature, and help nobody.
        let mut moved = good();
        let order = format!("{}2", moved["order_id"].as_str().unwrap());
        moved["order_id"] = json!(order);
        moved["status_code"] = json!("00");
        assert_eq!(check(&moved), Err(NotificationFault::Foreign));
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered_and_none_believed(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(verify(&body, &key()).is_err());
        }
    }
}
