//! Where the built files are. Their names have a hash of their content, which only the server
//! knows, from the manifest that the build wrote.

use serde::Deserialize;

/// The paths of the built files, as the manifest has them.
#[derive(Debug, Clone, Deserialize)]
pub struct Assets {
    /// The script that starts the app; it names the files that it loads itself.
    pub boot: String,
    /// The bindings of the module.
    pub glue: String,
    /// The module.
    pub wasm: String,
    /// The style sheet.
    pub style: String,
    /// The icon.
    pub icon: String,
    /// Reloads the page when the server was built anew; only while developing.
    pub reload: Option<String>,
}
