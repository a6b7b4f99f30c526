//! Build tool: `phoenix-web MODULE.wasm FOLDER` makes the JavaScript bindings of the web app's
//! module. The library is that of the lock file, so it always fits the module.

mod graph;
mod snip;
mod split;

use anyhow::{Context, Result};
use std::{env, fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let module = arguments
        .next()
        .context("usage: phoenix-web MODULE.wasm FOLDER")?;
    let folder = arguments
        .next()
        .context("usage: phoenix-web MODULE.wasm FOLDER")?;
    let names = env::var_os("PHOENIX_WEB_NAMES").is_some();
    let whole = fs::read(&module).with_context(|| format!("{module} cannot be read"))?;
    let split = split::split(&whole, names)?;
    fs::create_dir_all(&folder)?;
    for (name, part) in &split.parts {
        fs::write(Path::new(&folder).join(format!("part-{name}.wasm")), part)?;
    }
    Bindgen::new()
        .input_module("phoenix", split.main)
        .web(true)?
        .typescript(false)
        .out_name("phoenix")
        .remove_name_section(!names)
        .remove_producers_section(true)
        // The scripts say where the module is: its name has a hash that is not known yet.
        .omit_default_module_path(true)
        .generate(&folder)
        .with_context(|| format!("the bindings of {module} could not be made"))
}
