//! Who wants what by which way.

use super::{drained, matter, one};
use storage::{Channel, NotificationKind, Storage};
use trading::time::Time;

pub(super) async fn preferences_say_what_goes_which_way(storage: &Storage) {
    use NotificationKind::{Announcement, SignIn};
    let cici = one(storage, "cici").await;
    let usual = storage.preferences.load(cici).await.unwrap();
    assert!(usual.contains(&(SignIn, Channel::Mail)));
    assert!(!usual.contains(&(Announcement, Channel::Mail)));
    let wanted = [(Announcement, Channel::Mail)];
    storage.preferences.save(cici, &wanted).await.unwrap();
    assert_eq!(storage.preferences.load(cici).await.unwrap(), wanted);
    for kind in [SignIn, Announcement] {
        let told = matter(kind, kind.name());
        storage
            .notifications
            .tell(cici, &told, Time(1))
            .await
            .unwrap();
    }
    let sent = drained(storage, cici, Time(9_000)).await;
    let sent: Vec<_> = sent
        .iter()
        .map(|one| (one.notification.matter.kind, one.channel, one.target))
        .collect();
    assert_eq!(sent, [(Announcement, Channel::Mail, cici.0)]);
}
