//! Accounts, their secrets, and their second factor.

use crate::lab::{run, strategy};
use identity::{EmailAddress, Role, Token, TokenHash};
use protocol::id::AccountId;
use storage::{
    Account, NewAccount, Owner, Purpose, Registration, Storage, StorageError, Taken, Visitor,
};
use trading::{language::Language, time::Time};

pub(crate) fn address(name: &str) -> EmailAddress {
    format!("{name}@example.com").parse().unwrap()
}

pub(crate) async fn account(storage: &Storage, name: &str) -> Account {
    let new = NewAccount {
        email: address(name),
        password: "$argon2id$of-no-password".to_owned(),
        role: Role::Trader,
        language: Language::Id,
    };
    storage.accounts.create(new, Time(1_000)).await.unwrap()
}

fn token() -> TokenHash {
    Token::generate().unwrap().hash()
}

/// Somebody who wants an account; until 9,000.
async fn register(storage: &Storage, name: &str) -> TokenHash {
    let new = Registration {
        email: address(name),
        password: format!("password of {name}"),
        language: Language::Id,
    };
    let hash = token();
    storage
        .accounts
        .register(&new, &hash, Time(9_000))
        .await
        .unwrap();
    hash
}

pub(crate) async fn keeps(storage: &Storage) {
    an_address_has_one_account(storage).await;
    a_visitor_takes_everything_along(storage).await;
    an_account_begins_with_a_proof(storage).await;
    tokens_are_taken_once(storage).await;
    a_new_password_ends_what_was_before(storage).await;
    an_address_changes_when_it_is_proved(storage).await;
    a_second_factor_is_used_once(storage).await;
    what_is_removed_leaves_nothing(storage).await;
}

async fn an_address_has_one_account(storage: &Storage) {
    let accounts = &storage.accounts;
    let ada = account(storage, "Ada").await;
    assert_eq!((ada.role, ada.language), (Role::Trader, Language::Id));
    assert_eq!((ada.created_at, ada.disabled_at), (Time(1_000), None));
    assert_eq!(accounts.load(ada.id).await.unwrap(), ada);
    // Letters of either size are one address.
    let (found, hash) = accounts.find(&address("aDA")).await.unwrap().unwrap();
    assert_eq!(
        (found, hash.as_str()),
        (ada.clone(), "$argon2id$of-no-password")
    );
    assert!(accounts.find(&address("nobody")).await.unwrap().is_none());
    let again = NewAccount {
        email: address("ADA"),
        password: String::new(),
        role: Role::Admin,
        language: Language::En,
    };
    let again = accounts.create(again, Time(2)).await;
    assert!(matches!(again, Err(StorageError::Exists)), "{again:?}");

    accounts.set_role(ada.id, Role::Support).await.unwrap();
    accounts.set_language(ada.id, Language::En).await.unwrap();
    let changed = accounts.load(ada.id).await.unwrap();
    assert_eq!(
        (changed.role, changed.language),
        (Role::Support, Language::En)
    );
    let nobody = AccountId(Visitor::new().owner().to_string().parse().unwrap());
    for nothing in [
        accounts.set_role(nobody, Role::Admin).await,
        accounts.set_disabled(nobody, None).await,
        accounts.delete(nobody).await,
        accounts.load(nobody).await.map(drop),
    ] {
        assert!(
            matches!(nothing, Err(StorageError::NotFound)),
            "{nothing:?}"
        );
    }

    account(storage, "under_score").await;
    let found = |text: &'static str| async move {
        let found = accounts.search(text, 10).await.unwrap();
        found.into_iter().map(|a| a.email.key()).collect::<Vec<_>>()
    };
    assert_eq!(found("R_S").await, ["under_score@example.com"]);
    assert_eq!(found("ada@").await, ["ada@example.com"]);
    assert!(found("'; --").await.is_empty());
}

async fn a_visitor_takes_everything_along(storage: &Storage) {
    let (visitor, other) = (Visitor::new().owner(), Visitor::new().owner());
    for owner in [visitor, other] {
        let kept = storage
            .strategies
            .save(owner, strategy("kept"), Time(1))
            .await;
        let mut tested = run();
        tested.strategy = Some(kept.unwrap().id);
        storage.runs.save(owner, tested, Time(2)).await.unwrap();
    }
    let hash = register(storage, "budi").await;
    let budi = storage
        .accounts
        .confirm(&hash, Some(visitor), Time(3))
        .await
        .unwrap();
    let owner = Owner::Account(budi.id);
    assert_eq!(storage.strategies.list(owner).await.unwrap().len(), 1);
    let runs = storage.runs.list(owner).await.unwrap();
    assert!(
        runs[0].strategy.is_some(),
        "runs still name their strategies"
    );
    assert!(storage.strategies.list(visitor).await.unwrap().is_empty());
    // The same at a later signing in; who is forgotten then is the visitor alone.
    storage.accounts.adopt(other, budi.id).await.unwrap();
    assert_eq!(storage.strategies.list(owner).await.unwrap().len(), 2);
    storage.visitors.forget(Time(i64::MAX)).await.unwrap();
    assert_eq!(storage.runs.list(owner).await.unwrap().len(), 2);
    // An account's rows are never given away.
    let thief = account(storage, "thief").await;
    storage.accounts.adopt(owner, thief.id).await.unwrap();
    assert_eq!(storage.strategies.list(owner).await.unwrap().len(), 2);
}

async fn an_account_begins_with_a_proof(storage: &Storage) {
    let accounts = &storage.accounts;
    let (first, second) = (
        register(storage, "Citra").await,
        register(storage, "citra").await,
    );
    assert!(accounts.find(&address("citra")).await.unwrap().is_none());
    let asked = accounts.registration(&first, Time(8_999)).await.unwrap();
    let (email, password) = asked.unwrap();
    assert_eq!(
        (email.as_str(), password.as_str()),
        ("Citra@example.com", "password of Citra")
    );
    assert_eq!(
        accounts.registration(&first, Time(9_000)).await.unwrap(),
        None
    );
    let late = accounts.confirm(&first, None, Time(9_000)).await;
    assert!(matches!(late, Err(StorageError::NotFound)), "{late:?}");
    let citra = accounts.confirm(&first, None, Time(2_000)).await.unwrap();
    assert_eq!((citra.role, citra.language), (Role::Trader, Language::Id));
    assert_eq!(citra.created_at, Time(2_000));
    assert_eq!(
        accounts.password(citra.id).await.unwrap(),
        "password of Citra"
    );
    let twice = accounts.confirm(&first, None, Time(2_000)).await;
    assert!(matches!(twice, Err(StorageError::NotFound)), "{twice:?}");
    let other = accounts.confirm(&second, None, Time(2_000)).await;
    assert!(matches!(other, Err(StorageError::Exists)), "{other:?}");
}

async fn tokens_are_taken_once(storage: &Storage) {
    let accounts = &storage.accounts;
    let nina = account(storage, "nina").await;
    let purpose = Purpose::ResetPassword;
    let issue = |hash, until| accounts.issue(nina.id, purpose, hash, "", Time(until));
    let hash = token();
    issue(&hash, 5_000).await.unwrap();
    // Not for another purpose, not too late, not twice.
    let other = accounts.change_email(&hash, Time(2_000)).await;
    assert!(matches!(other, Err(StorageError::NotFound)), "{other:?}");
    let late = accounts.reset_password(&hash, "x", Time(5_000)).await;
    assert!(matches!(late, Err(StorageError::NotFound)), "{late:?}");
    assert!(
        accounts
            .token_holder(purpose, &hash, Time(4_999))
            .await
            .is_ok()
    );
    assert!(
        accounts
            .token_holder(purpose, &hash, Time(5_000))
            .await
            .is_err()
    );
    let reset = accounts.reset_password(&hash, "x", Time(4_999)).await;
    assert_eq!(reset.unwrap(), nina.id);
    let twice = accounts.reset_password(&hash, "y", Time(4_999)).await;
    assert!(matches!(twice, Err(StorageError::NotFound)), "{twice:?}");
    // The newest counts alone.
    let (old, new) = (token(), token());
    issue(&old, 9_000).await.unwrap();
    issue(&new, 9_000).await.unwrap();
    assert!(accounts.token_holder(purpose, &old, Time(1)).await.is_err());
    assert!(accounts.token_holder(purpose, &new, Time(1)).await.is_ok());
    let registered = register(storage, "late").await;
    accounts.sweep_tokens(Time(8_999)).await.unwrap();
    assert!(accounts.token_holder(purpose, &new, Time(1)).await.is_ok());
    assert!(
        accounts
            .registration(&registered, Time(1))
            .await
            .unwrap()
            .is_some()
    );
    accounts.sweep_tokens(Time(9_000)).await.unwrap();
    assert!(accounts.token_holder(purpose, &new, Time(1)).await.is_err());
    assert!(
        accounts
            .registration(&registered, Time(1))
            .await
            .unwrap()
            .is_none()
    );
}

async fn a_new_password_ends_what_was_before(storage: &Storage) {
    let accounts = &storage.accounts;
    let dewi = account(storage, "dewi").await;
    let [mine, other] = [[1; 32], [2; 32]];
    crate::session::begin(storage, mine, Some(dewi.id)).await;
    crate::session::begin(storage, other, Some(dewi.id)).await;
    let hash = token();
    let asked = accounts.issue(dewi.id, Purpose::ResetPassword, &hash, "", Time(9_000));
    asked.await.unwrap();
    accounts
        .set_password(dewi.id, "second", Some(mine))
        .await
        .unwrap();
    assert_eq!(accounts.password(dewi.id).await.unwrap(), "second");
    assert!(
        storage
            .sessions
            .find(mine, Time(1))
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        storage
            .sessions
            .find(other, Time(1))
            .await
            .unwrap()
            .is_none()
    );
    let asked_before = accounts.reset_password(&hash, "third", Time(2)).await;
    assert!(matches!(asked_before, Err(StorageError::NotFound)));

    let hash = token();
    let asked = accounts.issue(dewi.id, Purpose::ResetPassword, &hash, "", Time(9_000));
    asked.await.unwrap();
    let reset = accounts.reset_password(&hash, "third", Time(2)).await;
    assert_eq!(reset.unwrap(), dewi.id);
    assert!(
        storage
            .sessions
            .find(mine, Time(1))
            .await
            .unwrap()
            .is_none()
    );
    // Made dearer only where it is what it was.
    accounts
        .renew_password(dewi.id, "third", "dear")
        .await
        .unwrap();
    accounts
        .renew_password(dewi.id, "third", "wrong")
        .await
        .unwrap();
    assert_eq!(accounts.password(dewi.id).await.unwrap(), "dear");
    // Shutting an account ends its sessions too.
    crate::session::begin(storage, mine, Some(dewi.id)).await;
    accounts.set_disabled(dewi.id, Some(Time(7))).await.unwrap();
    assert!(
        storage
            .sessions
            .find(mine, Time(1))
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        accounts.load(dewi.id).await.unwrap().disabled_at,
        Some(Time(7))
    );
    accounts.set_disabled(dewi.id, None).await.unwrap();
    assert_eq!(accounts.load(dewi.id).await.unwrap().disabled_at, None);
}

async fn an_address_changes_when_it_is_proved(storage: &Storage) {
    let accounts = &storage.accounts;
    let (eka, fajar) = (
        account(storage, "eka").await,
        account(storage, "fajar").await,
    );
    let (hash, second) = (token(), token());
    let new = "Eka.New@example.com";
    let wish = |id, hash| accounts.issue(id, Purpose::ChangeEmail, hash, new, Time(9_000));
    wish(eka.id, &hash).await.unwrap();
    wish(fajar.id, &second).await.unwrap();
    let (id, changed) = accounts.change_email(&hash, Time(3)).await.unwrap();
    assert_eq!((id, changed), (eka.id, Taken::Changed(eka.email.clone())));
    let now = accounts.load(eka.id).await.unwrap();
    assert_eq!(now.email.as_str(), new);
    // Somebody was quicker.
    let late = accounts.change_email(&second, Time(4)).await.unwrap();
    assert_eq!(late, (fajar.id, Taken::Exists));
    assert_eq!(accounts.load(fajar.id).await.unwrap().email, fajar.email);
}

async fn a_second_factor_is_used_once(storage: &Storage) {
    let accounts = &storage.accounts;
    let gita = account(storage, "gita").await.id;
    assert_eq!(accounts.second_factor(gita).await.unwrap(), None);
    let early = accounts.confirm_second_factor(gita, 1, &[], Time(1)).await;
    assert!(matches!(early, Err(StorageError::NotFound)), "{early:?}");
    accounts.begin_second_factor(gita, b"first").await.unwrap();
    accounts.begin_second_factor(gita, b"sealed").await.unwrap();
    let begun = accounts.second_factor(gita).await.unwrap().unwrap();
    assert_eq!((&begun.sealed[..], begun.since), (&b"sealed"[..], None));
    assert_eq!(accounts.load(gita).await.unwrap().two_factor_at, None);
    let codes = [token(), token()];
    let confirmed = accounts.confirm_second_factor(gita, 50, &codes, Time(4));
    confirmed.await.unwrap();
    assert_eq!(
        accounts.load(gita).await.unwrap().two_factor_at,
        Some(Time(4))
    );
    // It cannot be put in the place of the one that is asked for.
    assert!(accounts.begin_second_factor(gita, b"thief").await.is_err());
    assert!(!accounts.use_step(gita, 50).await.unwrap());
    assert!(accounts.use_step(gita, 51).await.unwrap());
    assert!(!accounts.use_step(gita, 51).await.unwrap());
    assert!(!accounts.use_step(gita, 49).await.unwrap());

    assert_eq!(accounts.recovery_codes_left(gita).await.unwrap(), 2);
    assert!(
        accounts
            .use_recovery_code(gita, &codes[0], Time(5))
            .await
            .unwrap()
    );
    assert!(
        !accounts
            .use_recovery_code(gita, &codes[0], Time(6))
            .await
            .unwrap()
    );
    assert!(
        !accounts
            .use_recovery_code(gita, &token(), Time(6))
            .await
            .unwrap()
    );
    assert_eq!(accounts.recovery_codes_left(gita).await.unwrap(), 1);
    let hadi = account(storage, "hadi").await.id;
    assert!(
        !accounts
            .use_recovery_code(hadi, &codes[1], Time(6))
            .await
            .unwrap()
    );
    accounts
        .renew_recovery_codes(gita, &[token()])
        .await
        .unwrap();
    assert!(
        !accounts
            .use_recovery_code(gita, &codes[1], Time(7))
            .await
            .unwrap()
    );
    accounts.end_second_factor(gita).await.unwrap();
    assert_eq!(accounts.second_factor(gita).await.unwrap(), None);
    assert_eq!(accounts.recovery_codes_left(gita).await.unwrap(), 0);
}

async fn what_is_removed_leaves_nothing(storage: &Storage) {
    let indah = account(storage, "indah").await;
    let owner = Owner::Account(indah.id);
    let kept = storage
        .strategies
        .save(owner, strategy("kept"), Time(1))
        .await;
    let mut tested = run();
    tested.strategy = Some(kept.unwrap().id);
    storage.runs.save(owner, tested, Time(1)).await.unwrap();
    crate::session::begin(storage, [9; 32], Some(indah.id)).await;
    let hash = token();
    let asked = storage
        .accounts
        .issue(indah.id, Purpose::ResetPassword, &hash, "", Time(9_000));
    asked.await.unwrap();
    storage.accounts.delete(indah.id).await.unwrap();
    assert!(storage.strategies.list(owner).await.unwrap().is_empty());
    assert!(storage.runs.list(owner).await.unwrap().is_empty());
    assert!(
        storage
            .sessions
            .find([9; 32], Time(1))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        storage
            .accounts
            .reset_password(&hash, "", Time(2))
            .await
            .is_err()
    );
    assert!(storage.accounts.find(&indah.email).await.unwrap().is_none());
}
