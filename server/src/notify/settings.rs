//! The bot's token, and where webhooks may go beside the public network. By variables alone: other
//! users of a machine see what stands on a command line.

use crate::setting::Settings;
use billing::outside::{Endpoint, Patience};
use identity::Secret;
use std::{fmt, str::FromStr};
use url::Url;

/// What the notifier is opened with.
#[derive(Debug, Default)]
pub(crate) struct NotifySettings {
    pub(super) telegram: Option<TelegramSettings>,
    /// Beginnings of addresses of the operator's own network to which webhooks may go.
    pub(super) allowed: Vec<Url>,
}

/// Our bot.
pub(crate) struct TelegramSettings {
    pub(super) token: Secret<String>,
    pub(super) api: Endpoint,
    pub(super) patience: Patience,
}

/// It holds a token.
impl fmt::Debug for TelegramSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TelegramSettings({})", self.api.as_str())
    }
}

/// Where Telegram's bots are asked.
const API: &str = "https://api.telegram.org/";

/// The token of a bot: `123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11`. It becomes a part of an address.
struct BotToken(String);

impl FromStr for BotToken {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let is_key = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let is_token = text.split_once(':').is_some_and(|(id, key)| {
            !id.is_empty()
                && id.bytes().all(|byte| byte.is_ascii_digit())
                && key.len() >= 20
                && key.bytes().all(is_key)
        });
        is_token.then(|| Self(text.to_owned())).ok_or(())
    }
}

/// The beginning of an address of the operator's own network.
struct Origin(Url);

impl FromStr for Origin {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let url = Url::parse(text).map_err(|_| ())?;
        let is_web = url.has_host() && matches!(url.scheme(), "http" | "https");
        is_web.then_some(Self(url)).ok_or(())
    }
}

impl NotifySettings {
    /// What was said; faults stay with the settings.
    pub(crate) fn read(said: &mut Settings) -> Self {
        let api = said.one("telegram_api");
        let api = api.or_else(|| Endpoint::new(API).ok());
        let token: Option<BotToken> = said.one("telegram_token");
        let telegram = token
            .zip(api)
            .map(|(BotToken(token), api)| TelegramSettings {
                token: Secret::new(token),
                api,
                patience: Patience {
                    // What was not sent is tried again by its row.
                    retries: 0,
                    ..Patience::default()
                },
            });
        let allowed = said.many("webhook_allow");
        Self {
            telegram,
            allowed: allowed.into_iter().map(|Origin(url)| url).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NotifySettings;
    use crate::setting::{Faults, Settings};
    use trading::language::Language;

    fn read(pairs: &[(&str, &str)]) -> Result<NotifySettings, Faults> {
        let variable = |name: &str| {
            let pair = pairs.iter().find(|(key, _)| *key == name)?;
            Some(pair.1.to_owned())
        };
        let mut said = Settings::read(Vec::new(), variable, None);
        let settings = NotifySettings::read(&mut said);
        said.faults().map_or(Ok(settings), Err)
    }

    #[test]
    fn every_fault_is_told_at_once_in_both_languages_and_no_token() {
        assert!(read(&[]).unwrap().telegram.is_none());
        let faults = read(&[
            ("PHOENIX_TELEGRAM_TOKEN", "hidden"),
            ("PHOENIX_TELEGRAM_API", "http://api.example"),
            ("PHOENIX_WEBHOOK_ALLOW", "10.0.0.1, file:///etc"),
        ])
        .unwrap_err();
        let en = [
            "4 settings",
            "PHOENIX_TELEGRAM_TOKEN: this is not a token of a bot",
            "PHOENIX_TELEGRAM_API: \"http://api.example\" is not",
            "PHOENIX_WEBHOOK_ALLOW: \"10.0.0.1\" is not the beginning of a web address",
            "\"file:///etc\" is not",
        ];
        let id = [
            "4 pengaturan",
            "ini bukan token bot",
            "bukan awal alamat web",
        ];
        for (language, parts) in [(Language::En, &en[..]), (Language::Id, &id[..])] {
            let text = faults.text(language);
            for part in parts {
                assert!(text.contains(part), "{part}: {text}");
            }
            assert!(!text.contains("hidden"), "{text}");
        }
        let good = read(&[
            (
                "PHOENIX_TELEGRAM_TOKEN",
                "123:ABC-DEF1234ghIkl-zyx57W2v1u123ew11",
            ),
            ("PHOENIX_WEBHOOK_ALLOW", "http://10.0.0.7:5678"),
        ]);
        let good = good.unwrap();
        assert!(good.telegram.is_some());
        assert_eq!(good.allowed.len(), 1);
        assert!(!format!("{good:?}").contains("ABC-DEF"));
    }
}
