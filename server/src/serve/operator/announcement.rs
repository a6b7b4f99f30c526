//! What everybody is told.

use super::{LINES, forbidden, older};
use crate::{
    clock::now,
    serve::{
        notification::{Done, to_done},
        visit::{Member, Staff, page},
    },
};
use axum::{Form, extract::Query, http::StatusCode, response::Response};
use serde::Deserialize;
use site::{
    Deed,
    admin::{
        self as pages, AnnouncementFault, AnnouncementLine, AnnouncementsPage, Draft, LONGEST,
    },
};
use storage::{NewAnnouncement, Severity, StorageError};
use trading::time::{DAY, Time};
use uuid::Uuid;

const PATH: &str = "/admin/announcements";
/// How far ahead one may end.
const AHEAD: i64 = 366 * DAY;

#[derive(Deserialize)]
pub(super) struct Asked {
    before: Option<String>,
    #[serde(flatten)]
    done: Done,
}

pub(super) async fn list(Staff(member): Staff, Query(asked): Query<Asked>) -> Response {
    let before = asked.before.as_deref().map(str::parse::<Uuid>);
    let Ok(before) = before.transpose() else {
        return member.visit.broken(&StorageError::NotFound.into());
    };
    show(&member, before, asked.done.deed(), None).await
}

async fn show(
    member: &Member,
    before: Option<Uuid>,
    deed: Option<Deed>,
    refused: Option<(AnnouncementFault, Draft)>,
) -> Response {
    let visit = &member.visit;
    let announcements = &visit.desk.storage().announcements;
    let found = match announcements.list(before, LINES).await {
        Ok(found) => found,
        Err(error) => return visit.broken(&error.into()),
    };
    let older = older(&found, PATH, |one| one.id.to_string());
    let status = match refused {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (fault, draft) = refused.map_or((None, Draft::default()), |(fault, draft)| {
        (Some(fault), draft)
    });
    let shown = AnnouncementsPage {
        lines: found
            .into_iter()
            .map(|one| AnnouncementLine {
                id: one.id.to_string(),
                severity: one.new.severity.name(),
                english: one.new.english,
                indonesian: one.new.indonesian,
                is_public: one.new.is_public,
                starts_at: one.new.starts_at,
                ends_at: one.new.ends_at,
                is_withdrawn: one.withdrawn_at.is_some(),
            })
            .collect(),
        may_change: member.account.role.may_change_announcements(),
        draft,
        fault,
        deed,
        older,
        now: now(),
    };
    page(status, pages::announcements(&visit.look(PATH), &shown))
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    english: String,
    #[serde(default)]
    indonesian: String,
    #[serde(default)]
    severity: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    public: String,
    #[serde(default)]
    told: String,
}

pub(super) async fn new(Staff(member): Staff, Form(typed): Form<Typed>) -> Response {
    if !member.account.role.may_change_announcements() {
        return forbidden(&member, PATH);
    }
    let at = now();
    let new = match read(&typed, at) {
        Ok(new) => new,
        Err(fault) => {
            let draft = Draft {
                english: typed.english,
                indonesian: typed.indonesian,
                severity: typed.severity,
                from: typed.from,
                until: typed.until,
                is_public: !typed.public.is_empty(),
                is_told: !typed.told.is_empty(),
            };
            return show(&member, None, None, Some((fault, draft))).await;
        }
    };
    let visit = &member.visit;
    let announcements = &visit.desk.storage().announcements;
    match announcements.make(&new, at).await {
        Ok(id) => {
            let (desk, actor) = (&visit.desk, Some(member.account.id));
            let which = id.to_string();
            desk.note_by(None, actor, "announcement-made", &which, &visit.caller)
                .await;
            to_done(PATH, Deed::Announced)
        }
        Err(error) => visit.broken(&error.into()),
    }
}

fn read(typed: &Typed, at: Time) -> Result<NewAnnouncement, AnnouncementFault> {
    let text = |text: &str| {
        let text = text.trim().replace("\r\n", "\n");
        let is_good = !text.is_empty() && text.chars().count() <= LONGEST;
        let is_plain = !text.chars().any(|c| c.is_control() && c != '\n');
        (is_good && is_plain)
            .then_some(text)
            .ok_or(AnnouncementFault::Text)
    };
    let (english, indonesian) = (text(&typed.english)?, text(&typed.indonesian)?);
    let starts_at = match typed.from.trim() {
        "" => at,
        from => moment(from).ok_or(AnnouncementFault::Time)?,
    };
    let ends_at = moment(typed.until.trim()).ok_or(AnnouncementFault::Time)?;
    if ends_at <= starts_at || ends_at <= at || ends_at.0 > at.0 + AHEAD {
        return Err(AnnouncementFault::Time);
    }
    Ok(NewAnnouncement {
        severity: Severity::of(&typed.severity).unwrap_or(Severity::Info),
        english,
        indonesian,
        is_public: !typed.public.is_empty(),
        is_told: !typed.told.is_empty(),
        starts_at,
        ends_at,
    })
}

/// `2026-11-21T19:05`, as browsers send it, in UTC.
fn moment(text: &str) -> Option<Time> {
    let (date, clock) = text.split_once('T')?;
    let number = |text: &str, length: usize| -> Option<i64> {
        let is_digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        is_digits.then(|| text.parse().ok()).flatten()
    };
    let mut date = date.split('-');
    let year = number(date.next()?, 4)?;
    let month = number(date.next()?, 2)?;
    let day = number(date.next()?, 2)?;
    let mut clock = clock.split(':');
    let hour = number(clock.next()?, 2)?;
    let minute = number(clock.next()?, 2)?;
    let is_whole = date.next().is_none() && (1970..=9000).contains(&year);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let is_day = (1..=days).contains(&day) && hour < 24 && minute < 60;
    (is_whole && is_day).then(|| Time::from_civil(year, month, day, hour, minute, 0))
}

#[derive(Deserialize)]
pub(super) struct One {
    #[serde(default)]
    id: String,
}

pub(super) async fn withdraw(Staff(member): Staff, Form(one): Form<One>) -> Response {
    if !member.account.role.may_change_announcements() {
        return forbidden(&member, PATH);
    }
    let visit = &member.visit;
    let done = async {
        let id = one.id.parse::<Uuid>().map_err(|_| StorageError::NotFound)?;
        let announcements = &visit.desk.storage().announcements;
        announcements.withdraw(id, now()).await
    };
    match done.await {
        Ok(()) => {
            let (desk, actor) = (&visit.desk, Some(member.account.id));
            desk.note_by(
                None,
                actor,
                "announcement-withdrawn",
                &one.id,
                &visit.caller,
            )
            .await;
            to_done(PATH, Deed::Withdrawn)
        }
        Err(error) => visit.broken(&error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::moment;
    use trading::time::Time;

    #[test]
    fn a_moment_is_read_or_refused() {
        let good = Time::from_civil(2028, 2, 29, 23, 59, 0);
        assert_eq!(moment("2028-02-29T23:59"), Some(good));
        for bad in [
            "",
            "2026-02-29T00:00",
            "2026-13-01T00:00",
            "2026-00-01T00:00",
            "2026-01-01T24:00",
            "2026-01-01",
            "2026-1-1T1:1",
            "99999-01-01T00:00",
            "-001-01-01T00:00",
            "2026-01-01-01T00:00",
            "٢٠٢٦-01-01T00:00",
        ] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }
}
