//! What the trader has set: one file, `executor.toml`, in the folder of the program's state.

use crate::{
    service::Rules,
    trade::{limit::Limits, news::Manner},
};
use protocol::{
    api::text::Label,
    link::{executor::Guard, part::DeadMan},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read as _},
    path::Path,
};
use trading::{indicator::Text, language::Language, symbol::Symbol, zone::Zone};

/// The name of the file.
pub const FILE: &str = "executor.toml";
/// The longest that such a file may be, in bytes.
const LONGEST: u64 = 100_000;

/// What the trader has set. What is not given is as in [`Settings::default`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The server's address, such as `https://lab.example.org`.
    pub server: Option<String>,
    /// What this computer is called on the web.
    pub name: Label,
    /// The language of what people are told here.
    pub language: Language,
    /// The port on this computer at which Expert Advisors come in; 0 for any.
    pub port: u16,
    /// The zone of the broker's clock, where it is not what it seems to be.
    pub server_zone: Option<String>,
    /// Whether the broker's price history is uploaded, so that the Lab tests on it. What the broker
    /// says of the symbols that are traded always is.
    pub share_history: bool,
    /// Distance of the stop for emergencies, in percent of the price, for strategies that have none.
    pub emergency_stop: f64,
    /// What is done where a strategy stays out around news.
    pub news: News,
    /// The guard before every entry.
    pub limits: Limits,
    /// What the broker calls the symbols of strategies, where it calls them otherwise.
    pub symbols: BTreeMap<Symbol, Symbol>,
    /// What the Expert Advisor keeps to on its own.
    pub expert: Expert,
}

/// What the Expert Advisor keeps to on its own, whatever the executor says. Its own inputs are
/// ceilings of these.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expert {
    /// Lots of one order.
    pub max_volume: f64,
    /// Positions of Phoenix that are open at once.
    pub max_positions: u32,
    /// Loss since the server's midnight, in account money; without it there is no limit.
    pub max_daily_loss: Option<f64>,
    /// Whether it closes what is open when the executor is silent for too long. Otherwise stops and
    /// targets are left to work.
    pub close_when_silent: bool,
    /// How long that is, in seconds.
    pub silence: u32,
    /// The longest that it waits within a tick for what follows from a bar, in milliseconds. What
    /// comes later is carried out a little later.
    pub answer: u32,
}

/// What is done where a strategy stays out around news.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct News {
    /// Whether it enters where nobody knows what news there are.
    pub enters_without_calendar: bool,
    /// Whether the server is asked about an entry near to news, rather than not making it.
    pub supervised: bool,
    /// How long that may take, in milliseconds.
    pub answer: u32,
    /// Whether it enters where there is no answer by then.
    pub enters_without_answer: bool,
}

impl Default for News {
    fn default() -> Self {
        Self {
            enters_without_calendar: false,
            supervised: false,
            answer: 3_000,
            enters_without_answer: false,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            server: None,
            name: "Phoenix executor"
                .parse()
                .unwrap_or_else(|_| unreachable!("a short name is one")),
            language: Language::En,
            port: protocol::link::PORT,
            server_zone: None,
            share_history: false,
            emergency_stop: 20.0,
            news: News::default(),
            limits: Limits::default(),
            symbols: BTreeMap::new(),
            expert: Expert::default(),
        }
    }
}

impl Default for Expert {
    fn default() -> Self {
        Self {
            max_volume: 10.0,
            max_positions: 20,
            max_daily_loss: None,
            close_when_silent: false,
            silence: 60,
            answer: 50,
        }
    }
}

/// Why the settings are none.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFault {
    /// The file cannot be read.
    #[error("the settings cannot be read: {0}")]
    File(#[from] io::Error),
    /// It is far too long.
    #[error("the file of the settings is too long")]
    Long,
    /// It is not written as settings are.
    #[error("the settings are not understood: {0}")]
    Form(#[from] toml::de::Error),
    /// A value makes no sense.
    #[error("{}", .0.en)]
    Value(Text),
    /// The zone is not known.
    #[error("server_zone: {0}")]
    Zone(#[from] trading::zone::UnknownZone),
}

impl Settings {
    /// Those of a file; the usual ones where there is none.
    ///
    /// # Errors
    /// [`SettingsFault`]. Half a file of settings is none: a limit that is not understood must not
    /// be a limit that is not there.
    pub fn read(path: &Path) -> Result<Self, SettingsFault> {
        let settings: Self = match std::fs::metadata(path) {
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Self::default(),
            Err(fault) => return Err(fault.into()),
            Ok(about) if about.len() > LONGEST => return Err(SettingsFault::Long),
            Ok(_) => toml::from_str(&std::fs::read_to_string(path)?)?,
        };
        settings.check()?;
        Ok(settings)
    }

    /// The language that a file asks for, whatever else is wrong with it: what is wrong is to be
    /// told in it.
    pub fn language(path: &Path) -> Language {
        let mut text = String::new();
        if let Ok(file) = File::open(path) {
            // What cannot be read asks for nothing.
            let _ = file.take(LONGEST).read_to_string(&mut text);
        }
        let table: toml::Table = toml::from_str(&text).unwrap_or_default();
        let named = table.get("language").and_then(toml::Value::as_str);
        named.and_then(|name| name.parse().ok()).unwrap_or_default()
    }

    fn check(&self) -> Result<(), SettingsFault> {
        let good = |value: Option<f64>| value.is_none_or(|value| value.is_finite() && value > 0.0);
        let limits = &self.limits;
        let checks = [
            (
                self.emergency_stop.is_finite()
                    && self.emergency_stop > 0.0
                    && self.emergency_stop < 100.0,
                "emergency_stop is a percentage above 0 and below 100",
                "emergency_stop adalah persentase di atas 0 dan di bawah 100",
            ),
            (
                good(limits.max_volume),
                "limits.max_volume is above 0",
                "limits.max_volume harus di atas 0",
            ),
            (
                limits.max_positions != Some(0),
                "limits.max_positions is above 0",
                "limits.max_positions harus di atas 0",
            ),
            (
                good(limits.max_exposure),
                "limits.max_exposure is above 0",
                "limits.max_exposure harus di atas 0",
            ),
            (
                good(limits.max_daily_loss),
                "limits.max_daily_loss is above 0",
                "limits.max_daily_loss harus di atas 0",
            ),
            (
                good(limits.max_drawdown) && limits.max_drawdown.is_none_or(|most| most <= 100.0),
                "limits.max_drawdown is a percentage above 0",
                "limits.max_drawdown adalah persentase di atas 0",
            ),
            (
                good(limits.max_spread),
                "limits.max_spread is above 0",
                "limits.max_spread harus di atas 0",
            ),
            (
                good(Some(self.expert.max_volume)),
                "expert.max_volume is above 0",
                "expert.max_volume harus di atas 0",
            ),
            (
                self.expert.max_positions > 0,
                "expert.max_positions is above 0",
                "expert.max_positions harus di atas 0",
            ),
            (
                good(self.expert.max_daily_loss),
                "expert.max_daily_loss is above 0",
                "expert.max_daily_loss harus di atas 0",
            ),
            (
                (100..=9_000).contains(&self.news.answer),
                "news.answer is from 100 to 9000 milliseconds",
                "news.answer antara 100 dan 9000 milidetik",
            ),
            (
                (5..=86_400).contains(&self.expert.silence),
                "expert.silence is from 5 to 86400 seconds",
                "expert.silence antara 5 dan 86400 detik",
            ),
            (
                (1..=1_000).contains(&self.expert.answer),
                "expert.answer is from 1 to 1000 milliseconds",
                "expert.answer antara 1 dan 1000 milidetik",
            ),
        ];
        match checks.into_iter().find(|(is_good, ..)| !is_good) {
            Some((_, en, id)) => Err(SettingsFault::Value(Text { en, id })),
            None => Ok(()),
        }
    }

    /// What the service keeps to.
    ///
    /// # Errors
    /// When the zone is not known.
    pub fn rules(&self) -> Result<Rules, SettingsFault> {
        let zone = self.server_zone.as_deref().map(Zone::parse).transpose()?;
        Ok(Rules {
            limits: self.limits.clone(),
            emergency_stop: self.emergency_stop / 100.0,
            news: Manner {
                enters_without_calendar: self.news.enters_without_calendar,
                is_supervised: self.news.supervised,
                enters_without_answer: self.news.enters_without_answer,
            },
            server_zone: zone,
            symbols: self.symbols.clone(),
        })
    }

    /// What the Expert Advisor is told to keep to.
    pub fn guard(&self) -> Guard {
        let expert = &self.expert;
        Guard {
            max_volume: expert.max_volume,
            max_positions: expert.max_positions,
            max_daily_loss: expert.max_daily_loss.unwrap_or(0.0),
            dead_man: if expert.close_when_silent {
                DeadMan::CloseOurs
            } else {
                DeadMan::LeaveStops
            },
            dead_man_ms: expert.silence.saturating_mul(1_000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, SettingsFault> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        std::fs::write(&path, text).unwrap();
        Settings::read(&path)
    }

    #[test]
    fn without_a_file_the_usual_ones_hold() {
        let folder = tempfile::tempdir().unwrap();
        let none = Settings::read(&folder.path().join(FILE)).unwrap();
        assert_eq!(none, Settings::default());
        assert_eq!(read("").unwrap(), Settings::default());
    }

    #[test]
    fn what_is_set_reaches_those_who_keep_to_it() {
        let settings = read(
            r#"
            server = "https://lab.example.org"
            language = "id"
            server_zone = "America/New_York+7"
            share_history = true
            emergency_stop = 5
            [limits]
            max_daily_loss = 100
            [symbols]
            XAUUSD = "GOLD"
            [expert]
            max_volume = 0.5
            close_when_silent = true
            silence = 90
            "#,
        )
        .unwrap();
        assert!(settings.share_history);
        let rules = settings.rules().unwrap();
        assert_eq!(rules.limits.max_daily_loss, Some(100.0));
        assert!((rules.emergency_stop - 0.05).abs() < 1e-12);
        let gold = rules.symbols.get(&"XAUUSD".parse().unwrap()).unwrap();
        assert_eq!(gold.to_string(), "GOLD");
        let guard = settings.guard();
        assert_eq!((guard.max_volume, guard.dead_man_ms), (0.5, 90_000));
        assert_eq!(guard.dead_man, DeadMan::CloseOurs);
    }

    #[test]
    fn what_makes_no_sense_is_refused_whole() {
        for text in [
            "limit = 5",
            "[limits]\nmax_volumes = 1",
            "[limits]\nmax_volume = 0",
            "[limits]\nmax_volume = nan",
            "[limits]\nmax_drawdown = 101",
            "[limits]\nmax_positions = 0",
            "emergency_stop = 100",
            "emergency_stop = -1",
            "[expert]\nmax_volume = inf",
            "[expert]\nsilence = 1",
            "[expert]\nanswer = 0",
            "language = \"fr\"",
            "server",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(
            read("server_zone = \"Nowhere/City\"")
                .unwrap()
                .rules()
                .is_err()
        );
        assert!(read(&" ".repeat(200_000)).is_err());
    }
}
