//! Deliveries against strict stand-ins, with a clock of our own.

use super::{
    Notifier, NotifyError, NotifySettings,
    guard::{Guard, UrlFault},
    listen::Heard,
    settings::TelegramSettings,
    webhook::{Call, Hooks},
};
use crate::{
    account::Desk,
    clock::now,
    till::{BillingSettings, Till},
};
use billing::outside::{CallError, Endpoint, Patience};
use fake_receiver::{Called, FakeReceiver};
use fake_telegram::{FakeTelegram, TOKEN};
use identity::{ApiKey, Role, Secret};
use protocol::{
    api::{
        credential::{NewCredential, Scope},
        heartbeat::{Health, Heartbeat},
    },
    id::AccountId,
};
use std::{sync::mpsc::Receiver, time::Duration};
use storage::{
    Channel, DeliveryState, MAX_WEBHOOK_FAILURES, Matter, NewAccount, NewStrategy,
    NotificationKind, Owner, Storage, StorageError,
};
use tokio::{sync::watch, time};
use trading::{
    language::Language,
    time::{HOUR, MINUTE, SECOND, Time},
    timeframe::Timeframe,
};
use url::Url;
use uuid::Uuid;

#[path = "../../tests/fake/receiver.rs"]
mod fake_receiver;
#[path = "../../tests/fake/telegram.rs"]
mod fake_telegram;

/// Everything that is needed, in an empty folder.
struct Scene {
    _folder: tempfile::TempDir,
    storage: Storage,
    notifier: Notifier,
    telegram: FakeTelegram,
    said: Receiver<(i64, String)>,
    receiver: FakeReceiver,
    called: Receiver<Result<Called, String>>,
    trader: AccountId,
}

impl Scene {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let storage = storage::open(folder.path()).await.unwrap();
        let (telegram, said) = FakeTelegram::start().await;
        let (receiver, called) = FakeReceiver::start().await;
        let desk = Desk::open(storage.clone(), folder.path(), None).unwrap();
        let settings = NotifySettings {
            telegram: Some(TelegramSettings {
                token: Secret::new(TOKEN.to_owned()),
                api: Endpoint::new(&telegram.url()).unwrap(),
                patience: Patience {
                    retries: 0,
                    ..Patience::default()
                },
            }),
            allowed: vec![Url::parse(&receiver.url()).unwrap()],
        };
        let notifier = Notifier::open(desk, settings, "https://phoenix.test".to_owned()).unwrap();
        let new = NewAccount {
            email: "budi@example.com".parse().unwrap(),
            password: String::new(),
            role: Role::Trader,
            language: Language::Id,
        };
        let trader = storage.accounts.create(new, Time(1)).await.unwrap().id;
        Self {
            _folder: folder,
            storage,
            notifier,
            telegram,
            said,
            receiver,
            called,
            trader,
        }
    }

    async fn tell(&self, cause: &str) {
        self.tell_at(cause, Time(1_000)).await;
    }

    async fn tell_at(&self, cause: &str, at: Time) {
        let matter = Matter {
            kind: NotificationKind::CommandFailed,
            cause: cause.to_owned(),
            subject: "close_everything".to_owned(),
            detail: "market <closed> & *gone*".to_owned(),
            about: None,
            since: None,
        };
        let told = self.storage.notifications.tell(self.trader, &matter, at);
        assert!(told.await.unwrap());
    }

    /// Tries what is due; says how many.
    async fn deliver(&self, at: i64) -> usize {
        let (_stop, stopping) = watch::channel(false);
        let delivered = self.notifier.deliver_due(Time(at), &stopping);
        delivered.await.unwrap()
    }

    /// Only this way, so that others are not counted.
    async fn only(&self, channel: Channel) {
        let wanted = NotificationKind::ALL.map(|kind| (kind, channel));
        self.storage
            .preferences
            .save(self.trader, &wanted)
            .await
            .unwrap();
    }

    async fn connect(&self) {
        let link = self.notifier.link(self.trader).await.unwrap();
        let (bot, code) = link.split_once("?start=").unwrap();
        assert_eq!(bot, "https://t.me/phoenix_test_bot");
        self.telegram
            .write(77, "private", &format!("/start {code}"));
        let heard = self
            .notifier
            .listen(Uuid::nil(), Time(1_000))
            .await
            .unwrap();
        assert_eq!(heard, Heard::News(1));
        assert!(self.said.try_recv().unwrap().1.starts_with("Terhubung."));
    }

    async fn add_webhook(&self) -> Uuid {
        let url = self.receiver.url();
        let added = self.notifier.add_webhook(self.trader, &url);
        let (id, secret) = added.await.unwrap();
        self.receiver.trust(&secret);
        id
    }
}

#[tokio::test]
async fn a_mail_is_in_the_readers_language_and_in_the_outbox_once() {
    let scene = Scene::open().await;
    scene.tell("one").await;
    assert_eq!(scene.deliver(2_000).await, 1);
    assert_eq!(scene.deliver(9 * HOUR).await, 0);
    let mails = scene.storage.mails.list(10).await.unwrap();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0].mail;
    assert_eq!(mail.subject, "Perintah gagal: Tutup semua posisi");
    assert!(
        mail.body.contains("market <closed> & *gone*"),
        "{}",
        mail.body
    );
    assert!(mail.body.contains("https://phoenix.test/commands"));
    assert!(
        mail.body
            .contains("https://phoenix.test/notifications/settings")
    );
}

#[tokio::test]
async fn a_chat_is_connected_and_told_and_its_wishes_are_kept() {
    use fake_telegram::Trouble::{Broken, Busy, Garbage};
    let scene = Scene::open().await;
    scene.only(Channel::Telegram).await;
    scene.connect().await;
    // What was heard is not heard again.
    let again = scene
        .notifier
        .listen(Uuid::nil(), Time(2_000))
        .await
        .unwrap();
    assert_eq!((again, scene.telegram.offset()), (Heard::News(0), 1_001));
    let other = scene
        .notifier
        .listen(Uuid::max(), Time(2_000))
        .await
        .unwrap();
    assert_eq!(other, Heard::Another);

    scene.telegram.trouble(Busy(600));
    scene.telegram.trouble(Broken);
    scene.telegram.trouble(Garbage);
    scene.tell("one").await;
    assert_eq!(scene.deliver(2_000).await, 1);
    // It asked for ten minutes: not before.
    assert_eq!(scene.deliver(2_000 + 600 * SECOND - 1).await, 0);
    assert_eq!(scene.deliver(2_000 + 900 * SECOND).await, 1, "broken");
    assert_eq!(scene.deliver(HOUR).await, 1, "garbage");
    assert!(scene.said.try_recv().is_err());
    assert_eq!(scene.deliver(2 * HOUR).await, 1);
    let (chat, text) = scene.said.try_recv().unwrap();
    assert_eq!(chat, 77);
    assert!(text.contains("market <closed> & *gone*"), "{text}");
    assert_eq!(scene.deliver(9 * HOUR).await, 0);
}

#[tokio::test]
async fn who_blocks_the_bot_is_not_asked_again() {
    let scene = Scene::open().await;
    scene.only(Channel::Telegram).await;
    scene.connect().await;
    scene.telegram.trouble(fake_telegram::Trouble::Blocked);
    scene.tell("one").await;
    assert_eq!(scene.deliver(2_000).await, 1);
    assert_eq!(
        scene.storage.telegrams.chat(scene.trader).await.unwrap(),
        None
    );
    scene.tell("two").await;
    assert_eq!(scene.deliver(9 * HOUR).await, 0);
    // And /stop ends it from there.
    scene.connect().await;
    scene.telegram.write(77, "private", "/stop");
    scene
        .notifier
        .listen(Uuid::nil(), Time(3_000))
        .await
        .unwrap();
    assert_eq!(
        scene.storage.telegrams.chat(scene.trader).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn a_message_that_is_refused_disconnects_nobody() {
    use fake_telegram::Trouble::{NoChat, Picky};
    let scene = Scene::open().await;
    scene.only(Channel::Telegram).await;
    scene.connect().await;
    let chat = async || scene.storage.telegrams.chat(scene.trader).await.unwrap();
    scene.telegram.trouble(Picky);
    scene.telegram.trouble(NoChat);
    scene.tell("one").await;
    assert_eq!(scene.deliver(2_000).await, 1);
    assert_eq!(chat().await.unwrap().chat, 77);
    assert_eq!(scene.deliver(HOUR).await, 1);
    assert_eq!(chat().await, None);
    assert_eq!(scene.deliver(9 * HOUR).await, 0);
    // That it was connected stands in the trail.
    let trail = scene
        .storage
        .audit
        .of(scene.trader, None, 10)
        .await
        .unwrap();
    let connected = trail
        .iter()
        .filter(|one| one.entry.action == "telegram-connected");
    assert_eq!(connected.count(), 1);
}

#[tokio::test]
async fn a_secret_that_cannot_be_opened_holds_up_nobody_and_ends() {
    let scene = Scene::open().await;
    scene.only(Channel::Webhook).await;
    let (url, id) = (scene.receiver.url(), Uuid::now_v7());
    let webhooks = &scene.storage.webhooks;
    let added = webhooks.add(scene.trader, id, &url, b"sealed by nobody", Time(1));
    added.await.unwrap();
    scene.add_webhook().await;
    scene.tell("one").await;
    assert_eq!(scene.deliver(2_000).await, 2);
    assert!(scene.called.try_recv().unwrap().is_ok());
    let mut at = 2_000;
    for _ in 1..10 {
        at += 9 * HOUR;
        assert_eq!(scene.deliver(at).await, 1);
    }
    assert_eq!(scene.deliver(at + 9 * HOUR).await, 0);
    let failed = scene.storage.deliveries.count(DeliveryState::Failed);
    assert_eq!(failed.await.unwrap(), 1);
}

#[tokio::test]
async fn one_of_which_every_taker_dies_ends() {
    let scene = Scene::open().await;
    scene.only(Channel::Mail).await;
    scene.tell("one").await;
    let deliveries = &scene.storage.deliveries;
    for attempt in 1..=10 {
        let at = attempt * HOUR;
        let taken = deliveries.take(Time(at), Time(at + 1)).await.unwrap();
        assert_eq!(i64::from(taken.unwrap().attempts), attempt);
    }
    assert_eq!(scene.deliver(20 * HOUR).await, 1);
    assert_eq!(deliveries.count(DeliveryState::Failed).await.unwrap(), 1);
    assert_eq!(scene.storage.mails.list(10).await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_quota_is_told_of_what_is_kept_and_whatever_is_wrong_with_others() {
    let scene = Scene::open().await;
    let (storage, now) = (&scene.storage, now());
    let till = Till::open(storage.clone(), BillingSettings::default()).unwrap();
    // One before and one after, whose ledgers cannot be read.
    for (name, at) in [("ada", 0), ("zed", 9_000)] {
        let new = NewAccount {
            email: format!("{name}@example.com").parse().unwrap(),
            password: String::new(),
            role: Role::Trader,
            language: Language::En,
        };
        let id = storage.accounts.create(new, Time(at)).await.unwrap().id;
        let write = |_: Option<&str>| Ok(Some("{".to_owned()));
        let ledgers = &storage.ledgers;
        ledgers.change(id, None, Time(1), write).await.unwrap();
        let used = ledgers.use_one(id, "backtests_per_day", None, now).await;
        assert!(used.unwrap());
    }
    for place in 0..160 {
        let new = NewStrategy {
            replaces: None,
            name: format!("{place}"),
            symbol: "XAUUSD".to_owned(),
            timeframe: Timeframe::H1,
            document: "{}".to_owned(),
            most: 200,
        };
        let owner = Owner::Account(scene.trader);
        storage.strategies.save(owner, new, Time(1)).await.unwrap();
    }
    for _ in 0..2 {
        let done = scene.notifier.scan_seldom(&till, now).await;
        assert!(matches!(done, Err(StorageError::Damaged(_))), "{done:?}");
    }
    let told = storage.notifications.list(scene.trader, None, 10).await;
    let told = told.unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].matter.kind, NotificationKind::QuotaNear);
    assert_eq!(told[0].matter.subject, "saved_strategies");
    assert_eq!(told[0].matter.detail, "160/200");
}

#[tokio::test]
async fn who_is_asked_to_stop_takes_nothing_more_and_ends_what_was_begun() {
    let scene = Scene::open().await;
    scene.only(Channel::Webhook).await;
    scene.add_webhook().await;
    // The clock is the real one, and what is old is swept away.
    scene.tell_at("one", now()).await;
    let (stop, stopping) = watch::channel(true);
    let tried = scene.notifier.deliver_due(now(), &stopping).await;
    assert_eq!(tried.unwrap(), 0);

    stop.send_replace(false);
    scene.receiver.trouble(fake_receiver::Trouble::Slow);
    let till = Till::open(scene.storage.clone(), BillingSettings::default()).unwrap();
    let tasks = super::start(&scene.notifier, till, &stopping);
    assert_eq!(tasks.len(), 4, "deliveries, two scans and the bot");
    while scene.called.try_recv().is_err() {
        time::sleep(Duration::from_millis(10)).await;
    }
    // It is under way, and what comes now is for another process.
    scene.tell_at("two", now()).await;
    stop.send_replace(true);
    for task in tasks {
        let ended = time::timeout(Duration::from_secs(30), task).await;
        ended.unwrap().unwrap();
    }
    let count = |state| scene.storage.deliveries.count(state);
    assert_eq!(count(DeliveryState::Sent).await.unwrap(), 1, "and noted");
    assert_eq!(count(DeliveryState::Queued).await.unwrap(), 1);
}

#[tokio::test]
async fn an_outage_of_ours_is_no_silence_of_theirs() {
    let scene = Scene::open().await;
    let (storage, heard) = (&scene.storage, 1_000_000);
    let new = NewCredential {
        name: "a key".parse().unwrap(),
        scope: Scope::Executor,
        expires_at: None,
    };
    let hash = ApiKey::generate().unwrap().hash();
    let key = storage
        .credentials
        .create(scene.trader, &new, "abcdefgh", &hash, Time(1));
    let key = key.await.unwrap();
    let beat = Heartbeat {
        name: "pc".parse().unwrap(),
        version: "0.1.0".parse().unwrap(),
        health: Health {
            is_running: true,
            is_connected: true,
            may_trade: true,
            waiting_reports: 0,
            remark: Default::default(),
        },
    };
    let beaten = storage
        .executors
        .beat(scene.trader, key.id, &beat, Time(heard));
    beaten.await.unwrap();
    let told = async |at| {
        scene.notifier.scan_soon(Time(at)).await.unwrap();
        let told = storage.notifications.list(scene.trader, None, 10).await;
        told.unwrap().len()
    };
    let begun = heard + HOUR;
    assert_eq!(told(begun).await, 0, "nobody was here before");
    let ran = async |at| {
        let noted = storage.operations.ran("notification-scan", "", Time(at));
        noted.await.unwrap();
    };
    ran(begun - 3 * MINUTE).await;
    assert_eq!(told(begun).await, 0, "nobody was here for a while");
    ran(begun).await;
    assert_eq!(told(begun + 30 * SECOND).await, 1);
}

#[tokio::test]
async fn no_code_connects_twice_nor_a_group_nor_too_late() {
    let scene = Scene::open().await;
    let now = now();
    let link = scene.notifier.link(scene.trader).await.unwrap();
    let start = format!("/start {}", link.split_once("?start=").unwrap().1);
    scene.telegram.write(-5, "group", &start);
    scene.telegram.write(8, "private", "/start guess");
    scene.telegram.write(8, "private", "/start");
    scene.notifier.listen(Uuid::nil(), now).await.unwrap();
    let chat = async || scene.storage.telegrams.chat(scene.trader).await.unwrap();
    assert_eq!(chat().await, None);
    scene.telegram.write(9, "private", &start);
    let late = Time(now.0 + 16 * MINUTE);
    scene.notifier.listen(Uuid::nil(), late).await.unwrap();
    assert_eq!(chat().await, None);
    scene.telegram.write(9, "private", &start);
    scene.notifier.listen(Uuid::nil(), now).await.unwrap();
    scene.telegram.write(10, "private", &start);
    scene.notifier.listen(Uuid::nil(), now).await.unwrap();
    assert_eq!(chat().await.unwrap().chat, 9);
}

#[tokio::test]
async fn a_webhook_is_called_signed_and_again_until_it_answers() {
    use fake_receiver::Trouble::{Redirect, Status};
    let scene = Scene::open().await;
    scene.only(Channel::Webhook).await;
    let id = scene.add_webhook().await;
    for trouble in [Status(500), Status(404), Redirect] {
        scene.receiver.trouble(trouble);
    }
    scene.tell("one").await;
    let mut ids = Vec::new();
    let mut at = 2_000;
    for _ in 0..4 {
        assert_eq!(scene.deliver(at).await, 1);
        let called = scene.called.try_recv().unwrap().unwrap();
        assert_eq!(called.body["type"], "command-failed");
        assert_eq!(called.body["data"]["detail"], "market <closed> & *gone*");
        ids.push(called.id);
        at += 10 * MINUTE;
    }
    ids.dedup();
    assert_eq!(ids.len(), 1, "the same id at every attempt");
    assert!(scene.called.try_recv().is_err(), "no redirect was followed");
    assert_eq!(scene.deliver(9 * HOUR).await, 0);
    let hook = scene.storage.webhooks.load(scene.trader, id).await.unwrap();
    assert_eq!(hook.failures, 0);
}

#[tokio::test(start_paused = true)]
async fn a_webhook_that_hangs_is_left_after_its_time() {
    let (receiver, _called) = FakeReceiver::start().await;
    receiver.trouble(fake_receiver::Trouble::Hang);
    let guard = Guard::new(vec![Url::parse(&receiver.url()).unwrap()]);
    let hooks = Hooks::new(&guard).unwrap();
    let call = Call {
        hook: Uuid::nil(),
        url: &receiver.url(),
        secret: &[1; 32],
        id: Uuid::nil(),
        body: "{}",
    };
    let result = hooks.call(&call, Time(0)).await;
    assert_eq!(result, Err(CallError::Timeout("the webhook")));
}

#[tokio::test]
async fn a_dead_webhook_is_given_up_and_its_owner_told() {
    let scene = Scene::open().await;
    scene.only(Channel::Webhook).await;
    let id = scene.add_webhook().await;
    // One failure short of the last.
    for _ in 1..MAX_WEBHOOK_FAILURES {
        let webhooks = &scene.storage.webhooks;
        assert!(!webhooks.failed(scene.trader, id, Time(1)).await.unwrap());
    }
    scene.receiver.trouble(fake_receiver::Trouble::Status(410));
    scene.tell("one").await;
    scene.tell("two").await;
    assert!(scene.deliver(2_000).await >= 1);
    assert_eq!(scene.deliver(9 * HOUR).await, 0);
    let listed = scene
        .storage
        .notifications
        .list(scene.trader, None, 10)
        .await
        .unwrap();
    let off = listed
        .iter()
        .filter(|one| one.matter.kind == NotificationKind::WebhookOff);
    assert_eq!(off.count(), 1);
}

#[tokio::test]
async fn what_is_turned_off_or_not_permitted_goes_nowhere() {
    let scene = Scene::open().await;
    for bad in [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://metadata.internal/",
    ] {
        let added = scene.notifier.add_webhook(scene.trader, bad).await;
        assert!(
            matches!(added, Err(NotifyError::Url(UrlFault::Private))),
            "{bad}"
        );
    }
    scene.only(Channel::Webhook).await;
    scene.add_webhook().await;
    // Somebody with the database writes another address: it is judged again before each call.
    let sneaked = Uuid::now_v7();
    let seal = scene.notifier.0.desk.seal();
    let sealed = seal
        .seal(&[1; 32], &super::webhook::place(sneaked))
        .unwrap();
    let webhooks = &scene.storage.webhooks;
    let added = webhooks.add(
        scene.trader,
        sneaked,
        "http://127.0.0.1:9/",
        &sealed,
        Time(1),
    );
    added.await.unwrap();
    scene
        .storage
        .flags
        .set("notify-webhook", false, 100, Time(1))
        .await
        .unwrap();
    scene.tell("one").await;
    assert_eq!(scene.deliver(2_000).await, 2);
    assert!(scene.called.try_recv().is_err());
    scene
        .storage
        .flags
        .set("notify-webhook", true, 100, Time(1))
        .await
        .unwrap();
    scene.tell("two").await;
    assert_eq!(scene.deliver(2_000).await, 2);
    assert!(scene.called.try_recv().unwrap().is_ok());
    assert_eq!(
        webhooks.load(scene.trader, sneaked).await.unwrap().failures,
        1
    );
    let missing = webhooks.load(AccountId(Uuid::now_v7()), sneaked).await;
    assert!(matches!(missing, Err(StorageError::NotFound)));
}

/// Every kind has words in both languages, with every value in its place.
#[test]
fn every_kind_has_words() {
    for kind in NotificationKind::ALL {
        let shown = site::notification::Shown {
            id: String::new(),
            kind: kind.name().to_owned(),
            subject: "SUBJECT".to_owned(),
            detail: "DETAIL".to_owned(),
            since: Some(Time(0)),
            created_at: Time(0),
            is_read: false,
        };
        let [en, id] = [Language::En, Language::Id].map(|language| shown.words(language));
        assert_ne!(en.title, kind.name());
        assert!(en.text != id.text, "{kind:?}");
        assert!(!format!("{en:?}{id:?}").contains("{}"), "{kind:?}");
    }
}
