//! The module keeps its relocations: `tools/web` reads in them which code and data need which, and
//! parts the module along them.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
}
