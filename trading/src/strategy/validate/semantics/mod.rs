//! What a document means, judged: names, ranges, circles, what needs what.

mod condition;
mod indicator;
mod number;
mod order;
mod parameter;

use super::{
    Group, MAX_INDICATORS, MAX_NAME, MAX_PARAMETERS, MAX_TEXT, Problem,
    fault::{Faults, Pointer},
    suggest,
};
use crate::{
    strategy::{
        document::{Document, VERSION},
        number::is_name,
        operand::Price,
    },
    zone::Zone,
};
use std::collections::BTreeSet;

/// Adds every fault of `document`, silent about `holes` and what is in them.
pub(super) fn check(document: &Document, holes: &BTreeSet<String>, faults: &mut Faults) {
    let mut judge = Judge {
        document,
        holes,
        faults,
        conditions: 0,
    };
    judge.head();
    judge.parameters();
    judge.indicators();
    judge.rules();
    judge.filters();
    judge.exits();
    judge.sizing();
    judge.limits();
}

struct Judge<'a> {
    document: &'a Document,
    holes: &'a BTreeSet<String>,
    faults: &'a mut Faults,
    /// Conditions judged so far.
    conditions: usize,
}

impl Judge<'_> {
    fn add(&mut self, at: &Pointer, problem: Problem) {
        if !self.is_hole(at) {
            self.faults.add(at, problem);
        }
    }

    /// Whether the place could not be read, or lies in one that could not.
    fn is_hole(&self, at: &Pointer) -> bool {
        if self.holes.is_empty() {
            return false;
        }
        let mut place = at.as_str();
        loop {
            if self.holes.contains(place) {
                return true;
            }
            match place.rfind('/') {
                Some(end) => place = &place[..end],
                None => return false,
            }
        }
    }

    fn head(&mut self) {
        let root = Pointer::root();
        let found = self.document.version;
        let known = VERSION;
        if found > known {
            self.add(&root.key("version"), Problem::NewerVersion { found, known });
        } else if found != known {
            self.add(
                &root.key("version"),
                Problem::UnknownVersion { found, known },
            );
        }
        if self.document.name.trim().is_empty() {
            self.add(&root.key("name"), Problem::EmptyName);
        }
        self.length(&self.document.name, MAX_NAME, &root.key("name"));
        let description = &self.document.description;
        self.length(description, MAX_TEXT, &root.key("description"));
        self.zone(&self.document.time_zone, &root.key("time_zone"));
        for (found, max, group, name) in [
            (
                self.document.indicators.len(),
                MAX_INDICATORS,
                Group::Indicators,
                "indicators",
            ),
            (
                self.document.parameters.len(),
                MAX_PARAMETERS,
                Group::Parameters,
                "parameters",
            ),
        ] {
            if found > max {
                self.add(&root.key(name), Problem::TooMany { group, found, max });
            }
        }
    }

    fn length(&mut self, text: &str, max: usize, at: &Pointer) {
        let found = text.chars().count();
        if found > max {
            self.add(at, Problem::TooLong { found, max });
        }
    }

    fn name(&mut self, name: &str, at: &Pointer) {
        if !is_name(name) {
            let name = name.to_owned();
            self.add(at, Problem::BadName { name });
        }
    }

    fn indicator_name(&mut self, name: &str, at: &Pointer) {
        self.name(name, at);
        if Price::from_name(name).is_some() {
            let name = name.to_owned();
            self.add(at, Problem::NameIsPrice { name });
        }
    }

    fn zone(&mut self, name: &str, at: &Pointer) {
        if Zone::parse(name).is_err() {
            // A word and not a sentence, so that "Europe/Londn" is helped and noise is not.
            let known = crate::zone::names();
            let suggestion = suggest::nearest(name, known.iter().map(String::as_str));
            let name = name.to_owned();
            self.add(at, Problem::UnknownZone { name, suggestion });
        }
    }
}
