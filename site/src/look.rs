//! For whom a page is made, and how it is to look.

use crate::{
    Around,
    words::{Text, fill},
};
use trading::language::Language;

/// For whom a page is made, and how it is to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The language of every word on it.
    pub language: Language,
    /// The colours: `dark`, `light` or `system`.
    pub theme: String,
    /// The URL of the style sheet.
    pub style: String,
    /// The URL of the icon.
    pub icon: String,
    /// Path and query of this page, to which the choice of a language or theme comes back. It is to
    /// be one that can be asked for by GET.
    pub path: String,
    /// Who is signed in.
    pub who: Option<Who>,
    /// What stands around every page for the moment.
    pub around: Around,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The address of the account.
    pub email: String,
    /// Whether there is a way to the administration.
    pub is_staff: bool,
}

impl Look {
    /// The sentence in the language of the page.
    pub(crate) const fn say(&self, text: Text) -> &'static str {
        self.language.text(text)
    }

    /// The same with something put in the place of each `{}`.
    pub(crate) fn with(&self, text: Text, values: &[&str]) -> String {
        fill(self.say(text), values)
    }

    /// Whether this page is at the path or below it.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        self.path
            .strip_prefix(path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }
}

#[cfg(test)]
mod tests {
    use super::Look;
    use trading::language::Language;

    #[test]
    fn a_page_is_at_its_path_and_those_above() {
        let at = |path: &str, above: &str| {
            let look = Look {
                language: Language::En,
                theme: String::new(),
                style: String::new(),
                icon: String::new(),
                path: path.to_owned(),
                who: None,
                around: super::Around::default(),
            };
            look.is_at(above)
        };
        assert!(at("/account", "/account"));
        assert!(at("/account/two-factor", "/account"));
        assert!(at("/account?notice=x", "/account"));
        assert!(!at("/accounting", "/account"));
        assert!(!at("/", "/account"));
    }
}
