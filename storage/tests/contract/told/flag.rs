//! Flags.

use super::one;
use storage::Storage;
use trading::time::Time;

pub(super) async fn a_flag_stands_as_it_was_set(storage: &Storage) {
    let flags = &storage.flags;
    let (ika, joko) = (one(storage, "ika").await, one(storage, "joko").await);
    assert_eq!(flags.load("new").await.unwrap(), None);
    flags.set("new", true, 40, Time(1)).await.unwrap();
    flags.set("new", false, 200, Time(2)).await.unwrap();
    let set = flags.load("new").await.unwrap().unwrap();
    assert_eq!(
        (set.is_on, set.percent, set.updated_at),
        (false, 100, Time(2))
    );
    flags
        .set_for("new", ika, Some(true), Time(3))
        .await
        .unwrap();
    flags
        .set_for("new", joko, Some(true), Time(4))
        .await
        .unwrap();
    flags
        .set_for("new", joko, Some(false), Time(4))
        .await
        .unwrap();
    assert_eq!(flags.of("new", ika).await.unwrap(), Some(true));
    assert_eq!(flags.of("new", joko).await.unwrap(), Some(false));
    assert_eq!(flags.of("other", ika).await.unwrap(), None);
    let listed = flags.overrides("new", 10).await.unwrap();
    let listed: Vec<_> = listed.iter().map(|one| (one.account, one.is_on)).collect();
    assert_eq!(listed, [(joko, false), (ika, true)]);
    flags.set_for("new", ika, None, Time(5)).await.unwrap();
    assert_eq!(flags.of("new", ika).await.unwrap(), None);
}
