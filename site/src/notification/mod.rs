//! What traders are told, and how they want to be.

mod list;
mod settings;
mod shown;

pub use list::{NotificationsPage, notifications};
pub use settings::{
    ChannelColumn, ChatLine, HookLine, KindRow, SettingsPage, WebhookFault, settings,
    telegram_link, webhook_made,
};
pub use shown::{Shown, Words, mail_footer};
