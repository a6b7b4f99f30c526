//! Trees of conditions, edited at a spot: pure changes of the document, without a page.

use std::{fmt, str::FromStr};
use trading::{
    indicator,
    strategy::{
        Document,
        condition::{Condition, Run},
        number::Number,
        operand::{Operand, Price, Source},
    },
};

/// The four rules of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// When to buy.
    Buy,
    /// When to sell.
    Sell,
    /// When to close a long position.
    CloseLong,
    /// When to close a short position.
    CloseShort,
}

impl Root {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Buy, Self::Sell, Self::CloseLong, Self::CloseShort];

    /// The name in `data-spot` attributes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Buy => "buy",
            Self::Sell => "sell",
            Self::CloseLong => "close-long",
            Self::CloseShort => "close-short",
        }
    }

    /// The rule's JSON pointer.
    pub const fn pointer(self) -> &'static str {
        match self {
            Self::Buy => "/entry/long",
            Self::Sell => "/entry/short",
            Self::CloseLong => "/exits/long",
            Self::CloseShort => "/exits/short",
        }
    }

    /// The rule.
    pub const fn rule(self, document: &Document) -> Option<&Condition> {
        match self {
            Self::Buy => document.entry.long.as_ref(),
            Self::Sell => document.entry.short.as_ref(),
            Self::CloseLong => document.exits.long.as_ref(),
            Self::CloseShort => document.exits.short.as_ref(),
        }
    }

    /// The rule, to change it.
    pub const fn rule_mut(self, document: &mut Document) -> &mut Option<Condition> {
        match self {
            Self::Buy => &mut document.entry.long,
            Self::Sell => &mut document.entry.short,
            Self::CloseLong => &mut document.exits.long,
            Self::CloseShort => &mut document.exits.short,
        }
    }
}

/// A condition's place: which rule, and which way down from its top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The rule.
    pub root: Root,
    /// The place among its siblings at each level.
    pub path: Vec<usize>,
}

impl Spot {
    /// A rule's top.
    pub const fn top(root: Root) -> Self {
        Self {
            root,
            path: Vec::new(),
        }
    }

    /// One level down.
    pub fn child(&self, index: usize) -> Self {
        let mut path = self.path.clone();
        path.push(index);
        Self {
            root: self.root,
            path,
        }
    }

    /// One level up, and the place there.
    pub fn parent(&self) -> Option<(Self, usize)> {
        let (&index, path) = self.path.split_last()?;
        let parent = Self {
            root: self.root,
            path: path.to_vec(),
        };
        Some((parent, index))
    }

    /// The place beside it.
    pub fn sibling(&self, up: bool) -> Option<Self> {
        let (parent, index) = self.parent()?;
        let index = if up { index.checked_sub(1)? } else { index + 1 };
        Some(parent.child(index))
    }

    /// The condition here.
    pub fn find<'d>(&self, document: &'d Document) -> Option<&'d Condition> {
        self.path.iter().try_fold(
            self.root.rule(document)?,
            |condition, &index| match condition {
                Condition::All(group) | Condition::Any(group) => group.get(index),
                Condition::Not(inner) => Some(&**inner),
                _ => None,
            },
        )
    }

    /// The condition here, to change it.
    pub fn find_mut<'d>(&self, document: &'d mut Document) -> Option<&'d mut Condition> {
        let top = self.root.rule_mut(document).as_mut()?;
        self.path
            .iter()
            .try_fold(top, |condition, &index| match condition {
                Condition::All(group) | Condition::Any(group) => group.get_mut(index),
                Condition::Not(inner) => Some(&mut **inner),
                _ => None,
            })
    }

    /// Its JSON pointer.
    pub fn pointer(&self, document: &Document) -> String {
        let mut text = self.root.pointer().to_owned();
        let mut here = self.root.rule(document);
        for &index in &self.path {
            match here {
                Some(group @ (Condition::All(list) | Condition::Any(list))) => {
                    text.push_str(&format!("/{}/{index}", group.name()));
                    here = list.get(index);
                }
                Some(Condition::Not(inner)) => {
                    text.push_str("/not");
                    here = Some(inner);
                }
                _ => break,
            }
        }
        text
    }

    /// How many siblings there are in its group, itself counted.
    pub fn siblings(&self, document: &Document) -> usize {
        let parent = self.parent().map(|(parent, _)| parent);
        match parent.as_ref().and_then(|parent| parent.find(document)) {
            Some(Condition::All(group) | Condition::Any(group)) => group.len(),
            _ => 1,
        }
    }

    /// Puts a condition at the end of the group here. A rule that is not there yet becomes a group
    /// of it, one that is no group becomes one.
    pub fn add(&self, document: &mut Document, new: Condition) {
        if self.path.is_empty() && self.root.rule(document).is_none() {
            *self.root.rule_mut(document) = Some(Condition::All(vec![new]));
            return;
        }
        if let Some(here) = self.find_mut(document) {
            if !matches!(here, Condition::All(_) | Condition::Any(_)) {
                group(here);
            }
            if let Condition::All(list) | Condition::Any(list) = here {
                list.push(new);
            }
        }
    }

    /// Takes the condition out. A rule without conditions is no rule; what denied it goes with it.
    pub fn remove(&self, document: &mut Document) {
        let Some((parent, index)) = self.parent() else {
            *self.root.rule_mut(document) = None;
            return;
        };
        match parent.find_mut(document) {
            Some(Condition::All(list) | Condition::Any(list)) if index < list.len() => {
                list.remove(index);
                if list.is_empty() && parent.path.is_empty() {
                    *self.root.rule_mut(document) = None;
                }
            }
            Some(Condition::Not(_)) => parent.remove(document),
            _ => {}
        }
    }

    /// A copy of the condition below it. Where there is no group, one is made of both.
    pub fn duplicate(&self, document: &mut Document) {
        let Some(copy) = self.find(document).cloned() else {
            return;
        };
        if let Some((parent, index)) = self.parent()
            && let Some(Condition::All(list) | Condition::Any(list)) = parent.find_mut(document)
        {
            list.insert(index + 1, copy);
            return;
        }
        if let Some(here) = self.find_mut(document) {
            group(here);
            if let Condition::All(list) = here {
                list.push(copy);
            }
        }
    }

    /// Changes places with the sibling above or below.
    pub fn shift(&self, document: &mut Document, up: bool) {
        if let Some((parent, index)) = self.parent()
            && let Some(other) = self.sibling(up).and_then(|spot| spot.path.last().copied())
            && let Some(Condition::All(list) | Condition::Any(list)) = parent.find_mut(document)
            && other < list.len()
            && index < list.len()
        {
            list.swap(index, other);
        }
    }

    /// Denies the condition, or takes the denial back.
    pub fn negate(&self, document: &mut Document) {
        if let Some(here) = self.find_mut(document) {
            *here = match take(here) {
                Condition::Not(inner) => *inner,
                other => Condition::Not(Box::new(other)),
            };
        }
    }

    /// Makes a group of the condition alone.
    pub fn wrap(&self, document: &mut Document) {
        if let Some(here) = self.find_mut(document) {
            group(here);
        }
    }

    /// Whether all or any of the group must hold.
    pub fn set_any(&self, document: &mut Document, any: bool) {
        if let Some(here) = self.find_mut(document)
            && let Condition::All(list) | Condition::Any(list) = here
        {
            let list = std::mem::take(list);
            *here = if any {
                Condition::Any(list)
            } else {
                Condition::All(list)
            };
        }
    }

    /// Another operator over the same operands, as far as it takes them.
    pub fn set_operator(&self, document: &mut Document, operator: &str) {
        if let Some(here) = self.find_mut(document)
            && let Some(next) = with_operator(here, operator)
        {
            *here = next;
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.root.name())?;
        for index in &self.path {
            write!(f, ".{index}")?;
        }
        Ok(())
    }
}

impl FromStr for Spot {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.');
        let root = parts
            .next()
            .and_then(|name| Root::ALL.into_iter().find(|root| root.name() == name))
            .ok_or(())?;
        let path = parts
            .map(|part| part.parse().map_err(drop))
            .collect::<Result<_, ()>>()?;
        Ok(Self { root, path })
    }
}

fn take(condition: &mut Condition) -> Condition {
    std::mem::replace(condition, Condition::All(Vec::new()))
}

fn group(condition: &mut Condition) {
    *condition = Condition::All(vec![take(condition)]);
}

/// The operands of a condition, in the order in which its sentence has them.
pub fn operands(condition: &Condition) -> &[Operand] {
    match condition {
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => &[],
        Condition::Above(sides)
        | Condition::AtOrAbove(sides)
        | Condition::Below(sides)
        | Condition::AtOrBelow(sides)
        | Condition::CrossesAbove(sides)
        | Condition::CrossesBelow(sides) => sides,
        Condition::Between(parts) => parts,
        Condition::Rising(run) | Condition::Falling(run) => std::slice::from_ref(&run.value),
        Condition::Occurs(operand) => std::slice::from_ref(operand),
    }
}

/// The same, to change them.
pub fn operands_mut(condition: &mut Condition) -> &mut [Operand] {
    match condition {
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => &mut [],
        Condition::Above(sides)
        | Condition::AtOrAbove(sides)
        | Condition::Below(sides)
        | Condition::AtOrBelow(sides)
        | Condition::CrossesAbove(sides)
        | Condition::CrossesBelow(sides) => sides,
        Condition::Between(parts) => parts,
        Condition::Rising(run) | Condition::Falling(run) => std::slice::from_mut(&mut run.value),
        Condition::Occurs(operand) => std::slice::from_mut(operand),
    }
}

fn with_operator(condition: &Condition, operator: &str) -> Option<Condition> {
    let had = operands(condition);
    let number = |value: f64| Operand::Number(Number::Literal(value));
    let a = had.first().cloned().unwrap_or_else(close);
    let b = had.get(1).cloned().unwrap_or_else(|| number(0.0));
    // A series cannot be told to rise where it is a number.
    let series = || match &a {
        Operand::Number(_) => close(),
        series => series.clone(),
    };
    let bars = match condition {
        Condition::Rising(run) | Condition::Falling(run) => run.bars,
        _ => 3,
    };
    let two = [a.clone(), b.clone()];
    Some(match operator {
        "above" => Condition::Above(two),
        "at_or_above" => Condition::AtOrAbove(two),
        "below" => Condition::Below(two),
        "at_or_below" => Condition::AtOrBelow(two),
        "crosses_above" => Condition::CrossesAbove(two),
        "crosses_below" => Condition::CrossesBelow(two),
        "between" => {
            let high = had.get(2).cloned().unwrap_or_else(|| match &b {
                // Not below the low end, or it would be a fault at once.
                Operand::Number(Number::Literal(low)) => number(low.max(0.0) + 100.0),
                _ => number(100.0),
            });
            Condition::Between([a, b, high])
        }
        "rising" => Condition::Rising(Run {
            value: series(),
            bars,
        }),
        "falling" => Condition::Falling(Run {
            value: series(),
            bars,
        }),
        "occurs" => Condition::Occurs(series()),
        _ => return None,
    })
}

fn close() -> Operand {
    Operand::now(Source::Price(Price::Close))
}

/// A condition to begin with: the first indicator's output, compared with something that makes
/// sense to compare it with.
pub fn first_condition(document: &Document) -> Condition {
    let first = document.indicators.iter().find_map(|(name, found)| {
        let definition = indicator::find(&found.kind)?;
        Some((name, definition))
    });
    let Some((name, definition)) = first else {
        return Condition::Above([close(), Operand::now(Source::Price(Price::Open))]);
    };
    let output = |index: usize| {
        let is_only = definition.outputs.len() == 1;
        definition.outputs.get(index).map(|output| {
            Operand::now(Source::Indicator {
                name: name.clone(),
                output: (!is_only).then(|| output.name.to_owned()),
            })
        })
    };
    let one = output(0).unwrap_or_else(close);
    match definition.placement {
        indicator::Placement::Overlay => Condition::Above([close(), one]),
        indicator::Placement::Pane => {
            Condition::Above([one, Operand::Number(Number::Literal(0.0))])
        }
    }
}

/// How many conditions a document has.
pub fn conditions(document: &Document) -> usize {
    fn count(condition: &Condition) -> usize {
        match condition {
            Condition::All(list) | Condition::Any(list) => {
                1 + list.iter().map(count).sum::<usize>()
            }
            Condition::Not(inner) => 1 + count(inner),
            _ => 1,
        }
    }
    Root::ALL
        .iter()
        .filter_map(|root| root.rule(document))
        .map(count)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::lab::designer::new_document;

    fn doc(long: &str) -> Document {
        let mut document = new_document(trading::language::Language::En);
        document.entry.long = Some(serde_json::from_str(long).unwrap());
        document
    }

    fn long(document: &Document) -> String {
        serde_json::to_string(&document.entry.long).unwrap()
    }

    #[test]
    fn spots_read_back_and_know_their_pointers() {
        let document = doc(r#"{"all":[{"not":{"any":[{"rising":{"value":"close","bars":2}}]}}]}"#);
        let spot: Spot = "buy.0.0.0".parse().unwrap();
        assert_eq!(spot.to_string(), "buy.0.0.0");
        assert_eq!(spot.pointer(&document), "/entry/long/all/0/not/any/0");
        assert!(spot.find(&document).is_some());
        assert!(spot.child(0).find(&document).is_none());
        assert!("bought.0".parse::<Spot>().is_err());
        assert!("buy.x".parse::<Spot>().is_err());
    }

    #[test]
    fn conditions_are_added_moved_and_removed() {
        let mut document = new_document(trading::language::Language::En);
        let top = Spot::top(Root::Buy);
        top.add(
            &mut document,
            first_condition(&new_document(trading::language::Language::En)),
        );
        assert_eq!(long(&document), r#"{"all":[{"above":["close","open"]}]}"#);
        top.child(0).duplicate(&mut document);
        top.child(1).set_operator(&mut document, "below");
        top.child(1).shift(&mut document, true);
        top.child(0).shift(&mut document, true);
        assert_eq!(
            long(&document),
            r#"{"all":[{"below":["close","open"]},{"above":["close","open"]}]}"#
        );
        top.child(0).negate(&mut document);
        top.child(1).wrap(&mut document);
        top.child(1).set_any(&mut document, true);
        assert_eq!(
            long(&document),
            r#"{"all":[{"not":{"below":["close","open"]}},{"any":[{"above":["close","open"]}]}]}"#
        );
        // What denies nothing is gone with it.
        top.child(0).child(0).remove(&mut document);
        top.child(0).remove(&mut document);
        assert!(document.entry.long.is_none());
    }

    #[test]
    fn a_bare_condition_becomes_a_group_when_it_is_given_company() {
        let mut document = doc(r#"{"above":["close",1.0]}"#);
        let top = Spot::top(Root::Buy);
        top.duplicate(&mut document);
        assert_eq!(
            long(&document),
            r#"{"all":[{"above":["close",1.0]},{"above":["close",1.0]}]}"#
        );
    }

    #[test]
    fn every_operator_can_be_chosen_and_left_again() {
        let mut document = doc(r#"{"above":["close",1.0]}"#);
        let top = Spot::top(Root::Buy);
        for operator in Condition::NAMES {
            if ["all", "any", "not"].contains(&operator) {
                continue;
            }
            top.set_operator(&mut document, operator);
            assert_eq!(document.entry.long.as_ref().unwrap().name(), operator);
            assert_eq!(trading::strategy::validate::check(&document), vec![]);
        }
    }
}
