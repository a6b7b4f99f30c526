//! Every figure, with what it means.

use super::Shown;
use crate::components::hint::Hint;
use backtest::report::figure::{Figure, FigureGroup, FigureTone};
use leptos::prelude::*;

/// The class that colours a figure.
pub(super) const fn tone_class(tone: FigureTone) -> &'static str {
    match tone {
        FigureTone::Plain => "tone",
        FigureTone::Gain => "tone tone-gain",
        FigureTone::Loss => "tone tone-loss",
    }
}

/// All figures under their headings. They come in the language in which the test was asked.
#[component]
pub(super) fn Statistics(
    /// What is told.
    outcome: Shown,
) -> impl IntoView {
    let groups = move || {
        let outcome = outcome.get()?;
        let groups = outcome.figures.iter().enumerate();
        Some(groups.map(|(place, one)| group(place, one)).collect_view())
    };
    view! { <div class="figure-groups">{groups}</div> }.into_any()
}

fn group(place: usize, group: &FigureGroup) -> AnyView {
    let id = format!("figures-{place}");
    let labelled_by = id.clone();
    let rows = group
        .figures
        .iter()
        .enumerate()
        .map(|(row, one)| figure(format!("figure-{place}-{row}"), one))
        .collect_view();
    view! {
        <div class="figures" role="group" aria-labelledby=labelled_by>
            <h3 id=id>{group.name.clone()}</h3>
            <dl>{rows}</dl>
        </div>
    }
    .into_any()
}

fn figure(id: String, one: &Figure) -> AnyView {
    let detail = (!one.detail.is_empty())
        .then(|| view! { <span class="figure-detail">{one.detail.clone()}</span> });
    let (name, hint) = (one.name.clone(), one.hint.clone());
    view! {
        <div class="figure hint-place">
            <dt>
                <Hint id name=Signal::stored(name) text=Signal::stored(hint) />
            </dt>
            <dd>
                <span class=tone_class(one.tone)>{one.value.clone()}</span>
                {detail}
            </dd>
        </div>
    }
    .into_any()
}
