//! Why something was not done: `application/problem+json` of RFC 9457, with a code for programs.

use serde::{Deserialize, Serialize};

/// The media type.
pub const MEDIA_TYPE: &str = "application/problem+json";

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $code:literal $status:literal $title:literal,)*) => {
        /// What kind of thing went wrong. Codes are never changed, only added.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum ProblemCode {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
            /// What a later server says: its status says what kind of thing it is.
            #[serde(other, skip_serializing)]
            Unknown,
        }

        impl ProblemCode {
            /// All there are, as far as is known here.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word in bodies.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $code,)* Self::Unknown => "unknown" }
            }

            /// The status of the answer.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* Self::Unknown => 500 }
            }

            /// The same for everybody who meets it.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)*
                    Self::Unknown => "Something that is not known here",
                }
            }
        }
    };
}

codes! {
    /// The body is no JSON of the kind that is wanted here, or a number in the address is none.
    BadRequest "bad-request" 400 "The request cannot be read",
    /// A write without an `Idempotency-Key`.
    IdempotencyMissing "idempotency-missing" 400 "The write has no Idempotency-Key",
    /// There is no key and no session, or the key is unknown, revoked or too old.
    Unauthorized "unauthorized" 401 "Nobody is known by this key or session",
    /// There is no such account, or its password is another.
    WrongSignIn "wrong-sign-in" 401 "The address or the password is wrong",
    /// The password is right; the same again with a code of the second factor.
    SecondFactorRequired "second-factor-required" 401 "A code of the second factor is missing",
    /// The code is wrong, too old or used.
    WrongCode "wrong-code" 401 "The code is wrong",
    /// The key's scope does not reach that far.
    Forbidden "forbidden" 403 "The key may not do this",
    /// It moves money without asking anybody again, which no key may.
    SessionRequired "session-required" 403 "Only who is signed in may do this",
    /// It is not there, or belongs to somebody else: which of the two is nobody's business.
    NotFound "not-found" 404 "There is no such thing",
    /// The address knows another method.
    MethodNotAllowed "method-not-allowed" 405 "The address takes another method",
    /// The body took too long to come.
    Timeout "timeout" 408 "The request took too long",
    /// It was changed meanwhile, or has gone further already.
    Conflict "conflict" 409 "It was changed meanwhile",
    /// A request with the same `Idempotency-Key` is still under way.
    InProgress "in-progress" 409 "The same request is under way",
    /// A command that has ended takes no other receipt.
    CommandFinished "command-finished" 409 "The command has ended",
    /// There are as many as anyone may have.
    TooMany "too-many" 409 "There are as many as there may be",
    /// As much was reported as is kept of an account; what was known before needs no room.
    ReportsFull "reports-full" 409 "No more is kept of what is reported",
    /// The plan allows no more of it.
    QuotaExceeded "quota-exceeded" 409 "The plan allows no more",
    /// What trades cannot be removed or put away: it is deactivated first.
    StrategyLive "strategy-live" 409 "The strategy is live",
    /// What is put away cannot trade: it is restored first.
    StrategyArchived "strategy-archived" 409 "The strategy is archived",
    /// The pairing has expired, or its key was taken.
    Gone "gone" 410 "It is over",
    /// `If-Match` names another revision than there is.
    PreconditionFailed "precondition-failed" 412 "It was changed after it was read",
    /// The body is larger than is taken.
    TooLarge "too-large" 413 "The body is too large",
    /// The body is no JSON.
    UnsupportedMediaType "unsupported-media-type" 415 "Bodies are application/json",
    /// It can be read but breaks a rule.
    Invalid "invalid" 422 "The request breaks a rule",
    /// The `Idempotency-Key` belongs to another request.
    IdempotencyMismatch "idempotency-mismatch" 422 "The Idempotency-Key belongs to another request",
    /// A strategy is changed without `If-Match`.
    PreconditionRequired "precondition-required" 428 "The write has no If-Match",
    /// Too many wrong keys or codes from this address.
    TooManyAttempts "too-many-attempts" 429 "Too many attempts",
    /// We failed; the log knows more under the reference.
    Internal "internal" 500 "We failed",
    /// The payment provider cannot be reached, or said no.
    PaymentProvider "payment-provider" 502 "The payment provider did not help",
    /// As much is under way as we can do at once.
    Busy "busy" 503 "We have too much to do just now",
    /// It took longer than anything may.
    TooSlow "too-slow" 504 "It took too long",
    /// It is not made yet.
    NotImplemented "not-implemented" 501 "This is not made yet",
    /// The database is out of reach.
    Away "away" 503 "We cannot work just now",
}

impl ProblemCode {
    /// The one that says as much as a status does.
    pub fn of_status(status: u16) -> Self {
        match status {
            401 => Self::Unauthorized,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            405 => Self::MethodNotAllowed,
            408 => Self::Timeout,
            409 => Self::Conflict,
            412 => Self::PreconditionFailed,
            413 => Self::TooLarge,
            415 => Self::UnsupportedMediaType,
            422 => Self::Invalid,
            429 => Self::TooManyAttempts,
            501 => Self::NotImplemented,
            502 => Self::PaymentProvider,
            503 => Self::Away,
            504 => Self::TooSlow,
            400..=499 => Self::BadRequest,
            _ => Self::Internal,
        }
    }
}

/// What went wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = Problem))]
pub struct ApiProblem {
    /// Where the code is explained.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same for everybody who meets it.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// For programs.
    pub code: ProblemCode,
    /// More, where there is more to say.
    pub detail: String,
    /// Under which name the log has it.
    pub reference: String,
}

#[cfg(test)]
mod tests {
    use super::ProblemCode;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_told_apart_and_their_statuses_are_faults() {
        let names: BTreeSet<_> = ProblemCode::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), ProblemCode::ALL.len());
        for code in ProblemCode::ALL {
            assert!((400..600).contains(&code.status()));
            let written = serde_json::to_string(code).expect("JSON");
            assert_eq!(written, format!("{:?}", code.name()));
            assert!(
                ProblemCode::of_status(code.status()).status() == code.status()
                    || code.status() >= 400
            );
        }
    }
}
