//! What our bot hears: codes of traders who connect, and that somebody wants no more. Telegram
//! gives its news to one process at a time, so a row says which.

use super::{
    Notifier, NotifyError,
    telegram::{Telegram, Update},
};
use identity::Token;
use trading::{
    language::Language,
    time::{MINUTE, Time},
};
use uuid::Uuid;

/// How long a process listens before another may: longer than any question is held.
const HELD: i64 = 2 * MINUTE;
/// How much of a name is kept.
const LONGEST_NAME: usize = 64;

/// What came of listening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// Somebody else listens.
    Another,
    /// So many news.
    News(usize),
}

impl Notifier {
    /// Asks for news once, if nobody else does, and attends to them.
    pub(super) async fn listen(&self, holder: Uuid, at: Time) -> Result<Heard, NotifyError> {
        let telegram = self.0.telegram.as_ref().ok_or(NotifyError::NoTelegram)?;
        let telegrams = &self.0.storage.telegrams;
        let until = Time(at.0 + HELD);
        let Some(from) = telegrams.listen(telegram.bot(), holder, at, until).await? else {
            return Ok(Heard::Another);
        };
        let news = telegram.news(from).await?;
        for update in &news {
            self.attend(telegram, update, at).await?;
            let next = update.update_id.saturating_add(1);
            telegrams.heard(telegram.bot(), holder, next).await?;
        }
        Ok(Heard::News(news.len()))
    }

    async fn attend(
        &self,
        telegram: &Telegram,
        update: &Update,
        at: Time,
    ) -> Result<(), NotifyError> {
        let Some(message) = &update.message else {
            return Ok(());
        };
        // In a group everybody would read what is told.
        if message.chat.kind != "private" {
            return Ok(());
        }
        let telegrams = &self.0.storage.telegrams;
        let chat = message.chat.id;
        let text = message.text.trim();
        let answer = if text == "/stop" {
            for account in telegrams.leave(chat).await? {
                tracing::info!(%account, "a Telegram chat was disconnected by its user");
            }
            LEFT
        } else if let Some(code) = text.strip_prefix("/start ") {
            let name = message
                .chat
                .username
                .as_ref()
                .map(|name| format!("@{name}"));
            let name = name.or_else(|| message.chat.first_name.clone());
            let name: String = name
                .unwrap_or_default()
                .chars()
                .filter(|letter| !letter.is_control())
                .take(LONGEST_NAME)
                .collect();
            let account = match code.trim().parse::<Token>() {
                Ok(code) => telegrams.connect(&code.hash(), chat, &name, at).await?,
                Err(_) => None,
            };
            match account {
                Some(account) => {
                    let desk = &self.0.desk;
                    desk.note_machine(account, "telegram-connected", &name, "")
                        .await;
                    // The code is used: whatever fails from here on, this news must not come again.
                    match self.0.storage.accounts.load(account).await {
                        Ok(account) if account.language == Language::Id => CONNECTED.1,
                        Ok(_) => CONNECTED.0,
                        Err(error) => {
                            tracing::warn!(%error, "whose chat was connected cannot be read");
                            CONNECTED.0
                        }
                    }
                }
                None => NO_CODE,
            }
        } else {
            HELP
        };
        // Whoever does not get the answer sees on our page what is so.
        if let Err(error) = telegram.say(chat, answer).await {
            tracing::warn!(%error, "the bot could not answer");
        }
        Ok(())
    }
}

const CONNECTED: (&str, &str) = (
    "Connected. Phoenix will tell you here what you chose under Notifications. /stop ends it.",
    "Terhubung. Phoenix akan memberi tahu Anda di sini sesuai pilihan di halaman Notifikasi. Kirim \
     /stop untuk berhenti.",
);
// Who says these is not known, nor in which language they read.
const LEFT: &str = "Disconnected. Nothing more comes here.\n\nTerputus. Tidak ada lagi yang dikirim \
                    ke sini.";
const NO_CODE: &str = "This code is used or too old. Ask for a new one in Phoenix, under \
                       Notifications.\n\nKode ini sudah dipakai atau kedaluwarsa. Minta kode baru \
                       di Phoenix, halaman Notifikasi.";
const HELP: &str = "To connect, open the link in Phoenix, under Notifications.\n\nUntuk \
                    menghubungkan, buka tautan di Phoenix, halaman Notifikasi.";
