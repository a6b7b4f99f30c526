//! Gives the program for Windows its icon, and what the file's properties say of it. Other systems
//! know neither.

use std::{env, io};

const ICON: &str = "installer/phoenix.ico";
/// What Windows calls the program, in the task manager and when it asks about it.
const NAME: &str = "Phoenix Executor";
const OWNER: &str = "The Phoenix contributors";
const LICENCE: &str = "../LICENSE-MIT";
const ENGLISH: u16 = 0x0409;

fn main() -> io::Result<()> {
    // Without a word of it, cargo would run this again whenever any file has changed.
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return Ok(());
    }
    println!("cargo::rerun-if-changed={ICON}");
    println!("cargo::rerun-if-changed={LICENCE}");
    let licence = std::fs::read_to_string(LICENCE)?;
    let copyright = licence.lines().find(|line| line.starts_with("Copyright"));
    let mut resource = winresource::WindowsResource::new();
    // Versions, as numbers and as text, are Cargo's.
    resource
        .set_icon(ICON)
        .set_language(ENGLISH)
        .set("ProductName", NAME)
        .set("FileDescription", NAME)
        .set("CompanyName", OWNER)
        .set("LegalCopyright", copyright.unwrap_or(OWNER))
        .set("OriginalFilename", "phoenix-executor.exe");
    // Only the program itself: nothing is said of what else is built from the package.
    resource.compile_for("phoenix-executor")
}
