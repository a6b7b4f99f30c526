//! A strict stand-in for a trader's own server on 127.0.0.1: it checks every call as
//! <https://www.standardwebhooks.com> says, and misbehaves when it is told to.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};
use tokio::net::TcpListener;

/// What it does at the next calls, one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It answers with this status.
    Status(u16),
    /// It sends elsewhere.
    Redirect,
    /// It takes a while, and answers well.
    Slow,
    /// It never answers.
    Hang,
}

/// A call that was good.
#[derive(Debug, Clone)]
pub(crate) struct Called {
    pub(crate) id: String,
    pub(crate) body: Value,
}

#[derive(Clone)]
pub(crate) struct FakeReceiver {
    troubles: Arc<Mutex<VecDeque<Trouble>>>,
    secret: Arc<Mutex<String>>,
    heard: mpsc::Sender<Result<Called, String>>,
    url: String,
}

impl FakeReceiver {
    /// Starts it; what is called arrives at the other end, or why it was refused.
    pub(crate) async fn start() -> (Self, mpsc::Receiver<Result<Called, String>>) {
        let (heard, hears) = mpsc::channel();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let fake = Self {
            troubles: Arc::default(),
            secret: Arc::default(),
            heard,
            url,
        };
        let router = Router::new()
            .route("/hook", post(called))
            .with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (fake, hears)
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    /// What it checks with, as it was shown.
    pub(crate) fn trust(&self, secret: &str) {
        secret.clone_into(&mut self.secret.lock().unwrap());
    }

    /// The next call meets this.
    pub(crate) fn trouble(&self, trouble: Trouble) {
        self.troubles.lock().unwrap().push_back(trouble);
    }

    fn check(&self, headers: &HeaderMap, body: &[u8]) -> Result<Called, String> {
        let header = |name: &str| -> Result<String, String> {
            let value = headers.get(name).ok_or(format!("no {name}"))?;
            Ok(value.to_str().map_err(|e| e.to_string())?.to_owned())
        };
        let (id, at) = (header("webhook-id")?, header("webhook-timestamp")?);
        let seconds: i64 = at.parse().map_err(|_| "timestamp".to_owned())?;
        let secret = self.secret.lock().unwrap().clone();
        let key = secret.strip_prefix("whsec_").ok_or("no secret")?;
        let key = BASE64.decode(key.as_bytes()).map_err(|e| e.to_string())?;
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key).unwrap();
        mac.update(format!("{id}.{seconds}.").as_bytes());
        mac.update(body);
        let expected = format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()));
        if header("webhook-signature")? != expected {
            return Err("signature".to_owned());
        }
        if header("content-type")? != "application/json" {
            return Err("content-type".to_owned());
        }
        let body: Value = serde_json::from_slice(body).map_err(|e| e.to_string())?;
        for field in ["type", "id", "created_at", "data"] {
            if body[field].is_null() {
                return Err(format!("no {field}"));
            }
        }
        Ok(Called { id, body })
    }
}

async fn called(State(fake): State<FakeReceiver>, headers: HeaderMap, body: Bytes) -> Response {
    let checked = fake.check(&headers, &body);
    let is_good = checked.is_ok();
    let trouble = fake.troubles.lock().unwrap().pop_front();
    fake.heard.send(checked).unwrap();
    if let Some(Trouble::Slow) = trouble {
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    match trouble {
        Some(Trouble::Status(status)) => StatusCode::from_u16(status).unwrap().into_response(),
        Some(Trouble::Redirect) => Redirect::temporary(&fake.url).into_response(),
        Some(Trouble::Hang) => std::future::pending().await,
        Some(Trouble::Slow) | None if is_good => StatusCode::NO_CONTENT.into_response(),
        Some(Trouble::Slow) | None => StatusCode::UNAUTHORIZED.into_response(),
    }
}
