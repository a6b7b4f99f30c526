//! The field of a password that is to hold.

use super::{
    field::{Field, Kind},
    refusal::{Place, Refusal},
};
use crate::{
    Look,
    words::{Text, entry as words},
};
use identity::password::MIN_CHARS;

/// Asks for a new password, and says how to choose one: once, be it as a hint or as a refusal.
pub(crate) fn new(look: &Look, id: &'static str, label: Text, refusal: &Refusal) -> Field {
    let field = Field::new(id, "password", look.say(label), Kind::NewPassword);
    match refusal.at(Place::NewPassword) {
        Some(error) => field.error(Some(error)),
        None => field.hint(look.with(words::PASSWORD_HINT, &[&MIN_CHARS.to_string()])),
    }
}
