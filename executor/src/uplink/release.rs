//! Whether the server offers a newer version of this program.

use protocol::api::text::Label;
use semver::Version;

/// Where it is downloaded, behind the server's address.
const PAGE: &str = "/executors";

/// A newer version, and the page on which it is downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newer {
    /// Its version, such as `1.2.0`.
    pub version: String,
    /// The page's address.
    pub page: String,
}

/// What is offered, if it is newer than this program. What is no version is not.
pub(super) fn newer(server: &str, own: &Label, offered: &Label) -> Option<Newer> {
    let [own, offered] = [own, offered].map(|one| one.as_str().parse::<Version>().ok());
    let version = offered.filter(|offered| own.is_some_and(|own| *offered > own))?;
    Some(Newer {
        version: version.to_string(),
        page: format!("{}{PAGE}", server.trim_end_matches('/')),
    })
}

#[cfg(test)]
mod tests {
    use super::newer;

    fn told(own: &str, offered: &str) -> Option<String> {
        let [own, offered] = [own, offered].map(|text| text.parse().unwrap());
        let newer = newer("https://lab.example.org/", &own, &offered)?;
        assert_eq!(newer.page, "https://lab.example.org/executors");
        Some(newer.version)
    }

    #[test]
    fn only_what_is_newer_is_told() {
        assert_eq!(told("1.9.0", "1.10.0").as_deref(), Some("1.10.0"));
        assert_eq!(told("1.10.0-rc.1", "1.10.0").as_deref(), Some("1.10.0"));
        for (own, offered) in [
            ("1.10.0", "1.10.0"),
            ("1.10.0", "1.9.9"),
            ("1.10.0", "1.10.0-rc.1"),
            ("1.10.0", "2"),
            ("1.10.0", "new <b>"),
            ("mine", "2.0.0"),
        ] {
            assert_eq!(told(own, offered), None, "{own} {offered}");
        }
    }
}
