//! How does a check's report look to a person, an editor or a build?
//!
//! - [`text()`] is for a terminal: each finding as a compiler shows it.
//! - [`sarif()`] is SARIF 2.1.0, which editors and code hosts show beside the lines.
//! - [`page()`] is a page for a browser: brief and sources side by side.
//!
//! A report may come from elsewhere and the words of its texts are hostile input; what lies
//! outside a text is left out and nothing here panics on it.

use std::collections::BTreeSet;
use std::ops::Range;

use sayso::check::{Code, DiffPart, Evidence, Report, Side};

use crate::characters::flat;

mod lines;
mod page;
mod sarif;
mod text;

pub use page::page;
pub(crate) use page::{OWN_STYLE as STYLE, SCRIPT};
pub use sarif::sarif;
pub use text::{Style, text};

/// A report, with what is known of the brief's file.
#[derive(Debug, Clone)]
pub struct Shown<'a> {
    /// What was found.
    pub report: &'a Report,
    /// The brief's file, where its words were taken out of markup; `None` where the file
    /// says what the report's text says.
    pub file: Option<File>,
}

/// A file that a brief was taken out of.
#[derive(Debug, Clone, Default)]
pub struct File {
    /// All of it, without a byte order mark.
    pub text: String,
    /// Where each finding stands in it, in the report's order; `None` where that isn't sure.
    pub places: Vec<Option<Place>>,
}

/// Where a finding stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Code points of the file.
    pub at: Range<usize>,
    /// The replacement that puts it right, as it is to be written in the file.
    pub fix: Option<(Range<usize>, String)>,
}

impl<'a> Shown<'a> {
    /// A report of a brief that is its file's own text, or of no file.
    pub fn new(report: &'a Report) -> Self {
        Self { report, file: None }
    }

    /// The text that lines are counted in.
    fn lined(&self) -> &str {
        self.file.as_ref().map_or(&self.report.brief.text, |file| &file.text)
    }

    /// Where a finding stands in that text.
    fn place(&self, i: usize) -> Option<Place> {
        let finding = &self.report.findings[i];
        match &self.file {
            Some(file) => file.places.get(i).cloned().flatten(),
            None if finding.start <= finding.end => {
                let fix = finding.fix.as_ref().map(|fix| (fix.start..fix.end, fix.text.clone()));
                Some(Place { at: finding.start..finding.end, fix })
            }
            None => None,
        }
    }
}

/// "3 findings in 7 sentences, 1 undecided".
pub fn summary(report: &Report) -> String {
    let counted = |n: usize, word: &str| match n {
        0 => format!("no {word}s"),
        1 => format!("1 {word}"),
        n => format!("{n} {word}s"),
    };
    let found = counted(report.findings.len(), "finding");
    let words = format!("{found} in {}", counted(report.sentences, "sentence"));
    match report.undecided.len() {
        0 => words,
        n => format!("{words}, {n} undecided"),
    }
}

/// The passage's outlet and what was named to be read, as far as they are known.
fn origin(report: &Report, evidence: &Evidence) -> String {
    source_name(report, evidence.article)
}

fn source_name(report: &Report, i: usize) -> String {
    let number = format!("source {}", i + 1);
    let Some(source) = report.sources.get(i) else { return number };
    let known = |words: &Option<String>| words.as_deref().map(flat).filter(|words| !words.is_empty());
    match (known(&source.outlet), known(&source.input)) {
        (Some(outlet), Some(input)) => format!("{outlet} ({input})"),
        (Some(name), None) | (None, Some(name)) => name,
        (None, None) => known(&source.title).unwrap_or(number),
    }
}

/// What the brief is called: what was named, else its headline.
fn brief_name(report: &Report) -> String {
    let known = [&report.brief.input, &report.brief.title];
    let named = known.into_iter().flatten().map(|words| flat(words)).find(|words| !words.is_empty());
    named.unwrap_or_else(|| "brief".to_owned())
}

/// A passage in marks, unless it has some of its own.
fn quoted(words: &str) -> String {
    let words = flat(words);
    if words.contains(['“', '”', '"', '«', '»']) { words } else { format!("“{words}”") }
}

/// The codes that were found, in the order of their enumeration.
fn codes(reports: &[Shown<'_>]) -> BTreeSet<Code> {
    reports.iter().flat_map(|shown| &shown.report.findings).map(|finding| finding.code).collect()
}

/// A diff's parts with a space between words that have none; long stretches that are in both
/// are cut in the middle.
fn diff(parts: &[DiffPart]) -> Vec<(Side, String)> {
    let mut out: Vec<(Side, String)> = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let mut words =
            if part.side == Side::Both { shortened(&part.text, i, parts.len()) } else { flat(&part.text) };
        if words.is_empty() {
            continue;
        }
        let touches = part.text.starts_with(|c: char| c.is_alphanumeric())
            && i > 0
            && parts[i - 1].text.ends_with(|c: char| c.is_alphanumeric() || ",;:".contains(c));
        let spaced = part.text.starts_with(char::is_whitespace)
            || i > 0 && parts[i - 1].text.ends_with(char::is_whitespace);
        if !out.is_empty() && (touches || spaced) {
            words.insert(0, ' ');
        }
        out.push((part.side, words));
    }
    out
}

/// Words that are kept on each side of a change.
const AROUND: usize = 6;

fn shortened(words: &str, i: usize, n: usize) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    let head = if i == 0 { 0 } else { AROUND };
    let tail = if i + 1 == n { 0 } else { AROUND };
    if all.len() <= head + tail + 2 {
        return all.join(" ");
    }
    let (first, last) = (all[..head].join(" "), all[all.len() - tail..].join(" "));
    format!("{first} … {last}").trim().to_owned()
}
