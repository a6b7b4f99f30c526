//! "Did you mean ...?", and how faults quote a document.

/// Names longer than this are not compared: nobody mistypes them.
const LONGEST: usize = 64;

/// The candidate nearest to `word`, if one is near enough to be what was meant.
pub(super) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let folded = fold(word);
    if folded.is_empty() || folded.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other = fold(candidate);
        if other.len() > LONGEST {
            continue;
        }
        let distance = distance(&folded, &other);
        // A third of the letters may differ, and at least one must agree.
        let allowed = (folded.len().max(other.len()) / 3).max(1);
        let is_near = distance <= allowed && distance < other.len();
        if is_near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.to_owned())
}

/// Without case and with one kind of separator: `stopLoss` and `stop-loss` are near `stop_loss`.
fn fold(word: &str) -> Vec<char> {
    word.chars()
        .take(LONGEST + 1)
        .map(|c| match c {
            '-' | ' ' => '_',
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

/// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut before = vec![0; width];
    let mut above: Vec<usize> = (0..width).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1; width];
        for (j, y) in b.iter().enumerate() {
            let mut least = (above[j] + usize::from(x != y))
                .min(above[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

/// A text from a document, short enough for a message.
pub(super) fn cut(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// A number as JSON writes it, whatever the language: it is compared with the document's text.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    if size >= 1e15 || (size > 0.0 && size < 1e-9) {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn typing_errors_find_their_word() {
        let words = ["stop_loss", "take_profit", "above", "below", "macd", "atr"];
        for (typed, meant) in [
            ("stoploss", "stop_loss"),
            ("stop-loss", "stop_loss"),
            ("StopLoss", "stop_loss"),
            ("take_proift", "take_profit"),
            ("abvoe", "above"),
            ("MACD", "macd"),
            ("art", "atr"),
        ] {
            assert_eq!(nearest(typed, words).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn strange_words_find_nothing() {
        for typed in ["", "x", "banana", &"a".repeat(1_000_000)] {
            assert_eq!(nearest(typed, ["stop_loss", "above"]), None);
        }
    }
}
