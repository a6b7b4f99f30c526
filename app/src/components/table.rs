//! A table. Where it is wider than its place it scrolls there, by keyboard too, and the page does
//! not.

use leptos::prelude::*;

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// What is in it.
    pub name: Signal<String>,
    /// Whether numbers are in it: these stand right, below each other.
    pub numeric: bool,
}

/// A table; its children are its rows.
#[component]
pub fn Table(
    /// What it lists; read aloud, not shown.
    #[prop(into)]
    caption: Signal<String>,
    /// Its columns.
    columns: Vec<Column>,
    /// Its rows.
    children: Children,
) -> impl IntoView {
    let heads = columns
        .into_iter()
        .map(|column| {
            view! { <th scope="col" class:numeric=column.numeric>{column.name}</th> }
        })
        .collect_view();
    view! {
        <div class="table-place" role="group" aria-label=caption tabindex="0">
            <table class="table">
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
