//! The pages, and what is around them.

pub mod frame;
pub mod lab;
pub mod not_found;
