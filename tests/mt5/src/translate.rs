//! MQL5 to C++, token by token: only where the two languages write the same thing differently.
//!
//! | MQL5 | C++ |
//! |---|---|
//! | `#property ...`, `input group "..."` | nothing |
//! | `input T name = value;` | `T name;`, read with `mql_input<T>("name", value)` whenever the EA is put on a chart |
//! | `T name[]`, `T &name[]` | `mql_array<T> name`, `mql_array<T> &name` |
//! | `T name[3]` | `mql_fixed<T, 3> name` |
//! | `#include <Phoenix/X.mqh>` | the same: the translated file lies at that path |

use crate::token::{Kind, Token, tokens};

/// Names before which `name[...]` is no declaration.
const NO_TYPES: [&str; 5] = ["return", "case", "else", "delete", "goto"];

/// The C++ of an MQL5 source; `path` is what the compiler's messages name.
pub fn translate(source: &str, path: &str) -> String {
    let tokens = tokens(source);
    let mut out = format!("#line 1 \"{path}\"\n");
    let mut at = 0;
    while at < tokens.len() {
        let token = tokens[at];
        if token.kind == Kind::Directive && token.text.starts_with("#property") {
            at += 1;
        } else if token.text == "input" && token.kind == Kind::Name {
            at = input(&tokens, at, &mut out);
        } else if let Some(next) = array(&tokens, at, &mut out) {
            at = next;
        } else {
            out.push_str(token.text);
            at += 1;
        }
    }
    out
}

/// The next token that is no blank, from `at` on.
fn solid(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    (at..tokens.len()).find(|i| tokens[*i].kind != Kind::Blank)
}

fn text_of(tokens: &[Token<'_>], range: std::ops::Range<usize>) -> String {
    tokens[range].iter().map(|token| token.text).collect()
}

/// An input's declaration; returns the place behind it.
fn input(tokens: &[Token<'_>], at: usize, out: &mut String) -> usize {
    let end = (at..tokens.len()).find(|i| tokens[*i].text == ";");
    let kind = solid(tokens, at + 1);
    let name = kind.and_then(|kind| solid(tokens, kind + 1));
    let equals = name.and_then(|name| solid(tokens, name + 1));
    let (Some(kind), Some(name), Some(equals), Some(end)) = (kind, name, equals, end) else {
        return tokens.len();
    };
    if tokens[kind].text == "group" {
        // A heading in the list of inputs: the text behind it ends it.
        return name + 1;
    }
    let (kind, name) = (tokens[kind].text, tokens[name].text);
    let value = text_of(tokens, equals + 1..end);
    out.push_str(&format!(
        "{kind} {name}; static const bool {name}_is_known = \
         mql_know([]() {{ {name} = mql_input<{kind}>(\"{name}\", {}); }});",
        value.trim()
    ));
    end + 1
}

/// An array's declaration that begins at `at`; returns the place behind its brackets.
fn array(tokens: &[Token<'_>], at: usize, out: &mut String) -> Option<usize> {
    let kind = tokens[at];
    if kind.kind != Kind::Name || NO_TYPES.contains(&kind.text) {
        return None;
    }
    let mut next = solid(tokens, at + 1)?;
    let is_reference = tokens[next].text == "&";
    if is_reference {
        next = solid(tokens, next + 1)?;
    }
    let name = tokens[next];
    let open = solid(tokens, next + 1)?;
    if name.kind != Kind::Name || tokens[open].text != "[" {
        return None;
    }
    let close = (open..tokens.len()).find(|i| tokens[*i].text == "]")?;
    let size = text_of(tokens, open + 1..close);
    let size = size.trim();
    if is_reference && !size.is_empty() {
        // `left & right[place]`: a sum of bits, no declaration.
        return None;
    }
    let mark = if is_reference { "&" } else { "" };
    let (kind, name) = (kind.text, name.text);
    out.push_str(&if size.is_empty() {
        format!("mql_array<{kind}> {mark}{name}")
    } else {
        format!("mql_fixed<{kind}, {size}> {name}")
    });
    Some(close + 1)
}
