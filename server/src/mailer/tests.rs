//! Against a mail server that refuses.

use super::{Delivery, NAME, Post, Smtp};
use crate::clock::now;
use billing::outside::{BreakerState, CallError, Repeat};
use fake_smtp::Smtp as FakeSmtp;
use futures_util::future::{Either, select};
use protocol::id::MailId;
use std::{future::ready, time::Duration};
use storage::{Mail, MailState, NewMail, Storage};
use trading::time::{MINUTE, Time};

#[allow(dead_code, reason = "only tests of the program wait for its gate")]
#[path = "../../tests/fake/smtp.rs"]
mod fake_smtp;

struct Scene {
    _folder: tempfile::TempDir,
    storage: Storage,
    server: FakeSmtp,
    post: Post,
}

impl Scene {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let storage = storage::open(folder.path()).await.unwrap();
        let server = FakeSmtp::start();
        server.shut(false);
        let url = format!("smtp://me:secret@{}", server.address);
        let post = Post {
            smtp: Some(url.parse().unwrap()),
            from: "Phoenix <phoenix@example.com>".parse().unwrap(),
        };
        Self {
            _folder: folder,
            storage,
            server,
            post,
        }
    }

    fn smtp(&self) -> &Smtp {
        self.post.smtp.as_ref().unwrap()
    }

    async fn mail(&self) -> MailId {
        let mail = NewMail {
            account: None,
            recipient: "budi@example.com".to_owned(),
            subject: "Halo".to_owned(),
            body: "Halo,\n".to_owned(),
        };
        self.storage.mails.queue(&mail, Time(1)).await.unwrap()
    }

    async fn deliver(&self, id: MailId) -> Delivery {
        self.post.deliver(&self.storage, id).await.unwrap()
    }

    async fn kept(&self, id: MailId) -> Mail {
        let all = self.storage.mails.list(100).await.unwrap();
        all.into_iter().find(|mail| mail.id == id).unwrap()
    }
}

#[tokio::test]
async fn who_lets_nobody_in_costs_no_mail_a_try() {
    for (command, answer) in [
        ("AUTH", "535 5.7.8 wrong name or password"),
        ("", "554 no service here"),
    ] {
        let scene = Scene::open().await;
        scene.server.refuse(command, answer);
        for _ in 0..5 {
            assert_eq!(scene.smtp().way.state(), BreakerState::Closed);
            let id = scene.mail().await;
            let delivery = scene.deliver(id).await;
            let Delivery::Later(at, why) = delivery else {
                panic!("{delivery:?}");
            };
            assert!(why.contains(&answer[..3]), "{why}");
            let pause = at.0 - now().0;
            assert!(pause <= MINUTE * 3 / 2, "{pause}");
            let kept = scene.kept(id).await;
            assert_eq!((kept.state, kept.attempts), (MailState::Queued, 0));
        }
        // It is the server's fault: it is left alone.
        assert_eq!(scene.smtp().way.state(), BreakerState::Open);
    }
}

#[tokio::test]
async fn a_recipient_who_is_refused_is_not_tried_again() {
    let scene = Scene::open().await;
    scene.server.refuse("RCPT", "550 5.1.1 no such user");
    for _ in 0..6 {
        let id = scene.mail().await;
        let delivery = scene.deliver(id).await;
        assert!(matches!(delivery, Delivery::Never(_)), "{delivery:?}");
        let kept = scene.kept(id).await;
        assert_eq!((kept.state, kept.attempts), (MailState::Failed, 1));
        assert!(kept.failure.contains("550"), "{}", kept.failure);
    }
    // Its server works.
    assert_eq!(scene.smtp().way.state(), BreakerState::Closed);
}

#[tokio::test]
async fn a_mail_that_is_refused_is_tried_again_and_costs_a_try() {
    let scene = Scene::open().await;
    for answer in ["451 greylisted", "554 5.7.1 looks odd"] {
        scene.server.refuse("RCPT", answer);
        let id = scene.mail().await;
        let delivery = scene.deliver(id).await;
        assert!(matches!(delivery, Delivery::Later(..)), "{delivery:?}");
        let kept = scene.kept(id).await;
        assert_eq!((kept.state, kept.attempts), (MailState::Queued, 1));
        assert_eq!(scene.smtp().way.state(), BreakerState::Closed);
    }
}

#[tokio::test]
async fn who_waits_while_another_tries_the_server_keeps_the_try() {
    let scene = Scene::open().await;
    let (first, second) = (scene.mail().await, scene.mail().await);
    for _ in 0..5 {
        let failed = || ready(Err::<(), _>(CallError::Unreachable(NAME)));
        scene
            .smtp()
            .way
            .call(Repeat::Never, failed)
            .await
            .unwrap_err();
    }
    assert_eq!(scene.smtp().way.state(), BreakerState::Open);
    tokio::time::pause();
    tokio::time::advance(super::REST + Duration::from_secs(1)).await;
    tokio::time::resume();
    assert_eq!(scene.smtp().way.state(), BreakerState::HalfOpen);
    // Both saw that it may be tried, and one of them tries.
    scene.server.shut(true);
    let one = Box::pin(scene.deliver(first));
    let two = Box::pin(scene.deliver(second));
    let (refused, other) = match select(one, two).await {
        Either::Left((refused, other)) | Either::Right((refused, other)) => (refused, other),
    };
    assert!(matches!(refused, Delivery::Later(..)), "{refused:?}");
    scene.server.shut(false);
    let sent = other.await;
    assert!(matches!(sent, Delivery::Over), "{sent:?}");
    let (first, second) = (scene.kept(first).await, scene.kept(second).await);
    let mut both = [first, second].map(|mail| (mail.attempts, mail.state));
    both.sort_by_key(|(attempts, _)| *attempts);
    assert_eq!(both, [(0, MailState::Queued), (1, MailState::Sent)]);
}
