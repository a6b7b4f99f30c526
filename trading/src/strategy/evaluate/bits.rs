//! One truth value a bar, 64 to a word.

/// A column of truth values. Bits beyond its length are zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// All false.
    pub fn zeros(len: usize) -> Self {
        Self {
            words: vec![0; len.div_ceil(64)],
            len,
        }
    }

    /// All true.
    pub fn ones(len: usize) -> Self {
        let mut bits = Self {
            words: vec![u64::MAX; len.div_ceil(64)],
            len,
        };
        bits.trim();
        bits
    }

    /// Number of bars.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no bar.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The words; bar `i` is bit `i % 64` of word `i / 64`.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// The words, to be written; bits beyond the length must stay zero.
    pub fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words
    }

    /// Whether bar `index` is set.
    #[inline]
    pub fn get(&self, index: usize) -> bool {
        self.words[index / 64] >> (index % 64) & 1 == 1
    }

    /// Sets bar `index`.
    pub fn set(&mut self, index: usize, value: bool) {
        let mask = 1 << (index % 64);
        if value {
            self.words[index / 64] |= mask;
        } else {
            self.words[index / 64] &= !mask;
        }
    }

    /// How many bars are set.
    pub fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Keeps what is set in both.
    pub fn and(&mut self, other: &Self) {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a &= b;
        }
    }

    /// Adds what is set in the other.
    pub fn or(&mut self, other: &Self) {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a |= b;
        }
    }

    /// Turns every bar over.
    pub fn not(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        self.trim();
    }

    /// What was true `by` bars ago; false at the first `by` bars.
    #[must_use]
    pub fn delayed(&self, by: usize) -> Self {
        let mut out = Self::zeros(self.len);
        let (skip, shift) = (by / 64, by % 64);
        for i in skip..self.words.len() {
            let low = self.words[i - skip] << shift;
            let carry = match (shift, i.checked_sub(skip + 1)) {
                (1.., Some(before)) => self.words[before] >> (64 - shift),
                _ => 0,
            };
            out.words[i] = low | carry;
        }
        out.trim();
        out
    }

    /// Clears all bars before `index`.
    pub fn clear_before(&mut self, index: usize) {
        let whole = (index / 64).min(self.words.len());
        self.words[..whole].fill(0);
        if let Some(word) = self.words.get_mut(whole) {
            *word &= u64::MAX << (index % 64);
        }
    }

    /// The first set bar at or after `from`.
    #[inline]
    pub fn next(&self, from: usize) -> Option<usize> {
        let mut at = from / 64;
        let mut word = self.words.get(at)? & (u64::MAX << (from % 64));
        while word == 0 {
            at += 1;
            word = *self.words.get(at)?;
        }
        Some(at * 64 + word.trailing_zeros() as usize)
    }

    fn trim(&mut self) {
        if !self.len.is_multiple_of(64)
            && let Some(last) = self.words.last_mut()
        {
            *last &= u64::MAX >> (64 - self.len % 64);
        }
    }
}

impl FromIterator<bool> for Bits {
    fn from_iter<I: IntoIterator<Item = bool>>(values: I) -> Self {
        let mut bits = Self::default();
        for value in values {
            if bits.len.is_multiple_of(64) {
                bits.words.push(0);
            }
            bits.len += 1;
            bits.set(bits.len - 1, value);
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn delay_clear_and_next_agree_with_a_plain_list(
            list in proptest::collection::vec(any::<bool>(), 0..300),
            by in 0usize..200,
            from in 0usize..320,
        ) {
            let bits: Bits = list.iter().copied().collect();
            let delayed = bits.delayed(by);
            for i in 0..list.len() {
                prop_assert_eq!(delayed.get(i), i >= by && list[i - by]);
            }
            let mut cleared = bits.clone();
            cleared.clear_before(from);
            prop_assert_eq!(cleared.count(), list.iter().skip(from).filter(|x| **x).count());
            let next = (from..list.len()).find(|i| list[*i]);
            prop_assert_eq!(bits.next(from), next);
            let mut turned = bits.clone();
            turned.not();
            prop_assert_eq!(turned.count(), list.len() - bits.count());
        }
    }
}
