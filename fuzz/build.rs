//! Counts where the Expert Advisor has been: `coverage.cpp`. How it is compiled to tell that is in
//! `tests/mt5/build.rs`.

fn main() {
    println!("cargo::rerun-if-changed=coverage.cpp");
    let objects = cc::Build::new()
        .cpp(true)
        .file("coverage.cpp")
        .opt_level(2)
        .cargo_metadata(false)
        .compile_intermediates();
    for object in objects {
        println!("cargo::rustc-link-arg-bin=expert={}", object.display());
    }
    println!("cargo::rustc-link-arg-bin=expert=-Wl,--wrap=__sanitizer_cov_trace_pc");
}
