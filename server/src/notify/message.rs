//! What is said of a notification, by whichever way.

use serde_json::json;
use site::notification::{Shown, Words};
use storage::{Delivery, NewMail, Notification};

/// What pages show of one.
pub(crate) fn shown(one: &Notification) -> Shown {
    Shown {
        id: one.id.to_string(),
        kind: one.matter.kind.name().to_owned(),
        subject: one.matter.subject.clone(),
        detail: one.matter.detail.clone(),
        since: one.matter.since,
        created_at: one.created_at,
        is_read: one.read_at.is_some(),
    }
}

fn words(delivery: &Delivery) -> Words {
    shown(&delivery.notification).words(delivery.language)
}

/// As a mail.
pub(super) fn mail(delivery: &Delivery, origin: &str) -> NewMail {
    let words = words(delivery);
    let settings = site::notification::mail_footer(delivery.language);
    NewMail {
        account: Some(delivery.account),
        recipient: delivery.email.as_str().to_owned(),
        subject: one_line(&words.title),
        body: format!(
            "{}\n\n{origin}{}\n\n-- \n{settings}\n{origin}/notifications/settings\n",
            words.text, words.href
        ),
    }
}

/// As a message of our bot.
pub(super) fn telegram(delivery: &Delivery, origin: &str) -> String {
    let words = words(delivery);
    format!(
        "{}\n\n{}\n\n{origin}{}",
        words.title, words.text, words.href
    )
}

/// As the body of a call.
pub(super) fn webhook(delivery: &Delivery, origin: &str) -> String {
    let words = words(delivery);
    let one = &delivery.notification;
    json!({
        "type": one.matter.kind.name(),
        "id": one.id,
        "created_at": one.created_at,
        "data": {
            "subject": one.matter.subject,
            "detail": one.matter.detail,
            "about": one.matter.about,
            "since": one.matter.since,
            "title": words.title,
            "text": words.text,
            "url": format!("{origin}{}", words.href),
        },
    })
    .to_string()
}

/// What others may have written is in it.
fn one_line(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(200)
        .collect();
    line
}
