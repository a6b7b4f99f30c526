//! Servers that share a PostgreSQL database.

use crate::{
    browser::{Browser, Outbox, PASSWORD},
    support::Place,
    web::Web,
};
use phoenix_test_postgres::Cluster;

/// The same for both servers.
const KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#[test]
fn a_session_of_one_server_is_one_of_the_other() {
    let cluster = Cluster::start();
    let url = cluster.database();
    let [place, other] = [Place::new(), Place::new()];
    let variables = format!("PHOENIX_DATABASE_URL={url} PHOENIX_SECRET_KEY={KEY}");
    let [first, second] = [&place, &other].map(|place| Web::start(place, &variables));
    let outbox = Outbox::of_postgres(&url);
    let ada = Browser::new(&first);
    ada.join(&outbox, "ada@example.com");
    assert!(!place.path("home/phoenix.db").exists());
    let there = Browser::new(&second);
    there.steal(&ada);
    assert_eq!(there.get("/account").status, 200);
    there.post("/sign-out", &[]);
    ada.get("/account").goes_to("/sign-in?next=/account");
    // So are the counts of those who guess.
    let [here, there] = [Browser::new(&first), Browser::new(&second)];
    for _ in 0..3 {
        here.sign_in("ada@example.com", "a wrong password");
        there.sign_in("ada@example.com", "a wrong password");
    }
    assert_eq!(here.sign_in("ada@example.com", PASSWORD).status, 429);
}

#[test]
fn a_database_may_go_away_and_come_back() {
    let mut cluster = Cluster::start();
    let url = cluster.database();
    let place = Place::new();
    let web = Web::start(&place, &format!("PHOENIX_DATABASE_URL={url}"));
    let ada = Browser::new(&web);
    ada.join(&Outbox::of_postgres(&url), "ada@example.com");
    assert_eq!(web.get("/readyz", &[]).status, 200);

    cluster.stop();
    assert_eq!(web.get("/healthz", &[]).status, 200);
    assert_eq!(web.get("/readyz", &[]).status, 503);
    // Nobody is taken for a visitor, who would save into nowhere.
    let page = ada.get("/account");
    assert_eq!(page.status, 503, "{}", page.text());
    assert!(page.text().contains("<html"));
    assert_eq!(ada.get("/").status, 503);
    let list = web.call("list_strategies", &ada.cookie(), &serde_json::json!({}));
    assert_eq!(list.status, 503);

    cluster.resume();
    assert_eq!(web.get("/readyz", &[]).status, 200);
    assert_eq!(ada.get("/account").status, 200, "signed in still");
}

#[test]
fn a_database_that_is_not_there_is_said_without_its_password() {
    let place = Place::new();
    std::fs::create_dir_all(place.path("site/assets")).unwrap();
    place.write(
        "site/manifest.json",
        r#"{"boot":"/b.js","glue":"/g.js","wasm":"/m.wasm","style":"/s.css","icon":"/i.svg"}"#,
    );
    let database = "postgres://u:hidden@127.0.0.1:1/x";
    let ran = place.run(&format!(
        "serve --web site --home home --listen 127.0.0.1:0 --database {database}"
    ));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("did not open"), "{ran:?}");
    assert!(!ran.stderr.contains("hidden"), "{ran:?}");
    let ran = place.run("serve --web site --home home --database mysql://u:hidden@x/y");
    assert_eq!(ran.code, Some(2), "{ran:?}");
}
