//! A hash over numbers, by their bits.

/// FNV-1a, 64 bits: small, well known, and the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Takes bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// Takes a whole number.
    pub fn integer(&mut self, value: i64) {
        self.bytes(&value.to_le_bytes());
    }

    /// Takes a number by its bits. Every NaN counts as one: its sign and payload are the
    /// processor's choice, and nothing reads them. The two zeros stay apart.
    pub fn number(&mut self, value: f64) {
        let value = if value.is_nan() { f64::NAN } else { value };
        self.bytes(&value.to_bits().to_le_bytes());
    }

    /// Takes a column of numbers.
    pub fn numbers(&mut self, values: &[f64]) {
        for value in values {
            self.number(*value);
        }
    }

    /// The hash of all that was taken.
    pub const fn value(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Hash;

    fn hash(values: &[f64]) -> u64 {
        let mut hash = Hash::default();
        hash.numbers(values);
        hash.value()
    }

    #[test]
    fn knows_the_published_values_of_fnv_1a() {
        let mut hash = Hash::default();
        assert_eq!(hash.value(), 0xcbf2_9ce4_8422_2325);
        hash.bytes(b"foobar");
        assert_eq!(hash.value(), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn sees_the_last_bit_and_the_sign_of_zero() {
        assert_ne!(hash(&[1.0]), hash(&[f64::from_bits(1.0_f64.to_bits() + 1)]));
        assert_ne!(hash(&[0.0]), hash(&[-0.0]));
    }

    #[test]
    fn takes_every_nan_for_the_same() {
        assert_eq!(hash(&[f64::NAN]), hash(&[-f64::NAN]));
    }
}
