//! Which part of a form a refusal speaks of.

use crate::{Fault, Look, words::fault};

/// What a refusal can speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The field of an address.
    Email,
    /// The field of the password that holds.
    Password,
    /// The field of the password that is to hold.
    NewPassword,
    /// The field of a code.
    Code,
    /// No field in particular.
    Whole,
}

/// Why a form was refused, seen from a form with certain fields.
pub(crate) struct Refusal {
    place: Place,
    words: Option<String>,
}

impl Refusal {
    /// What is said in a form that has these fields. A refusal that speaks of a field that is not
    /// there speaks of the whole.
    pub(crate) fn of(look: &Look, fault: Option<&Fault>, fields: &[Place]) -> Self {
        let place = fault.map_or(Place::Whole, place);
        let place = if fields.contains(&place) {
            place
        } else {
            Place::Whole
        };
        Self {
            place,
            words: fault.map(|fault| fault::say(fault, look.language)),
        }
    }

    /// Whether anything was refused.
    pub(crate) const fn is_some(&self) -> bool {
        self.words.is_some()
    }

    /// What is said at this place.
    pub(crate) fn at(&self, place: Place) -> Option<String> {
        self.words.clone().filter(|_| self.place == place)
    }
}

const fn place(fault: &Fault) -> Place {
    match fault {
        Fault::BadEmail | Fault::Taken | Fault::SameEmail | Fault::NotTheEmail => Place::Email,
        Fault::WrongPassword => Place::Password,
        Fault::Weak(_) => Place::NewPassword,
        Fault::WrongCode => Place::Code,
        // Which of the two is wrong is nobody's business.
        Fault::Wrong => Place::Whole,
        Fault::StillPaying
        | Fault::StillOpen
        | Fault::Provider { .. }
        | Fault::Wait { .. }
        | Fault::Away { .. }
        | Fault::Internal { .. } => Place::Whole,
    }
}
