//! Compiles the Expert Advisor's real source as C++, and takes the numbers of MQL5's constants over
//! into Rust.

#[path = "src/token.rs"]
#[allow(dead_code, unreachable_pub)]
mod token;
#[path = "src/translate.rs"]
#[allow(unreachable_pub)]
mod translate;

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let source = here.join("../../mql5");
    println!("cargo::rerun-if-changed={}", source.display());
    println!("cargo::rerun-if-changed=include");
    println!("cargo::rerun-if-changed=src/token.rs");
    println!("cargo::rerun-if-changed=src/translate.rs");

    let made = out.join("program");
    let expert = source.join("Experts/Phoenix.mq5");
    put(&expert, &made.join("Phoenix.mq5.cpp"))?;
    for entry in fs::read_dir(source.join("Include/Phoenix"))? {
        let path = entry?.path();
        let name = path.file_name().ok_or("a file without a name")?;
        put(&path, &made.join("Phoenix").join(name))?;
    }

    let header = fs::read_to_string(here.join("include/mql5.hpp"))?;
    fs::write(out.join("constant.rs"), constants(&header))?;

    let mut build = cc::Build::new();
    build.cpp(true);
    if env::var_os("CARGO_CFG_FUZZING").is_some() {
        watch(&mut build);
    }
    build
        .std("c++17")
        .file(here.join("include/program.cpp"))
        .include(&made)
        // The header is a system's: only the EA's own lines are to be flawless.
        .flag("-isystem")
        .flag(here.join("include"))
        .opt_level(1)
        .flag("-Wconversion")
        .flag("-Wno-unused-parameter")
        .warnings(true)
        .extra_warnings(true)
        .warnings_into_errors(true)
        .compile("phoenix_expert");
    Ok(())
}

/// For cargo-fuzz: the program tells where it has been and what it compared, and every access to memory
/// is checked. Who hears of it is in `fuzz/`.
fn watch(build: &mut cc::Build) {
    build.flag("-fsanitize=address");
    build.flag(if build.get_compiler().is_like_clang() {
        "-fsanitize-coverage=inline-8bit-counters,pc-table,trace-cmp"
    } else {
        "-fsanitize-coverage=trace-pc,trace-cmp"
    });
}

fn put(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    let folder = to.parent().ok_or("a file without a folder")?;
    fs::create_dir_all(folder)?;
    let source = fs::read_to_string(from)?;
    let name = from.canonicalize()?;
    fs::write(
        to,
        translate::translate(&source, &name.display().to_string()),
    )?;
    Ok(())
}

/// `pub(crate) const NAME: i32 = 1;` for every `NAME = 1` of the header's enumerations.
fn constants(header: &str) -> String {
    let lines = header.lines().filter_map(|line| {
        let (name, number) = line.trim().trim_end_matches(',').split_once(" = ")?;
        let is_name = name
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        let number: i32 = number.parse().ok()?;
        is_name.then(|| format!("pub(crate) const {name}: i32 = {number};\n"))
    });
    lines.collect()
}
