//! Payments in rupiah against the strict stand-in.

use super::{BillingSettings, BuyError, Buyer, NewsError, QuotaError, Stays, Till, Way};
use crate::{clock::now, setting::Settings};
use billing::{
    fake::{Trouble, midtrans::FakeMidtrans},
    midtrans::{client::PAGE, order::Order},
    money::Currency,
    payer::Payer,
    plan::{Interval, Offer, Plans},
    quota::{Limit, Quota},
    secret::Secret,
};
use identity::Role;
use serde_json::json;
use storage::{Account, NewAccount, PaymentOrder, Storage};
use trading::{
    language::Language,
    time::{MINUTE, Time},
};
use uuid::Uuid;

const KEY: &str = "SB-Mid-server-hidden";

struct Scene {
    _folder: tempfile::TempDir,
    storage: Storage,
    midtrans: FakeMidtrans,
    till: Till,
    budi: Account,
}

impl Scene {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let storage = storage::open(folder.path()).await.unwrap();
        let midtrans = FakeMidtrans::start(Secret::new(KEY).unwrap(), now());
        let midtrans = midtrans.await.unwrap();
        let variable = |name: &str| match name {
            "PHOENIX_MIDTRANS_KEY" => Some(KEY.to_owned()),
            "PHOENIX_MIDTRANS_SNAP" | "PHOENIX_MIDTRANS_API" => Some(midtrans.url().to_owned()),
            _ => None,
        };
        let mut said = Settings::read(Vec::new(), variable, None);
        let settings = BillingSettings::read(&mut said);
        let till = Till::open(storage.clone(), settings).unwrap();
        let new = NewAccount {
            email: "budi@example.com".parse().unwrap(),
            password: String::new(),
            role: Role::Trader,
            language: Language::Id,
        };
        let budi = storage.accounts.create(new, Time(1)).await.unwrap();
        Self {
            _folder: folder,
            storage,
            midtrans,
            till,
            budi,
        }
    }

    async fn buy(&self, plan: &str, key: &str) -> Result<String, BuyError> {
        let offer = Offer {
            plan: plan.parse().unwrap(),
            interval: Interval::Month,
            currency: Currency::Idr,
        };
        let who = (&self.budi, Buyer::Session);
        let bought = self.till.buy(who, &offer, key, "https://phoenix.test");
        match bought.await? {
            Way::Elsewhere(page) => Ok(page),
            Way::Done => panic!("rupiah are paid on a page"),
        }
    }

    /// The order that was begun last.
    fn last(&self) -> String {
        self.midtrans.last_order().unwrap()
    }

    fn becomes(&self, order: &str, state: &str) {
        let news = self.midtrans.becomes(order, state, "credit_card");
        assert!(news.is_some(), "{order}");
    }

    /// How often something was asked of Midtrans.
    fn asked(&self, what: &str) -> usize {
        let requests = self.midtrans.requests();
        requests.iter().filter(|one| one.contains(what)).count()
    }

    async fn plan(&self) -> String {
        let standing = self.till.standing(self.budi.id).await.unwrap();
        standing.plan.as_str().to_owned()
    }
}

#[tokio::test]
async fn a_form_that_is_sent_twice_has_one_page() {
    let scene = Scene::open().await;
    let first = scene.buy("trader", "one").await.unwrap();
    assert_eq!(scene.buy("trader", "one").await.unwrap(), first);
    // Nor does a second tab open another for the same.
    assert_eq!(scene.buy("trader", "two").await.unwrap(), first);
    assert_eq!(scene.asked("POST /snap"), 1);
    let order = scene.last();
    assert_ne!(scene.buy("pro", "one").await.unwrap(), first);
    scene.becomes(&order, "settlement");
    // It is paid, and stays so however often the form is sent; who wants more days gets more.
    assert_eq!(scene.buy("trader", "one").await.unwrap(), first);
    assert_eq!(scene.plan().await, "trader");
    assert_ne!(scene.buy("trader", "three").await.unwrap(), first);
    assert_eq!(scene.asked("POST /snap"), 3);
}

#[tokio::test]
async fn a_page_whose_address_is_lost_makes_room_for_another() {
    let scene = Scene::open().await;
    scene.midtrans.trouble(Trouble::Status(500));
    let failed = scene.buy("trader", "one").await;
    assert!(matches!(failed, Err(BuyError::Provider(_))), "{failed:?}");
    // It was never opened: it is the same order still.
    let page = scene.buy("trader", "one").await.unwrap();
    assert!(page.contains(&scene.last()), "{page}");
    let begun = scene.storage.ledgers.orders(scene.budi.id, Time(0)).await;
    assert_eq!(begun.unwrap().len(), 1);

    scene.midtrans.trouble(Trouble::LostAnswer);
    let failed = scene.buy("pro", "one").await;
    assert!(matches!(failed, Err(BuyError::Provider(_))), "{failed:?}");
    let lost = scene.last();
    let page = scene.buy("pro", "one").await.unwrap();
    assert_ne!(scene.last(), lost);
    assert!(page.contains(&scene.last()), "{page}");
}

#[tokio::test]
async fn nobody_begins_payments_without_end() {
    let scene = Scene::open().await;
    for nth in 0..8 {
        scene.buy("trader", &format!("{nth}")).await.unwrap();
        scene.becomes(&scene.last(), "expire");
    }
    let refused = scene.buy("trader", "another").await;
    assert!(matches!(refused, Err(BuyError::Often)), "{refused:?}");
    assert_eq!(scene.asked("POST /snap"), 8);
}

#[tokio::test]
async fn one_order_holds_up_no_other_and_is_told() {
    let scene = Scene::open().await;
    scene.buy("trader", "one").await.unwrap();
    let paid = scene.last();
    scene.buy("pro", "one").await.unwrap();
    let wrong = scene.last();
    // Nobody has chosen how to pay: there is nothing to tell.
    scene.till.refresh(&scene.budi).await.unwrap();

    // The last is asked about first.
    scene.becomes(&wrong, "settlement");
    scene
        .midtrans
        .corrupt(&wrong, "gross_amount", json!("1.00"));
    scene.becomes(&paid, "settlement");
    let told = scene.till.refresh(&scene.budi).await;
    assert!(matches!(told, Err(NewsError::Later(_))), "{told:?}");
    assert_eq!(scene.plan().await, "trader");

    scene
        .midtrans
        .corrupt(&wrong, "gross_amount", json!("1249000.00"));
    for _ in 0..3 {
        scene.midtrans.trouble(Trouble::Status(503));
    }
    let told = scene.till.refresh(&scene.budi).await;
    assert!(matches!(told, Err(NewsError::Later(_))), "Midtrans is down");
    scene.till.refresh(&scene.budi).await.unwrap();
    assert_eq!(scene.plan().await, "pro");
    // What is paid is paid: it is not asked about for days.
    let asked = scene.asked("/status");
    scene.till.refresh(&scene.budi).await.unwrap();
    assert_eq!(scene.asked("/status"), asked);
}

#[tokio::test]
async fn a_card_that_was_charged_is_not_given_back() {
    let scene = Scene::open().await;
    scene.buy("trader", "one").await.unwrap();
    // Charged, not settled, and nobody has told us.
    scene.becomes(&scene.last(), "capture");
    let counter = scene.till.leave(&scene.budi).await.unwrap();
    counter.close().await.unwrap();
    assert_eq!(scene.asked("/cancel"), 0);
    assert_eq!(scene.plan().await, "trader");

    scene.buy("trader", "two").await.unwrap();
    scene.becomes(&scene.last(), "pending");
    let counter = scene.till.leave(&scene.budi).await.unwrap();
    counter.close().await.unwrap();
    assert_eq!(scene.asked("/cancel"), 1);
}

#[tokio::test]
async fn a_page_is_open_a_little_longer_than_its_hour_after_the_order() {
    for (age, is_open) in [(PAGE + 5 * MINUTE, true), (PAGE + 11 * MINUTE, false)] {
        let scene = Scene::open().await;
        let (id, plan) = (Uuid::now_v7(), "trader".parse().unwrap());
        let payer = Payer(scene.budi.id.0);
        // As an earlier version kept it.
        let order = Order::new(&Plans::default(), id, payer, &plan, Interval::Month);
        let kept = PaymentOrder {
            id,
            account: scene.budi.id,
            content: serde_json::to_string(&order.unwrap()).unwrap(),
            begun: Time(now().0 - age),
        };
        assert!(scene.storage.ledgers.begin_order(&kept).await.unwrap());
        match scene.till.leave(&scene.budi).await {
            Ok(counter) => {
                counter.close().await.unwrap();
                assert!(!is_open, "{age}");
            }
            Err(Stays::Paying) => assert!(is_open, "{age}"),
            Err(other) => panic!("{other:?}"),
        }
        // Once it is closed it is asked about no more.
        let asked = scene.asked("/status");
        scene.till.refresh(&scene.budi).await.unwrap();
        assert_eq!(scene.asked("/status"), asked + usize::from(is_open));
    }
}

#[tokio::test]
async fn what_is_counted_by_the_day_ends_where_the_plan_says() {
    let scene = Scene::open().await;
    let (till, budi, quota) = (&scene.till, scene.budi.id, Quota::BacktestsPerDay);
    let Limit::Of(most) = till.most(budi, quota).await.unwrap().limit else {
        panic!("the free plan has a limit");
    };
    for _ in 0..most {
        till.use_one(budi, quota).await.unwrap();
    }
    let refused = till.use_one(budi, quota).await;
    assert!(
        matches!(refused, Err(QuotaError::Exceeded(_))),
        "{refused:?}"
    );
    let held = till.held(budi).await.unwrap();
    let shown = held.allowances.iter().find(|one| one.quota == quota);
    assert_eq!((shown.unwrap().used, shown.unwrap().near()), (most, true));
}
