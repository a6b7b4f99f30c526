//! What can be opened, and the address that names it.

use protocol::id::StrategyId;
use serde::Serialize;

/// What is open, or is to be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Opened {
    /// One that has no name of its own yet.
    New,
    /// One that the visitor has saved.
    Own(StrategyId),
    /// One that comes with Phoenix, by the name of its file.
    Ready(String),
}

impl Opened {
    /// `?strategy=ID` is one of the visitor's own, `?ready=NAME` one that comes with Phoenix.
    /// `query` gives the value of a key.
    pub fn of_query(query: impl Fn(&str) -> Option<String>) -> Self {
        let own = query("strategy").and_then(|id| id.parse().ok());
        match (own, query("ready")) {
            (Some(id), _) => Self::Own(id),
            (None, Some(slug)) => Self::Ready(slug),
            (None, None) => Self::New,
        }
    }

    /// The address that opens it again.
    pub fn address(&self) -> String {
        match self {
            Self::New => "/".to_owned(),
            Self::Own(id) => format!("/?strategy={id}"),
            Self::Ready(slug) => format!("/?ready={slug}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Opened;

    #[test]
    fn an_address_opens_what_it_was_made_of() {
        let query = |pairs: &[(&str, &str)]| {
            let value = |key: &str| pairs.iter().find(|(name, _)| *name == key);
            Opened::of_query(|key| value(key).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(query(&[]), Opened::New);
        assert_eq!(query(&[("strategy", "no id")]), Opened::New);
        let ready = query(&[("ready", "gold-macd-adx")]);
        assert_eq!(ready.address(), "/?ready=gold-macd-adx");
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let own = query(&[("strategy", id), ("ready", "x")]);
        assert_eq!(own.address(), format!("/?strategy={id}"));
    }
}
