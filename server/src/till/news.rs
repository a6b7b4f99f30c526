//! What providers tell us. Whatever the order, however often: the ledger comes out the same.

use super::{Till, leave::ORDERS, letter};
use crate::clock::now;
use billing::{
    midtrans::{notification::NotificationFault, order::Order},
    stripe::{event::Notice, webhook::WebhookFault},
    subscription::{Provider, Snapshot},
};
use protocol::id::AccountId;
use storage::{Account, NewMail, PaymentEvent, PaymentOrder, StorageError};
use trading::time::Time;

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
        match self.0.storage.ledgers.order(id.0).await {
            Ok(order) => self.ask_midtrans(&order).await,
            // Genuine, and yet none that we know: of another shop, or of an account that is gone.
            Err(StorageError::NotFound) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn ask_midtrans(&self, kept: &PaymentOrder) -> Result<(), NewsError> {
        let midtrans = self.0.midtrans.as_ref().ok_or(NewsError::NotSetUp)?;
        let order: Order = serde_json::from_str(&kept.content)
            .map_err(|error| StorageError::Damaged(format!("an order: {error}")))?;
        match midtrans.fact(&order, now()).await {
            Ok(fact) => {
                self.record(kept.account, None, vec![fact]).await?;
                Ok(())
            }
            Err(fault) => Err(NewsError::Later(fault.to_string())),
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
        if self.0.midtrans.is_some() {
            let since = Time(now().0 - ORDERS);
            let orders = self.0.storage.ledgers.orders(account.id, since).await?;
            for order in &orders {
                match self.ask_midtrans(order).await {
                    // Nobody has chosen how to pay for it, or never will.
                    Err(NewsError::Later(why)) => tracing::debug!(why, "an order is open"),
                    asked => asked?,
                }
            }
        }
        let Some((stripe, _)) = self.0.stripe.as_ref() else {
            return Ok(());
        };
        let ledger = self.ledger(account.id).await?;
        for overdue in ledger.overdue(now()) {
            if overdue.provider != Provider::Stripe {
                continue;
            }
            let found = stripe.subscription(&overdue.id, now()).await;
            let (_, fact) = found.map_err(|fault| NewsError::Later(fault.to_string()))?;
            self.record(account.id, None, vec![fact]).await?;
        }
        Ok(())
    }
}
