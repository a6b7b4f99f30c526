//! Notifications, what is sent of them, flags, announcements, what operators see; one file for each
//! repository.

mod announcement;
mod delivery;
mod flag;
mod notification;
mod operation;
mod preference;
mod reset;
mod telegram;
mod webhook;

use crate::account::account;
use protocol::id::AccountId;
use storage::{Delivery, Matter, NotificationKind, Storage, StorageError};
use trading::time::Time;

pub(crate) async fn keeps(storage: &Storage) {
    notification::a_cause_is_told_once(storage).await;
    preference::preferences_say_what_goes_which_way(storage).await;
    delivery::a_delivery_is_one_takers(storage).await;
    delivery::a_noisy_account_leaves_room(storage).await;
    reset::a_reset_shuts_every_way(storage).await;
    webhook::a_webhook_that_fails_is_given_up(storage).await;
    telegram::a_chat_is_connected_by_a_code_once(storage).await;
    telegram::one_process_listens(storage).await;
    notification::silent_executors_are_told_once_each_time(storage).await;
    notification::commands_that_come_to_nothing_are_told(storage).await;
    flag::a_flag_stands_as_it_was_set(storage).await;
    announcement::announcements_are_shown_in_their_time(storage).await;
    operation::operators_see_everything(storage).await;
}

fn matter(kind: NotificationKind, cause: &str) -> Matter {
    Matter {
        kind,
        cause: cause.to_owned(),
        subject: "PC <b>".to_owned(),
        detail: String::new(),
        about: None,
        since: Some(Time(5)),
    }
}

async fn one(storage: &Storage, name: &str) -> AccountId {
    account(storage, &format!("{name}-told")).await.id
}

fn missing<T: std::fmt::Debug>(result: Result<T, StorageError>) {
    assert!(matches!(result, Err(StorageError::NotFound)), "{result:?}");
}

/// Takes everything that is due, and says what was an account's.
async fn drained(storage: &Storage, of: AccountId, now: Time) -> Vec<Delivery> {
    let mut all = Vec::new();
    while let Some(one) = storage.deliveries.take(now, Time(now.0 + 1)).await.unwrap() {
        storage.deliveries.sent(one.id, now).await.unwrap();
        if one.account == of {
            all.push(one);
        }
    }
    all
}
