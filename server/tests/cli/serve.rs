//! `phoenix serve`, as far as it can be told without a browser.

use crate::support::Place;
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
