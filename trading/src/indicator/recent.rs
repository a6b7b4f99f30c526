//! The last n values themselves, for what must be summed anew at each bar in one certain order.

/// A ring of the last n values, written twice so that they always lie side by side.
#[derive(Debug, Clone)]
pub(super) struct Recent<T> {
    twice: Box<[T]>,
    count: usize,
    /// Place of the oldest value, which the next one replaces.
    oldest: usize,
    missing: usize,
}

impl<T: Copy + Default> Recent<T> {
    /// Room for `count` values, at least one.
    pub(super) fn new(count: usize) -> Self {
        Self {
            twice: vec![T::default(); 2 * count].into(),
            count,
            oldest: 0,
            missing: count,
        }
    }

    /// Takes the next value; returns the last n, oldest first, once there are n.
    #[inline(always)]
    pub(super) fn push(&mut self, x: T) -> Option<&[T]> {
        self.twice[self.oldest] = x;
        self.twice[self.oldest + self.count] = x;
        self.oldest += 1;
        if self.oldest == self.count {
            self.oldest = 0;
        }
        if self.missing > 0 {
            self.missing -= 1;
            if self.missing > 0 {
                return None;
            }
        }
        Some(&self.twice[self.oldest..self.oldest + self.count])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_last_values_in_order() {
        let mut recent = Recent::new(3);
        assert_eq!(recent.push(1), None);
        assert_eq!(recent.push(2), None);
        assert_eq!(recent.push(3), Some(&[1, 2, 3][..]));
        assert_eq!(recent.push(4), Some(&[2, 3, 4][..]));
        assert_eq!(recent.push(5), Some(&[3, 4, 5][..]));
        assert_eq!(recent.push(6), Some(&[4, 5, 6][..]));
    }
}
