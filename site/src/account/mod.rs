//! The pages of somebody's own account, and the ways into it.

mod closed;
mod code;
mod confirm;
mod email_change;
mod forgot;
mod link_gone;
mod overview;
mod recovery_codes;
mod register;
mod reset;
mod sent;
mod sign_in;
mod two_factor_setup;

pub use closed::registration_closed;
pub use code::code;
pub use confirm::confirm;
pub use email_change::email_change;
pub use forgot::forgot;
pub use link_gone::{Gone, link_gone};
pub use overview::{AccountPage, EventLine, Section, SessionLine, TwoFactor, account};
pub use recovery_codes::recovery_codes;
pub use register::register;
pub use reset::reset;
pub use sent::{email_change_sent, forgot_sent, register_sent};
pub use sign_in::sign_in;
pub use two_factor_setup::two_factor_setup;
