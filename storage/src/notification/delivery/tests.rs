//! Rows that somebody else wrote.

use crate::{
    DeliveryState, Matter, NewAccount, NotificationKind, StorageError, database::sql, open,
};
use identity::Role;
use trading::{language::Language, time::Time};

#[tokio::test]
async fn one_that_cannot_be_read_is_ended_and_the_next_one_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let storage = open(folder.path()).await.unwrap();
    let new = NewAccount {
        email: "ani@example.com".parse().unwrap(),
        password: String::new(),
        role: Role::Trader,
        language: Language::Id,
    };
    let ani = storage.accounts.create(new, Time(1)).await.unwrap().id;
    for (cause, at) in [("damaged", 1), ("good", 2)] {
        let matter = Matter {
            kind: NotificationKind::SignIn,
            cause: cause.to_owned(),
            subject: String::new(),
            detail: String::new(),
            about: None,
            since: None,
        };
        let told = storage.notifications.tell(ani, &matter, Time(at)).await;
        assert!(told.unwrap());
    }
    let deliveries = &storage.deliveries;
    sql("UPDATE notifications SET kind = 'of-tomorrow' WHERE cause = 'damaged'")
        .run(&deliveries.database)
        .await
        .unwrap();
    let take = async || deliveries.take(Time(10), Time(20)).await;
    assert!(matches!(take().await, Err(StorageError::Damaged(_))));
    let good = take().await.unwrap().unwrap();
    assert_eq!(good.notification.matter.cause, "good");
    deliveries.sent(good.id, Time(11)).await.unwrap();
    let late = deliveries.take(Time(99_999_999), Time(100_000_000)).await;
    assert_eq!(late.unwrap(), None);
    assert_eq!(deliveries.count(DeliveryState::Failed).await.unwrap(), 1);
}
