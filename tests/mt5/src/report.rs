//! What a run leaves: deals and round trips as JSON lines, and how things stand as one line.

use crate::terminal::Terminal;
use anyhow::{Context, Result};
use serde::Serialize;
use serde_json::json;
use std::{fs::File, io::BufWriter, io::Write, path::Path};

#[derive(Serialize)]
struct Line<'a, T> {
    kind: &'static str,
    #[serde(flatten)]
    what: &'a T,
}

impl Terminal {
    /// Writes every deal, every round trip, every open position, and a line that ends it all.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_result(&self, path: &Path) -> Result<()> {
        let file = File::create(path).with_context(|| path.display().to_string())?;
        let mut out = BufWriter::new(file);
        for deal in &self.broker.deals {
            line(&mut out, "deal", deal)?;
        }
        for round in &self.broker.rounds {
            line(&mut out, "trade", round)?;
        }
        for position in &self.broker.positions() {
            line(&mut out, "position", position)?;
        }
        line(&mut out, "end", &self.state())?;
        Ok(out.flush()?)
    }

    /// How things stand.
    pub fn state(&self) -> serde_json::Value {
        let account = self.broker.account();
        json!({
            "bar": self.broker.bar(),
            "is_at_close": self.broker.is_at_close(),
            "time": self.broker.now_ms(),
            "balance": account.balance,
            "equity": account.equity,
            "requests": self.requests(),
            "deals": self.broker.deals.len(),
            "trades": self.broker.rounds.len(),
            "positions": self.broker.positions(),
            "waiting": self.broker.waiting.len(),
        })
    }
}

fn line<T: Serialize>(out: &mut impl Write, kind: &'static str, what: &T) -> Result<()> {
    serde_json::to_writer(&mut *out, &Line { kind, what })?;
    Ok(out.write_all(b"\n")?)
}
