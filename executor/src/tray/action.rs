//! What a choice in the menu comes to.

use super::{Choice, Desk, View};
use crate::drive::Wish;
use std::ffi::OsString;

/// What is done when something is chosen. Not to be printed: a link may have a token in it.
#[derive(PartialEq)]
pub enum Action {
    /// The program at work is to do this, once the trader has said yes where that is asked.
    Wish(Wish),
    /// Windows is to open this link or file.
    Open(OsString),
    /// The program is to begin with Windows, or no longer.
    TurnAutostart,
}

/// What a choice comes to now; nothing where it cannot be chosen.
pub fn action(choice: Choice, view: &View, desk: &Desk) -> Option<Action> {
    Some(match choice {
        Choice::Pause => Action::Wish(Wish::Pause(!view.is_paused)),
        Choice::StopAndClose => Action::Wish(Wish::StopAndClose),
        Choice::Quit => Action::Wish(Wish::Stop),
        Choice::Dashboard => {
            let server = desk.server.as_ref()?.trim_end_matches('/');
            Action::Open(format!("{server}/dashboard").into())
        }
        Choice::StatusPage => Action::Open(desk.page.as_str().into()),
        Choice::Pair => Action::Open(view.pair.as_ref()?.link.clone().into()),
        Choice::Update => Action::Open(view.newer.as_ref()?.page.clone().into()),
        Choice::Log => Action::Open(desk.log.path().into()),
        Choice::Autostart => Action::TurnAutostart,
    })
}

#[cfg(test)]
mod tests {
    use super::{Action, Choice, Desk, View, action};
    use crate::{
        drive::Wish,
        logbook::Logbook,
        page::{StatusPage, Token},
        status::Status,
        uplink::{Newer, pairing::Shown},
    };
    use std::path::Path;
    use tokio::sync::{mpsc, watch};
    use trading::{language::Language, time::Time};

    async fn desk(folder: &Path, server: Option<&str>) -> Desk {
        let (_, status) = watch::channel(Status::default());
        let (wishes, _) = mpsc::channel(1);
        let (token, language) = (Token::new().unwrap(), Language::En);
        let page = StatusPage::bind(
            token,
            String::new(),
            language,
            status.clone(),
            wishes.clone(),
        );
        Desk {
            status,
            wishes,
            language,
            server: server.map(str::to_owned),
            page: page.await.unwrap().link,
            log: Logbook::open(folder).unwrap(),
            command: String::new(),
        }
    }

    fn view() -> View {
        View::of(&Status::default())
    }

    /// What is opened.
    fn opened(choice: Choice, view: &View, desk: &Desk) -> Option<String> {
        match action(choice, view, desk)? {
            Action::Open(what) => Some(what.into_string().unwrap()),
            _ => panic!("{choice:?} opens nothing"),
        }
    }

    #[tokio::test]
    async fn choices_open_what_they_are_called() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path(), Some("https://lab.example.org/")).await;
        let link = "https://lab.example.org/pair?code=ABCD-EFGH";
        let pairing = View {
            pair: Some(Shown {
                code: "ABCD-EFGH".to_owned(),
                page: String::new(),
                link: link.to_owned(),
                expires_at: Time(0),
            }),
            newer: Some(Newer {
                version: "9.1.0".to_owned(),
                page: "https://lab.example.org/executors".to_owned(),
            }),
            ..view()
        };
        let log = folder.path().join("executor.log").display().to_string();
        let cases = [
            (
                Choice::Dashboard,
                "https://lab.example.org/dashboard".to_owned(),
            ),
            (Choice::StatusPage, desk.page.as_str().to_owned()),
            (Choice::Pair, link.to_owned()),
            (
                Choice::Update,
                "https://lab.example.org/executors".to_owned(),
            ),
            (Choice::Log, log),
        ];
        for (choice, wanted) in cases {
            assert_eq!(opened(choice, &pairing, &desk), Some(wanted), "{choice:?}");
        }
    }

    #[tokio::test]
    async fn the_status_page_opens_with_its_token_and_is_not_printed() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path(), None).await;
        let link = opened(Choice::StatusPage, &view(), &desk).unwrap();
        let (address, token) = link.split_once("/?token=").unwrap();
        assert!(address.starts_with("http://127.0.0.1:"), "{address}");
        assert!(!token.is_empty() && !format!("{desk:?}").contains(token));
    }

    #[tokio::test]
    async fn what_is_not_there_cannot_be_chosen() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path(), None).await;
        for choice in Choice::ALL {
            let is_missing = matches!(choice, Choice::Dashboard | Choice::Pair | Choice::Update);
            let is_none = action(choice, &view(), &desk).is_none();
            assert_eq!(is_none, is_missing, "{choice:?}");
        }
    }

    #[tokio::test]
    async fn wishes_are_those_of_the_moment() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path(), None).await;
        for is_paused in [false, true] {
            let view = View {
                is_paused,
                ..view()
            };
            let cases = [
                (Choice::Pause, Action::Wish(Wish::Pause(!is_paused))),
                (Choice::StopAndClose, Action::Wish(Wish::StopAndClose)),
                (Choice::Quit, Action::Wish(Wish::Stop)),
                (Choice::Autostart, Action::TurnAutostart),
            ];
            for (choice, wanted) in cases {
                assert!(action(choice, &view, &desk) == Some(wanted), "{choice:?}");
            }
        }
    }
}
