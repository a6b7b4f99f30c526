//! MQL5's numbers as `include/mql5.hpp` has them.

#![allow(dead_code, missing_docs)]

include!(concat!(env!("OUT_DIR"), "/constant.rs"));
