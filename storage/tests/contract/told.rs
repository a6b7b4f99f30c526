//! Notifications, what is sent of them, flags, announcements, what operators see.

use crate::{account::account, lab, machine};
use identity::Token;
use protocol::{
    api::command::{Action, NewCommand, Outcome, Receipt, Target},
    id::AccountId,
};
use std::collections::BTreeSet;
use storage::{
    Channel, CommandFilter, Delivery, DeliveryState, MAX_HELD, MAX_WEBHOOK_FAILURES, MAX_WEBHOOKS,
    Matter, NewAnnouncement, NewMail, NotificationKind, Owner, Purpose, Severity, Storage,
    StorageError,
};
use trading::time::{DAY, MINUTE, Time};
use uuid::Uuid;

pub(crate) async fn keeps(storage: &Storage) {
    a_cause_is_told_once(storage).await;
    preferences_say_what_goes_which_way(storage).await;
    a_delivery_is_one_takers(storage).await;
    a_noisy_account_leaves_room(storage).await;
    a_reset_shuts_every_way(storage).await;
    a_webhook_that_fails_is_given_up(storage).await;
    a_chat_is_connected_by_a_code_once(storage).await;
    one_process_listens(storage).await;
    silent_executors_are_told_once_each_time(storage).await;
    commands_that_come_to_nothing_are_told(storage).await;
    a_flag_stands_as_it_was_set(storage).await;
    announcements_are_shown_in_their_time(storage).await;
    operators_see_everything(storage).await;
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

async fn a_cause_is_told_once(storage: &Storage) {
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

async fn preferences_say_what_goes_which_way(storage: &Storage) {
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

async fn a_delivery_is_one_takers(storage: &Storage) {
    let deliveries = &storage.deliveries;
    let dodo = one(storage, "dodo").await;
    // What other parts of the suite left.
    drained(storage, dodo, Time(10 * DAY)).await;
    // As many of each account as are sent at once.
    for place in 0..5 {
        let of = match place {
            0 => dodo,
            _ => one(storage, &format!("dodo-{place}")).await,
        };
        for cause in 0..MAX_HELD {
            let told = matter(NotificationKind::SignIn, &format!("many-{cause}"));
            let told = storage.notifications.tell(of, &told, Time(cause)).await;
            assert!(told.unwrap());
        }
    }
    let takers: Vec<_> = (0..4)
        .map(|_| {
            let deliveries = deliveries.clone();
            tokio::spawn(async move {
                let mut taken = Vec::new();
                while let Some(one) = deliveries.take(Time(100), Time(9_000)).await.unwrap() {
                    taken.push(one.id);
                }
                taken
            })
        })
        .collect();
    let mut all = Vec::new();
    for taker in takers {
        all.extend(taker.await.unwrap());
    }
    assert_eq!(all.len(), 20);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 20);
    // Whoever took it died: it is due again. What failed is due when it was said.
    let again = deliveries
        .take(Time(9_000), Time(9_500))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(again.attempts, 2);
    deliveries
        .failed(again.id, "busy", Some(Time(50_000)))
        .await
        .unwrap();
    for id in all.iter().filter(|id| **id != again.id) {
        deliveries.dropped(*id, "nobody").await.unwrap();
    }
    assert_eq!(
        deliveries.take(Time(49_999), Time(60_000)).await.unwrap(),
        None
    );
    let failed = deliveries.count(DeliveryState::Failed).await.unwrap();
    let last = deliveries
        .take(Time(50_000), Time(60_000))
        .await
        .unwrap()
        .unwrap();
    // A mail goes to the outbox once, however often it is tried.
    let mail = NewMail {
        account: Some(dodo),
        recipient: "dodo@example.com".to_owned(),
        subject: "told".to_owned(),
        body: String::new(),
    };
    assert!(deliveries.mailed(last.id, &mail, Time(1)).await.unwrap());
    assert!(!deliveries.mailed(last.id, &mail, Time(1)).await.unwrap());
    deliveries.failed(last.id, "late", None).await.unwrap();
    assert_eq!(
        deliveries.count(DeliveryState::Failed).await.unwrap(),
        failed
    );
    // The suite's mails are counted elsewhere: this one is done with.
    for mail in storage.mails.list(1_000).await.unwrap() {
        if mail.mail.recipient == "dodo@example.com" {
            storage.mails.sent(mail.id, Time(100)).await.unwrap();
        }
    }
}

async fn a_noisy_account_leaves_room(storage: &Storage) {
    let deliveries = &storage.deliveries;
    let (noisy, quiet) = (one(storage, "noisy").await, one(storage, "quiet").await);
    drained(storage, noisy, Time(20 * DAY)).await;
    for cause in 0..MAX_HELD + 2 {
        let told = matter(NotificationKind::SignIn, &format!("noise-{cause}"));
        let told = storage.notifications.tell(noisy, &told, Time(cause)).await;
        assert!(told.unwrap());
    }
    let told = matter(NotificationKind::SignIn, "quiet");
    let told = storage.notifications.tell(quiet, &told, Time(50)).await;
    assert!(told.unwrap());
    let take = async |now| deliveries.take(Time(now), Time(now + 100)).await.unwrap();
    let mut held = Vec::new();
    for _ in 0..MAX_HELD {
        let taken = take(60).await.unwrap();
        assert_eq!(taken.account, noisy);
        held.push(taken.id);
    }
    let other = take(60).await.unwrap();
    assert_eq!(other.account, quiet);
    deliveries.dropped(other.id, "").await.unwrap();
    assert_eq!(take(60).await, None, "as many as may be are under way");
    // Whatever became of one, there is room for another.
    deliveries.sent(held[0], Time(61)).await.unwrap();
    assert_eq!(take(60).await.unwrap().account, noisy);
    assert_eq!(take(60).await, None);
    let later = Some(Time(100));
    deliveries.failed(held[1], "busy", later).await.unwrap();
    assert_eq!(take(60).await.unwrap().account, noisy);
    assert_eq!(take(60).await, None);
    drained(storage, noisy, Time(20 * DAY)).await;
}

async fn a_reset_shuts_every_way(storage: &Storage) {
    let (accounts, webhooks) = (&storage.accounts, &storage.webhooks);
    let telegrams = &storage.telegrams;
    let (rina, sari) = (one(storage, "rina").await, one(storage, "sari").await);
    let code = || Token::generate().unwrap().hash();
    let (hook, dead) = (Uuid::now_v7(), Uuid::now_v7());
    let (late, reset) = (code(), code());
    for who in [rina, sari] {
        let link = code();
        telegrams.issue(who, &link, Time(100)).await.unwrap();
        let connected = telegrams.connect(&link, 8, "@x", Time(1)).await;
        assert_eq!(connected.unwrap(), Some(who));
    }
    telegrams.issue(rina, &late, Time(100)).await.unwrap();
    for id in [hook, dead] {
        let added = webhooks.add(rina, id, "https://example.com/", b"", Time(1));
        added.await.unwrap();
    }
    for _ in 0..MAX_WEBHOOK_FAILURES {
        webhooks.failed(rina, dead, Time(2)).await.unwrap();
    }
    drained(storage, rina, Time(20 * DAY)).await;
    webhooks.test(rina, hook, Time(3)).await.unwrap();
    let purpose = Purpose::ResetPassword;
    let issued = accounts.issue(rina, purpose, &reset, "", Time(100));
    issued.await.unwrap();
    accounts.reset_password(&reset, "x", Time(4)).await.unwrap();
    assert_eq!(telegrams.chat(rina).await.unwrap(), None);
    assert!(telegrams.chat(sari).await.unwrap().is_some());
    let connected = telegrams.connect(&late, 8, "@x", Time(5)).await;
    assert_eq!(connected.unwrap(), None, "its code holds no more");
    assert_eq!(drained(storage, rina, Time(20 * DAY)).await, []);
    missing(webhooks.test(rina, hook, Time(5)).await);
    let off = async |id| {
        let hook = webhooks.load(rina, id).await.unwrap();
        (hook.disabled_at.is_some(), hook.is_off_by_reset())
    };
    assert_eq!(
        (off(hook).await, off(dead).await),
        ((true, true), (true, false))
    );
    webhooks.resume(rina, hook).await.unwrap();
    assert_eq!(off(hook).await, (false, false));
    // A chat that is gone takes only itself along.
    assert!(!telegrams.gone(sari, 9).await.unwrap());
    assert!(telegrams.chat(sari).await.unwrap().is_some());
    assert!(telegrams.gone(sari, 8).await.unwrap());
    assert_eq!(telegrams.chat(sari).await.unwrap(), None);
}

async fn a_webhook_that_fails_is_given_up(storage: &Storage) {
    let webhooks = &storage.webhooks;
    let (eka, fitri) = (one(storage, "eka").await, one(storage, "fitri").await);
    let ids: Vec<Uuid> = (0..MAX_WEBHOOKS).map(|_| Uuid::now_v7()).collect();
    for id in &ids {
        webhooks
            .add(eka, *id, "https://example.com/", b"sealed", Time(1))
            .await
            .unwrap();
    }
    let more = webhooks
        .add(eka, Uuid::now_v7(), "https://example.com/", b"", Time(1))
        .await;
    assert!(matches!(more, Err(StorageError::TooMany(MAX_WEBHOOKS))));
    missing(webhooks.load(fitri, ids[0]).await);
    missing(webhooks.remove(fitri, ids[0]).await);
    missing(webhooks.resume(fitri, ids[0]).await);
    missing(webhooks.test(fitri, ids[0], Time(1)).await);
    assert_eq!(webhooks.list(fitri).await.unwrap(), []);
    assert_eq!(webhooks.list(eka).await.unwrap().len(), ids.len());
    webhooks.remove(eka, ids[2]).await.unwrap();

    let told = matter(NotificationKind::CommandFailed, "to-hooks");
    storage
        .notifications
        .tell(eka, &told, Time(2))
        .await
        .unwrap();
    let sent = drained(storage, eka, Time(9_000)).await;
    let targets: BTreeSet<Uuid> = sent
        .iter()
        .filter(|one| one.channel == Channel::Webhook)
        .map(|one| one.target)
        .collect();
    assert_eq!(targets, BTreeSet::from([ids[0], ids[1]]));
    // An answer begins the count anew.
    for _ in 1..MAX_WEBHOOK_FAILURES {
        assert!(!webhooks.failed(eka, ids[0], Time(3)).await.unwrap());
    }
    webhooks.answered(ids[0]).await.unwrap();
    for _ in 1..MAX_WEBHOOK_FAILURES {
        assert!(!webhooks.failed(eka, ids[0], Time(4)).await.unwrap());
    }
    assert!(webhooks.failed(eka, ids[0], Time(5)).await.unwrap());
    assert!(
        webhooks
            .load(eka, ids[0])
            .await
            .unwrap()
            .disabled_at
            .is_some()
    );
    let listed = storage.notifications.list(eka, None, 1).await.unwrap();
    assert_eq!(listed[0].matter.kind, NotificationKind::WebhookOff);
    missing(webhooks.test(eka, ids[0], Time(6)).await);
    let sent = drained(storage, eka, Time(9_000)).await;
    assert!(sent.iter().all(|one| one.target != ids[0]));
    webhooks.resume(eka, ids[0]).await.unwrap();
    webhooks.test(eka, ids[0], Time(7)).await.unwrap();
    let again = async |now| webhooks.test(eka, ids[0], Time(now)).await;
    let waits = again(7 + MINUTE).await;
    assert!(matches!(waits, Err(StorageError::TooMany(1))), "{waits:?}");
    // Another one is another way.
    webhooks.test(eka, ids[1], Time(7)).await.unwrap();
    let sent = drained(storage, eka, Time(9_000)).await;
    assert_eq!(sent.len(), 2);
    for one in sent {
        assert_eq!(one.notification.matter.kind, NotificationKind::Test);
        assert!(one.target == ids[0] || one.target == ids[1]);
    }
    let soon = again(6 + MINUTE).await;
    assert!(matches!(soon, Err(StorageError::TooMany(1))), "{soon:?}");
    again(7 + MINUTE).await.unwrap();
    drained(storage, eka, Time(DAY)).await;
    // One that is removed and made again is no way around it.
    let late = Time(9 * MINUTE);
    for count in 1..=5 {
        let id = Uuid::now_v7();
        let added = webhooks.add(eka, id, "https://example.com/", b"", late);
        added.await.unwrap();
        assert_eq!(webhooks.test(eka, id, late).await.is_ok(), count < 5);
        webhooks.remove(eka, id).await.unwrap();
    }
}

async fn a_chat_is_connected_by_a_code_once(storage: &Storage) {
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

async fn one_process_listens(storage: &Storage) {
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

async fn silent_executors_are_told_once_each_time(storage: &Storage) {
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

async fn commands_that_come_to_nothing_are_told(storage: &Storage) {
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

async fn a_flag_stands_as_it_was_set(storage: &Storage) {
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

async fn announcements_are_shown_in_their_time(storage: &Storage) {
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

async fn operators_see_everything(storage: &Storage) {
    let (_, id) = machine::executor(storage, "operated").await;
    let operations = &storage.operations;
    let seen = operations.executors(Time(0), None, 1_000).await.unwrap();
    let mine = seen.iter().find(|one| one.id == id).unwrap();
    assert!(mine.health.is_running);
    assert!(
        operations
            .executors(Time(0), Some(id), 1_000)
            .await
            .unwrap()
            .iter()
            .all(|one| one.id != id)
    );
    assert!(operations.versions(Time(0), 5).await.unwrap()[0].1 > 0);
    operations.ran("scan", "", Time(1)).await.unwrap();
    operations.ran("scan", "broken", Time(2)).await.unwrap();
    let runs = operations.runs().await.unwrap();
    assert_eq!(
        (
            runs[0].name.as_str(),
            runs[0].ran_at,
            runs[0].failure.as_str()
        ),
        ("scan", 2, "broken")
    );
    let found = operations.condition().await.unwrap();
    assert!(
        found.bytes > 0 && found.migration >= 8 && found.accounts > 0,
        "{found:?}"
    );
    let rich = one(storage, "rich").await;
    let write = |_: Option<&str>| Ok(Some("{}".to_owned()));
    storage
        .ledgers
        .change(rich, None, Time(1), write)
        .await
        .unwrap();
    let ledgers = operations.ledgers(None, 1_000).await.unwrap();
    let mine = ledgers.iter().find(|one| one.account == rich).unwrap();
    assert_eq!(mine.ledger, "{}");
    let after = operations.ledgers(Some(rich), 1_000).await.unwrap();
    assert!(after.iter().all(|one| one.account.0 > rich.0));
    storage
        .ledgers
        .use_one(rich, "ai_calls_per_day", None, Time(5 * DAY))
        .await
        .unwrap();
    let saver = one(storage, "saver").await;
    let saved = storage
        .strategies
        .save(Owner::Account(saver), lab::strategy("saved"), Time(1));
    saved.await.unwrap();
    let users = async |day, after| operations.users_of(day, after, 1_000).await.unwrap();
    let found = users(5, None).await;
    assert!(found.contains(&rich) && found.contains(&saver));
    let idle = one(storage, "uses-nothing").await;
    assert!(!found.contains(&idle));
    let another_day = users(6, None).await;
    assert!(!another_day.contains(&rich) && another_day.contains(&saver));
    assert!(!users(5, Some(rich)).await.contains(&rich));
    assert_eq!(operations.users_of(5, None, 1).await.unwrap(), found[..1]);
    let knows = |address| storage.audit.knows(rich, address);
    assert_eq!(knows("10.0.0.1").await.unwrap(), None, "never signed in");
}
