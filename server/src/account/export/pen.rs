//! Writes the JSON. The commas are its business, and that no list is ever whole in memory.

use super::{End, Part};
use axum::body::Bytes;
use serde::Serialize;
use std::{mem, time::Duration};
use tokio::{sync::mpsc::Sender, time::timeout};

/// How many rows are read at a time.
pub(super) const ROWS: i64 = 1_000;
/// How many bytes go out at once, at least.
const BYTES: usize = 64 << 10;
/// How long a reader may take for the next bytes: who stops reading keeps no place.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Writes JSON.
pub(super) struct Pen {
    out: Sender<Part>,
    text: Vec<u8>,
    is_first: bool,
}

impl Pen {
    pub(super) fn new(out: Sender<Part>) -> Self {
        Self {
            out,
            text: Vec::new(),
            is_first: true,
        }
    }

    pub(super) fn gap(&mut self) {
        if !mem::take(&mut self.is_first) {
            self.text.extend_from_slice(b",\n");
        }
    }

    pub(super) fn open(&mut self, bracket: u8) {
        self.text.push(bracket);
        self.is_first = true;
    }

    pub(super) async fn close(&mut self, bracket: u8) -> Result<(), End> {
        self.text.push(bracket);
        self.is_first = false;
        self.pass(BYTES).await
    }

    fn value(&mut self, value: &impl Serialize) -> Result<(), End> {
        serde_json::to_writer(&mut self.text, value).map_err(|error| End::Failed(error.to_string()))
    }

    pub(super) fn name(&mut self, name: &str) -> Result<(), End> {
        self.gap();
        self.value(&name)?;
        self.text.push(b':');
        Ok(())
    }

    pub(super) async fn field(&mut self, name: &str, value: &impl Serialize) -> Result<(), End> {
        self.name(name)?;
        self.value(value)?;
        self.pass(BYTES).await
    }

    pub(super) async fn item(&mut self, value: &impl Serialize) -> Result<(), End> {
        self.gap();
        self.value(value)?;
        self.pass(BYTES).await
    }

    /// Writes a list that is read a part at a time: `read` gives what comes after the row of a key,
    /// at most [`ROWS`] of it, and `said` is what is written of a row.
    pub(super) async fn list<Row, Key, Found, Said>(
        &mut self,
        name: &str,
        read: impl Fn(Option<Key>) -> Found,
        key: impl Fn(&Row) -> Key,
        said: impl Fn(Row) -> Said,
    ) -> Result<(), End>
    where
        Found: Future<Output = storage::Result<Vec<Row>>>,
        Said: Serialize,
    {
        self.name(name)?;
        self.open(b'[');
        let mut last = None;
        loop {
            let part = read(last.take()).await?;
            let is_last = part.len() < ROWS as usize;
            last = part.last().map(&key);
            for row in part {
                let row = said(row);
                self.item(&row).await?;
            }
            if is_last {
                break;
            }
        }
        self.close(b']').await
    }

    /// Sends what is written, all of it.
    pub(super) async fn end(&mut self) -> Result<(), End> {
        self.pass(0).await
    }

    /// Sends what is written, once it is so many bytes.
    async fn pass(&mut self, least: usize) -> Result<(), End> {
        if self.text.len() < least {
            return Ok(());
        }
        let part = Bytes::from(mem::take(&mut self.text));
        match timeout(PATIENCE, self.out.send(Ok(part))).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(End::Left),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Pen, ROWS};
    use crate::account::export::Part;
    use serde_json::Value;
    use std::cell::Cell;
    use tokio::sync::mpsc;

    /// What was written.
    async fn text(mut parts: mpsc::Receiver<Part>) -> String {
        let mut text = Vec::new();
        while let Some(part) = parts.recv().await {
            text.extend_from_slice(&part.unwrap());
        }
        String::from_utf8(text).unwrap()
    }

    #[tokio::test]
    async fn a_list_is_read_to_its_end_and_no_further() {
        for (count, reads) in [(0, 1), (ROWS - 1, 1), (ROWS, 2), (2 * ROWS + 1, 3)] {
            let asked = Cell::new(0);
            let (out, parts) = mpsc::channel(64);
            let mut pen = Pen::new(out);
            pen.open(b'{');
            let read = |after: Option<i64>| {
                asked.set(asked.get() + 1);
                let first = after.map_or(0, |after| after + 1);
                let part = (first..count.min(first + ROWS)).collect::<Vec<_>>();
                async move { storage::Result::Ok(part) }
            };
            let listed = pen.list("rows", read, |row| *row, |row| row).await;
            assert!(listed.is_ok() && pen.close(b'}').await.is_ok() && pen.end().await.is_ok());
            drop(pen);
            let whole: Value = serde_json::from_str(&text(parts).await).unwrap();
            let rows = whole["rows"].as_array().unwrap();
            assert!(rows.iter().map(|row| row.as_i64().unwrap()).eq(0..count));
            assert_eq!(asked.get(), reads, "{count}");
        }
    }
}
