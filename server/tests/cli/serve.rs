//! `phoenix serve`, as far as it can be told without a browser.

use crate::{support::Place, web::Web};
use std::{fs, net::TcpListener};

#[test]
fn a_taken_port_is_named_with_a_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let place = Place::new();
    fs::create_dir_all(place.path("site/assets")).unwrap();
    place.write(
        "site/manifest.json",
        r#"{"boot":"/b.js","glue":"/g.js","wasm":"/m.wasm","style":"/s.css","icon":"/i.svg"}"#,
    );
    place
        .run(&format!("serve --listen {address} --web site --home home"))
        .refused(&[&address, "--listen", "PHOENIX_LISTEN"]);
    assert!(!place.path("home").exists(), "nothing was begun");
}

#[test]
fn a_web_app_that_was_not_built_is_said() {
    let place = Place::new();
    place
        .run("serve --web nowhere --home home")
        .refused(&["manifest.json"]);
}

#[test]
fn what_is_said_at_the_start_is_said_in_both_languages() {
    let place = Place::new();
    for (lang, ready) in [
        ("en", "Phoenix is ready: http://"),
        ("id", "Phoenix siap: http://"),
    ] {
        let web = Web::start(&place, &format!("--lang {lang}"));
        assert!(web.ready.starts_with(ready), "{}", web.ready);
    }
    place.write("file", "");
    let serve = "serve --web site --listen 127.0.0.1:0 --home";
    place
        .run(&format!("{serve} file/home"))
        .refused(&["cannot be used", "Choose another folder with --home"]);
    place
        .run(&format!("{serve} file/home --lang id"))
        .refused(&["tidak dapat dipakai", "Pilih folder lain dengan --home"]);
    fs::create_dir(place.path("broken")).unwrap();
    place.write("broken/phoenix.db", "no database at all".repeat(100));
    for (lang, told) in [
        ("en", "the database did not open"),
        ("id", "database tidak dapat dibuka"),
    ] {
        let ran = place.run(&format!("{serve} broken --lang {lang}"));
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.stderr.contains(told), "{ran:?}");
    }
}
