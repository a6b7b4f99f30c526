//! How the key comes, and what happens when it is taken away.

use crate::{
    machine::{Machine, text},
    trader::{Link, PATIENCE, QUICK, Trader, healthy, report, settings},
};
use executor::uplink::{
    FromServer, ReportToken, SetupFault, Uplink,
    credential::{CredentialStore, file::FileStore},
    pairing::{PairingFault, check_key, pair},
};
use protocol::api::credential::Scope;
use std::sync::mpsc;
use tokio::runtime::Runtime;

#[test]
fn uplink_pairs_and_is_seen() {
    let ada = Trader::new();
    let runtime = Runtime::new().unwrap();
    let (show, shown) = mpsc::channel();
    let url = ada.proxy.url();
    let server = url.clone();
    let paired = runtime.spawn(async move {
        let device = "Ada's PC".parse().unwrap();
        pair(&server, device, &QUICK, |code| show.send(code).unwrap()).await
    });
    let shown = shown.recv_timeout(PATIENCE).unwrap();
    assert_eq!(shown.page, format!("{url}/account/devices"));
    // It is the address of a page that knows the code.
    let here = ada.here();
    let path = shown.link.strip_prefix(&url).unwrap();
    let page = here.ask(&format!("GET {path}"), &[], "");
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("Ada&#39;s PC") || page.text().contains("Ada's PC"));
    let approve = format!("/pairings/{}/approve", shown.code);
    assert_eq!(here.post(&approve, &serde_json::json!({})).status, 200);
    let secret = runtime.block_on(paired).unwrap().unwrap();

    let store = FileStore::new(ada.place.path("state/credential"));
    store.save(&secret).unwrap();
    let kept = store.load().unwrap().unwrap();
    let mut link = Link::start(settings(&url, kept.reveal(), QUICK));
    link.handle.health(healthy());
    link.until(&FromServer::Online);
    loop {
        let seen = here.get("/executors").json()["items"][0].clone();
        assert_eq!(seen["name"], "Ada's PC");
        assert_eq!(seen["version"], "0.1.0");
        if seen["health"]["waiting_reports"] == 3 {
            assert_eq!(seen["health"]["remark"], "fine");
            break;
        }
        assert_eq!(seen["health"]["is_running"], false);
    }
}

#[test]
fn uplink_a_key_that_is_typed_in_is_looked_at_first() {
    let ada = Trader::new();
    let runtime = Runtime::new().unwrap();
    let check = |key: &str| {
        let (url, key) = (ada.proxy.url(), key.parse().unwrap());
        runtime.block_on(async { check_key(&url, &key).await })
    };
    assert_eq!(check(&ada.key), Ok(()));
    let reader = ada.here().key("read").1;
    assert_eq!(check(&reader), Err(PairingFault::Scope(Scope::Read)));
    assert_eq!(check("phx_nobody"), Err(PairingFault::Unknown));
    // It is sent to nobody in plain text.
    let plain = settings("http://lab.example.org", &ada.key, QUICK);
    let refused = Uplink::start(plain, runtime.handle());
    assert!(matches!(refused, Err(SetupFault::Address(_))));
}

#[test]
fn uplink_nobody_is_asked_with_a_key_that_was_revoked() {
    let ada = Trader::new();
    ada.activate();
    let mut link = ada.link(QUICK);
    link.strategies();
    // In the middle of work: the answer to the report is lost again and again.
    ada.proxy.lose("/reporting", u32::MAX);
    link.handle.report(ReportToken(1), report(5, &[1])).unwrap();
    while ada.proxy.count("/reporting") < 2 {
        std::thread::yield_now();
    }
    let revoked = ada.here().delete(&format!("/credentials/{}", ada.key_id));
    assert!(revoked.status < 300, "{}", revoked.text());
    link.until(&FromServer::Revoked);
    assert_eq!(link.next(), None, "it was the last message");
    let asked = ada.proxy.all();
    assert!(link.handle.report(ReportToken(2), report(5, &[2])).is_err());
    // All that could ask is gone with the channel; what is asked next is by somebody else.
    let other = Machine::nobody(ada.web.as_ref().unwrap());
    assert_eq!(text(&other.get("/auth/me").value()["code"]), "unauthorized");
    assert_eq!(ada.proxy.all(), asked);
    // Who comes again with it is told the same.
    let mut again = ada.link(QUICK);
    assert_eq!(again.next(), Some(FromServer::Revoked));
    assert_eq!(again.next(), None);
}
