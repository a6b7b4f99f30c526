//! Fields as bytes, little-endian. Every type that travels says how it is written, how it is read
//! and how few bytes it can take.

use super::key::Nonce;
use std::fmt;
use trading::{bar::Bar, language::Language, symbol::Side, symbol::Symbol};
use trading::{time::Time, timeframe::Timeframe};

/// What is wrong with a body, and at which field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyFault {
    /// The field; empty where it is none in particular.
    pub field: &'static str,
    /// What is wrong.
    pub kind: BodyFaultKind,
}

/// What is wrong with a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyFaultKind {
    /// It ends in the middle of a field, or a list says that it is longer than the rest.
    #[error("it ends too early")]
    Short,
    /// There is something behind the last field.
    #[error("it goes on after its end")]
    Long,
    /// NaN or infinite.
    #[error("that is not a number")]
    NotANumber,
    /// Not one of the values that there are.
    #[error("that value has no meaning")]
    Unknown,
    /// Not UTF-8.
    #[error("that is not text")]
    NotText,
}

impl std::error::Error for BodyFault {}

impl fmt::Display for BodyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field {
            "" => self.kind.fmt(f),
            field => write!(f, "{field}: {}", self.kind),
        }
    }
}

impl BodyFault {
    /// Names the field, unless one within it is named already.
    #[must_use]
    pub fn at(self, field: &'static str) -> Self {
        match self.field {
            "" => Self { field, ..self },
            _ => self,
        }
    }
}

impl From<BodyFaultKind> for BodyFault {
    fn from(kind: BodyFaultKind) -> Self {
        Self { field: "", kind }
    }
}

/// Takes fields in the order in which they are to be read.
#[derive(Debug)]
pub struct Writer {
    bytes: Vec<u8>,
    /// A text or list had more parts than its count can say.
    overflowed: bool,
}

impl Writer {
    /// An empty one with room for some bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(bytes),
            overflowed: false,
        }
    }

    /// Appends bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// All that was written; `None` when a text or list was too long to be written.
    pub fn finish(self) -> Option<Vec<u8>> {
        (!self.overflowed).then_some(self.bytes)
    }

    fn text(&mut self, text: &str) {
        match u16::try_from(text.len()) {
            Ok(len) => {
                self.bytes(&len.to_le_bytes());
                self.bytes(text.as_bytes());
            }
            Err(_) => self.overflowed = true,
        }
    }
}

/// Gives fields in the order in which they were written.
#[derive(Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads from these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// That all was read.
    ///
    /// # Errors
    /// When something is left.
    pub fn end(&self) -> Result<(), BodyFault> {
        match self.0 {
            [] => Ok(()),
            _ => Err(BodyFaultKind::Long.into()),
        }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BodyFault> {
        let (first, rest) = self.0.split_first_chunk().ok_or(BodyFaultKind::Short)?;
        self.0 = rest;
        Ok(*first)
    }

    fn text(&mut self) -> Result<&'a str, BodyFault> {
        let len = usize::from(u16::get(self)?);
        let (first, rest) = self.0.split_at_checked(len).ok_or(BodyFaultKind::Short)?;
        self.0 = rest;
        Ok(std::str::from_utf8(first).map_err(|_| BodyFaultKind::NotText)?)
    }
}

/// A type that travels.
pub trait Wire: Sized {
    /// The fewest bytes that it can take. A list that says it has more items than that leaves room
    /// for is refused before memory is taken for it.
    const LEAST: usize;
    /// Writes it.
    fn put(&self, out: &mut Writer);
    /// Reads it.
    ///
    /// # Errors
    /// When the bytes are not what `put` writes.
    fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault>;
}

macro_rules! whole {
    ($($number:ty)*) => {$(
        impl Wire for $number {
            const LEAST: usize = size_of::<Self>();
            fn put(&self, out: &mut Writer) {
                out.bytes(&self.to_le_bytes());
            }
            fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault> {
                from.array().map(Self::from_le_bytes)
            }
        }
    )*};
}
whole!(u8 u16 u32 u64 i64);

impl Wire for f64 {
    const LEAST: usize = 8;
    fn put(&self, out: &mut Writer) {
        out.bytes(&self.to_le_bytes());
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault> {
        let number = from.array().map(Self::from_le_bytes)?;
        if number.is_finite() {
            Ok(number)
        } else {
            Err(BodyFaultKind::NotANumber.into())
        }
    }
}

impl Wire for bool {
    const LEAST: usize = 1;
    fn put(&self, out: &mut Writer) {
        u8::from(*self).put(out);
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault> {
        match u8::get(from)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(BodyFaultKind::Unknown.into()),
        }
    }
}

impl Wire for String {
    const LEAST: usize = 2;
    fn put(&self, out: &mut Writer) {
        out.text(self);
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault> {
        from.text().map(str::to_owned)
    }
}

impl Wire for Symbol {
    const LEAST: usize = 3;
    fn put(&self, out: &mut Writer) {
        out.text(self.as_str());
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault> {
        let name = from.text()?.parse();
        name.map_err(|_| BodyFaultKind::Unknown.into())
    }
}

impl Wire for Timeframe {
    const LEAST: usize = 4;
    fn put(&self, out: &mut Writer) {
        out.text(self.name());
    }
    /// Its exact name: reading one that a person typed is more forgiving.
    fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault> {
        let name = from.text()?;
        let mut all = Self::ALL.into_iter();
        let found = all.find(|timeframe| timeframe.name() == name);
        found.ok_or(BodyFaultKind::Unknown.into())
    }
}

impl Wire for Nonce {
    const LEAST: usize = 32;
    fn put(&self, out: &mut Writer) {
        out.bytes(&self.0);
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault> {
        from.array().map(Self)
    }
}

impl Wire for Time {
    const LEAST: usize = 8;
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault> {
        i64::get(from).map(Self)
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    const LEAST: usize = A::LEAST + B::LEAST;
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
        self.1.put(out);
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault> {
        Ok((A::get(from)?, B::get(from)?))
    }
}

impl<T: Wire> Wire for Vec<T> {
    const LEAST: usize = 4;
    fn put(&self, out: &mut Writer) {
        match u32::try_from(self.len()) {
            Ok(count) => count.put(out),
            Err(_) => out.overflowed = true,
        }
        self.iter().for_each(|item| item.put(out));
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, BodyFault> {
        let count = usize::try_from(u32::get(from)?).map_err(|_| BodyFaultKind::Short)?;
        // Before any memory is taken for a count that somebody made up.
        if count > from.0.len() / T::LEAST {
            return Err(BodyFaultKind::Short.into());
        }
        let mut items = Self::with_capacity(count);
        for _ in 0..count {
            items.push(T::get(from)?);
        }
        Ok(items)
    }
}

/// An enumeration that travels as a number; others are refused.
macro_rules! choice {
    ($type:ty as $number:ty { $($value:path = $code:literal),+ $(,)? }) => {
        impl $crate::link::wire::Wire for $type {
            const LEAST: usize = size_of::<$number>();
            fn put(&self, out: &mut $crate::link::wire::Writer) {
                let code: $number = match self { $($value => $code),+ };
                $crate::link::wire::Wire::put(&code, out);
            }
            fn get(
                from: &mut $crate::link::wire::Reader<'_>,
            ) -> Result<Self, $crate::link::wire::BodyFault> {
                match <$number as $crate::link::wire::Wire>::get(from)? {
                    $($code => Ok($value),)+
                    _ => Err($crate::link::wire::BodyFaultKind::Unknown.into()),
                }
            }
        }
    };
}
pub(super) use choice;

choice!(Side as u8 { Side::Buy = 0, Side::Sell = 1 });
choice!(Language as u8 { Language::En = 0, Language::Id = 1 });

/// A struct that travels as its fields, in their order.
macro_rules! fields {
    ($type:ty { $($field:ident: $kind:ty),+ $(,)? }) => {
        impl $crate::link::wire::Wire for $type {
            const LEAST: usize = 0 $(+ <$kind as $crate::link::wire::Wire>::LEAST)+;
            fn put(&self, out: &mut $crate::link::wire::Writer) {
                $($crate::link::wire::Wire::put(&self.$field, out);)+
            }
            fn get(
                from: &mut $crate::link::wire::Reader<'_>,
            ) -> Result<Self, $crate::link::wire::BodyFault> {
                Ok(Self {
                    $($field: <$kind as $crate::link::wire::Wire>::get(from)
                        .map_err(|fault| fault.at(stringify!($field)))?,)+
                })
            }
        }
    };
}
pub(super) use fields;

fields!(Bar {
    time: Time,
    open: f64,
    high: f64,
    low: f64,
    close: f64,
    tick_volume: f64,
    spread: f64,
});

/// Declares a struct that travels as its fields.
macro_rules! record {
    ($(#[$about:meta])* pub struct $name:ident {
        $($(#[$doc:meta])* pub $field:ident: $kind:ty,)+
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[$doc])* pub $field: $kind,)+
        }
        $crate::link::wire::fields!($name { $($field: $kind),+ });
    };
}
pub(super) use record;

/// Declares what one side may say: each kind with its number and its body, a type of that name.
macro_rules! messages {
    ($(#[$about:meta])* pub enum $name:ident {
        $($(#[$doc:meta])* $code:literal = $kind:ident,)+
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $($(#[$doc])* $kind($kind),)+
        }
        impl $crate::link::frame::Message for $name {
            fn kind(&self) -> u8 {
                match self { $(Self::$kind(_) => $code),+ }
            }
            fn name(&self) -> &'static str {
                match self { $(Self::$kind(_) => stringify!($kind)),+ }
            }
            fn put(&self, out: &mut $crate::link::wire::Writer) {
                match self { $(Self::$kind(body) => $crate::link::wire::Wire::put(body, out)),+ }
            }
            fn get(
                kind: u8,
                from: &mut $crate::link::wire::Reader<'_>,
            ) -> Option<Result<Self, $crate::link::wire::BodyFault>> {
                let message = match kind {
                    $($code => <$kind as $crate::link::wire::Wire>::get(from).map(Self::$kind),)+
                    _ => return None,
                };
                Some(message)
            }
        }
        $(impl From<$kind> for $name {
            fn from(body: $kind) -> Self {
                Self::$kind(body)
            }
        })+
    };
}
pub(super) use messages;
