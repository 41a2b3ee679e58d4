//! How does a report look to an editor, a code host or a build?
//!
//! SARIF 2.1.0 (OASIS, 2020), one run. Regions of a brief count in its file; regions of sources
//! count in their text as it was read, which the artifact carries, since a page's file has
//! markup between the words. Lines, columns and offsets count Unicode code points.

use std::ops::Range;

use sayso::check::{Block, Code, Finding, Report};
use serde_json::{Value, json};

use super::lines::Lines;
use super::{Place, Shown, brief_name, quoted, source_name};
use crate::characters::flat;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One SARIF log of all reports, pretty-printed with a line end. `version` is the program's.
///
/// A finding is a result at its severity's level; a sentence that can't be decided is a result of the
/// kind `open`. `all_good` is false where something could not be read.
pub fn sarif(reports: &[Shown<'_>], version: &str, all_good: bool) -> String {
    let mut artifacts = Vec::new();
    let mut results = Vec::new();
    for shown in reports {
        let first = artifacts.len();
        artifacts.extend(artifacts_of(shown));
        let view = View { shown, first, lines: Lines::new(shown.lined()) };
        results.extend(shown.report.findings.iter().enumerate().map(|(i, finding)| view.result(i, finding)));
        results.extend(shown.report.undecided.iter().map(|sentence| view.open(sentence.start..sentence.end)));
    }
    let notes = reports.iter().flat_map(|shown| &shown.report.notes);
    let notes: Vec<Value> =
        notes.map(|note| json!({ "level": "note", "message": { "text": flat(note) } })).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "sayso", "version": version, "rules": rules() } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": all_good, "toolExecutionNotifications": notes }],
            "artifacts": artifacts,
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn rules() -> Vec<Value> {
    let rule = |code: Code| {
        let page = code.page();
        json!({
            "id": code.name(),
            "name": pascal(code.name()),
            "shortDescription": { "text": page.summary() },
            "fullDescription": { "text": why(code) },
            "help": { "text": page.body(), "markdown": page.body() },
        })
    };
    Code::ALL.into_iter().map(rule).collect()
}

/// The paragraphs on why it matters.
fn why(code: Code) -> String {
    let blocks = code.page().blocks().into_iter();
    let after = blocks.skip_while(|block| !matches!(block, Block::Heading(_))).skip(1);
    let words = after.map_while(|block| match block {
        Block::Paragraph(words) => Some(words),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// "`QuoteAltered`", as SARIF wants names for people.
fn pascal(name: &str) -> String {
    let upper = |part: &str| part[..1].to_uppercase() + &part[1..];
    name.split('-').map(upper).collect()
}

/// The brief's file, then the texts of the sources.
fn artifacts_of(shown: &Shown<'_>) -> Vec<Value> {
    let report = shown.report;
    let brief = json!({
        "location": { "uri": uri(&brief_name(report)) },
        "roles": ["analysisTarget"],
        "encoding": "UTF-8",
        "contents": { "text": shown.lined() },
    });
    let source = |(i, source): (usize, &sayso::check::Checked)| {
        json!({
            "location": { "uri": uri(&source_uri(report, i)) },
            "description": { "text": format!("The words of {}, as sayso took them out", source_name(report, i)) },
            "roles": ["referencedOnCommandLine"],
            "encoding": "UTF-8",
            "properties": { "textSha256": source.sha256 },
            "contents": { "text": source.text },
        })
    };
    std::iter::once(brief).chain(report.sources.iter().enumerate().map(source)).collect()
}

fn source_uri(report: &Report, i: usize) -> String {
    let input = report.sources.get(i).and_then(|source| source.input.as_deref());
    input.map_or_else(|| format!("source {}", i + 1), flat)
}

/// What was named, as a reference: addresses stay, paths are escaped; one from the root is a
/// file's address.
fn uri(name: &str) -> String {
    if name.starts_with("http://") || name.starts_with("https://") {
        return escaped(name, "-._~:/?#[]@!$&'()*+,;=%");
    }
    let path = escaped(&name.replace('\\', "/"), "-._~/!$&'()*+,;=@");
    if path.starts_with('/') { format!("file://{path}") } else { path }
}

fn escaped(name: &str, kept: &str) -> String {
    let byte = |byte: u8| match char::from(byte) {
        c if c.is_ascii_alphanumeric() || kept.contains(c) => c.to_string(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(byte).collect()
}

struct View<'a> {
    shown: &'a Shown<'a>,
    /// The brief's place in the list of artifacts.
    first: usize,
    lines: Lines<'a>,
}

impl View<'_> {
    fn result(&self, i: usize, finding: &Finding) -> Value {
        let place = self.shown.place(i);
        let mut message = flat(&finding.message);
        if let Some(better) = &finding.better {
            let stop = if message.ends_with(['.', '!', '?', '…']) { "" } else { "." };
            message += &format!("{stop} Better: {}", flat(better));
        }
        let mut result = json!({
            "ruleId": finding.code.name(),
            "ruleIndex": Code::ALL.iter().position(|code| *code == finding.code),
            "level": finding.severity.name(),
            "message": { "text": message },
            "locations": [{ "physicalLocation": self.location(place.as_ref().map(|place| &place.at)) }],
            "relatedLocations": self.related(finding),
        });
        if let Some(Place { fix: Some((at, words)), .. }) = &place
            && let Some(region) = region(&self.lines, at)
        {
            result["fixes"] = json!([{
                "description": { "text": finding.better.as_deref().map_or("Put it right".to_owned(), flat) },
                "artifactChanges": [{
                    "artifactLocation": self.artifact(0),
                    "replacements": [{ "deletedRegion": region, "insertedContent": { "text": words } }],
                }],
            }]);
        }
        result
    }

    /// A sentence of which nothing can be said.
    fn open(&self, at: Range<usize>) -> Value {
        let at = self.shown.file.is_none().then_some(&at);
        let unsupported = Code::Unsupported;
        json!({
            "ruleId": unsupported.name(),
            "ruleIndex": Code::ALL.iter().position(|code| *code == unsupported),
            "kind": "open",
            "level": "none",
            "message": { "text": "The sources neither say this nor speak against it." },
            "locations": [{ "physicalLocation": self.location(at) }],
        })
    }

    fn artifact(&self, i: usize) -> Value {
        let report = self.shown.report;
        let name = if i == 0 { brief_name(report) } else { source_uri(report, i - 1) };
        json!({ "uri": uri(&name), "index": self.first + i })
    }

    fn location(&self, at: Option<&Range<usize>>) -> Value {
        let mut location = json!({ "artifactLocation": self.artifact(0) });
        if let Some(region) = at.and_then(|at| region(&self.lines, at)) {
            location["region"] = region;
        }
        location
    }

    fn related(&self, finding: &Finding) -> Vec<Value> {
        let report = self.shown.report;
        let known = finding.evidence.iter().filter(|evidence| evidence.article < report.sources.len());
        let location = |(i, evidence): (usize, &sayso::check::Evidence)| {
            let lines = Lines::new(&report.sources[evidence.article].text);
            let mut place = json!({ "artifactLocation": self.artifact(evidence.article + 1) });
            if let Some(region) = region(&lines, &(evidence.start..evidence.end)) {
                place["region"] = region;
            }
            let said = format!("{}: {}", source_name(report, evidence.article), quoted(&evidence.text));
            json!({ "id": i, "message": { "text": said }, "physicalLocation": place })
        };
        known.enumerate().map(location).collect()
    }
}

/// None where the range doesn't lie in the text.
fn region(lines: &Lines<'_>, at: &Range<usize>) -> Option<Value> {
    if at.start > at.end || at.end > lines.n_chars() {
        return None;
    }
    let (start, end) = (lines.at(at.start), lines.at(at.end));
    Some(json!({
        "startLine": start.0,
        "startColumn": start.1,
        "endLine": end.0,
        "endColumn": end.1,
        "charOffset": at.start,
        "charLength": at.len(),
    }))
}
