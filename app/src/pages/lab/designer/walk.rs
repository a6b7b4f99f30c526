//! Every reference in a document, to rename what is referred to.

use super::tree::{Root, operands_mut};
use trading::strategy::{
    Document,
    condition::Condition,
    document::Setting,
    exit::Distance,
    limit::DailyLoss,
    number::{Number, ParameterName},
    operand::{Operand, Source},
    sizing::Sizing,
};

/// Gives an indicator another name, and every reference to it. False where the name is taken.
pub fn rename_indicator(document: &mut Document, from: &str, to: &str) -> bool {
    if document.indicators.contains_key(to) {
        return false;
    }
    let Some(indicator) = document.indicators.remove(from) else {
        return false;
    };
    document.indicators.insert(to.to_owned(), indicator);
    sources(document, &mut |source| {
        if let Source::Indicator { name, .. } = source
            && name == from
        {
            to.clone_into(name);
        }
    });
    true
}

/// Gives a parameter another name, and every reference to it. False where the name is taken.
pub fn rename_parameter(document: &mut Document, from: &str, to: &str) -> bool {
    let Ok(next) = ParameterName::try_from(format!("${to}")) else {
        return false;
    };
    if document.parameters.contains_key(to) {
        return false;
    }
    let Some(parameter) = document.parameters.remove(from) else {
        return false;
    };
    document.parameters.insert(to.to_owned(), parameter);
    numbers(document, &mut |number| {
        if let Number::Parameter(name) = number
            && name.name() == from
        {
            *name = next.clone();
        }
    });
    true
}

/// A name that nothing has: `wish`, or `wish_2`, `wish_3`, ...
pub fn free_name(wish: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(wish) {
        return wish.to_owned();
    }
    (2..)
        .map(|number| format!("{wish}_{number}"))
        .find(|name| !is_taken(name))
        .unwrap_or_default()
}

fn sources(document: &mut Document, each: &mut dyn FnMut(&mut Source)) {
    for indicator in document.indicators.values_mut() {
        if let Some(source) = &mut indicator.source {
            each(source);
        }
    }
    operands(document, &mut |operand| {
        if let Operand::Series { source, .. } = operand {
            each(source);
        }
    });
}

fn operands(document: &mut Document, each: &mut dyn FnMut(&mut Operand)) {
    fn below(condition: &mut Condition, each: &mut dyn FnMut(&mut Operand)) {
        match condition {
            Condition::All(list) | Condition::Any(list) => {
                list.iter_mut().for_each(|inner| below(inner, each));
            }
            Condition::Not(inner) => below(inner, each),
            leaf => operands_mut(leaf).iter_mut().for_each(each),
        }
    }
    for root in Root::ALL {
        if let Some(rule) = root.rule_mut(document) {
            below(rule, each);
        }
    }
}

fn numbers(document: &mut Document, each: &mut dyn FnMut(&mut Number)) {
    for indicator in document.indicators.values_mut() {
        for setting in indicator.settings.values_mut() {
            if let Setting::Number(number) = setting {
                each(number);
            }
        }
    }
    operands(document, &mut |operand| match operand {
        Operand::Number(number) => each(number),
        Operand::Series {
            factor: Some(factor),
            ..
        } => each(factor),
        Operand::Series { .. } => {}
    });
    let exits = &mut document.exits;
    let mut distances: Vec<&mut Distance> = Vec::new();
    distances.extend(&mut exits.stop_loss);
    distances.extend(&mut exits.take_profit);
    if let Some(break_even) = &mut exits.break_even {
        distances.push(&mut break_even.after);
        distances.extend(&mut break_even.plus);
    }
    if let Some(trailing) = &mut exits.trailing_stop {
        distances.push(&mut trailing.distance);
        distances.extend(&mut trailing.activate_after);
    }
    for distance in distances {
        match distance {
            Distance::Points(number) | Distance::Percent(number) | Distance::Risk(number) => {
                each(number);
            }
            Distance::Atr(atr) => {
                each(&mut atr.multiple);
                each(&mut atr.period);
            }
        }
    }
    if let Some(bars) = &mut exits.after_bars {
        each(bars);
    }
    let filters = &mut document.filters;
    filters.max_spread.iter_mut().for_each(&mut *each);
    filters.cooldown_after_loss.iter_mut().for_each(&mut *each);
    match &mut document.sizing {
        Sizing::FixedLots(number) | Sizing::RiskPercent(number) | Sizing::RiskMoney(number) => {
            each(number);
        }
    }
    if let Some(DailyLoss::Money(number) | DailyLoss::Percent(number)) =
        &mut document.limits.max_daily_loss
    {
        each(number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trading::strategy::validate;

    fn gold() -> Document {
        let text = include_str!("../../../../../strategies/gold-macd-adx.json");
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn whatever_is_renamed_is_found_under_its_new_name() {
        let mut document = gold();
        assert!(rename_indicator(&mut document, "macd", "trend"));
        assert!(!rename_indicator(&mut document, "trend", "adx"));
        assert!(rename_parameter(&mut document, "threshold", "least"));
        assert!(rename_parameter(&mut document, "fast", "quick"));
        assert!(!rename_parameter(&mut document, "quick", "Quick!"));
        assert_eq!(validate::check(&document), vec![]);
        let text = serde_json::to_string(&document).unwrap();
        assert!(!text.contains("macd.") && !text.contains("$threshold") && !text.contains("$fast"));
    }

    #[test]
    fn every_place_of_a_parameter_is_renamed() {
        let mut document: Document = serde_json::from_str(
            r#"{"version":1,"name":"x","symbol":"XAUUSD","timeframe":"H1",
            "parameters":{"a":{"value":5}},
            "entry":{"long":{"any":[{"above":["$a * high[1]","$a"]},{"not":{"occurs":"close"}}]}},
            "filters":{"max_spread":"$a","cooldown_after_loss":"$a"},
            "exits":{"stop_loss":{"atr":{"multiple":"$a","period":"$a"}},"take_profit":{"risk":"$a"},
              "break_even":{"after":{"points":"$a"},"plus":{"points":"$a"}},
              "trailing_stop":{"distance":{"percent":"$a"},"activate_after":{"percent":"$a"}},
              "after_bars":"$a"},
            "sizing":{"risk_percent":"$a"},"limits":{"max_daily_loss":{"money":"$a"}}}"#,
        )
        .unwrap();
        assert!(rename_parameter(&mut document, "a", "b"));
        let text = serde_json::to_string(&document).unwrap();
        assert!(!text.contains("$a"), "{text}");
    }

    #[test]
    fn names_that_are_taken_get_a_number() {
        let taken = ["macd", "macd_2"];
        assert_eq!(free_name("macd", |n| taken.contains(&n)), "macd_3");
        assert_eq!(free_name("adx", |n| taken.contains(&n)), "adx");
    }
}
