//! What has just been done on the pages of notifications and of operators, said on the page that
//! comes after it.

use crate::{
    Look,
    words::{Text, text},
};
use leptos::prelude::*;

/// What has just been done. It goes to the next page by name, as `?done=NAME`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Something was changed.
    Saved,
    /// Something was removed.
    Removed,
    /// A test is on its way.
    TestSent,
    /// A chat is no longer connected.
    Disconnected,
    /// A webhook gets something again.
    Resumed,
    /// All notifications were read.
    AllRead,
    /// A payment provider was asked.
    Asked,
    /// A payment provider could not be asked.
    NotAsked,
    /// An announcement was made.
    Announced,
    /// An announcement was taken back.
    Withdrawn,
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Saved,
        Self::Removed,
        Self::TestSent,
        Self::Disconnected,
        Self::Resumed,
        Self::AllRead,
        Self::Asked,
        Self::NotAsked,
        Self::Announced,
        Self::Withdrawn,
    ];

    /// Its name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Removed => "removed",
            Self::TestSent => "test-sent",
            Self::Disconnected => "disconnected",
            Self::Resumed => "resumed",
            Self::AllRead => "all-read",
            Self::Asked => "asked",
            Self::NotAsked => "not-asked",
            Self::Announced => "announced",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The one of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.name() == name)
    }

    const fn say(self) -> Text {
        match self {
            Self::Saved => text("Saved.", "Tersimpan."),
            Self::Removed => text("Removed.", "Dihapus."),
            Self::TestSent => text(
                "The test is on its way. It arrives within some seconds.",
                "Percobaan sedang dikirim dan tiba dalam beberapa detik.",
            ),
            Self::Disconnected => text("Telegram is disconnected.", "Telegram sudah diputuskan."),
            Self::Resumed => text("The webhook is on again.", "Webhook sudah aktif lagi."),
            Self::AllRead => text("All are marked as read.", "Semua ditandai sudah dibaca."),
            Self::Asked => text(
                "The provider was asked. What it said stands below.",
                "Penyedia sudah ditanya. Jawabannya tercantum di bawah.",
            ),
            Self::NotAsked => text(
                "The provider could not be asked. Nothing was changed; try again later.",
                "Penyedia tidak dapat ditanya. Tidak ada yang berubah; coba lagi nanti.",
            ),
            Self::Announced => text("The announcement is made.", "Pengumuman sudah dibuat."),
            Self::Withdrawn => text(
                "The announcement is withdrawn. Nobody sees it any more.",
                "Pengumuman sudah ditarik. Tidak ada yang melihatnya lagi.",
            ),
        }
    }
}

/// What has just been done.
pub(crate) fn done(look: &Look, deed: Option<Deed>) -> Option<AnyView> {
    let deed = deed?;
    let class = match deed {
        Deed::NotAsked => "notice notice-bad",
        _ => "notice notice-good",
    };
    let view = view! {
        <p class=class role="status">
            {look.say(deed.say())}
        </p>
    };
    Some(view.into_any())
}

#[cfg(test)]
mod tests {
    use super::Deed;

    #[test]
    fn names_read_back() {
        for deed in Deed::ALL {
            assert_eq!(Deed::of(deed.name()), Some(deed));
        }
        assert_eq!(Deed::of("else"), None);
    }
}
