//! All settings that there are. A setting is called `listen` in the file, `PHOENIX_LISTEN` among
//! the variables and, where it is one, `--listen` among the options.

/// What a setting wants to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// An address and a port.
    Listen,
    /// A folder.
    Folder,
    /// Host names.
    Host,
    /// An address that visitors see.
    PublicUrl,
    /// Proxies and networks of them.
    Proxy,
    /// A number of days.
    Days,
    /// A number of megabytes.
    Megabytes,
    /// A PostgreSQL database.
    Database,
    /// 64 hexadecimal digits.
    SecretKey,
    /// A mail server.
    Smtp,
    /// Somebody's name and address.
    Mailbox,
    /// Yes or no.
    Switch,
    /// How the log is written.
    LogFormat,
    /// How much is logged.
    LogFilter,
    /// Headers of a call.
    Headers,
    /// A share of a whole.
    Share,
    /// A token that opens something.
    Token,
    /// A file.
    File,
    /// A key of a provider's.
    ProviderKey,
    /// The token of a bot.
    BotToken,
    /// A web address that secrets are sent to.
    Endpoint,
    /// The beginning of a web address.
    Origin,
}

/// A setting.
#[derive(Debug)]
pub(crate) struct Key {
    pub(super) name: &'static str,
    pub(super) option: Option<&'static str>,
    pub(super) wanted: Wanted,
    /// Several values, between commas.
    pub(super) is_list: bool,
    /// It is never shown, and may stand elsewhere.
    pub(super) is_secret: bool,
}

impl Key {
    /// The name of its variable.
    pub(super) fn variable(&self) -> String {
        format!("PHOENIX_{}", self.name.to_ascii_uppercase())
    }
}

const fn plain(name: &'static str, option: Option<&'static str>, wanted: Wanted) -> Key {
    Key {
        name,
        option,
        wanted,
        is_list: false,
        is_secret: false,
    }
}

const fn list(name: &'static str, option: &'static str, wanted: Wanted) -> Key {
    Key {
        is_list: true,
        ..plain(name, Some(option), wanted)
    }
}

const fn secret(name: &'static str, option: Option<&'static str>, wanted: Wanted) -> Key {
    Key {
        is_secret: true,
        ..plain(name, option, wanted)
    }
}

/// All of them.
pub(crate) static KEYS: &[Key] = &[
    plain("listen", Some("--listen"), Wanted::Listen),
    plain("home", Some("--home"), Wanted::Folder),
    plain("web", Some("--web"), Wanted::Folder),
    plain("downloads", Some("--downloads"), Wanted::Folder),
    list("hosts", "--host", Wanted::Host),
    plain("public_url", Some("--public-url"), Wanted::PublicUrl),
    list("trusted_proxies", "--trusted-proxy", Wanted::Proxy),
    plain(
        "forget_visitors_after",
        Some("--forget-visitors-after"),
        Wanted::Days,
    ),
    plain(
        "visitors_space",
        Some("--visitors-space"),
        Wanted::Megabytes,
    ),
    secret("database_url", Some("--database"), Wanted::Database),
    secret("secret_key", None, Wanted::SecretKey),
    secret("smtp", Some("--smtp"), Wanted::Smtp),
    plain("mail_from", Some("--mail-from"), Wanted::Mailbox),
    plain("monitor", Some("--monitor"), Wanted::Listen),
    plain("no_worker", Some("--no-worker"), Wanted::Switch),
    plain("log_format", Some("--log"), Wanted::LogFormat),
    plain("log", None, Wanted::LogFilter),
    plain("otlp_endpoint", None, Wanted::Endpoint),
    secret("otlp_headers", None, Wanted::Headers),
    plain("otlp_share", None, Wanted::Share),
    secret("metrics_token", None, Wanted::Token),
    plain("plans", None, Wanted::File),
    secret("stripe_key", None, Wanted::ProviderKey),
    secret("stripe_webhook_secret", None, Wanted::ProviderKey),
    plain("stripe_api", None, Wanted::Endpoint),
    plain("stripe_prices", None, Wanted::File),
    secret("midtrans_key", None, Wanted::ProviderKey),
    plain("midtrans_snap", None, Wanted::Endpoint),
    plain("midtrans_api", None, Wanted::Endpoint),
    secret("telegram_token", None, Wanted::BotToken),
    plain("telegram_api", None, Wanted::Endpoint),
    Key {
        is_list: true,
        ..plain("webhook_allow", None, Wanted::Origin)
    },
];

/// The one of this name.
pub(super) fn of(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// The one that was perhaps meant.
pub(super) fn near(name: &str) -> Option<&'static str> {
    let likeness = |key: &Key| strsim::jaro_winkler(key.name, &name.to_ascii_lowercase());
    let best = KEYS
        .iter()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) > 0.8).then_some(best.name)
}
