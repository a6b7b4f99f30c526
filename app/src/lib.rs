//! The web app: what the server renders and the browser takes over, page by page.
//!
//! One crate with two faces that are never on at once: `ssr` for the server, `hydrate` for the
//! browser. Where only one of them can do a thing, the other has nothing to do: an effect never
//! runs on the server, and what only the server knows comes in through a context.

#![recursion_limit = "256"]

#[cfg(not(erase_components))]
compile_error!(
    "server and browser must both be built with `--cfg erase_components`, as .cargo/config.toml \
     and scripts/cargo-wasm do: RUSTFLAGS in the environment takes their place"
);

pub mod address;
pub mod api;
pub mod assets;
#[cfg(feature = "hydrate")]
pub mod browser;
pub mod components;
pub mod engine;
pub mod pages;
pub mod part;
pub mod preference;
#[cfg(feature = "ssr")]
mod ready;
pub mod root;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod words;
