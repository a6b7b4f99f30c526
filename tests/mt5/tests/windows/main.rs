//! The executor as traders download it: phoenix-executor.exe. `scripts/test-windows` builds it and says
//! how it is run.

mod key;
mod program;
mod resource;
mod trade;
