//! The words of the tray, in both languages.

use super::{Choice, Standing, View};
use trading::language::Language;

/// The most characters that Windows shows beside an icon.
const MOST: usize = 127;

/// How everything stands, in a line.
pub fn headline(view: &View, language: Language) -> String {
    match language {
        Language::En => english(view),
        Language::Id => indonesian(view),
    }
}

/// The same beside the icon, where there is little room.
pub fn tooltip(view: &View, language: Language) -> String {
    let line = format!("Phoenix: {}", headline(view, language));
    if line.chars().count() <= MOST {
        return line;
    }
    line.chars().take(MOST - 1).chain(['…']).collect()
}

fn english(view: &View) -> String {
    match &view.standing {
        Standing::Pair(code) => format!("approve this computer with the code {code}"),
        Standing::NoKey => "not connected with your account".to_owned(),
        Standing::NoTerminal => "MetaTrader is not connected".to_owned(),
        Standing::NoBroker => "MetaTrader has no connection to the broker".to_owned(),
        Standing::Forbidden => "MetaTrader does not allow algo trading".to_owned(),
        Standing::Failed(name) => format!("{name} cannot trade, see the log"),
        Standing::Offline => "the server does not answer; trading goes on".to_owned(),
        Standing::Clock => "this computer's clock is wrong: nothing is entered".to_owned(),
        Standing::Nothing => "no active strategy".to_owned(),
        Standing::Waiting => "waiting for price history".to_owned(),
        Standing::Paused => format!("paused, {}", positions(view.positions)),
        Standing::HeldBack => format!("nothing may be opened, {}", positions(view.positions)),
        Standing::Trading => {
            let many = if view.trading == 1 { "y" } else { "ies" };
            format!(
                "{} strateg{many} trading, {}",
                view.trading,
                positions(view.positions)
            )
        }
    }
}

fn positions(count: usize) -> String {
    match count {
        0 => "nothing open".to_owned(),
        1 => "1 position open".to_owned(),
        count => format!("{count} positions open"),
    }
}

fn indonesian(view: &View) -> String {
    match &view.standing {
        Standing::Pair(code) => format!("setujui komputer ini dengan kode {code}"),
        Standing::NoKey => "belum terhubung dengan akun Anda".to_owned(),
        Standing::NoTerminal => "MetaTrader belum tersambung".to_owned(),
        Standing::NoBroker => "MetaTrader tidak tersambung ke broker".to_owned(),
        Standing::Forbidden => "MetaTrader tidak mengizinkan algo trading".to_owned(),
        Standing::Failed(name) => format!("{name} tidak bisa berjalan, lihat log"),
        Standing::Offline => "server tidak menjawab; trading berjalan terus".to_owned(),
        Standing::Clock => "jam komputer ini salah: tidak ada posisi baru".to_owned(),
        Standing::Nothing => "tidak ada strategi aktif".to_owned(),
        Standing::Waiting => "menunggu riwayat harga".to_owned(),
        Standing::Paused => format!("dijeda, {}", posisi(view.positions)),
        Standing::HeldBack => format!("tidak boleh membuka posisi, {}", posisi(view.positions)),
        Standing::Trading => {
            format!(
                "{} strategi berjalan, {}",
                view.trading,
                posisi(view.positions)
            )
        }
    }
}

fn posisi(count: usize) -> String {
    match count {
        0 => "tidak ada posisi".to_owned(),
        count => format!("{count} posisi terbuka"),
    }
}

/// What a choice is called now.
pub fn label(choice: Choice, view: &View, language: Language) -> String {
    let text = match (choice, language) {
        (Choice::Pause, Language::En) if view.is_paused => "Resume",
        (Choice::Pause, Language::Id) if view.is_paused => "Lanjutkan",
        (Choice::Pause, Language::En) => "Pause",
        (Choice::Pause, Language::Id) => "Jeda",
        (Choice::StopAndClose, Language::En) => "Stop and close all…",
        (Choice::StopAndClose, Language::Id) => "Berhenti dan tutup semua…",
        (Choice::Dashboard, Language::En) => "Open dashboard",
        (Choice::Dashboard, Language::Id) => "Buka dasbor",
        (Choice::StatusPage, Language::En) => "Open status page",
        (Choice::StatusPage, Language::Id) => "Buka halaman status",
        (Choice::Pair, language) => return pair(view, language),
        (Choice::Update, language) => return update(view, language),
        (Choice::Log, Language::En) => "Open log",
        (Choice::Log, Language::Id) => "Buka log",
        (Choice::Autostart, Language::En) => "Start with Windows",
        (Choice::Autostart, Language::Id) => "Mulai bersama Windows",
        (Choice::Quit, Language::En) => "Quit…",
        (Choice::Quit, Language::Id) => "Keluar…",
    };
    text.to_owned()
}

fn update(view: &View, language: Language) -> String {
    match (&view.newer, language) {
        (Some(newer), Language::En) => format!("Download version {}", newer.version),
        (Some(newer), Language::Id) => format!("Unduh versi {}", newer.version),
        (None, Language::En) => format!("Version {}", env!("CARGO_PKG_VERSION")),
        (None, Language::Id) => format!("Versi {}", env!("CARGO_PKG_VERSION")),
    }
}

fn pair(view: &View, language: Language) -> String {
    match (&view.pair, language) {
        (Some(shown), Language::En) => format!("Approve this computer ({})", shown.code),
        (Some(shown), Language::Id) => format!("Setujui komputer ini ({})", shown.code),
        (None, Language::En) => "Approve this computer".to_owned(),
        (None, Language::Id) => "Setujui komputer ini".to_owned(),
    }
}

/// What is asked before a choice is carried out; nothing of those that do no harm.
pub fn question(choice: Choice, view: &View, language: Language) -> Option<String> {
    let count = view.positions;
    Some(match (choice, language) {
        (Choice::StopAndClose, Language::En) => format!(
            "No strategy opens anything any more, and all that Phoenix has open is closed at the \
             market now ({}). Do that?",
            positions(count)
        ),
        (Choice::StopAndClose, Language::Id) => format!(
            "Semua strategi berhenti membuka posisi, dan semua posisi Phoenix langsung ditutup di \
             harga pasar ({}). Lanjutkan?",
            posisi(count)
        ),
        (Choice::Quit, Language::En) if count == 0 => {
            "Without Phoenix no strategy trades. Phoenix has nothing open. Quit?".to_owned()
        }
        (Choice::Quit, Language::Id) if count == 0 => {
            "Tanpa Phoenix tidak ada strategi yang berjalan. Phoenix tidak punya posisi terbuka. \
             Keluar?"
                .to_owned()
        }
        (Choice::Quit, Language::En) => format!(
            "Without Phoenix no strategy trades. It stays as it is: {}. Stops and targets work at \
             the broker; nobody moves them, and no exit rule closes anything, until Phoenix runs \
             again. Quit?",
            positions(count)
        ),
        (Choice::Quit, Language::Id) => format!(
            "Tanpa Phoenix tidak ada strategi yang berjalan. {} tetap dibiarkan. Stop loss dan \
             take profit bekerja di broker; tidak ada yang menggesernya, dan aturan keluar tidak \
             menutup apa pun, sampai Phoenix berjalan lagi. Keluar?",
            posisi(count)
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Choice, MOST, Standing, View, headline, label, question, tooltip};
    use crate::{
        status::Glance,
        uplink::{Newer, pairing::Shown},
    };
    use trading::{language::Language, time::Time};

    fn view(standing: Standing) -> View {
        View {
            glance: Glance::Trading,
            standing,
            trading: 1,
            positions: 2,
            is_paused: false,
            pair: None,
            newer: None,
        }
    }

    #[test]
    fn a_line_says_how_everything_stands() {
        let mut shown = view(Standing::Trading);
        let line = |view: &View| Language::ALL.map(|language| headline(view, language));
        assert_eq!(
            line(&shown),
            [
                "1 strategy trading, 2 positions open",
                "1 strategi berjalan, 2 posisi terbuka"
            ]
        );
        (shown.trading, shown.positions) = (2, 1);
        assert_eq!(line(&shown)[0], "2 strategies trading, 1 position open");
        shown.positions = 0;
        shown.standing = Standing::Paused;
        assert_eq!(
            line(&shown),
            ["paused, nothing open", "dijeda, tidak ada posisi"]
        );
    }

    #[test]
    fn what_windows_shows_has_an_end() {
        let long = view(Standing::Failed("é".repeat(500)));
        for language in Language::ALL {
            let text = tooltip(&long, language);
            assert_eq!(text.chars().count(), MOST);
            assert!(text.ends_with('…'), "{text}");
        }
    }

    #[test]
    fn what_does_harm_is_asked_first_and_what_stays_is_said() {
        let shown = view(Standing::Trading);
        for language in Language::ALL {
            for choice in Choice::ALL {
                let asked = question(choice, &shown, language);
                let does_harm = matches!(choice, Choice::StopAndClose | Choice::Quit);
                assert_eq!(asked.is_some(), does_harm, "{choice:?}");
                assert!(asked.is_none_or(|asked| asked.contains('2')), "{choice:?}");
            }
        }
    }

    #[test]
    fn choices_are_called_by_what_they_would_do() {
        let mut shown = view(Standing::Paused);
        let names = |choice, view: &View| Language::ALL.map(|to| label(choice, view, to));
        assert_eq!(names(Choice::Pause, &shown), ["Pause", "Jeda"]);
        shown.is_paused = true;
        assert_eq!(names(Choice::Pause, &shown), ["Resume", "Lanjutkan"]);
        shown.pair = Some(Shown {
            code: "ABCD-EFGH".to_owned(),
            page: String::new(),
            link: String::new(),
            expires_at: Time(0),
        });
        assert_eq!(
            names(Choice::Update, &shown),
            ["Version 0.1.0", "Versi 0.1.0"]
        );
        shown.newer = Some(Newer {
            version: "9.1.0".to_owned(),
            page: String::new(),
        });
        assert_eq!(
            names(Choice::Update, &shown),
            ["Download version 9.1.0", "Unduh versi 9.1.0"]
        );
        for name in names(Choice::Pair, &shown) {
            assert!(name.contains("ABCD-EFGH"), "{name}");
        }
    }
}
