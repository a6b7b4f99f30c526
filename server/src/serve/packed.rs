//! Histories that are packed: each once, whoever asks for it, and however many at once.

use super::squeeze::Squeezed;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};
use tokio::{sync::OnceCell, task};
use trading::timeframe::Timeframe;

/// Packed histories that are kept in memory.
const KEPT: usize = 16;

/// Of which symbol and timeframe.
pub(super) type Key = (String, Timeframe);
/// By what a changed file is known; `None` stands for what is inside the program.
pub(super) type Stamp = (SystemTime, u64);

/// A history as it is sent.
#[derive(Debug)]
pub(super) struct Packed {
    pub(super) tag: String,
    pub(super) content: Squeezed,
}

/// Why there is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Missing,
    Failed(String),
}

type Cell = Arc<OnceCell<Arc<Packed>>>;

/// What was packed, and what is being packed.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// Locked to find a cell, never while it is filled.
    cells: Mutex<BTreeMap<Key, (Option<Stamp>, Cell)>>,
}

impl Shelf {
    /// What is there under a key, if it is of this stamp; else what `pack` makes of it, on a thread
    /// of its own. Who asks at the same time gets the same. A closed tab ends its request, but not
    /// the packing: the next one finds it done.
    pub(super) async fn get(
        &self,
        key: Key,
        stamp: Option<Stamp>,
        pack: impl FnOnce() -> Result<Packed, Fault> + Send + 'static,
    ) -> Result<Arc<Packed>, Fault> {
        let cell = self.cell(key, stamp);
        if let Some(packed) = cell.get() {
            return Ok(packed.clone());
        }
        let fill = async move {
            let pack = || async {
                let packed = task::spawn_blocking(pack).await;
                Ok(Arc::new(packed.map_err(failed)??))
            };
            cell.get_or_try_init(pack).await.cloned()
        };
        task::spawn(fill).await.map_err(failed)?
    }

    fn cell(&self, key: Key, stamp: Option<Stamp>) -> Cell {
        // Nothing that could fail happens under the lock: what it holds is whole even so.
        let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, cell)) = cells.get(&key).filter(|(of, _)| *of == stamp) {
            return cell.clone();
        }
        if cells.len() >= KEPT && !cells.contains_key(&key) {
            cells.clear();
        }
        let cell = Cell::default();
        cells.insert(key, (stamp, cell.clone()));
        cell
    }
}

fn failed(error: task::JoinError) -> Fault {
    Fault::Failed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Fault, Key, Packed, Shelf};
    use crate::serve::squeeze::Squeezed;
    use std::{
        sync::{Arc, mpsc},
        time::Duration,
    };
    use tokio::{runtime::Runtime, time::timeout};
    use trading::timeframe::Timeframe;

    const SOON: Duration = Duration::from_secs(20);

    fn key(symbol: &str) -> Key {
        (symbol.to_owned(), Timeframe::H1)
    }

    fn packed(tag: &str) -> Result<Packed, Fault> {
        Ok(Packed {
            tag: tag.to_owned(),
            content: Squeezed {
                plain: Vec::new().into(),
                brotli: None,
                gzip: None,
            },
        })
    }

    /// A request for a history whose packing lasts until something is sent, and has begun.
    fn begin(shelf: &Arc<Shelf>) -> (tokio::task::JoinHandle<()>, mpsc::Sender<()>) {
        let (go, wait) = mpsc::channel();
        let (say, begun) = mpsc::channel();
        let shelf = shelf.clone();
        let request = tokio::spawn(async move {
            let slow = move || {
                say.send(()).unwrap();
                wait.recv().unwrap();
                packed("slow")
            };
            shelf.get(key("SLOW"), None, slow).await.unwrap();
        });
        begun.recv_timeout(SOON).unwrap();
        (request, go)
    }

    #[test]
    fn one_that_is_packed_waits_for_no_other() {
        let runtime = Runtime::new().unwrap();
        runtime.block_on(async {
            let shelf = Arc::new(Shelf::default());
            let (request, go) = begin(&shelf);
            let other = shelf.get(key("OTHER"), None, || packed("other"));
            let other = timeout(SOON, other).await.unwrap().unwrap();
            assert_eq!(other.tag, "other");
            go.send(()).unwrap();
            request.await.unwrap();
        });
    }

    #[test]
    fn who_goes_away_leaves_what_was_packed() {
        let runtime = Runtime::new().unwrap();
        runtime.block_on(async {
            let shelf = Arc::new(Shelf::default());
            let (request, go) = begin(&shelf);
            request.abort();
            assert!(request.await.unwrap_err().is_cancelled());
            go.send(()).unwrap();
            let again = shelf.get(key("SLOW"), None, || packed("again"));
            assert_eq!(timeout(SOON, again).await.unwrap().unwrap().tag, "slow");
        });
    }

    #[test]
    fn a_fault_is_not_kept_and_a_changed_file_is_packed_anew() {
        let runtime = Runtime::new().unwrap();
        runtime.block_on(async {
            let shelf = Shelf::default();
            let fault = shelf.get(key("A"), None, || Err(Fault::Missing)).await;
            assert_eq!(fault.unwrap_err(), Fault::Missing);
            let tag = async |stamp, tag: &'static str| {
                let got = shelf.get(key("A"), stamp, move || packed(tag)).await;
                got.unwrap().tag.clone()
            };
            assert_eq!(tag(None, "first").await, "first");
            assert_eq!(tag(None, "second").await, "first");
            let stamp = Some((std::time::SystemTime::UNIX_EPOCH, 1));
            assert_eq!(tag(stamp, "third").await, "third");
        });
    }
}
