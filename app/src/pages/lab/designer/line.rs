//! In which line of a JSON text a JSON pointer points.

/// The line, from 1, of what `pointer` names, or of the nearest thing above it that is there. The
/// text is one that was read as JSON before; of another the answer is a guess that ends.
pub fn line_of(text: &str, pointer: &str) -> usize {
    let bytes = text.as_bytes();
    let mut best = skip_space(bytes, 0);
    let mut at = best;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let Some((key, value)) = member(text, at, &token) else {
            break;
        };
        (best, at) = (key, value);
    }
    let before = bytes.get(..best).unwrap_or(bytes);
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Where the member `token` of the object or list at `at` begins, and where its value does.
fn member(text: &str, at: usize, token: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let is_object = match bytes.get(at)? {
        b'{' => true,
        b'[' => false,
        _ => return None,
    };
    let mut next = skip_space(bytes, at + 1);
    let mut index = 0_usize;
    loop {
        let start = next;
        if matches!(bytes.get(start)?, b'}' | b']') {
            return None;
        }
        let mut value = start;
        let found = if is_object {
            let end = skip_string(bytes, start);
            let raw = text.get(start..end)?;
            let colon = skip_space(bytes, end);
            value = skip_space(bytes, colon + 1);
            serde_json::from_str::<String>(raw).is_ok_and(|key| key == token)
        } else {
            token.parse() == Ok(index)
        };
        if found {
            return Some((start, value));
        }
        next = skip_space(bytes, skip_value(bytes, value));
        if bytes.get(next) == Some(&b',') {
            next = skip_space(bytes, next + 1);
        }
        // A text that does not move on is no JSON.
        if next <= start {
            return None;
        }
        index += 1;
    }
}

fn skip_space(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

/// Past the string that begins at `from`.
fn skip_string(bytes: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Past the value that begins at `from`, however deep.
fn skip_value(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    let mut depth = 0_usize;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = skip_string(bytes, at);
                if depth == 0 {
                    return at;
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return if depth == 1 { at + 1 } else { at },
            b'}' | b']' => depth -= 1,
            b',' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::line_of;

    const TEXT: &str = "{\n  \"a\": [1,\n    {\"b\": \"x]}\\\"\"},\n    3\n  ],\n  \"c~/\": {\n    \"d\": null\n  }\n}";

    #[test]
    fn pointers_have_lines() {
        for (pointer, line) in [
            ("", 1),
            ("/a", 2),
            ("/a/0", 2),
            ("/a/1", 3),
            ("/a/1/b", 3),
            ("/a/2", 4),
            ("/c~0~1", 6),
            ("/c~0~1/d", 7),
            // What is missing is told where it should be.
            ("/c~0~1/e", 6),
            ("/a/9", 2),
            ("/nothing", 1),
        ] {
            assert_eq!(line_of(TEXT, pointer), line, "{pointer}");
        }
    }

    #[test]
    fn texts_that_are_no_json_end_too() {
        for text in [
            "", "{", "[", "{\"a", "{\"a\":", "[,,", "}", "{a b c", "[[[[", "\"", "{\"a\\",
        ] {
            line_of(text, "/a/0/b");
        }
    }
}
