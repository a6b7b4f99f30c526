//! Lists, a part at a time. A cursor is the name of the last one seen: what is added meanwhile
//! moves nothing.

use super::refusal::{Answer, Refusal};
use protocol::api::{
    page::{MOST, Page, PageQuery, USUAL},
    problem::ProblemCode,
};
use std::str::FromStr;

/// Which part is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<C> {
    pub(super) before: Option<C>,
    limit: u32,
}

impl<C: FromStr> Part<C> {
    pub(super) fn of(query: &PageQuery) -> Answer<Self> {
        let limit = query.limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(Refusal::with(
                ProblemCode::BadRequest,
                format!("limit is 1 to {MOST}"),
            ));
        }
        let before = match query.cursor.as_deref() {
            None => None,
            Some(text) => Some(text.parse().map_err(|_| {
                Refusal::with(ProblemCode::BadRequest, "the cursor is none of ours")
            })?),
        };
        Ok(Self { before, limit })
    }

    /// How many to read: one more than is shown says whether there are more.
    pub(super) fn most(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// The part of what was read.
    pub(super) fn page<T>(&self, mut items: Vec<T>, cursor: impl Fn(&T) -> String) -> Page<T> {
        let limit = self.limit as usize;
        let has_more = items.len() > limit;
        items.truncate(limit);
        let next = has_more.then(|| items.last().map(cursor)).flatten();
        Page { items, next }
    }
}
