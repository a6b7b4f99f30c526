//! Random bytes from the operating system, and from nowhere else.

use zeroize::Zeroizing;

/// The system gave no random bytes. Nothing secret may be made then; it is our fault, not the
/// user's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no random bytes")]
pub struct NoRandomness;

/// Fills all of it with random bytes fit for keys.
pub fn fill(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    getrandom::fill(bytes).map_err(|_| NoRandomness)
}

/// `N` random bytes fit for keys.
pub fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, NoRandomness> {
    let mut bytes = Zeroizing::new([0; N]);
    fill(bytes.as_mut_slice())?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::random;

    #[test]
    fn every_byte_is_filled_and_no_two_are_alike() {
        let many: Vec<_> = (0..64).filter_map(|_| random::<32>().ok()).collect();
        assert_eq!(many.len(), 64);
        // A byte that stays nought in all of 64 draws was not filled: chance is 256^-64.
        assert!((0..32).all(|i| many.iter().any(|bytes| bytes[i] != 0)));
        let mut sorted: Vec<_> = many.iter().map(|bytes| **bytes).collect();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), 64);
    }
}
