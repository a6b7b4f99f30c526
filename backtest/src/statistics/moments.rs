//! Mean and sample standard deviation of a stream, without keeping it.

/// Count, mean and spread of the numbers pushed so far.
///
/// Sums are taken of the distance to the first number. Equal numbers thus have a spread of exactly
/// zero, and large numbers that lie close together do not cancel each other out, at two additions
/// and one multiplication per number (Welford's method would need a division).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    count: u32,
    first: f64,
    sum: f64,
    squares: f64,
}

impl Moments {
    /// Adds a number.
    #[inline]
    pub fn push(&mut self, value: f64) {
        // A select, not a branch: the first number stays where it is.
        self.first = if self.count == 0 { value } else { self.first };
        let distance = value - self.first;
        self.count += 1;
        self.sum += distance;
        self.squares += distance * distance;
    }

    /// How many were pushed.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Their mean. `None` without any.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.first + self.sum / f64::from(self.count))
    }

    /// `sqrt(sum((x - mean)^2) / (n - 1))`. `None` with fewer than two numbers.
    pub fn deviation(&self) -> Option<f64> {
        if self.count < 2 {
            return None;
        }
        let n = f64::from(self.count);
        let squares = self.squares - self.sum * self.sum / n;
        // Rounding can leave a hair below zero.
        let squares = if squares > 0.0 { squares } else { 0.0 };
        Some((squares / (n - 1.0)).sqrt())
    }

    /// `mean / deviation`. `None` with fewer than two numbers, or when they vary by no more than
    /// rounding explains: the quotient of a number and noise says nothing.
    pub fn mean_over_deviation(&self) -> Option<f64> {
        let (mean, deviation) = (self.mean()?, self.deviation()?);
        super::finite((deviation > mean.abs() * 1e-12).then(|| mean / deviation))
    }
}

impl FromIterator<f64> for Moments {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut moments = Self::default();
        for value in values {
            moments.push(value);
        }
        moments
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_hand() {
        let m: Moments = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]
            .into_iter()
            .collect();
        assert_eq!(m.mean(), Some(5.0));
        assert!((m.deviation().unwrap() - (32.0_f64 / 7.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn nothing_one_and_equal() {
        let mut m = Moments::default();
        assert_eq!((m.mean(), m.deviation()), (None, None));
        m.push(0.1);
        assert_eq!((m.mean(), m.deviation()), (Some(0.1), None));
        m.push(0.1);
        assert_eq!(m.deviation(), Some(0.0));
        assert_eq!(m.mean_over_deviation(), None);
    }

    proptest! {
        #[test]
        fn as_in_two_passes(values in prop::collection::vec(-1e6..1e6_f64, 2..200), shift in -1e6..1e6_f64) {
            let values: Vec<f64> = values.iter().map(|v| v + shift).collect();
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
            let m: Moments = values.into_iter().collect();
            prop_assert!((m.mean().unwrap() - mean).abs() <= 1e-9 * mean.abs().max(1.0));
            prop_assert!((m.deviation().unwrap() - variance.sqrt()).abs() <= 1e-6 * variance.sqrt().max(1.0));
        }
    }
}
