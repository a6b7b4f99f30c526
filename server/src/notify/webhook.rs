//! Calls a trader's own server, signed as <https://www.standardwebhooks.com> says, so that there
//! are libraries that check it.

use super::guard::{Guard, Public};
use billing::outside::{BreakerState, CallError, Outside, Patience, Repeat, tls};
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Client;
use sha2::Sha256;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use trading::time::{SECOND, Time};
use url::Url;
use uuid::Uuid;

const NAME: &str = "the webhook";
/// How much of an answer is read before the rest is left: only its status counts.
const LONGEST: usize = 16 << 10;
/// How many ways are remembered; beyond, all are begun anew.
const WAYS: usize = 10_000;
/// How patient we are with one.
const PATIENCE: Patience = Patience {
    each: Duration::from_secs(10),
    // It is tried again by its row.
    retries: 0,
    pause: Duration::from_millis(250),
    failures: 5,
    rest: Duration::from_secs(30),
};

/// The ways to webhooks.
#[derive(Debug)]
pub(super) struct Hooks {
    public: Client,
    allowed: Client,
    guard: Guard,
    ways: Mutex<HashMap<Uuid, Arc<Outside>>>,
}

/// One call.
pub(super) struct Call<'a> {
    /// Of which webhook.
    pub(super) hook: Uuid,
    /// Where it is.
    pub(super) url: &'a str,
    /// What is signed with.
    pub(super) secret: &'a [u8],
    /// The same at every attempt: who gets it twice can tell.
    pub(super) id: Uuid,
    /// JSON.
    pub(super) body: &'a str,
}

impl Hooks {
    pub(super) fn new(guard: &Guard) -> Result<Self, CallError> {
        let build = |is_guarded: bool| {
            let builder = tls::client()?
                .timeout(PATIENCE.each)
                .no_proxy()
                // A connection that is kept would not be resolved, and judged, again.
                .pool_max_idle_per_host(0)
                .user_agent(concat!("phoenix-webhook/", env!("CARGO_PKG_VERSION")));
            let builder = if is_guarded {
                builder.dns_resolver(Arc::new(Public))
            } else {
                builder
            };
            tls::built(builder)
        };
        Ok(Self {
            public: build(true)?,
            allowed: build(false)?,
            guard: guard.clone(),
            ways: Mutex::default(),
        })
    }

    /// How many are left alone for a while.
    pub(super) fn resting(&self) -> usize {
        let ways = self.ways.lock().unwrap_or_else(PoisonError::into_inner);
        ways.values()
            .filter(|way| way.state() == BreakerState::Open)
            .count()
    }

    fn way(&self, hook: Uuid) -> Arc<Outside> {
        let mut ways = self.ways.lock().unwrap_or_else(PoisonError::into_inner);
        if ways.len() >= WAYS && !ways.contains_key(&hook) {
            ways.clear();
        }
        let way = ways
            .entry(hook)
            .or_insert_with(|| Arc::new(Outside::new(NAME, PATIENCE)));
        Arc::clone(way)
    }

    /// Calls. Any status of success is one.
    pub(super) async fn call(&self, call: &Call<'_>, now: Time) -> Result<(), CallError> {
        let impossible = |_| CallError::Impossible("the address is not permitted");
        let url = self.guard.check(call.url).map_err(impossible)?;
        let client = if self.guard.is_allowed(&url) {
            &self.allowed
        } else {
            &self.public
        };
        let seconds = now.0.div_euclid(SECOND);
        let signature = sign(call.secret, call.id, seconds, call.body);
        let way = self.way(call.hook);
        way.call(Repeat::Never, || {
            send(client, url.clone(), call, seconds, &signature)
        })
        .await
    }
}

async fn send(
    client: &Client,
    url: Url,
    call: &Call<'_>,
    seconds: i64,
    signature: &str,
) -> Result<(), CallError> {
    let fault = |error: reqwest::Error| {
        if error.is_timeout() {
            CallError::Timeout(NAME)
        } else {
            CallError::Unreachable(NAME)
        }
    };
    let mut response = client
        .post(url)
        .header("content-type", "application/json")
        .header("webhook-id", call.id.to_string())
        .header("webhook-timestamp", seconds)
        .header("webhook-signature", signature)
        .body(call.body.to_owned())
        .send()
        .await
        .map_err(fault)?;
    let status = response.status();
    // Read so that the other side is not cut off, and forgotten: it is theirs.
    let mut read = 0;
    while read <= LONGEST
        && let Some(part) = response.chunk().await.map_err(fault)?
    {
        read += part.len();
    }
    if status.is_success() {
        Ok(())
    } else if status.is_server_error() || status.as_u16() == 429 {
        Err(CallError::Failed(NAME, status.as_u16()))
    } else {
        Err(CallError::Refused {
            name: NAME,
            status: status.as_u16(),
            code: String::new(),
        })
    }
}

/// `v1,` and the HMAC-SHA-256 of id, time and body in base64.
pub(super) fn sign(secret: &[u8], id: Uuid, seconds: i64, body: &str) -> String {
    // HMAC takes keys of every length.
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(secret) else {
        return String::new();
    };
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
}

/// A secret as it is shown, once.
pub(super) fn shown(secret: &[u8]) -> String {
    format!("whsec_{}", BASE64.encode(secret))
}

/// For which row a secret is sealed.
pub(super) fn place(id: Uuid) -> String {
    format!("webhook/{id}")
}

#[cfg(test)]
mod tests {
    use super::sign;
    use data_encoding::BASE64;

    /// Made with Python's hmac: `base64(hmac(b"k" * 32, f"{id}.1700000000.{body}"))`.
    #[test]
    fn a_signature_is_that_of_the_standard() {
        let id = "019a0000-0000-7000-8000-000000000001".parse().unwrap();
        let signature = sign(&[b'k'; 32], id, 1_700_000_000, "{\"a\":1}");
        let (version, mac) = signature.split_once(',').unwrap();
        assert_eq!(version, "v1");
        assert_eq!(BASE64.decode(mac.as_bytes()).unwrap().len(), 32);
        assert_eq!(mac, "V1wTsazgoghasXzWvdEzPZFwM+BzqzMX7X1eCj+wsiY=");
    }
}
