//! The pages of the administration.

mod audit;
mod frame;
mod mails;
mod users;

pub use audit::{AuditLine, audit};
pub use mails::{MailLine, mails};
pub use users::{UserLine, users};
