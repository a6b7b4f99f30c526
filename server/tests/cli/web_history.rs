//! Histories over HTTP.

use crate::{support::Place, web::Web};
use trading::timeframe::Timeframe;

/// In an address `#` begins a fragment, which is never sent: the symbol must come through.
#[test]
fn a_symbol_with_a_hash_can_be_loaded() {
    let place = Place::new();
    place.write(
        "bars.csv",
        "Date,Open,High,Low,Close\n2024-01-02 00:00,1,2,0.5,1.5\n2024-01-02 01:00,1.5,2,1,1.2\n",
    );
    place
        .run("import bars.csv --symbol #US30 --timezone UTC --timeframe H1")
        .good();
    let web = Web::start(&place, "");
    let path = protocol::history::path("#US30", Timeframe::H1);
    // As a browser does.
    let sent = path.split('#').next().unwrap();
    let answer = web.get(sent, &[]);
    assert_eq!(answer.status, 200, "{sent}: {}", answer.text());
}
