//! The Lab's charts: candles with what the strategy saw and did, and equity with its drawdown.
//!
//! Drawing is JavaScript's (`app/js/chart`, around TradingView's Lightweight Charts, Apache-2.0), a
//! script of its own that is loaded when the first chart is shown. Here is what is drawn, and when.
//!
//! | file | what |
//! |---|---|
//! | `price.rs` | candles, indicators, trades |
//! | `equity.rs` | equity and drawdown |
//! | `curve.rs` | drawdown of every bar, and which bars stand for many; pure |
//! | `shown.rs` | which bars and which result belong together |
//! | `step.rs` | the next and the previous trade |
//! | `zone.rs` | market time or the viewer's |
//! | `frame.rs` | what is around both: buttons, waiting, failure, whose library it is |
//! | `script.rs` | the script's end |

mod curve;
pub mod equity;
mod frame;
pub mod price;
mod script;
mod shown;
pub mod step;
pub mod zone;

pub use equity::EquityChart;
pub use price::PriceChart;
