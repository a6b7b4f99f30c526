//! Why something was not done, as `application/problem+json`.

use super::is_ours;
use crate::{account::AccountError, serve::request_id, till::QuotaError};
use axum::{
    body::to_bytes,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use billing::quota::Exceeded;
use protocol::api::problem::{ApiProblem, MEDIA_TYPE, ProblemCode};
use storage::StorageError;
use trading::{language::Language, strategy::validate::Fault};

/// The most of another layer's words that are handed on.
const WORDS: usize = 400;

/// How many faults of a document are told.
const FAULTS: usize = 5;

/// Why something was not done.
#[derive(Debug)]
pub(super) struct Refusal {
    code: ProblemCode,
    detail: String,
    /// Seconds.
    retry_after: Option<u64>,
    /// For the log alone.
    why: Option<String>,
}

/// What handlers return.
pub(super) type Answer<T> = Result<T, Refusal>;

impl Refusal {
    /// With no more to say than the code does.
    pub(super) fn of(code: ProblemCode) -> Self {
        Self::with(code, "")
    }

    /// With more to say.
    pub(super) fn with(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            retry_after: None,
            why: None,
        }
    }

    /// It breaks a rule.
    pub(super) fn invalid(detail: impl Into<String>) -> Self {
        Self::with(ProblemCode::Invalid, detail)
    }

    /// A strategy document has these faults; the first ones are told.
    pub(super) fn of_document(faults: &[Fault]) -> Self {
        let told: Vec<String> = faults
            .iter()
            .take(FAULTS)
            .map(|fault| fault.text(Language::En))
            .map(|fault| format!("{}: {}", fault.pointer, fault.message))
            .collect();
        Self::invalid(told.join("\n"))
    }

    /// It may be tried again after so many seconds.
    pub(super) fn after(self, seconds: u64) -> Self {
        Self {
            retry_after: Some(seconds),
            ..self
        }
    }

    /// We failed.
    pub(super) fn failed(why: impl std::fmt::Display) -> Self {
        Self {
            why: Some(why.to_string()),
            ..Self::of(ProblemCode::Internal)
        }
    }
}

impl From<StorageError> for Refusal {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::NotFound => Self::of(ProblemCode::NotFound),
            StorageError::Exists => Self::of(ProblemCode::Conflict),
            StorageError::Live => Self::of(ProblemCode::StrategyLive),
            StorageError::Archived => Self::of(ProblemCode::StrategyArchived),
            StorageError::Conflict(_) => Self::of(ProblemCode::PreconditionFailed),
            StorageError::TooMany(most) => {
                Self::with(ProblemCode::TooMany, format!("{most} is the most"))
            }
            error @ StorageError::ReportsFull { .. } => {
                Self::with(ProblemCode::ReportsFull, error.to_string())
            }
            StorageError::Full(_) => Self::of(ProblemCode::TooMany),
            StorageError::Database(error) => Self {
                why: Some(error.to_string()),
                retry_after: Some(5),
                ..Self::of(ProblemCode::Away)
            },
            error => Self::failed(error),
        }
    }
}

impl From<QuotaError> for Refusal {
    fn from(error: QuotaError) -> Self {
        match error {
            QuotaError::Exceeded(exceeded) => exceeded.into(),
            QuotaError::Storage(error) => error.into(),
        }
    }
}

impl From<Exceeded> for Refusal {
    fn from(exceeded: Exceeded) -> Self {
        Self::with(ProblemCode::QuotaExceeded, exceeded.to_string())
    }
}

impl From<AccountError> for Refusal {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Wait(seconds) => Self {
                retry_after: Some(seconds),
                ..Self::of(ProblemCode::TooManyAttempts)
            },
            AccountError::Wrong => Self::of(ProblemCode::WrongSignIn),
            AccountError::WrongCode => Self::of(ProblemCode::WrongCode),
            AccountError::Storage(error) => error.into(),
            error => Self::failed(error),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let reference = request_id::reference();
        let code = self.code.name();
        match &self.why {
            Some(why) => tracing::error!(reference, code, why, "a call failed"),
            None => tracing::info!(reference, code, detail = self.detail, "a call was refused"),
        }
        let problem = ApiProblem {
            kind: format!("/api/docs#{code}"),
            title: self.code.title().to_owned(),
            status: self.code.status(),
            code: self.code,
            detail: self.detail,
            reference,
        };
        let status = StatusCode::from_u16(self.code.status());
        let text = serde_json::to_string(&problem).unwrap_or_default();
        let mut response = (
            status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            [
                (header::CONTENT_TYPE, MEDIA_TYPE),
                (header::CACHE_CONTROL, "no-store"),
            ],
            text,
        )
            .into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if self.code.status() == 401 {
            let how = HeaderValue::from_static("Bearer realm=\"Phoenix\"");
            headers.insert(header::WWW_AUTHENTICATE, how);
        }
        response
    }
}

/// There is nothing at this path.
pub(super) async fn no_such_path() -> Refusal {
    Refusal::of(ProblemCode::NotFound)
}

/// Whatever refuses a call of this API, in whichever layer, says it as a problem.
pub(in crate::serve) async fn dress(request: Request, next: Next) -> Response {
    let is_ours = is_ours(request.uri().path());
    let response = next.run(request).await;
    let status = response.status();
    let is_fault = status.is_client_error() || status.is_server_error();
    let kind = response.headers().get(header::CONTENT_TYPE);
    if !is_ours || !is_fault || kind.is_some_and(|kind| kind == MEDIA_TYPE) {
        return response;
    }
    // A wrong name was called: host.rs has said all there is to say.
    if status == StatusCode::MISDIRECTED_REQUEST {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let code = ProblemCode::of_status(status.as_u16());
    let words = to_bytes(body, WORDS).await.unwrap_or_default();
    let words = String::from_utf8_lossy(&words).trim().to_owned();
    let mut dressed = Refusal::with(code, words).into_response();
    *dressed.status_mut() = status;
    for (name, value) in [header::ALLOW, header::RETRY_AFTER]
        .into_iter()
        .filter_map(|name| parts.headers.remove(&name).map(|value| (name, value)))
    {
        dressed.headers_mut().insert(name, value);
    }
    dressed
}
