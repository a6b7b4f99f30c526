//! What is to be done at once. A command is kept before it is answered, told at once to whichever
//! executor listens, and written into the audit trail.

use super::{
    asker::{ANYBODY, By, EXECUTOR, PHONE, TRADER},
    body::Given,
    executor,
    once::Key,
    part::Part,
    refusal::{Answer, Refusal},
};
use crate::{account::NotGiven, clock::now, meter, serve::Context};
use axum::{
    Extension, Json,
    extract::{Path, Query},
    http::StatusCode,
};
use protocol::{
    api::{
        command::{Command, NewCommand, Receipt},
        page::{Page, PageQuery},
        problem::ProblemCode,
    },
    id::CommandId,
};
use storage::Finished;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(give, list))
        .routes(routes!(load))
        .routes(routes!(receipt))
}

/// Gives a command. For traders and phones.
#[utoipa::path(post, path = "/command", tag = "commands", request_body = NewCommand,
    responses((status = 201, description = "It is queued", body = Command),
        (status = 404, description = "There is no such target, or it is somebody else's")))]
async fn give(
    by: By<{ TRADER | PHONE }>,
    Extension(Key(key)): Extension<Key>,
    Given(new): Given<NewCommand>,
) -> Answer<(StatusCode, Json<Command>)> {
    let (desk, who) = (&by.context.desk, by.who.name());
    let given = desk.give_command(by.account, &key, &new, &who, &by.address);
    match given.await {
        Ok(command) => Ok((StatusCode::CREATED, Json(command))),
        Err(NotGiven::Invalid(fault)) => Err(Refusal::invalid(fault)),
        Err(NotGiven::OtherCommand) => Err(Refusal::of(ProblemCode::IdempotencyMismatch)),
        Err(NotGiven::Storage(error)) => Err(error.into()),
    }
}

/// All commands, the newest first. For everybody.
#[utoipa::path(get, path = "/command", tag = "commands", params(PageQuery),
    responses((status = 200, description = "A part", body = Page<Command>)))]
async fn list(by: By<ANYBODY>, Query(query): Query<PageQuery>) -> Answer<Json<Page<Command>>> {
    let part = Part::<CommandId>::of(&query)?;
    let commands = &by.context.desk.storage().commands;
    let all = commands.list(by.account, part.before, part.most(), now());
    Ok(Json(part.page(all.await?, |one| one.id.to_string())))
}

/// One command, and how far it is. For everybody.
#[utoipa::path(get, path = "/command/{id}", tag = "commands",
    params(("id" = CommandId, Path, description = "Which")),
    responses((status = 200, description = "The command", body = Command)))]
async fn load(by: By<ANYBODY>, Path(id): Path<CommandId>) -> Answer<Json<Command>> {
    let commands = &by.context.desk.storage().commands;
    Ok(Json(commands.load(by.account, id, now()).await?))
}

/// Says what became of a command that I was given. Said twice it is said once; said otherwise than
/// before, or too late, it is refused. For the executor that got it.
#[utoipa::path(post, path = "/command/{id}/receipt", tag = "commands", request_body = Receipt,
    params(("id" = CommandId, Path, description = "Which")),
    responses((status = 200, description = "The command", body = Command)))]
async fn receipt(
    by: By<EXECUTOR>,
    Path(id): Path<CommandId>,
    Given(receipt): Given<Receipt>,
) -> Answer<Json<Command>> {
    let commands = &by.context.desk.storage().commands;
    // Nobody learns whether there is such a command by asking without having said who they are.
    let executor = match executor::of(&by).await {
        Ok(executor) => executor,
        Err(refusal) => {
            commands.load(by.account, id, now()).await?;
            return Err(refusal);
        }
    };
    let finished = commands.finish(by.account, executor, id, &receipt, now());
    match finished.await? {
        Finished::Now(command) => {
            meter::command_finished(&command);
            by.note(&format!("command-{}", command.state), &id.to_string())
                .await;
            Ok(Json(command))
        }
        Finished::Before(command) => Ok(Json(command)),
        Finished::Otherwise(command) => {
            // What the executor did is known at least here: the trader may have to look.
            let said = receipt.outcome.state();
            let detail = format!("{id} was {} and is said to be {said}", command.state);
            by.note("command-receipt-refused", &detail).await;
            Err(Refusal::with(
                ProblemCode::CommandFinished,
                format!("it is {}", command.state),
            ))
        }
    }
}
