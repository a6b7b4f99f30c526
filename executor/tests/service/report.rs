use crate::room::{Gold, Room, SEAT, restless};
use executor::{
    service::Out,
    trade::{Tell, limit::Limit},
};
use protocol::{
    api::report::Entry,
    id::{AccountId, BrokerAccountId},
    link::Nonce,
};

#[test]
fn every_deal_is_told_until_it_is_confirmed() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    let active = restless(1);
    room.active(vec![active.clone()]);
    room.pass(200);
    let all = room.terminal.deals().len();
    assert!(all > 6, "{all}");
    let account = room.account();
    let first = room
        .service
        .report(account, 5, room.now())
        .unwrap()
        .unwrap();
    assert_eq!(first.tickets.len(), 5);
    // Killed before the server has said anything: the same again.
    room.killed();
    room.arrives();
    room.active(vec![active.clone()]);
    let account = room.account();
    let again = room
        .service
        .report(account, 5, room.now())
        .unwrap()
        .unwrap();
    assert_eq!(again.tickets, first.tickets);
    let name = BrokerAccountId(uuid::Uuid::from_u128(5));
    room.service.confirmed(&again, Some(name)).unwrap();
    let mut tickets = again.tickets;
    while room.service.has_deals(account).unwrap() {
        let next = room
            .service
            .report(account, 3, room.now())
            .unwrap()
            .unwrap();
        for deal in &next.report.deals {
            assert_eq!(deal.strategy, Some(active.strategy));
            assert_eq!(deal.strategy_version, Some(1));
            assert!(matches!(deal.entry, Entry::In | Entry::Out));
        }
        room.service.confirmed(&next, Some(name)).unwrap();
        tickets.extend(next.tickets);
    }
    let wanted: Vec<i64> = room
        .terminal
        .deals()
        .iter()
        .map(|deal| deal.ticket.0)
        .collect();
    assert_eq!(tickets, wanted);
    assert_eq!(room.service.waiting(), 0);
}

#[test]
fn what_the_server_refuses_for_ever_stays_here() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1)]);
    room.until_open();
    let account = room.account();
    let told = room
        .service
        .report(account, 1, room.now())
        .unwrap()
        .unwrap();
    let position = &told.report.positions.as_ref().unwrap().positions[0];
    assert!(position.stop_loss.is_some());
    room.service.set_aside(&told).unwrap();
    assert!(!room.service.has_deals(account).unwrap());
    // Nor is it written down a second time.
    room.killed();
    room.arrives();
    assert!(!room.service.has_deals(account).unwrap());
}

#[test]
fn deals_of_a_terminal_that_has_gone_are_told() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![restless(1)]);
    room.until_open();
    room.killed();
    assert!(!room.service.accounts().unwrap().is_empty());
    let account = room.account();
    let told = room
        .service
        .report(account, 500, room.now())
        .unwrap()
        .unwrap();
    assert_eq!(
        told.report.login.login,
        room.terminal.hello(Nonce([3; 32])).login
    );
    assert_eq!(told.report.currency.as_str(), "USD");
    assert_eq!(told.report.deals.len(), room.terminal.deals().len());
    // Nobody knows what is open there now.
    assert!(told.report.positions.is_none() && told.report.equity.is_empty());
    room.service.confirmed(&told, None).unwrap();
    assert!(room.service.accounts().unwrap().is_empty());
}

#[test]
fn what_was_kept_for_one_owner_is_not_told_to_another() {
    let [ada, bob] = [1, 2].map(|one| AccountId(uuid::Uuid::from_u128(one)));
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    assert_eq!(room.service.owned_by(ada).unwrap(), 0);
    room.arrives();
    room.active(vec![restless(1)]);
    room.until_open();
    let account = room.account();
    let ended = room.command(protocol::api::command::Action::StopBot);
    // A new key of the same person's: everything is hers still.
    assert_eq!(room.service.owned_by(ada).unwrap(), 0);
    assert!(room.service.has_deals(account).unwrap());
    assert_eq!(room.service.ends().unwrap()[0].0, ended);
    assert_eq!(room.service.owned_by(bob).unwrap(), 1);
    assert!(!room.service.has_deals(account).unwrap());
    assert!(room.service.ends().unwrap().is_empty());
    // What is dealt from now on is his, and of which strategy of hers it was is hers.
    room.says_goodbye();
    room.arrives();
    assert!(!room.service.has_deals(account).unwrap());
    let told = |room: &Room<'_>| {
        room.service
            .report(account, 9, room.now())
            .unwrap()
            .unwrap()
    };
    let open = told(&room).report.positions.unwrap().positions;
    assert_eq!((open.len(), open[0].strategy), (1, None));
    let (count, outs) = room.service.stop_and_close_here(room.now());
    assert_eq!(count, 1);
    room.carry(outs);
    room.pass(2);
    let deals = told(&room).report.deals;
    assert_eq!((deals.len(), deals[0].strategy), (1, None));
}

#[test]
fn with_a_wrong_clock_nothing_is_entered() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.service.clock_is_off(true);
    room.arrives();
    room.active(vec![restless(1)]);
    room.pass(200);
    assert!(room.terminal.deals().is_empty());
    assert!(room.outs.iter().any(|out| matches!(
        out,
        Out::Tell(
            SEAT,
            Tell::Limited {
                limit: Limit::Clock,
                ..
            }
        )
    )));
    room.service.clock_is_off(false);
    room.until_open();
}
