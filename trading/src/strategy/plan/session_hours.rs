//! The times of the week at which entries are allowed.

use crate::{
    strategy::filter::Session,
    time::{MINUTE, Time, weekday_of},
    zone::{UnknownZone, Zone},
};

/// Weekdays and hours in a zone.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionHours {
    /// The zone of the times.
    pub zone: Zone,
    weekdays: [bool; 7],
    /// Minutes of the day, `from..to`; past midnight where `to <= from`.
    hours: Vec<(i64, i64)>,
}

impl SessionHours {
    /// From a document's filter. `zone` is used where the filter names none.
    ///
    /// # Errors
    /// When the filter names an unknown zone.
    pub fn new(session: &Session, zone: &Zone) -> Result<Self, UnknownZone> {
        let mut weekdays = [session.weekdays.is_none(); 7];
        for day in session.weekdays.iter().flatten() {
            weekdays[day.index()] = true;
        }
        let hours = match &session.hours {
            None => vec![(0, 24 * 60)],
            Some(hours) => hours
                .iter()
                .map(|h| (i64::from(h.from.minutes()), i64::from(h.to.minutes())))
                .collect(),
        };
        Ok(Self {
            zone: match &session.time_zone {
                Some(name) => Zone::parse(name)?,
                None => zone.clone(),
            },
            weekdays,
            hours,
        })
    }

    /// Whether entries are allowed when the zone's clock shows `local`.
    pub fn allow(&self, local: Time) -> bool {
        let minute = local.time_of_day() / MINUTE;
        let today = self.weekdays[weekday_of(local.day())];
        let yesterday = self.weekdays[weekday_of(local.day() - 1)];
        self.hours.iter().any(|&(from, to)| {
            if from < to {
                today && from <= minute && minute < to
            } else {
                today && from <= minute || yesterday && minute < to
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy::filter::{Hours, Weekday};

    #[test]
    fn hours_past_midnight_belong_to_the_day_they_began() {
        let session = Session {
            time_zone: None,
            weekdays: Some(vec![Weekday::Fri]),
            hours: Some(vec![Hours {
                from: "22:00".parse().unwrap(),
                to: "02:00".parse().unwrap(),
            }]),
        };
        let hours = SessionHours::new(&session, &Zone::utc()).unwrap();
        // 2024-03-01 was a Friday.
        let at = |day, hour, minute| hours.allow(Time::from_civil(2024, 3, day, hour, minute, 0));
        assert!(!at(1, 1, 59), "Thursday's night");
        assert!(!at(1, 21, 59));
        assert!(at(1, 22, 0));
        assert!(at(2, 1, 59), "Friday's night goes on into Saturday");
        assert!(!at(2, 2, 0));
        assert!(!at(2, 22, 0));
    }
}
