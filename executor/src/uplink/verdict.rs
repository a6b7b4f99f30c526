//! What a refusal means for what was sent.

use protocol::{
    api::problem::{ApiProblem, ProblemCode},
    client::ClientError,
};

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The same again, after a while: it was not looked at, or nobody knows.
    Again,
    /// The same again some other day: something has to change first.
    Later,
    /// Never the same again: it will be refused for what it is.
    Never,
}

pub(super) fn verdict(error: &ClientError) -> Verdict {
    match error {
        ClientError::Problem { problem, .. } => of_problem(problem),
        // Somebody on the way, or no server of ours: it says nothing of what was sent.
        ClientError::Status { .. } | ClientError::Unreachable | ClientError::Unreadable => {
            Verdict::Again
        }
        ClientError::Setup => Verdict::Never,
    }
}

fn of_problem(problem: &ApiProblem) -> Verdict {
    match problem.code {
        ProblemCode::BadRequest
        | ProblemCode::CommandFinished
        | ProblemCode::Invalid
        | ProblemCode::NotFound
        | ProblemCode::TooLarge => Verdict::Never,
        // It is still under way, or there was no heartbeat yet.
        ProblemCode::InProgress | ProblemCode::Conflict => Verdict::Again,
        _ if matches!(problem.status, 408 | 425 | 429 | 500..) => Verdict::Again,
        // What the plan allows and what is kept may change; what a later server says may be
        // anything: a deal is never given up for that.
        _ => Verdict::Later,
    }
}

/// Whether it says that the key is no longer good. Only the server itself can: a proxy or the page of
/// a hotel's network that wants a password knows nothing of keys.
pub(super) fn is_revoked(error: &ClientError) -> bool {
    matches!(error, ClientError::Problem { problem, .. } if problem.status == 401)
}

#[cfg(test)]
mod tests {
    use super::{Verdict, is_revoked, verdict};
    use protocol::{
        api::problem::{ApiProblem, ProblemCode},
        client::ClientError,
    };

    fn problem(code: ProblemCode, status: u16) -> ClientError {
        let problem = ApiProblem {
            kind: String::new(),
            title: String::new(),
            status,
            code,
            detail: String::new(),
            reference: String::new(),
        };
        ClientError::Problem {
            problem: Box::new(problem),
            wait: None,
        }
    }

    #[test]
    fn nothing_is_given_up_but_what_is_wrong_in_itself() {
        let never = [
            "bad-request",
            "command-finished",
            "invalid",
            "not-found",
            "too-large",
        ];
        let again = ["in-progress", "conflict"];
        for code in ProblemCode::ALL {
            let expected = match code.name() {
                name if never.contains(&name) => Verdict::Never,
                name if again.contains(&name) => Verdict::Again,
                _ if code.status() >= 500 || [408, 429].contains(&code.status()) => Verdict::Again,
                _ => Verdict::Later,
            };
            assert_eq!(
                verdict(&problem(*code, code.status())),
                expected,
                "{code:?}"
            );
        }
        assert_eq!(verdict(&problem(ProblemCode::Unknown, 409)), Verdict::Later);
        assert_eq!(verdict(&problem(ProblemCode::Unknown, 503)), Verdict::Again);
        assert_eq!(verdict(&ClientError::Unreachable), Verdict::Again);
    }

    #[test]
    fn only_the_server_revokes() {
        assert!(is_revoked(&problem(ProblemCode::Unauthorized, 401)));
        assert!(is_revoked(&problem(ProblemCode::Unknown, 401)));
        assert!(!is_revoked(&problem(ProblemCode::Forbidden, 403)));
        let (status, wait) = (401, None);
        assert!(!is_revoked(&ClientError::Status { status, wait }));
    }
}
