//! Everything that a test needs, read and checked.

use crate::{
    failure::{Failure, Result},
    note::Note,
    output,
    problem::Problem,
    resolve::{self, BarsArgs, History, VenueArgs},
    strategy,
};
use backtest::venue::Venue;
use clap::Args;
use std::{
    path::{Path, PathBuf},
    time::Instant,
};
use trading::{
    bar::Bars,
    language::Language,
    strategy::{
        Document,
        number::Number,
        plan::{self, Plan},
        sizing::Sizing,
        validate,
    },
    timeframe::Timeframe,
};

/// What is tested, on what.
#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// The strategy document
    #[arg(long, value_name = "FILE")]
    pub(crate) strategy: PathBuf,
    #[command(flatten)]
    pub(crate) bars: BarsArgs,
    #[command(flatten)]
    pub(crate) venue: VenueArgs,
}

impl TestArgs {
    /// The files that are read.
    pub(crate) fn inputs(&self) -> [Option<&Path>; 3] {
        [
            Some(&self.strategy),
            self.bars.bars.as_deref(),
            self.venue.spec.as_deref(),
        ]
    }
}

/// A test that is ready to run.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) document: Document,
    pub(crate) plan: Plan,
    pub(crate) venue: Venue,
    pub(crate) bars: Bars,
    /// Bars that show the inside of `bars`.
    pub(crate) finer: Option<Bars>,
    /// Where the bars are from, for programs.
    pub(crate) source: String,
    /// What the reader of the result must know.
    pub(crate) notes: Vec<Note>,
    /// Milliseconds that reading took.
    pub(crate) load_ms: f64,
}

/// Whether a test looks inside its bars.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Inside<'a> {
    /// Never: the worse order is assumed.
    No,
    /// With the shorter bars that its bars were built from, if they were.
    IfBuilt,
    /// With the bars of this file.
    File(&'a Path),
}

/// Reads and checks everything. `values` replace those of the document's parameters.
pub(crate) fn prepare(
    args: &TestArgs,
    inside: Inside<'_>,
    values: &[(String, f64)],
) -> Result<Prepared> {
    let start = Instant::now();
    let mut document = strategy::load(&args.strategy)?;
    strategy::set(&mut document, values)?;
    if args.venue.ideal {
        // What is told of the strategy is what is traded: one unit.
        document.sizing = Sizing::FixedLots(Number::Literal(1.0));
    }
    strategy::recheck(&args.strategy, &document)?;
    let (venue, venue_notes) = resolve::venue(&args.venue, &document.symbol)?;
    let mut history = resolve::find(&args.bars, &document)?;
    let asked = document.timeframe;
    let built_from = resolve::adapt(&mut history, &mut document, args.bars.resample)?;
    let plan = compile(args, &document, asked)?;
    let finer = finer(args, inside, &mut history, &plan, built_from)?;
    let mut notes = history.notes;
    notes.extend(venue_notes);
    Ok(Prepared {
        plan,
        document,
        venue,
        bars: history.bars,
        finer,
        source: history.source,
        notes,
        load_ms: millis(start),
    })
}

/// The plan of a document whose timeframe may have become that of the bars.
fn compile(args: &TestArgs, document: &Document, asked: Timeframe) -> Result<Plan> {
    plan::compile(document).map_err(|error| {
        Failure::input(Problem::Compile {
            path: args.strategy.clone(),
            actual: document.timeframe,
            asked,
            // Said in the reader's language, where the document itself shows it.
            fault: validate::check(document).into_iter().next(),
            error,
        })
    })
}

/// The bars that show the inside of a bar.
fn finer(
    args: &TestArgs,
    inside: Inside<'_>,
    history: &mut History,
    plan: &Plan,
    built_from: Option<(Bars, Timeframe)>,
) -> Result<Option<Bars>> {
    let path = match (inside, built_from) {
        (Inside::File(path), _) => path,
        (Inside::IfBuilt, Some((bars, timeframe))) => {
            history.notes.push(Note::Inside(timeframe));
            return Ok(Some(bars));
        }
        _ => return Ok(None),
    };
    let inside = resolve::read_file(path, &args.bars)?;
    let coarse = plan.timeframe;
    let Some(timeframe) = inside
        .timeframe
        .filter(|t| *t < coarse && coarse.is_made_of(*t))
    else {
        return Err(Failure::input(Problem::InsideTimeframe {
            path: path.to_owned(),
            found: inside.timeframe,
            coarse,
        }));
    };
    let span = |bars: &Bars| Some((*bars.time.first()?, *bars.time.last()?));
    let end = |last: i64| last.saturating_add(coarse.millis());
    let (Some(fine), Some(all)) = (span(&inside.bars), span(&history.bars)) else {
        return Ok(None);
    };
    if fine.1 < all.0 || fine.0 >= end(all.1) {
        return Err(Failure::input(Problem::InsideElsewhere(path.to_owned())));
    }
    let whole = fine.0 < end(all.0) && end(fine.1) > all.1;
    history.notes.extend(inside.notes);
    history.notes.push(if whole {
        Note::Inside(timeframe)
    } else {
        Note::InsideInPart(timeframe)
    });
    Ok(Some(inside.bars))
}

impl Prepared {
    /// The failure of a history that ends before the strategy's indicators have numbers.
    pub(crate) fn too_short(&self) -> Failure {
        Failure::input(Problem::TooShort {
            source: self.source.clone(),
            bars: self.bars.len(),
            timeframe: self.plan.timeframe,
        })
    }

    /// The notes in a language; also on stderr, unless the reader has them before the eyes.
    pub(crate) fn tell_notes(&self, language: Language, in_result: bool) -> Vec<String> {
        let texts: Vec<String> = self.notes.iter().map(|note| note.text(language)).collect();
        if !(in_result && output::both_are_seen()) {
            let word = match language {
                Language::En => "Note",
                Language::Id => "Catatan",
            };
            texts
                .iter()
                .for_each(|text| output::say(&format!("{word}: {text}")));
        }
        texts
    }
}

/// Milliseconds since `start`, to the microsecond.
pub(crate) fn millis(start: Instant) -> f64 {
    (start.elapsed().as_secs_f64() * 1e6).round() / 1e3
}
