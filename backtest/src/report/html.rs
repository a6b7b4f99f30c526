//! The report as one page: no script, no font, no picture, nothing from elsewhere.

use super::{
    Report,
    chart::chart,
    heat::heat,
    number::Numbers,
    rows::{Row, Section, sections},
    safe::escape,
    slots::{class, slots},
    table::trades,
    text::subtitle,
    words,
};
use std::fmt::Write;
use trading::{indicator::Text, language::Language};

/// The page as a whole HTML document.
///
/// Its policy lets a browser run nothing and load nothing, so that even a fault in escaping could
/// not do harm.
pub fn render(report: &Report<'_>, language: Language) -> String {
    let n = Numbers {
        language,
        currency: report.currency,
        minus: '−',
    };
    let say = |text| escape(language.text(text));
    let title = escape(report.title);
    let mut out = String::with_capacity(256 * 1024);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <meta name=\"color-scheme\" content=\"dark light\">\
         <title>{title} – {}</title><style>{}</style></head><body><main>",
        language.code(),
        say(words::BACKTEST),
        include_str!("style.css"),
    );
    let badge = if report.in_sample {
        let hint = say(words::IN_SAMPLE_NOTE);
        format!(
            "<span class=\"badge\" title=\"{hint}\">{}</span>",
            say(words::IN_SAMPLE)
        )
    } else {
        String::new()
    };
    let _ = write!(
        out,
        "<header><p class=\"kind\">{}{badge}</p><h1>{title}</h1><p class=\"sub\">{}</p><p class=\"sub\">{}</p>",
        say(words::BACKTEST),
        escape(&subtitle(report, &n)),
        say(words::SIMULATED),
    );
    if report.in_sample {
        let _ = write!(out, "<p class=\"warn\">{}</p>", say(words::IN_SAMPLE_NOTE));
    }
    out.push_str("</header>");

    let sections = sections(report, &n);
    headline(&mut out, &sections, language);
    sentences(
        &mut out,
        &say(words::STRATEGY),
        report.strategy_sentences,
        "card",
    );
    out.push_str("<section class=\"card charts\">");
    chart(&mut out, report, &n);
    out.push_str("</section>");
    metrics(&mut out, &sections, language);
    heat(&mut out, report, &n);

    let hours: Vec<String> = (0..24).map(|h| format!("{h:02}")).collect();
    let days = words::WEEKDAYS.map(|d| language.text(d).to_owned());
    out.push_str("<div class=\"pair\">");
    let s = report.statistics;
    slots(
        &mut out,
        words::BY_HOUR,
        words::HOUR,
        &s.by_hour,
        &hours,
        &n,
    );
    slots(
        &mut out,
        words::BY_WEEKDAY,
        words::WEEKDAY,
        &s.by_weekday,
        &days,
        &n,
    );
    out.push_str("</div>");

    trades(&mut out, report, &n);
    sentences(&mut out, &say(words::NOTES), report.notes, "card");
    let _ = writeln!(
        out,
        "</main><footer>{}</footer></body></html>",
        say(words::RISK)
    );
    out
}

/// The four numbers that a trader asks for first.
fn headline(out: &mut String, sections: &[Section], language: Language) {
    let wanted = [
        words::NET_PROFIT.name,
        words::MAX_DRAWDOWN_PERCENT.name,
        words::PROFIT_FACTOR.name,
        words::COUNT.name,
    ];
    out.push_str("<div class=\"tiles\">");
    for row in wanted.iter().filter_map(|name| find(sections, *name)) {
        let _ = write!(
            out,
            "<div class=\"tile\" title=\"{}\"><span>{}</span><strong class=\"mark {}\">{}</strong></div>",
            escape(language.text(row.hint)),
            escape(language.text(row.name)),
            class(row.tone),
            escape(&row.value),
        );
    }
    out.push_str("</div>");
}

fn find(sections: &[Section], name: Text) -> Option<&Row> {
    sections
        .iter()
        .flat_map(|s| &s.rows)
        .find(|row| row.name == name)
}

fn sentences(out: &mut String, heading: &str, sentences: &[String], class: &str) {
    if sentences.is_empty() {
        return;
    }
    // A list of one is no list: the bullet would promise more.
    let one = if sentences.len() == 1 {
        " class=\"one\""
    } else {
        ""
    };
    let _ = write!(
        out,
        "<section class=\"{class}\"><h2>{heading}</h2><ul{one}>"
    );
    for sentence in sentences {
        let _ = write!(out, "<li>{}</li>", escape(sentence));
    }
    out.push_str("</ul></section>");
}

/// The sections in three stacks of about the same height.
fn metrics(out: &mut String, sections: &[Section], language: Language) {
    let stacks: [&[Text]; 3] = [
        &[words::RESULT, words::RISK_SECTION],
        &[words::TRADES],
        &[words::RATIOS, words::COSTS, words::CLOSED_BY],
    ];
    out.push_str("<div class=\"metrics\">");
    for stack in stacks {
        out.push_str("<div class=\"stack\">");
        for section in sections.iter().filter(|s| stack.contains(&s.name)) {
            card(out, section, language);
        }
        out.push_str("</div>");
    }
    out.push_str("</div>");
}

fn card(out: &mut String, section: &Section, language: Language) {
    let name = escape(language.text(section.name));
    let _ = write!(out, "<section class=\"card\"><h2>{name}</h2><dl>");
    for row in &section.rows {
        let _ = write!(
            out,
            "<div title=\"{}\"><dt>{}</dt><dd class=\"{}\">{}</dd>",
            escape(language.text(row.hint)),
            escape(language.text(row.name)),
            class(row.tone),
            escape(&row.value),
        );
        if !row.detail.is_empty() {
            let _ = write!(out, "<dd class=\"detail\">{}</dd>", escape(&row.detail));
        }
        out.push_str("</div>");
    }
    out.push_str("</dl></section>");
}

#[cfg(test)]
mod tests {
    use super::{super::sample::Sample, *};

    const HOSTILE: &str = "</title></style><script>alert(1)</script><img src=x onerror=\"a()\">'&";

    /// Everything between `<` and `>`, to see which elements there are.
    fn tags(page: &str) -> Vec<&str> {
        page.split('<')
            .skip(1)
            .filter_map(|t| t.split(['>', ' ', '\n']).next())
            .collect()
    }

    #[test]
    fn a_hostile_name_stays_text_everywhere() {
        let sample = Sample::new(40);
        let evil = vec![HOSTILE.to_owned()];
        let report = Report {
            title: HOSTILE,
            symbol: HOSTILE,
            timeframe: HOSTILE,
            currency: HOSTILE,
            strategy_sentences: &evil,
            notes: &evil,
            in_sample: true,
            ..sample.report()
        };
        for language in Language::ALL {
            let page = render(&report, language);
            let calm = render(
                &Report {
                    in_sample: true,
                    strategy_sentences: &["a".into()],
                    notes: &["b".into()],
                    ..sample.report()
                },
                language,
            );
            // The same elements, whatever the words.
            assert_eq!(tags(&page), tags(&calm));
            assert!(!page.contains("<script") && !page.contains("<img"));
            assert!(!page.contains("onerror=\""));
        }
    }

    #[test]
    fn nothing_comes_from_elsewhere() {
        let page = render(&Sample::new(40).report(), Language::En);
        for outside in [
            "http://", "https://", "url(", "@import", "<link", "<script", "src=",
        ] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(!page.contains("NaN") && !page.contains(">inf"));
    }

    #[test]
    fn elements_are_closed() {
        for count in [0, 1, 20, 21, 100] {
            let page = render(&Sample::new(count).report(), Language::Id);
            let body = page.split("</style>").nth(1).unwrap();
            for element in [
                "section", "div", "table", "tr", "td", "th", "details", "dl", "figure", "svg",
            ] {
                let open = tags(body).iter().filter(|t| **t == element).count();
                let close = body.matches(&format!("</{element}>")).count();
                assert_eq!(open, close, "{element} with {count} trades");
            }
        }
    }

    #[test]
    fn a_long_list_is_capped_and_says_so() {
        let page = render(&Sample::new(5_001).report(), Language::En);
        assert!(page.contains("5,000 / 5,001. Only the first are listed here."));
        // Ten at either end, five thousand in the list.
        assert_eq!(
            page.matches("<td>Buy</td>").count() + page.matches("<td>Sell</td>").count(),
            5_020
        );
    }

    #[test]
    fn an_empty_run_is_a_page_too() {
        let page = render(&Sample::new(0).report(), Language::Id);
        assert!(page.contains("lang=\"id\"") && page.contains("Tidak ada transaksi"));
    }

    #[test]
    fn one_sentence_is_no_list_and_one_trade_no_trades() {
        let sample = Sample::new(1);
        let said = ["Alone.".to_owned()];
        let report = Report {
            strategy_sentences: &said,
            notes: &["a".to_owned(), "b".to_owned()],
            ..sample.report()
        };
        let page = render(&report, Language::En);
        assert!(page.contains("<ul class=\"one\"><li>Alone.</li></ul>"));
        assert!(page.contains("<ul><li>a</li><li>b</li></ul>"));
        assert!(page.contains("<dd class=\"detail\">1 trade</dd>"));
    }
}
