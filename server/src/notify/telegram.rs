//! What our bot says (<https://core.telegram.org/bots/api>). Its token is a part of the address, so
//! no address is ever logged.

use super::settings::TelegramSettings;
use billing::outside::{BreakerState, CallError, Endpoint, Outside, Repeat, tls};
use identity::Secret;
use reqwest::Client;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::OnceCell;

const NAME: &str = "Telegram";
/// The longest answer that is read.
const LONGEST: usize = 1 << 20;
/// How long Telegram may hold a question for news, in seconds.
const HOLD: u64 = 25;
/// The longest message that Telegram takes, in characters.
pub(super) const LONGEST_TEXT: usize = 4_096;

/// Our bot.
pub(super) struct Telegram {
    http: Client,
    api: Endpoint,
    token: Secret<String>,
    outside: Outside,
    /// Questions for news are held open: they have another patience.
    news: Outside,
    name: OnceCell<String>,
}

/// It holds a token.
impl std::fmt::Debug for Telegram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Telegram")
    }
}

/// What Telegram answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said<T> {
    /// It is done.
    Done(T),
    /// It is to be asked again after so many seconds.
    Wait(u64),
    /// It will not be done.
    Refused(u16),
    /// The user blocked the bot, or there is no such chat.
    Gone,
}

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    result: Option<Value>,
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
}

/// Something that happened to our bot.
#[derive(Debug, Deserialize)]
pub(super) struct Update {
    pub(super) update_id: i64,
    pub(super) message: Option<Message>,
}

/// A message to it.
#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub(super) chat: Chat,
    #[serde(default)]
    pub(super) text: String,
}

/// From which chat.
#[derive(Debug, Deserialize)]
pub(super) struct Chat {
    pub(super) id: i64,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) username: Option<String>,
    pub(super) first_name: Option<String>,
}

#[derive(Deserialize)]
struct Me {
    username: String,
}

impl Telegram {
    pub(super) fn new(settings: TelegramSettings) -> Result<Self, CallError> {
        let http = tls::built(tls::client()?)?;
        let patience = settings.patience;
        let mut held = patience;
        held.each += Duration::from_secs(HOLD);
        Ok(Self {
            http,
            api: settings.api,
            token: settings.token,
            outside: Outside::new(NAME, patience),
            news: Outside::new(NAME, held),
            name: OnceCell::new(),
        })
    }

    /// The state of the breaker before what we say.
    pub(super) fn state(&self) -> BreakerState {
        self.outside.state()
    }

    /// The state of the breaker before our questions for news.
    pub(super) fn news_state(&self) -> BreakerState {
        self.news.state()
    }

    /// The number before the colon: which bot it is, and no secret.
    pub(super) fn bot(&self) -> &str {
        let token = self.token.reveal();
        token.split_once(':').map_or("", |(id, _)| id)
    }

    /// What the bot is called, asked once.
    pub(super) async fn name(&self) -> Result<&str, CallError> {
        let asked = self.name.get_or_try_init(|| async {
            match self.call::<Me>(&self.outside, "getMe", &json!({})).await? {
                Said::Done(me) if is_name(&me.username) => Ok(me.username),
                Said::Done(_) => Err(CallError::Unreadable(NAME)),
                Said::Wait(_) => Err(CallError::Failed(NAME, 429)),
                Said::Refused(status) => Err(refused(status)),
                Said::Gone => Err(refused(403)),
            }
        });
        asked.await.map(String::as_str)
    }

    /// Says something in a chat, as plain text: nothing in it has a meaning.
    pub(super) async fn say(&self, chat: i64, text: &str) -> Result<Said<()>, CallError> {
        let text: String = text.chars().take(LONGEST_TEXT).collect();
        let body = json!({
            "chat_id": chat,
            "text": text,
            "link_preview_options": { "is_disabled": true },
        });
        let said = self.call::<Value>(&self.outside, "sendMessage", &body);
        Ok(match said.await? {
            Said::Done(_) => Said::Done(()),
            Said::Wait(seconds) => Said::Wait(seconds),
            Said::Refused(status) => Said::Refused(status),
            Said::Gone => Said::Gone,
        })
    }

    /// What happened since, from this number on; waits a while if nothing did.
    pub(super) async fn news(&self, from: i64) -> Result<Vec<Update>, CallError> {
        let body = json!({ "offset": from, "timeout": HOLD, "allowed_updates": ["message"] });
        match self.call(&self.news, "getUpdates", &body).await? {
            Said::Done(news) => Ok(news),
            Said::Wait(_) => Err(CallError::Failed(NAME, 429)),
            Said::Refused(status) => Err(refused(status)),
            Said::Gone => Err(refused(403)),
        }
    }

    async fn call<T: DeserializeOwned>(
        &self,
        way: &Outside,
        method: &str,
        body: &Value,
    ) -> Result<Said<T>, CallError> {
        let bot = format!("bot{}", self.token.reveal());
        let url = self.api.join(&[&bot, method]);
        way.call(Repeat::Never, || async {
            let request = self.http.post(url.clone()).json(body);
            let mut response = request.send().await.map_err(|error| fault(&error))?;
            let status = response.status();
            if status.is_server_error() {
                return Err(CallError::Failed(NAME, status.as_u16()));
            }
            let mut bytes = Vec::new();
            while let Some(part) = response.chunk().await.map_err(|error| fault(&error))? {
                bytes.extend_from_slice(&part);
                if bytes.len() > LONGEST {
                    return Err(CallError::Unreadable(NAME));
                }
            }
            let unreadable = |_| CallError::Unreadable(NAME);
            let answer: Answer = serde_json::from_slice(&bytes).map_err(unreadable)?;
            if answer.ok {
                let result = answer.result.ok_or(CallError::Unreadable(NAME))?;
                return Ok(Said::Done(
                    serde_json::from_value(result).map_err(unreadable)?,
                ));
            }
            let code = answer.error_code.unwrap_or(status.as_u16());
            Ok(if code == 429 {
                let wait = answer.parameters.and_then(|said| said.retry_after);
                Said::Wait(wait.unwrap_or(1))
            } else if code == 403 || code == 400 && answer.description.contains("chat not found") {
                Said::Gone
            } else {
                Said::Refused(code)
            })
        })
        .await
    }
}

/// It becomes a part of an address that is shown.
fn is_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (1..=64).contains(&name.len()) && name.bytes().all(is_part)
}

fn refused(status: u16) -> CallError {
    CallError::Refused {
        name: NAME,
        status,
        code: String::new(),
    }
}

fn fault(error: &reqwest::Error) -> CallError {
    if error.is_timeout() {
        CallError::Timeout(NAME)
    } else {
        CallError::Unreachable(NAME)
    }
}
