use crate::room::{Gold, Room, restless};
use protocol::{api::report::Entry, id::BrokerAccountId};

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
    let account = room.service.accounts()[0];
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
    let account = room.service.accounts()[0];
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
    let account = room.service.accounts()[0];
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
