//! A newer version of the executor is told once, by whom the trader downloads it.

use crate::{
    trader::{QUICK, Trader},
    web::Web,
};
use executor::uplink::FromServer;

#[test]
fn uplink_a_newer_version_is_told() {
    let mut ada = Trader::new();
    std::fs::create_dir(ada.place.path("downloads")).unwrap();
    for name in [
        "phoenix-executor-99.1.0-setup.exe",
        "phoenix-executor-0.0.1.exe",
    ] {
        ada.place.write(&format!("downloads/{name}"), name);
    }
    ada.stop_server();
    let web = Web::start(&ada.place, "--downloads downloads");
    ada.proxy.lead_to(web.address);
    ada.web = Some(web);
    let mut link = ada.link(QUICK);
    let newer = link.wait(|next| match next {
        FromServer::Newer(newer) => Some(newer.clone()),
        _ => None,
    });
    assert_eq!(newer.version, "99.1.0");
    let page = newer.page.strip_prefix(&ada.proxy.url()).unwrap();
    assert_eq!(page, "/executors", "which has it: tests/cli/download.rs");
}
