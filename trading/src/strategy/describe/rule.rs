//! Rules: trees of conditions as nested lines, and in one sentence.

use super::{
    Line, Teller, capital,
    phrases::{Comparison, Deed, Joint},
};
use crate::{
    strategy::{
        condition::{Condition, MAX_DEPTH, Run},
        operand::Operand,
    },
    symbol::Side,
};

/// The longest rule that a summary spells out, in characters.
const BRIEF: usize = 260;

impl Teller<'_> {
    pub(super) fn entry(&self, side: Side, rule: Option<&Condition>) -> Vec<Line> {
        self.rule(Deed::Enter(side), rule)
    }

    /// A rule with its conditions below it.
    pub(super) fn rule(&self, deed: Deed, rule: Option<&Condition>) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(condition) = rule {
            let lead = self.phrases.deed(deed);
            self.tree(lead, condition, 0, &mut lines);
        }
        lines
    }

    /// `lead` and the condition, and below them what it is made of.
    fn tree(&self, lead: &str, condition: &Condition, indent: usize, lines: &mut Vec<Line>) {
        let text = |words: &str| {
            let text = if lead.is_empty() {
                words.to_owned()
            } else {
                format!("{lead} {words}")
            };
            Line {
                indent,
                text: capital(text),
            }
        };
        if indent > MAX_DEPTH {
            return lines.push(text("..."));
        }
        match condition {
            Condition::All(group) | Condition::Any(group) => {
                // A group of one says no more than its member.
                if let [only] = group.as_slice() {
                    return self.tree(lead, only, indent, lines);
                }
                lines.push(text(self.phrases.joint(joint(condition))));
                for condition in group {
                    self.tree("", condition, indent + 1, lines);
                }
            }
            Condition::Not(inner) => {
                lines.push(text(self.phrases.not()));
                self.tree("", inner, indent + 1, lines);
            }
            condition => lines.push(text(&self.leaf(condition))),
        }
    }

    /// The rule in a few words.
    pub(super) fn brief(&self, rule: &Condition) -> String {
        let text = self.inline(rule, None, 0);
        if text.chars().count() <= BRIEF {
            text
        } else {
            self.phrases.many_conditions(leaves(rule, 0))
        }
    }

    fn inline(&self, condition: &Condition, within: Option<Joint>, depth: usize) -> String {
        if depth > MAX_DEPTH {
            return "...".to_owned();
        }
        match condition {
            Condition::All(group) | Condition::Any(group) => {
                let own = joint(condition);
                let outer = if group.len() == 1 { within } else { Some(own) };
                let parts: Vec<String> = group
                    .iter()
                    .map(|condition| self.inline(condition, outer, depth + 1))
                    .collect();
                let text = parts.join(self.phrases.and_or(own));
                if within.is_some_and(|w| w != own) && group.len() > 1 {
                    format!("({text})")
                } else {
                    text
                }
            }
            Condition::Not(inner) => {
                let inner = self.inline(inner, None, depth + 1);
                self.phrases.not_inline(&inner)
            }
            condition => self.leaf(condition),
        }
    }

    fn leaf(&self, condition: &Condition) -> String {
        use Comparison::*;
        match condition {
            Condition::Above(sides) => self.comparison(Above, sides),
            Condition::AtOrAbove(sides) => self.comparison(AtOrAbove, sides),
            Condition::Below(sides) => self.comparison(Below, sides),
            Condition::AtOrBelow(sides) => self.comparison(AtOrBelow, sides),
            Condition::CrossesAbove(sides) => self.comparison(CrossesAbove, sides),
            Condition::CrossesBelow(sides) => self.comparison(CrossesBelow, sides),
            Condition::Between(parts) => {
                let [value, low, high] = parts.each_ref().map(|part| self.operand(part));
                self.phrases.between(&value, &low, &high)
            }
            Condition::Rising(run) => self.run(run, true),
            Condition::Falling(run) => self.run(run, false),
            Condition::Occurs(operand) => self.phrases.occurs(&self.operand(operand)),
            // Those with conditions in them are told by the callers.
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => String::new(),
        }
    }

    fn comparison(&self, comparison: Comparison, sides: &[Operand; 2]) -> String {
        let [a, b] = sides.each_ref().map(|side| self.operand(side));
        self.phrases.compare(comparison, &a, &b)
    }

    fn run(&self, run: &Run, is_rising: bool) -> String {
        let higher = match &run.value {
            Operand::Series { source, .. } => self.higher(source),
            Operand::Number(_) => None,
        };
        let value = self.operand(&run.value);
        self.phrases.run(&value, is_rising, run.bars, higher)
    }
}

const fn joint(condition: &Condition) -> Joint {
    match condition {
        Condition::Any(_) => Joint::Any,
        _ => Joint::All,
    }
}

fn leaves(condition: &Condition, depth: usize) -> usize {
    if depth > MAX_DEPTH {
        return 0;
    }
    match condition {
        Condition::All(group) | Condition::Any(group) => {
            group.iter().map(|inner| leaves(inner, depth + 1)).sum()
        }
        Condition::Not(inner) => leaves(inner, depth + 1),
        _ => 1,
    }
}
