//! The pages that the server alone makes: accounts, plans and administration. Plain HTML with
//! forms; they work without a script, and a strict content security policy permits them: no inline
//! style, no inline script, nothing from elsewhere.
//!
//! Every function here makes a whole document out of what it is given. It asks no database and no
//! clock, and decides nothing: who may see a page is the server's to say.

pub mod account;
pub mod admin;
mod banner;
pub mod billing;
mod deed;
pub mod device;
mod fault;
mod frame;
pub mod live;
mod look;
mod notice;
pub mod notification;
mod part;
pub mod problem;
pub mod strategy;
mod words;

pub use banner::{Around, Banner};
pub use deed::Deed;
pub use fault::Fault;
pub use look::{Look, Who};
pub use notice::Notice;
