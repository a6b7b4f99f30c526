//! A new migration alone must cause a new build: `migrate!` reads the folder at compile time.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}
