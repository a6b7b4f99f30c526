//! What providers tell us. Whatever the order, however often: the ledger comes out the same.

use super::{
    Till, letter,
    order::{Begun, OrderFault},
};
use crate::clock::now;
use billing::{
    midtrans::{client::MidtransFault, notification::NotificationFault},
    stripe::{event::Notice, webhook::WebhookFault},
    subscription::{Provider, Snapshot},
};
use protocol::id::AccountId;
use storage::{Account, NewMail, PaymentEvent, StorageError};

/// Why it was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NewsError {
    /// There are no keys of this provider.
    #[error("this provider is not set up")]
    NotSetUp,
    /// It is not the provider's, or cannot be read. To be answered with a refusal.
    #[error("{0}")]
    Refused(String),
    /// It is genuine and could not be taken now. To be answered so that it comes again.
    #[error("{0}")]
    Later(String),
}

impl From<StorageError> for NewsError {
    fn from(error: StorageError) -> Self {
        Self::Later(error.to_string())
    }
}

impl From<WebhookFault> for NewsError {
    fn from(fault: WebhookFault) -> Self {
        Self::Refused(fault.to_string())
    }
}

impl Till {
    /// Takes an event of Stripe's. What is done is done once, and told once.
    pub(crate) async fn hear_stripe(&self, header: &str, body: &[u8]) -> Result<(), NewsError> {
        let (stripe, webhook) = self.0.stripe.as_ref().ok_or(NewsError::NotSetUp)?;
        let event = webhook.verify(header, body, now())?;
        let named = PaymentEvent {
            id: format!("stripe:{}", event.id),
            kind: event.kind.clone(),
        };
        let ledgers = &self.0.storage.ledgers;
        if ledgers.was_taken(&named.id).await? {
            return Ok(());
        }
        let followed = stripe.follow(&event, now()).await;
        let Some(payer) = followed.payer else {
            return match followed.fault {
                Some(fault) => Err(NewsError::Later(fault.to_string())),
                None => Ok(ledgers.take(&named, now()).await?),
            };
        };
        let account = AccountId(payer.0);
        // Facts never harm; but an event counts as taken only when it was understood to its end.
        let mail = match followed.notice.filter(|_| followed.fault.is_none()) {
            Some(notice) => self.letter(account, notice).await?,
            None => None,
        };
        let taken = followed.fault.is_none().then_some((&named, mail.as_ref()));
        match self.record(account, taken, followed.facts).await {
            // The account was removed meanwhile: there is nobody to tell.
            Err(StorageError::NotFound) => {
                tracing::error!(
                    event = event.id,
                    kind = event.kind,
                    "a payment of nobody's: \
                    look for it at Stripe, and cancel what is renewed"
                );
                return Ok(ledgers.take(&named, now()).await?);
            }
            done => done?,
        };
        self.watch_doubles(account).await?;
        if let Some(fault) = followed.fault {
            return Err(NewsError::Later(fault.to_string()));
        }
        Ok(())
    }

    /// What to tell; nothing where there is nobody to be told.
    async fn letter(
        &self,
        account: AccountId,
        notice: Notice,
    ) -> Result<Option<NewMail>, NewsError> {
        match self.0.storage.accounts.load(account).await {
            Ok(account) => Ok(Some(letter::notice(&account, notice))),
            Err(StorageError::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes a notification of Midtrans': it only says which payment to ask about.
    pub(crate) async fn hear_midtrans(&self, body: &[u8]) -> Result<(), NewsError> {
        let midtrans = self.0.midtrans.as_ref().ok_or(NewsError::NotSetUp)?;
        let id = match midtrans.hint(body) {
            Ok(id) => id,
            Err(NotificationFault::Foreign) => return Ok(()),
            Err(fault) => return Err(NewsError::Refused(fault.to_string())),
        };
        let kept = match self.0.storage.ledgers.order(id.0).await {
            Ok(kept) => kept,
            // Genuine, and yet none that we know: of another shop, or of an account that is gone.
            Err(StorageError::NotFound) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        match self.ask_order(midtrans, &mut Begun::read(kept)?).await? {
            Some(_) => Ok(()),
            // It says that somebody pays, and does not know of it yet.
            None => Err(NewsError::Later(MidtransFault::NotBegun.to_string())),
        }
    }

    /// Two subscriptions of one account are charged both: somebody has to know.
    async fn watch_doubles(&self, account: AccountId) -> Result<(), NewsError> {
        let ledger = self.ledger(account).await?;
        let by_card = |one: &&Snapshot| one.subscription.provider == Provider::Stripe;
        let running = ledger.running().filter(by_card).count();
        if running > 1 {
            tracing::error!(%account, running, "an account has more than one subscription");
        }
        Ok(())
    }

    /// Asks the providers about what may have changed without a word: a payment that was begun
    /// today, a subscription whose period is over. Who comes back from paying sees the truth.
    pub(crate) async fn refresh(&self, account: &Account) -> Result<(), NewsError> {
        // Both, whatever becomes of one of them.
        let orders = self.refresh_orders(account.id).await;
        let subscriptions = self.refresh_subscriptions(account.id).await;
        orders.and(subscriptions)
    }

    /// That nobody has begun to pay is no fault; whatever else is holds up no other order.
    async fn refresh_orders(&self, account: AccountId) -> Result<(), NewsError> {
        let Some(midtrans) = self.0.midtrans.as_ref() else {
            return Ok(());
        };
        let ledger = self.ledger(account).await?;
        let mut first: Result<(), NewsError> = Ok(());
        for mut begun in self.orders(account).await? {
            if begun.is_settled(&ledger, now()) {
                continue;
            }
            let order = begun.order().id;
            match self.ask_order(midtrans, &mut begun).await {
                Ok(_) => {}
                Err(fault @ OrderFault::Midtrans(MidtransFault::Call(_))) => {
                    tracing::warn!(%order, %fault, "an order could not be asked about");
                    first = first.and(Err(fault.into()));
                }
                // Another amount than was asked for, or a payment that could not be written down.
                Err(fault) => {
                    tracing::error!(%order, %fault, "what Midtrans says of an order is not taken");
                    first = first.and(Err(fault.into()));
                }
            }
        }
        first
    }

    async fn refresh_subscriptions(&self, account: AccountId) -> Result<(), NewsError> {
        let Some((stripe, _)) = self.0.stripe.as_ref() else {
            return Ok(());
        };
        let ledger = self.ledger(account).await?;
        for overdue in ledger.overdue(now()) {
            if overdue.provider != Provider::Stripe {
                continue;
            }
            let found = stripe.subscription(&overdue.id, now()).await;
            let (_, fact) = found.map_err(|fault| NewsError::Later(fault.to_string()))?;
            self.record(account, None, vec![fact]).await?;
        }
        Ok(())
    }
}
