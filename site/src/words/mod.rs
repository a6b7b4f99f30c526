//! Everything the pages say, in both languages side by side: a sentence that lacks one does not
//! compile.

pub(crate) mod account;
pub(crate) mod action;
pub(crate) mod admin;
pub(crate) mod agent;
pub(crate) mod amount;
pub(crate) mod billing;
pub(crate) mod command;
pub(crate) mod device;
pub(crate) mod download;
pub(crate) mod entry;
pub(crate) mod fault;
pub(crate) mod frame;
pub(crate) mod job;
pub(crate) mod live;
pub(crate) mod notice;
pub(crate) mod notification;
pub(crate) mod number;
pub(crate) mod operator;
pub(crate) mod problem;
pub(crate) mod quota;
pub(crate) mod report;
pub(crate) mod retire;
pub(crate) mod strategy;
pub(crate) mod time;
pub(crate) mod two_factor;

pub(crate) use trading::indicator::Text;

/// English and Indonesian.
pub(crate) const fn text(en: &'static str, id: &'static str) -> Text {
    Text { en, id }
}

/// The sentence with the values in the places of its `{}`, in order.
pub(crate) fn fill(text: &str, values: &[&str]) -> String {
    let mut parts = text.split("{}");
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut values = values.iter();
    for part in parts {
        out.push_str(values.next().copied().unwrap_or_default());
        out.push_str(part);
    }
    out
}

/// Sentences, one after another.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $en:literal, $id:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: crate::words::Text = crate::words::text($en, $id);)*
    };
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_take_their_places() {
        assert_eq!(fill("{} of {}.", &["1", "2"]), "1 of 2.");
        assert_eq!(fill("none", &["1"]), "none");
        assert_eq!(fill("{}{}", &["{}"]), "{}");
    }
}
