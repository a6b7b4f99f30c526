//! How somebody wants to be told: what by which way, the chat, the webhooks.

use crate::{
    Deed, Look, deed,
    frame::{Page, document},
    part::{
        alert, entry,
        form::{Form, Tone},
        setting,
        table::{self, cell},
        when,
    },
    words::{Text, notification as words},
};
use leptos::prelude::*;
use trading::time::Time;

/// A way, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelColumn {
    /// `mail`, `telegram` or `webhook`.
    pub channel: &'static str,
    /// Whether something would arrive.
    pub is_there: bool,
}

/// What goes which way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindRow {
    /// The word of the kind.
    pub kind: &'static str,
    /// In the order of the columns.
    pub is_on: Vec<bool>,
}

/// A chat with our bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatLine {
    /// What its user is called there.
    pub name: String,
    /// Since when.
    pub linked_at: Time,
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookLine {
    /// Names it in forms.
    pub id: String,
    /// Where it is.
    pub url: String,
    /// Since when.
    pub created_at: Time,
    /// How often it failed in a row.
    pub failures: u64,
    /// Whether it gets nothing more.
    pub is_off: bool,
    /// Whether that is because the password was reset.
    pub by_reset: bool,
}

/// Why a webhook was not made, a chat not connected, or either not tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookFault {
    /// It is no address.
    Unreadable,
    /// It is not HTTPS.
    Insecure,
    /// It has a user or a fragment.
    Extra,
    /// It is not on the public network.
    Private,
    /// There are as many as there may be.
    TooMany,
    /// They are turned off.
    Off,
    /// Telegram does not answer.
    Telegram,
    /// The chat was tried just now.
    ChatTested,
    /// A webhook was tried just now.
    HookTested,
}

impl WebhookFault {
    const fn say(self) -> Text {
        match self {
            Self::Unreadable => words::BAD_UNREADABLE,
            Self::Insecure => words::BAD_INSECURE,
            Self::Extra => words::BAD_EXTRA,
            Self::Private => words::BAD_PRIVATE,
            Self::TooMany => words::HOOKS_MOST,
            Self::Off => words::HOOKS_OFF,
            Self::Telegram => words::TELEGRAM_AWAY,
            Self::ChatTested | Self::HookTested => words::TESTED,
        }
    }

    /// Whether it is about the chat.
    const fn is_of_chat(self) -> bool {
        matches!(self, Self::Telegram | Self::ChatTested)
    }
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsPage {
    /// The ways.
    pub columns: Vec<ChannelColumn>,
    /// What goes which way.
    pub rows: Vec<KindRow>,
    /// Whether there is a bot.
    pub has_telegram: bool,
    /// The chat.
    pub chat: Option<ChatLine>,
    /// The webhooks.
    pub hooks: Vec<HookLine>,
    /// Whether more may be made.
    pub may_add: bool,
    /// Whether webhooks are turned off.
    pub hooks_off: bool,
    /// What was typed and refused.
    pub url: String,
    /// Why.
    pub fault: Option<WebhookFault>,
    /// What has just been done.
    pub deed: Option<Deed>,
}

/// How somebody wants to be told.
pub fn settings(look: &Look, page: &SettingsPage) -> String {
    let telegram_fault = page
        .fault
        .filter(|fault| fault.is_of_chat())
        .map(|fault| alert::refused("telegram-refused", look.say(fault.say()).to_owned(), true));
    let content = view! {
        <div class="settings">
            <div class="told-head">
                <h1>{look.say(words::SETTINGS_TITLE)}</h1>
                <p>
                    <a href="/notifications">{look.say(words::TO_LIST)}</a>
                </p>
            </div>
            {deed::done(look, page.deed)}
            {setting::section(look, "kinds", words::KINDS, words::KINDS_LEAD, kinds(look, page))}
            {setting::section(
                look,
                "telegram",
                words::TELEGRAM,
                words::TELEGRAM_LEAD,
                view! {
                    {telegram_fault}
                    {telegram(look, page)}
                },
            )}
            {setting::section(
                look,
                "webhook",
                words::WEBHOOK,
                words::WEBHOOK_LEAD,
                webhooks(look, page),
            )}
        </div>
    };
    let head = Page::new(look.say(words::SETTINGS_TITLE)).refused(page.fault.is_some());
    document(look, head, content.into_any())
}

fn channel(name: &str) -> Text {
    match name {
        "mail" => words::MAIL,
        "telegram" => words::TELEGRAM,
        _ => words::WEBHOOK,
    }
}

fn kinds(look: &Look, page: &SettingsPage) -> AnyView {
    let mut columns = vec![look.say(words::KIND)];
    columns.extend(
        page.columns
            .iter()
            .map(|one| look.say(channel(one.channel))),
    );
    let rows = page
        .rows
        .iter()
        .map(|row| {
            let kind = words::kind(row.kind, look.language).to_owned();
            let mut cells = vec![cell(columns[0], view! { <span>{kind.clone()}</span> })];
            for (one, is_on) in page.columns.iter().zip(&row.is_on) {
                let name = look.say(channel(one.channel));
                let value = format!("{}:{}", row.kind, one.channel);
                let label = look.with(words::BY, &[&kind, name]);
                let box_ = view! {
                    <label class="tick">
                        <input type="checkbox" name="on" value=value checked=*is_on />
                        <span class="unseen">{label}</span>
                    </label>
                };
                cells.push(cell(name, box_));
            }
            table::row(cells)
        })
        .collect();
    let missing: Vec<String> = page
        .columns
        .iter()
        .filter(|one| !one.is_there)
        .map(|one| {
            let name = look.say(channel(one.channel));
            format!("{name}: {}", look.say(words::NOT_CONNECTED))
        })
        .collect();
    let missing = (!missing.is_empty()).then(|| {
        let hint = look.say(words::NOT_CONNECTED_HINT);
        let text = format!("{}. {hint}", missing.join("; "));
        view! { <p class="hint">{text}</p> }
    });
    view! {
        <form class="kinds" method="post" action="/notifications/preferences">
            {table::table(look.say(words::KINDS), &columns, rows)}
            {missing}
            <button type="submit" class="button button-accent">
                {look.say(words::SAVE)}
            </button>
        </form>
    }
    .into_any()
}

fn telegram(look: &Look, page: &SettingsPage) -> AnyView {
    if !page.has_telegram {
        return view! { <p class="hint">{look.say(words::TELEGRAM_OFF)}</p> }.into_any();
    }
    let Some(chat) = &page.chat else {
        return view! {
            <p class="hint">{look.say(words::TELEGRAM_NONE)}</p>
            {Form::new("/notifications/telegram/connect")
                .send(look.say(words::CONNECT), Tone::Accent)}
        }
        .into_any();
    };
    let name = if chat.name.is_empty() {
        look.say(words::SOMEBODY)
    } else {
        &chat.name
    };
    view! {
        <p class="setting-value">{look.with(words::CONNECTED, &[name])}</p>
        <p class="hint">{when::when(chat.linked_at)}</p>
        <div class="told-deeds">
            {Form::new("/notifications/telegram/test")
                .send(look.say(words::SEND_TEST), Tone::Plain)}
            {Form::new("/notifications/telegram/disconnect")
                .send(look.say(words::DISCONNECT), Tone::Plain)}
        </div>
    }
    .into_any()
}

fn webhooks(look: &Look, page: &SettingsPage) -> AnyView {
    let list = if page.hooks.is_empty() {
        view! { <p class="hint">{look.say(words::WEBHOOK_NONE)}</p> }.into_any()
    } else {
        let lines: Vec<_> = page.hooks.iter().map(|hook| line(look, hook)).collect();
        view! { <ul class="sessions">{lines}</ul> }.into_any()
    };
    let off = page
        .hooks_off
        .then(|| alert::warn(look.say(words::HOOKS_OFF).to_owned()));
    let ours = page.fault.filter(|fault| !fault.is_of_chat());
    let tested = ours
        .filter(|fault| *fault == WebhookFault::HookTested)
        .map(|fault| alert::refused("webhook-refused", look.say(fault.say()).to_owned(), true));
    let fault = ours
        .filter(|fault| *fault != WebhookFault::HookTested)
        .map(|fault| look.say(fault.say()));
    let has_fault = fault.is_some();
    let add = (page.may_add && !page.hooks_off || has_fault).then(|| {
        view! {
            <form class="entry-form" method="post" action="/notifications/webhooks/add">
                <div class="field">
                    <label for="url">{look.say(words::URL)}</label>
                    <input
                        id="url"
                        name="url"
                        type="url"
                        value=page.url.clone()
                        placeholder="https://"
                        maxlength="500"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        required=true
                        autofocus=has_fault
                        aria-invalid=has_fault.then_some("true")
                        aria-describedby=if has_fault { "url-error url-hint" } else { "url-hint" }
                    />
                    {fault.map(|fault| view! {
                        <p id="url-error" class="field-error">
                            {fault}
                        </p>
                    })}
                    <p id="url-hint" class="hint">
                        {look.say(words::URL_HINT)}
                    </p>
                </div>
                <button type="submit" class="button">
                    {look.say(words::ADD)}
                </button>
            </form>
        }
    });
    let most = (!page.may_add && !has_fault)
        .then(|| view! { <p class="hint">{look.say(words::HOOKS_MOST)}</p> });
    view! {
        {off}
        {tested}
        {list}
        {add}
        {most}
    }
    .into_any()
}

fn line(look: &Look, hook: &HookLine) -> AnyView {
    let (tone, state) = if hook.by_reset {
        ("tag tag-bad", look.say(words::HOOK_RESET).to_owned())
    } else if hook.is_off {
        ("tag tag-bad", look.say(words::HOOK_DEAD).to_owned())
    } else if hook.failures > 0 {
        (
            "tag",
            look.with(words::HOOK_FAILING, &[&hook.failures.to_string()]),
        )
    } else {
        ("tag tag-good", look.say(words::HOOK_ON).to_owned())
    };
    let first = if hook.is_off {
        ("/notifications/webhooks/resume", words::RESUME)
    } else {
        ("/notifications/webhooks/test", words::SEND_TEST)
    };
    let form = |action: &'static str, name: Text| {
        Form::new(action).hidden("id", &hook.id).send_which(
            look.say(name),
            hook.url.clone(),
            Tone::Plain,
        )
    };
    view! {
        <li class="session key">
            <div class="session-what">
                <p class="breakable">{hook.url.clone()}</p>
                <p class="hint">
                    <span class=tone>{state}</span>
                    " "
                    {when::when(hook.created_at)}
                </p>
            </div>
            <div class="told-deeds">
                {form(first.0, first.1)}
                {form("/notifications/webhooks/remove", words::REMOVE)}
            </div>
        </li>
    }
    .into_any()
}

/// The link that connects a chat.
pub fn telegram_link(look: &Look, href: &str) -> String {
    let content = view! {
        <p>{look.say(words::LINK_LEAD)}</p>
        <a class="button button-accent" href=href.to_owned() rel="noreferrer noopener">
            {look.say(words::LINK_OPEN)}
        </a>
        {entry::way("/notifications/settings", look.say(words::LINK_DONE))}
    };
    entry::entry(
        look,
        Page::new(look.say(words::LINK_TITLE)).with_token(),
        content,
    )
}

/// A webhook that was just made, with its secret.
pub fn webhook_made(look: &Look, url: &str, secret: &str) -> String {
    let content = view! {
        <p>{look.say(words::MADE_LEAD)}</p>
        <dl class="facts">
            <div>
                <dt>{look.say(words::URL)}</dt>
                <dd>{url.to_owned()}</dd>
            </div>
            <div>
                <dt>{look.say(words::SECRET)}</dt>
                <dd>
                    <code>{secret.to_owned()}</code>
                </dd>
            </div>
        </dl>
        <p class="hint">{look.say(words::MADE_HOW)}</p>
        {entry::next("/notifications/settings".to_owned(), look.say(words::MADE_DONE))}
    };
    entry::entry(
        look,
        Page::new(look.say(words::MADE_TITLE)).with_token(),
        content,
    )
}
