//! The module keeps its relocations: `tools/web` reads in them which code and data need which, and
//! parts the module along them.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Elsewhere this crate is empty, and the linker another one.
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
}
