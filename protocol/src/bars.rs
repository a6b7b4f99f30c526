//! Bars as few bytes, without losing a bit: how the server hands a history to the browser.
//!
//! ```text
//! "PHXB"  version u8 = 1  price scale u8  volume scale u8  spread scale u8  count u32
//! then seven columns: time, open, high, low, close, tick volume, spread
//! ```
//! Numbers are little-endian. Prices are almost always decimal: where every number of a group is
//! the nearest `f64` to a whole number over 10^scale, those whole numbers are written, as
//! differences from a likely value, in as few bytes as each needs (LEB128 after zigzag). Dividing
//! them again gives the same `f64`, because IEEE division is exact to the last bit. Where a single
//! number is not decimal its whole group is written as it is (scale 255).
//!
//! Likely values: the time step before; the close before (open); the open (high, low, close); the
//! bar before (volume, spread).

use trading::bar::Bars;

const MAGIC: &[u8; 4] = b"PHXB";
const VERSION: u8 = 1;
/// Written instead of a scale where the numbers are written as they are.
const RAW: u8 = 255;
/// The most decimal places that are tried.
const MAX_SCALE: u8 = 8;
/// The least bytes that a bar takes: one for each column.
const LEAST: usize = 7;

/// Why bytes are no bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BarsFault {
    /// They do not begin as bars do.
    #[error("these are not bars in a form that is known here")]
    Unknown,
    /// They end too early, or go on after the end.
    #[error("the bars end too early or too late")]
    Length,
    /// A number in them makes no sense, or a bar does not.
    #[error("the bars are damaged")]
    Damaged,
}

/// Bars to bytes.
pub fn encode(bars: &Bars) -> Vec<u8> {
    let prices = [&bars.open, &bars.high, &bars.low, &bars.close];
    let price = scale_of(&prices);
    let volume = scale_of(&[&bars.tick_volume]);
    let spread = scale_of(&[&bars.spread]);
    let mut out = Vec::with_capacity(12 + bars.len() * 14);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&[VERSION, price, volume, spread]);
    // More bars than this do not fit into a browser.
    let count = u32::try_from(bars.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&count.to_le_bytes());

    let (mut before, mut step) = (0_i64, 0_i64);
    for time in &bars.time {
        let now = time.wrapping_sub(before);
        put(&mut out, now.wrapping_sub(step));
        (before, step) = (*time, now);
    }
    if price == RAW {
        prices.iter().for_each(|column| put_raw(&mut out, column));
    } else {
        let [open, high, low, close] = prices.map(|column| whole(column, price));
        let closes = std::iter::once(0).chain(close.iter().copied());
        put_all(&mut out, &open, closes);
        for column in [&high, &low, &close] {
            put_all(&mut out, column, open.iter().copied());
        }
    }
    for (column, scale) in [(&bars.tick_volume, volume), (&bars.spread, spread)] {
        if scale == RAW {
            put_raw(&mut out, column);
        } else {
            let column = whole(column, scale);
            put_all(
                &mut out,
                &column,
                std::iter::once(0).chain(column.iter().copied()),
            );
        }
    }
    out
}

/// Bytes to bars.
///
/// # Errors
/// When the bytes are not what [`encode`] makes of bars that keep every rule. Never panics, and
/// never takes more than
/// some ten times the memory that the bytes did.
pub fn decode(bytes: &[u8]) -> Result<Bars, BarsFault> {
    let head = bytes.first_chunk::<12>().ok_or(BarsFault::Unknown)?;
    let [
        m0,
        m1,
        m2,
        m3,
        version,
        price,
        volume,
        spread,
        c0,
        c1,
        c2,
        c3,
    ] = *head;
    if [m0, m1, m2, m3] != *MAGIC || version != VERSION {
        return Err(BarsFault::Unknown);
    }
    let scales_known = [price, volume, spread]
        .iter()
        .all(|s| *s <= MAX_SCALE || *s == RAW);
    if !scales_known {
        return Err(BarsFault::Unknown);
    }
    let mut rest = Reader(&bytes[12..]);
    let count = usize::try_from(u32::from_le_bytes([c0, c1, c2, c3])).unwrap_or(usize::MAX);
    // Before any memory is taken for a count that somebody made up.
    if count > rest.0.len() / LEAST {
        return Err(BarsFault::Length);
    }

    let mut time = Vec::with_capacity(count);
    let (mut before, mut step) = (0_i64, 0_i64);
    for _ in 0..count {
        step = step.checked_add(rest.number()?).ok_or(BarsFault::Damaged)?;
        before = before.checked_add(step).ok_or(BarsFault::Damaged)?;
        time.push(before);
    }
    let [open, high, low, close] = if price == RAW {
        [
            rest.raw(count)?,
            rest.raw(count)?,
            rest.raw(count)?,
            rest.raw(count)?,
        ]
    } else {
        rest.prices(count)?.map(|column| over(&column, price))
    };
    let mut last = |scale: u8| {
        if scale == RAW {
            return rest.raw(count);
        }
        let mut column = Vec::with_capacity(count);
        let mut before = 0_i64;
        for _ in 0..count {
            before = before
                .checked_add(rest.number()?)
                .ok_or(BarsFault::Damaged)?;
            column.push(before);
        }
        Ok(over(&column, scale))
    };
    let (tick_volume, spread) = (last(volume)?, last(spread)?);
    if !rest.0.is_empty() {
        return Err(BarsFault::Length);
    }
    let bars = Bars {
        time,
        open,
        high,
        low,
        close,
        tick_volume,
        spread,
    };
    match bars.fault() {
        None => Ok(bars),
        Some(_) => Err(BarsFault::Damaged),
    }
}

/// The fewest decimal places with which every number comes back as it was; [`RAW`] if none do.
fn scale_of(columns: &[&Vec<f64>]) -> u8 {
    let keeps = |scale: u8| {
        let power = power(scale);
        columns.iter().all(|column| {
            column.iter().all(|value| {
                let whole = (value * power).round();
                // Above this not every whole number is an f64.
                whole.abs() < 9e15 && (whole as i64 as f64 / power).to_bits() == value.to_bits()
            })
        })
    };
    (0..=MAX_SCALE).find(|scale| keeps(*scale)).unwrap_or(RAW)
}

fn power(scale: u8) -> f64 {
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8][usize::from(scale.min(MAX_SCALE))]
}

fn whole(column: &[f64], scale: u8) -> Vec<i64> {
    let power = power(scale);
    column
        .iter()
        .map(|value| (value * power).round() as i64)
        .collect()
}

fn over(column: &[i64], scale: u8) -> Vec<f64> {
    let power = power(scale);
    column.iter().map(|value| *value as f64 / power).collect()
}

fn put_all(out: &mut Vec<u8>, column: &[i64], likely: impl Iterator<Item = i64>) {
    for (value, likely) in column.iter().zip(likely) {
        put(out, value.wrapping_sub(likely));
    }
}

fn put_raw(out: &mut Vec<u8>, column: &[f64]) {
    for value in column {
        out.extend_from_slice(&value.to_le_bytes());
    }
}

fn put(out: &mut Vec<u8>, value: i64) {
    let mut rest = ((value << 1) ^ (value >> 63)) as u64;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn number(&mut self) -> Result<i64, BarsFault> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let (first, rest) = self.0.split_first().ok_or(BarsFault::Length)?;
            self.0 = rest;
            value |= u64::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                return Ok((value >> 1) as i64 ^ -((value & 1) as i64));
            }
        }
        Err(BarsFault::Damaged)
    }

    fn raw(&mut self, count: usize) -> Result<Vec<f64>, BarsFault> {
        let len = count.checked_mul(8).ok_or(BarsFault::Length)?;
        let (column, rest) = self.0.split_at_checked(len).ok_or(BarsFault::Length)?;
        self.0 = rest;
        let (cells, _) = column.as_chunks::<8>();
        Ok(cells.iter().map(|cell| f64::from_le_bytes(*cell)).collect())
    }

    /// Open, high, low and close. Each open is written against the close before it, which comes
    /// later in the bytes: so the differences are read first and added up afterwards.
    fn prices(&mut self, count: usize) -> Result<[Vec<i64>; 4], BarsFault> {
        let mut columns: [Vec<i64>; 4] = Default::default();
        for column in &mut columns {
            column.reserve_exact(count);
            for _ in 0..count {
                column.push(self.number()?);
            }
        }
        let [open, high, low, close] = &mut columns;
        let mut before = 0_i64;
        let add = |a: i64, b: &mut i64| -> Result<(), BarsFault> {
            *b = a.checked_add(*b).ok_or(BarsFault::Damaged)?;
            Ok(())
        };
        for bar in 0..count {
            add(before, &mut open[bar])?;
            for column in [&mut *high, &mut *low, &mut *close] {
                add(open[bar], &mut column[bar])?;
            }
            before = close[bar];
        }
        Ok(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::{BarsFault, decode, encode};
    use proptest::prelude::*;
    use trading::{
        bar::{Bar, Bars},
        time::Time,
    };

    fn bars(prices: &[f64]) -> Bars {
        let bar = |(place, price): (usize, &f64)| Bar {
            time: Time(place as i64 * 3_600_000),
            open: *price,
            high: price + 0.5,
            low: price / 2.0,
            close: price * 0.75,
            tick_volume: place as f64,
            spread: 20.0,
        };
        prices.iter().enumerate().map(bar).collect()
    }

    fn same(a: &Bars, b: &Bars) {
        assert_eq!(a, b);
        let bits = |c: &[f64]| c.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&a.open), bits(&b.open));
    }

    #[test]
    fn comes_back_as_it_went() {
        for bars in [
            bars(&[]),
            bars(&[1.0]),
            bars(&[1234.56, 1235.1, 0.01]),
            bars(&[1.0 / 3.0]),
        ] {
            same(&decode(&encode(&bars)).unwrap(), &bars);
        }
    }

    #[test]
    fn decimal_prices_take_few_bytes() {
        let prices: Vec<f64> = (0..1000_i32)
            .map(|i| f64::from(120_000 + i % 90) / 100.0)
            .collect();
        let bars: Bars = bars(&prices)
            .iter()
            .map(|bar| Bar {
                high: bar.open + 0.25,
                low: bar.open,
                close: bar.open,
                ..bar
            })
            .collect();
        assert!(encode(&bars).len() < 1000 * 14, "{}", encode(&bars).len());
    }

    #[test]
    fn hostile_bytes_are_refused() {
        assert_eq!(decode(b""), Err(BarsFault::Unknown));
        assert_eq!(decode(b"PHXB\x02\0\0\0\0\0\0\0"), Err(BarsFault::Unknown));
        assert_eq!(
            decode(b"PHXB\x01\0\0\0\xff\xff\xff\xff"),
            Err(BarsFault::Length)
        );
        let good = encode(&bars(&[1.0, 2.0, 3.0]));
        for end in 0..good.len() {
            assert!(decode(&good[..end]).is_err());
        }
        let mut long = good.clone();
        long.push(0);
        assert_eq!(decode(&long), Err(BarsFault::Length));
    }

    proptest! {
        #[test]
        fn any_prices_come_back(prices in prop::collection::vec(1e-3..1e6_f64, 0..50)) {
            let bars = bars(&prices);
            same(&decode(&encode(&bars)).unwrap(), &bars);
        }

        #[test]
        fn no_bytes_cause_a_panic(head in any::<[u8; 3]>(), count in 0_u32..64, body in prop::collection::vec(any::<u8>(), 0..600)) {
            let mut bytes = b"PHXB\x01".to_vec();
            bytes.extend(head.map(|b| if b > 200 { 255 } else { b % 10 }));
            bytes.extend(count.to_le_bytes());
            bytes.extend(body);
            let _ = decode(&bytes);
        }

        #[test]
        fn a_flipped_byte_causes_no_panic(place in 0_usize..500, flip in 1_u8..) {
            let mut bytes = encode(&bars(&[1.25, 2.5, 1.75, 9.0]));
            let place = place % bytes.len();
            bytes[place] ^= flip;
            let _ = decode(&bytes);
        }
    }
}
