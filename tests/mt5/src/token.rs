//! MQL5 and C++ alike as a row of tokens, for the translation (`build.rs`) and the source check.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Blanks and comments.
    Blank,
    /// A name or keyword.
    Name,
    /// A number.
    Number,
    /// A text or letter in quotes.
    Text,
    /// `#` and the rest of its line.
    Directive,
    /// Anything else: one mark, or two that belong together (`->`, `::`, `&&`, `[[`).
    Mark,
}

/// A token and where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub text: &'a str,
    /// Its line, from 1.
    pub line: usize,
}

/// Marks of two letters that are one token.
const PAIRS: [&str; 20] = [
    "->", "::", "&&", "||", "<<", ">>", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "|=",
    "&=", "^=", "++", "--",
];

/// All tokens; their texts in a row are the source.
pub fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut line = 1;
    while at < source.len() {
        let rest = &source[at..];
        let (kind, length) = first(rest);
        let text = &rest[..length];
        found.push(Token { kind, text, line });
        line += text.matches('\n').count();
        at += length;
    }
    found
}

/// Kind and length of the first token.
fn first(rest: &str) -> (Kind, usize) {
    let letter = rest.chars().next().unwrap_or(' ');
    let run = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
    if letter.is_whitespace() {
        return (Kind::Blank, run(char::is_whitespace));
    }
    if rest.starts_with("//") {
        return (Kind::Blank, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (
            Kind::Blank,
            rest.find("*/").map_or(rest.len(), |end| end + 2),
        );
    }
    if letter == '#' {
        return (Kind::Directive, rest.find('\n').unwrap_or(rest.len()));
    }
    if letter == '"' || letter == '\'' {
        return (Kind::Text, quoted(rest, letter));
    }
    if letter.is_ascii_digit() {
        return (Kind::Number, run(|c| c.is_ascii_alphanumeric() || c == '.'));
    }
    if letter.is_alphabetic() || letter == '_' {
        return (Kind::Name, run(|c| c.is_alphanumeric() || c == '_'));
    }
    let pair = PAIRS.iter().find(|pair| rest.starts_with(**pair));
    (
        Kind::Mark,
        pair.map_or(letter.len_utf8(), |pair| pair.len()),
    )
}

/// The length of a text in quotes, or up to the line's end where it is not closed.
fn quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            '\n' => return at,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return at + letter.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}
