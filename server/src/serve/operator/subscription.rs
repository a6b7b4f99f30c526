//! Who pays for what, and what providers told us of it.

use super::{LINES, forbidden, plan::word};
use crate::{
    serve::{
        Context,
        notification::{Done, to_done},
        visit::{Staff, Visit},
    },
    till,
};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use billing::{
    money::Money,
    subscription::{Fact, Ledger, Ref, Standing},
};
use identity::Role;
use protocol::id::AccountId;
use serde::Deserialize;
use site::{
    Deed,
    admin::{self as pages, FactLine, RecordPage, SubscriptionFilter, SubscriptionLine},
};
use storage::{SeenLedger, StorageError};

/// How many ledgers are looked through for one page.
const PART: i64 = 1_000;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    provider: String,
    after: Option<String>,
}

pub(super) async fn list(
    State(context): State<Context>,
    Staff(member): Staff,
    Query(asked): Query<Asked>,
) -> Response {
    let visit = &member.visit;
    let done = async {
        let after = asked.after.as_deref().map(str::parse::<AccountId>);
        let after = after.transpose().map_err(|_| StorageError::NotFound)?;
        let part = context
            .desk
            .storage()
            .operations
            .ledgers(after, PART)
            .await?;
        let mut lines = Vec::new();
        let mut last = None;
        let is_full = i64::try_from(part.len()).is_ok_and(|count| count == PART);
        for one in &part {
            if lines.len() as i64 == LINES {
                break;
            }
            last = Some(one.account);
            let line = line(&context, one);
            let is_asked = (asked.state.is_empty() || asked.state == line.state)
                && (asked.provider.is_empty() || asked.provider == line.provider);
            if is_asked {
                lines.push(line);
            }
        }
        let has_more = is_full || last != part.last().map(|one| one.account);
        Ok::<_, StorageError>((lines, last.filter(|_| has_more)))
    };
    let (lines, last) = match done.await {
        Ok(found) => found,
        Err(error) => return visit.broken(&error.into()),
    };
    // Only words of ours go back into an address.
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_ascii_lowercase() || *c == '_')
            .take(20)
            .collect()
    };
    let (state, provider) = (plain(&asked.state), plain(&asked.provider));
    let older = last
        .map(|last| format!("/admin/subscriptions?state={state}&provider={provider}&after={last}"));
    let filter = SubscriptionFilter { state, provider };
    let look = visit.look("/admin/subscriptions");
    Visit::page(pages::subscriptions(&look, &filter, &lines, older))
}

fn line(context: &Context, one: &SeenLedger) -> SubscriptionLine {
    match till::read(&one.ledger) {
        Ok(ledger) => shown(one.account, &one.email, &context.till.standing_of(&ledger)),
        Err(error) => {
            tracing::error!(error, account = %one.account, "a ledger cannot be read");
            unreadable(one.account, &one.email)
        }
    }
}

/// One damaged row hides no other.
fn unreadable(id: AccountId, email: &str) -> SubscriptionLine {
    SubscriptionLine {
        id: id.to_string(),
        email: email.to_owned(),
        plan: String::new(),
        state: "unreadable".to_owned(),
        provider: String::new(),
        ends: None,
    }
}

fn shown(id: AccountId, email: &str, standing: &Standing) -> SubscriptionLine {
    SubscriptionLine {
        id: id.to_string(),
        email: email.to_owned(),
        plan: standing.plan.as_str().to_owned(),
        state: word(standing.state),
        provider: standing
            .provider
            .map_or_else(String::new, |provider| provider.name().to_owned()),
        ends: standing.ends,
    }
}

pub(super) async fn record(
    State(context): State<Context>,
    Staff(member): Staff,
    Path(account): Path<String>,
    Query(done): Query<Done>,
) -> Response {
    let visit = &member.visit;
    let found = async {
        let id = account.parse::<AccountId>();
        let id = id.map_err(|_| StorageError::NotFound)?;
        let account = context.desk.storage().accounts.load(id).await?;
        let email = account.email.as_str();
        Ok::<_, StorageError>(match context.till.ledger(id).await {
            Err(StorageError::Damaged(_)) => (unreadable(id, email), Ledger::default()),
            ledger => {
                let ledger = ledger?;
                let standing = context.till.standing_of(&ledger);
                (shown(id, email, &standing), ledger)
            }
        })
    };
    let (line, ledger) = match found.await {
        Ok(found) => found,
        Err(error) => return visit.broken(&error.into()),
    };
    let look = visit.look(&format!("/admin/subscriptions/{}", line.id));
    let page = RecordPage {
        line,
        facts: facts(ledger),
        may_ask: member.account.role == Role::Admin && !context.till.is_test(),
        deed: done.deed(),
    };
    Visit::page(pages::record(&look, &page))
}

/// At most so many, the newest first.
fn facts(ledger: Ledger) -> Vec<FactLine> {
    let mut lines: Vec<FactLine> = ledger.facts().map(fact).collect();
    lines.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.reference.cmp(&b.reference)));
    lines.truncate(500);
    lines
}

fn fact(fact: Fact) -> FactLine {
    let money = |money: Money| {
        Some((
            money.minor,
            money.currency.decimals(),
            money.currency.code(),
        ))
    };
    // The word of a state, as in JSON.
    let word = |value: serde_json::Result<serde_json::Value>| -> String {
        let value = value.unwrap_or_default();
        value.as_str().unwrap_or_default().to_owned()
    };
    let named = |at: &Ref| at.to_string();
    let (at, kind, reference, detail, amount) = match fact {
        Fact::Subscription(one) => {
            let mut detail = format!(
                "{} / {}: {}, {} – {}",
                one.plan.as_str(),
                one.interval,
                word(serde_json::to_value(one.status)),
                one.period_start,
                one.period_end,
            );
            if let Some(end) = one.ends_at {
                detail.push_str(&format!(" → {end}"));
            }
            let name = named(&one.subscription);
            (one.observed.at, "subscription", name, detail, None)
        }
        Fact::Paid(one) => {
            let detail = format!("{}, {} – {}", one.plan.as_str(), one.from, one.until);
            let name = named(&one.payment);
            (one.paid_at, "paid", name, detail, money(one.amount))
        }
        Fact::Failed(one) => {
            let detail = named(&one.subscription);
            (one.at, "failed", named(&one.payment), detail, None)
        }
        Fact::Refund(one) => {
            let (name, detail) = (named(&one.charge), named(&one.payment));
            (one.observed.at, "refund", name, detail, money(one.refunded))
        }
        Fact::Dispute(one) => {
            let detail = word(serde_json::to_value(one.status));
            (
                one.observed.at,
                "dispute",
                named(&one.dispute),
                detail,
                None,
            )
        }
        Fact::Purchase(one) => {
            let state = word(serde_json::to_value(one.status));
            let detail = format!("{} / {}: {state}", one.plan.as_str(), one.interval);
            let at = one.paid_at.unwrap_or(one.observed.at);
            (at, "purchase", named(&one.order), detail, money(one.amount))
        }
    };
    FactLine {
        at,
        kind,
        reference,
        detail,
        amount,
    }
}

#[derive(Deserialize)]
pub(super) struct One {
    #[serde(default)]
    id: String,
}

/// Asks the providers about one account now.
pub(super) async fn ask(
    State(context): State<Context>,
    Staff(member): Staff,
    Form(one): Form<One>,
) -> Response {
    if member.account.role != Role::Admin {
        return forbidden(&member, "/admin/subscriptions");
    }
    let visit = &member.visit;
    let found = match one.id.parse::<AccountId>() {
        Ok(id) => context.desk.storage().accounts.load(id).await,
        Err(_) => Err(StorageError::NotFound),
    };
    let account = match found {
        Ok(account) => account,
        Err(error) => return visit.broken(&error.into()),
    };
    let (id, actor) = (account.id, Some(member.account.id));
    let desk = &visit.desk;
    desk.note_by(Some(id), actor, "payments-asked", "", &visit.caller)
        .await;
    let deed = match context.till.refresh(&account).await {
        Ok(()) => Deed::Asked,
        Err(error) => {
            tracing::warn!(%error, account = %id, "a payment could not be asked about");
            Deed::NotAsked
        }
    };
    to_done(&format!("/admin/subscriptions/{id}"), deed)
}
