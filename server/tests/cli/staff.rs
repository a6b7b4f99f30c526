//! Whoever works for us: the administrator that the command line makes, signed in.

use crate::{
    browser::{Browser, Outbox, PASSWORD},
    support::Place,
    web::Web,
};
use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

const ROOT: &str = "root@example.com";

/// `phoenix admin create`, with a password on its standard input.
pub(crate) fn create(
    place: &Place,
    home: &Path,
    email: &str,
    password: &str,
) -> (Option<i32>, String) {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("phoenix"))
        .current_dir(place.path(""))
        .args(["admin", "create", "--email", email, "--home"])
        .arg(home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // It may refuse the address before it reads.
    let _ = writeln!(stdin, "{password}");
    drop(stdin);
    let done = child.wait_with_output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    (done.status.code(), String::from_utf8(said).unwrap())
}

/// A server of its own that has an administrator, and what it mails.
pub(crate) fn staffed() -> (Place, Web, Outbox) {
    let place = Place::new();
    let home = place.path("home");
    create(&place, &home, ROOT, PASSWORD);
    let web = Web::start(&place, "");
    let outbox = Outbox::of_file(&home);
    (place, web, outbox)
}

/// The administrator, signed in.
#[track_caller]
pub(crate) fn administrator(web: &Web) -> Browser<'_> {
    let root = Browser::new(web);
    root.sign_in(ROOT, PASSWORD).goes_to("/account");
    root
}

/// The id of an account.
pub(crate) fn id(root: &Browser<'_>, email: &str) -> String {
    let found = root.get(&format!("/admin/users?q={email}"));
    let (_, rest) = found.text().split_once("name=\"id\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}
