use crate::room::{Gold, Room, SEAT, restless};
use executor::{
    service::{Active, Out, Rules},
    trade::{Ask, Tell, news::Manner},
};
use protocol::link::{
    FromExecutor, FromTerminal,
    part::{CalendarEvent, Importance},
    terminal::{Calendar, Failed},
};

/// One that stays out around news.
fn careful() -> Active {
    let mut active = restless(1);
    let mut document: serde_json::Value = serde_json::from_str(&active.document).unwrap();
    document["filters"] = serde_json::json!({
        "news": { "minutes_before": 30, "minutes_after": 30, "impact": "high" }
    });
    active.document = document.to_string();
    active
}

/// Lets bars pass, with a terminal whose calendar answers as `answer` says.
fn pass(room: &mut Room<'_>, bars: usize, answer: fn(&FromExecutor) -> Option<FromTerminal>) {
    for _ in 0..bars {
        let asked = room.sent.len();
        room.pass(1);
        let answers: Vec<_> = room.sent[asked..].iter().filter_map(answer).collect();
        for said in answers {
            room.says(said);
        }
    }
}

/// News every hour of the time that was asked for.
fn every_hour(asked: &FromExecutor) -> Option<FromTerminal> {
    let FromExecutor::CalendarRequest(asked) = asked else {
        return None;
    };
    let event = |hour: i64| CalendarEvent {
        id: hour.cast_unsigned(),
        time: trading::time::Time(asked.since.0 + hour * trading::time::HOUR),
        country: "US".to_owned(),
        currency: "USD".to_owned(),
        importance: Importance::High,
        name: "Rate decision".to_owned(),
    };
    Some(FromTerminal::Calendar(Calendar {
        request: asked.request,
        is_last: true,
        events: (0..96).map(event).collect(),
    }))
}

fn none(asked: &FromExecutor) -> Option<FromTerminal> {
    let FromExecutor::CalendarRequest(asked) = asked else {
        return None;
    };
    Some(FromTerminal::Failed(Failed {
        request: asked.request,
        text: "no calendar".to_owned(),
    }))
}

#[test]
fn nothing_is_opened_around_news() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.knows_news = false;
    room.arrives();
    room.active(vec![careful()]);
    let first: Vec<_> = room.sent.iter().filter_map(every_hour).collect();
    assert_eq!(first.len(), 1);
    for said in first {
        room.says(said);
    }
    pass(&mut room, 120, every_hour);
    assert!(room.open().is_empty());
    let told = |out: &Out| matches!(out, Out::Tell(_, Tell::News { event, .. }) if event == "Rate decision (USD)");
    assert!(room.outs.iter().any(told), "{:?}", room.outs);
}

#[test]
fn where_nobody_knows_the_news_nothing_is_opened() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.knows_news = false;
    room.arrives();
    room.active(vec![careful()]);
    pass(&mut room, 120, none);
    assert!(room.open().is_empty());
    let told = |out: &Out| matches!(out, Out::Tell(_, Tell::NoCalendar { .. }));
    assert!(room.outs.iter().any(told));
    // It is asked again.
    let asked = |one: &&FromExecutor| matches!(one, FromExecutor::CalendarRequest(_));
    assert!(room.sent.iter().filter(asked).count() > 3);
}

#[test]
fn without_news_it_trades() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = Room::new(&gold, &market);
    room.arrives();
    room.active(vec![careful()]);
    room.until_open();
}

/// A room in which the server is asked about entries near to news, and there are always such.
fn supervised<'a>(
    gold: &'a Gold,
    market: &'a backtest::market::Market<'a>,
    enters_without_answer: bool,
) -> Room<'a> {
    let mut room = Room::new(gold, market);
    room.with(Rules {
        news: Manner {
            is_supervised: true,
            enters_without_answer,
            ..Manner::default()
        },
        ..Rules::default()
    });
    room.knows_news = false;
    room.arrives();
    room.active(vec![careful()]);
    let first: Vec<_> = room.sent.iter().filter_map(every_hour).collect();
    for said in first {
        room.says(said);
    }
    room
}

/// Until the server is asked.
fn until_asked(room: &mut Room<'_>) -> Ask {
    for _ in 0..200 {
        room.outs.clear();
        pass(room, 1, every_hour);
        for out in room.outs.drain(..) {
            if let Out::Ask(_, ask) = out {
                return ask;
            }
        }
    }
    panic!("nobody is asked");
}

fn answer(room: &mut Room<'_>, ask: &Ask, advice: Option<bool>, after: i64) {
    let now = trading::time::Time(room.now().0 + after);
    let advice = advice.map(|enters| (enters, "the model says so".to_owned()));
    let question = (ask.run, ask.question);
    let outs = room.service.advised(SEAT, question, advice, now);
    room.carry(outs);
}

#[test]
fn an_entry_near_to_news_waits_for_advice() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = supervised(&gold, &market, false);
    let ask = until_asked(&mut room);
    assert_eq!(ask.event, "Rate decision (USD)");
    assert!(room.open().is_empty());
    answer(&mut room, &ask, Some(false), 100);
    assert!(room.open().is_empty());
    let ask = until_asked(&mut room);
    answer(&mut room, &ask, Some(true), 100);
    assert_eq!(room.open().len(), 1);
    assert!(room.open()[0].stop > 0.0);
    // The same answer again opens nothing more.
    answer(&mut room, &ask, Some(true), 200);
    assert_eq!(room.open().len(), 1);
}

#[test]
fn without_an_answer_the_trader_has_chosen() {
    let gold = Gold::new();
    for enters in [false, true] {
        let market = gold.market();
        let mut room = supervised(&gold, &market, enters);
        let ask = until_asked(&mut room);
        answer(&mut room, &ask, None, 3_000);
        assert_eq!(room.open().len(), usize::from(enters));
    }
}

#[test]
fn advice_that_comes_too_late_or_after_a_stop_opens_nothing() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = supervised(&gold, &market, true);
    let ask = until_asked(&mut room);
    answer(&mut room, &ask, Some(true), 10_001);
    assert!(room.open().is_empty());
    let ask = until_asked(&mut room);
    let outs = room.service.stop_here(true);
    room.carry(outs);
    answer(&mut room, &ask, Some(true), 100);
    assert!(room.open().is_empty());
}

#[test]
fn who_is_killed_while_it_is_asked_trades_on() {
    let gold = Gold::new();
    let market = gold.market();
    let mut room = supervised(&gold, &market, false);
    let ask = until_asked(&mut room);
    room.killed();
    room.knows_news = true;
    room.arrives();
    room.active(vec![restless(1)]);
    answer(&mut room, &ask, Some(true), 100);
    assert!(room.open().is_empty());
    // Without news: what was asked about does not stand before other entries.
    room.until_open();
}
