//! The outbox.

use crate::account::account;
use std::collections::BTreeSet;
use storage::{MailState, NewMail, Storage};
use trading::time::Time;

fn mail(subject: &str) -> NewMail {
    NewMail {
        account: None,
        recipient: "a@example.com".to_owned(),
        subject: subject.to_owned(),
        body: "Halo,\n".to_owned(),
    }
}

pub(crate) async fn keeps(storage: &Storage) {
    let mails = &storage.mails;
    let oki = account(storage, "oki").await.id;
    let first = NewMail {
        account: Some(oki),
        ..mail("first")
    };
    let id = mails.queue(&first, Time(1_000)).await.unwrap();
    mails.queue(&mail("second"), Time(2_000)).await.unwrap();
    assert_eq!(mails.take(Time(999), Time(5_000)).await.unwrap(), None);
    let taken = mails.take(Time(3_000), Time(5_000)).await.unwrap().unwrap();
    assert_eq!((taken.id, &taken.mail, taken.attempts), (id, &first, 1));
    let other = mails.take(Time(3_000), Time(5_000)).await.unwrap().unwrap();
    assert_eq!(other.mail.subject, "second");
    assert_eq!(mails.take(Time(3_000), Time(5_000)).await.unwrap(), None);

    // Whoever took it died: it is due again.
    let again = mails.take(Time(5_000), Time(6_000)).await.unwrap().unwrap();
    assert_eq!((again.id, again.attempts), (id, 2));
    mails
        .failed(id, "greylisted", Some(Time(8_000)))
        .await
        .unwrap();
    mails.sent(other.id, Time(5_500)).await.unwrap();
    assert_eq!(mails.take(Time(7_999), Time(9_000)).await.unwrap(), None);
    let last = mails.take(Time(8_000), Time(9_000)).await.unwrap().unwrap();
    assert_eq!((last.id, last.failure.as_str()), (id, "greylisted"));
    mails.failed(id, "no such user", None).await.unwrap();
    assert_eq!(mails.take(Time(99_000), Time(99_001)).await.unwrap(), None);
    let listed = mails.list(10).await.unwrap();
    let states: Vec<_> = listed
        .iter()
        .map(|mail| (mail.mail.subject.as_str(), mail.state))
        .collect();
    assert_eq!(
        states,
        [("second", MailState::Sent), ("first", MailState::Failed)]
    );

    let kept = mails.queue(&mail("kept"), Time(1)).await.unwrap();
    mails.kept(kept).await.unwrap();
    assert_eq!(mails.take(Time(99_000), Time(99_001)).await.unwrap(), None);
    assert_eq!(
        mails
            .list(99)
            .await
            .unwrap()
            .iter()
            .find(|m| m.id == kept)
            .map(|m| m.state),
        Some(MailState::Kept)
    );

    nobody_gets_the_same(storage).await;
}

async fn nobody_gets_the_same(storage: &Storage) {
    for place in 0..40 {
        storage
            .mails
            .queue(&mail("many"), Time(place))
            .await
            .unwrap();
    }
    let takers: Vec<_> = (0..8)
        .map(|_| {
            let mails = storage.mails.clone();
            tokio::spawn(async move {
                let mut taken = Vec::new();
                while let Some(mail) = mails.take(Time(100), Time(9_000)).await.unwrap() {
                    taken.push(mail.id);
                }
                taken
            })
        })
        .collect();
    let mut all = Vec::new();
    for taker in takers {
        all.extend(taker.await.unwrap());
    }
    assert_eq!(all.len(), 40);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 40);
}
