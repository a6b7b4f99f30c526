//! Messages that come and go. Success is quiet and leaves by itself; what went wrong stays until
//! it is closed.

use crate::words::{Say, shell};
use leptos::prelude::*;
use std::time::Duration;

/// How long good news stays.
const STAY: Duration = Duration::from_secs(5);

/// What kind of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// It was done.
    Good,
    /// It was not.
    Bad,
}

#[derive(Debug, Clone)]
struct Toast {
    id: u32,
    news: News,
    text: String,
}

/// Where messages are put. A context everywhere in the app.
#[derive(Debug, Clone, Copy)]
pub struct Toaster {
    toasts: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
}

impl Toaster {
    /// The one of this page.
    pub fn here() -> Self {
        expect_context()
    }

    /// Shows a message.
    pub fn show(self, news: News, text: String) {
        self.last.update_value(|last| *last = last.wrapping_add(1));
        let id = self.last.get_value();
        self.toasts
            .update(|toasts| toasts.push(Toast { id, news, text }));
        if news == News::Good {
            set_timeout(move || self.close(id), STAY);
        }
    }

    fn close(self, id: u32) {
        self.toasts
            .update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

/// Makes messages possible below, and shows them.
#[component]
pub fn Toasts(
    /// Everything that may show messages.
    children: Children,
) -> impl IntoView {
    let toaster = Toaster {
        toasts: RwSignal::new(Vec::new()),
        last: StoredValue::new(0),
    };
    provide_context(toaster);
    let say = Say::here();
    let one = move |toast: Toast| {
        let is_bad = toast.news == News::Bad;
        view! {
            <li class="toast" class:toast-bad=is_bad>
                <p>{toast.text}</p>
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| toaster.close(toast.id)
                >
                    {say.say(shell::CLOSE)}
                </button>
            </li>
        }
    };
    view! {
        {children()}
        <section class="toasts" aria-label=say.say(shell::MESSAGES) aria-live="polite">
            <ul>
                <For each=move || toaster.toasts.get() key=|toast| toast.id children=one />
            </ul>
        </section>
    }
}
