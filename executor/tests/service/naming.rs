use crate::room::{Gold, Room, restless};
use executor::{
    service::{Naming, Out},
    status::Stage,
    trade::Tell,
};

#[test]
fn a_symbol_of_another_name_is_asked_for_and_never_guessed() {
    let gold = Gold::new().called("GOLD.m");
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1)]);
    room.pass(60);
    assert!(room.open().is_empty());
    let told = |out: &Out| matches!(out, Out::Tell(_, Tell::Cannot { .. }));
    assert!(room.outs.iter().any(told));
    let view = &room.service.terminals()[0];
    assert_eq!(view.runs[0].stage, Stage::Failed);
    let (wanted, names) = view.unnamed[0].clone();
    assert_eq!((wanted.to_string(), names.len()), ("XAUUSD".to_owned(), 1));
    let naming = Naming {
        login: view.login,
        server: view.server.clone(),
        wanted,
        chosen: names[0].clone(),
    };
    // Only what was shown can be chosen.
    let strange = Naming {
        chosen: "EURUSD".parse().unwrap(),
        ..naming.clone()
    };
    let outs = room.service.name_symbol(&strange, room.now());
    assert!(outs.is_empty());
    let outs = room.service.name_symbol(&naming, room.now());
    room.carry(outs);
    assert!(room.service.terminals()[0].unnamed.is_empty());
    room.until_open();
    assert_eq!(room.open()[0].symbol, "GOLD.m");
    // It is remembered.
    room.killed();
    room.arrives();
    room.active(vec![restless(1)]);
    assert_eq!(room.service.terminals()[0].runs[0].stage, Stage::Trading);
}
