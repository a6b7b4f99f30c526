//! Why something was not done, and the page that says so.

use super::{Asked, deed::Deed, overview, single};
use crate::{
    serve::visit::{Member, page},
    till::Till,
};
use axum::{http::StatusCode, response::Response};
use site::strategy::{self as pages, StrategyFault};
use storage::StorageError;
use trading::strategy::validate::Fault;

/// Why a deed was not done.
pub(super) enum Refused {
    /// It is said on the page.
    Fault(StrategyFault),
    /// There is no page to say it on.
    Storage(StorageError),
}

impl Refused {
    /// A document has faults, of which the first is said.
    pub(super) fn document(member: &Member, faults: &[Fault]) -> Self {
        let language = member.visit.caller.language;
        let first = faults.first().map(|fault| fault.text(language).message);
        Self::Fault(StrategyFault::Document(first.unwrap_or_default()))
    }
}

impl From<StorageError> for Refused {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Live => Self::Fault(StrategyFault::Live),
            StorageError::Archived => Self::Fault(StrategyFault::Archived),
            StorageError::Conflict(_) => Self::Fault(StrategyFault::Conflict),
            StorageError::TooMany(most) => {
                Self::Fault(StrategyFault::Saved(u64::try_from(most).unwrap_or(0)))
            }
            StorageError::Full(most) => {
                Self::Fault(StrategyFault::Full(u64::try_from(most >> 20).unwrap_or(0)))
            }
            error => Self::Storage(error),
        }
    }
}

/// The page on which a deed was asked for, with why it was not done.
pub(super) async fn refused(till: &Till, member: &Member, deed: &Deed, why: Refused) -> Response {
    let fault = match why {
        Refused::Fault(fault) => fault,
        Refused::Storage(error) => return member.visit.broken(&error.into()),
    };
    let status = match fault {
        StrategyFault::Document(_) | StrategyFault::Place => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    };
    let html = async {
        if deed.is_from_list() {
            let mut shown = overview::all(till, member).await?;
            shown.fault = Some(fault);
            let look = member.visit.look("/strategies");
            return Ok(pages::strategies(&look, &shown));
        }
        let id = deed.id()?;
        let mut shown = single::one(till, member, id, &Asked::default()).await?;
        shown.fault = Some(fault);
        let look = member.visit.look(&format!("/strategies/{id}"));
        Ok(pages::strategy(&look, &shown))
    };
    match html.await {
        Ok(html) => page(status, html),
        Err(error) => {
            let error: StorageError = error;
            member.visit.broken(&error.into())
        }
    }
}
