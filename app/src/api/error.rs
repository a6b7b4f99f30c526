//! How a call fails.

use leptos::server_fn::{
    Bytes,
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use protocol::problem::Problem;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest answer that is told as it came.
const LONGEST: usize = 200;

/// Why a call gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ApiError {
    /// The server says why.
    Problem(Problem),
    /// Something answered, but not the function that was called.
    Refused(Refusal),
    /// The call did not arrive.
    Transport(String),
}

/// Why a call did not get as far as its function, or did not come back from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Refusal {
    /// 403: it looks as if another site made it.
    OtherSite,
    /// 421: the server does not go by the name in the address.
    OtherHost,
    /// 413: it is larger than anything that is read.
    TooLarge,
    /// 504: it took too long.
    TooLong,
    /// 500: the function did not come back.
    Broken,
    /// The answer is not one of this version's; what it says, where it is short.
    Unknown(String),
}

impl Refusal {
    /// Tells refusals by what they say: the layers around the functions answer with a line of text,
    /// and of an answer that is no success only the body gets here.
    fn of(body: &str) -> Self {
        let text = body.trim();
        match text {
            // Whoever waits too long for a function says nothing at all.
            "" => Self::TooLong,
            "Service panicked" => Self::Broken,
            "calls from other sites are refused" => Self::OtherSite,
            _ if text.contains("length limit exceeded") => Self::TooLarge,
            _ if text.contains("PHOENIX_HOSTS") => Self::OtherHost,
            // A page of something in between is for its log.
            _ if text.starts_with('<') => Self::Unknown(String::new()),
            _ => Self::Unknown(text.chars().take(LONGEST).collect()),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem(problem) => problem.fmt(f),
            Self::Refused(refusal) => write!(f, "{refusal:?}"),
            Self::Transport(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for ApiError {}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // On the server: what was sent is not read to its end, or not understood.
            ServerFnErrorErr::Args(why)
            | ServerFnErrorErr::MissingArg(why)
            | ServerFnErrorErr::Deserialization(why) => Self::Refused(Refusal::of(&why)),
            ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Response(_) => Self::Refused(Refusal::Broken),
            other => Self::Transport(other.to_string()),
        }
    }

    fn de(body: Bytes) -> Self {
        serde_json::from_slice(&body)
            .unwrap_or_else(|_| Self::Refused(Refusal::of(&String::from_utf8_lossy(&body))))
    }
}

#[cfg(test)]
mod tests {
    use super::{ApiError, Bytes, FromServerFnError, Refusal, ServerFnErrorErr};
    use protocol::problem::{Problem, ProblemKind};

    #[test]
    fn what_the_function_says_comes_back_as_it_was() {
        for error in [
            ApiError::Problem(Problem {
                kind: ProblemKind::Conflict,
                detail: String::new(),
                reference: "x".to_owned(),
            }),
            ApiError::Refused(Refusal::Unknown("x".to_owned())),
            ApiError::Refused(Refusal::TooLarge),
            ApiError::Transport("x".to_owned()),
        ] {
            assert_eq!(ApiError::de(error.ser()), error);
        }
    }

    #[test]
    fn what_is_no_json_is_told_apart() {
        let told = |body: &'static str| match ApiError::de(Bytes::from_static(body.as_bytes())) {
            ApiError::Refused(refusal) => refusal,
            other => panic!("{other:?}"),
        };
        assert_eq!(told(""), Refusal::TooLong);
        assert_eq!(told("length limit exceeded"), Refusal::TooLarge);
        assert_eq!(told("Service panicked"), Refusal::Broken);
        assert_eq!(
            told("calls from other sites are refused\n"),
            Refusal::OtherSite
        );
        assert_eq!(
            told("start it with --host evil.example, or name it in PHOENIX_HOSTS\n"),
            Refusal::OtherHost
        );
        assert_eq!(told("<html>502</html>"), Refusal::Unknown(String::new()));
        assert_eq!(told("busy\n"), Refusal::Unknown("busy".to_owned()));
        assert_eq!(
            ApiError::de(Bytes::from(vec![b'x'; 9_000])),
            ApiError::Refused(Refusal::Unknown("x".repeat(200)))
        );
    }

    #[test]
    fn only_what_did_not_arrive_is_a_matter_of_transport() {
        let of = ApiError::from_server_fn_error;
        let no = of(ServerFnErrorErr::Request("no route".to_owned()));
        assert!(matches!(no, ApiError::Transport(_)));
        let long = of(ServerFnErrorErr::Deserialization(
            "length limit exceeded".to_owned(),
        ));
        assert_eq!(long, ApiError::Refused(Refusal::TooLarge));
        let old = of(ServerFnErrorErr::Args("missing field `x`".to_owned()));
        assert!(matches!(old, ApiError::Refused(Refusal::Unknown(_))));
    }
}
