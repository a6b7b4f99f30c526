//! The page of one strategy: its versions, what each earned, what is other between two.

use super::{
    Compared, Done, Earned, PlaceChoice, Room, StrategyFault, StrategyLine, compare,
    deed::{From, activate, bring_back, deeds},
    earned, line, told,
};
use crate::{
    Look,
    frame::{Page, document},
    part::{alert, table, when},
    words::{report, strategy as words},
};
use leptos::prelude::*;
use trading::time::Time;

/// A version in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionLine {
    /// Its number.
    pub number: i64,
    /// What was said of it when it was saved.
    pub note: String,
    /// Which one it brings back, if it does.
    pub origin: Option<i64>,
    /// When it was saved.
    pub saved_at: Time,
    /// What it earned, by currency.
    pub earned: Vec<Earned>,
}

/// What the page of a strategy shows.
#[derive(Debug, Clone, PartialEq)]
pub struct StrategyPage {
    /// Which.
    pub line: StrategyLine,
    /// Its versions, the newest first.
    pub versions: Vec<VersionLine>,
    /// What was earned in deals of which nobody knows the version.
    pub unknown: Vec<Earned>,
    /// Numbers of versions that are no longer kept, and what they earned.
    pub gone: Vec<(i64, Vec<Earned>)>,
    /// Whether there were more deals than are added up.
    pub is_cut: bool,
    /// What is other between two versions, where there are two.
    pub compared: Option<Compared>,
    /// Where it may be live.
    pub places: Vec<PlaceChoice>,
    /// For how many there is room.
    pub room: Room,
    /// What has just been done.
    pub done: Option<Done>,
    /// What has just been refused.
    pub fault: Option<StrategyFault>,
    /// The time now.
    pub now: Time,
}

/// One strategy.
pub fn strategy(look: &Look, page: &StrategyPage) -> String {
    let line = &page.line;
    let content = view! {
        <div class="assets">
            <p>
                <a href="/strategies">"← " {look.say(words::STRATEGIES)}</a>
            </p>
            <header class="asset-head">
                <h1>{line.name.clone()}</h1>
                {line::facts(look, line, page.now)}
            </header>
            {told(look, page.done, page.fault.as_ref())}
            {deeds(look, line, &page.places, &page.room, From::Page)}
            <section class="asset-section" aria-labelledby="versions">
                <h2 id="versions">{look.say(words::VERSIONS)}</h2>
                <p class="hint">{look.say(words::VERSIONS_LEAD)}</p>
                {page.is_cut.then(|| alert::warn(look.say(words::EARNED_CUT).to_owned()))}
                {versions(look, page)}
            </section>
            <section class="asset-section" aria-labelledby="compare">
                <h2 id="compare">{look.say(words::COMPARE)}</h2>
                {compare::compare(look, page)}
            </section>
        </div>
    };
    let head = Page::new(line.name.clone()).refused(page.fault.is_some());
    document(look, head, content.into_any())
}

fn versions(look: &Look, page: &StrategyPage) -> AnyView {
    let columns = [
        words::COLUMN_VERSION,
        words::COLUMN_SAVED,
        report::NET,
        words::COLUMN_CLOSED,
        words::COLUMN_WON,
        words::COLUMN_DO,
    ]
    .map(|text| look.say(text));
    let mut rows: Vec<AnyView> = page
        .versions
        .iter()
        .map(|version| row(look, page, version))
        .collect();
    for (number, earned) in &page.gone {
        let name = look.with(words::VERSION_GONE, &[&number.to_string()]);
        let mut cells = vec![table::text(columns[0], &name), table::text(columns[1], "")];
        cells.extend(numbers(look, earned));
        cells.push(table::text(columns[5], ""));
        rows.push(table::row(cells));
    }
    if !page.unknown.is_empty() {
        let name = view! {
            <span>{look.say(words::UNKNOWN)}</span>
            <span class="hint below">{look.say(words::UNKNOWN_HINT)}</span>
        };
        let mut cells = vec![table::cell(columns[0], name), table::text(columns[1], "")];
        cells.extend(numbers(look, &page.unknown));
        cells.push(table::text(columns[5], ""));
        rows.push(table::row(cells));
    }
    table::table(look.say(words::VERSIONS), &columns, rows)
}

fn row(look: &Look, page: &StrategyPage, version: &VersionLine) -> AnyView {
    let line = &page.line;
    let live = line.live.as_ref().map(|live| live.version);
    let is_live = live == Some(version.number);
    let tag = is_live.then(|| {
        view! { <span class="tag tag-good">{look.say(words::IS_LIVE)}</span> }
    });
    let note = (!version.note.is_empty()).then(|| {
        view! { <span class="hint below breakable">{version.note.clone()}</span> }
    });
    let origin = version.origin.map(|origin| {
        let text = look.with(words::BRINGS_BACK, &[&origin.to_string()]);
        view! { <span class="hint below">{text}</span> }
    });
    let name = view! {
        <strong>{version.number}</strong>
        " "
        {tag}
        {note}
        {origin}
    };
    let is_newest = version.number == line.version;
    // The newest one is activated above.
    let deed = (!is_newest && !is_live && !line.is_archived).then(|| {
        activate(
            look,
            line,
            version.number,
            (&page.places, &page.room),
            From::Page,
        )
    });
    let back = (!is_newest).then(|| bring_back(look, line, version.number));
    let columns = [words::COLUMN_VERSION, words::COLUMN_SAVED, words::COLUMN_DO];
    let [first, saved, last] = columns.map(|text| look.say(text));
    let mut cells = vec![
        table::cell(first, name),
        table::cell(saved, when::when(version.saved_at)),
    ];
    cells.extend(numbers(look, &version.earned));
    cells.push(if deed.is_some() || back.is_some() {
        table::cell(last, view! { <div class="deeds">{deed} {back}</div> })
    } else {
        table::text(last, "")
    });
    table::row(cells)
}

/// What was earned, a line for each currency.
fn numbers(look: &Look, all: &[Earned]) -> [AnyView; 3] {
    let columns = [report::NET, words::COLUMN_CLOSED, words::COLUMN_WON];
    let [net, closed, won] = columns.map(|text| look.say(text));
    if all.is_empty() {
        let nothing = look.say(words::EARNED_NOTHING);
        let hint = view! { <span class="hint">{nothing}</span> };
        return [
            table::cell(net, hint),
            table::text(closed, ""),
            table::text(won, ""),
        ];
    }
    let each = |show: &dyn Fn(&Earned) -> AnyView| -> AnyView {
        let lines: Vec<AnyView> = all
            .iter()
            .map(|one| view! { <p>{show(one)}</p> }.into_any())
            .collect();
        lines.into_any()
    };
    [
        table::cell(
            net,
            each(&|one| earned::gain(&one.currency, one.net, look.language)),
        ),
        table::cell(closed, each(&|one| one.closed.into_any())),
        table::cell(
            won,
            each(&|one| earned::rate(one, look.language).into_any()),
        ),
    ]
}
