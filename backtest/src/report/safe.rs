//! Text from outside, made harmless.

use std::borrow::Cow;

/// Whether a character could change how the text around it is shown: control characters (a terminal
/// obeys them) and those that turn the direction of writing.
fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text on one line, each hostile character replaced by a visible mark.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.contains(is_hostile) {
        let mark = |c: char| match c {
            '\n' | '\t' => ' ',
            c if is_hostile(c) => '\u{FFFD}',
            c => c,
        };
        Cow::Owned(text.chars().map(mark).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The text as HTML shows it, in content and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_controls_lose_their_power() {
        assert_eq!(escape("<script>\"&'"), "&lt;script&gt;&quot;&amp;&#39;");
        assert_eq!(clean("a\u{1b}[2Jb\nc"), "a\u{FFFD}[2Jb c");
        assert_eq!(clean("x\u{202E}y"), "x\u{FFFD}y");
        assert!(matches!(clean("Emas ▲ 黄金"), Cow::Borrowed(_)));
    }
}
