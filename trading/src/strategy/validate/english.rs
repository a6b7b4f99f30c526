//! Faults in English.

use super::problem::{Bound, Expected, Found, Group, Problem, Thing};
use crate::decimal::is_number;

/// What is wrong.
pub(super) fn message(problem: &Problem) -> String {
    match problem {
        Problem::EmptyText => "There is nothing here.".to_owned(),
        Problem::TooLarge { bytes, max } => {
            format!("The document has {bytes} bytes; {max} are allowed.")
        }
        Problem::Syntax {
            line,
            column,
            is_cut: true,
            ..
        } => format!("The JSON text breaks off at line {line}, column {column}."),
        Problem::Syntax {
            line, column, what, ..
        } => format!("This is not JSON: {what}, at line {line}, column {column}."),
        Problem::TooNested { line, column } => {
            format!("Lists and objects are nested far too deeply, at line {line}, column {column}.")
        }
        Problem::DuplicateKey { key } => format!("\"{}\" is written twice.", cut(key)),
        Problem::TooManyFaults { max } => {
            format!("There are more than {max} faults; only the first are shown.")
        }
        Problem::Unreadable(why) => format!("The document cannot be read: {}.", cut(why)),
        Problem::WrongType {
            expected: Expected::WholeNumber,
            found: Found::Number,
        } => "Here belongs a whole number, 0 or above.".to_owned(),
        Problem::WrongType { expected, found } => format!(
            "Here belongs {}, but this is {}.",
            expected_name(*expected),
            found_name(*found)
        ),
        Problem::MissingField { name } => format!("\"{name}\" is missing."),
        Problem::Unknown { thing, name, .. } => match thing {
            Thing::Parameter => format!("There is no parameter named \"{}\".", cut(name)),
            Thing::Indicator => format!("There is no indicator named \"{}\".", cut(name)),
            thing => format!("\"{}\" is not {}.", cut(name), thing_name(*thing)),
        },
        Problem::NotOne {
            thing, found: 0, ..
        } => format!(
            "Here belongs {}, but the object is empty.",
            thing_name(*thing)
        ),
        Problem::NotOne { thing, found, .. } => format!(
            "Here belongs {}, but the object has {found} entries.",
            thing_name(*thing)
        ),
        Problem::WrongLength { expected, found } => {
            format!("The list needs {expected} entries and has {found}.")
        }
        Problem::BadOperand { text, .. } => format!("\"{}\" cannot be read.", cut(text)),
        Problem::BadNumber { text } => {
            format!("\"{}\" is neither a number nor a parameter.", cut(text))
        }
        Problem::BadSymbol { text } => format!("\"{}\" cannot name a symbol.", cut(text)),
        Problem::BadTime { text } => format!("\"{}\" is not a time of day.", cut(text)),
        Problem::NewerVersion { found, known } => {
            format!("The document has version {found}; this program knows versions up to {known}.")
        }
        Problem::UnknownVersion { found, .. } => {
            format!("There is no version {found} of the format.")
        }
        Problem::EmptyName => "The strategy has no name.".to_owned(),
        Problem::TooLong { found, max } => {
            format!("The text has {found} characters; {max} are allowed.")
        }
        Problem::BadName { name } => format!("Rules cannot refer to the name \"{}\".", cut(name)),
        Problem::NameIsPrice { name } => {
            format!("\"{name}\" is the name of a price, so an indicator cannot have it.")
        }
        Problem::UnknownZone { name, .. } => {
            format!("\"{}\" is not a known time zone.", cut(name))
        }
        Problem::OutOfRange {
            name,
            value,
            bound,
            parameter,
        } => {
            let must = format!("\"{}\" must be {}", cut(name), bound_name(*bound));
            let value = number(*value);
            match parameter {
                Some(parameter) => {
                    format!("{must}, but with ${} it can be {value}.", cut(parameter))
                }
                None => format!("{must}, but is {value}."),
            }
        }
        Problem::FractionalStep { name, parameter } => format!(
            "\"{name}\" counts bars, but the steps of ${parameter} give numbers with a fraction."
        ),
        Problem::RangeReversed { from, to } => format!(
            "The range goes from {} down to {}.",
            number(*from),
            number(*to)
        ),
        Problem::RangeTooLong { values, max } => {
            format!("The range has {values} values; {max} are allowed.")
        }
        Problem::Cycle { path } => format!(
            "The indicator is computed from itself: {}.",
            path.join(" from ")
        ),
        Problem::SourceNotTaken { kind } => {
            format!("{kind} reads the whole bar and takes no source.")
        }
        Problem::SourceHasGaps { source, output, .. } => format!(
            "\"{}.{output}\" has a value only at the bars that it marks, so nothing can be computed \
             from it.",
            cut(source)
        ),
        Problem::TimeframeNotHigher { found, own } => {
            format!("{found} is not above the strategy's own timeframe {own}.")
        }
        Problem::TimeframeNotMultiple { found, own } => {
            format!("A {found} bar is not made of whole {own} bars.")
        }
        Problem::SourceTimeframe { source, found, own } => format!(
            "It is computed on {own}, but its source \"{}\" on {found}.",
            cut(source)
        ),
        Problem::EmptyGroup => "The group has no conditions.".to_owned(),
        Problem::OnlyNumbers => {
            "Only numbers are compared here, so the answer never changes.".to_owned()
        }
        Problem::LowAboveHigh { low, high } => format!(
            "Nothing lies between {} and {}: the lower end comes first.",
            number(*low),
            number(*high)
        ),
        Problem::TooDeep { max } => {
            format!("Conditions are nested more than {max} levels deep.")
        }
        Problem::TooMany { group, found, max } => format!(
            "There are {} {}; {max} are allowed.",
            if *found > *max && matches!(group, Group::Conditions) {
                format!("more than {max}")
            } else {
                found.to_string()
            },
            match group {
                Group::Conditions => "conditions",
                Group::Indicators => "indicators",
                Group::Parameters => "parameters",
            }
        ),
        Problem::NeedsStopLoss { name } => {
            format!("\"{name}\" is measured by the stop loss, but there is none.")
        }
        Problem::StopLossInRisk => {
            "The stop loss cannot be a multiple of its own distance.".to_owned()
        }
        Problem::NoEntry => "The strategy has no entry rule, so it would never trade.".to_owned(),
        Problem::EmptyHours { time } => format!("These hours begin and end at {time}."),
        Problem::NothingAllowed { name } => {
            format!("\"{name}\" is empty, so no entry would ever be allowed.")
        }
        Problem::UnusedParameter { name } => {
            format!("Nothing uses the parameter \"{}\".", cut(name))
        }
        Problem::UnusedIndicator { name } => {
            format!("Nothing uses the indicator \"{}\".", cut(name))
        }
        Problem::ValueOutsideRange {
            name,
            value,
            from,
            to,
        } => format!(
            "The value of \"{}\" is {}, outside its own range from {} to {}.",
            cut(name),
            number(*value),
            number(*from),
            number(*to)
        ),
        Problem::ExitWithoutEntry { side } => {
            format!("There is an exit rule for {side} positions, but no entry rule.")
        }
        Problem::ComparesItself { text } => {
            format!("\"{}\" is compared with itself.", cut(text))
        }
    }
}

/// What to do about it.
pub(super) fn hint(problem: &Problem) -> String {
    match problem {
        Problem::EmptyText => "Write a strategy, or start from one of the ready ones.".to_owned(),
        Problem::TooLarge { .. } => {
            "Check that this is a strategy and not price history.".to_owned()
        }
        Problem::Syntax { is_cut: true, .. } => {
            "The end is missing: close every quote, list and object.".to_owned()
        }
        Problem::Syntax { .. } => {
            "Look for a missing or extra comma, quote or bracket just before this place.".to_owned()
        }
        Problem::TooNested { .. } => "Write the conditions in fewer levels.".to_owned(),
        Problem::DuplicateKey { .. } => "Keep one of the two.".to_owned(),
        Problem::TooManyFaults { .. } => "Repair these first, then check again.".to_owned(),
        Problem::Unreadable(_) => "Compare with the JSON Schema of the format.".to_owned(),
        Problem::WrongType {
            expected: Expected::Number | Expected::WholeNumber,
            found: Found::Text,
        } => "Write the number without quotes.".to_owned(),
        Problem::WrongType { expected, .. } => format!("Write {}.", example(*expected)),
        Problem::MissingField { name } => format!("Add \"{name}\"."),
        Problem::Unknown {
            suggestion: Some(suggestion),
            ..
        } => format!("Did you mean \"{suggestion}\"?"),
        Problem::Unknown { allowed, thing, .. } if allowed.is_empty() => match thing {
            Thing::Parameter => "Define it under \"parameters\".".to_owned(),
            Thing::Indicator => "Define it under \"indicators\".".to_owned(),
            _ => "Remove it.".to_owned(),
        },
        Problem::Unknown { allowed, .. } => format!("Use one of: {}.", allowed.join(", ")),
        Problem::NotOne {
            thing: Thing::Condition,
            found,
            ..
        } if *found > 1 => {
            "Put each condition into an object of its own, inside \"all\" or \"any\".".to_owned()
        }
        Problem::NotOne { allowed, .. } => {
            format!("Write exactly one of: {}.", allowed.join(", "))
        }
        Problem::WrongLength { expected: 3, .. } => {
            "Write [value, low, high], as in [\"rsi\", 40, 60].".to_owned()
        }
        Problem::WrongLength { .. } => {
            "Write both sides, as in [\"close\", \"average\"].".to_owned()
        }
        Problem::BadOperand { why, .. } => format!(
            "Write a number, \"$parameter\", or a series such as \"close\", \"macd.signal\" or \
             \"high[1]\": {why}."
        ),
        Problem::BadNumber { text } if is_number(text) => {
            "Write the number without quotes.".to_owned()
        }
        Problem::BadNumber { .. } => {
            "Write a number such as 14, or a parameter such as \"$period\" in small letters."
                .to_owned()
        }
        Problem::BadSymbol { .. } => {
            "Use 1 to 32 letters, digits or any of . _ # + - as in XAUUSD.".to_owned()
        }
        Problem::BadTime { .. } => "Write HH:MM from 00:00 to 23:59, as in 08:30.".to_owned(),
        Problem::NewerVersion { .. } => "Update Phoenix, or save the strategy anew.".to_owned(),
        Problem::UnknownVersion { known, .. } => format!("Write \"version\": {known}."),
        Problem::EmptyName => "Give it a name by which you will know it again.".to_owned(),
        Problem::TooLong { .. } => "Shorten it.".to_owned(),
        Problem::BadName { .. } => {
            "Begin with a small letter, then up to 31 small letters, digits or underscores."
                .to_owned()
        }
        Problem::NameIsPrice { name } => format!("Name it differently, such as {name}_average."),
        Problem::UnknownZone {
            suggestion: Some(suggestion),
            ..
        } => format!("Did you mean \"{suggestion}\"?"),
        Problem::UnknownZone { .. } => "Use UTC, a name such as Europe/London or Asia/Jakarta, or \
             one with hours added such as America/New_York+7 (the server time of most brokers)."
            .to_owned(),
        Problem::OutOfRange {
            parameter: Some(parameter),
            ..
        } => format!(
            "Change the value or the range of the parameter \"{}\".",
            cut(parameter)
        ),
        Problem::OutOfRange { bound, .. } => {
            format!("Use a number that is {}.", bound_name(*bound))
        }
        Problem::FractionalStep { .. } => "Begin the range with a whole number and step by whole \
             numbers."
            .to_owned(),
        Problem::RangeReversed { .. } => "Exchange \"from\" and \"to\".".to_owned(),
        Problem::RangeTooLong { .. } => "Use a greater step.".to_owned(),
        Problem::Cycle { .. } => "Give one of them a price as its source.".to_owned(),
        Problem::SourceNotTaken { .. } => "Remove \"source\".".to_owned(),
        Problem::SourceHasGaps { source, whole, .. } => gapless(source, whole),
        Problem::TimeframeNotHigher { own, .. } => {
            format!("Use a timeframe above {own}, or leave \"timeframe\" out.")
        }
        Problem::TimeframeNotMultiple { .. } => {
            "Use a timeframe that is a multiple of the strategy's.".to_owned()
        }
        Problem::SourceTimeframe { .. } => "Give both the same timeframe.".to_owned(),
        Problem::EmptyGroup => "Add a condition, or remove the group.".to_owned(),
        Problem::OnlyNumbers => {
            "Compare with a price or an indicator, such as \"close\".".to_owned()
        }
        Problem::LowAboveHigh { .. } => "Exchange the two ends.".to_owned(),
        Problem::TooDeep { .. } => "Write the conditions in fewer levels.".to_owned(),
        Problem::TooMany { .. } => "Remove some; a strategy with fewer rules is also less likely \
             to have fitted the past by chance."
            .to_owned(),
        Problem::NeedsStopLoss { .. } => "Add \"stop_loss\" under \"exits\".".to_owned(),
        Problem::StopLossInRisk => {
            "Give the stop loss in \"points\", \"percent\" or \"atr\".".to_owned()
        }
        Problem::NoEntry => "Add \"long\" or \"short\" under \"entry\".".to_owned(),
        Problem::EmptyHours { .. } => {
            "Write another end, or leave \"hours\" out to allow the whole day.".to_owned()
        }
        Problem::NothingAllowed { name } => {
            format!("Leave \"{name}\" out to allow all, or write at least one.")
        }
        Problem::UnusedParameter { name } => {
            format!("Refer to it as \"${}\", or remove it.", cut(name))
        }
        Problem::UnusedIndicator { .. } => "Use it in a rule, or remove it.".to_owned(),
        Problem::ValueOutsideRange { .. } => "Widen the range, or change the value.".to_owned(),
        Problem::ExitWithoutEntry { .. } => "Add the entry rule, or remove this one.".to_owned(),
        Problem::ComparesItself { .. } => {
            "Compare with something else, or with its value some bars ago, such as \"close[1]\"."
                .to_owned()
        }
    }
}

/// Names from a document may be long.
fn cut(text: &str) -> String {
    super::suggest::cut(text)
}

fn number(value: f64) -> String {
    super::suggest::number(value)
}

fn bound_name(bound: Bound) -> String {
    let kind = if bound.is_whole {
        "a whole number "
    } else {
        ""
    };
    if bound == Bound::ANY {
        "a finite number".to_owned()
    } else if bound.is_open && bound.max >= Bound::POSITIVE.max {
        format!("{kind}above {}", number(bound.min))
    } else if bound.is_open {
        format!(
            "{kind}above {} and at most {}",
            number(bound.min),
            number(bound.max)
        )
    } else if bound.max >= Bound::POSITIVE.max {
        format!("{kind}at least {}", number(bound.min))
    } else {
        format!("{kind}from {} to {}", number(bound.min), number(bound.max))
    }
}

const fn expected_name(expected: Expected) -> &'static str {
    match expected {
        Expected::Object => "an object { }",
        Expected::List => "a list [ ]",
        Expected::Text => "a text",
        Expected::Number => "a number",
        Expected::WholeNumber => "a whole number",
        Expected::NumberOrParameter => "a number or a parameter",
        Expected::Operand => "a number or a series",
        Expected::Setting => "a number or a word",
    }
}

const fn example(expected: Expected) -> &'static str {
    match expected {
        Expected::Object => "{ ... }",
        Expected::List => "[ ... ]",
        Expected::Text => "a text in double quotes",
        Expected::Number => "a number such as 0.5",
        Expected::WholeNumber => "a number such as 3, without a fraction or a minus",
        Expected::NumberOrParameter => "a number such as 14, or a parameter such as \"$period\"",
        Expected::Operand => "a number, or a series such as \"close\" or \"macd.signal\"",
        Expected::Setting => {
            "a number such as 14, a parameter such as \"$period\", or a word such as \"mt5\""
        }
    }
}

const fn found_name(found: Found) -> &'static str {
    match found {
        Found::Null => "null",
        Found::Boolean => "true or false",
        Found::Number => "a number",
        Found::Text => "a text",
        Found::List => "a list",
        Found::Object => "an object",
    }
}

const fn thing_name(thing: Thing) -> &'static str {
    match thing {
        Thing::Field => "a field that is known here",
        Thing::Condition => "a condition",
        Thing::Distance => "a distance",
        Thing::Sizing => "a way to size positions",
        Thing::DailyLoss => "a daily loss",
        Thing::Timeframe => "a timeframe",
        Thing::Weekday => "a day of the week",
        Thing::Impact => "an impact of news",
        Thing::OppositeSignal => "an answer to the opposite signal",
        Thing::IndicatorKind => "a kind of indicator",
        Thing::Setting => "a setting of this indicator",
        Thing::Choice => "one of the choices",
        Thing::Output => "an output of this indicator",
        Thing::Parameter => "a parameter",
        Thing::Indicator => "an indicator",
    }
}

fn gapless(source: &str, whole: &[&str]) -> String {
    let names: Vec<String> = whole
        .iter()
        .map(|output| format!("\"{}.{output}\"", cut(source)))
        .collect();
    let use_it = "use this one in a condition, where a bar without a mark says no";
    if names.is_empty() {
        format!("Choose another source, or {use_it}.")
    } else {
        format!(
            "Take {} as the source, which keeps the last value, or {use_it}.",
            names.join(" or ")
        )
    }
}
