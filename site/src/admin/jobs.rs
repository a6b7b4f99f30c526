//! Background work: how much there is, and what failed.

use super::frame;
use crate::{
    Look,
    frame::Page,
    part::{
        alert, empty,
        form::{Form, Tone},
        table::{self, cell},
        when,
    },
    words::job as words,
};
use leptos::prelude::*;
use trading::time::Time;

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobLine {
    /// Names it in forms.
    pub id: String,
    /// What it is: `send_mail` and such.
    pub kind: String,
    /// What it is about; empty where there is nothing more to say.
    pub about: String,
    /// How often it was taken.
    pub attempts: u32,
    /// When it was put in.
    pub created_at: Time,
    /// When it is tried next.
    pub run_at: Time,
    /// Why it failed last.
    pub failure: String,
    /// Who took it last.
    pub worker: String,
}

/// What was done about a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retried {
    /// It waits again.
    Waits,
    /// It is not there, or did not fail.
    Gone,
}

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JobsPage {
    /// How many there are of each state: `waiting` and such.
    pub counts: Vec<(String, u64)>,
    /// Those that were given up, the latest first.
    pub given_up: Vec<JobLine>,
    /// Those that are tried again.
    pub failed: Vec<JobLine>,
    /// Those that somebody has.
    pub taken: Vec<JobLine>,
    /// Those that were done last.
    pub done: Vec<JobLine>,
    /// Whether who looks may have them tried again.
    pub may_retry: bool,
    /// What was just done.
    pub retried: Option<Retried>,
}

/// Shows background work.
pub fn jobs(look: &Look, page: &JobsPage) -> String {
    let said = page.retried.map(|retried| match retried {
        Retried::Waits => view! {
            <p class="notice notice-good" role="status">
                {look.say(words::RETRIED)}
            </p>
        }
        .into_any(),
        Retried::Gone => {
            alert::refused("jobs-refused", look.say(words::NOT_THERE).to_owned(), true)
        }
    });
    let failures = if page.given_up.is_empty() && page.failed.is_empty() {
        empty::empty(
            look.say(words::NO_FAILURES),
            look.say(words::NO_FAILURES_HINT),
        )
    } else {
        let given_up = section(
            look,
            words::GIVEN_UP_LIST,
            failures(look, &page.given_up, page.may_retry, false),
        );
        let failed = section(
            look,
            words::FAILED_LIST,
            failures(look, &page.failed, page.may_retry, true),
        );
        view! {
            {(!page.given_up.is_empty()).then_some(given_up)}
            {(!page.failed.is_empty()).then_some(failed)}
        }
        .into_any()
    };
    let content = view! {
        {said}
        <p class="hint">{look.say(words::LEAD)}</p>
        {counts(look, &page.counts)}
        {failures}
        {(!page.taken.is_empty()).then(|| section(look, words::TAKEN_LIST, plain(look, words::TAKEN_LIST, &page.taken)))}
        {(!page.done.is_empty()).then(|| section(look, words::DONE_LIST, plain(look, words::DONE_LIST, &page.done)))}
    };
    let head = Page::new(look.say(words::JOBS)).refused(page.retried == Some(Retried::Gone));
    frame::page(look, head, "/admin/jobs", content)
}

fn section(look: &Look, title: crate::words::Text, content: AnyView) -> AnyView {
    view! {
        <section class="jobs-part">
            <h2>{look.say(title)}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn counts(look: &Look, counts: &[(String, u64)]) -> AnyView {
    let parts: Vec<_> = counts
        .iter()
        .map(|(state, count)| {
            view! {
                <div>
                    <dt>{words::state(state, look.language)}</dt>
                    <dd>{count.to_string()}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <dl class="counts" aria-label=look.say(words::COUNTS)>
            {parts}
        </dl>
    }
    .into_any()
}

fn name(look: &Look, job: &JobLine) -> AnyView {
    let about = (!job.about.is_empty())
        .then(|| view! { <p class="hint breakable">{job.about.clone()}</p> });
    view! {
        <span>{words::kind(&job.kind, look.language)}</span>
        {about}
    }
    .into_any()
}

fn failures(look: &Look, jobs: &[JobLine], may_retry: bool, has_next: bool) -> AnyView {
    let mut columns = vec![
        look.say(words::JOB),
        look.say(words::PUT_IN),
        look.say(words::ATTEMPTS),
        look.say(words::FAILURE),
    ];
    if has_next {
        columns.push(look.say(words::NEXT));
    }
    if may_retry {
        columns.push(look.say(words::DEED));
    }
    let rows = jobs
        .iter()
        .map(|job| {
            let mut values = vec![
                name(look, job),
                when::when(job.created_at),
                view! { <span>{job.attempts.to_string()}</span> }.into_any(),
                view! { <span class="breakable">{job.failure.clone()}</span> }.into_any(),
            ];
            if has_next {
                values.push(when::when(job.run_at));
            }
            if may_retry {
                let kind = words::kind(&job.kind, look.language);
                let which = look.with(words::WHICH, &[&kind, &job.id]);
                let form = Form::new("/admin/jobs/retry").hidden("id", &job.id);
                values.push(form.send_which(look.say(words::RETRY), which, Tone::Plain));
            }
            let cells = columns.iter().zip(values);
            table::row(cells.map(|(column, value)| cell(column, value)).collect())
        })
        .collect();
    let caption = if has_next {
        words::FAILED_LIST
    } else {
        words::GIVEN_UP_LIST
    };
    table::table(look.say(caption), &columns, rows)
}

fn plain(look: &Look, caption: crate::words::Text, jobs: &[JobLine]) -> AnyView {
    let columns =
        [words::JOB, words::PUT_IN, words::ATTEMPTS, words::WORKER].map(|name| look.say(name));
    let [job, put_in, attempts, worker] = columns;
    let rows = jobs
        .iter()
        .map(|one| {
            table::row(vec![
                cell(job, name(look, one)),
                cell(put_in, when::when(one.created_at)),
                cell(attempts, view! { <span>{one.attempts.to_string()}</span> }),
                table::text(worker, &one.worker),
            ])
        })
        .collect();
    table::table(look.say(caption), &columns, rows)
}
