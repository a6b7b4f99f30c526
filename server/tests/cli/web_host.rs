//! To which names the server answers, and from which pages it takes calls.

use crate::{support::Place, web::Web};

#[test]
fn a_name_that_is_not_ours_is_refused_with_the_way_out() {
    let place = Place::new();
    let web = Web::start(&place, "--host Lab.Example --host other.example");
    let port = web.address.port();
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "lab.example",
        "LAB.example.",
        "other.example",
    ] {
        for host in [
            host.to_owned(),
            format!("{host}:{port}"),
            format!("{host}:9"),
        ] {
            let answer = web.ask("GET /api/history", &[("Host", &host)], "");
            assert_eq!(answer.status, 200, "{host}");
        }
    }
    for host in [
        "evil.example",
        "localhost.evil.example",
        "192.168.1.5",
        "x@localhost",
        "",
    ] {
        let answer = web.ask("GET /api/history", &[("Host", host)], "");
        assert_eq!(answer.status, 421, "{host}");
        assert!(answer.text().contains("--host"), "{}", answer.text());
        assert!(answer.text().contains("PHOENIX_HOSTS"), "{}", answer.text());
        assert!(
            answer
                .header("content-type")
                .unwrap()
                .starts_with("text/plain")
        );
    }
    assert!(
        web.ask("GET /", &[("Host", "evil.example:81")], "")
            .text()
            .contains("--host evil.example,"),
    );
    for path in ["/healthz", "/readyz"] {
        let answer = web.ask(&format!("GET {path}"), &[("Host", "10.0.0.7:8080")], "");
        assert_eq!(
            answer.status, 200,
            "probes call by whatever address they know"
        );
    }
    // Without the header, or with two of them, nobody knows the name.
    assert_eq!(web.ask("GET /api/history", &[], "").status, 421);
}

#[test]
fn on_every_address_numbers_are_answered_but_no_names() {
    let place = Place::new();
    let web = Web::start(&place, "--listen 0.0.0.0:0");
    for (host, status) in [
        ("192.168.1.5:8080", 200),
        ("[fe80::1]:8080", 200),
        ("evil.example", 421),
        ("1.evil.example", 421),
    ] {
        let answer = web.ask("GET /api/history", &[("Host", host)], "");
        assert_eq!(answer.status, status, "{host}");
    }
}

#[test]
fn names_may_stand_in_a_variable() {
    let place = Place::new();
    for (variables, status) in [
        ("PHOENIX_HOSTS=a.example,b.example", 200),
        ("PHOENIX_PUBLIC_URL=https://b.example", 200),
        ("PHOENIX_HOSTS= PHOENIX_PUBLIC_URL=", 421),
    ] {
        let web = Web::start(&place, variables);
        let answer = web.ask("GET /api/history", &[("Host", "b.example")], "");
        assert_eq!(answer.status, status, "{variables}");
    }
}

#[test]
fn a_host_that_is_none_is_refused_at_the_start() {
    let place = Place::new();
    for host in ["https://lab.example", "lab.example:80", "a/b"] {
        let ran = place.run(&format!(
            "serve --web site --home home --host {host} --listen 127.0.0.1:1"
        ));
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains("--host"), "{ran:?}");
    }
    for url in [
        "lab.example",
        "ftp://lab.example",
        "https://lab.example/lab",
    ] {
        let ran = place.run(&format!("serve --web site --home home --public-url {url}"));
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains("--public-url"), "{ran:?}");
    }
}

#[test]
fn calls_are_taken_from_our_own_pages_only() {
    let place = Place::new();
    let web = Web::start(&place, "--public-url https://lab.example");
    let visitor = web.visitor();
    let host = web.host();
    let own = format!("http://{host}");
    let other = "http://127.0.0.1:1";
    let json = "application/json";
    let of = |headers: &[(&str, &str)]| {
        let headers = [&[("Host", host.as_str()), ("Cookie", &visitor)], headers].concat();
        web.ask("POST /api/fn/list_runs", &headers, "{}").status
    };
    let cases: [(&[(&str, &str)], u16); 12] = [
        (&[("Content-Type", json)], 200),
        (&[("Content-Type", "application/json; charset=utf-8")], 200),
        (&[("Content-Type", json), ("Origin", &own)], 200),
        // A proxy may name us by another host than the visitor does.
        (
            &[("Content-Type", json), ("Origin", "https://lab.example")],
            200,
        ),
        (
            &[
                ("Content-Type", json),
                ("Sec-Fetch-Site", "same-origin"),
                ("Origin", other),
            ],
            200,
        ),
        (
            &[("Content-Type", json), ("Sec-Fetch-Site", "same-site")],
            403,
        ),
        (
            &[("Content-Type", json), ("Sec-Fetch-Site", "cross-site")],
            403,
        ),
        (&[("Content-Type", json), ("Origin", other)], 403),
        (&[("Content-Type", json), ("Origin", "null")], 403),
        (
            &[("Content-Type", json), ("Origin", "http://lab.example")],
            403,
        ),
        // What a form of another page can send.
        (&[("Content-Type", "text/plain")], 415),
        (&[], 415),
    ];
    for (headers, status) in cases {
        assert_eq!(of(headers), status, "{headers:?}");
    }
}
