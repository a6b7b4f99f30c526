//! Entries that must not be made, and lists that must not be believed.

use crate::room::{Gold, Room, SEAT, restless};
use executor::{
    service::{Out, Seat},
    trade::{Tell, limit::Limit},
};
use protocol::link::{
    FromTerminal, Nonce,
    part::AccountFlags,
    terminal::{Account, Positions},
};
use trading::time::Time;

fn limited(room: &Room<'_>, wanted: Limit) -> bool {
    let by =
        |out: &Out| matches!(out, Out::Tell(_, Tell::Limited { limit, .. }) if *limit == wanted);
    room.outs.iter().any(by)
}

#[test]
fn two_strategies_do_not_share_a_position() {
    let gold = Gold::new().netting();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1), restless(2)]);
    room.until_open();
    assert!(limited(&room, Limit::Netting));
    let runs = &room.service.terminals()[0].runs;
    let held: Vec<usize> = runs.iter().map(|run| run.positions).collect();
    assert_eq!(held.iter().sum::<usize>(), 1, "{held:?}");
}

#[test]
fn a_new_version_waits_until_the_old_one_has_nothing_open() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1)]);
    room.until_open();
    let mut newer = restless(1);
    newer.version = 2;
    room.active(vec![newer]);
    for _ in 0..300 {
        room.pass(1);
        assert!(room.open().len() <= 1);
        let runs = &room.service.terminals()[0].runs;
        if runs
            .iter()
            .all(|run| run.version == 2 || run.positions == 0)
        {
            break;
        }
    }
    room.until_open();
    let runs = &room.service.terminals()[0].runs;
    assert!(
        runs.iter()
            .any(|run| run.version == 2 && run.positions == 1)
    );
}

#[test]
fn a_second_terminal_of_an_account_is_turned_away() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    let hello = room.terminal.hello(Nonce([9; 32]));
    let other = Seat(2);
    let outs = room.service.arrived(other, hello, room.now());
    assert!(
        matches!(&outs[..], [Out::End(seat, _)] if *seat == other),
        "{outs:?}"
    );
    room.active(vec![restless(1)]);
    room.until_open();
    let outs = room.service.left(SEAT);
    room.carry(outs);
    let hello = room.terminal.hello(Nonce([10; 32]));
    let outs = room.service.arrived(other, hello, room.now());
    assert!(!outs.iter().any(|out| matches!(out, Out::End(..))));
}

/// What a terminal says that is not at its broker.
fn offline(room: &Room<'_>, flags: AccountFlags) -> FromTerminal {
    let mut standing = room.terminal.standing().into_iter();
    let told = standing.find_map(|said| match said {
        FromTerminal::Account(told) => Some(Account { flags, ..told }),
        _ => None,
    });
    FromTerminal::Account(told.unwrap())
}

#[test]
fn a_terminal_that_is_not_at_its_broker_is_not_believed() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1)]);
    room.until_open();
    let says = |room: &mut Room<'_>, said, seconds: i64| {
        let now = Time(room.now().0 + seconds * 1_000);
        let outs = room.service.heard(SEAT, said, now);
        room.carry(outs);
    };
    let gone = offline(&room, AccountFlags(30));
    says(&mut room, gone.clone(), 0);
    let none = Positions {
        time: room.now(),
        positions: Vec::new(),
    };
    says(&mut room, FromTerminal::Positions(none), 1);
    for seconds in [2, 20, 40, 60] {
        says(&mut room, gone.clone(), seconds);
    }
    let lost = |out: &Out| matches!(out, Out::Tell(_, Tell::Lost { .. }));
    assert!(!room.outs.iter().any(lost));
    assert_eq!(room.service.terminals()[0].runs[0].positions, 1);
    // Nor is the server told that nothing is open.
    let account = room.account();
    let told = room
        .service
        .report(account, 5, room.now())
        .unwrap()
        .unwrap();
    assert_eq!(told.report.positions, None);
    // Back at the broker, with the real list, all is as before.
    for said in room.terminal.standing() {
        says(&mut room, said, 70);
    }
    assert_eq!(room.service.terminals()[0].positions, 1);
}
