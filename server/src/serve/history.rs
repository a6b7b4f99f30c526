//! Price history for the browser: what there is, and its bars in the bytes of `protocol::bars`.

use super::{
    Context,
    packed::{Fault, Packed, Shelf, Stamp},
    squeeze::Squeezed,
};
use axum::{
    Json,
    extract::{Path as UrlPath, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};
use history::{
    Store, sample,
    store::{StoreError, check_symbol},
};
use protocol::history::{HistoryEntry, Origin};
use sha2::{Digest, Sha256};
use std::{
    io::{self, Write},
    path::PathBuf,
    sync::{Arc, LazyLock},
};
use trading::{bar::Bars, time::Time, timeframe::Timeframe};

/// Brotli's middle: half a megabyte takes a tenth of a second, and is done once.
const EFFORT: i32 = 6;

/// The imported and the shipped histories.
#[derive(Debug)]
pub(super) struct Histories {
    root: PathBuf,
    shelf: Shelf,
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing { .. } | StoreError::BadSymbol(_) => Self::Missing,
            other => Self::Failed(other.to_string()),
        }
    }
}

impl Histories {
    pub(super) fn new(root: PathBuf) -> Self {
        Self {
            root,
            shelf: Shelf::default(),
        }
    }

    fn list(&self) -> Result<Vec<HistoryEntry>, Fault> {
        let mut all = Vec::new();
        if self.root.is_dir() {
            all.extend(
                Store::open(&self.root)?
                    .list()?
                    .into_iter()
                    .map(|entry| HistoryEntry {
                        symbol: entry.symbol,
                        timeframe: entry.timeframe,
                        bars: entry.bars,
                        first: entry.first,
                        last: entry.last,
                        origin: Origin::Imported,
                    }),
            );
        }
        // An imported history stands in the place of a shipped one.
        let is_there = |one: &HistoryEntry| {
            all.iter()
                .any(|it: &HistoryEntry| it.symbol == one.symbol && it.timeframe == one.timeframe)
        };
        let shipped: Vec<_> = SHIPPED
            .iter()
            .filter(|one| !is_there(one))
            .cloned()
            .collect();
        all.extend(shipped);
        all.sort_by(|a, b| (&a.symbol, a.timeframe).cmp(&(&b.symbol, b.timeframe)));
        Ok(all)
    }

    /// The bars of one, imported or shipped; nothing where there is none. Reads from disk: not to be
    /// called where others wait.
    pub(super) fn bars(&self, symbol: &str, timeframe: Timeframe) -> Result<Option<Bars>, String> {
        if check_symbol(symbol).is_err() {
            return Ok(None);
        }
        let is_imported = self.stamp(symbol, timeframe).is_some();
        match read(self.root.clone(), symbol, timeframe, is_imported) {
            Ok(bars) => Ok(Some(bars)),
            Err(Fault::Missing) => Ok(None),
            Err(Fault::Failed(why)) => Err(why),
        }
    }

    fn stamp(&self, symbol: &str, timeframe: Timeframe) -> Option<Stamp> {
        let path = self.root.join(symbol).join(format!("{timeframe}.parquet"));
        let file = path.metadata().ok()?;
        Some((file.modified().ok()?, file.len()))
    }

    async fn packed(&self, symbol: String, timeframe: Timeframe) -> Result<Arc<Packed>, Fault> {
        check_symbol(&symbol).map_err(|_| Fault::Missing)?;
        let stamp = self.stamp(&symbol, timeframe);
        // What is not there takes no place on the shelf: asking for it would clear away the rest.
        if stamp.is_none() && !is_shipped(&symbol, timeframe) {
            return Err(Fault::Missing);
        }
        let (root, key) = (self.root.clone(), (symbol.clone(), timeframe));
        let work = move || pack(&read(root, &symbol, timeframe, stamp.is_some())?);
        self.shelf.get(key, stamp, work).await
    }
}

/// The histories inside the program, looked at once.
static SHIPPED: LazyLock<Vec<HistoryEntry>> = LazyLock::new(|| {
    let entry = |name: &str| {
        let bars = sample::bars(name)?.ok()?;
        Some(HistoryEntry {
            symbol: name.to_owned(),
            timeframe: Timeframe::H1,
            bars: bars.len() as u64,
            first: bars.time.first().copied().map(Time),
            last: bars.time.last().copied().map(Time),
            origin: Origin::Shipped,
        })
    };
    sample::NAMES.into_iter().filter_map(entry).collect()
});

fn is_shipped(symbol: &str, timeframe: Timeframe) -> bool {
    timeframe == Timeframe::H1 && sample::NAMES.contains(&symbol)
}

fn read(root: PathBuf, symbol: &str, timeframe: Timeframe, imported: bool) -> Result<Bars, Fault> {
    if imported {
        return Ok(Store::open(root)?.read(symbol, timeframe)?);
    }
    let shipped = if is_shipped(symbol, timeframe) {
        sample::bars(symbol)
    } else {
        None
    };
    shipped
        .ok_or(Fault::Missing)?
        .map_err(|fault| Fault::Failed(fault.to_string()))
}

fn pack(bars: &Bars) -> Result<Packed, Fault> {
    let plain = protocol::bars::encode(bars);
    let failed = |error: io::Error| Fault::Failed(error.to_string());
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: EFFORT,
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut plain.as_slice(), &mut packed, &parameters).map_err(failed)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&plain).map_err(failed)?;
    let gzip = gzip.finish().map_err(failed)?;
    let hash = Sha256::digest(&plain);
    let short: String = hash
        .iter()
        .take(10)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(Packed {
        tag: format!("\"{short}\""),
        content: Squeezed {
            plain: plain.into(),
            brotli: Some(packed.into()),
            gzip: Some(gzip.into()),
        },
    })
}

/// What there is.
pub(super) async fn list(State(context): State<Context>) -> Response {
    let histories = context.histories.clone();
    match tokio::task::spawn_blocking(move || histories.list()).await {
        Ok(Ok(all)) => Json(all).into_response(),
        Ok(Err(Fault::Failed(why))) => failed(&why),
        Ok(Err(Fault::Missing)) => missing(),
        Err(error) => failed(&error.to_string()),
    }
}

/// The bars of one.
pub(super) async fn bars(
    State(context): State<Context>,
    UrlPath((symbol, timeframe)): UrlPath<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Ok(timeframe) = timeframe.parse() else {
        return missing();
    };
    match context.histories.packed(symbol, timeframe).await {
        Ok(packed) => {
            let mut response = packed.content.answer(&headers, &packed.tag);
            let kind = HeaderValue::from_static("application/octet-stream");
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
            // Kept by the browser, but asked about: an import may change it.
            let again = HeaderValue::from_static("public, no-cache");
            response.headers_mut().insert(header::CACHE_CONTROL, again);
            response
        }
        Err(Fault::Missing) => missing(),
        Err(Fault::Failed(why)) => failed(&why),
    }
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, "there is no such history\n").into_response()
}

fn failed(why: &str) -> Response {
    tracing::error!(why, "a history could not be read");
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        "the history could not be read; the log says why\n",
    )
        .into_response()
}
