//! What traders download.

use crate::{
    browser::{Browser, Outbox},
    machine::Machine,
    support::Place,
    web::Web,
};

#[test]
fn traders_download_the_newest_and_nothing_else() {
    let place = Place::new();
    std::fs::create_dir(place.path("files")).unwrap();
    for name in [
        "phoenix-executor-1.9.0-setup.exe",
        "phoenix-executor-1.10.0-setup.exe",
        "phoenix-ea-1.10.0.zip",
        "secret.txt",
    ] {
        place.write(&format!("files/{name}"), format!("MZ {name}"));
    }
    let web = Web::start(&place, "--downloads files");
    let one = web.get("/download/phoenix-executor-1.10.0-setup.exe", &[]);
    assert_eq!(one.status, 200);
    assert_eq!(one.text(), "MZ phoenix-executor-1.10.0-setup.exe");
    assert_eq!(one.header("content-disposition"), Some("attachment"));
    assert_eq!(one.header("content-length"), Some("36"));
    assert_eq!(one.header("content-type"), Some("application/octet-stream"));
    let tag = one.header("etag").unwrap().to_owned();
    let known = web.get(
        "/download/phoenix-executor-1.10.0-setup.exe",
        &[("if-none-match", &tag)],
    );
    assert_eq!((known.status, known.body.len()), (304, 0));
    for path in [
        "/download/phoenix-executor-1.9.0-setup.exe",
        "/download/secret.txt",
        "/download/..%2fsecret.txt",
        "/download/",
    ] {
        assert_eq!(web.get(path, &[]).status, 404, "{path}");
    }

    let browser = Browser::new(&web);
    browser.join(&Outbox::of_file(&place.path("home")), "ada@example.com");
    let page = browser.get("/executors");
    for told in [
        "href=\"/download/phoenix-executor-1.10.0-setup.exe\"",
        "href=\"/download/phoenix-ea-1.10.0.zip\"",
        tag.trim_matches('"'),
    ] {
        assert!(page.text().contains(told), "{told}: {}", page.text());
    }
    // It says of itself that it is 0.1.0.
    let (_, key) = Machine::of_browser(&browser).key("executor");
    let answer = Machine::with(&web, &key).beat();
    assert_eq!(answer["newest"], "1.10.0");
    let page = browser.get("/executors");
    assert!(
        page.text().contains("a newer one is below"),
        "{}",
        page.text()
    );
}

#[test]
fn without_downloads_nothing_is_said_of_them() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let browser = Browser::new(&web);
    browser.join(&Outbox::of_file(&place.path("home")), "ada@example.com");
    assert!(!browser.get("/executors").text().contains("/download/"));
    let (_, key) = Machine::of_browser(&browser).key("executor");
    assert_eq!(Machine::with(&web, &key).beat().get("newest"), None);
    place
        .run("serve --web site --home home --downloads nowhere")
        .refused(&["--downloads", "nowhere cannot be read"]);
}
