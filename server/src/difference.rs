//! What is other between two versions of a strategy: in sentences, and in the document.

use serde_json::Value;
use similar::{Algorithm, ChangeTag, TextDiff};
use std::{collections::BTreeMap, time::Duration};
use trading::{
    language::Language,
    strategy::{
        describe::{Description, describe},
        validate::validate,
    },
};

/// Lines around a change that are shown with it.
const AROUND: usize = 3;
/// The most lines that are shown.
const MOST: usize = 2_000;
/// How long the shortest difference is looked for; after that a longer one does. Documents may be
/// large and have nothing in common.
const PATIENCE: Duration = Duration::from_millis(300);
/// Before titles, while lines are compared. A text of a document that holds it is shown as a title,
/// and no more.
const TITLE: &str = "\u{1}";

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It is in both.
    Same,
    /// It is in the old one alone.
    Gone,
    /// It is in the new one alone.
    New,
    /// Some that are in both were left out here.
    Skipped,
}

/// A line of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) mark: Mark,
    pub(crate) text: String,
    /// Whether it is the title of what follows.
    pub(crate) is_title: bool,
}

impl Line {
    fn new(mark: Mark, text: &str) -> Self {
        Self {
            mark,
            text: text.to_owned(),
            is_title: false,
        }
    }
}

/// The strategy in sentences, with what became of each. `None` where one of the two cannot be
/// described: an older version of Phoenix took it.
pub(crate) fn sentences(old: &str, new: &str, language: Language) -> Option<Vec<Line>> {
    let told = |text: &str| Some(told(&describe(&validate(text).ok()?, language)));
    let mut all = lines(&told(old)?, &told(new)?, usize::MAX);
    for line in &mut all {
        if let Some(title) = line.text.strip_prefix(TITLE) {
            (line.text, line.is_title) = (title.to_owned(), true);
        }
    }
    Some(all)
}

/// A description as lines; titles are marked.
fn told(description: &Description) -> String {
    let mut text = format!("{TITLE}{}\n{}\n", description.title, description.summary);
    for section in &description.sections {
        text.push_str(&format!("{TITLE}{}\n", section.title));
        for line in &section.lines {
            let indent = "    ".repeat(line.indent);
            text.push_str(&format!("{indent}\u{2022} {}\n", line.text));
        }
    }
    text
}

/// The documents as JSON with its keys in order, where something is other.
pub(crate) fn documents(old: &str, new: &str) -> Vec<Line> {
    lines(&ordered(old), &ordered(new), AROUND)
}

/// A document as text that depends on what it says alone. What is no JSON stays as it is.
fn ordered(text: &str) -> String {
    let read = serde_json::from_str::<Value>(text).map(sorted);
    read.and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| text.to_owned())
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let pairs: BTreeMap<String, Value> = map
                .into_iter()
                .map(|(key, one)| (key, sorted(one)))
                .collect();
            Value::Object(pairs.into_iter().collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(sorted).collect()),
        other => other,
    }
}

fn lines(old: &str, new: &str, around: usize) -> Vec<Line> {
    let difference = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .timeout(PATIENCE)
        .diff_lines(old, new);
    let mut all = Vec::new();
    for (place, group) in difference
        .grouped_ops(around.min(1 << 20))
        .iter()
        .enumerate()
    {
        if place > 0 {
            all.push(Line::new(Mark::Skipped, ""));
        }
        for change in group.iter().flat_map(|part| difference.iter_changes(part)) {
            let text = change.value().trim_end();
            let mark = match change.tag() {
                ChangeTag::Equal => Mark::Same,
                ChangeTag::Delete => Mark::Gone,
                ChangeTag::Insert => Mark::New,
            };
            if !text.is_empty() {
                all.push(Line::new(mark, text));
            }
        }
    }
    if all.len() > MOST {
        all.truncate(MOST);
        all.push(Line::new(Mark::Skipped, ""));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Line, Mark, documents, sentences};
    use trading::language::Language;

    const GOLD: &str = include_str!("../../strategies/gold-macd-adx.json");

    fn of(lines: &[Line], mark: Mark) -> Vec<&str> {
        let marked = lines.iter().filter(|line| line.mark == mark);
        marked.map(|line| line.text.trim()).collect()
    }

    #[test]
    fn a_changed_number_is_one_sentence_and_one_line() {
        let value: serde_json::Value = serde_json::from_str(GOLD).unwrap();
        // The same in another order and spelling is no change.
        assert!(documents(GOLD, &value.to_string()).is_empty());
        let changed = GOLD.replacen("25", "21", 1);
        assert_ne!(changed, GOLD);
        let json = documents(GOLD, &changed);
        assert_eq!(
            (of(&json, Mark::Gone).len(), of(&json, Mark::New).len()),
            (1, 1)
        );
        for language in Language::ALL {
            let told = sentences(GOLD, &changed, language).unwrap();
            let (gone, new) = (of(&told, Mark::Gone), of(&told, Mark::New));
            assert!(!gone.is_empty() && gone.len() == new.len(), "{told:?}");
            assert!(gone[0].contains("25") && new[0].contains("21"), "{told:?}");
            assert!(!of(&told, Mark::Same).is_empty());
            assert!(told[0].is_title && !told[1].is_title, "{told:?}");
            assert!(told.iter().all(|line| !line.text.contains('\u{1}')));
        }
        assert!(sentences(GOLD, "{}", Language::En).is_none());
    }

    #[test]
    fn what_has_nothing_in_common_is_told_in_time_and_not_without_end() {
        let many = |word: &str| {
            let all: Vec<String> = (0..20_000).map(|n| format!("{word}{}", n % 977)).collect();
            serde_json::to_string(&all).unwrap()
        };
        let all = documents(&many("a"), &many("b"));
        assert_eq!(all.len(), 2_001);
        assert_eq!(all.last().unwrap().mark, Mark::Skipped);
        assert_eq!(documents("no json", "none").len(), 2);
    }
}
