//! How long is waited before something is tried again.

/// So many milliseconds, and up to a half more by the bits of what is tried, so that not all come
/// back at once. The last bits of an id are random.
pub(crate) const fn spread(pause: i64, bits: u128) -> i64 {
    let jitter = (bits % 1_000) as i64;
    pause + pause / 2 * jitter / 1_000
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn a_pause_is_up_to_a_half_longer() {
        assert_eq!(spread(60_000, 0), 60_000);
        assert_eq!(spread(60_000, 500), 75_000);
        assert_eq!(spread(60_000, 999), 89_970);
        assert_eq!(spread(60_000, u128::MAX), spread(60_000, u128::MAX));
    }
}
