//! Payments in rupiah that were begun, each with a page of Snap's. A deed has one page, however often
//! it is sent; who asks for the same again goes on where it is open; and nobody begins more of them
//! than anybody needs, since each is asked about for days.

use super::{Till, buy::BuyError, checkout::Counter, news::NewsError, payer};
use crate::clock::now;
use billing::{
    midtrans::{
        client::{Midtrans, MidtransFault, PAGE},
        order::Order,
    },
    outside::CallError,
    plan::Offer,
    subscription::{Ledger, PurchaseStatus, Ref},
};
use protocol::id::AccountId;
use serde::{Deserialize, Serialize};
use storage::{PaymentOrder, StorageError};
use trading::time::{DAY, MINUTE, Time};
use uuid::Uuid;

/// For how long an order is paid at most: bank transfers take their time.
const ORDERS: i64 = 3 * DAY;
/// After how long a page is surely closed: it is opened a little after its order is written down, and
/// clocks differ.
const CLOSED: i64 = PAGE + 10 * MINUTE;
/// Until when a page is handed out again: whoever gets it needs some time to pay.
const USEFUL: i64 = PAGE - 15 * MINUTE;
/// How many an account begins within the time that a page is open. There are four things to buy.
const MOST: usize = 8;

/// Why an order could not be asked about.
#[derive(Debug, thiserror::Error)]
pub(super) enum OrderFault {
    /// Midtrans could not be asked, or says what does not fit.
    #[error(transparent)]
    Midtrans(#[from] MidtransFault),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<OrderFault> for BuyError {
    fn from(fault: OrderFault) -> Self {
        match fault {
            OrderFault::Midtrans(fault) => fault.into(),
            OrderFault::Storage(error) => error.into(),
        }
    }
}

impl From<OrderFault> for NewsError {
    fn from(fault: OrderFault) -> Self {
        Self::Later(fault.to_string())
    }
}

/// What is kept of an order. What was written by an earlier version has the order alone.
#[derive(Debug, Serialize, Deserialize)]
struct Content {
    #[serde(flatten)]
    order: Order,
    /// The address of its page; nothing while Midtrans has not answered.
    #[serde(default)]
    page: Option<String>,
    /// When its page was last asked for, where that is not when it was begun.
    #[serde(default)]
    asked: Option<Time>,
    /// Whether nobody can begin to pay for it any more: its page is closed, or known to nobody.
    #[serde(default)]
    is_over: bool,
}

/// An order that was begun.
#[derive(Debug)]
pub(super) struct Begun {
    kept: PaymentOrder,
    content: Content,
}

impl Begun {
    fn new(account: AccountId, order: Order, begun: Time) -> Result<Self, StorageError> {
        let content = Content {
            order,
            page: None,
            asked: None,
            is_over: false,
        };
        let kept = PaymentOrder {
            id: content.order.id.0,
            account,
            content: text(&content)?,
            begun,
        };
        Ok(Self { kept, content })
    }

    /// Reads one as it is kept.
    pub(super) fn read(kept: PaymentOrder) -> Result<Self, StorageError> {
        let content = serde_json::from_str(&kept.content)
            .map_err(|error| StorageError::Damaged(format!("an order: {error}")))?;
        Ok(Self { kept, content })
    }

    /// What was asked of Midtrans.
    pub(super) const fn order(&self) -> &Order {
        &self.content.order
    }

    fn name(&self) -> Ref {
        self.content.order.id.reference()
    }

    /// How far it is, as far as is known; nothing where nobody has begun to pay.
    pub(super) fn status(&self, ledger: &Ledger) -> Option<PurchaseStatus> {
        ledger.purchase(&self.name()).map(|known| known.status)
    }

    /// Whether its page was asked for less than so many milliseconds ago.
    fn is_within(&self, age: i64, at: Time) -> bool {
        at.0 < self.content.asked.unwrap_or(self.kept.begun).0 + age
    }

    /// Whether somebody may still choose how to pay for it.
    pub(super) fn can_begin(&self, at: Time) -> bool {
        !self.content.is_over && self.is_within(CLOSED, at)
    }

    /// Whether there is nothing to be asked about it any more.
    pub(super) fn is_settled(&self, ledger: &Ledger, at: Time) -> bool {
        match self.status(ledger) {
            None => self.content.is_over,
            Some(PurchaseStatus::Pending) => false,
            // As long as its page is open, a card that was refused may be followed by another.
            Some(PurchaseStatus::Failed) => !self.can_begin(at),
            Some(_) => true,
        }
    }

    fn is_for(&self, order: &Order) -> bool {
        let terms = |one: &Order| (one.plan.clone(), one.interval, one.amount);
        terms(&self.content.order) == terms(order)
    }
}

fn text(content: &Content) -> Result<String, StorageError> {
    serde_json::to_string(content).map_err(|error| StorageError::Damaged(error.to_string()))
}

/// The names that the orders of a deed have: the first one's, and those of the next where that one
/// came to nothing. `key` names the deed.
fn names(account: AccountId, offer: &Offer, key: &str) -> [Uuid; MOST] {
    std::array::from_fn(|nth| {
        let deed = format!("{key} {} {} {nth}", offer.plan, offer.interval);
        Uuid::new_v5(&account.0, deed.as_bytes())
    })
}

impl Till {
    /// What an account began to pay in the last days, the last first.
    pub(super) async fn orders(&self, account: AccountId) -> Result<Vec<Begun>, StorageError> {
        let since = Time(now().0 - ORDERS);
        let kept = self.0.storage.ledgers.orders(account, since).await?;
        kept.into_iter().map(Begun::read).collect()
    }

    /// Asks Midtrans how far an order is and writes it down. Nothing where nobody has begun to pay.
    pub(super) async fn ask_order(
        &self,
        midtrans: &Midtrans,
        begun: &mut Begun,
    ) -> Result<Option<PurchaseStatus>, OrderFault> {
        let at = now();
        let fact = match midtrans.fact(begun.order(), at).await {
            Ok(fact) => fact,
            Err(MidtransFault::NotBegun) => {
                if !begun.content.is_over && !begun.can_begin(at) {
                    self.give_up(begun).await?;
                }
                return Ok(None);
            }
            Err(fault) => return Err(fault.into()),
        };
        let account = begun.kept.account;
        self.record(account, None, vec![fact]).await?;
        Ok(begun.status(&self.ledger(account).await?))
    }

    /// The page of Snap's on which this is paid: that of the same deed, else the one that is open
    /// for the same, else another.
    pub(super) async fn snap(
        &self,
        // Two at once would not see each other's.
        _counter: &Counter<'_>,
        account: AccountId,
        offer: &Offer,
        key: &str,
        origin: &str,
    ) -> Result<String, BuyError> {
        let midtrans = self.0.midtrans.as_ref().ok_or(BuyError::NotSold)?;
        let (at, finish) = (now(), format!("{origin}/account/billing?from=midtrans"));
        let names = names(account, offer, key);
        let mut orders = self.orders(account).await?;
        let known: Vec<Uuid> = orders.iter().map(|one| one.kept.id).collect();
        let name = names.into_iter().find(|name| !known.contains(name));
        let order = Order::new(
            &self.0.plans,
            // Only its terms matter where there is none to be had.
            name.unwrap_or_default(),
            payer(account),
            &offer.plan,
            offer.interval,
        );
        let order = order.ok_or(BuyError::NotSold)?;
        for begun in &mut orders {
            let is_deed = names.contains(&begun.kept.id);
            let is_useful = begun.is_for(&order) && begun.is_within(USEFUL, at);
            if (is_deed || is_useful)
                && let Some(page) = self.page_of(midtrans, begun, is_deed, &finish).await?
            {
                return Ok(page);
            }
        }
        let is_recent = |one: &&Begun| one.is_within(PAGE, at);
        if name.is_none() || orders.iter().filter(is_recent).count() >= MOST {
            return Err(BuyError::Often);
        }
        let mut begun = Begun::new(account, order, at)?;
        // Kept before Midtrans hears of it: its notification may be quicker than its answer.
        if !self.0.storage.ledgers.begin_order(&begun.kept).await? {
            // Somebody is sending the same right now.
            return Err(BuyError::Busy);
        }
        Ok(self.open_page(midtrans, &mut begun, &finish).await?)
    }

    /// The page of an order that was begun; nothing where it is of no use any more.
    async fn page_of(
        &self,
        midtrans: &Midtrans,
        begun: &mut Begun,
        is_deed: bool,
        finish: &str,
    ) -> Result<Option<String>, BuyError> {
        let known = begun.status(&self.ledger(begun.kept.account).await?);
        // It may have been paid, and nobody has told us.
        let status = match known {
            None | Some(PurchaseStatus::Pending) => self.ask_order(midtrans, begun).await?,
            known => known,
        };
        match status {
            Some(PurchaseStatus::Pending) => Ok(begun.content.page.clone()),
            Some(PurchaseStatus::Failed) => Ok(None),
            // What was paid is not paid again because it is sent again; but it may be bought again.
            Some(_) => Ok(begun.content.page.clone().filter(|_| is_deed)),
            None if !begun.can_begin(now()) => Ok(None),
            None if begun.content.page.is_some() => Ok(begun.content.page.clone()),
            // Whoever asked got no answer.
            None => {
                begun.content.asked = Some(now());
                self.keep(begun).await?;
                match self.open_page(midtrans, begun, finish).await {
                    Ok(page) => Ok(Some(page)),
                    // It was opened, and its address is lost.
                    Err(OrderFault::Midtrans(MidtransFault::Call(CallError::Refused {
                        ..
                    }))) => Ok(None),
                    Err(fault) => Err(fault.into()),
                }
            }
        }
    }

    /// Opens the page of an order. Its address is handed out once it is written down.
    async fn open_page(
        &self,
        midtrans: &Midtrans,
        begun: &mut Begun,
        finish: &str,
    ) -> Result<String, OrderFault> {
        match midtrans.page(begun.order(), finish).await {
            Ok(page) => {
                begun.content.page = Some(page.redirect_url.clone());
                self.keep(begun).await?;
                Ok(page.redirect_url)
            }
            Err(fault) => {
                // There is none, or none whose address anybody knows or will ever know.
                if matches!(fault, MidtransFault::Call(CallError::Refused { .. })) {
                    self.give_up(begun).await?;
                }
                Err(fault.into())
            }
        }
    }

    async fn give_up(&self, begun: &mut Begun) -> Result<(), StorageError> {
        begun.content.is_over = true;
        self.keep(begun).await
    }

    async fn keep(&self, begun: &Begun) -> Result<(), StorageError> {
        let content = text(&begun.content)?;
        let ledgers = &self.0.storage.ledgers;
        ledgers.keep_order(begun.kept.id, &content).await
    }
}
