//! How often a job is tried, and when again.

use super::deed::Undone;
use crate::pause::spread;
use storage::{Job, Verdict};
use trading::time::{MINUTE, Time};

/// How often a job is tried.
const TRIES: u32 = 8;
/// How often a worker may take a job and never say what became of it.
const DEATHS: u32 = 50;
/// How long is waited after the first failure; then each time twice as long.
const FIRST: i64 = 5_000;
/// The longest.
const LONGEST: i64 = 15 * MINUTE;

/// Whether a job is not even begun: one that takes its workers down with it must not take all.
pub(super) fn before(job: &Job, attempt: u32) -> Option<Verdict> {
    (attempt > DEATHS).then(|| Verdict::GiveUp {
        why: format!("{} was taken {attempt} times and never ended", job.kind()),
    })
}

/// What becomes of a job that a later version put in. `bits` are those of its name.
pub(super) fn unknown(bits: u128, attempt: u32, now: Time) -> Verdict {
    let why = "a later version of Phoenix knows what this is".to_owned();
    if attempt < DEATHS {
        Verdict::Again {
            at: Time(now.0 + spread(MINUTE, bits)),
            why,
        }
    } else {
        Verdict::GiveUp { why }
    }
}

/// What becomes of a job after it was tried for the nth time. `bits` are those of its name.
pub(super) fn judge(
    outcome: Result<(), Undone>,
    (job, bits): (&Job, u128),
    attempt: u32,
    now: Time,
) -> Verdict {
    let why = match outcome {
        Ok(()) => return Verdict::Done,
        Err(Undone::Later(at, why)) => return Verdict::Again { at, why },
        Err(Undone::Hopeless(why)) => return Verdict::GiveUp { why },
        Err(Undone::Failed(why)) => why,
    };
    // A mail is not given up before its outbox does so: what fails here is the database.
    let is_mail = matches!(job, Job::SendMail { .. });
    if attempt < TRIES || is_mail {
        Verdict::Again {
            at: Time(now.0 + spread(rest(attempt), bits)),
            why,
        }
    } else {
        Verdict::GiveUp { why }
    }
}

/// How many milliseconds are waited after the nth failure at least.
fn rest(attempt: u32) -> i64 {
    let doublings = attempt.saturating_sub(1).min(16);
    (FIRST << doublings).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::{DEATHS, LONGEST, TRIES, before, judge, rest, unknown};
    use crate::job::deed::Undone;
    use storage::{Job, Verdict};
    use trading::time::Time;

    #[test]
    fn waits_grow_and_end() {
        let rests: Vec<i64> = (1..=4).map(rest).collect();
        assert_eq!(rests, [5_000, 10_000, 20_000, 40_000]);
        assert_eq!(rest(u32::MAX), LONGEST);
    }

    #[test]
    fn a_job_is_given_up_in_the_end() {
        let failed = || Err(Undone::Failed("why".to_owned()));
        let after = |attempt| judge(failed(), (&Job::Sweep, 0), attempt, Time(1_000));
        let why = "why".to_owned();
        let again = Verdict::Again {
            at: Time(6_000),
            why: why.clone(),
        };
        assert_eq!(after(1), again);
        assert!(matches!(after(TRIES - 1), Verdict::Again { .. }));
        assert_eq!(after(TRIES), Verdict::GiveUp { why });
        // Not all come back at once.
        let later = judge(failed(), (&Job::Sweep, 500), 1, Time(1_000));
        assert!(matches!(
            later,
            Verdict::Again {
                at: Time(7_250),
                ..
            }
        ));
        let done = judge(Ok(()), (&Job::Sweep, 0), TRIES, Time(0));
        assert_eq!(done, Verdict::Done);
        assert_eq!(before(&Job::Sweep, DEATHS), None);
        assert!(matches!(
            before(&Job::Sweep, DEATHS + 1),
            Some(Verdict::GiveUp { .. })
        ));
        assert!(matches!(unknown(0, 1, Time(0)), Verdict::Again { .. }));
        assert!(matches!(
            unknown(0, DEATHS, Time(0)),
            Verdict::GiveUp { .. }
        ));
    }
}
