//! Commands: the list, one of them, and the way to give one: choose, be told what happens, confirm.

use super::{live, live_page, scene::Scene};
use crate::{
    account::{AccountError, NotGiven},
    clock::now,
    serve::visit::{Member, page, to},
};
use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use protocol::{
    api::command::{Action, CommandState, NewCommand, Target},
    id::{CommandId, StrategyId},
};
use serde::Deserialize;
use site::live::{
    self as pages, Affected, AskPage, Choice, CommandsPage, GiveFault, GivePage, State,
};
use storage::StorageError;
use trading::time::{HOUR, MINUTE, Time};
use uuid::Uuid;

/// How many commands a page of the list has.
const PART: usize = 50;
/// How long closing positions and resuming is still wanted: the market moves on.
const SOON: i64 = 15 * MINUTE;
/// How long stopping and pausing is still wanted: it is safe whenever it comes.
const LONG: i64 = 12 * HOUR;

#[derive(Deserialize)]
pub(super) struct Listed {
    #[serde(default)]
    state: String,
    #[serde(default)]
    cursor: String,
}

pub(super) async fn list(member: Member, Query(asked): Query<Listed>) -> Response {
    match listed(&member, &asked).await {
        Ok(response) => response,
        Err(error) => member.visit.broken(&error.into()),
    }
}

async fn listed(member: &Member, asked: &Listed) -> storage::Result<Response> {
    let (storage, account, now) = (member.visit.desk.storage(), member.account.id, now());
    let before: Option<CommandId> = asked.cursor.parse().ok();
    let state: Option<CommandState> = asked.state.parse().ok();
    // One more than is shown says whether there are more.
    let most = PART as i64 + 1;
    let commands = &storage.commands;
    let mut found = match state {
        Some(state) => commands.list_of(account, state, before, most, now).await?,
        None => commands.list(account, before, most, now).await?,
    };
    let has_more = found.len() > PART;
    found.truncate(PART);
    let filter = state.map_or_else(String::new, |state| format!("state={state}&"));
    let older = found.last().filter(|_| has_more);
    let older = older.map(|last| format!("/commands?{filter}cursor={}", last.id));
    let scene = Scene::load(storage, account, now).await?;
    let shown = CommandsPage {
        live: live(member, now),
        state: state.and_then(|state| State::of(state.name())),
        commands: found.iter().map(|one| scene.command_line(one)).collect(),
        older,
    };
    let path = match (state, before) {
        (None, None) => "/commands".to_owned(),
        (Some(state), None) => format!("/commands?state={state}"),
        (_, Some(before)) => format!("/commands?{filter}cursor={before}"),
    };
    Ok(live_page(pages::commands(
        &member.visit.look(&path),
        &shown,
    )))
}

pub(super) async fn one(member: Member, Path(id): Path<String>) -> Response {
    let (storage, account, now) = (member.visit.desk.storage(), member.account.id, now());
    let found = async {
        let id: CommandId = id.parse().map_err(|_| StorageError::NotFound)?;
        let command = storage.commands.load(account, id, now).await?;
        let scene = Scene::load(storage, account, now).await?;
        Ok::<_, StorageError>(scene.command_line(&command))
    };
    match found.await {
        Ok(line) => {
            let look = member.visit.look(&format!("/commands/{}", line.id));
            live_page(pages::command(&look, &line, &live(&member, now)))
        }
        Err(error) => member.visit.broken(&error.into()),
    }
}

/// What was chosen, as it comes in addresses and forms: anything.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    action: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    strategy: String,
    #[serde(default)]
    ticket: String,
}

/// Why nothing can be asked.
enum No {
    /// Something was not chosen.
    Fault(GiveFault),
    /// It is not there, or somebody else's.
    Missing,
}

impl Chosen {
    /// The action and the target, if all of it is the account's own.
    fn read(&self, scene: &Scene) -> Result<(Action, Target), No> {
        let incomplete = No::Fault(GiveFault::Incomplete);
        if self.action.is_empty() || self.target.is_empty() {
            return Err(incomplete);
        }
        let target = match self.target.split_once(':') {
            Some(("executor", id)) => id.parse().map(Target::Executor),
            Some(("account", id)) => id.parse().map(Target::BrokerAccount),
            _ => return Err(No::Missing),
        };
        let target = target.map_err(|_| No::Missing)?;
        if !scene.is_target(target) {
            return Err(No::Missing);
        }
        let strategy = || -> Result<StrategyId, No> {
            if self.strategy.is_empty() {
                return Err(No::Fault(GiveFault::Incomplete));
            }
            let id: StrategyId = self.strategy.parse().map_err(|_| No::Missing)?;
            let is_own = scene.strategies.contains_key(&id);
            is_own.then_some(id).ok_or(No::Missing)
        };
        let action = match self.action.as_str() {
            "stop_bot" => Action::StopBot,
            "pause_strategy" => Action::PauseStrategy {
                strategy: strategy()?,
            },
            "resume_strategy" => Action::ResumeStrategy {
                strategy: strategy()?,
            },
            "close_position" => {
                let ticket = self.ticket.parse().ok().filter(|ticket: &i64| *ticket > 0);
                let ticket = ticket.ok_or(No::Missing)?;
                // Tickets are an account's: of several, nothing says which.
                if matches!(target, Target::Executor(_)) {
                    return Err(No::Missing);
                }
                Action::ClosePosition { ticket }
            }
            "stop_and_close" => Action::StopAndClose,
            "close_mine" => Action::CloseMine,
            "close_everything" => Action::CloseEverything,
            _ => return Err(No::Missing),
        };
        Ok((action, target))
    }
}

/// What is to be done, and where.
pub(super) async fn choose(member: Member, Query(chosen): Query<Chosen>) -> Response {
    let (storage, account) = (member.visit.desk.storage(), member.account.id);
    match Scene::load(storage, account, now()).await {
        Ok(scene) => chooser(&member, &scene, &chosen, None),
        Err(error) => member.visit.broken(&error.into()),
    }
}

fn chooser(
    member: &Member,
    scene: &Scene,
    chosen: &Chosen,
    fault: Option<(StatusCode, GiveFault)>,
) -> Response {
    let executors = scene.executors.iter().map(|one| Choice {
        value: format!("executor:{}", one.id),
        label: one.name.as_str().to_owned(),
    });
    let accounts = scene.places.iter().map(|place| Choice {
        value: format!("account:{}", place.account.id),
        label: scene.account_label(place.account.id),
    });
    let strategies = scene.strategies.iter().map(|(id, name)| Choice {
        value: id.to_string(),
        label: name.clone(),
    });
    let shown = GivePage {
        executors: executors.collect(),
        accounts: accounts.collect(),
        strategies: strategies.collect(),
        action: chosen.action.clone(),
        target: chosen.target.clone(),
        fault: fault.map(|fault| fault.1),
    };
    let status = fault.map_or(StatusCode::OK, |fault| fault.0);
    let look = member.visit.look("/commands/new");
    page(status, pages::give(&look, &shown))
}

/// What exactly would happen.
pub(super) async fn confirm(member: Member, Query(chosen): Query<Chosen>) -> Response {
    match question(&member, &chosen, None).await {
        Ok(response) => response,
        Err(error) => member.visit.broken(&error.into()),
    }
}

async fn question(
    member: &Member,
    chosen: &Chosen,
    fault: Option<(StatusCode, GiveFault)>,
) -> storage::Result<Response> {
    let (storage, account, now) = (member.visit.desk.storage(), member.account.id, now());
    let scene = Scene::load(storage, account, now).await?;
    let (action, target) = match chosen.read(&scene) {
        Ok(read) => read,
        Err(No::Missing) => return Err(StorageError::NotFound),
        Err(No::Fault(fault)) => {
            let refused = Some((StatusCode::UNPROCESSABLE_ENTITY, fault));
            return Ok(chooser(member, &scene, chosen, refused));
        }
    };
    let of = scene.accounts_of(target);
    let kept = storage.reports.positions(account).await?;
    let kept = kept.iter().filter(|all| of.contains(&all.broker_account));
    let open: Vec<_> = kept
        .flat_map(|all| {
            let at = scene.known_at(all);
            let positions = all.positions.iter();
            positions.map(move |one| (all.broker_account, one, at))
        })
        .collect();
    let mut position = None;
    let affected = match action {
        Action::ClosePosition { ticket } => {
            let found = open.iter().find(|(_, one, _)| one.ticket == ticket);
            let Some((of, one, at)) = found else {
                let refused = Some((StatusCode::CONFLICT, GiveFault::NotOpen));
                return Ok(chooser(member, &scene, &Chosen::default(), refused));
            };
            position = Some(scene.position_line(*of, one, *at));
            None
        }
        Action::StopAndClose | Action::CloseMine | Action::CloseEverything => {
            let mut sums: Vec<Affected> = Vec::new();
            let is_all = action == Action::CloseEverything;
            for (of, one, at) in open
                .iter()
                .filter(|(_, one, _)| is_all || one.strategy.is_some())
            {
                let (currency, profit) = (scene.currency(*of), one.profit + one.swap);
                match sums.iter_mut().find(|sum| sum.currency == currency) {
                    Some(sum) => {
                        sum.count += 1;
                        sum.profit += profit;
                        sum.at = sum.at.min(*at);
                    }
                    None => sums.push(Affected {
                        currency: currency.to_owned(),
                        count: 1,
                        profit,
                        at: *at,
                    }),
                }
            }
            Some(sums)
        }
        Action::StopBot
        | Action::PauseStrategy { .. }
        | Action::ResumeStrategy { .. }
        | Action::Unknown => None,
    };
    let time = match action {
        Action::StopBot | Action::PauseStrategy { .. } => LONG,
        _ => SOON,
    };
    let expires_at = Time(now.0 + time);
    let shown = AskPage {
        deed: scene.deed(&action),
        target: scene.target_label(target).unwrap_or_default(),
        reach: scene.reach(target),
        position,
        affected,
        expires_at,
        now,
        fields: vec![
            // Sent twice, the form gives one command.
            ("key", Uuid::new_v4().to_string()),
            ("action", chosen.action.clone()),
            ("target", chosen.target.clone()),
            ("strategy", chosen.strategy.clone()),
            ("ticket", chosen.ticket.clone()),
            ("expires_at", expires_at.0.to_string()),
        ],
        fault: fault.map(|fault| fault.1),
    };
    let status = fault.map_or(StatusCode::OK, |fault| fault.0);
    // A choice of language comes back to the choice of the command: the question is made anew.
    let look = member.visit.look("/commands/new");
    Ok(page(status, pages::ask(&look, &shown)))
}

/// The form of the question.
#[derive(Deserialize)]
pub(super) struct Sure {
    #[serde(default)]
    key: String,
    #[serde(flatten)]
    chosen: Chosen,
    #[serde(default)]
    expires_at: String,
}

pub(super) async fn give(member: Member, Form(sure): Form<Sure>) -> Response {
    let visit = &member.visit;
    let (storage, account) = (visit.desk.storage(), member.account.id);
    let scene = match Scene::load(storage, account, now()).await {
        Ok(scene) => scene,
        Err(error) => return visit.broken(&error.into()),
    };
    let (Ok(key), Ok(expires_at)) = (sure.key.parse::<Uuid>(), sure.expires_at.parse::<i64>())
    else {
        let refused = Some((StatusCode::UNPROCESSABLE_ENTITY, GiveFault::Incomplete));
        return chooser(&member, &scene, &sure.chosen, refused);
    };
    let (action, target) = match sure.chosen.read(&scene) {
        Ok(read) => read,
        Err(No::Missing) => return visit.broken(&StorageError::NotFound.into()),
        Err(No::Fault(fault)) => {
            let refused = Some((StatusCode::UNPROCESSABLE_ENTITY, fault));
            return chooser(&member, &scene, &sure.chosen, refused);
        }
    };
    let new = NewCommand {
        action,
        target,
        expires_at: Time(expires_at),
    };
    // Keys of forms are not those of programs.
    let key = format!("page-{key}");
    let address = &visit.caller.address;
    let given = visit
        .desk
        .give_command(account, &key, &new, "page", address);
    let refused = match given.await {
        Ok(command) => return to(&format!("/commands/{}", command.id)),
        // Of what is checked, only the time can be wrong here.
        Err(NotGiven::Invalid(_)) => (StatusCode::UNPROCESSABLE_ENTITY, GiveFault::TooLate),
        Err(NotGiven::OtherCommand) => (StatusCode::CONFLICT, GiveFault::OtherCommand),
        Err(NotGiven::Storage(StorageError::TooMany(_))) => {
            (StatusCode::TOO_MANY_REQUESTS, GiveFault::TooMany)
        }
        Err(NotGiven::Storage(error)) => return visit.broken(&AccountError::Storage(error)),
    };
    match question(&member, &sure.chosen, Some(refused)).await {
        Ok(response) => response,
        Err(error) => visit.broken(&error.into()),
    }
}
