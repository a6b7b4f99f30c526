//! The strategy language: the document, what is wrong with it, what it says in plain words, and
//! what it decides.

pub mod condition;
pub mod describe;
pub mod document;
pub mod evaluate;
pub mod exit;
pub mod filter;
pub mod limit;
pub mod number;
pub mod operand;
pub mod plan;
pub mod schema;
pub mod sizing;
pub mod validate;

pub use document::Document;
