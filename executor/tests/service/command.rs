use crate::room::{Gold, Room, SEAT, restless};
use executor::service::Out;
use protocol::{api::command::Action, id::StrategyId, link::FromExecutor};
use trading::time::Time;

fn closings(sent: &[FromExecutor]) -> usize {
    let is = |one: &&FromExecutor| matches!(one, FromExecutor::CloseAll(_));
    sent.iter().filter(is).count()
}

#[test]
fn stop_and_close_closes_and_nothing_is_opened_after_it() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1)]);
    room.until_open();
    let id = room.command(Action::StopAndClose);
    assert_eq!(room.end(id), Some(Ok(())));
    assert!(room.open().is_empty());
    room.pass(100);
    assert!(room.open().is_empty());
    // Not by a strategy that comes later, nor after the program was killed, nor after the
    // terminal came anew.
    room.active(vec![restless(1), restless(2)]);
    room.pass(50);
    assert!(room.open().is_empty());
    room.killed();
    room.arrives();
    room.active(vec![restless(1), restless(2)]);
    room.pass(50);
    assert!(room.open().is_empty());
    assert!(
        !room
            .service
            .health(String::new().parse().unwrap())
            .is_running
    );
    // Somebody at this computer lets it go on.
    let outs = room.service.stop_here(false);
    room.carry(outs);
    room.until_open();
    assert!(
        room.service
            .health(String::new().parse().unwrap())
            .is_running
    );
}

#[test]
fn a_paused_strategy_opens_nothing_until_it_is_resumed() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    let active = restless(1);
    let strategy = active.strategy;
    room.active(vec![active.clone()]);
    room.pass(5);
    let paused = room.command(Action::PauseStrategy { strategy });
    assert_eq!(room.end(paused), Some(Ok(())));
    room.pass(60);
    assert!(room.open().is_empty());
    room.killed();
    room.arrives();
    room.active(vec![active]);
    room.pass(60);
    assert!(room.open().is_empty());
    let resumed = room.command(Action::ResumeStrategy { strategy });
    assert_eq!(room.end(resumed), Some(Ok(())));
    room.until_open();
    let strategy = StrategyId(uuid::Uuid::from_u128(9));
    let other = room.command(Action::PauseStrategy { strategy });
    assert!(room.end(other).unwrap().is_err());
}

#[test]
fn what_is_delivered_again_is_done_once() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1)]);
    room.until_open();
    let ticket = room.open()[0].ticket.0;
    let command = room.given(Action::ClosePosition { ticket });
    for _ in 0..2 {
        let outs = room.service.command(&command, room.now());
        room.carry(outs);
    }
    room.killed();
    room.arrives();
    let outs = room.service.command(&command, room.now());
    room.carry(outs);
    assert_eq!(room.end(command.id), Some(Ok(())));
    let closed = |one: &&FromExecutor| matches!(one, FromExecutor::Close(close) if close.position.0 == ticket);
    assert_eq!(room.sent.iter().filter(closed).count(), 1);
    room.service.end_confirmed(command.id).unwrap();
    assert_eq!(room.end(command.id), None);
}

#[test]
fn what_cannot_be_done_says_why() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    let nobody = room.command(Action::CloseMine);
    assert!(room.end(nobody).unwrap().unwrap_err().contains("connected"));
    room.arrives();
    room.active(vec![restless(1)]);
    room.pass(1);
    let none = room.command(Action::ClosePosition { ticket: 4_711 });
    assert!(room.end(none).unwrap().unwrap_err().contains("not open"));
    assert_eq!(closings(&room.sent), 0);
    let unknown = room.command(Action::Unknown);
    assert!(room.end(unknown).unwrap().unwrap_err().contains("update"));
}

#[test]
fn a_terminal_that_goes_before_it_answers_is_told_of() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1)]);
    room.until_open();
    room.hears = false;
    let id = room.command(Action::CloseMine);
    assert_eq!(room.end(id), None);
    let outs = room.service.left(SEAT);
    room.carry(outs);
    assert!(room.end(id).unwrap().unwrap_err().contains("went"));
}

#[test]
fn who_is_stopped_before_anybody_is_there_stays_stopped() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    let id = room.command(Action::StopBot);
    assert_eq!(room.end(id), Some(Ok(())));
    room.killed();
    room.arrives();
    room.active(vec![restless(1)]);
    room.pass(60);
    assert!(room.open().is_empty());
    let outs = room.service.stop_here(false);
    room.carry(outs);
    room.until_open();
    // By somebody at this computer while no terminal is there.
    let outs = room.service.left(SEAT);
    room.carry(outs);
    let outs = room.service.stop_here(true);
    room.carry(outs);
    room.arrives();
    assert!(room.service.terminals()[0].is_stopped);
}

#[test]
fn what_makes_safer_is_done_though_nothing_can_be_written() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1)]);
    room.until_open();
    room.breaks("DROP TABLE command");
    let command = room.given(Action::StopAndClose);
    let outs = room.service.command(&command, room.now());
    room.carry(outs);
    assert_eq!(closings(&room.sent), 1);
    assert!(room.open().is_empty());
    let told = |out: &Out| matches!(out, Out::Unwritten(id, _) if *id == command.id);
    assert!(room.outs.iter().any(told), "{:?}", room.outs);
}

#[test]
fn who_sits_at_the_computer_closes_all_though_nothing_can_be_written() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1)]);
    room.until_open();
    room.breaks(
        "CREATE TRIGGER full BEFORE UPDATE ON account BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
    let (told, outs) = room.service.stop_and_close_here(room.now());
    assert_eq!(told, 1);
    room.carry(outs);
    assert_eq!(closings(&room.sent), 1);
    assert!(room.open().is_empty());
    // There is room again: that it was stopped was not forgotten.
    room.breaks("DROP TRIGGER full");
    room.says_goodbye();
    room.arrives();
    assert!(room.service.terminals()[0].is_stopped);
    room.killed();
    room.arrives();
    assert!(room.service.terminals()[0].is_stopped);
}

#[test]
fn a_terminal_that_comes_soon_closes_what_was_wanted_meanwhile() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1)]);
    room.until_open();
    room.says_goodbye();
    let (told, outs) = room.service.stop_and_close_here(room.now());
    assert_eq!(told, 0);
    room.carry(outs);
    room.arrives();
    assert_eq!(closings(&room.sent), 1);
    assert!(room.open().is_empty());
    // Later nobody thinks of it any more.
    let outs = room.service.stop_here(false);
    room.carry(outs);
    room.until_open();
    room.says_goodbye();
    let outs = room
        .service
        .stop_and_close_here(Time(room.now().0 - 61_000))
        .1;
    room.carry(outs);
    room.arrives();
    assert_eq!(closings(&room.sent), 1);
    assert!(!room.open().is_empty());
}

#[test]
fn what_was_told_before_a_crash_closes_nothing_that_was_opened_since() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1)]);
    room.until_open();
    room.hears = false;
    let command = room.given(Action::CloseEverything);
    let outs = room.service.command(&command, room.now());
    room.carry(outs);
    room.hears = true;
    room.killed();
    room.arrives();
    let before = closings(&room.sent);
    let outs = room.service.command(&command, room.now());
    room.carry(outs);
    assert_eq!(closings(&room.sent), before);
    assert!(room.end(command.id).unwrap().unwrap_err().contains("look"));
}

#[test]
fn a_pause_is_of_the_strategy_and_not_of_a_version() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    let mut active = restless(1);
    let strategy = active.strategy;
    room.active(vec![active.clone()]);
    let paused = room.command(Action::PauseStrategy { strategy });
    assert_eq!(room.end(paused), Some(Ok(())));
    active.version = 2;
    room.active(vec![active]);
    room.pass(100);
    assert!(room.open().is_empty());
    room.command(Action::ResumeStrategy { strategy });
    room.until_open();
}
