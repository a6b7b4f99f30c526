//! Who asks, and for how long they are known.

use crate::{
    support::{Place, gold},
    web::Web,
};
use serde_json::{Value, json};
use std::fs;

fn strategy() -> Value {
    let document = fs::read_to_string(gold()).unwrap();
    json!({ "draft": { "replaces": null, "document": document } })
}

#[test]
fn a_visitor_is_known_among_cookies_of_other_programs() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let visitor = web.visitor();
    assert!(visitor.starts_with("phoenix_visitor="), "{visitor}");
    web.call("save_strategy", &visitor, &strategy()).json();
    // All ports of a machine share their cookies.
    for cookies in [
        format!("a=b; phoenix_visitor=theirs; {visitor}"),
        format!("visitor=x; phoenix_visitor=; {visitor}; phoenix_visitor=y"),
        format!("name=é; {visitor}"),
    ] {
        let all = web.call("list_strategies", &cookies, &json!({})).json();
        assert_eq!(all.as_array().unwrap().len(), 1, "{cookies}");
    }
}

#[test]
fn the_cookie_is_for_https_alone_where_the_public_address_is() {
    for (arguments, secure) in [
        ("", false),
        ("--public-url http://lab.example", false),
        ("--public-url https://lab.example/", true),
    ] {
        let place = Place::new();
        let web = Web::start(&place, arguments);
        let page = web.get("/", &[]);
        let cookie = page.header("set-cookie").unwrap();
        assert_eq!(cookie.ends_with("; Secure"), secure, "{cookie}");
        let known = web.ask("GET /api/history", &[("Host", "lab.example")], "");
        assert_eq!(
            known.status == 200,
            !arguments.is_empty(),
            "its host is ours"
        );
    }
}

#[test]
fn nobody_saves_more_than_there_is_room_for() {
    let place = Place::new();
    let web = Web::start(&place, "--visitors-space 1");
    let visitor = web.visitor();
    let mut draft = strategy();
    let document = draft["draft"]["document"].as_str().unwrap();
    draft["draft"]["document"] = json!(format!("{document}{}", " ".repeat(200_000)));
    let mut refused = None;
    for _ in 0..8 {
        let answer = web.call("save_strategy", &visitor, &draft);
        if answer.status != 200 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.unwrap();
    assert_eq!(refused.status, 409);
    let text = refused.text();
    assert!(text.contains("too-many") && text.contains("1 MB"), "{text}");
}
