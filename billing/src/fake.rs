//! Strict stand-ins for the providers on 127.0.0.1, for our tests and the server's. They check what
//! the real ones check, sign as the real ones sign, and misbehave on demand.

pub mod midtrans;
pub mod stripe;

use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Method, Response, StatusCode, Uri, header::CONTENT_TYPE},
};
use serde_json::Value;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// What the next request meets with instead of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// An HTTP status with an HTML page. What was asked for is not done.
    Status(u16),
    /// What was asked for is done, but the answer is lost: HTTP 502.
    LostAnswer,
    /// No answer ever comes. What was asked for is not done.
    Silence,
    /// HTTP 200 with something that is no JSON.
    Garbage,
}

/// An HTTP request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// What a fake is: one function from request to answer.
pub(crate) trait Fake: Send + 'static {
    fn answer(&mut self, request: &Request) -> (u16, Value);
}

/// A fake behind an address.
#[derive(Debug)]
pub(crate) struct Server<F> {
    fake: Arc<Mutex<F>>,
    trouble: Arc<Mutex<VecDeque<Trouble>>>,
    url: String,
    task: JoinHandle<()>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<F: Fake> Server<F> {
    pub(crate) async fn start(fake: F) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/", listener.local_addr()?);
        let fake = Arc::new(Mutex::new(fake));
        let trouble = Arc::new(Mutex::new(VecDeque::new()));
        let router = {
            let (fake, trouble) = (Arc::clone(&fake), Arc::clone(&trouble));
            Router::new().fallback(move |method, uri: Uri, headers, body| {
                let request = Request {
                    method,
                    path: uri.path().to_owned(),
                    query: uri.query().unwrap_or_default().to_owned(),
                    headers,
                    body,
                };
                handle(Arc::clone(&fake), Arc::clone(&trouble), request)
            })
        };
        let task = tokio::spawn(async move {
            // It ends with the task.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self {
            fake,
            trouble,
            url,
            task,
        })
    }

    pub(crate) fn fake(&self) -> MutexGuard<'_, F> {
        lock(&self.fake)
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn trouble(&self, trouble: Trouble) {
        lock(&self.trouble).push_back(trouble);
    }
}

impl<F> Drop for Server<F> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn handle<F: Fake>(
    fake: Arc<Mutex<F>>,
    trouble: Arc<Mutex<VecDeque<Trouble>>>,
    request: Request,
) -> Response<Body> {
    let trouble = lock(&trouble).pop_front();
    let page = |status, text: &'static str| respond(status, "text/html", text.into());
    match trouble {
        Some(Trouble::Status(status)) => return page(status, "<h1>Trouble</h1>"),
        Some(Trouble::Garbage) => return page(200, "<h1>Hello</h1>"),
        Some(Trouble::Silence) => std::future::pending().await,
        Some(Trouble::LostAnswer) | None => {}
    }
    let (status, answer) = lock(&fake).answer(&request);
    if trouble == Some(Trouble::LostAnswer) {
        return page(502, "<h1>Trouble</h1>");
    }
    respond(status, "application/json", answer.to_string())
}

fn respond(status: u16, kind: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::IM_A_TEAPOT);
    let kind = axum::http::HeaderValue::from_static(kind);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

/// Each item twice, in an order that looks random and is always the same for a seed.
pub fn shuffled_twice<T: Clone>(items: &[T], seed: u64) -> Vec<T> {
    let mut all: Vec<T> = items.iter().chain(items).cloned().collect();
    // xorshift64, https://www.jstatsoft.org/article/view/v008i14
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for end in (1..all.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let other = usize::try_from(state % (end as u64 + 1)).unwrap_or(0);
        all.swap(end, other);
    }
    all
}
