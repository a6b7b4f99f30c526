//! Bodies that are JSON of one kind.

use super::refusal::{Answer, Refusal};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::IntoResponse,
};
use protocol::api::problem::ProblemCode;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// A body of this kind.
#[derive(Debug)]
pub(super) struct Given<T>(pub(super) T);

impl<T: DeserializeOwned + Serialize, S: Send + Sync> FromRequest<S> for Given<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(Refusal::of(ProblemCode::UnsupportedMediaType));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            let status = error.into_response().status();
            if status == StatusCode::PAYLOAD_TOO_LARGE {
                Refusal::of(ProblemCode::TooLarge)
            } else {
                Refusal::with(ProblemCode::BadRequest, "the body did not come whole")
            }
        })?;
        read(&bytes).map(Self)
    }
}

/// Reads all of a body or nothing: what stands in answers too passes over what it does not know, so
/// that it is looked here whether something was passed over. A mistyped name must not silently be
/// nothing where money moves.
fn read<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Answer<T> {
    // Says where and what, in words of serde's: nothing of the body but names of fields.
    let bad = |error: serde_json::Error| Refusal::with(ProblemCode::BadRequest, error.to_string());
    let given: T = serde_json::from_slice(bytes).map_err(bad)?;
    let whole: Value = serde_json::from_slice(bytes).map_err(bad)?;
    // The only thing that cannot be written is a kind that was not known.
    let understood = serde_json::to_value(&given)
        .map_err(|_| Refusal::with(ProblemCode::BadRequest, "a kind is not known here"))?;
    match passed_over(&whole, &understood) {
        None => Ok(given),
        Some(place) => Err(Refusal::with(
            ProblemCode::BadRequest,
            format!("unknown field at {place}"),
        )),
    }
}

/// The first field that was given and not understood, as a JSON pointer.
fn passed_over(given: &Value, understood: &Value) -> Option<String> {
    let below = |name: &str, given, understood: Option<&Value>| match understood {
        None => Some(format!("/{name}")),
        Some(understood) => {
            let place = passed_over(given, understood)?;
            Some(format!("/{name}{place}"))
        }
    };
    match given {
        Value::Object(fields) => fields
            .iter()
            .find_map(|(name, value)| below(name, value, understood.get(name))),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(place, value)| below(&place.to_string(), value, understood.get(place))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use protocol::api::{command::NewCommand, heartbeat::Heartbeat, report::Report};
    use serde::{Serialize, de::DeserializeOwned};
    use serde_json::{Value, json};

    /// What is said of a body that has something more at a place.
    fn with<T: DeserializeOwned + Serialize>(whole: &Value, place: &str) -> String {
        let mut whole = whole.clone();
        let (parent, name) = place.rsplit_once('/').unwrap();
        whole.pointer_mut(parent).unwrap()[name] = Value::Null;
        match read::<T>(whole.to_string().as_bytes()) {
            Ok(_) => String::new(),
            Err(refusal) => format!("{refusal:?}"),
        }
    }

    #[test]
    fn nothing_of_a_request_is_passed_over() {
        let id = "0199a3f4-8e1d-7c31-8000-000000000000";
        let command = json!({
            "action": { "kind": "pause_strategy", "strategy": id }, "target": { "executor": id },
            "expires_at": 1,
        });
        assert!(read::<NewCommand>(command.to_string().as_bytes()).is_ok());
        for place in ["/more", "/action/ticket", "/target/more"] {
            let said = with::<NewCommand>(&command, place);
            assert!(said.contains("BadRequest"), "{place}: {said}");
        }
        for kind in ["unknown", "close_half", ""] {
            let mut unknown = command.clone();
            unknown["action"] = json!({ "kind": kind });
            assert!(read::<NewCommand>(unknown.to_string().as_bytes()).is_err());
        }

        let report = json!({
            "login": { "login": 5, "server": "Broker" }, "currency": "USD",
            "deals": [{
                "ticket": 1, "entry": "in", "volume": 0.1, "price": 1.5, "profit": 0, "time": 1,
            }],
            "positions": { "at": 1, "positions": [{
                "ticket": 1, "symbol": "XAUUSD", "side": "buy", "volume": 0.1,
                "opened_price": 1, "price": 1, "profit": 0, "opened_at": 1,
            }] },
            "equity": [{ "at": 1, "balance": 1, "equity": 1, "margin": 0 }],
        });
        let known = read::<Report>(report.to_string().as_bytes());
        assert!(known.is_ok(), "{known:?}");
        for place in [
            "/login/more",
            "/deals/0/volumee",
            "/positions/positions/0/more",
            "/equity/0/more",
        ] {
            let said = with::<Report>(&report, place);
            assert!(
                said.contains(&format!("unknown field at {place}")),
                "{said}"
            );
        }
        let beat = json!({ "name": "PC", "version": "1", "health": {
            "is_running": true, "is_connected": true, "may_trade": true, "waiting_reports": 0,
        } });
        let said = with::<Heartbeat>(&beat, "/health/more");
        assert!(said.contains("/health/more"), "{said}");
    }
}
