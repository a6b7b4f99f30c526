//! Chats with the bot, and which process listens to it.

use super::{drained, missing, one};
use identity::Token;
use std::collections::BTreeSet;
use storage::{Channel, Storage};
use trading::time::Time;
use uuid::Uuid;

pub(super) async fn a_chat_is_connected_by_a_code_once(storage: &Storage) {
    let telegrams = &storage.telegrams;
    let (gani, hadi) = (one(storage, "gani").await, one(storage, "hadi").await);
    let code = || Token::generate().unwrap().hash();
    let (first, second, third) = (code(), code(), code());
    telegrams.issue(gani, &first, Time(100)).await.unwrap();
    telegrams.issue(gani, &second, Time(100)).await.unwrap();
    telegrams.issue(hadi, &third, Time(100)).await.unwrap();
    let connect = |code, at| telegrams.connect(code, 42, "@gani", Time(at));
    assert_eq!(connect(&first, 50).await.unwrap(), None, "replaced");
    assert_eq!(connect(&second, 100).await.unwrap(), None, "too late");
    assert_eq!(connect(&second, 99).await.unwrap(), Some(gani));
    assert_eq!(connect(&second, 99).await.unwrap(), None, "used");
    let chat = telegrams.chat(gani).await.unwrap().unwrap();
    assert_eq!((chat.chat, chat.name.as_str()), (42, "@gani"));
    assert_eq!(telegrams.chat(hadi).await.unwrap(), None);
    missing(telegrams.test(hadi, Time(1)).await);
    telegrams.test(gani, Time(1)).await.unwrap();
    let sent = drained(storage, gani, Time(9_000)).await;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].channel, Channel::Telegram);
    assert_eq!(connect(&third, 99).await.unwrap(), Some(hadi));
    let left: BTreeSet<_> = telegrams.leave(42).await.unwrap().into_iter().collect();
    assert_eq!(left, BTreeSet::from([gani, hadi]));
    assert_eq!(telegrams.chat(gani).await.unwrap(), None);
    telegrams.issue(gani, &code(), Time(100)).await.unwrap();
    telegrams.sweep(Time(100)).await.unwrap();
}

pub(super) async fn one_process_listens(storage: &Storage) {
    let telegrams = &storage.telegrams;
    let [first, second] = [Uuid::now_v7(), Uuid::now_v7()];
    let listen = |who, at| telegrams.listen("7", who, Time(at), Time(at + 10));
    assert_eq!(listen(first, 0).await.unwrap(), Some(0));
    assert_eq!(listen(second, 5).await.unwrap(), None);
    assert_eq!(listen(first, 5).await.unwrap(), Some(0));
    telegrams.heard("7", first, 33).await.unwrap();
    telegrams.heard("7", second, 99).await.unwrap();
    telegrams.heard("7", first, 12).await.unwrap();
    assert_eq!(listen(second, 14).await.unwrap(), None);
    assert_eq!(listen(second, 15).await.unwrap(), Some(33), "it died");
    assert_eq!(listen(first, 16).await.unwrap(), None);
}
