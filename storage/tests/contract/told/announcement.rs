//! Announcements.

use super::{missing, one};
use storage::{NewAnnouncement, NotificationKind, Severity, Storage};
use trading::time::{DAY, Time};
use uuid::Uuid;

pub(super) async fn announcements_are_shown_in_their_time(storage: &Storage) {
    let all = &storage.announcements;
    let (kiki, lala) = (one(storage, "kiki").await, one(storage, "lala").await);
    // In a time in which nothing else of the suite happens.
    let at = |offset| Time(50 * DAY + offset);
    let new = |is_public, is_told| NewAnnouncement {
        severity: Severity::Warning,
        english: "Maintenance".to_owned(),
        indonesian: "Pemeliharaan".to_owned(),
        is_public,
        is_told,
        starts_at: at(10),
        ends_at: at(100),
    };
    let public = all.make(&new(true, false), at(0)).await.unwrap();
    let inner = all.make(&new(false, true), at(1)).await.unwrap();
    let shown = async |who, now| {
        let shown = all.shown(who, 10, now).await.unwrap();
        shown.iter().map(|one| one.id).collect::<Vec<_>>()
    };
    assert!(shown(Some(kiki), at(9)).await.is_empty());
    assert_eq!(shown(Some(kiki), at(10)).await, [inner, public]);
    assert_eq!(shown(None, at(10)).await, [public]);
    assert!(shown(Some(kiki), at(100)).await.is_empty());
    for _ in 0..2 {
        all.dismiss(kiki, public).await.unwrap();
    }
    missing(all.dismiss(kiki, Uuid::now_v7()).await);
    assert_eq!(shown(Some(kiki), at(11)).await, [inner]);
    assert_eq!(shown(Some(lala), at(11)).await, [inner, public]);

    // It is told to everybody once, however many tell it, a part at a time.
    assert_eq!(all.tell(10, at(9)).await.unwrap(), 0);
    let tellers: Vec<_> = (0..3)
        .map(|_| {
            let all = all.clone();
            tokio::spawn(async move { while all.tell(7, at(12)).await.unwrap() > 0 {} })
        })
        .collect();
    for teller in tellers {
        teller.await.unwrap();
    }
    while all.tell(50, at(12)).await.unwrap() > 0 {}
    for who in [kiki, lala] {
        let told = storage.notifications.list(who, None, 10).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].matter.kind, NotificationKind::Announcement);
        assert_eq!(told[0].matter.detail, "Pemeliharaan");
    }
    let late = one(storage, "late").await;
    assert_eq!(all.tell(50, at(13)).await.unwrap(), 0);
    assert_eq!(
        storage.notifications.list(late, None, 10).await.unwrap(),
        []
    );

    all.withdraw(inner, at(14)).await.unwrap();
    missing(all.withdraw(Uuid::now_v7(), at(14)).await);
    assert_eq!(shown(Some(lala), at(15)).await, [public]);
    let listed = all.list(None, 10).await.unwrap();
    let listed: Vec<_> = listed
        .iter()
        .map(|one| (one.id, one.withdrawn_at))
        .collect();
    assert_eq!(listed, [(inner, Some(at(14))), (public, None)]);
    assert_eq!(all.list(Some(inner), 10).await.unwrap().len(), 1);
}
