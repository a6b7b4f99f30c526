//! `phoenix schema`: the JSON Schema of the strategy document.

use crate::{failure::Result, output};

/// Prints it.
pub(super) fn run() -> Result<()> {
    output::print_json(&trading::strategy::schema::schema())
}
