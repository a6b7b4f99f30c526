//! When an entry signal is not followed.

use super::{
    choose::words as entries,
    number::{number_field, parametric},
    parts::{act, line, optional, strict_field, text_field, word_field},
    pen::Pen,
    place::At,
    typed::Kind,
};
use crate::words::{Say, Text, designer as words};
use leptos::prelude::*;
use trading::strategy::{
    Document,
    filter::{Filters, Hours, Impact, NewsWindow, Session, TimeOfDay, Weekday},
    number::Number,
};

const DAYS: [(Weekday, Text); 7] = [
    (Weekday::Mon, words::MON),
    (Weekday::Tue, words::TUE),
    (Weekday::Wed, words::WED),
    (Weekday::Thu, words::THU),
    (Weekday::Fri, words::FRI),
    (Weekday::Sat, words::SAT),
    (Weekday::Sun, words::SUN),
];

const IMPACTS: &[(&str, Text)] = &[
    ("high", words::HIGH_IMPACT),
    ("medium", words::MEDIUM_IMPACT),
    ("low", words::ANY_IMPACT),
];

fn set(pen: Pen, change: impl Fn(&mut Filters)) {
    pen.reshape(&|document| change(&mut document.filters));
}

fn edit(pen: Pen, change: impl Fn(&mut Session)) {
    set(pen, |filters| {
        if let Some(session) = &mut filters.session {
            change(session);
        }
    });
}

/// The part of the filters.
#[inline(never)]
pub fn part_designer_filters() -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let spread = move || {
        let at = At::fixed(
            "/filters/max_spread",
            |document: &Document| document.filters.max_spread.clone(),
            |document, number| document.filters.max_spread = Some(number),
        );
        let label = say.say(words::SPREAD_POINTS);
        line(label, parametric(&at, label, "max_spread"))
    };
    let cooldown = move || {
        let at = At::fixed(
            "/filters/cooldown_after_loss",
            |document: &Document| document.filters.cooldown_after_loss.clone(),
            |document, number| document.filters.cooldown_after_loss = Some(number),
        );
        let label = say.say(words::COOLDOWN_BARS);
        line(label, parametric(&at, label, "cooldown"))
    };
    view! {
        {optional(
            words::SESSION,
            words::SESSION_HINT,
            "/filters/session",
            move || pen.lab.read(|d| d.filters.session.is_some()),
            move |on| set(pen, |filters| filters.session = on.then(usual_session)),
            session,
        )}
        {optional(
            words::SPREAD,
            words::SPREAD_HINT,
            "/filters/max_spread",
            move || pen.lab.read(|d| d.filters.max_spread.is_some()),
            move |on| {
                set(pen, |filters| filters.max_spread = on.then_some(Number::Literal(50.0)));
            },
            spread,
        )}
        {optional(
            words::COOLDOWN,
            words::COOLDOWN_HINT,
            "/filters/cooldown_after_loss",
            move || pen.lab.read(|d| d.filters.cooldown_after_loss.is_some()),
            move |on| {
                set(
                    pen,
                    |filters| filters.cooldown_after_loss = on.then_some(Number::Literal(5.0)),
                );
            },
            cooldown,
        )}
        {optional(
            words::NEWS,
            words::NEWS_HINT,
            "/filters/news",
            move || pen.lab.read(|d| d.filters.news.is_some()),
            move |on| {
                set(
                    pen,
                    |filters| {
                        filters.news = on
                            .then_some(NewsWindow {
                                minutes_before: 30,
                                minutes_after: 30,
                                impact: Impact::High,
                            });
                    },
                );
            },
            news,
        )}
    }
    .into_any()
}

/// Working days, and the hours in which London and New York trade.
fn usual_session() -> Session {
    let [mon, tue, wed, thu, fri, ..] = DAYS.map(|(day, _)| day);
    Session {
        time_zone: None,
        weekdays: Some(vec![mon, tue, wed, thu, fri]),
        hours: usual_hours().map(|hours| vec![hours]),
    }
}

fn usual_hours() -> Option<Hours> {
    Some(Hours {
        from: "07:00".parse().ok()?,
        to: "21:00".parse().ok()?,
    })
}

fn session() -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let zone = At::fixed(
        "/filters/session/time_zone",
        |document: &Document| {
            let session = document.filters.session.as_ref()?;
            let zone = session.time_zone.as_ref().unwrap_or(&document.time_zone);
            Some(zone.clone())
        },
        |document, zone: String| {
            let own = zone.trim().is_empty() || zone == document.time_zone;
            if let Some(session) = &mut document.filters.session {
                session.time_zone = (!own).then(|| zone.trim().to_owned());
            }
        },
    );
    let zone_label = say.say(words::ZONE);
    let days = DAYS.map(|(day, name)| {
        let is_on = Memo::new(move |_| {
            pen.lab.read(|document| {
                document
                    .filters
                    .session
                    .as_ref()
                    .is_some_and(|s| s.weekdays.as_ref().is_none_or(|days| days.contains(&day)))
            })
        });
        view! {
            <label class="day">
                <input
                    type="checkbox"
                    prop:checked=is_on
                    checked=is_on.get_untracked()
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        edit(pen, |session| set_day(session, day, on));
                    }
                />
                <span>{say.say(name)}</span>
            </label>
        }
    });
    let count = Memo::new(move |_| {
        pen.lab.read(|document| {
            let session = document.filters.session.as_ref();
            session.and_then(|s| s.hours.as_ref().map(Vec::len))
        })
    });
    let hours = move || (0..count.get().unwrap_or(0)).map(hours_row).collect_view();
    let add = move || {
        edit(pen, |session| {
            session.hours.get_or_insert_default().extend(usual_hours());
        });
    };
    view! {
        <div class="days" role="group" aria-label=say.say(words::WEEKDAYS)>
            {days}
        </div>
        {hours}
        {move || {
            count
                .get()
                .is_none()
                .then(|| view! { <p class="hint">{say.say(words::ALL_HOURS)}</p> })
        }}
        <div class="adders">{act(say.say(words::ADD_HOURS), "add-button", add)}</div>
        {line(zone_label, text_field(&zone, zone_label, false))}
        <p class="hint">{say.say(words::ZONE_HINT)}</p>
    }
    .into_any()
}

fn set_day(session: &mut Session, day: Weekday, on: bool) {
    let now = session.weekdays.take();
    let all = DAYS.map(|(day, _)| day);
    let days: Vec<Weekday> = all
        .into_iter()
        .filter(|each| {
            if *each == day {
                on
            } else {
                now.as_ref().is_none_or(|now| now.contains(each))
            }
        })
        .collect();
    // Every day is what is meant when nothing is said.
    session.weekdays = (days.len() < all.len()).then_some(days);
}

/// Why this is no time of day.
fn refuse_time(_: &Document, typed: &str) -> Option<Text> {
    let is_time = typed.trim().parse::<TimeOfDay>().is_ok();
    (!is_time).then_some(words::NOT_A_TIME)
}

fn hours_row(index: usize) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let time = move |is_from: bool| {
        let end = if is_from { "from" } else { "to" };
        let at = At::fixed(
            format!("/filters/session/hours/{index}/{end}"),
            move |document: &Document| {
                let session = document.filters.session.as_ref()?;
                let hours = session.hours.as_ref()?.get(index)?;
                Some(if is_from { hours.from } else { hours.to }.to_string())
            },
            move |document, text: String| {
                let Ok(time) = text.trim().parse::<TimeOfDay>() else {
                    return;
                };
                let session = document.filters.session.as_mut();
                let hours = session.and_then(|session| session.hours.as_mut()?.get_mut(index));
                match hours {
                    Some(hours) if is_from => hours.from = time,
                    Some(hours) => hours.to = time,
                    None => {}
                }
            },
        );
        let label = if is_from {
            words::HOURS_FROM
        } else {
            words::HOURS_TO
        };
        strict_field(&at, say.say(label), refuse_time)
    };
    let remove = move || {
        edit(pen, |session| {
            if let Some(hours) = &mut session.hours
                && index < hours.len()
            {
                hours.remove(index);
                if hours.is_empty() {
                    session.hours = None;
                }
            }
        });
    };
    view! {
        <div class="hours" data-at=format!("/filters/session/hours/{index}")>
            {time(true)}
            <span class="word">{say.say(words::UNTIL)}</span>
            {time(false)}
            {act(say.say(words::REMOVE_HOURS), "button button-quiet", remove)}
        </div>
    }
    .into_any()
}

fn news() -> AnyView {
    let say = Say::here();
    let window = |document: &Document| document.filters.news.clone();
    let before = At::fixed(
        "/filters/news/minutes_before",
        move |document| window(document).map(|news| news.minutes_before),
        |document, minutes: u32| {
            if let Some(news) = &mut document.filters.news {
                news.minutes_before = minutes;
            }
        },
    );
    let after = At::fixed(
        "/filters/news/minutes_after",
        move |document| window(document).map(|news| news.minutes_after),
        |document, minutes: u32| {
            if let Some(news) = &mut document.filters.news {
                news.minutes_after = minutes;
            }
        },
    );
    let impact = At::fixed(
        "/filters/news/impact",
        move |document| {
            Some(
                match window(document)?.impact {
                    Impact::Low => "low",
                    Impact::Medium => "medium",
                    Impact::High => "high",
                }
                .to_owned(),
            )
        },
        |document: &mut Document, value: String| {
            if let Some(news) = &mut document.filters.news {
                news.impact = match value.as_str() {
                    "low" => Impact::Low,
                    "medium" => Impact::Medium,
                    _ => Impact::High,
                };
            }
        },
    );
    let (first, second, third) = (
        say.say(words::MINUTES_BEFORE),
        say.say(words::MINUTES_AFTER),
        say.say(words::IMPACT),
    );
    view! {
        {line(first, number_field(&before.plain(), first, Kind::Count))}
        {line(second, number_field(&after.plain(), second, Kind::Count))}
        {line(third, word_field(&impact, third, entries(IMPACTS)))}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{refuse_time, words};
    use crate::pages::lab::designer::new_document;
    use trading::language::Language;

    #[test]
    fn what_is_no_time_is_told() {
        let document = new_document(Language::En);
        for time in ["00:00", " 07:30 ", "23:59"] {
            assert_eq!(refuse_time(&document, time), None, "{time}");
        }
        for none in ["25:00", "7:30", "", "07.30", "24:00"] {
            assert_eq!(
                refuse_time(&document, none),
                Some(words::NOT_A_TIME),
                "{none}"
            );
        }
    }
}
