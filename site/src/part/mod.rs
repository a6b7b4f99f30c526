//! What pages are put together from.

pub(crate) mod agent;
pub(crate) mod alert;
pub(crate) mod empty;
pub(crate) mod entry;
pub(crate) mod field;
pub(crate) mod form;
pub(crate) mod password;
pub(crate) mod refusal;
pub(crate) mod setting;
pub(crate) mod strong;
pub(crate) mod table;
pub(crate) mod when;
