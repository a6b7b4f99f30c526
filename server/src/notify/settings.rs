//! The bot's token, and where webhooks may go beside the public network. By variables alone: other
//! users of a machine see what stands on a command line.

use billing::outside::{Endpoint, Patience};
use identity::Secret;
use std::fmt;
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

impl NotifySettings {
    /// Reads the variables; `said` gives the value of one.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub(crate) fn read(said: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let said = |name: &str| said(name).filter(|value| !value.trim().is_empty());
        let mut faults = Vec::new();
        let telegram = telegram(&said, &mut faults);
        let mut allowed = Vec::new();
        for text in said("PHOENIX_WEBHOOK_ALLOW").unwrap_or_default().split(',') {
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            match Url::parse(text) {
                Ok(url) if url.has_host() && matches!(url.scheme(), "http" | "https") => {
                    allowed.push(url);
                }
                _ => faults.push(format!("PHOENIX_WEBHOOK_ALLOW: {text} is no web address")),
            }
        }
        if faults.is_empty() {
            Ok(Self { telegram, allowed })
        } else {
            Err(faults)
        }
    }
}

fn telegram(
    said: &impl Fn(&str) -> Option<String>,
    faults: &mut Vec<String>,
) -> Option<TelegramSettings> {
    let token = said("PHOENIX_TELEGRAM_TOKEN")?.trim().to_owned();
    // It becomes a part of an address: 123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11
    let is_token = token.split_once(':').is_some_and(|(id, key)| {
        let is_key = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        !id.is_empty()
            && id.bytes().all(|byte| byte.is_ascii_digit())
            && key.len() >= 20
            && key.bytes().all(is_key)
    });
    if !is_token {
        faults.push("PHOENIX_TELEGRAM_TOKEN is no token of a bot".to_owned());
    }
    let api = said("PHOENIX_TELEGRAM_API").unwrap_or_else(|| API.to_owned());
    match Endpoint::new(&api) {
        Ok(api) => is_token.then(|| TelegramSettings {
            token: Secret::new(token),
            api,
            patience: Patience {
                // What was not sent is tried again by its row.
                retries: 0,
                ..Patience::default()
            },
        }),
        Err(error) => {
            faults.push(format!("PHOENIX_TELEGRAM_API: {error}"));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NotifySettings;

    fn read(pairs: &[(&str, &str)]) -> Result<NotifySettings, Vec<String>> {
        NotifySettings::read(|name| {
            let pair = pairs.iter().find(|(key, _)| *key == name)?;
            Some(pair.1.to_owned())
        })
    }

    #[test]
    fn every_fault_is_told_at_once_and_no_token() {
        assert!(read(&[]).unwrap().telegram.is_none());
        let faults = read(&[
            ("PHOENIX_TELEGRAM_TOKEN", "hidden"),
            ("PHOENIX_TELEGRAM_API", "http://api.example"),
            ("PHOENIX_WEBHOOK_ALLOW", "10.0.0.1, file:///etc"),
        ])
        .unwrap_err();
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(!faults.concat().contains("hidden"));
        let good = read(&[
            (
                "PHOENIX_TELEGRAM_TOKEN",
                "123:ABC-DEF1234ghIkl-zyx57W2v1u123ew11",
            ),
            ("PHOENIX_WEBHOOK_ALLOW", "http://10.0.0.7:5678"),
        ]);
        let good = good.unwrap();
        assert!(good.telegram.is_some());
        assert!(!format!("{good:?}").contains("ABC-DEF"));
    }
}
