//! The report for a terminal: plain text, no colour, nothing wider than it must be.

use super::{
    Report,
    number::{NONE, Numbers, date},
    rows::{Section, sections},
    safe::clean,
    words,
    year::years,
};
use trading::{language::Language, time::Time};

/// Columns that paragraphs are broken at.
const WIDTH: usize = 88;

/// The report as text that ends with a line break.
pub fn render(report: &Report<'_>, language: Language) -> String {
    let n = Numbers {
        language,
        currency: &clean(report.currency),
        minus: '-',
    };
    let say = |text| language.text(text);
    let mut out = String::new();

    let title = clean(report.title);
    line(&mut out, &title);
    line(&mut out, &"=".repeat(title.chars().count().clamp(1, WIDTH)));
    line(&mut out, &subtitle(report, &n));
    line(&mut out, say(words::SIMULATED));
    if report.in_sample {
        paragraph(&mut out, "! ", say(words::IN_SAMPLE_NOTE));
    }

    list(&mut out, say(words::STRATEGY), report.strategy_sentences);
    if report.statistics.trades == 0 {
        line(&mut out, "");
        line(&mut out, say(words::NO_TRADES));
    }
    table(&mut out, &sections(report, &n), language);
    by_year(&mut out, report, &n);
    list(&mut out, say(words::NOTES), report.notes);

    line(&mut out, "");
    paragraph(&mut out, "", say(words::RISK));
    out
}

/// Symbol, timeframe, period and number of bars.
pub(super) fn subtitle(report: &Report<'_>, n: &Numbers<'_>) -> String {
    let mut parts = format!("{} {}", clean(report.symbol), clean(report.timeframe));
    if let (Some(first), Some(last)) = (report.times.first(), report.times.last()) {
        let to = n.language.text(words::TO);
        parts += &format!(" · {} {to} {}", date(Time(*first)), date(Time(*last)));
    }
    let bars = n.language.text(words::BARS);
    parts + &format!(" · {} {bars}", n.count(report.statistics.bars))
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Words broken into lines; the first begins with `lead`, the others are indented as far.
fn paragraph(out: &mut String, lead: &str, text: &str) {
    let indent = " ".repeat(lead.chars().count());
    let mut width = lead.chars().count();
    out.push_str(lead);
    let mut fresh = true;
    for word in clean(text).split_whitespace() {
        let length = word.chars().count();
        if !fresh && width + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(&indent);
            width = indent.len();
            fresh = true;
        }
        if !fresh {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
        fresh = false;
    }
    out.push('\n');
}

fn list(out: &mut String, heading: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    line(out, "");
    line(out, heading);
    for sentence in sentences {
        paragraph(out, "  - ", sentence);
    }
}

/// All sections share their columns, so that numbers stand under each other throughout.
fn table(out: &mut String, sections: &[Section], language: Language) {
    let width =
        |texts: &mut dyn Iterator<Item = &str>| texts.map(|t| t.chars().count()).max().unwrap_or(0);
    let rows = || sections.iter().flat_map(|s| &s.rows);
    let names = width(&mut rows().map(|r| language.text(r.name)));
    let values = width(&mut rows().map(|r| r.value.as_str()));
    for section in sections {
        line(out, "");
        line(out, language.text(section.name));
        for row in &section.rows {
            let name = language.text(row.name);
            let text = format!("  {name:<names$}  {:>values$}  {}", row.value, row.detail);
            line(out, text.trim_end());
        }
    }
}

fn by_year(out: &mut String, report: &Report<'_>, n: &Numbers<'_>) {
    let years = years(&report.statistics.monthly);
    if years.is_empty() {
        return;
    }
    line(out, "");
    line(out, n.language.text(words::BY_YEAR));
    let money: Vec<String> = years.iter().map(|y| n.money(y.money)).collect();
    let width = money.iter().map(|m| m.chars().count()).max().unwrap_or(0);
    for (year, money) in years.iter().zip(&money) {
        let percent = year
            .percent
            .map_or_else(|| NONE.to_owned(), |p| n.percent(p));
        line(
            out,
            &format!("  {}  {money:>width$}  {percent:>9}", year.year),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{super::sample::Sample, *};

    #[test]
    fn both_languages_say_the_same_rows() {
        let sample = Sample::new(300);
        let en = render(&sample.report(), Language::En);
        let id = render(&sample.report(), Language::Id);
        assert_eq!(en.lines().count(), id.lines().count());
        assert!(en.contains("Net profit") && en.contains(" USD"));
        assert!(id.contains("Profit bersih") && id.contains("Saldo awal"));
        assert!(en.lines().all(|l| l == l.trim_end()));
    }

    #[test]
    fn numbers_stand_under_each_other() {
        let text = render(&Sample::new(300).report(), Language::En);
        let end = |name: &str| {
            let line = text
                .lines()
                .find(|l| l.starts_with(&format!("  {name}  ")))
                .unwrap();
            line.find(" USD").unwrap()
        };
        assert_eq!(end("Net profit"), end("Gross loss"));
        assert_eq!(end("Net profit"), end("Average win"));
    }

    #[test]
    fn in_sample_and_risk_are_said() {
        let sample = Sample::new(30);
        let text = render(
            &Report {
                in_sample: true,
                ..sample.report()
            },
            Language::En,
        );
        assert!(text.contains("! In-sample"));
        assert!(text.trim_end().ends_with("money you put in."));
        assert!(!render(&sample.report(), Language::En).contains("In-sample"));
    }

    #[test]
    fn a_hostile_name_does_not_reach_the_terminal() {
        let sample = Sample::new(30);
        let report = Report {
            title: "\u{1b}]0;owned\u{7}",
            ..sample.report()
        };
        assert!(!render(&report, Language::En).contains(['\u{1b}', '\u{7}']));
    }

    #[test]
    fn without_trades_it_says_what_to_do() {
        let sample = Sample::new(0);
        let text = render(&sample.report(), Language::En);
        assert!(text.contains("No trade was made"));
        assert!(!text.contains("NaN") && !text.contains("inf"));
    }
}
