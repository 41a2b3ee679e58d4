//! `sayso export`: the archive for other programs.

use std::path::Path;

use anyhow::{Result, bail};
use sayso_archive::{Archive, ErrorKind, Row, Whole};
use sayso_view::{brat, citron};

use super::beside::{Beside, Folder, told};
use super::opened;
use crate::args::{Args, ExportArgs, ExportFormat};
use crate::target::Out;
use crate::{Outcome, output};

/// Letters of a file's name at most.
const SLUG: usize = 50;

/// Writes the archive in the form that is asked for.
pub(crate) fn export(asked: &ExportArgs, args: &Args) -> Result<Outcome> {
    let path = asked.output.as_deref().filter(|path| *path != Path::new("-"));
    let format = match (asked.format, path) {
        (Some(format), _) => format,
        (None, Some(path)) => ExportFormat::of_ending(path)?,
        (None, None) => ExportFormat::Jsonl,
    };
    let archive = opened(&asked.archive)?;
    match (format, path) {
        (ExportFormat::Parquet | ExportFormat::Dna, None) => {
            bail!("this form is no text: name a file, as -o statements.parquet or -o statements.dna")
        }
        (ExportFormat::Brat | ExportFormat::Citron, None) => {
            bail!("this form is a folder of files: name one, as -o statements.brat or -o statements.citron")
        }
        (ExportFormat::Parquet, Some(path)) => {
            let beside = Beside::new(path, format)?;
            let n = super::parquet::write(&archive, beside.file())?;
            beside.done()?;
            told(args, n, "statements");
        }
        (ExportFormat::Dna, Some(path)) => dna(&archive, path, args)?,
        (ExportFormat::Brat, Some(path)) => folder(&archive, path, "brat", args)?,
        (ExportFormat::Citron, Some(path)) => folder(&archive, path, "citron", args)?,
        (ExportFormat::Csv | ExportFormat::Jsonl | ExportFormat::Records, path) => {
            text(&archive, format, path, args)?;
        }
    }
    Ok(Outcome::Done)
}

/// Where text goes: a pipe or a device takes it as it comes.
enum Sink {
    Stream(Out),
    File(Beside),
}

impl Sink {
    fn write(&mut self, words: &str) -> Result<()> {
        match self {
            Self::Stream(out) => out.write(words),
            Self::File(file) => file.write(words),
        }
    }
}

/// A row for each statement, or a record for each article.
fn text(archive: &Archive, format: ExportFormat, path: Option<&Path>, args: &Args) -> Result<()> {
    let mut sink = match path.filter(|path| Beside::fits(path)) {
        Some(path) => Sink::File(Beside::new(path, format)?),
        None => Sink::Stream(Out::open(path)?),
    };
    let mut n = 0_usize;
    match format {
        ExportFormat::Records => archive
            .stored(|stored| {
                n += 1;
                let mut record = stored.record;
                record.article.input = stored.input;
                sink.write(&(serde_json::to_string(&record)? + "\n"))
            })
            .and_then(|()| {
                // What was said by hand comes last, to be said of what is imported before it.
                let (corrections, decisions) = archive.by_hand()?;
                for correction in corrections {
                    sink.write(&(serde_json::to_string(&correction)? + "\n"))?;
                }
                for decision in decisions {
                    sink.write(&(serde_json::to_string(&decision)? + "\n"))?;
                }
                Ok(())
            })?,
        ExportFormat::Csv => {
            // Spreadsheets know UTF-8 by this mark.
            let mut mark = if path.is_some() { "\u{feff}" } else { "" };
            archive.rows(|row| {
                let words = csv(&row, n == 0)?;
                n += 1;
                sink.write(&format!("{}{words}", std::mem::take(&mut mark)))
            })?;
        }
        _ => archive.rows(|row| {
            n += 1;
            sink.write(&(serde_json::to_string(&row)? + "\n"))
        })?,
    }
    if let Sink::File(file) = sink {
        file.done()?;
    }
    if path.is_some() {
        told(args, n, if format == ExportFormat::Records { "records" } else { "statements" });
    }
    Ok(())
}

/// A database of DNA.
fn dna(archive: &Archive, path: &Path, args: &Args) -> Result<()> {
    let beside = Beside::new(path, ExportFormat::Dna)?;
    let n = archive.write_dna(beside.file().path()).map_err(|error| match error.kind() {
        // The file's own name is nothing to anybody.
        ErrorKind::Unwritable => {
            anyhow::anyhow!(
                "{}: it can't be written, or there is no room; what was there is kept",
                path.display()
            )
        }
        _ => error.into(),
    })?;
    beside.done()?;
    output::note(
        args,
        &format!(
            "{} documents, {} DNA statements and {} annotations written; open it as Admin with the password {}",
            n.documents,
            n.statements,
            n.annotations,
            sayso_archive::DNA_PASSWORD
        ),
    );
    Ok(())
}

/// A file or two for each article.
fn folder(archive: &Archive, path: &Path, form: &str, args: &Args) -> Result<()> {
    let mut folder = Folder::new(path, form)?;
    let mut n = 0;
    if form == "brat" {
        folder.put("annotation.conf", &brat::annotation_conf())?;
        folder.put("visual.conf", &brat::visual_conf())?;
    }
    archive.wholes(|whole| {
        n += 1;
        let name = name(&whole);
        let record = &whole.stored.record;
        if form == "brat" {
            let who = |id: &str| whole.rows.iter().find(|row| row.number == id)?.actor.clone();
            folder.put(&format!("{name}.txt"), &brat::text(record))?;
            folder.put(&format!("{name}.ann"), &brat::annotations(record, &|one| who(&one.id)))
        } else {
            folder.put(&format!("{name}.json"), &citron::line(record))
        }
    })?;
    folder.done()?;
    told(args, n, "articles");
    Ok(())
}

/// The article's number and words of its headline: `000012-port-sallow-to-stay-shut`.
fn name(whole: &Whole) -> String {
    let mut name = format!("{:06}", whole.article);
    let title = whole.stored.article.title.as_deref().unwrap_or_default().to_ascii_lowercase();
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    for word in words {
        if name.len() + word.len() > SLUG {
            break;
        }
        name.push('-');
        name.push_str(word);
    }
    name
}

/// A row as CSV, with the names of its columns where it is the first. No cell is a formula.
pub(crate) fn csv(row: &Row, with_header: bool) -> Result<String> {
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
