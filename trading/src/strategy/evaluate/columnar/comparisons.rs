//! The comparisons that tests share: each is made once, and delayed for whoever asks some bars ago.

use super::SignalTable;
use crate::strategy::{
    evaluate::Bits,
    plan::{Plan, Relation, Term, Test, TestId},
};
use std::borrow::Cow;

/// A comparison of columns at one bar, shared by all tests that ask for it at any bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Shared {
    pub(in super::super) relation: Relation,
    pub(in super::super) a: Term,
    pub(in super::super) b: Term,
}

/// The comparisons that a plan's tests need, each once.
#[derive(Debug, Clone)]
pub(in super::super) struct Comparisons {
    pub(in super::super) shared: Vec<Shared>,
    /// For each test that is a comparison: which shared one, and how many bars ago.
    delays: Vec<Option<(usize, usize)>>,
    /// How far back a shared comparison reads.
    pub(in super::super) history: usize,
}

impl Comparisons {
    pub(in super::super) fn of(plan: &Plan) -> Self {
        let mut shared: Vec<Shared> = Vec::new();
        let mut history = 0;
        let delays = plan
            .tests
            .iter()
            .map(|test| {
                let Test::Compare(relation, a, b) = *test else {
                    return None;
                };
                let delay = match (ago(a), ago(b)) {
                    (Some(a), Some(b)) => a.min(b),
                    (one, other) => one.or(other).unwrap_or(0),
                };
                let comparison = Shared {
                    relation,
                    a: newer(a, delay),
                    b: newer(b, delay),
                };
                for term in [comparison.a, comparison.b] {
                    history = history.max(ago(term).unwrap_or(0) as usize);
                }
                let at = shared
                    .iter()
                    .position(|s| *s == comparison)
                    .unwrap_or_else(|| {
                        shared.push(comparison);
                        shared.len() - 1
                    });
                Some((at, delay as usize))
            })
            .collect();
        Self {
            shared,
            delays,
            history,
        }
    }

    /// The rules' bits from those of the shared comparisons, all false before `warm`.
    pub(in super::super) fn combine<'b>(
        &self,
        plan: &Plan,
        shared: impl Fn(usize) -> &'b Bits,
        len: usize,
        warm: usize,
    ) -> SignalTable {
        let mut truth: Vec<Cow<'b, Bits>> = Vec::with_capacity(plan.tests.len());
        let all = |truth: &[Cow<'b, Bits>], tests: &[TestId], join: fn(&mut Bits, &Bits)| {
            let mut bits = truth[tests[0]].clone().into_owned();
            for other in &tests[1..] {
                join(&mut bits, &truth[*other]);
            }
            Cow::Owned(bits)
        };
        for (at, test) in plan.tests.iter().enumerate() {
            let bits = match test {
                Test::Compare(..) => match self.delays[at] {
                    Some((at, 0)) => Cow::Borrowed(shared(at)),
                    Some((at, delay)) => Cow::Owned(shared(at).delayed(delay)),
                    None => Cow::Owned(Bits::zeros(len)),
                },
                Test::All(tests) => all(&truth, tests, Bits::and),
                Test::Any(tests) => all(&truth, tests, Bits::or),
                Test::Not(test) => {
                    let mut bits = truth[*test].clone().into_owned();
                    bits.not();
                    Cow::Owned(bits)
                }
            };
            truth.push(bits);
        }
        let rule = |rule: Option<TestId>| {
            rule.map_or_else(Bits::default, |test| {
                let mut bits = truth[test].clone().into_owned();
                bits.clear_before(warm);
                bits
            })
        };
        SignalTable {
            long: rule(plan.rules.long),
            short: rule(plan.rules.short),
            exit_long: rule(plan.rules.exit_long),
            exit_short: rule(plan.rules.exit_short),
            may_enter: Bits::default(),
            warm,
            kept: Vec::new(),
        }
    }
}

const fn ago(term: Term) -> Option<u32> {
    match term {
        Term::Constant(_) => None,
        Term::Column { ago, .. } => Some(ago),
    }
}

const fn newer(term: Term, by: u32) -> Term {
    match term {
        Term::Column {
            column,
            ago,
            factor,
        } => Term::Column {
            column,
            ago: ago - by,
            factor,
        },
        constant => constant,
    }
}
