//! What can be downloaded, with what it weighs and hashes to.

use super::{DownloadLine, Program, part};
use crate::{
    Look,
    words::{amount, download as words},
};
use leptos::prelude::*;

/// The list; nothing where nothing is offered.
pub(super) fn downloads(look: &Look, files: &[DownloadLine]) -> Option<AnyView> {
    if files.is_empty() {
        return None;
    }
    let lines: Vec<_> = files.iter().map(|one| line(look, one)).collect();
    let list = view! {
        <p class="hint">{look.say(words::LEAD)}</p>
        <ul class="sessions">{lines}</ul>
    };
    let ids = ("downloads", "downloads-title");
    let title = words::TITLE;
    Some(part::section(look, ids, title, None, list.into_any()))
}

fn line(look: &Look, one: &DownloadLine) -> AnyView {
    let (name, hint) = match one.program {
        Program::Executor => (words::EXECUTOR, words::EXECUTOR_HINT),
        Program::Expert => (words::EXPERT, words::EXPERT_HINT),
    };
    // Exact enough: a file has far fewer bytes than a number has digits.
    let megabytes = amount::number(one.size as f64 / 1e6, 1, look.language);
    let facts = look.with(words::FACTS, &[&one.version, &megabytes]);
    view! {
        <li class="executor">
            <div class="executor-name">
                <h3>{look.say(name)}</h3>
                <a class="button" href=one.href.clone() download="">
                    {look.say(words::DOWNLOAD)}
                    <span class="unseen">": " {one.name.clone()}</span>
                </a>
            </div>
            <p>{look.say(hint)}</p>
            <dl class="facts">
                <div>
                    <dt>{look.say(words::FILE)}</dt>
                    <dd>{one.name.clone()} " · " {facts}</dd>
                </div>
                <div>
                    <dt>"SHA-256"</dt>
                    <dd>
                        <code>{one.hash.clone()}</code>
                    </dd>
                </div>
            </dl>
        </li>
    }
    .into_any()
}
