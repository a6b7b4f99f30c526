//! What stands around every page that the server alone makes: announcements, and how much is
//! unread. A page is made without it where the database does not answer.

use super::Context;
use axum::http::{HeaderMap, header, request::Parts};
use site::{Around, Banner};
use storage::Account;
use trading::language::Language;
use uuid::Uuid;

/// How many announcements are shown at once.
const MOST: i64 = 3;
/// Which announcements a browser wants to see no more.
const COOKIE: &str = "phoenix_dismissed";
/// How many of them it remembers.
const REMEMBERED: usize = 5;

/// What is around a page for whoever asks.
pub(super) async fn around(
    context: &Context,
    parts: &Parts,
    account: Option<&Account>,
    language: Language,
) -> Around {
    let storage = context.desk.storage();
    let id = account.map(|account| account.id);
    let found = async {
        let most = MOST + REMEMBERED as i64;
        let now = crate::clock::now();
        let all = storage.announcements.shown(id, most, now).await?;
        let unread = match id {
            Some(id) => storage.notifications.unread(id).await?,
            None => 0,
        };
        Ok::<_, storage::StorageError>((all, unread))
    };
    let (all, unread) = match found.await {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(%error, "announcements could not be read");
            return Around::default();
        }
    };
    let gone = dismissed(&parts.headers);
    let banners = all
        .into_iter()
        .filter(|one| !gone.contains(&one.id))
        .take(MOST as usize)
        .map(|one| Banner {
            id: one.id.to_string(),
            severity: one.new.severity.name().to_owned(),
            text: match language {
                Language::En => one.new.english,
                Language::Id => one.new.indonesian,
            },
        })
        .collect();
    Around {
        banners,
        unread: u64::try_from(unread).unwrap_or(0),
    }
}

/// Which announcements a browser without an account wants to see no more.
fn dismissed(headers: &HeaderMap) -> Vec<Uuid> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE)
        .flat_map(|(_, value)| value.split('.'))
        .filter_map(|id| id.parse().ok())
        .take(REMEMBERED)
        .collect()
}

/// The cookie that remembers one more.
pub(super) fn dismissal(headers: &HeaderMap, id: Uuid) -> String {
    let mut all = vec![id];
    all.extend(dismissed(headers).into_iter().filter(|one| *one != id));
    let all: Vec<String> = all
        .iter()
        .take(REMEMBERED)
        .map(|id| id.simple().to_string())
        .collect();
    format!(
        "{COOKIE}={}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax",
        all.join(".")
    )
}
