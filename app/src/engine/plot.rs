//! What a chart can draw of a plan: every output of an indicator that the rules read.

use super::message::Plot;
use trading::{
    bar::Bars,
    few,
    indicator::Placement,
    language::Language,
    strategy::{
        evaluate::tabulate,
        plan::{Column, IndicatorNode, Plan},
    },
};

/// The plots of a plan with these parameter values, those of one indicator next to each other.
pub(super) fn plots(plan: &Plan, values: &[f64], bars: &Bars, language: Language) -> Vec<Plot> {
    let mut columns = tabulate(plan, values, bars);
    let mut plots: Vec<(usize, usize, Plot)> = Vec::new();
    for (column, values_of_bars) in plan.columns.iter().zip(&mut columns) {
        let Column::Output {
            indicator,
            output,
            lag: 0,
        } = *column
        else {
            continue;
        };
        let node = &plan.indicators[indicator];
        let definition = node.settings.definition();
        plots.push((
            indicator,
            output,
            Plot {
                indicator: name(plan, node, values, language),
                output: language.text(definition.outputs[output].label).to_owned(),
                is_overlay: definition.placement == Placement::Overlay,
                values: std::mem::take(values_of_bars),
            },
        ));
    }
    few::sort_by_key(&mut plots, |(indicator, output, _)| (*indicator, *output));
    plots.into_iter().map(|(.., plot)| plot).collect()
}

/// Such as `MACD(12, 26, 9)`, or `EMA(20) D1` on a higher timeframe.
fn name(plan: &Plan, node: &IndicatorNode, values: &[f64], language: Language) -> String {
    let definition = node.settings.definition();
    let numbers: Vec<String> = node
        .slots
        .iter()
        .map(|slot| language.number(slot.value(values)))
        .collect();
    let separator = match language {
        Language::En => ", ",
        // A comma is the decimal sign there.
        Language::Id => "; ",
    };
    let timeframe = node
        .feed
        .map(|feed| format!(" {}", plan.feeds[feed].name()))
        .unwrap_or_default();
    match numbers.is_empty() {
        true => format!("{}{timeframe}", definition.name),
        false => format!(
            "{}({}){timeframe}",
            definition.name,
            numbers.join(separator)
        ),
    }
}
