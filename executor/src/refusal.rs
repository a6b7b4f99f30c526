//! Why the program does not begin, in the trader's language.

use crate::{alone::AloneFault, link::BindFault, settings::SettingsFault};
use std::{error::Error, path::PathBuf};
use trading::language::Language;

/// Neither a server nor a strategy is named; the file is where a server could be.
#[derive(Debug, thiserror::Error)]
#[error(
    "nothing is to trade: name the server with --server ADDRESS or in {}, or a strategy with \
     --strategy FILE",
    .0.display()
)]
pub struct NothingToTrade(pub PathBuf);

/// A line for people. What only somebody who helps them understands stays English.
pub fn say(fault: &anyhow::Error, language: Language) -> String {
    match language {
        Language::En => format!("{fault:#}"),
        Language::Id => indonesian(fault),
    }
}

fn indonesian(fault: &anyhow::Error) -> String {
    let mut around = String::new();
    for one in fault.chain() {
        if let Some(told) = known(one) {
            return format!("{around}{told}");
        }
        around.push_str(&format!("{one}: "));
    }
    format!("Phoenix tidak bisa dijalankan: {fault:#}")
}

/// Those that a trader may meet and can mend.
fn known(fault: &(dyn Error + 'static)) -> Option<String> {
    if let Some(AloneFault::Held(holder)) = fault.downcast_ref() {
        let process = holder.map(|id| format!(" (proses {id})"));
        return Some(format!(
            "Phoenix sudah berjalan{}",
            process.unwrap_or_default()
        ));
    }
    if let Some(NothingToTrade(file)) = fault.downcast_ref() {
        return Some(format!(
            "tidak ada strategi untuk dijalankan: isi alamat server lewat --server ALAMAT atau di \
             {}, atau strategi lewat --strategy BERKAS",
            file.display()
        ));
    }
    if let Some(BindFault::Taken(address)) = fault.downcast_ref() {
        return Some(format!(
            "{address} sudah dipakai program lain; mungkin executor lain masih berjalan"
        ));
    }
    fault.downcast_ref().map(of_settings)
}

fn of_settings(fault: &SettingsFault) -> String {
    match fault {
        SettingsFault::File(fault) => format!("pengaturan tidak bisa dibaca: {fault}"),
        SettingsFault::Long => "berkas pengaturan terlalu panjang".to_owned(),
        SettingsFault::Form(fault) => format!("pengaturan tidak bisa dipahami: {fault}"),
        SettingsFault::Value(text) => text.id.to_owned(),
        SettingsFault::Zone(fault) => format!("server_zone: {fault}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{NothingToTrade, say};
    use crate::{
        alone::AloneFault,
        link::BindFault,
        settings::{FILE, Settings},
    };
    use anyhow::{Context as _, Error};
    use trading::language::Language;

    fn both(fault: impl Into<Error>) -> [String; 2] {
        let fault = fault.into();
        Language::ALL.map(|language| say(&fault, language))
    }

    #[test]
    fn what_a_trader_can_mend_is_told_in_both_languages() {
        assert_eq!(
            both(Error::from(AloneFault::Held(Some(5))).context("here")),
            [
                "here: Phoenix is running already (process 5)",
                "here: Phoenix sudah berjalan (proses 5)"
            ]
        );
        let taken = BindFault::Taken(([127, 0, 0, 1], 5).into());
        for (fault, id) in [
            (
                Error::from(NothingToTrade("x.toml".into())),
                "isi alamat server",
            ),
            (taken.into(), "127.0.0.1:5 sudah dipakai"),
            (Error::msg("no disk"), "tidak bisa dijalankan: no disk"),
        ] {
            let [english, indonesian] = both(fault);
            assert!(indonesian.contains(id), "{indonesian}");
            assert_ne!(english, indonesian);
        }
    }

    #[test]
    fn faulty_settings_are_told_in_the_language_that_they_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let told = |text: &str| {
            std::fs::write(&path, text).unwrap();
            let fault = Settings::read(&path).context("executor.toml").unwrap_err();
            say(&fault, Settings::language(&path))
        };
        assert_eq!(
            told("emergency_stop = 0"),
            "executor.toml: emergency_stop is a percentage above 0 and below 100"
        );
        assert_eq!(
            told("language = \"id\"\nemergency_stop = 0"),
            "executor.toml: emergency_stop adalah persentase di atas 0 dan di bawah 100"
        );
        let unknown = told("language = \"id\"\nlimit = 5");
        assert!(
            unknown.starts_with("executor.toml: pengaturan tidak bisa dipahami: "),
            "{unknown}"
        );
    }
}
