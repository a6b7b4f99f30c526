//! A table. Where it is wider than its place it scrolls there, by keyboard too; on a phone its rows
//! become cards, in which each value has the name of its column before it.

use leptos::prelude::*;

/// A table of named columns.
pub(crate) fn table(
    caption: &'static str,
    columns: &[&'static str],
    rows: Vec<AnyView>,
) -> AnyView {
    let heads: Vec<_> = columns
        .iter()
        .map(|name| view! { <th scope="col">{*name}</th> })
        .collect();
    view! {
        <div class="table-place" role="group" aria-label=caption tabindex="0">
            <table class="table ledger">
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A value below the name of its column.
pub(crate) fn cell(column: &'static str, value: impl IntoView + 'static) -> AnyView {
    view! {
        <td data-label=column>
            <div>{value.into_any()}</div>
        </td>
    }
    .into_any()
}

/// The same of a text, which may be long. Where there is none, a card has no line for it.
pub(crate) fn text(column: &'static str, text: &str) -> AnyView {
    if text.is_empty() {
        return view! { <td></td> }.into_any();
    }
    cell(
        column,
        view! { <span class="breakable">{text.to_owned()}</span> },
    )
}

/// A row of such.
pub(crate) fn row(cells: Vec<AnyView>) -> AnyView {
    view! { <tr>{cells}</tr> }.into_any()
}
