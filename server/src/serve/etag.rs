//! Whether who asks has the answer already: `If-None-Match`.

use axum::http::{HeaderMap, header};

/// Whether `If-None-Match` names a tag. Compared weakly (RFC 9110, 13.1.2): whoever packs an answer
/// on its way makes the tag a weak one, and it is the same thing.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let strong = |one: &str| {
        let one = one.trim();
        one.strip_prefix("W/").unwrap_or(one) == tag
    };
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|known| known.trim() == "*" || known.split(',').any(strong))
}

#[cfg(test)]
mod tests {
    use super::is_known;
    use axum::http::{HeaderMap, header};

    fn known(values: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::IF_NONE_MATCH, value.parse().unwrap());
        }
        is_known(&headers, "\"3\"")
    }

    #[test]
    fn weak_tags_are_compared_weakly() {
        for one in ["\"3\"", "W/\"3\"", "\"1\", W/\"3\"", "*", " W/\"3\" "] {
            assert!(known(&[one]), "{one}");
        }
        assert!(known(&["\"1\"", "W/\"3\""]), "the header may stand twice");
        for one in ["", "3", "\"33\"", "W/3", "W/W/\"3\"", "\"1\",\"2\""] {
            assert!(!known(&[one]), "{one}");
        }
        assert!(!known(&[]));
    }
}
