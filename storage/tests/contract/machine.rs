//! Keys, devices, executors, commands, and answers to writes.

use identity::{ApiKey, Token, TokenHash};
use protocol::{
    api::{
        command::{Action, CommandState, NewCommand, Outcome, Receipt, Target},
        credential::{Credential, NewCredential, Scope},
        heartbeat::{Health, Heartbeat},
        pairing::NewPairing,
    },
    id::{AccountId, CommandId, ExecutorId},
};
use std::time::Duration;
use storage::{
    Account, Claimed, Ears, Finished, Given, Heard, Known, MAX_COMMANDS, MAX_CREDENTIALS, Notice,
    Purpose, Storage, StorageError, Subject,
};
use tokio::time::timeout;
use trading::time::{MINUTE, Time};

pub(crate) async fn keeps(storage: &Storage) {
    a_key_opens_until_it_is_revoked(storage).await;
    who_listens_with_a_key_hears_that_it_ends(storage).await;
    there_are_so_many_keys(storage).await;
    a_device_gets_its_key_once(storage).await;
    one_key_is_one_executor(storage).await;
    a_command_goes_forward_only(storage).await;
    a_command_is_one_executors(storage).await;
    a_command_expires(storage).await;
    a_write_is_done_once(storage).await;
}

fn named(name: &str, scope: Scope) -> NewCredential {
    NewCredential {
        name: name.parse().unwrap(),
        scope,
        expires_at: None,
    }
}

fn hash() -> TokenHash {
    ApiKey::generate().unwrap().hash()
}

async fn key(storage: &Storage, of: AccountId, scope: Scope) -> (Credential, TokenHash) {
    let hash = hash();
    let new = named("a key", scope);
    let made = storage
        .credentials
        .create(of, &new, "abcdefgh", &hash, Time(1_000));
    (made.await.unwrap(), hash)
}

/// An account with a name of this part's own.
pub(crate) async fn account(storage: &Storage, name: &str) -> Account {
    crate::account::account(storage, &format!("{name}-with-machines")).await
}

/// An account with an executor.
pub(crate) async fn executor(storage: &Storage, name: &str) -> (AccountId, ExecutorId) {
    let of = account(storage, name).await.id;
    (of, another_executor(storage, of).await)
}

/// The executor of an account says once more that it lives.
pub(crate) async fn beat_again(storage: &Storage, of: AccountId, now: Time) {
    let keys = storage.credentials.list(of, None, 1).await.unwrap();
    let beat = beat("pc");
    let beaten = storage.executors.beat(of, keys[0].id, &beat, now);
    beaten.await.unwrap();
}

/// Another computer of the same account.
pub(crate) async fn another_executor(storage: &Storage, of: AccountId) -> ExecutorId {
    let (key, _) = key(storage, of, Scope::Executor).await;
    let beat = beat("pc");
    let made = storage.executors.beat(of, key.id, &beat, Time(2_000));
    made.await.unwrap()
}

fn beat(name: &str) -> Heartbeat {
    Heartbeat {
        name: name.parse().unwrap(),
        version: "0.1.0".parse().unwrap(),
        health: Health {
            is_running: true,
            is_connected: true,
            may_trade: false,
            waiting_reports: 3,
            remark: Default::default(),
        },
    }
}

/// Waits for a notice. Others may come before: what was told before one listened may come late.
pub(crate) async fn hears(ears: &mut Ears, notice: Notice) {
    while ears.hear().await.unwrap() != Heard::Notice(notice) {}
}

async fn a_key_opens_until_it_is_revoked(storage: &Storage) {
    let keys = &storage.credentials;
    let [lina, made] = [
        account(storage, "lina").await.id,
        account(storage, "made").await.id,
    ];
    let (one, hash) = key(storage, lina, Scope::Read).await;
    let (of, found) = keys.find(&hash, Time(5_000)).await.unwrap().unwrap();
    assert_eq!((of, found.used_at), (lina, None));
    // Used is written down, to a minute.
    keys.find(&hash, Time(6_000)).await.unwrap();
    assert_eq!(
        keys.list(lina, None, 9).await.unwrap()[0].used_at,
        Some(Time(5_000))
    );
    keys.find(&hash, Time(5_000 + MINUTE)).await.unwrap();
    let listed = keys.list(lina, None, 9).await.unwrap();
    assert_eq!(listed[0].used_at, Some(Time(5_000 + MINUTE)));
    assert!(keys.list(made, None, 9).await.unwrap().is_empty());

    let theirs = keys.revoke(made, one.id, Time(7_000)).await;
    assert!(matches!(theirs, Err(StorageError::NotFound)), "{theirs:?}");
    assert!(keys.is_live(lina, one.id, Time(7_000)).await.unwrap());
    assert!(!keys.is_live(made, one.id, Time(7_000)).await.unwrap());
    let mut ears = storage.notices.subscribe().await.unwrap();
    keys.revoke(lina, one.id, Time(7_000)).await.unwrap();
    let told = Notice {
        account: lina,
        subject: Subject::CredentialRevoked(one.id),
    };
    hears(&mut ears, told).await;
    assert!(keys.find(&hash, Time(7_001)).await.unwrap().is_none());
    assert!(!keys.is_live(lina, one.id, Time(7_001)).await.unwrap());
    keys.revoke(lina, one.id, Time(9_000)).await.unwrap();
    let listed = keys.list(lina, None, 9).await.unwrap();
    assert_eq!(listed[0].revoked_at, Some(Time(7_000)));

    let late = self::hash();
    let mut new = named("late", Scope::Phone);
    new.expires_at = Some(Time(10_000));
    keys.create(lina, &new, "p", &late, Time(1)).await.unwrap();
    assert!(keys.find(&late, Time(9_999)).await.unwrap().is_some());
    assert!(keys.find(&late, Time(10_000)).await.unwrap().is_none());
    // A shut account's keys open nothing.
    let shut = Some(Time(2));
    storage.accounts.set_disabled(lina, shut).await.unwrap();
    assert!(keys.find(&late, Time(5)).await.unwrap().is_none());
    assert!(keys.find(&self::hash(), Time(5)).await.unwrap().is_none());
}

async fn who_listens_with_a_key_hears_that_it_ends(storage: &Storage) {
    let accounts = &storage.accounts;
    let [reset, shut] = [
        account(storage, "reset").await.id,
        account(storage, "shut").await.id,
    ];
    let token = Token::generate().unwrap().hash();
    let issued = accounts.issue(reset, Purpose::ResetPassword, &token, "", Time(9_000));
    issued.await.unwrap();
    for of in [reset, shut] {
        let (gone, _) = key(storage, of, Scope::Phone).await;
        let (first, _) = key(storage, of, Scope::Executor).await;
        let (second, _) = key(storage, of, Scope::Read).await;
        let revoked = storage.credentials.revoke(of, gone.id, Time(2_000));
        revoked.await.unwrap();
        let mut ears = storage.notices.subscribe_to(of).await.unwrap();
        if of == reset {
            let done = accounts.reset_password(&token, "x", Time(3_000)).await;
            assert_eq!(done.unwrap(), of);
        } else {
            let done = accounts.set_disabled(of, Some(Time(3_000))).await;
            done.unwrap();
        }
        // In whichever order.
        let mut left = vec![first.id, second.id];
        while !left.is_empty() {
            let heard = timeout(Duration::from_secs(5), ears.hear()).await;
            let heard = heard.expect("all of them are told").unwrap();
            left.retain(|id| {
                let subject = Subject::CredentialRevoked(*id);
                heard
                    != Heard::Notice(Notice {
                        account: of,
                        subject,
                    })
            });
        }
        for one in [first, second] {
            let live = storage.credentials.is_live(of, one.id, Time(3_001)).await;
            assert!(!live.unwrap());
        }
    }
}

async fn there_are_so_many_keys(storage: &Storage) {
    let nana = account(storage, "nana").await.id;
    let (first, _) = key(storage, nana, Scope::Read).await;
    for _ in 1..MAX_CREDENTIALS {
        key(storage, nana, Scope::Read).await;
    }
    let new = named("more", Scope::Read);
    let keys = &storage.credentials;
    let more = keys.create(nana, &new, "p", &hash(), Time(1_000)).await;
    assert!(matches!(more, Err(StorageError::TooMany(_))), "{more:?}");
    keys.revoke(nana, first.id, Time(1_001)).await.unwrap();
    keys.create(nana, &new, "p", &hash(), Time(1_002))
        .await
        .unwrap();
    // In parts, the newest first, nothing twice.
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let part = keys.list(nana, before, 7).await.unwrap();
        let Some(last) = part.last() else { break };
        before = Some(last.id);
        seen.extend(part.into_iter().map(|key| key.id));
    }
    assert_eq!(seen.len() as i64, MAX_CREDENTIALS + 1);
    assert!(seen.is_sorted_by(|a, b| a > b));
}

async fn a_device_gets_its_key_once(storage: &Storage) {
    let pairings = &storage.pairings;
    let [oscar, putri] = [
        account(storage, "oscar").await.id,
        account(storage, "putri").await.id,
    ];
    let token = || Token::generate().unwrap().hash();
    let (code, secret, until) = (token(), token(), Time(10_000));
    let new = NewPairing {
        device: "PC".parse().unwrap(),
        scope: Scope::Executor,
    };
    let begin = pairings.begin(&new, &code, &secret, "203.0.113.1", until, Time(1));
    begin.await.unwrap();
    let again = pairings
        .begin(&new, &code, &token(), "", until, Time(1))
        .await;
    assert!(matches!(again, Err(StorageError::Exists)), "{again:?}");
    let asked = pairings.find(&code, Time(2)).await.unwrap();
    assert_eq!(
        (asked.scope, asked.address.as_str()),
        (Scope::Executor, "203.0.113.1")
    );
    let key = hash();
    let early = pairings.claim(&secret, "p", &key, Time(3)).await.unwrap();
    assert_eq!(early, Claimed::Pending(until));
    pairings.approve(oscar, &code, Time(4)).await.unwrap();
    for nothing in [
        pairings.approve(putri, &code, Time(5)).await.map(drop),
        pairings.find(&code, Time(5)).await.map(drop),
        pairings.claim(&token(), "p", &key, Time(5)).await.map(drop),
        pairings.claim(&secret, "p", &key, until).await.map(drop),
    ] {
        assert!(
            matches!(nothing, Err(StorageError::NotFound)),
            "{nothing:?}"
        );
    }
    // Of two that ask at once, one gets it.
    let other = hash();
    let (a, b) = tokio::join!(
        pairings.claim(&secret, "one", &key, Time(6)),
        pairings.claim(&secret, "two", &other, Time(6))
    );
    assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
    let Claimed::Issued(of, made) = a.or(b).unwrap() else {
        panic!("pending");
    };
    assert_eq!(
        (of, made.scope, made.name.as_str()),
        (oscar, Scope::Executor, "PC")
    );
    // What nobody approved is worth nothing in time.
    let (code, secret) = (token(), token());
    pairings
        .begin(&new, &code, &secret, "", Time(20), Time(1))
        .await
        .unwrap();
    let late = pairings.approve(oscar, &code, Time(20)).await;
    assert!(matches!(late, Err(StorageError::NotFound)), "{late:?}");
    assert_eq!(pairings.sweep(Time(20)).await.unwrap(), 1);
}

async fn one_key_is_one_executor(storage: &Storage) {
    let executors = &storage.executors;
    let qori = account(storage, "qori").await.id;
    let (key, _) = key(storage, qori, Scope::Executor).await;
    let none = executors.of(qori, key.id).await;
    assert!(matches!(none, Err(StorageError::NotFound)), "{none:?}");
    let id = executors
        .beat(qori, key.id, &beat("pc"), Time(2_000))
        .await
        .unwrap();
    let again = executors
        .beat(qori, key.id, &beat("new name"), Time(3_000))
        .await;
    assert_eq!(again.unwrap(), id);
    assert_eq!(executors.of(qori, key.id).await.unwrap(), id);
    let listed = executors.list(qori, None, 9).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].name.as_str(), "new name");
    assert_eq!(
        (listed[0].created_at, listed[0].seen_at),
        (Time(2_000), Time(3_000))
    );
    assert_eq!(listed[0].health.waiting_reports, 3);
    let other = account(storage, "rian").await.id;
    assert!(executors.of(other, key.id).await.is_err());
    storage
        .credentials
        .revoke(qori, key.id, Time(4_000))
        .await
        .unwrap();
    assert!(executors.list(qori, None, 9).await.unwrap().is_empty());
    // It stays known.
    let ever = executors.ever(qori, None, 9).await.unwrap();
    assert_eq!(ever.iter().map(|one| one.id).collect::<Vec<_>>(), [id]);
    assert!(executors.ever(qori, Some(id), 9).await.unwrap().is_empty());
    assert!(executors.ever(other, None, 9).await.unwrap().is_empty());
    let target = Target::Executor(id);
    let late = give(storage, qori, "late", target, Time(5_000)).await;
    assert!(matches!(late, Err(StorageError::NotFound)), "{late:?}");
}

/// Gives a command to stop, which expires a second later.
async fn give(
    storage: &Storage,
    of: AccountId,
    key: &str,
    target: Target,
    now: Time,
) -> storage::Result<Given> {
    let new = NewCommand {
        action: Action::StopBot,
        target,
        expires_at: Time(now.0 + 1_000),
    };
    storage.commands.give(of, key, &new, now).await
}

async fn given(storage: &Storage, of: AccountId, key: &str, to: ExecutorId, now: i64) -> CommandId {
    match give(storage, of, key, Target::Executor(to), Time(now))
        .await
        .unwrap()
    {
        Given::New(command) => command.id,
        Given::Before(command) => panic!("given before: {command:?}"),
    }
}

fn receipt(outcome: Outcome) -> Receipt {
    Receipt {
        outcome,
        remark: "so it went".parse().unwrap(),
    }
}

async fn a_command_goes_forward_only(storage: &Storage) {
    let commands = &storage.commands;
    let (sari, pc) = executor(storage, "sari").await;
    let mut ears = storage.notices.subscribe().await.unwrap();
    let id = given(storage, sari, "k1", pc, 10_000).await;
    let told = |subject| Notice {
        account: sari,
        subject,
    };
    hears(&mut ears, told(Subject::CommandQueued(id))).await;
    // Given twice it is one; the key is no other's.
    let again = give(storage, sari, "k1", Target::Executor(pc), Time(10_000)).await;
    assert!(matches!(again.unwrap(), Given::Before(command) if command.id == id));
    let other = give(storage, sari, "k1", Target::Executor(pc), Time(10_001)).await;
    assert!(matches!(other, Err(StorageError::Exists)), "{other:?}");
    // Nothing comes of it before it is delivered.
    let done = receipt(Outcome::Executed);
    let early = commands.finish(sari, pc, id, &done, Time(10_001)).await;
    assert!(matches!(early, Err(StorageError::NotFound)), "{early:?}");

    let taken = commands.take(sari, pc, Time(10_002)).await.unwrap();
    assert_eq!((taken[0].id, taken[0].state), (id, CommandState::Delivered));
    hears(&mut ears, told(Subject::CommandChanged(id))).await;
    assert!(
        commands
            .take(sari, pc, Time(10_003))
            .await
            .unwrap()
            .is_empty()
    );
    // A broken connection is made up for.
    assert_eq!(commands.open(sari, pc, Time(10_003)).await.unwrap(), taken);

    let finished = commands
        .finish(sari, pc, id, &done, Time(10_004))
        .await
        .unwrap();
    let Finished::Now(command) = finished else {
        panic!("{finished:?}")
    };
    assert_eq!(command.state, CommandState::Executed);
    assert_eq!(
        (command.remark.as_str(), command.finished_at),
        ("so it went", Some(Time(10_004)))
    );
    hears(&mut ears, told(Subject::CommandChanged(id))).await;
    let twice = commands
        .finish(sari, pc, id, &done, Time(10_005))
        .await
        .unwrap();
    assert_eq!(twice, Finished::Before(command.clone()));
    let failed = receipt(Outcome::Failed);
    let turned = commands
        .finish(sari, pc, id, &failed, Time(10_006))
        .await
        .unwrap();
    assert_eq!(turned, Finished::Otherwise(command.clone()));
    assert_eq!(
        commands.load(sari, id, Time(99_999)).await.unwrap(),
        command
    );
    assert!(
        commands
            .open(sari, pc, Time(10_006))
            .await
            .unwrap()
            .is_empty()
    );
    for place in 0..MAX_COMMANDS {
        given(storage, sari, &format!("many{place}"), pc, 20_000).await;
    }
    let more = give(storage, sari, "more", Target::Executor(pc), Time(20_000)).await;
    assert!(matches!(more, Err(StorageError::TooMany(_))), "{more:?}");
    let part = commands.list(sari, None, 3, Time(20_001)).await.unwrap();
    assert!(part.is_sorted_by(|a, b| a.id > b.id) && part.len() == 3);
}

async fn a_command_is_one_executors(storage: &Storage) {
    let commands = &storage.commands;
    let (tari, pc) = executor(storage, "tari").await;
    let laptop = another_executor(storage, tari).await;
    let (thief, theirs) = executor(storage, "thief-of-commands").await;
    let id = given(storage, tari, "k", pc, 10_000).await;
    // Nobody else's, and not by another key.
    for (of, by) in [(tari, laptop), (thief, theirs), (thief, pc)] {
        assert!(
            commands
                .open(of, by, Time(10_001))
                .await
                .unwrap()
                .is_empty()
        );
    }
    assert_eq!(
        commands.open(tari, pc, Time(10_001)).await.unwrap().len(),
        1
    );
    let done = receipt(Outcome::Executed);
    for (of, by) in [(tari, laptop), (thief, theirs), (thief, pc)] {
        let refused = commands.finish(of, by, id, &done, Time(10_002)).await;
        assert!(
            matches!(refused, Err(StorageError::NotFound)),
            "{refused:?}"
        );
    }
    assert!(commands.load(thief, id, Time(10_002)).await.is_err());
    let aimed = give(storage, thief, "k", Target::Executor(pc), Time(10_000)).await;
    assert!(matches!(aimed, Err(StorageError::NotFound)), "{aimed:?}");
}

async fn a_command_expires(storage: &Storage) {
    let commands = &storage.commands;
    let (umar, pc) = executor(storage, "umar").await;
    let queued = given(storage, umar, "queued", pc, 10_000).await;
    assert_eq!(commands.take(umar, pc, Time(11_000)).await.unwrap(), []);
    let delivered = given(storage, umar, "delivered", pc, 20_000).await;
    assert_eq!(
        commands.take(umar, pc, Time(20_999)).await.unwrap().len(),
        1
    );
    // Expired when its time is over, written down or not.
    let state = async |id, at| commands.load(umar, id, Time(at)).await.unwrap().state;
    assert_eq!(state(queued, 10_999).await, CommandState::Queued);
    assert_eq!(state(queued, 11_000).await, CommandState::Expired);
    assert_eq!(state(delivered, 21_000).await, CommandState::Expired);
    let done = receipt(Outcome::Executed);
    let late = commands
        .finish(umar, pc, delivered, &done, Time(21_000))
        .await
        .unwrap();
    assert!(matches!(late, Finished::Otherwise(c) if c.state == CommandState::Expired));
    assert!(commands.sweep(Time(21_000)).await.unwrap() >= 2);
    assert_eq!(commands.sweep(Time(21_000)).await.unwrap(), 0);
    assert_eq!(state(delivered, 0).await, CommandState::Expired, "for good");
}

async fn a_write_is_done_once(storage: &Storage) {
    let kept = &storage.idempotency;
    let [vera, wati] = [
        account(storage, "vera").await.id,
        account(storage, "wati").await.id,
    ];
    let (request, other, until) = ([1; 32], [2; 32], Time(100));
    let begin = async |of, what, now| kept.begin(of, "key", what, Time(now), until).await.unwrap();
    assert_eq!(begin(vera, request, 1).await, Known::Fresh);
    assert_eq!(begin(vera, request, 2).await, Known::Underway);
    assert_eq!(begin(vera, other, 2).await, Known::Another);
    // Keys of different people have nothing to do with each other.
    assert_eq!(begin(wati, other, 2).await, Known::Fresh);
    kept.forget(vera, "key").await.unwrap();
    assert_eq!(begin(vera, other, 3).await, Known::Fresh);
    kept.finish(vera, "key", 201, b"made".to_vec(), Time(1_000))
        .await
        .unwrap();
    let answered = Known::Answered {
        status: 201,
        answer: b"made".to_vec(),
    };
    assert_eq!(begin(vera, other, 500).await, answered);
    assert_eq!(begin(vera, request, 500).await, Known::Another);
    // What was answered is not forgotten by who failed later.
    kept.forget(vera, "key").await.unwrap();
    assert_eq!(begin(vera, other, 999).await, answered);
    // In time a key is free again; and who died under way frees it.
    assert_eq!(begin(vera, request, 1_000).await, Known::Fresh);
    assert_eq!(begin(wati, request, 100).await, Known::Fresh);
    assert!(kept.sweep(Time(1_000)).await.unwrap() >= 2);
}
