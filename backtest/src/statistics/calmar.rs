//! Calmar ratio.

/// [CAGR](super::cagr) over the greatest drawdown, both in percent; a plain number.
///
/// Source: T. W. Young (1991), over the whole history, not its last three years. The drawdown is
/// that of equity at bar closes. `None` without a CAGR or when equity never fell.
pub fn calmar(cagr_percent: Option<f64>, max_drawdown_percent: f64) -> Option<f64> {
    let cagr = cagr_percent?;
    super::finite((max_drawdown_percent > 0.0).then(|| cagr / max_drawdown_percent))
}

#[cfg(test)]
mod tests {
    use super::calmar;

    #[test]
    fn quotient_or_nothing() {
        assert_eq!(calmar(Some(10.0), 20.0), Some(0.5));
        assert_eq!(calmar(Some(10.0), 0.0), None);
        assert_eq!(calmar(None, 20.0), None);
    }
}
