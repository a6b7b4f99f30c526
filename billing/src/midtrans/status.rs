//! What Midtrans answers about an order, and which fact it is
//! (<https://docs.midtrans.com/docs/transaction-status-cycle>).

use super::{amount, order::Order};
use crate::subscription::{Fact, Observed, Purchase, PurchaseStatus};
use serde::Deserialize;
use trading::time::{HOUR, Time};

/// Why an answer is no fact. Somebody may have paid: answer the notification with 500, so that it
/// comes again, and raise the alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatusFault {
    /// It is about another order.
    #[error("Midtrans answered about another order")]
    Order,
    /// It is not the amount that the order is about.
    #[error("the amount is not that of the order")]
    Amount,
    /// A state that we do not know.
    #[error("the state of the payment is unknown")]
    Unknown,
    /// It is paid, but nobody says when.
    #[error("the time of the payment cannot be read")]
    Time,
}

/// The answer to `GET /v2/{order}/status`.
#[derive(Debug, Clone, Deserialize)]
pub struct Answer {
    /// The HTTP status again, as text: Midtrans answers with HTTP 200 in any case.
    pub status_code: String,
    /// Our order.
    pub order_id: Option<String>,
    /// The state.
    pub transaction_status: Option<String>,
    /// What the fraud detection says: `accept`, `challenge` or `deny`. Only of cards.
    pub fraud_status: Option<String>,
    /// How much, such as `449000.00`.
    pub gross_amount: Option<String>,
    /// In which currency; rupiah if it is not said.
    pub currency: Option<String>,
    /// How it is paid.
    pub payment_type: Option<String>,
    /// When it was begun, in Jakarta.
    pub transaction_time: Option<String>,
    /// When it was settled, in Jakarta.
    pub settlement_time: Option<String>,
}

impl Answer {
    /// The fact about an order. `asked` is the time before asking.
    ///
    /// # Errors
    /// When the answer does not fit the order.
    pub fn fact(&self, order: &Order, asked: Time) -> Result<Fact, StatusFault> {
        if self.order_id.as_deref() != Some(order.id.to_string().as_str()) {
            return Err(StatusFault::Order);
        }
        let amount = self.gross_amount.as_deref().and_then(amount::parse);
        let rupiah = self.currency.as_deref().is_none_or(|code| code == "IDR");
        if amount != Some(order.amount) || !rupiah {
            return Err(StatusFault::Amount);
        }
        let status = self.status().ok_or(StatusFault::Unknown)?;
        let counts = matches!(
            status,
            PurchaseStatus::Paid | PurchaseStatus::PartlyRefunded
        );
        let paid_at = self.paid_at();
        if counts && paid_at.is_none() {
            return Err(StatusFault::Time);
        }
        Ok(Fact::Purchase(Purchase {
            order: order.id.reference(),
            observed: Observed::fetched(asked),
            status,
            plan: order.plan.clone(),
            interval: order.interval,
            amount: order.amount,
            paid_at: paid_at.filter(|_| counts || status == PurchaseStatus::Reversed),
        }))
    }

    fn status(&self) -> Option<PurchaseStatus> {
        let fraud = self.fraud_status.as_deref();
        Some(match self.transaction_status.as_deref()? {
            // A card was charged, but somebody has to look at it first.
            "capture" | "settlement" if fraud == Some("challenge") => PurchaseStatus::Pending,
            "capture" | "settlement" if fraud == Some("deny") => PurchaseStatus::Failed,
            "capture" | "settlement" => match fraud {
                None | Some("accept") => PurchaseStatus::Paid,
                Some(_) => return None,
            },
            // A card was asked for the money, but it has not moved.
            "pending" | "authorize" => PurchaseStatus::Pending,
            // `cancel` may come after `capture`: then the money goes back before it has come.
            "deny" | "cancel" | "expire" | "failure" => PurchaseStatus::Failed,
            "partial_refund" => PurchaseStatus::PartlyRefunded,
            // A bank that takes back a part disputes the payment: that is no courtesy of ours.
            "refund" | "chargeback" | "partial_chargeback" => PurchaseStatus::Reversed,
            _ => return None,
        })
    }

    /// When it was paid. A card is paid when it is charged, though settled a day later; all else
    /// when it is settled. So the time does not move while the state goes on.
    fn paid_at(&self) -> Option<Time> {
        let card = self.payment_type.as_deref() == Some("credit_card");
        let settled = self.settlement_time.as_deref().filter(|_| !card);
        jakarta(settled.or(self.transaction_time.as_deref())?)
    }
}

/// `2026-11-21 11:27:20` in Jakarta, which is seven hours ahead of UTC all the year.
fn jakarta(text: &str) -> Option<Time> {
    let bytes = text.as_bytes();
    let marks = [(4, b'-'), (7, b'-'), (10, b' '), (13, b':'), (16, b':')];
    let shaped = bytes.len() == 19 && marks.iter().all(|(at, mark)| bytes[*at] == *mark);
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = bytes.get(from..to)?;
        let digits = digits.iter().all(u8::is_ascii_digit).then_some(digits)?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    };
    if !shaped {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let time = Time::from_civil(year, month, day, hour, minute, second);
    // A day that is in no calendar comes out as another one.
    let real = time.civil() == (year, month, day) && hour < 24 && minute < 60 && second < 60;
    real.then_some(Time(time.0 - 7 * HOUR))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        payer::Payer,
        plan::{Interval, Plans},
    };
    use serde_json::{Value, json};
    use uuid::Uuid;

    fn order() -> Order {
        let plan = "trader".parse().unwrap();
        let payer = Payer(Uuid::nil());
        Order::new(
            &Plans::default(),
            Uuid::from_u128(7),
            payer,
            &plan,
            Interval::Month,
        )
        .unwrap()
    }

    fn answer(changes: Value) -> Answer {
        let mut answer = json!({
            "status_code": "200",
            "order_id": order().id.to_string(),
            "transaction_status": "settlement",
            "gross_amount": "449000.00",
            "currency": "IDR",
            "payment_type": "bank_transfer",
            "transaction_time": "2026-11-21 06:00:00",
            "settlement_time": "2026-11-21 07:00:00",
        });
        for (key, value) in changes.as_object().unwrap() {
            answer[key] = value.clone();
        }
        serde_json::from_value(answer).unwrap()
    }

    fn purchase(changes: Value) -> Result<(PurchaseStatus, Option<String>), StatusFault> {
        let fact = answer(changes).fact(&order(), Time(1))?;
        let Fact::Purchase(p) = fact else { panic!() };
        assert_eq!(p.observed, Observed::fetched(Time(1)));
        Ok((p.status, p.paid_at.map(|at| at.to_string())))
    }

    #[test]
    fn states_are_what_midtrans_means() {
        use PurchaseStatus::{Failed, Paid, PartlyRefunded, Pending, Reversed};
        for (state, fraud, expected) in [
            ("settlement", None, Paid),
            ("settlement", Some("accept"), Paid),
            ("capture", Some("accept"), Paid),
            ("capture", Some("challenge"), Pending),
            ("capture", Some("deny"), Failed),
            ("settlement", Some("deny"), Failed),
            ("pending", None, Pending),
            ("authorize", Some("accept"), Pending),
            ("deny", None, Failed),
            ("cancel", Some("accept"), Failed),
            ("expire", None, Failed),
            ("failure", None, Failed),
            ("partial_refund", None, PartlyRefunded),
            ("refund", None, Reversed),
            ("chargeback", None, Reversed),
            ("partial_chargeback", None, Reversed),
        ] {
            let changes = json!({ "transaction_status": state, "fraud_status": fraud });
            assert_eq!(purchase(changes).unwrap().0, expected, "{state}");
        }
    }

    #[test]
    fn what_does_not_fit_is_no_fact() {
        for (changes, fault) in [
            (json!({ "gross_amount": "1.00" }), StatusFault::Amount),
            (json!({ "gross_amount": null }), StatusFault::Amount),
            (json!({ "currency": "USD" }), StatusFault::Amount),
            (json!({ "order_id": "phx-1" }), StatusFault::Order),
            (json!({ "order_id": null }), StatusFault::Order),
            (json!({ "transaction_status": "?" }), StatusFault::Unknown),
            (json!({ "transaction_status": null }), StatusFault::Unknown),
            (json!({ "fraud_status": "?" }), StatusFault::Unknown),
            (json!({ "settlement_time": "soon" }), StatusFault::Time),
        ] {
            assert_eq!(purchase(changes.clone()), Err(fault), "{changes}");
        }
    }

    #[test]
    fn times_are_jakartas_and_do_not_move() {
        let at = |changes| purchase(changes).unwrap().1.unwrap();
        assert_eq!(at(json!({})), "2026-11-21T00:00:00Z");
        let card = json!({ "payment_type": "credit_card", "transaction_status": "capture", "settlement_time": null });
        assert_eq!(at(card), "2026-11-20T23:00:00Z");
        let card = json!({ "payment_type": "credit_card" });
        assert_eq!(at(card), "2026-11-20T23:00:00Z");
        for text in [
            "2026-02-30 00:00:00",
            "2026-01-01 24:00:00",
            "2026-01-01T00:00:00",
            "2026-01-01 00:00:0é",
            "2026-01-01 00:00:000",
        ] {
            assert_eq!(jakarta(text), None, "{text}");
        }
    }
}
