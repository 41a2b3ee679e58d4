//! `sayso export`: the archive for other programs.

use anyhow::{Result, bail};
use sayso_archive::Row;

use super::opened;
use crate::args::{Args, ExportArgs, ExportFormat};
use crate::target::Out;
use crate::{Outcome, output};

/// Writes a row for each statement, or a record for each article.
pub(crate) fn export(asked: &ExportArgs, args: &Args) -> Result<Outcome> {
    let of_ending = asked.output.as_deref().and_then(ExportFormat::of_ending);
    let format = asked.format.or(of_ending).unwrap_or(ExportFormat::Jsonl);
    let archive = opened(&asked.archive)?;
    if format == ExportFormat::Parquet {
        let Some(path) = &asked.output else {
            bail!("Parquet is no text: name a file with -o statements.parquet")
        };
        let n = super::parquet::write(&archive, path)?;
        output::note(args, &format!("{n} statements written"));
        return Ok(Outcome::Done);
    }
    let mut out = Out::open(asked.output.as_deref())?;
    let mut n = 0_usize;
    match format {
        // Written above, since it is no text.
        ExportFormat::Parquet => {}
        ExportFormat::Records => archive.stored(|stored| {
            n += 1;
            let mut record = stored.record;
            record.article.input = stored.input;
            out.write(&(serde_json::to_string(&record)? + "\n"))
        })?,
        ExportFormat::Jsonl => archive.rows(|row| {
            n += 1;
            out.write(&(serde_json::to_string(&row)? + "\n"))
        })?,
        ExportFormat::Csv => {
            // Spreadsheets know UTF-8 by this mark.
            let mut mark = if matches!(out, Out::File { .. }) { "\u{feff}" } else { "" };
            archive.rows(|row| {
                let words = csv(&row, n == 0)?;
                n += 1;
                out.write(&format!("{}{words}", std::mem::take(&mut mark)))
            })?;
        }
    }
    let what = if format == ExportFormat::Records { "records" } else { "statements" };
    if asked.output.is_some() {
        output::note(args, &format!("{n} {what} written"));
    }
    Ok(Outcome::Done)
}

/// A row as CSV, with the names of its columns where it is the first. No cell is a formula.
fn csv(row: &Row, with_header: bool) -> Result<String> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    let serde_json::Value::Object(cells) = serde_json::to_value(row)? else { return Ok(String::new()) };
    if with_header {
        writer.write_record(Row::COLUMNS)?;
    }
    writer.write_record(Row::COLUMNS.map(|column| match cells.get(column) {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(words)) => sayso_view::csv::cell(words),
        Some(other) => other.to_string(),
    }))?;
    Ok(String::from_utf8(writer.into_inner()?)?)
}
