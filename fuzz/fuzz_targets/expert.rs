#![no_main]

#[path = "../src/expert.rs"]
mod expert;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| expert::check(bytes));
