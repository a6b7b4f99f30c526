//! The pages of the administration.

mod announcements;
mod audit;
mod flags;
mod frame;
mod health;
mod jobs;
mod machines;
mod mails;
mod pick;
mod plans;
mod subscriptions;
mod users;

pub use announcements::{
    AnnouncementFault, AnnouncementLine, AnnouncementsPage, Draft, LONGEST, announcements,
};
pub use audit::{AuditLine, audit};
pub use flags::{FlagFault, FlagLine, flags};
pub use health::{HealthPage, RunLine, Way, health};
pub use jobs::{JobLine, JobsPage, Retried, jobs};
pub use machines::{CommandLine, ExecutorLine, commands, executors};
pub use mails::{MailLine, mails};
pub use plans::{PlanLine, plans};
pub use subscriptions::{
    FactLine, RecordPage, SubscriptionFilter, SubscriptionLine, record, subscriptions,
};
pub use users::{UserLine, users};
