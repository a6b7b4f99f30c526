//! Price history: reads, checks, converts and stores bars.
//!
//! [`detect`] says what a file is; [`import`] streams its bars into a [`Sink`] and reports every
//! row that it did not take; [`read_bars`] reads a whole file into memory for a backtest;
//! [`Store`] keeps histories as Parquet, one file per symbol and timeframe.
//!
//! Text is read from any [`std::io::Read`], so that the same importer serves files, uploads and
//! the browser. Files and folders need the feature `files`, Parquet the feature `parquet`.

mod detect;
mod disorder;
mod error;
mod fault;
mod header;
mod import;
mod layout;
mod line;
mod merge;
mod number;
mod order;
#[cfg(feature = "parquet")]
pub mod parquet;
mod quality;
#[cfg(all(feature = "files", feature = "parquet"))]
mod read;
mod report;
#[cfg(feature = "sample")]
pub mod sample;
mod sink;
mod source;
mod stamp;
#[cfg(all(feature = "files", feature = "parquet"))]
pub mod store;
mod words;
pub mod zone;

pub use detect::{ClockNote, Detected, Format, detect};
pub use disorder::{ODD_ROWS_KEPT, OddRow, OddRows};
pub use error::{BadLayout, Foreign, ImportError};
pub use fault::{FAULTS_KEPT, Fault, FaultKind, Faults};
pub use import::{ImportOptions, Progress, import, read_text};
pub use layout::{Column, Layout};
pub use line::MAX_LINE;
pub use merge::{CHUNK, Merged, Watcher};
pub use quality::{GAPS_KEPT, Gap, Gaps, SHORT_PAUSE};
#[cfg(all(feature = "files", feature = "parquet"))]
pub use read::{detect_file, read_bars};
pub use report::{Flaw, ImportNote, ImportReport};
pub use sink::{Sink, SinkError};
pub use source::Encoding;
pub use stamp::{DateOrder, TimeFormat};
#[cfg(all(feature = "files", feature = "parquet"))]
pub use store::Store;
pub use words::io_text;
pub use zone::TimeZone;
