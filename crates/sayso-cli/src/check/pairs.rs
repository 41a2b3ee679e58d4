//! Are many briefs true to their sources?

use std::path::Path;

use anyhow::{Context, Error, Result, anyhow, bail, ensure};
use rayon::prelude::*;
use sayso::check::Report;
use sayso::{Article, Engine};
use sayso_text::{Format, ingest};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::foreign;
use super::written::Verdict;
use crate::args::{Args, CheckArgs};
use crate::target::{Out, Target};
use crate::{Outcome, input, output, rules};

/// A line of the file.
#[derive(Debug, Deserialize)]
struct Row<'a> {
    id: Option<Value>,
    #[serde(borrow)]
    brief: &'a RawValue,
    #[serde(borrow)]
    sources: Vec<&'a RawValue>,
}

/// Writes a report a line, in the order of the file; a bad row gets a line on stderr.
pub(super) fn run(check: &CheckArgs, args: &Args, file: &Path) -> Result<Outcome> {
    let is_file = file != Path::new("-");
    if is_file && Target::of(check.output.as_deref()).is(file) {
        bail!("{}: the pairs are read from it; name another file for the output", file.display());
    }
    let mut out = Out::open(check.output.as_deref())?;
    let mut rows = input::rows(file, &check.intake)?;
    let engine = rules::engine(check.rules.as_deref())?;
    let mut verdict = Verdict::default();
    let mut all_good = true;
    loop {
        let batch: Vec<_> = rows.by_ref().take(input::UNDER_WAY * rayon::current_num_threads()).collect();
        if batch.is_empty() {
            return Ok(verdict.outcome(all_good));
        }
        let work = |(name, line): (String, Result<Vec<u8>>)| {
            let report = line.and_then(|line| report(check, &engine, &name, &line));
            (name, report)
        };
        let done: Vec<_> = batch.into_par_iter().map(work).collect();
        for (name, report) in done {
            match report {
                Ok(report) => {
                    verdict = verdict.and(Verdict::of(&report, check.strict));
                    for note in &report.notes {
                        output::note(args, &output::plain_line(&format!("{name}: {note}")));
                    }
                    out.write(&(serde_json::to_string(&report)? + "\n"))?;
                }
                Err(error) => {
                    all_good = false;
                    output::say(&output::plain_line(&format!("{name}: {error:#}")));
                }
            }
        }
    }
}

fn report(check: &CheckArgs, engine: &Engine, name: &str, line: &[u8]) -> Result<Report> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let line = str::from_utf8(line).context("the line isn't in UTF-8")?;
    let row: Row<'_> = serde_json::from_str(line).map_err(|error| mistake(&error))?;
    let brief = article(row.brief).context("brief")?;
    let source = |(i, raw): (usize, &&RawValue)| article(raw).with_context(|| format!("source {}", i + 1));
    let sources: Vec<Article> = row.sources.iter().enumerate().map(source).collect::<Result<_>>()?;
    ensure!(!sources.is_empty(), "there is no source to hold it against");
    for (article, what) in std::iter::once((&brief, "brief")).chain(sources.iter().map(|one| (one, "source")))
    {
        if let Some(language) = foreign(check, article) {
            bail!(
                "the {what} looks {language}; only English is checked (--assume-english does it all the same)"
            );
        }
    }
    let mut report = engine.check(&brief, &sources);
    let id = match row.id {
        Some(Value::String(id)) => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    report.brief.input = Some(id.unwrap_or_else(|| name.to_owned()));
    for (source, article) in report.sources.iter_mut().zip(&sources) {
        source.input.clone_from(&article.url);
    }
    Ok(report)
}

/// A text, or an object as `sayso read` takes it.
fn article(raw: &RawValue) -> Result<Article> {
    let json = raw.get();
    if json.starts_with('"') {
        let text: String = serde_json::from_str(json)?;
        let object = serde_json::to_vec(&serde_json::json!({ "text": text }))?;
        return Ok(ingest(&object, Format::Json)?);
    }
    ensure!(json.starts_with('{'), "give a text, or an object with \"text\"");
    Ok(ingest(json.as_bytes(), Format::Json)?)
}

/// In the words that a line of articles has; the line's number is part of its name.
fn mistake(error: &serde_json::Error) -> Error {
    let said = error.to_string();
    let reason = said.split(" at line ").next().unwrap_or_default();
    let reason = if reason.contains("expected a sequence") { "sources must be a list" } else { reason };
    anyhow!("column {}: {reason}; mend the line or leave it out", error.column())
}
