//! Versions of strategies, what trades, and what each version earned.

use crate::{lab, machine, report};
use protocol::{
    api::{
        report::{Deal, Entry},
        strategy::{NewActivation, Place, StrategyState},
    },
    id::{AccountId, BrokerAccountId, StrategyId},
};
use storage::{
    Activated, AuditEntry, KEPT_VERSIONS, MAX_VISITOR_VERSION_BYTES, NewMail, NewStrategy, Notice,
    Owner, Storage, StorageError, Subject, Visitor,
};
use trading::time::Time;

const NOON: i64 = 1_700_000_000_000;
/// As many as anybody may have live.
const MANY: i64 = 1_000;

pub(crate) async fn keeps(storage: &Storage) {
    every_other_document_is_a_version(storage).await;
    what_trades_is_a_version(storage).await;
    only_ones_own_trades(storage).await;
    one_wins_the_last_place(storage).await;
    old_versions_go_unless_they_traded(storage).await;
    versions_take_so_many_bytes(storage).await;
    a_visitor_brings_more_than_the_plan_allows(storage).await;
    an_excess_is_told_once(storage).await;
    each_version_has_its_earnings(storage).await;
    known_accounts_report_whatever_was_paid(storage).await;
}

fn changed(id: StrategyId, revision: i64, document: &str) -> NewStrategy {
    NewStrategy {
        replaces: Some((id, revision)),
        document: document.to_owned(),
        ..lab::strategy("changed")
    }
}

fn every(version: i64) -> NewActivation {
    NewActivation {
        version,
        on: Place::EveryAccount,
    }
}

async fn account(storage: &Storage, name: &str) -> AccountId {
    let name = format!("{name}-with-strategies");
    machine::account(storage, &name).await.id
}

async fn saved(storage: &Storage, of: AccountId, name: &str) -> StrategyId {
    let new = lab::strategy(name);
    let owner = Owner::Account(of);
    let saved = storage.strategies.save(owner, new, Time(1_000)).await;
    saved.unwrap().id
}

/// Numbers and what they bring back, the newest first.
async fn numbers(storage: &Storage, owner: Owner, id: StrategyId) -> Vec<(i64, Option<i64>)> {
    let all = storage.strategies.versions(owner, id).await.unwrap();
    all.iter().map(|one| (one.number, one.origin)).collect()
}

async fn every_other_document_is_a_version(storage: &Storage) {
    let strategies = &storage.strategies;
    let (ada, eve) = (Visitor::new().owner(), Visitor::new().owner());
    let first = strategies.save(ada, lab::strategy("first"), Time(1)).await;
    let id = first.unwrap().id;
    let again = changed(id, 1, &lab::strategy("first").document);
    strategies.save(ada, again, Time(2)).await.unwrap();
    assert_eq!(numbers(storage, ada, id).await, [(1, None)]);
    let other = changed(id, 2, "{}");
    let noted = strategies.save_noted(ada, other, ("wider stop", None), Time(3));
    assert_eq!(noted.await.unwrap().revision, 3);
    // What was not kept makes no version.
    let late = strategies.save(ada, changed(id, 2, "[]"), Time(4)).await;
    assert!(matches!(late, Err(StorageError::Conflict(3))), "{late:?}");
    let back = changed(id, 3, &lab::strategy("first").document);
    let back = strategies.save_noted(ada, back, ("", Some(1)), Time(5));
    back.await.unwrap();
    assert_eq!(
        numbers(storage, ada, id).await,
        [(3, Some(1)), (2, None), (1, None)]
    );
    let second = strategies.version(ada, id, 2).await.unwrap();
    assert_eq!(second.document, "{}");
    assert_eq!(
        (second.summary.note.as_str(), second.summary.saved_at),
        ("wider stop", Time(3))
    );
    // Nobody reads another's, and there is no other number.
    for (owner, number) in [(eve, 1), (ada, 0), (ada, 4), (ada, -1)] {
        let none = strategies.version(owner, id, number).await;
        assert!(matches!(none, Err(StorageError::NotFound)), "{none:?}");
    }
    let none = strategies.versions(eve, id).await;
    assert!(matches!(none, Err(StorageError::NotFound)), "{none:?}");
    strategies.delete(ada, id).await.unwrap();
    let none = strategies.version(ada, id, 1).await;
    assert!(matches!(none, Err(StorageError::NotFound)), "{none:?}");
}

async fn what_trades_is_a_version(storage: &Storage) {
    let (strategies, live) = (&storage.strategies, &storage.activations);
    let of = account(storage, "gita").await;
    let owner = Owner::Account(of);
    let id = saved(storage, of, "gold").await;
    let mut ears = storage.notices.subscribe().await.unwrap();
    let made = live.activate(of, id, &every(1), MANY, Time(2_000)).await;
    let Activated::Now(first) = made.unwrap() else {
        panic!("it was not live before");
    };
    let (account, subject) = (of, Subject::StrategyChanged(id));
    machine::hears(&mut ears, Notice { account, subject }).await;
    // The same again changes nothing.
    let again = live.activate(of, id, &every(1), MANY, Time(2_500)).await;
    assert_eq!(again.unwrap(), Activated::Before(first));
    // Saving does not change what trades.
    let edited = strategies.save(owner, changed(id, 1, "{}"), Time(3_000));
    edited.await.unwrap();
    let shelved = strategies.shelved(owner, id).await.unwrap();
    assert_eq!(shelved.state(), StrategyState::Active);
    assert_eq!((shelved.version, shelved.live), (2, Some(first)));
    let trades = live.documents(of).await.unwrap();
    assert_eq!(trades[0].document, lab::strategy("gold").document);

    // What trades is neither put away nor removed.
    for refused in [
        live.archive(of, id, Time(3_000)).await.map(drop),
        strategies.delete(owner, id).await,
        strategies.delete_at(owner, id, 2).await,
    ] {
        assert!(matches!(refused, Err(StorageError::Live)), "{refused:?}");
    }
    // Another version takes its place, also where there is no room for another strategy.
    let second = live.activate(of, id, &every(2), 0, Time(4_000)).await;
    let Activated::Now(second) = second.unwrap() else {
        panic!("another version");
    };
    assert_eq!(
        (second.since, second.started_at),
        (Time(2_000), Time(4_000))
    );
    assert_eq!(live.live(of).await.unwrap(), [second]);
    assert!(live.accounts().await.unwrap().contains(&of));

    assert!(live.deactivate(of, id, Time(5_000)).await.unwrap());
    assert!(!live.deactivate(of, id, Time(5_000)).await.unwrap());
    assert!(live.live(of).await.unwrap().is_empty());
    let history = live.history(of).await.unwrap();
    let spans: Vec<_> = history
        .iter()
        .map(|(live, ended)| (live.version, live.started_at.0, ended.map(|at| at.0)))
        .collect();
    assert_eq!(spans, [(1, 2_000, Some(4_000)), (2, 4_000, Some(5_000))]);
    assert!(live.archive(of, id, Time(6_000)).await.unwrap());
    assert!(!live.archive(of, id, Time(6_000)).await.unwrap());
    let refused = live.activate(of, id, &every(1), MANY, Time(7_000)).await;
    assert!(
        matches!(refused, Err(StorageError::Archived)),
        "{refused:?}"
    );
    let shelved = strategies.shelved(owner, id).await.unwrap();
    assert_eq!(shelved.state(), StrategyState::Archived);
    assert_eq!((shelved.archived_at, shelved.turns), (Some(Time(6_000)), 4));
    assert!(live.restore(of, id).await.unwrap());
    assert!(!live.restore(of, id).await.unwrap());
    let shelved = strategies.shelved(owner, id).await.unwrap();
    assert_eq!(shelved.state(), StrategyState::Draft);
}

async fn only_ones_own_trades(storage: &Storage) {
    let live = &storage.activations;
    let (of, executor) = machine::executor(storage, "hani-with-strategies").await;
    let (eve, theirs) = machine::executor(storage, "eve-with-strategies").await;
    let id = saved(storage, of, "gold").await;
    let on = async |of, executor| {
        let told = report::report(5);
        let kept = storage.reports.keep(of, executor, &told, Time(NOON)).await;
        kept.unwrap().broker_account
    };
    let (mine, not_mine) = (on(of, executor).await, on(eve, theirs).await);
    let new = |version, broker_account: BrokerAccountId| NewActivation {
        version,
        on: Place::BrokerAccount(broker_account),
    };
    for refused in [
        live.activate(eve, id, &every(1), MANY, Time(NOON)).await,
        live.activate(of, id, &every(2), MANY, Time(NOON)).await,
        live.activate(of, id, &new(1, not_mine), MANY, Time(NOON))
            .await,
    ] {
        assert!(
            matches!(refused, Err(StorageError::NotFound)),
            "{refused:?}"
        );
    }
    let done = live.activate(of, id, &new(1, mine), MANY, Time(NOON)).await;
    done.unwrap();
    let trades = live.documents(of).await.unwrap();
    assert_eq!(trades[0].login.as_ref().unwrap().login, 5);
    assert_eq!(trades[0].live.on, Place::BrokerAccount(mine));
    assert!(live.documents(eve).await.unwrap().is_empty());
    for refused in [
        live.deactivate(eve, id, Time(NOON)).await,
        live.archive(eve, id, Time(NOON)).await,
        live.restore(eve, id).await,
    ] {
        assert!(
            matches!(refused, Err(StorageError::NotFound)),
            "{refused:?}"
        );
    }
    let owner = Owner::Account(eve);
    let none = storage.strategies.shelved(owner, id).await;
    assert!(matches!(none, Err(StorageError::NotFound)), "{none:?}");
    let none = storage.strategies.earned(eve, id).await.unwrap();
    assert_eq!(none, Default::default());
    // The account goes with everything.
    storage.accounts.delete(of).await.unwrap();
    assert!(!live.accounts().await.unwrap().contains(&of));
}

/// Two at once at the last place, and many.
async fn one_wins_the_last_place(storage: &Storage) {
    let of = account(storage, "indra").await;
    let mut ids = Vec::new();
    for place in 0..12 {
        ids.push(saved(storage, of, &format!("s{place}")).await);
    }
    let tries: Vec<_> = ids
        .iter()
        .map(|id| {
            let (storage, id) = (storage.clone(), *id);
            tokio::spawn(async move {
                let live = &storage.activations;
                live.activate(of, id, &every(1), 3, Time(NOON)).await
            })
        })
        .collect();
    let (mut won, mut lost) = (0, 0);
    for tried in tries {
        match tried.await.unwrap() {
            Ok(_) => won += 1,
            Err(StorageError::TooMany(3)) => lost += 1,
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!((won, lost), (3, 9));
    assert_eq!(storage.activations.live(of).await.unwrap().len(), 3);
}

async fn old_versions_go_unless_they_traded(storage: &Storage) {
    let (of, executor) = machine::executor(storage, "joko-with-strategies").await;
    let owner = Owner::Account(of);
    let id = saved(storage, of, "many").await;
    let live = &storage.activations;
    // Of version 2 there is a deal.
    let mut told = report::report(5);
    told.deals = vec![Deal {
        strategy: Some(id),
        strategy_version: Some(2),
        ..report::deal(1, 1)
    }];
    let kept = storage.reports.keep(of, executor, &told, Time(NOON)).await;
    kept.unwrap();
    // The first 60 trade, one after the other, and then the first again.
    let traded = 60;
    for place in 1..=KEPT_VERSIONS + traded {
        if place <= traded {
            let (new, at) = (every(place), Time(2_000 + place));
            live.activate(of, id, &new, MANY, at).await.unwrap();
        }
        if place == traded {
            let (new, at) = (every(1), Time(2_100));
            live.activate(of, id, &new, MANY, at).await.unwrap();
        }
        let new = changed(id, place, &format!("{{\"n\":{place}}}"));
        let saved = storage.strategies.save(owner, new, Time(3_000)).await;
        saved.unwrap();
    }
    let all = numbers(storage, owner, id).await;
    let mut kept: Vec<i64> = all.iter().map(|(number, _)| *number).collect();
    kept.reverse();
    // What trades, what a deal names, the last 50 that traded, and the newest ones.
    let newest = KEPT_VERSIONS + traded + 1;
    let wanted = [1, 2].into_iter().chain(11..=traded);
    let wanted: Vec<i64> = wanted.chain(traded + 2..=newest).collect();
    assert_eq!(kept, wanted);
}

async fn a_visitor_brings_more_than_the_plan_allows(storage: &Storage) {
    let visitor = Visitor::new().owner();
    let strategies = &storage.strategies;
    for place in 0..4 {
        let new = lab::strategy(&format!("v{place}"));
        strategies.save(visitor, new, Time(1_000)).await.unwrap();
    }
    let of = account(storage, "kiki").await;
    let owner = Owner::Account(of);
    storage.accounts.adopt(visitor, of).await.unwrap();
    let all = strategies.shelf(owner, None).await.unwrap();
    assert_eq!(all.len(), 4, "nothing is lost");
    let id = all[0].summary.id;
    assert_eq!(numbers(storage, owner, id).await, [(1, None)]);
    let more = NewStrategy {
        most: 2,
        ..lab::strategy("more")
    };
    let refused = strategies.save(owner, more, Time(2_000)).await;
    assert!(
        matches!(refused, Err(StorageError::TooMany(2))),
        "{refused:?}"
    );
    // What is there may be changed even so.
    let edit = NewStrategy {
        most: 2,
        ..changed(id, 1, "{}")
    };
    strategies.save(owner, edit, Time(2_000)).await.unwrap();
    assert_eq!(numbers(storage, owner, id).await.len(), 2);
}

async fn an_excess_is_told_once(storage: &Storage) {
    let of = account(storage, "lala").await;
    let live = &storage.activations;
    let quota = "live_strategies";
    let mail = NewMail {
        account: Some(of),
        recipient: "lala-with-too-many@example.com".to_owned(),
        subject: "Some will be paused".to_owned(),
        body: String::new(),
    };
    let entry = AuditEntry {
        account: Some(of),
        actor: None,
        action: "live-strategies-over".to_owned(),
        detail: String::new(),
        address: String::new(),
    };
    let begins = async |at| {
        let told = (&mail, &entry);
        live.excess_begins(of, quota, told, Time(at)).await.unwrap()
    };
    let told = async || {
        let mails = storage.mails.list(10_000).await.unwrap();
        let mails = mails.iter().filter(|one| one.mail == mail).count();
        let trail = storage.audit.of(of, None, 100).await.unwrap();
        let trail = trail.iter().filter(|one| one.entry == entry).count();
        (mails, trail)
    };
    assert_eq!(live.excess(of, quota).await.unwrap(), None);
    assert_eq!(begins(2).await, Time(2));
    assert_eq!(live.excess(of, quota).await.unwrap(), Some(Time(2)));
    // Another server found it too: the mail and the entry are of the first.
    assert_eq!(begins(3).await, Time(2));
    assert_eq!(told().await, (1, 1));
    live.excess_ends(of, quota).await.unwrap();
    assert_eq!(live.excess(of, quota).await.unwrap(), None);
    assert_eq!(begins(5).await, Time(5));
    assert_eq!(told().await, (2, 2));
}

/// Documents of a megabyte each: a visitor's take four at the most.
async fn versions_take_so_many_bytes(storage: &Storage) {
    let strategies = &storage.strategies;
    let ada = Visitor::new().owner();
    let large = |letter: &str| letter.repeat(1 << 20);
    let first = NewStrategy {
        document: large("a"),
        ..lab::strategy("first")
    };
    let first = strategies.save(ada, first, Time(1)).await.unwrap().id;
    for (revision, letter) in (1..).zip(["b", "c", "d", "e", "f"]) {
        let new = changed(first, revision, &large(letter));
        strategies.save(ada, new, Time(2)).await.unwrap();
    }
    let kept: Vec<i64> = numbers(storage, ada, first)
        .await
        .iter()
        .map(|(number, _)| *number)
        .collect();
    assert_eq!(kept, [6, 5, 4, 3], "the oldest ones went");
    // Another strategy has no old ones to let go, and takes none of the first's.
    let second = NewStrategy {
        document: large("a"),
        ..lab::strategy("second")
    };
    let refused = strategies.save(ada, second.clone(), Time(3)).await;
    assert!(
        matches!(refused, Err(StorageError::Full(MAX_VISITOR_VERSION_BYTES))),
        "{refused:?}"
    );
    assert_eq!(strategies.list(ada).await.unwrap().len(), 1);
    // What changes nothing takes nothing.
    let same = changed(first, 6, &large("f"));
    strategies.save(ada, same, Time(3)).await.unwrap();
    strategies.delete(ada, first).await.unwrap();
    strategies.save(ada, second, Time(4)).await.unwrap();
}

async fn each_version_has_its_earnings(storage: &Storage) {
    let (of, executor) = machine::executor(storage, "mira-with-strategies").await;
    let owner = Owner::Account(of);
    let id = saved(storage, of, "gold").await;
    let other = saved(storage, of, "other").await;
    let live = &storage.activations;
    let at = |minute: i64| Time(NOON + minute * 60_000);
    let done = live.activate(of, id, &every(1), MANY, at(0)).await;
    done.unwrap();
    let new = changed(id, 1, "{}");
    storage.strategies.save(owner, new, at(1)).await.unwrap();
    let done = live.activate(of, id, &every(2), MANY, at(50)).await;
    done.unwrap();
    let deal = |ticket, minute, position, entry, profit, strategy, version| Deal {
        position,
        entry,
        profit,
        commission: 0.0,
        strategy,
        strategy_version: version,
        ..report::deal(ticket, minute)
    };
    let mut told = report::report(5);
    told.deals = vec![
        deal(1, 10, 71, Entry::In, 0.0, Some(id), None),
        // Closed by hand, when version 2 was live: version 1 opened it.
        deal(2, 60, 71, Entry::Out, 10.0, None, None),
        deal(3, 60, 72, Entry::In, 0.0, Some(id), Some(2)),
        deal(4, 61, 72, Entry::Out, -4.0, Some(id), Some(2)),
        // Before anything was live.
        deal(5, -10, 73, Entry::Out, 1.5, Some(id), None),
        // One position of two strategies: what names none is nobody's.
        deal(6, 20, 74, Entry::In, 0.0, Some(id), None),
        deal(7, 21, 74, Entry::In, 0.0, Some(other), None),
        deal(8, 22, 74, Entry::Out, 100.0, None, None),
        // By hand from the beginning.
        deal(9, 23, 75, Entry::Out, 1_000.0, None, None),
        // Half of it is closed, which is no trade yet.
        Deal {
            volume: 0.05,
            ..deal(11, 63, 76, Entry::Out, 2.0, None, None)
        },
        deal(10, 62, 76, Entry::In, 0.0, Some(id), Some(2)),
    ];
    let kept = storage.reports.keep(of, executor, &told, at(70)).await;
    kept.unwrap();
    let earned = storage.strategies.earned(of, id).await.unwrap();
    let sums = |number: i64| {
        let one = &earned.versions[&number][0];
        assert_eq!(one.currency, "USD");
        (one.deals, one.closed, one.won, one.net.to_bits())
    };
    assert_eq!(sums(1), (3, 1, 1, 10_f64.to_bits()));
    assert_eq!(sums(2), (4, 1, 0, (-2_f64).to_bits()));
    assert_eq!(earned.unknown.len(), 1);
    assert_eq!(earned.unknown[0].net.to_bits(), 1.5_f64.to_bits());
    assert!(!earned.is_cut);
    // Eight of its deals: the last ones are left out of five, and it is said.
    let cut = storage.strategies.earned_within(of, id, 5).await.unwrap();
    assert!(cut.is_cut);
    assert_eq!(cut.versions[&2][0].closed, 0);
    let whole = storage.strategies.earned_within(of, id, 8).await.unwrap();
    assert_eq!(whole, earned);
    let all = storage.strategies.earnings(of).await.unwrap();
    assert_eq!(all[&id], [("USD".to_owned(), 9.5)]);
    assert_eq!(all[&other], [("USD".to_owned(), 0.0)]);
    let deals = storage.reports.deals(of, None, None, 99).await.unwrap();
    let versions: Vec<_> = deals
        .iter()
        .filter_map(|one| one.deal.strategy_version)
        .collect();
    assert_eq!(versions, [2, 2, 2]);
}

async fn known_accounts_report_whatever_was_paid(storage: &Storage) {
    let (of, executor) = machine::executor(storage, "nana-with-strategies").await;
    let reports = &storage.reports;
    let keep = async |login, ticket, most| {
        let mut told = report::report(login);
        told.deals = vec![report::deal(ticket, ticket)];
        let kept = reports
            .keep_within(of, executor, &told, most, Time(NOON))
            .await;
        kept.map(|kept| kept.new_deals.len())
    };
    assert_eq!(keep(1, 1, 2).await.unwrap(), 1);
    assert_eq!(keep(2, 1, 2).await.unwrap(), 1);
    let refused = keep(3, 1, 2).await;
    assert!(
        matches!(refused, Err(StorageError::TooMany(2))),
        "{refused:?}"
    );
    // The plan is over: what was known goes on, whatever it allows.
    assert_eq!(keep(1, 2, 0).await.unwrap(), 1);
    assert_eq!(keep(2, 2, 1).await.unwrap(), 1);
    assert_eq!(reports.count_broker_accounts(of).await.unwrap(), 2);
}
