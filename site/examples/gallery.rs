//! Writes every page in its states to a folder: `cargo run -p site --example gallery -- FOLDER`.
//! The style sheet is expected beside the pages, as `style.css`.

#[path = "../tests/pages/states/mod.rs"]
mod states;

use states::Setting;
use std::{env, fs, io, path::PathBuf};
use trading::language::Language;

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1);
    let folder = folder.map_or_else(|| env::temp_dir().join("gallery"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    for language in Language::ALL {
        for theme in ["dark", "light"] {
            let setting = Setting {
                language,
                theme,
                style: "style.css",
                before: "",
            };
            for (name, html) in setting.pages() {
                fs::write(folder.join(format!("{name}.{language}.{theme}.html")), html)?;
            }
        }
    }
    Ok(())
}
