//! The pages of the administration.

mod audit;
mod frame;
mod jobs;
mod mails;
mod users;

pub use audit::{AuditLine, audit};
pub use jobs::{JobLine, JobsPage, Retried, jobs};
pub use mails::{MailLine, mails};
pub use users::{UserLine, users};
