//! How does a report look as a page?
//!
//! The brief on the left with what was found beneath each
//! paragraph, the sources on the right. A finding's words link to the passage that shows it,
//! and the passage to the finding, so that it works without JavaScript; with it, both sides
//! move at once.

use maud::{Markup, Render, html};
use sayso::check::{Block, Finding, Report, Severity, Side};

use self::column::Column;
use super::{Shown, brief_name, codes, diff, origin, quoted, source_name, summary};
use crate::characters::flat;
use crate::html::STYLE;
use crate::html::places::Places;
use crate::html::words::Words;
use crate::page::{Page, data};

mod column;

pub(crate) const OWN_STYLE: &str = include_str!("page.css");
pub(crate) const SCRIPT: &str = concat!(include_str!("../html/bring.js"), include_str!("page.js"));
const CAUTION: &str = "These findings are a program's, which misses some and mistakes others. \
     Hold them against the sources before you rely on them.";

/// A page of one or several reports.
///
/// A finding's address is `#f3`, its words in the brief are `#f3-b`, and the passages that show it
/// `#f3-e1` and so on; those of the second of several reports begin with `r2-`.
pub fn page(reports: &[Shown<'_>]) -> Page {
    let title = match reports {
        [one] => format!("{} – held against its sources", brief_name(one.report)),
        _ => format!("{} briefs held against their sources", reports.len()),
    };
    let prefix = |i: usize| if reports.len() > 1 { format!("r{}-", i + 1) } else { String::new() };
    Page {
        of: "sayso.check/1",
        title,
        class: "checks",
        styles: vec![STYLE, OWN_STYLE],
        unscripted: String::new(),
        script: SCRIPT,
        body: html! {
            @if reports.is_empty() { main { p.nothing { "Nothing was checked." } } }
            @for (i, shown) in reports.iter().enumerate() {
                (View { report: shown.report, prefix: prefix(i) })
            }
            (meanings(reports))
            footer.foot { p { (CAUTION) } }
            @for (i, shown) in reports.iter().enumerate() { (data(format_args!("{}report", prefix(i)), shown.report)) }
        },
    }
}

/// The pages of the codes that were found.
fn meanings(reports: &[Shown<'_>]) -> Markup {
    let codes = codes(reports);
    html! {
        @if !codes.is_empty() {
            section.meanings aria-labelledby="meanings" {
                h2 #meanings { "What the findings mean" }
                @for code in codes {
                    details id={ "code-" (code.name()) } {
                        summary { code { (code.name()) } " " (code.page().summary()) }
                        @for block in code.page().blocks().into_iter().skip(1) { (part(&block)) }
                    }
                }
            }
        }
    }
}

fn part(block: &Block) -> Markup {
    html! {
        @match block {
            Block::Heading(words) => h3 { (words) },
            Block::Paragraph(words) => p { (words) },
            Block::Quote(words) => blockquote { (words) },
        }
    }
}

/// A report in the page.
struct View<'a> {
    report: &'a Report,
    /// Before all its addresses in the page.
    prefix: String,
}

/// Words that are marked in a text.
#[derive(Debug)]
struct Mark {
    /// Bytes of the text.
    span: sayso::Span,
    /// The finding's place in the report; `None` of a sentence that can't be decided.
    finding: Option<usize>,
    class: &'static str,
    /// The mark's own address.
    id: String,
    /// Where a click leads.
    href: String,
    title: String,
}

impl Render for View<'_> {
    fn render(&self) -> Markup {
        let brief = Column::new(&self.report.brief, self.brief_marks());
        let lost = self.report.findings.iter().enumerate().filter(|(i, _)| brief.paragraph_of(*i).is_none());
        html! {
            header.case {
                p.kind { "Held against " (counted(self.report.sources.len(), "source")) }
                h1 { (Words(&brief_name(self.report))) }
                p.counts { (summary(self.report)) "." }
                @if !self.report.findings.is_empty() || !self.report.undecided.is_empty() { (legend(self.report)) }
                @for note in &self.report.notes { p.caution { (Words(note)) } }
            }
            main.panes {
                section.brief aria-label="The brief" {
                    h2 { "The brief" }
                    @for (i, finding) in lost {
                        p.caution { "The words of finding " (i + 1) " don’t stand where it says." }
                        (self.card(i, finding))
                    }
                    @for (i, paragraph) in brief.paragraphs.iter().enumerate() {
                        (brief.words(paragraph))
                        @let here = self.report.findings.iter().enumerate().filter(|(f, _)| brief.paragraph_of(*f) == Some(i));
                        @for (f, finding) in here { (self.card(f, finding)) }
                    }
                }
                section.sources tabindex="0" role="region" aria-label="The sources" {
                    h2 { (counted(self.report.sources.len(), "source")) }
                    @for i in 0..self.report.sources.len() { (self.source(i)) }
                }
            }
        }
    }
}

impl View<'_> {
    fn anchor(&self, i: usize) -> String {
        format!("{}f{}", self.prefix, i + 1)
    }

    /// Whether the passage stands where the report says.
    fn stands(&self, evidence: &sayso::check::Evidence) -> Option<sayso::Span> {
        let source = self.report.sources.get(evidence.article)?;
        Places::new(&source.text).find(evidence.start, evidence.end, &evidence.text)
    }

    fn brief_marks(&self) -> Vec<Mark> {
        let places = Places::new(&self.report.brief.text);
        let mut marks = Vec::new();
        for (i, finding) in self.report.findings.iter().enumerate() {
            let Some(span) = places.find(finding.start, finding.end, &finding.text) else { continue };
            let anchor = self.anchor(i);
            let shows = finding.evidence.iter().position(|evidence| self.stands(evidence).is_some());
            let href = shows.map_or_else(|| format!("#{anchor}"), |at| format!("#{anchor}-e{}", at + 1));
            let title = format!("{} {}: {}", finding.severity.name(), i + 1, flat(&finding.message));
            let id = format!("{anchor}-b");
            marks.push(Mark { span, finding: Some(i), class: finding.severity.name(), id, href, title });
        }
        for (i, sentence) in self.report.undecided.iter().enumerate() {
            let Some(span) = places.span(sentence) else { continue };
            let id = format!("{}u{}", self.prefix, i + 1);
            let title = "undecided: the sources neither say this nor speak against it".to_owned();
            marks.push(Mark { span, finding: None, class: "undecided", id, href: String::new(), title });
        }
        marks
    }

    fn source(&self, i: usize) -> Markup {
        let source = &self.report.sources[i];
        let mut marks = Vec::new();
        for (f, finding) in self.report.findings.iter().enumerate() {
            for (e, evidence) in
                finding.evidence.iter().enumerate().filter(|(_, evidence)| evidence.article == i)
            {
                let Some(span) = self.stands(evidence) else { continue };
                let anchor = self.anchor(f);
                let title = format!("shows finding {}", f + 1);
                let id = format!("{anchor}-e{}", e + 1);
                marks.push(Mark {
                    span,
                    finding: Some(f),
                    class: "proof",
                    id,
                    href: format!("#{anchor}"),
                    title,
                });
            }
        }
        let column = Column::new(source, marks);
        let opens = column.opens_with_title();
        html! {
            article id={ (self.prefix) "s" (i + 1) } {
                p.outlet { (Words(&source_name(self.report, i))) }
                @if let (Some(title), false) = (&source.title, opens) { h3 { (Words(&flat(title))) } }
                @for paragraph in &column.paragraphs { (column.words(paragraph)) }
            }
        }
    }

    /// What is said of a finding, beneath the paragraph that it is in.
    fn card(&self, i: usize, finding: &Finding) -> Markup {
        let anchor = self.anchor(i);
        html! {
            aside.card.(finding.severity.name()) id=(anchor) data-f=(anchor) aria-label={ "Finding " (i + 1) } {
                p.top {
                    a.which href={ "#" (anchor) "-b" } { b { (finding.severity.name()) " " (i + 1) } }
                    " " a.code href={ "#code-" (finding.code.name()) } { (finding.code.name()) }
                }
                p.message { (Words(&flat(&finding.message))) }
                @if !finding.diff.is_empty() { (difference(finding)) }
                @for (e, evidence) in finding.evidence.iter().enumerate() {
                    p.source-says {
                        span.label { (Words(&origin(self.report, evidence))) ": " }
                        @if self.stands(evidence).is_some() {
                            a href={ "#" (anchor) "-e" (e + 1) } { (Words(&quoted(&evidence.text))) }
                        } @else {
                            (Words(&quoted(&evidence.text))) " (not found there)"
                        }
                    }
                }
                @if finding.evidence.is_empty() { p.source-says { span.label { "No passage of the sources says it." } } }
                @if let Some(better) = &finding.better {
                    p.better { span.label { "Better: " } (Words(&flat(better))) }
                }
            }
        }
    }
}

fn difference(finding: &Finding) -> Markup {
    html! {
        p.difference {
            span.label { "Word by word: " }
            @for (side, words) in diff(&finding.diff) {
                @let bare = words.trim_start();
                @if bare.len() < words.len() { " " }
                @match side {
                    Side::Both => (Words(bare)),
                    Side::Source => del { span.unseen { "in the source: " } (Words(bare)) },
                    Side::Brief => ins { span.unseen { "in the brief: " } (Words(bare)) },
                }
            }
        }
    }
}

fn legend(report: &Report) -> Markup {
    let has = |severity| report.findings.iter().any(|finding| finding.severity == severity);
    html! {
        p.legend {
            @if has(Severity::Error) { span.find.error { "error" } " says what the sources don’t; " }
            @if has(Severity::Warning) { span.find.warning { "warning" } " very probably does; " }
            @if !report.undecided.is_empty() { span.find.undecided { "undecided" } " is neither said nor spoken against; " }
            "a click or Enter on marked words shows the passage."
        }
    }
}

fn counted(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}
