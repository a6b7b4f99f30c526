//! Names of symbols that are safe as names of folders.

/// The name of a symbol cannot be that of a folder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct BadSymbol(pub String);

const MAX_LEN: usize = 32;

/// Names that Windows keeps for devices, whatever follows a dot.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// Checks that `symbol` can be the name of a folder on every system, and leads nowhere else.
pub fn check_symbol(symbol: &str) -> Result<(), BadSymbol> {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"._#-+".contains(&b);
    let stem = symbol
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let numbered = |device| {
        stem.strip_prefix(device)
            .is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
    };
    let device = DEVICES.contains(&stem.as_str()) || numbered("COM") || numbered("LPT");
    let good = (1..=MAX_LEN).contains(&symbol.len())
        && symbol.bytes().all(allowed)
        && !symbol.starts_with(['.', '-', '+'])
        && !symbol.ends_with('.')
        && !device;
    if good {
        Ok(())
    } else {
        Err(BadSymbol(symbol.chars().take(2 * MAX_LEN).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_brokers_pass_and_paths_do_not() {
        for good in [
            "XAUUSD", "EURUSD.r", "#US30", "BTC-USD", "GOLD+", "a_b", "US500", "CONS",
        ] {
            assert_eq!(check_symbol(good), Ok(()), "{good}");
        }
        let long = "A".repeat(33);
        for bad in [
            "",
            ".",
            "..",
            "../x",
            "a/b",
            "a\\b",
            "/etc",
            "C:",
            "a b",
            "é",
            "nul",
            "COM1.x",
            "x.",
            ".hidden",
            "-x",
            "a\0",
            long.as_str(),
        ] {
            assert!(check_symbol(bad).is_err(), "{bad:?}");
        }
    }
}
