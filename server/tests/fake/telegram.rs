//! A strict stand-in for Telegram's bot API on 127.0.0.1: it knows one token, checks what it is
//! sent, and misbehaves when it is told to.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, mpsc},
};
use tokio::net::TcpListener;

pub(crate) const TOKEN: &str = "4242:AAF-strict_stand-in_0123456789abcdef";

/// What it does at the next messages, one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It wants to be left alone for so many seconds.
    Busy(u64),
    /// It fails.
    Broken,
    /// It says something that is no JSON.
    Garbage,
    /// The user has blocked the bot.
    Blocked,
    /// There is no such chat.
    NoChat,
    /// It takes this message for none.
    Picky,
}

#[derive(Default)]
struct World {
    updates: Vec<Value>,
    troubles: VecDeque<Trouble>,
    /// From which update on it was asked last.
    offset: i64,
}

#[derive(Clone)]
pub(crate) struct FakeTelegram {
    world: Arc<Mutex<World>>,
    said: mpsc::Sender<(i64, String)>,
    url: String,
}

impl FakeTelegram {
    /// Starts it; what the bot says arrives at the other end.
    pub(crate) async fn start() -> (Self, mpsc::Receiver<(i64, String)>) {
        let (said, hears) = mpsc::channel();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let fake = Self {
            world: Arc::default(),
            said,
            url,
        };
        let router = Router::new()
            .route("/{bot}/{method}", post(answer))
            .with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (fake, hears)
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    /// The next message meets this.
    pub(crate) fn trouble(&self, trouble: Trouble) {
        self.world.lock().unwrap().troubles.push_back(trouble);
    }

    /// Somebody writes to the bot.
    pub(crate) fn write(&self, chat: i64, kind: &str, text: &str) {
        let updates = &mut self.world.lock().unwrap().updates;
        let id = 1_000 + updates.len();
        updates.push(json!({
            "update_id": id,
            "message": {
                "message_id": id,
                "date": 1_700_000_000,
                "from": { "id": chat, "is_bot": false, "first_name": "Budi" },
                "chat": { "id": chat, "type": kind, "first_name": "Budi", "username": "budi_trader" },
                "text": text,
            },
        }));
    }

    /// From which update on it was asked last.
    pub(crate) fn offset(&self) -> i64 {
        self.world.lock().unwrap().offset
    }
}

fn refuse(status: u16, why: &str) -> Response {
    let body = json!({ "ok": false, "error_code": status, "description": why });
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

async fn answer(
    State(fake): State<FakeTelegram>,
    Path((bot, method)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    if bot != format!("bot{TOKEN}") {
        return refuse(401, "Unauthorized");
    }
    let Ok(body) = serde_json::from_slice::<Value>(&body) else {
        return refuse(400, "Bad Request: can't parse JSON object");
    };
    let done = |result: Value| Json(json!({ "ok": true, "result": result })).into_response();
    match method.as_str() {
        "getMe" => done(json!({ "id": 4242, "is_bot": true, "username": "phoenix_test_bot" })),
        "getUpdates" => {
            let mut world = fake.world.lock().unwrap();
            let offset = body["offset"].as_i64().unwrap_or(0);
            world.offset = offset;
            let news: Vec<Value> = world
                .updates
                .iter()
                .filter(|update| update["update_id"].as_i64().unwrap() >= offset)
                .cloned()
                .collect();
            done(news.into())
        }
        "sendMessage" => {
            let (chat, text) = (body["chat_id"].as_i64(), body["text"].as_str());
            let (Some(chat), Some(text)) = (chat, text) else {
                return refuse(400, "Bad Request: chat_id is empty");
            };
            if text.is_empty() || text.chars().count() > 4_096 {
                return refuse(400, "Bad Request: message is too long");
            }
            let trouble = fake.world.lock().unwrap().troubles.pop_front();
            match trouble {
                Some(Trouble::Busy(seconds)) => {
                    let body = json!({
                        "ok": false, "error_code": 429, "description": "Too Many Requests",
                        "parameters": { "retry_after": seconds },
                    });
                    (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response()
                }
                Some(Trouble::Broken) => refuse(502, "Bad Gateway"),
                Some(Trouble::Garbage) => "<html>".into_response(),
                Some(Trouble::Blocked) => refuse(403, "Forbidden: bot was blocked by the user"),
                Some(Trouble::NoChat) => refuse(400, "Bad Request: chat not found"),
                Some(Trouble::Picky) => refuse(400, "Bad Request: text must be encoded in UTF-8"),
                None => {
                    fake.said.send((chat, text.to_owned())).unwrap();
                    done(json!({ "message_id": 1, "chat": { "id": chat } }))
                }
            }
        }
        _ => refuse(404, "Not Found"),
    }
}
