//! Which parameter sets a sweep tests.

use trading::strategy::{document::Range, plan::Plan};

/// A parameter and the values it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Name of the parameter.
    pub parameter: String,
    /// Its values.
    pub values: Vec<f64>,
}

/// The parameter sets of all combinations of axes, the last axis changing fastest.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// The axes.
    pub axes: Vec<Axis>,
    /// One value for each parameter of the plan.
    pub sets: Vec<Vec<f64>>,
}

/// The greatest number of sets in one grid.
const MAX_SETS: usize = 1_000_000;

/// The text or the axes make no grid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AxisError {
    /// Not `name=values`.
    #[error(
        "\"{0}\" is not name=values; write fast=5..24, fast=5..24:2 (steps of 2) or fast=5,8,13"
    )]
    Form(String),
    /// A value is not a number, or the range holds none.
    #[error("\"{0}\" holds no values: write numbers, the first not above the last")]
    Values(String),
    /// The plan has no such parameter.
    #[error("the strategy has no parameter {name}; it has {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// The same parameter twice.
    #[error("parameter {0} is given twice")]
    Twice(String),
    /// Too many combinations.
    #[error("these ranges make {0} parameter sets; at most 1,000,000 are tested at once")]
    TooMany(String),
    /// A combination that the strategy cannot have.
    #[error("{0}")]
    BadValue(String),
}

impl std::str::FromStr for Axis {
    type Err = AxisError;
    /// `fast=5..24`, `fast=5..24:2` or `fast=5,8,13`.
    fn from_str(text: &str) -> Result<Self, AxisError> {
        let short: String = text.chars().take(80).collect();
        let (name, values) = text
            .split_once('=')
            .ok_or_else(|| AxisError::Form(short.clone()))?;
        let number = |text: &str| {
            text.trim()
                .parse::<f64>()
                .ok()
                .filter(|n| n.is_finite())
                .ok_or_else(|| AxisError::Values(short.clone()))
        };
        let values = match values.split_once("..") {
            Some((from, to)) => {
                let (to, step) = to.split_once(':').unwrap_or((to, "1"));
                let range = Range {
                    from: number(from)?,
                    to: number(to)?,
                    step: number(step)?,
                };
                if range.len() > MAX_SETS {
                    return Err(AxisError::TooMany(range.len().to_string()));
                }
                range.values().collect()
            }
            None => values
                .split(',')
                .map(number)
                .collect::<Result<Vec<_>, _>>()?,
        };
        if values.is_empty() || name.trim().is_empty() {
            return Err(AxisError::Values(short));
        }
        Ok(Self {
            parameter: name.trim().to_owned(),
            values,
        })
    }
}

impl Grid {
    /// All combinations of `axes`; parameters without an axis keep the plan's value.
    ///
    /// # Errors
    /// When an axis names no parameter of the plan or one twice, when there are too many
    /// combinations, or when the strategy cannot have one of them.
    pub fn new(plan: &Plan, axes: Vec<Axis>) -> Result<Self, AxisError> {
        let mut places = Vec::new();
        for axis in &axes {
            let place = plan
                .parameters
                .iter()
                .position(|p| p.name == axis.parameter);
            let place = place.ok_or_else(|| AxisError::Unknown {
                name: axis.parameter.clone(),
                known: match plan.parameters.len() {
                    0 => "none".to_owned(),
                    _ => {
                        let names: Vec<&str> =
                            plan.parameters.iter().map(|p| p.name.as_str()).collect();
                        names.join(", ")
                    }
                },
            })?;
            if places.contains(&place) {
                return Err(AxisError::Twice(axis.parameter.clone()));
            }
            places.push(place);
        }
        let count = axes
            .iter()
            .try_fold(1usize, |count, axis| count.checked_mul(axis.values.len()))
            .filter(|count| *count <= MAX_SETS)
            .ok_or_else(|| {
                let lengths: Vec<String> = axes
                    .iter()
                    .map(|axis| axis.values.len().to_string())
                    .collect();
                AxisError::TooMany(lengths.join(" x "))
            })?;
        let defaults = plan.values();
        let mut sets = Vec::with_capacity(count);
        for number in 0..count {
            let mut values = defaults.clone();
            let mut rest = number;
            for (axis, place) in axes.iter().zip(&places).rev() {
                values[*place] = axis.values[rest % axis.values.len()];
                rest /= axis.values.len();
            }
            if let Some(fault) = plan.value_fault(&values) {
                return Err(AxisError::BadValue(fault));
            }
            sets.push(values);
        }
        Ok(Self { axes, sets })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_ways_to_write_an_axis() {
        let axis = |text: &str| text.parse::<Axis>().map(|axis| axis.values);
        assert_eq!(axis("n=2..5"), Ok(vec![2.0, 3.0, 4.0, 5.0]));
        assert_eq!(axis("n=2..5:1.5"), Ok(vec![2.0, 3.5, 5.0]));
        assert_eq!(axis("n=8, 5"), Ok(vec![8.0, 5.0]));
        for bad in [
            "n",
            "n=",
            "n=5..2",
            "n=a..b",
            "n=1..2:0",
            "=1",
            "n=nan",
            "n=0..1e12",
        ] {
            assert!(axis(bad).is_err(), "{bad}");
        }
    }
}
