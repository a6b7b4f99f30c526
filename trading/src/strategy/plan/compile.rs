//! From a document to a plan.

use super::{
    Column, ColumnId, DistancePlan, IndicatorNode, LossLimit, NodeInput, OrderPlan, Plan,
    PlanParameter, Relation, Rules, SessionHours, SizePlan, Slot, Term, Test, TestId, TrailPlan,
};
use crate::{
    indicator::{self, InputKind, Settings},
    strategy::{
        condition::{Condition, MAX_DEPTH},
        document::{Document, Indicator, Setting},
        exit::Distance,
        limit::DailyLoss,
        number::Number,
        operand::{Operand, Price, Source},
        sizing::Sizing,
    },
    zone::Zone,
};
use std::collections::BTreeMap;

/// Why a document has no meaning. [`crate::strategy::validate`] finds all of a document's faults
/// and explains them; a document without faults always compiles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {why}")]
pub struct CompileError {
    /// Where, as a JSON pointer.
    pub place: String,
    /// What is wrong.
    pub why: String,
}

/// The longest chain of indicators that read one another.
const MAX_CHAIN: usize = 100;

fn error(place: impl Into<String>, why: impl Into<String>) -> CompileError {
    CompileError {
        place: place.into(),
        why: why.into(),
    }
}

/// Compiles a document.
///
/// # Errors
/// When a name refers to nothing, or a number is out of its range.
pub fn compile(document: &Document) -> Result<Plan, CompileError> {
    let zone = Zone::parse(&document.time_zone).map_err(|e| error("/time_zone", e.to_string()))?;
    let mut compiler = Compiler {
        document,
        parameters: document
            .parameters
            .iter()
            .map(|(name, p)| PlanParameter {
                name: name.clone(),
                value: p.value,
            })
            .collect(),
        feeds: Vec::new(),
        indicators: Vec::new(),
        names: BTreeMap::new(),
        open: Vec::new(),
        columns: Vec::new(),
        reach: Vec::new(),
        tests: Vec::new(),
    };
    let rules = Rules {
        long: compiler.rule(document.entry.long.as_ref(), "/entry/long")?,
        short: compiler.rule(document.entry.short.as_ref(), "/entry/short")?,
        exit_long: compiler.rule(document.exits.long.as_ref(), "/exits/long")?,
        exit_short: compiler.rule(document.exits.short.as_ref(), "/exits/short")?,
    };
    let orders = compiler.orders()?;
    let max_spread = compiler.optional_slot(document.filters.max_spread.as_ref())?;
    let hours = match &document.filters.session {
        Some(session) => Some(
            SessionHours::new(session, &zone)
                .map_err(|e| error("/filters/session/time_zone", e.to_string()))?,
        ),
        None => None,
    };
    let plan = Plan {
        symbol: document.symbol.clone(),
        timeframe: document.timeframe,
        zone,
        parameters: compiler.parameters,
        feeds: compiler.feeds,
        indicators: compiler.indicators,
        columns: compiler.columns,
        reach: compiler.reach,
        tests: compiler.tests,
        rules,
        hours,
        max_spread,
        orders,
    };
    match plan.value_fault(&plan.values()) {
        Some(fault) => Err(error("/parameters", fault)),
        None => Ok(plan),
    }
}

struct Compiler<'a> {
    document: &'a Document,
    parameters: Vec<PlanParameter>,
    feeds: Vec<crate::timeframe::Timeframe>,
    indicators: Vec<IndicatorNode>,
    /// Where the document's indicators are among `indicators`.
    names: BTreeMap<&'a str, usize>,
    /// Indicators being compiled, to notice circles.
    open: Vec<&'a str>,
    columns: Vec<Column>,
    reach: Vec<u32>,
    tests: Vec<Test>,
}

impl<'a> Compiler<'a> {
    fn rule(
        &mut self,
        condition: Option<&'a Condition>,
        place: &str,
    ) -> Result<Option<TestId>, CompileError> {
        condition
            .map(|condition| self.condition(condition, place, 0))
            .transpose()
    }

    fn condition(
        &mut self,
        condition: &'a Condition,
        place: &str,
        depth: usize,
    ) -> Result<TestId, CompileError> {
        if depth > MAX_DEPTH {
            return Err(error(place, "conditions are nested too deeply"));
        }
        let mut several = |list: &'a [Condition]| {
            if list.is_empty() {
                return Err(error(place, "the group is empty"));
            }
            list.iter()
                .map(|c| self.condition(c, place, depth + 1))
                .collect::<Result<Vec<_>, _>>()
        };
        let test = match condition {
            Condition::All(list) => Test::All(several(list)?),
            Condition::Any(list) => Test::Any(several(list)?),
            Condition::Not(inner) => Test::Not(self.condition(inner, place, depth + 1)?),
            Condition::Above([a, b]) => self.compare(Relation::Above, a, b, place)?,
            Condition::AtOrAbove([a, b]) => self.compare(Relation::AtOrAbove, a, b, place)?,
            Condition::Below([a, b]) => self.compare(Relation::Below, a, b, place)?,
            Condition::AtOrBelow([a, b]) => self.compare(Relation::AtOrBelow, a, b, place)?,
            Condition::CrossesAbove([a, b]) => {
                self.cross(Relation::Above, Relation::AtOrBelow, a, b, place)?
            }
            Condition::CrossesBelow([a, b]) => {
                self.cross(Relation::Below, Relation::AtOrAbove, a, b, place)?
            }
            Condition::Between([value, low, high]) => {
                let low = self.compare(Relation::AtOrAbove, value, low, place)?;
                let high = self.compare(Relation::AtOrBelow, value, high, place)?;
                Test::All(vec![self.add(low), self.add(high)])
            }
            Condition::Rising(run) => self.run(Relation::Above, &run.value, run.bars, place)?,
            Condition::Falling(run) => self.run(Relation::Below, &run.value, run.bars, place)?,
            Condition::Occurs(operand) => {
                let a = self.term(operand, 0, place)?;
                Test::Compare(Relation::Differs, a, Term::Constant(Slot::Fixed(0.0)))
            }
        };
        Ok(self.add(test))
    }

    /// The place of a test; one that is there already serves again.
    fn add(&mut self, test: Test) -> TestId {
        if let Some(found) = self.tests.iter().position(|t| *t == test) {
            return found;
        }
        self.tests.push(test);
        self.tests.len() - 1
    }

    fn compare(
        &mut self,
        relation: Relation,
        a: &'a Operand,
        b: &'a Operand,
        place: &str,
    ) -> Result<Test, CompileError> {
        let a = self.term(a, 0, place)?;
        let b = self.term(b, 0, place)?;
        Ok(self.related(relation, a, b))
    }

    /// A comparison. `a <= b` is written as the opposite of `a > b` where both always have a value:
    /// then crossings up and down share their comparisons.
    fn related(&mut self, relation: Relation, a: Term, b: Term) -> Test {
        let opposite = match relation {
            Relation::AtOrBelow => Relation::Above,
            Relation::AtOrAbove => Relation::Below,
            _ => return Test::Compare(relation, a, b),
        };
        if self.has_gaps(a) || self.has_gaps(b) {
            return Test::Compare(relation, a, b);
        }
        Test::Not(self.add(Test::Compare(opposite, a, b)))
    }

    /// Whether a term may lack a value after its first one.
    fn has_gaps(&self, term: Term) -> bool {
        let Term::Column { column, .. } = term else {
            return false;
        };
        match self.columns[column] {
            Column::Price(_) => false,
            Column::Output {
                indicator, output, ..
            } => {
                let definition = self.indicators[indicator].settings.definition();
                definition.outputs[output].has_gaps()
            }
        }
    }

    /// `now` at this bar and `before` at the bar of the strategy's timeframe before it.
    fn cross(
        &mut self,
        now: Relation,
        before: Relation,
        a: &'a Operand,
        b: &'a Operand,
        place: &str,
    ) -> Result<Test, CompileError> {
        let (a, b) = (self.term(a, 0, place)?, self.term(b, 0, place)?);
        let earlier = |term: Term| match term {
            Term::Column {
                column,
                ago,
                factor,
            } => Term::Column {
                column,
                ago: ago + 1,
                factor,
            },
            constant => constant,
        };
        let (a1, b1) = (earlier(a), earlier(b));
        self.note_reach(a1);
        self.note_reach(b1);
        let now = self.add(Test::Compare(now, a, b));
        let before = self.related(before, a1, b1);
        let before = self.add(before);
        Ok(Test::All(vec![now, before]))
    }

    /// `bars` steps in a row, each related to the one before it.
    fn run(
        &mut self,
        relation: Relation,
        value: &'a Operand,
        bars: u32,
        place: &str,
    ) -> Result<Test, CompileError> {
        if !(1..=100).contains(&bars) {
            return Err(error(place, "bars must be from 1 to 100"));
        }
        let mut steps = Vec::new();
        for step in 0..bars {
            let newer = self.term(value, step, place)?;
            let older = self.term(value, step + 1, place)?;
            steps.push(self.add(Test::Compare(relation, newer, older)));
        }
        Ok(Test::All(steps))
    }

    /// An operand, `earlier` bars of its own timeframe further back.
    fn term(
        &mut self,
        operand: &'a Operand,
        earlier: u32,
        place: &str,
    ) -> Result<Term, CompileError> {
        match operand {
            Operand::Number(number) => Ok(Term::Constant(self.slot(number)?)),
            Operand::Series {
                source,
                ago,
                factor,
            } => {
                let back = ago + earlier;
                let factor = self.optional_slot(factor.as_ref())?;
                let (column, ago) = match source {
                    Source::Price(price) => (self.column(Column::Price(*price)), back),
                    Source::Indicator { name, output } => {
                        let (indicator, output) = self.output(name, output.as_deref(), place)?;
                        // On a higher timeframe "one bar ago" means one of its bars.
                        let is_higher = self.indicators[indicator].feed.is_some();
                        let (lag, ago) = if is_higher { (back, 0) } else { (0, back) };
                        let column = Column::Output {
                            indicator,
                            output,
                            lag,
                        };
                        (self.column(column), ago)
                    }
                };
                let term = Term::Column {
                    column,
                    ago,
                    factor,
                };
                self.note_reach(term);
                Ok(term)
            }
        }
    }

    fn note_reach(&mut self, term: Term) {
        if let Term::Column { column, ago, .. } = term {
            self.reach[column] = self.reach[column].max(ago);
        }
    }

    fn column(&mut self, column: Column) -> ColumnId {
        if let Some(found) = self.columns.iter().position(|c| *c == column) {
            return found;
        }
        if let Column::Output {
            indicator, output, ..
        } = column
        {
            self.indicators[indicator].wanted |= 1 << output;
        }
        self.columns.push(column);
        self.reach.push(0);
        self.columns.len() - 1
    }

    /// The place of a named indicator and of its output.
    fn output(
        &mut self,
        name: &'a str,
        output: Option<&str>,
        place: &str,
    ) -> Result<(usize, usize), CompileError> {
        let indicator = self.indicator(name, place)?;
        let definition = self.indicators[indicator].settings.definition();
        let output = match output {
            None => 0,
            Some(output) => definition
                .output(output)
                .ok_or_else(|| error(place, format!("{name} has no output {output}")))?,
        };
        Ok((indicator, output))
    }

    fn indicator(&mut self, name: &'a str, place: &str) -> Result<usize, CompileError> {
        if let Some(found) = self.names.get(name) {
            return Ok(*found);
        }
        let document = self.document;
        let entry = document
            .indicators
            .get(name)
            .ok_or_else(|| error(place, format!("there is no indicator {name}")))?;
        let own = format!("/indicators/{name}");
        if self.open.contains(&name) {
            return Err(error(own, "it is computed from itself"));
        }
        if self.open.len() >= MAX_CHAIN {
            return Err(error(
                own,
                "indicators read one another over too many steps",
            ));
        }
        self.open.push(name);
        let node = self.node(entry, &own)?;
        self.open.pop();
        let index = self.add_indicator(node);
        self.names.insert(name, index);
        Ok(index)
    }

    fn add_indicator(&mut self, node: IndicatorNode) -> usize {
        let same = |other: &IndicatorNode| {
            other.settings == node.settings
                && other.slots == node.slots
                && other.input == node.input
                && other.feed == node.feed
        };
        if let Some(found) = self.indicators.iter().position(same) {
            return found;
        }
        self.indicators.push(node);
        self.indicators.len() - 1
    }

    fn node(&mut self, entry: &'a Indicator, place: &str) -> Result<IndicatorNode, CompileError> {
        let definition = indicator::find(&entry.kind)
            .ok_or_else(|| error(place, format!("there is no indicator kind {}", entry.kind)))?;
        let mut settings = Settings::defaults(definition);
        let mut slots: Vec<Slot> = definition
            .parameters
            .iter()
            .map(|p| Slot::Fixed(p.default))
            .collect();
        for (name, setting) in &entry.settings {
            let parameter = definition.parameters.iter().position(|p| p.name == name);
            match (setting, parameter) {
                (Setting::Number(number), Some(at)) => {
                    slots[at] = self.slot(number)?;
                    if let Slot::Fixed(value) = slots[at]
                        && let Some(fault) = definition.parameters[at].fault(value)
                    {
                        return Err(error(place, fault));
                    }
                }
                (Setting::Choice(value), None) => {
                    let known = definition
                        .choices
                        .iter()
                        .any(|c| c.name == name && c.values.iter().any(|v| v.name == value));
                    if !known {
                        return Err(error(place, format!("unknown {name} {value}")));
                    }
                    settings = settings.choosing(name, value);
                }
                _ => return Err(error(place, format!("unknown setting {name}"))),
            }
        }
        let feed = match entry.timeframe {
            Some(higher) if higher != self.document.timeframe => {
                if !higher.is_made_of(self.document.timeframe) {
                    return Err(error(place, "the timeframe is not a higher one"));
                }
                Some(match self.feeds.iter().position(|f| *f == higher) {
                    Some(found) => found,
                    None => {
                        self.feeds.push(higher);
                        self.feeds.len() - 1
                    }
                })
            }
            _ => None,
        };
        let input = match (definition.input, &entry.source) {
            (InputKind::Source, None) => NodeInput::Price(Price::Close),
            (InputKind::Source, Some(Source::Price(price))) => NodeInput::Price(*price),
            (InputKind::Source, Some(Source::Indicator { name, output })) => {
                let (indicator, output) = self.output(name, output.as_deref(), place)?;
                if self.indicators[indicator].feed != feed {
                    return Err(error(place, "its source is on another timeframe"));
                }
                self.indicators[indicator].wanted |= 1 << output;
                NodeInput::Output(indicator, output)
            }
            (_, None) => NodeInput::Bar,
            (_, Some(_)) => return Err(error(place, "it takes no source")),
        };
        Ok(IndicatorNode {
            settings,
            slots,
            input,
            feed,
            wanted: 0,
        })
    }

    fn orders(&mut self) -> Result<OrderPlan, CompileError> {
        let document = self.document;
        let exits = &document.exits;
        let stop_loss = self.optional_distance(exits.stop_loss.as_ref())?;
        if matches!(stop_loss, Some(DistancePlan::Risk(_))) {
            return Err(error(
                "/exits/stop_loss",
                "a stop loss cannot measure itself",
            ));
        }
        let orders = OrderPlan {
            opposite_signal: exits.opposite_signal,
            stop_loss,
            take_profit: self.optional_distance(exits.take_profit.as_ref())?,
            break_even: match &exits.break_even {
                Some(rule) => Some((
                    self.distance(&rule.after)?,
                    self.optional_distance(rule.plus.as_ref())?,
                )),
                None => None,
            },
            trailing_stop: match &exits.trailing_stop {
                Some(rule) => Some(TrailPlan {
                    distance: self.distance(&rule.distance)?,
                    activate_after: self.optional_distance(rule.activate_after.as_ref())?,
                }),
                None => None,
            },
            after_bars: self.optional_slot(exits.after_bars.as_ref())?,
            size: match &document.sizing {
                Sizing::FixedLots(lots) => SizePlan::FixedLots(self.slot(lots)?),
                Sizing::RiskPercent(percent) => SizePlan::RiskPercent(self.slot(percent)?),
                Sizing::RiskMoney(money) => SizePlan::RiskMoney(self.slot(money)?),
            },
            max_positions: document.limits.max_positions,
            max_trades_per_day: document.limits.max_trades_per_day,
            max_daily_loss: match &document.limits.max_daily_loss {
                Some(DailyLoss::Money(money)) => Some(LossLimit::Money(self.slot(money)?)),
                Some(DailyLoss::Percent(percent)) => Some(LossLimit::Percent(self.slot(percent)?)),
                None => None,
            },
            cooldown_after_loss: self
                .optional_slot(document.filters.cooldown_after_loss.as_ref())?,
        };
        let by_risk = |d: Option<DistancePlan>| matches!(d, Some(DistancePlan::Risk(_)));
        let needs_stop = by_risk(orders.take_profit)
            || orders
                .break_even
                .is_some_and(|(after, plus)| by_risk(Some(after)) || by_risk(plus))
            || orders
                .trailing_stop
                .is_some_and(|t| by_risk(Some(t.distance)) || by_risk(t.activate_after))
            || !matches!(orders.size, SizePlan::FixedLots(_));
        if needs_stop && orders.stop_loss.is_none() {
            return Err(error("/exits", "a multiple of the risk needs a stop loss"));
        }
        Ok(orders)
    }

    fn optional_distance(
        &mut self,
        distance: Option<&'a Distance>,
    ) -> Result<Option<DistancePlan>, CompileError> {
        distance.map(|d| self.distance(d)).transpose()
    }

    fn distance(&mut self, distance: &'a Distance) -> Result<DistancePlan, CompileError> {
        Ok(match distance {
            Distance::Points(n) => DistancePlan::Points(self.slot(n)?),
            Distance::Percent(n) => DistancePlan::Percent(self.slot(n)?),
            Distance::Risk(n) => DistancePlan::Risk(self.slot(n)?),
            Distance::Atr(atr) => {
                let multiple = self.slot(&atr.multiple)?;
                let definition = indicator::find("atr")
                    .ok_or_else(|| error("/exits", "the catalogue has no atr"))?;
                let mut settings = Settings::defaults(definition);
                if let Some(method) = &atr.method {
                    let known = definition.choices[0]
                        .values
                        .iter()
                        .any(|v| v.name == method);
                    if !known {
                        return Err(error("/exits", format!("atr has no method {method}")));
                    }
                    settings = settings.choosing("method", method);
                }
                let period = self.slot(&atr.period)?;
                if let Slot::Fixed(value) = period
                    && let Some(fault) = definition.parameters[0].fault(value)
                {
                    return Err(error("/exits", fault));
                }
                let indicator = self.add_indicator(IndicatorNode {
                    settings,
                    slots: vec![period],
                    input: NodeInput::Bar,
                    feed: None,
                    wanted: 0,
                });
                let column = self.column(Column::Output {
                    indicator,
                    output: 0,
                    lag: 0,
                });
                DistancePlan::Atr { multiple, column }
            }
        })
    }

    fn optional_slot(&self, number: Option<&Number>) -> Result<Option<Slot>, CompileError> {
        number.map(|n| self.slot(n)).transpose()
    }

    fn slot(&self, number: &Number) -> Result<Slot, CompileError> {
        match number {
            Number::Literal(value) if value.is_finite() => Ok(Slot::Fixed(*value)),
            Number::Literal(_) => Err(error("", "a number is not finite")),
            Number::Parameter(name) => self
                .parameters
                .iter()
                .position(|p| p.name == name.name())
                .map(Slot::Parameter)
                .ok_or_else(|| error("/parameters", format!("there is no {}", name.name()))),
        }
    }
}
