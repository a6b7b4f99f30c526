//! A browser and the system it runs on.

use super::words;

words! {
    /// The browser, the system.
    ON = "{} on {}", "{} di {}";
    /// It says nothing of itself.
    UNKNOWN = "Unknown browser", "Browser tidak dikenal";
}
