//! What indicators there are and what each one takes and gives.

use super::{Series, Settings};

/// One sentence in the languages that Phoenix speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Indonesian.
    pub id: &'static str,
}

/// An indicator's entry in the catalogue: its words, its parameters and how to build it.
#[derive(Debug)]
pub struct Definition {
    /// Name in a strategy document, such as `macd`.
    pub kind: &'static str,
    /// Name for people, such as `MACD`.
    pub name: &'static str,
    /// What it measures, in one sentence.
    pub summary: Text,
    /// Whether it reads a chosen source or the whole bar.
    pub input: InputKind,
    /// Numeric parameters in the order in which traders write them.
    pub parameters: &'static [Parameter],
    /// Parameters with named values, such as the method. The first value is the default.
    pub choices: &'static [Choice],
    /// Outputs; the first is meant when a document names none.
    pub outputs: &'static [Output],
    /// Where a chart draws it.
    pub placement: Placement,
    /// Builds the state machine.
    pub build: fn(&Settings) -> Box<dyn Series>,
    /// Bars before the first value of its slowest output.
    pub warm_up: fn(&Settings) -> usize,
}

impl PartialEq for Definition {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Definition {
    /// Place of the output `name`.
    pub fn output(&self, name: &str) -> Option<usize> {
        self.outputs.iter().position(|o| o.name == name)
    }
}

/// What an indicator reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// One value a bar: the close unless the document names another source.
    Source,
    /// The bar.
    Bar,
    /// The bar and the calendar day that it belongs to.
    DayBar,
}

/// A numeric parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Name in a document.
    pub name: &'static str,
    /// Whether it counts bars.
    pub kind: ParameterKind,
    /// Value when the document gives none.
    pub default: f64,
    /// Least value allowed.
    pub min: f64,
    /// Greatest value allowed.
    pub max: f64,
}

impl Parameter {
    /// A whole number of bars from `min` to [`super::MAX_PERIOD`].
    pub const fn period(name: &'static str, default: u32, min: u32) -> Self {
        Self {
            name,
            kind: ParameterKind::Period,
            default: default as f64,
            min: min as f64,
            max: super::MAX_PERIOD,
        }
    }

    /// A real number.
    pub const fn real(name: &'static str, default: f64, min: f64, max: f64) -> Self {
        Self {
            name,
            kind: ParameterKind::Real,
            default,
            min,
            max,
        }
    }

    /// Why `value` is not allowed, if it is not.
    pub fn fault(&self, value: f64) -> Option<String> {
        if self.kind == ParameterKind::Period && value.fract() != 0.0 {
            return Some(format!("{} counts bars: use a whole number", self.name));
        }
        // Written so that NaN is a fault too.
        if !(self.min <= value && value <= self.max) {
            return Some(format!(
                "{} must be from {} to {}",
                self.name, self.min, self.max
            ));
        }
        None
    }
}

/// What a numeric parameter counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// A whole number of bars.
    Period,
    /// Any number in range.
    Real,
}

/// A parameter with named values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Name in a document, such as `method`.
    pub name: &'static str,
    /// The values, default first.
    pub values: &'static [ChoiceValue],
}

/// One named value of a [`Choice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChoiceValue {
    /// Name in a document, such as `wilder`.
    pub name: &'static str,
    /// What it means.
    pub summary: Text,
    /// Whether MetaTrader 5 draws this one.
    pub is_mt5: bool,
}

/// One output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Output {
    /// Name in a document, such as `signal`.
    pub name: &'static str,
    /// Name in a sentence, such as "MACD signal".
    pub label: Text,
}

impl Output {
    /// Whether it may lack a value after its first one. By the catalogue's convention these are
    /// the outputs named `..._mark`, which have a value only at the bars that they mark.
    pub fn has_gaps(&self) -> bool {
        self.name.ends_with("_mark")
    }
}

/// Where a chart draws an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// Over the candles, on the price scale.
    Overlay,
    /// In a pane of its own.
    Pane,
}

/// Every indicator, in the order of the files' names.
pub fn all() -> &'static [&'static Definition] {
    super::ALL
}

/// The indicator of this kind.
pub fn find(kind: &str) -> Option<&'static Definition> {
    all().iter().copied().find(|d| d.kind == kind)
}
