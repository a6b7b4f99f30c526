use crate::room::{Gold, Room, restless};
use executor::{
    service::{Active, Out},
    trade::Tell,
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
