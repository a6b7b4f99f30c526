//! A request for a page that the server alone makes: who asks, how the page is to look, and how it
//! is answered.

use super::{Context, around, headers, host::Called, peer, request_id, visitor::AsVisitor};
use crate::account::{AccountError, Caller, Desk};
use axum::{
    body::Body,
    extract::{FromRequestParts, Request},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use identity::Role;
use site::{Fault, Look, Notice, Who, live::Script};
use storage::{Account, StorageError};
use tower_sessions::Session;

/// A request for a page.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) desk: Desk,
    pub(super) session: Session,
    pub(super) account: Option<Account>,
    pub(super) caller: Caller,
    pub(super) has_smtp: bool,
    /// What keeps live pages up to date.
    pub(super) script: Option<Script>,
    look: Look,
}

impl FromRequestParts<Context> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Response> {
        let account = parts.extensions.get::<Account>().cloned();
        let mut look = look(context, parts, account.as_ref());
        look.around = around::around(context, parts, account.as_ref(), look.language).await;
        // The layer puts one into every request.
        let Some(session) = parts.extensions.get::<Session>().cloned() else {
            let (status, reference) = reference("a request has no session", false);
            return Err(problem_page(&look, status, &reference));
        };
        let address = peer::address(context, parts);
        let visitor = parts.extensions.get::<AsVisitor>();
        let agent = parts.headers.get(header::USER_AGENT);
        let agent = agent.map(|value| String::from_utf8_lossy(value.as_bytes()));
        Ok(Self {
            desk: context.desk.clone(),
            session,
            caller: Caller {
                address: address.map_or_else(String::new, |ip| ip.to_canonical().to_string()),
                agent: agent.unwrap_or_default().chars().take(300).collect(),
                language: look.language,
                origin: origin(context, parts),
                visitor: visitor.map(|visitor| visitor.0),
            },
            account,
            has_smtp: context.has_smtp,
            script: context.assets.live().cloned(),
            look,
        })
    }
}

impl Visit {
    /// How a page is to look that is asked for by this path.
    pub(super) fn look(&self, path: &str) -> Look {
        Look {
            path: path.to_owned(),
            ..self.look.clone()
        }
    }

    /// A page.
    pub(super) fn page(html: String) -> Response {
        page(StatusCode::OK, html)
    }

    /// The page that says why something was not done.
    pub(super) fn refused(
        &self,
        error: AccountError,
        html: impl FnOnce(&Fault) -> String,
    ) -> Response {
        let (status, fault) = fault(error);
        let wait = match &fault {
            Fault::Wait { seconds } => HeaderValue::from_str(&seconds.to_string()).ok(),
            _ => None,
        };
        let mut response = page(status, html(&fault));
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, wait);
        }
        response
    }

    /// The page for what went wrong where there is no form to say it in.
    pub(super) fn broken(&self, error: &AccountError) -> Response {
        if matches!(error, AccountError::Storage(StorageError::NotFound)) {
            let look = self.look("/");
            return page(StatusCode::NOT_FOUND, site::problem::not_found(&look));
        }
        let (status, reference) = reference(&error.to_string(), is_away(error));
        problem_page(&self.look("/"), status, &reference)
    }
}

/// A request of somebody who is signed in; others are sent to sign in, and come back afterwards.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) visit: Visit,
    pub(super) account: Account,
}

impl FromRequestParts<Context> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, context).await?;
        match visit.account.clone() {
            Some(account) => Ok(Self { visit, account }),
            None if parts.method == axum::http::Method::GET => {
                let next = parts.uri.path();
                Err(to(&format!("/sign-in?next={next}")))
            }
            None => Err(to("/sign-in")),
        }
    }
}

/// A request of somebody who works for us. Nobody else learns that there is anything.
#[derive(Debug)]
pub(super) struct Staff(pub(super) Member);

impl FromRequestParts<Context> for Staff {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Response> {
        let member = Member::from_request_parts(parts, context).await?;
        if member.account.role == Role::Trader {
            let look = member.visit.look("/");
            let html = site::problem::not_found(&look);
            return Err(page(StatusCode::NOT_FOUND, html));
        }
        Ok(Self(member))
    }
}

/// What links in mails begin with: the address that visitors see where the user named it, else the
/// one that was called, which is one of ours.
pub(super) fn origin(context: &Context, parts: &Parts) -> String {
    if let Some(public) = &context.public {
        return public.origin.clone();
    }
    let called = parts.extensions.get::<Called>();
    format!("http://{}", called.map_or("localhost", |called| &called.0))
}

fn look(context: &Context, parts: &Parts, account: Option<&Account>) -> Look {
    let (language, theme) = app::preference::of_headers(&parts.headers);
    let assets = context.assets.paths();
    Look {
        language,
        theme: theme.name().to_owned(),
        style: context.assets.site_style().to_owned(),
        icon: assets.icon.clone(),
        path: "/".to_owned(),
        around: site::Around::default(),
        who: account.map(|account| Who {
            email: account.email.as_str().to_owned(),
            is_staff: account.role != Role::Trader,
        }),
    }
}

/// A page that nobody keeps a copy of.
pub(super) fn page(status: StatusCode, html: String) -> Response {
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(headers::PLAIN_PAGE),
    );
    response
}

/// On to another page.
pub(super) fn to(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// On to another page, which says what was done.
pub(super) fn to_with(path: &str, notice: Notice) -> Response {
    to(&format!("{path}?notice={}", notice.name()))
}

/// The answer where the database is out of reach and nobody knows who asks.
pub(super) fn away(context: &Context, request: &Request, why: &str) -> Response {
    let (status, reference) = reference(why, true);
    if request.uri().path().starts_with("/api/") {
        let text = "the database does not answer\n";
        return (status, [(header::RETRY_AFTER, "5")], text).into_response();
    }
    let (parts, _) = Request::builder()
        .uri(request.uri().clone())
        .body(Body::empty())
        .unwrap_or_default()
        .into_parts();
    let mut look = look(context, &parts, None);
    let (language, theme) = app::preference::of_headers(request.headers());
    look.language = language;
    theme.name().clone_into(&mut look.theme);
    problem_page(&look, status, &reference)
}

fn problem_page(look: &Look, status: StatusCode, reference: &str) -> Response {
    let html = if status == StatusCode::SERVICE_UNAVAILABLE {
        site::problem::away(look, reference)
    } else {
        site::problem::failed(look, reference)
    };
    page(status, html)
}

/// Logs what went wrong under a new reference.
pub(super) fn reference(why: &str, is_away: bool) -> (StatusCode, String) {
    let reference = request_id::reference();
    tracing::error!(reference, why, "a page could not be made");
    let status = if is_away {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::INTERNAL_SERVER_ERROR
    };
    (status, reference)
}

fn is_away(error: &AccountError) -> bool {
    matches!(error, AccountError::Storage(StorageError::Database(_)))
}

/// What is said of it, and with which status.
fn fault(error: AccountError) -> (StatusCode, Fault) {
    let fault = match error {
        AccountError::Weak(why) => Fault::Weak(why),
        AccountError::Wrong => Fault::Wrong,
        AccountError::WrongPassword => Fault::WrongPassword,
        AccountError::WrongCode => Fault::WrongCode,
        AccountError::Wait(seconds) => {
            return (StatusCode::TOO_MANY_REQUESTS, Fault::Wait { seconds });
        }
        AccountError::Taken => Fault::Taken,
        AccountError::SameEmail => Fault::SameEmail,
        error @ (AccountError::Gone | AccountError::Storage(_) | AccountError::Machine(_)) => {
            let is_away = is_away(&error);
            let (status, reference) = reference(&error.to_string(), is_away);
            let fault = if is_away {
                Fault::Away { reference }
            } else {
                Fault::Internal { reference }
            };
            return (status, fault);
        }
    };
    (StatusCode::UNPROCESSABLE_ENTITY, fault)
}
