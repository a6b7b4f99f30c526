//! A typed client of the HTTP API: for phones, executors and tests; what only a browser's session may
//! is not here. It repeats nothing by itself: who writes gives a key, and may send the same again.

mod event;
mod lines;

pub use event::Events;

use crate::{
    api::{
        auth::{Me, SignIn},
        backtest::{Backtest, NewBacktest},
        command::{Command, NewCommand, Receipt},
        credential::IssuedCredential,
        heartbeat::{Executor, Heartbeat, HeartbeatAnswer},
        market::{BarsReceipt, BrokerMarkets, BrokerSpec, NewBars, NewSpec, SpecReceipt},
        page::Page,
        pairing::{Claim, NewPairing, Pairing, PairingRequest},
        payment::{Checkout, NewCheckout, Plans, Subscription},
        problem::ApiProblem,
        report::{KeptDeal, KeptPositions, Report, ReportReceipt},
        strategy::{ActiveStrategies, StrategyLine, WholeStrategy},
        supervision::{Advice, Supervision},
    },
    bars::decode,
    id::{BrokerAccountId, CommandId, StrategyId},
};
use reqwest::{
    Method, RequestBuilder, Response, StatusCode, Url,
    header::{ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, RETRY_AFTER},
};
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt, sync::Arc, time::Duration};
use trading::{bar::Bars, symbol::Symbol, timeframe::Timeframe};

/// How long a call may take: longer than the server takes for anything.
const PATIENCE: Duration = Duration::from_secs(35);
/// How long events are listened to at most; the server says something every 15 seconds.
const OPEN: Duration = Duration::from_hours(24);
/// The most bytes of an answer: everything that trades, with documents of which an account may have
/// 32 MB, written as JSON within JSON.
const MOST: usize = 64 << 20;
/// The most bytes of what is said of a fault.
const MOST_OF_FAULT: usize = 64 << 10;
/// The header by which a write is known again.
const IDEMPOTENCY: &str = "idempotency-key";

/// Why a call brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The server says why.
    #[error("{} ({}): {}", problem.title, problem.code.name(), problem.detail)]
    Problem {
        /// Why.
        problem: Box<ApiProblem>,
        /// How long to wait before asking again, where it says so (`Retry-After`).
        wait: Option<Duration>,
    },
    /// It was refused by somebody who does not say why in our words.
    #[error("the answer was HTTP {status}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// How long to wait before asking again, where it says so.
        wait: Option<Duration>,
    },
    /// The server cannot be reached, or took too long. Whether something was done is unknown.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The answer was not understood.
    #[error("the answer cannot be read")]
    Unreadable,
    /// The address of the server or the key cannot be one.
    #[error("the address or the key is none")]
    Setup,
}

impl ClientError {
    /// How long to wait before asking again, where the server says so.
    pub fn wait(&self) -> Option<Duration> {
        match self {
            Self::Problem { wait, .. } | Self::Status { wait, .. } => *wait,
            Self::Unreachable | Self::Unreadable | Self::Setup => None,
        }
    }
}

/// An answer, and the `ETag` by which it is asked whether it has changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Tagged<T> {
    /// The tag; none where somebody on the way took it off.
    pub tag: Option<String>,
    /// The answer.
    pub value: T,
}

/// What calls return.
pub type Called<T> = Result<T, ClientError>;

/// A client. A clone is another handle of the same.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
}

/// It has a key.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Client({})", self.base)
    }
}

impl Client {
    /// A client of the server at an address such as `https://lab.example.org`, with a key or
    /// without.
    ///
    /// # Errors
    /// [`ClientError::Setup`].
    pub fn new(server: &str, key: Option<&str>) -> Called<Self> {
        let base = Url::parse(server).and_then(|url| url.join("/api/v1/"));
        let base = base.map_err(|_| ClientError::Setup)?;
        let mut headers = HeaderMap::new();
        if let Some(key) = key {
            let value = HeaderValue::from_str(&format!("Bearer {key}"));
            let mut value = value.map_err(|_| ClientError::Setup)?;
            value.set_sensitive(true);
            headers.insert("authorization", value);
        }
        let roots = webpki_roots::TLS_SERVER_ROOTS.to_vec();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| ClientError::Setup)?
            .with_root_certificates(rustls::RootCertStore { roots })
            .with_no_client_auth();
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .timeout(PATIENCE)
            .read_timeout(PATIENCE)
            // A key is not sent on to wherever somebody points.
            .redirect(reqwest::redirect::Policy::none())
            .tls_backend_preconfigured(tls)
            .build()
            .map_err(|_| ClientError::Setup)?;
        Ok(Self { http, base })
    }

    /// Signs in with a password; the answer has a key for a client of its own.
    ///
    /// # Errors
    /// As every call: see [`ClientError`].
    pub async fn sign_in(&self, who: &SignIn) -> Called<IssuedCredential> {
        self.post("auth/sign-in", who, None).await
    }

    /// Revokes the key of this client.
    ///
    /// # Errors
    /// As every call.
    pub async fn sign_out(&self) -> Called<()> {
        let request = self.request(Method::POST, "auth/sign-out")?;
        let request = request.header("content-type", "application/json");
        self.send(request).await.map(drop)
    }

    /// Who the key belongs to.
    ///
    /// # Errors
    /// As every call.
    pub async fn me(&self) -> Called<Me> {
        self.get("auth/me").await
    }

    /// The plans on sale.
    ///
    /// # Errors
    /// As every call.
    pub async fn plans(&self) -> Called<Plans> {
        self.get("payment/plans").await
    }

    /// What the account has.
    ///
    /// # Errors
    /// As every call.
    pub async fn subscription(&self) -> Called<Subscription> {
        self.get("payment/subscription").await
    }

    /// Buys a plan; `key` is the write's `Idempotency-Key`.
    ///
    /// # Errors
    /// As every call.
    pub async fn checkout(&self, new: &NewCheckout, key: &str) -> Called<Checkout> {
        self.post("payment/checkout", new, Some(key)).await
    }

    /// Tests a strategy on the server's history.
    ///
    /// # Errors
    /// As every call.
    pub async fn backtest(&self, new: &NewBacktest) -> Called<Backtest> {
        self.post("backtest", new, None).await
    }

    /// A device asks to be paired.
    ///
    /// # Errors
    /// As every call.
    pub async fn begin_pairing(&self, new: &NewPairing) -> Called<Pairing> {
        self.post("pairings", new, None).await
    }

    /// The device asks for its key; nothing as long as nobody has approved it.
    ///
    /// # Errors
    /// As every call.
    pub async fn claim(&self, claim: &Claim) -> Called<Option<IssuedCredential>> {
        let request = self.request(Method::POST, "pairings/claim")?;
        let (status, body) = self.send(json(request, claim)?).await?;
        if status == StatusCode::ACCEPTED {
            return Ok(None);
        }
        read(&body).map(Some)
    }

    /// Which device shows a code.
    ///
    /// # Errors
    /// As every call.
    pub async fn waiting_device(&self, code: &str) -> Called<PairingRequest> {
        self.get(&format!("pairings/{code}")).await
    }

    /// Approves the device that shows a code.
    ///
    /// # Errors
    /// As every call.
    pub async fn approve_device(&self, code: &str, key: &str) -> Called<PairingRequest> {
        let nothing = serde_json::Map::new();
        let path = format!("pairings/{code}/approve");
        self.post(&path, &nothing, Some(key)).await
    }

    /// Says that this executor lives, and hears what it is to do.
    ///
    /// # Errors
    /// As every call.
    pub async fn beat(&self, beat: &Heartbeat) -> Called<HeartbeatAnswer> {
        self.post("executor/heartbeat", beat, None).await
    }

    /// The executors, a part.
    ///
    /// # Errors
    /// As every call.
    pub async fn executors(&self, cursor: Option<&str>) -> Called<Page<Executor>> {
        self.part("executors", cursor).await
    }

    /// Gives a command.
    ///
    /// # Errors
    /// As every call.
    pub async fn give(&self, new: &NewCommand, key: &str) -> Called<Command> {
        self.post("command", new, Some(key)).await
    }

    /// A command, and how far it is.
    ///
    /// # Errors
    /// As every call.
    pub async fn command(&self, id: CommandId) -> Called<Command> {
        self.get(&format!("command/{id}")).await
    }

    /// The commands, a part.
    ///
    /// # Errors
    /// As every call.
    pub async fn commands(&self, cursor: Option<&str>) -> Called<Page<Command>> {
        self.part("command", cursor).await
    }

    /// Says what became of a command.
    ///
    /// # Errors
    /// As every call.
    pub async fn finish(&self, id: CommandId, receipt: &Receipt, key: &str) -> Called<Command> {
        let path = format!("command/{id}/receipt");
        self.post(&path, receipt, Some(key)).await
    }

    /// Reports what happened at an account at a broker.
    ///
    /// # Errors
    /// As every call.
    pub async fn report(&self, report: &Report, key: &str) -> Called<ReportReceipt> {
        self.post("reporting", report, Some(key)).await
    }

    /// What a language model advises about an entry near to news.
    ///
    /// # Errors
    /// As every call.
    pub async fn supervise(&self, entry: &Supervision) -> Called<Advice> {
        self.post("llm/supervise", entry, None).await
    }

    /// The deals, a part.
    ///
    /// # Errors
    /// As every call.
    pub async fn deals(&self, cursor: Option<&str>) -> Called<Page<KeptDeal>> {
        self.part("reporting/deals", cursor).await
    }

    /// What is open.
    ///
    /// # Errors
    /// As every call.
    pub async fn positions(&self) -> Called<Page<KeptPositions>> {
        self.get("reporting/positions").await
    }

    /// Uploads what a broker says of a symbol. What is known already changes nothing.
    ///
    /// # Errors
    /// As every call.
    pub async fn upload_spec(&self, new: &NewSpec) -> Called<SpecReceipt> {
        self.post("markets/specs", new, None).await
    }

    /// Uploads a page of a broker's bars. What is known already changes nothing.
    ///
    /// # Errors
    /// As every call.
    pub async fn upload_bars(&self, new: &NewBars) -> Called<BarsReceipt> {
        self.post("markets/bars", new, None).await
    }

    /// All that is kept of brokers' symbols.
    ///
    /// # Errors
    /// As every call.
    pub async fn markets(&self) -> Called<BrokerMarkets> {
        self.get("markets").await
    }

    /// What a broker says of a symbol.
    ///
    /// # Errors
    /// As every call.
    pub async fn broker_spec(&self, of: BrokerAccountId, symbol: &Symbol) -> Called<BrokerSpec> {
        self.get(&format!("markets/{of}/{symbol}")).await
    }

    /// The bars of a broker's, the newest million.
    ///
    /// # Errors
    /// As every call.
    pub async fn broker_bars(
        &self,
        of: BrokerAccountId,
        symbol: &Symbol,
        timeframe: Timeframe,
    ) -> Called<Bars> {
        let path = format!("markets/{of}/{symbol}/{timeframe}");
        let (_, body) = self.send(self.request(Method::GET, &path)?).await?;
        decode(&body).map_err(|_| ClientError::Unreadable)
    }

    /// The strategies, a part.
    ///
    /// # Errors
    /// As every call.
    pub async fn strategies(&self, cursor: Option<&str>) -> Called<Page<StrategyLine>> {
        self.part("strategies", cursor).await
    }

    /// One strategy with its document.
    ///
    /// # Errors
    /// As every call.
    pub async fn strategy(&self, id: StrategyId) -> Called<WholeStrategy> {
        self.get(&format!("strategies/{id}")).await
    }

    /// Lets a strategy trade no more; `key` is the write's `Idempotency-Key`. For phones.
    ///
    /// # Errors
    /// As every call.
    pub async fn deactivate(&self, id: StrategyId, key: &str) -> Called<StrategyLine> {
        let nothing = serde_json::Map::new();
        let path = format!("strategies/{id}/deactivate");
        self.post(&path, &nothing, Some(key)).await
    }

    /// Everything that trades; nothing where it is what it was when `known` was its tag.
    ///
    /// # Errors
    /// As every call.
    pub async fn active_strategies(
        &self,
        known: Option<&str>,
    ) -> Called<Option<Tagged<ActiveStrategies>>> {
        let mut request = self.request(Method::GET, "strategy/active")?;
        if let Some(known) = known {
            request = request.header(IF_NONE_MATCH, known);
        }
        let (status, headers, body) = self.ask(request).await?;
        if status == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        let tag = headers.get(ETAG).and_then(|tag| tag.to_str().ok());
        Ok(Some(Tagged {
            tag: tag.map(str::to_owned),
            value: read(&body)?,
        }))
    }

    /// Opens a connection on which the server says what happens. An executor sends a heartbeat
    /// first.
    ///
    /// # Errors
    /// As every call.
    pub async fn events(&self) -> Called<Events> {
        let request = self.request(Method::GET, "events")?.timeout(OPEN);
        let response = request.send().await.map_err(|_| ClientError::Unreachable)?;
        if response.status().is_success() {
            return Ok(Events::new(response));
        }
        Err(refused(response).await)
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Called<T> {
        let (_, body) = self.send(self.request(Method::GET, path)?).await?;
        read(&body)
    }

    async fn part<T: DeserializeOwned>(&self, path: &str, cursor: Option<&str>) -> Called<T> {
        let mut url = self.url(path)?;
        if let Some(cursor) = cursor {
            url.query_pairs_mut().append_pair("cursor", cursor);
        }
        let (_, body) = self.send(self.http.get(url)).await?;
        read(&body)
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        key: Option<&str>,
    ) -> Called<T> {
        let mut request = self.request(Method::POST, path)?;
        if let Some(key) = key {
            request = request.header(IDEMPOTENCY, key);
        }
        let (_, body) = self.send(json(request, body)?).await?;
        read(&body)
    }

    /// An address below ours, and nowhere else.
    fn url(&self, path: &str) -> Called<Url> {
        let mut url = self.base.clone();
        let mut segments = url.path_segments_mut().map_err(|()| ClientError::Setup)?;
        segments.pop_if_empty().extend(path.split('/'));
        drop(segments);
        Ok(url)
    }

    fn request(&self, method: Method, path: &str) -> Called<RequestBuilder> {
        Ok(self.http.request(method, self.url(path)?))
    }

    async fn send(&self, request: RequestBuilder) -> Called<(StatusCode, Vec<u8>)> {
        let (status, _, body) = self.ask(request).await?;
        Ok((status, body))
    }

    /// What went well, and that nothing has changed.
    async fn ask(&self, request: RequestBuilder) -> Called<(StatusCode, HeaderMap, Vec<u8>)> {
        let response = request.send().await.map_err(|_| ClientError::Unreachable)?;
        let status = response.status();
        if !status.is_success() && status != StatusCode::NOT_MODIFIED {
            return Err(refused(response).await);
        }
        let headers = response.headers().clone();
        let body = whole(response, MOST).await?;
        Ok((status, headers, body))
    }
}

/// The whole body, unless it is longer than any answer of ours: then nobody keeps it.
async fn whole(mut response: Response, most: usize) -> Called<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(piece) = {
        let piece = response.chunk().await;
        piece.map_err(|_| ClientError::Unreachable)?
    } {
        if all.len() + piece.len() > most {
            return Err(ClientError::Unreadable);
        }
        all.extend_from_slice(&piece);
    }
    Ok(all)
}

/// Why it was refused.
async fn refused(response: Response) -> ClientError {
    let status = response.status().as_u16();
    let wait = response.headers().get(RETRY_AFTER);
    // Ours are seconds. Proxies may name a day and an hour, by a clock that need not be right here.
    let wait = wait.and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let wait = wait.map(Duration::from_secs);
    let body = match whole(response, MOST_OF_FAULT).await {
        Ok(body) => body,
        Err(ClientError::Unreachable) => return ClientError::Unreachable,
        Err(_) => Vec::new(),
    };
    match serde_json::from_slice(&body) {
        Ok(problem) => ClientError::Problem {
            problem: Box::new(problem),
            wait,
        },
        Err(_) => ClientError::Status { status, wait },
    }
}

fn json(request: RequestBuilder, body: &impl Serialize) -> Called<RequestBuilder> {
    let text = serde_json::to_vec(body).map_err(|_| ClientError::Setup)?;
    Ok(request
        .header("content-type", "application/json")
        .body(text))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Called<T> {
    serde_json::from_slice(body).map_err(|_| ClientError::Unreadable)
}
