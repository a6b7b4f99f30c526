//! Strategies and their versions, and what can be done with them.

use crate::{
    clock::now,
    difference::{self, Mark},
    draft,
    serve::{
        Context,
        api::told,
        visit::{Member, Visit, page, to},
    },
    till::{ActivateError, Running, Till},
};
use app::api::MostStrategies;
use axum::{
    Extension, Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use billing::{
    live::Course,
    quota::{Limit, Quota},
};
use protocol::{
    api::strategy::{Earned, NewActivation, Place},
    id::{BrokerAccountId, StrategyId},
};
use serde::Deserialize;
use site::strategy::{
    self as pages, Compared, Done, PlaceChoice, Room, Said, StrategiesPage, StrategyFault,
    StrategyLine, StrategyPage, VersionLine,
};
use storage::{
    Activated, MAX_BROKER_ACCOUNTS, MAX_STRATEGIES, Owner, Shelved, StorageError, VersionEarned,
};

type Kept<T> = Result<T, StorageError>;

/// What the pages are asked for with.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
}

/// A deed with a strategy. What is not sent is empty, and then not to be found.
#[derive(Debug, Deserialize)]
pub(super) struct Deed {
    #[serde(default)]
    id: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    revision: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    from: String,
}

impl Deed {
    fn id(&self) -> Kept<StrategyId> {
        self.id.parse().map_err(|_| StorageError::NotFound)
    }

    fn version(&self) -> Kept<i64> {
        self.version.parse().map_err(|_| StorageError::NotFound)
    }

    /// The page that the deed was asked for on.
    fn back(&self, done: Done) -> Response {
        let page = if self.from == "list" {
            "/strategies".to_owned()
        } else {
            format!("/strategies/{}", self.id)
        };
        to(&format!("{page}?done={}", done.name()))
    }
}

/// Why a deed was not done.
enum Refused {
    /// It is said on the page.
    Fault(StrategyFault),
    /// There is no page to say it on.
    Storage(StorageError),
}

impl From<StorageError> for Refused {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Live => Self::Fault(StrategyFault::Live),
            StorageError::Archived => Self::Fault(StrategyFault::Archived),
            StorageError::Conflict(_) => Self::Fault(StrategyFault::Conflict),
            StorageError::TooMany(most) => {
                Self::Fault(StrategyFault::Saved(u64::try_from(most).unwrap_or(0)))
            }
            StorageError::Full(most) => {
                Self::Fault(StrategyFault::Full(u64::try_from(most >> 20).unwrap_or(0)))
            }
            error => Self::Storage(error),
        }
    }
}

pub(super) async fn strategies(
    State(context): State<Context>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Response {
    match all(&context.till, &member).await {
        Ok(mut shown) => {
            shown.done = Done::of(&asked.done);
            let look = member.visit.look("/strategies");
            Visit::page(pages::strategies(&look, &shown))
        }
        Err(error) => member.visit.broken(&error.into()),
    }
}

pub(super) async fn strategy(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let shown = async {
        let id = id.parse().map_err(|_| StorageError::NotFound)?;
        one(&context.till, &member, id, &asked).await
    };
    match shown.await {
        Ok(mut shown) => {
            shown.done = Done::of(&asked.done);
            let look = member.visit.look(&format!("/strategies/{id}"));
            Visit::page(pages::strategy(&look, &shown))
        }
        Err(error) => member.visit.broken(&error.into()),
    }
}

async fn all(till: &Till, member: &Member) -> Kept<StrategiesPage> {
    let storage = member.visit.desk.storage();
    let account = member.account.id;
    let shelf = storage.strategies.shelf(Owner::Account(account), None);
    let shelf = shelf.await?;
    let live = till.live(account).await?;
    let places = places(member).await?;
    let mut gains = storage.strategies.earnings(account).await?;
    let room = room(till, member, shelf.len(), live.len()).await?;
    let lines = shelf.into_iter().map(|one| {
        let gains = gains.remove(&one.summary.id).unwrap_or_default();
        line(one, &live, &places, gains)
    });
    Ok(StrategiesPage {
        lines: lines.collect(),
        places,
        room,
        done: None,
        fault: None,
        now: now(),
    })
}

async fn one(till: &Till, member: &Member, id: StrategyId, asked: &Asked) -> Kept<StrategyPage> {
    let storage = member.visit.desk.storage();
    let (account, owner) = (member.account.id, Owner::Account(member.account.id));
    let strategies = &storage.strategies;
    let shelved = strategies.shelved(owner, id).await?;
    let saved = strategies.list(owner).await?.len();
    let live = till.live(account).await?;
    let places = places(member).await?;
    let gains = strategies.earnings(account).await?.remove(&id);
    let room = room(till, member, saved, live.len()).await?;
    let VersionEarned {
        mut versions,
        unknown,
        is_cut,
    } = strategies.earned(account, id).await?;
    let listed = strategies.versions(owner, id).await?;
    let line = line(shelved, &live, &places, gains.unwrap_or_default());
    let pair = pair(&line, asked, |number| {
        listed.iter().any(|one| one.number == number)
    });
    let compared = match pair {
        Some((old, new)) => Some(compared(member, id, old, new).await?),
        None => None,
    };
    Ok(StrategyPage {
        line,
        versions: listed
            .into_iter()
            .map(|one| VersionLine {
                number: one.number,
                note: one.note,
                origin: one.origin,
                saved_at: one.saved_at,
                earned: shown(versions.remove(&one.number).unwrap_or_default()),
            })
            .collect(),
        // What is left are versions that went.
        gone: versions
            .into_iter()
            .rev()
            .map(|(number, earned)| (number, shown(earned)))
            .collect(),
        unknown: shown(unknown),
        is_cut,
        compared,
        places,
        room,
        done: None,
        fault: None,
        now: now(),
    })
}

/// Which two are compared: those that were chosen; else what trades with the newest; else the two
/// newest.
fn pair(line: &StrategyLine, asked: &Asked, is_there: impl Fn(i64) -> bool) -> Option<(i64, i64)> {
    let chosen = |text: &str| text.parse().ok().filter(|number| is_there(*number));
    if let (Some(old), Some(new)) = (chosen(&asked.old), chosen(&asked.new)) {
        return Some((old, new));
    }
    let newest = line.version;
    let live = line.live.as_ref().map(|live| live.version);
    let old = live.filter(|live| *live != newest).unwrap_or(newest - 1);
    is_there(old).then_some((old, newest))
}

async fn compared(member: &Member, id: StrategyId, old: i64, new: i64) -> Kept<Compared> {
    let owner = Owner::Account(member.account.id);
    let strategies = &member.visit.desk.storage().strategies;
    let language = member.visit.caller.language;
    let before = strategies.version(owner, id, old).await?.document;
    let after = strategies.version(owner, id, new).await?.document;
    let told = move || {
        let sentences = difference::sentences(&before, &after, language);
        (sentences, difference::documents(&before, &after))
    };
    // Large documents take their time: not that of other requests.
    let told = tokio::task::spawn_blocking(told).await;
    let (sentences, document) = told.map_err(|error| StorageError::Damaged(error.to_string()))?;
    Ok(Compared {
        old,
        new,
        sentences: sentences.map(said),
        document: said(document),
    })
}

fn said(lines: Vec<difference::Line>) -> Vec<Said> {
    let mark = |mark| match mark {
        Mark::Same => pages::Mark::Same,
        Mark::Gone => pages::Mark::Gone,
        Mark::New => pages::Mark::New,
        Mark::Skipped => pages::Mark::Skipped,
    };
    let said = |line: difference::Line| Said {
        mark: mark(line.mark),
        text: line.text,
        is_title: line.is_title,
    };
    lines.into_iter().map(said).collect()
}

fn shown(earned: Vec<Earned>) -> Vec<pages::Earned> {
    let shown = |one: Earned| pages::Earned {
        currency: one.currency,
        closed: one.closed,
        won: one.won,
        net: one.net,
    };
    earned.into_iter().map(shown).collect()
}

fn line(
    shelved: Shelved,
    live: &[Running],
    places: &[PlaceChoice],
    gains: Vec<(String, f64)>,
) -> StrategyLine {
    let summary = shelved.summary;
    let running = live.iter().find(|one| one.live.strategy == summary.id);
    StrategyLine {
        id: summary.id.to_string(),
        market: format!("{} {}", summary.symbol, summary.timeframe),
        name: summary.name,
        version: shelved.version,
        revision: summary.revision,
        saved_at: summary.updated_at,
        is_archived: shelved.archived_at.is_some(),
        live: running.map(|running| pages::LiveLine {
            version: running.live.version,
            place: match running.live.on {
                Place::EveryAccount => None,
                Place::BrokerAccount(id) => Some(named(places, id)),
            },
            since: running.live.since,
            course: match running.course {
                Course::Runs => pages::Course::Runs,
                Course::Grace(until) => pages::Course::Until(until),
                Course::Paused(_) => pages::Course::Paused,
            },
        }),
        gains,
    }
}

fn named(places: &[PlaceChoice], id: BrokerAccountId) -> String {
    let id = id.to_string();
    let found = places.iter().find(|place| place.id == id);
    found.map_or(id.clone(), |place| place.name.clone())
}

async fn places(member: &Member) -> Kept<Vec<PlaceChoice>> {
    let reports = &member.visit.desk.storage().reports;
    let all = reports.broker_accounts(member.account.id, None, MAX_BROKER_ACCOUNTS);
    let place = |one: protocol::api::report::BrokerAccount| PlaceChoice {
        id: one.id.to_string(),
        name: format!(
            "{} · {} ({})",
            one.login.login, one.login.server, one.currency
        ),
    };
    Ok(all.await?.into_iter().map(place).collect())
}

async fn room(till: &Till, member: &Member, saved: usize, live: usize) -> Kept<Room> {
    let account = member.account.id;
    let limit = |limit| match limit {
        Limit::Of(most) => Some(most),
        Limit::Unlimited => None,
    };
    Ok(Room {
        live: live as u64,
        live_limit: limit(till.most(account, Quota::LiveStrategies).await?.limit),
        saved: saved as u64,
        saved_limit: limit(till.most(account, Quota::SavedStrategies).await?.limit),
    })
}

/// The page on which a deed was asked for, with why it was not done.
async fn refused(till: &Till, member: &Member, deed: &Deed, why: Refused) -> Response {
    let fault = match why {
        Refused::Fault(fault) => fault,
        Refused::Storage(error) => return member.visit.broken(&error.into()),
    };
    let status = match fault {
        StrategyFault::Document(_) | StrategyFault::Place => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    };
    let html = async {
        if deed.from == "list" {
            let mut shown = all(till, member).await?;
            shown.fault = Some(fault);
            let look = member.visit.look("/strategies");
            return Ok(pages::strategies(&look, &shown));
        }
        let id = deed.id()?;
        let mut shown = one(till, member, id, &Asked::default()).await?;
        shown.fault = Some(fault);
        let look = member.visit.look(&format!("/strategies/{id}"));
        Ok(pages::strategy(&look, &shown))
    };
    match html.await {
        Ok(html) => page(status, html),
        Err(error) => {
            let error: StorageError = error;
            member.visit.broken(&error.into())
        }
    }
}

async fn note(member: &Member, action: &str, detail: &str) {
    let (desk, address) = (&member.visit.desk, &member.visit.caller.address);
    desk.note_machine(member.account.id, action, detail, address)
        .await;
}

pub(super) async fn activate(
    State(context): State<Context>,
    member: Member,
    Form(deed): Form<Deed>,
) -> Response {
    let till = &context.till;
    match try_activate(till, &member, &deed).await {
        Ok(()) => deed.back(Done::Activated),
        Err(why) => refused(till, &member, &deed, why).await,
    }
}

async fn try_activate(till: &Till, member: &Member, deed: &Deed) -> Result<(), Refused> {
    let id = deed.id()?;
    // Somebody else's is not there, whatever else is wrong.
    let owner = Owner::Account(member.account.id);
    let strategies = &member.visit.desk.storage().strategies;
    strategies.shelved(owner, id).await?;
    let on = if deed.on == pages::EVERY {
        Place::EveryAccount
    } else {
        let place = deed.on.parse();
        Place::BrokerAccount(place.map_err(|_| Refused::Fault(StrategyFault::Place))?)
    };
    let new = NewActivation {
        version: deed.version()?,
        on,
    };
    match till.activate(member.account.id, id, &new).await {
        Ok(Activated::Now(_)) => {
            note(member, "strategy-activated", &told(id, &new)).await;
            Ok(())
        }
        Ok(Activated::Before(_)) => Ok(()),
        Err(ActivateError::Exceeded(why)) => Err(Refused::Fault(StrategyFault::Quota(why.limit))),
        Err(ActivateError::Faulty(faults)) => {
            let language = member.visit.caller.language;
            let first = faults.first().map(|fault| fault.text(language).message);
            Err(Refused::Fault(StrategyFault::Document(
                first.unwrap_or_default(),
            )))
        }
        Err(ActivateError::Storage(error)) => Err(error.into()),
    }
}

pub(super) async fn deactivate(
    State(context): State<Context>,
    member: Member,
    Form(deed): Form<Deed>,
) -> Response {
    let till = &context.till;
    let done = async {
        let id = deed.id()?;
        if till.deactivate(member.account.id, id).await? {
            note(&member, "strategy-deactivated", &id.to_string()).await;
        }
        Ok(())
    };
    answer(till, &member, &deed, Done::Deactivated, done.await).await
}

pub(super) async fn archive(
    State(context): State<Context>,
    member: Member,
    Form(deed): Form<Deed>,
) -> Response {
    let done = async {
        let id = deed.id()?;
        let activations = &member.visit.desk.storage().activations;
        if activations.archive(member.account.id, id, now()).await? {
            note(&member, "strategy-archived", &id.to_string()).await;
        }
        Ok(())
    };
    answer(&context.till, &member, &deed, Done::Archived, done.await).await
}

pub(super) async fn restore(
    State(context): State<Context>,
    member: Member,
    Form(deed): Form<Deed>,
) -> Response {
    let done = async {
        let id = deed.id()?;
        let activations = &member.visit.desk.storage().activations;
        if activations.restore(member.account.id, id).await? {
            note(&member, "strategy-restored", &id.to_string()).await;
        }
        Ok(())
    };
    answer(&context.till, &member, &deed, Done::Restored, done.await).await
}

async fn answer(till: &Till, member: &Member, deed: &Deed, done: Done, came: Kept<()>) -> Response {
    match came {
        Ok(()) => deed.back(done),
        Err(error) => refused(till, member, deed, error.into()).await,
    }
}

type Most = Option<Extension<MostStrategies>>;

fn most(most: Most) -> i64 {
    most.map_or(MAX_STRATEGIES, |Extension(most)| most.0)
}

pub(super) async fn duplicate(
    State(context): State<Context>,
    member: Member,
    room: Most,
    Form(deed): Form<Deed>,
) -> Response {
    let done = async {
        let owner = Owner::Account(member.account.id);
        let strategies = &member.visit.desk.storage().strategies;
        let id = deed.id()?;
        let text = strategies.load(owner, id).await?.document;
        let look = member.visit.look("/strategies");
        let copy = draft::copy(&text, |name| pages::copy_name(&look, name));
        let new = copy.and_then(|copy| draft::draft(copy, None, most(room)));
        let new = new.map_err(|faults| {
            let first = faults
                .first()
                .map(|fault| fault.text(look.language).message);
            Refused::Fault(StrategyFault::Document(first.unwrap_or_default()))
        })?;
        let made = strategies.save(owner, new, now()).await?;
        let detail = format!("{id} as {}", made.id);
        note(&member, "strategy-duplicated", &detail).await;
        Ok(made.id)
    };
    match done.await {
        Ok(made) => {
            let done = Done::Duplicated.name();
            to(&format!("/strategies/{made}?done={done}"))
        }
        Err(why) => refused(&context.till, &member, &deed, why).await,
    }
}

pub(super) async fn bring_back(
    State(context): State<Context>,
    member: Member,
    room: Most,
    Form(deed): Form<Deed>,
) -> Response {
    let done = async {
        let owner = Owner::Account(member.account.id);
        let strategies = &member.visit.desk.storage().strategies;
        let (id, number) = (deed.id()?, deed.version()?);
        let version = strategies.version(owner, id, number).await?;
        // What was seen is what is replaced.
        let revision = deed.revision.parse().map_err(|_| StorageError::NotFound)?;
        let new = draft::draft(version.document, Some((id, revision)), most(room));
        let new = new.map_err(|faults| {
            let language = member.visit.caller.language;
            let first = faults.first().map(|fault| fault.text(language).message);
            Refused::Fault(StrategyFault::Document(first.unwrap_or_default()))
        })?;
        let saved = strategies.save_noted(owner, new, ("", Some(number)), now());
        saved.await?;
        let detail = format!("{id} version {number}");
        note(&member, "strategy-version-restored", &detail).await;
        Ok(())
    };
    match done.await {
        Ok(()) => deed.back(Done::BroughtBack),
        Err(why) => refused(&context.till, &member, &deed, why).await,
    }
}
