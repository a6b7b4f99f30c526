//! The Lab: one strategy, edited as blocks or as JSON, seen on the chart and in numbers at once.

pub mod address;
pub mod bar;
pub mod chart;
pub mod commands;
pub mod designer;
pub mod draft;
pub mod first;
pub mod history;
pub mod market;
pub mod open;
pub mod opened;
pub mod outcome;
pub mod own;
pub mod page;
pub mod ready;
pub mod state;
pub mod views;

pub use page::LabPage;
#[cfg(feature = "ssr")]
pub use page::first_title;
