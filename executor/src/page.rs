//! The status page: on this computer alone, behind a token that is made anew at each start. What the
//! tray shows in more words, and the only way to see it on a machine without a screen.
//!
//! No script. A page of another origin can neither read it nor press its buttons: the cookie is not
//! sent along from elsewhere, each form carries the token, and names other than this computer's own
//! are turned away.

mod view;
mod words;

use crate::{drive::Wish, service::Naming, status::Status};
use axum::{
    Form, Router,
    extract::{Query, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::{
    fmt::Write as _,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    sync::{mpsc, watch},
};
use trading::{language::Language, symbol::Symbol};

const COOKIE: &str = "phoenix_executor";
/// The largest form that is read, in bytes.
const FORM: usize = 4_096;
/// How long a question may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Nothing from elsewhere, no script, in nobody's frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

/// The token, as it stands in the link. Silent in logs.
#[derive(Clone)]
pub struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Token {
    /// Another than all before.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex(&bytes)))
    }

    fn is(&self, given: &str) -> bool {
        is_same(&self.0, given)
    }

    /// What the cookie holds: whoever reads it sees the page, and can press no button.
    fn cookie(&self) -> String {
        hex(&Sha256::digest(format!("cookie {}", self.0)))
    }
}

/// Compared by what both hash to: how long that takes says nothing.
fn is_same(right: &str, given: &str) -> bool {
    Sha256::digest(right.as_bytes()) == Sha256::digest(given.as_bytes())
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        // A string takes whatever is written.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The link that opens the page, with the token. Silent in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct PageLink(String);

impl std::fmt::Debug for PageLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PageLink(..)")
    }
}

impl PageLink {
    fn new(address: SocketAddr, token: &Token) -> Self {
        Self(format!("http://{address}/?token={}", token.0))
    }

    /// As a browser is given it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

struct Desk {
    token: Token,
    /// The secret of the link, for who has to type it into the Expert Advisor.
    key: String,
    address: SocketAddr,
    language: Language,
    status: watch::Receiver<Status>,
    wishes: mpsc::Sender<Wish>,
}

/// The page, at its address.
#[derive(Debug)]
pub struct StatusPage {
    /// The link that opens it, with the token.
    pub link: PageLink,
    listener: TcpListener,
    routes: Router,
}

impl StatusPage {
    /// Takes a port of this computer; it answers from [`StatusPage::serve`] on.
    ///
    /// # Errors
    /// When the system gives no port.
    pub async fn bind(
        token: Token,
        key: String,
        language: Language,
        status: watch::Receiver<Status>,
        wishes: mpsc::Sender<Wish>,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let link = PageLink::new(address, &token);
        let desk = Arc::new(Desk {
            token,
            key,
            address,
            language,
            status,
            wishes,
        });
        let inside = Router::new()
            .route("/", get(show))
            .route("/close", get(ask_close).post(close))
            .route("/stop", post(stop))
            .route("/start", post(start))
            .route("/symbol", post(name))
            .route("/key", get(show_key))
            .layer(middleware::from_fn_with_state(Arc::clone(&desk), admit));
        let routes = Router::new()
            .merge(inside)
            .route("/page.css", get(style))
            .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
            .layer(axum::extract::DefaultBodyLimit::max(FORM))
            .layer(middleware::from_fn_with_state(Arc::clone(&desk), guard))
            .with_state(desk);
        Ok(Self {
            link,
            listener,
            routes,
        })
    }

    /// Answers until the program ends.
    ///
    /// # Errors
    /// When the system takes the port away.
    pub async fn serve(self) -> io::Result<()> {
        axum::serve(self.listener, self.routes).await
    }
}

/// Who asks by another name than this computer's was led here by somebody else's.
async fn guard(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let port = desk.address.port();
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    if ![format!("127.0.0.1:{port}"), format!("localhost:{port}")].contains(&host.to_owned()) {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    let Ok(mut answer) = tokio::time::timeout(PATIENCE, next.run(request)).await else {
        return StatusCode::REQUEST_TIMEOUT.into_response();
    };
    let headers = answer.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    answer
}

#[derive(Deserialize)]
struct Asked {
    token: Option<String>,
}

/// With the token in the link a cookie is given, and the link is forgotten; without either nothing is
/// shown.
async fn admit(
    State(desk): State<Arc<Desk>>,
    Query(asked): Query<Asked>,
    request: Request,
    next: Next,
) -> Response {
    if let Some(given) = asked.token {
        if !desk.token.is(&given) {
            return (StatusCode::FORBIDDEN, view::refused(desk.language)).into_response();
        }
        let cookie = format!(
            "{}={}; HttpOnly; SameSite=Strict; Path=/",
            desk.cookie_name(),
            desk.token.cookie()
        );
        return ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response();
    }
    if !desk.has_cookie(request.headers()) {
        return (StatusCode::FORBIDDEN, view::refused(desk.language)).into_response();
    }
    next.run(request).await
}

async fn style() -> Response {
    let sheet = concat!(
        include_str!("../../style/tokens.css"),
        include_str!("page/page.css")
    );
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], sheet).into_response()
}

async fn show(State(desk): State<Arc<Desk>>) -> Response {
    let status = desk.status.borrow().clone();
    view::status(&status, desk.language, &desk.token.0).into_response()
}

async fn show_key(State(desk): State<Arc<Desk>>) -> Response {
    view::key(&desk.key, desk.language).into_response()
}

async fn ask_close(State(desk): State<Arc<Desk>>) -> Response {
    let status = desk.status.borrow().clone();
    view::ask_close(&status, desk.language, &desk.token.0).into_response()
}

#[derive(Deserialize)]
struct Pressed {
    token: String,
}

async fn stop(State(desk): State<Arc<Desk>>, Form(form): Form<Pressed>) -> Response {
    desk.wish(&form.token, Wish::Pause(true)).await
}

async fn start(State(desk): State<Arc<Desk>>, Form(form): Form<Pressed>) -> Response {
    desk.wish(&form.token, Wish::Pause(false)).await
}

async fn close(State(desk): State<Arc<Desk>>, Form(form): Form<Pressed>) -> Response {
    desk.wish(&form.token, Wish::StopAndClose).await
}

#[derive(Deserialize)]
struct Named {
    token: String,
    login: i64,
    server: String,
    wanted: Symbol,
    chosen: Symbol,
}

async fn name(State(desk): State<Arc<Desk>>, Form(form): Form<Named>) -> Response {
    let naming = Naming {
        login: form.login,
        server: form.server,
        wanted: form.wanted,
        chosen: form.chosen,
    };
    desk.wish(&form.token, Wish::Name(naming)).await
}

impl Desk {
    /// Browsers send a cookie to all ports of a computer: each has a name of its own.
    fn cookie_name(&self) -> String {
        format!("{COOKIE}_{}", self.address.port())
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let (wanted, right) = (self.cookie_name(), self.token.cookie());
        let all = headers.get_all(header::COOKIE).iter();
        let mut all = all
            .filter_map(|all| all.to_str().ok())
            .flat_map(|all| all.split(';'));
        all.any(|one| {
            let named = one.trim().split_once('=');
            named.is_some_and(|(name, value)| name == wanted && is_same(&right, value))
        })
    }

    /// Has something done, and shows how everything stands after it.
    async fn wish(&self, token: &str, wish: Wish) -> Response {
        if !self.token.is(token) {
            return (StatusCode::FORBIDDEN, view::refused(self.language)).into_response();
        }
        let mut status = self.status.clone();
        status.mark_unchanged();
        if self.wishes.send(wish).await.is_err() {
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
        // The drive shows it at once; where it does not, the page shows it by itself soon.
        let _ = tokio::time::timeout(Duration::from_secs(1), status.changed()).await;
        Redirect::to("/").into_response()
    }
}
