//! Market time or the viewer's: one choice for the charts and the table of trades. Days, months,
//! kept runs and files are told in UTC, and say so.

use leptos::prelude::*;

/// The choice. A context: provide it above all who follow it.
#[derive(Debug, Clone, Copy)]
pub struct ZoneChoice(RwSignal<bool>);

impl ZoneChoice {
    /// Market time at first. Makes it known to everything below.
    pub fn provide() -> Self {
        let choice = Self(RwSignal::new(false));
        provide_context(choice);
        choice
    }

    /// That of this page; one of its own where none was provided.
    pub fn here() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// Whether times are told by the viewer's clock.
    pub fn is_local(self) -> bool {
        self.0.get()
    }

    /// Chooses.
    pub fn set(self, is_local: bool) {
        self.0.set(is_local);
    }
}
