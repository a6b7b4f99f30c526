//! The house's own parts, one file each. They have labels, can be used by keyboard, show where
//! the focus is, and take their looks from `style/`.

pub mod button;
pub mod dialog;
pub mod empty_state;
pub mod field;
pub mod hint;
pub mod palette;
pub mod progress;
pub mod select;
pub mod skeleton;
pub mod table;
pub mod tabs;
pub mod toast;
