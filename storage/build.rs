//! A new migration alone must cause a new build: `migrate!` reads the folder at compile time.

#[allow(clippy::print_stdout, reason = "how a build script speaks")]
fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}
