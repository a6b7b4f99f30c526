//! The outbox.

use crate::account::account;
use storage::{Claim, Mail, MailState, NewMail, Storage};
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
    let second = mails.queue(&mail("second"), Time(2_000)).await.unwrap();
    let claim = async |id, now, until| mails.claim(id, Time(now), Time(until)).await.unwrap();
    assert_eq!(claim(id, 999, 5_000).await, Claim::Later(Time(1_000)));
    let taken = ours(claim(id, 3_000, 5_000).await);
    assert_eq!((taken.id, &taken.mail, taken.attempts), (id, &first, 1));
    let other = ours(claim(second, 3_000, 5_000).await);
    assert_eq!(other.mail.subject, "second");
    assert_eq!(claim(id, 3_000, 5_000).await, Claim::Later(Time(5_000)));

    // Whoever took it died: it is due again.
    assert_eq!(ours(claim(id, 5_000, 6_000).await).attempts, 2);
    mails
        .failed(id, "greylisted", Some(Time(8_000)))
        .await
        .unwrap();
    mails.sent(second, Time(5_500)).await.unwrap();
    assert_eq!(claim(second, 99_000, 99_001).await, Claim::Gone);
    assert_eq!(claim(id, 7_999, 9_000).await, Claim::Later(Time(8_000)));
    let last = ours(claim(id, 8_000, 9_000).await);
    assert_eq!((last.id, last.failure.as_str()), (id, "greylisted"));
    // By no fault of its own: it keeps its tries.
    let back = mails.give_back(id, "no mail server", Time(9_500));
    back.await.unwrap();
    assert_eq!(claim(id, 9_499, 9_999).await, Claim::Later(Time(9_500)));
    let again = ours(claim(id, 9_500, 9_999).await);
    assert_eq!(again.attempts, last.attempts);
    mails.failed(id, "no such user", None).await.unwrap();
    assert_eq!(claim(id, 99_000, 99_001).await, Claim::Gone);
    let listed = mails.list(10).await.unwrap();
    let states: Vec<_> = listed
        .iter()
        .map(|mail| (mail.mail.subject.as_str(), mail.state))
        .collect();
    assert_eq!(
        states,
        [("second", MailState::Sent), ("first", MailState::Failed)]
    );

    // To one account, a part at a time.
    let third = NewMail {
        account: Some(oki),
        ..mail("third")
    };
    let third = mails.queue(&third, Time(3_000)).await.unwrap();
    let of = async |before, most| {
        let part = mails.of(oki, before, most).await.unwrap();
        part.iter().map(|mail| mail.id).collect::<Vec<_>>()
    };
    assert_eq!(of(None, 10).await, [third, id]);
    assert_eq!(of(None, 1).await, [third]);
    assert_eq!(of(Some(third), 10).await, [id]);
    assert!(of(Some(id), 10).await.is_empty());

    let kept = mails.queue(&mail("kept"), Time(1)).await.unwrap();
    mails.kept(kept).await.unwrap();
    assert_eq!(claim(kept, 99_000, 99_001).await, Claim::Gone);
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
    let id = storage.mails.queue(&mail("wanted"), Time(1)).await.unwrap();
    let takers: Vec<_> = (0..8)
        .map(|_| {
            let mails = storage.mails.clone();
            tokio::spawn(async move { mails.claim(id, Time(100), Time(9_000)).await.unwrap() })
        })
        .collect();
    let mut count = 0;
    for taker in takers {
        count += u32::from(matches!(taker.await.unwrap(), Claim::Ours(_)));
    }
    assert_eq!(count, 1);
}

fn ours(claim: Claim) -> Mail {
    match claim {
        Claim::Ours(mail) => *mail,
        other => panic!("{other:?}"),
    }
}
