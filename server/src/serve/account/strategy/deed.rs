//! What the forms do with a strategy.

use super::{
    Kept,
    refusal::{Refused, refused},
};
use crate::{
    clock::now,
    draft,
    serve::{
        Context,
        api::told,
        visit::{Member, to},
    },
    till::{ActivateError, Till},
};
use app::api::MostStrategies;
use axum::{Extension, Form, extract::State, response::Response};
use protocol::{
    api::strategy::{NewActivation, Place},
    id::StrategyId,
};
use serde::Deserialize;
use site::strategy::{self as pages, Done, StrategyFault};
use storage::{Activated, MAX_STRATEGIES, Owner, StorageError};

/// A deed with a strategy. What is not sent is empty, and then not to be found.
#[derive(Debug, Deserialize)]
pub(in super::super) struct Deed {
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
    pub(super) fn id(&self) -> Kept<StrategyId> {
        self.id.parse().map_err(|_| StorageError::NotFound)
    }

    fn version(&self) -> Kept<i64> {
        self.version.parse().map_err(|_| StorageError::NotFound)
    }

    /// Whether it was asked for on the page of all.
    pub(super) fn is_from_list(&self) -> bool {
        self.from == "list"
    }

    /// The page that the deed was asked for on.
    fn back(&self, done: Done) -> Response {
        let page = if self.is_from_list() {
            "/strategies".to_owned()
        } else {
            format!("/strategies/{}", self.id)
        };
        to(&format!("{page}?done={}", done.name()))
    }
}

async fn note(member: &Member, action: &str, detail: &str) {
    let (desk, address) = (&member.visit.desk, &member.visit.caller.address);
    desk.note_machine(member.account.id, action, detail, address)
        .await;
}

pub(in super::super) async fn activate(
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
        Err(ActivateError::Faulty(faults)) => Err(Refused::document(member, &faults)),
        Err(ActivateError::Storage(error)) => Err(error.into()),
    }
}

pub(in super::super) async fn deactivate(
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

pub(in super::super) async fn archive(
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

pub(in super::super) async fn restore(
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

pub(in super::super) async fn duplicate(
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
        let new = new.map_err(|faults| Refused::document(&member, &faults))?;
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

pub(in super::super) async fn bring_back(
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
        let new = new.map_err(|faults| Refused::document(&member, &faults))?;
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
