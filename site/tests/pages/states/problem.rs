//! The pages for what went wrong.

use super::Setting;
use site::problem;

impl Setting<'_> {
    pub(super) fn problems(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((name.to_owned(), html));
        let reference = self.text("7f3a-19c2");
        let path = "/account";
        add("not-found", problem::not_found(&self.stranger(path)));
        add("forbidden", problem::forbidden(&self.trader(path)));
        add(
            "forbidden-stranger",
            problem::forbidden(&self.stranger(path)),
        );
        add("failed", problem::failed(&self.trader(path), &reference));
        add("busy", problem::busy(&self.trader("/reports?by=week")));
        add("away", problem::away(&self.stranger(path), &reference));
    }
}
