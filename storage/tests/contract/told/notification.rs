//! Notifications: told once for each cause, whoever tells it.

use super::{drained, matter, missing, one};
use crate::machine;
use protocol::api::command::{Action, NewCommand, Outcome, Receipt, Target};
use storage::{CommandFilter, NotificationKind, Storage};
use trading::time::{DAY, MINUTE, Time};

pub(super) async fn a_cause_is_told_once(storage: &Storage) {
    let (ani, ben) = (one(storage, "ani").await, one(storage, "ben").await);
    let told = matter(NotificationKind::SignIn, "cause");
    let notifications = &storage.notifications;
    // Eight at once, as several servers would: one makes it.
    let tellers: Vec<_> = (0..8)
        .map(|_| {
            let (notifications, told) = (notifications.clone(), told.clone());
            tokio::spawn(async move { notifications.tell(ani, &told, Time(1_000)).await.unwrap() })
        })
        .collect();
    let mut made = 0;
    for teller in tellers {
        made += u32::from(teller.await.unwrap());
    }
    assert_eq!(made, 1);
    // Another account's cause of the same name is another.
    assert!(notifications.tell(ben, &told, Time(1_000)).await.unwrap());
    let listed = notifications.list(ani, None, 10).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].matter, told);
    assert_eq!(notifications.unread(ani).await.unwrap(), 1);
    // Nobody reads for somebody else.
    missing(notifications.read(ben, listed[0].id, Time(2)).await);
    assert_eq!(notifications.unread(ani).await.unwrap(), 1);
    notifications
        .read(ani, listed[0].id, Time(2))
        .await
        .unwrap();
    assert_eq!(notifications.unread(ani).await.unwrap(), 0);
    assert_eq!(notifications.unread(ben).await.unwrap(), 1);
    assert_eq!(notifications.read_all(ben, Time(3)).await.unwrap(), 1);
    let before = Some(listed[0].id);
    assert_eq!(notifications.list(ani, before, 10).await.unwrap(), []);
    drained(storage, ani, Time(9_000)).await;
}

pub(super) async fn silent_executors_are_told_once_each_time(storage: &Storage) {
    // It was heard of at 2,000.
    let (of, id) = machine::executor(storage, "silent").await;
    let notifications = &storage.notifications;
    let at = Time(2_000 + 10 * MINUTE);
    let before = Time(at.0 - 5 * MINUTE);
    let kinds = async || {
        let listed = notifications.list(of, None, 10).await.unwrap();
        listed.iter().map(|one| one.matter.kind).collect::<Vec<_>>()
    };
    notifications.tell_silent(Time(1_999), at).await.unwrap();
    assert_eq!(kinds().await, []);
    for _ in 0..2 {
        notifications.tell_silent(before, at).await.unwrap();
    }
    assert_eq!(kinds().await, [NotificationKind::ExecutorSilent]);
    assert_eq!(
        notifications.list(of, None, 1).await.unwrap()[0]
            .matter
            .about,
        Some(id.0)
    );
    notifications.tell_back(at).await.unwrap();
    assert_eq!(kinds().await.len(), 1, "it is still silent");
    machine::beat_again(storage, of, Time(at.0)).await;
    for _ in 0..2 {
        notifications.tell_back(Time(at.0 + 1)).await.unwrap();
    }
    let both = [
        NotificationKind::ExecutorBack,
        NotificationKind::ExecutorSilent,
    ];
    assert_eq!(kinds().await, both);
    // Gone for good is no news.
    let late = Time(at.0 + 2 * DAY);
    notifications.tell_silent(late, late).await.unwrap();
    assert_eq!(kinds().await, both);
    drained(storage, of, Time(10 * DAY)).await;
}

pub(super) async fn commands_that_come_to_nothing_are_told(storage: &Storage) {
    let (of, executor) = machine::executor(storage, "nothing").await;
    let new = |until| NewCommand {
        action: Action::CloseEverything,
        target: Target::Executor(executor),
        expires_at: Time(until),
    };
    let commands = &storage.commands;
    for key in ["a", "b"] {
        commands
            .give(of, key, &new(90_000), Time(10_000))
            .await
            .unwrap();
    }
    let taken = commands.take(of, executor, Time(10_001)).await.unwrap();
    let receipt = |outcome| Receipt {
        outcome,
        remark: "market closed".parse().unwrap(),
    };
    let finish = |place: usize, outcome| {
        let receipt = receipt(outcome);
        let id = taken[place].id;
        async move {
            commands
                .finish(of, executor, id, &receipt, Time(10_002))
                .await
                .unwrap()
        }
    };
    finish(0, Outcome::Failed).await;
    finish(0, Outcome::Failed).await;
    finish(1, Outcome::Executed).await;
    commands
        .give(of, "c", &new(20_000), Time(10_003))
        .await
        .unwrap();
    for _ in 0..2 {
        commands.sweep(Time(20_000)).await.unwrap();
    }
    let listed = storage.notifications.list(of, None, 10).await.unwrap();
    let told: Vec<_> = listed
        .iter()
        .map(|one| {
            (
                one.matter.kind,
                one.matter.subject.as_str(),
                one.matter.detail.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (NotificationKind::CommandExpired, "close_everything", ""),
            (
                NotificationKind::CommandFailed,
                "close_everything",
                "market closed"
            ),
        ]
    );
    let seen = async |which| {
        let seen = storage
            .operations
            .commands(which, None, 1_000, Time(20_001));
        let seen = seen.await.unwrap();
        seen.iter()
            .filter(|one| one.email.contains("nothing-with"))
            .count()
    };
    assert_eq!(seen(CommandFilter::All).await, 3);
    assert_eq!(seen(CommandFilter::Failed).await, 2);
    assert_eq!(seen(CommandFilter::Open).await, 0);
    drained(storage, of, Time(10 * DAY)).await;
}
