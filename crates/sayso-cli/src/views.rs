//! In which form does a record leave, and where to?

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use sayso::Record;
use sayso_view::{csv, html, md};

use crate::args::{Args, Format, ReadArgs};
use crate::input::{Inputs, Name};
use crate::{output, table};

/// Records in, one after another; text of the chosen form out.
#[derive(Debug)]
pub(crate) struct Views {
    format: Format,
    style: table::Style,
    out: Out,
    /// True when JSON is to be an array.
    several: bool,
    n_written: usize,
    /// A page tells at its top what is in it, so that it waits for all.
    waiting: Vec<(String, Record)>,
}

impl Views {
    /// As the arguments say. A file is opened now, so that one that can't be written is
    /// known before the work, and emptied when the first words go into it.
    ///
    /// # Errors
    /// When the output can't be written, or is one of the inputs.
    pub(crate) fn new(read: &ReadArgs, args: &Args, inputs: &Inputs) -> Result<Self> {
        let out = match &read.output {
            None => Out::Stdout,
            Some(path) if inputs.hold(path) => {
                bail!("{}: it is one of the articles; name another file for the output", path.display())
            }
            Some(path) => Out::open(path)?,
        };
        let on_terminal = matches!(out, Out::Stdout);
        let style = table::Style {
            width: if on_terminal { output::width() } else { output::WIDTH },
            color: output::colored(args, on_terminal),
        };
        let format = read.format.or_else(|| of_ending(read.output.as_deref()?)).unwrap_or(Format::Table);
        if format == Format::Html && on_terminal && output::is_terminal() {
            output::note(args, "this is a web page; -o story.html puts it into a file for your browser");
        }
        Ok(Self { format, style, out, several: inputs.several(), n_written: 0, waiting: Vec::new() })
    }

    /// Writes one record, or keeps it until the end.
    ///
    /// # Errors
    /// When it can't be written.
    pub(crate) fn add(&mut self, name: &Name, record: Record) -> Result<()> {
        self.several |= name.of_many;
        let first = self.n_written == 0;
        let name = name.name.as_str();
        let words = match self.format {
            // What isn't read has nothing for a table; stderr says why.
            Format::Table if !record.is_english() && record.attributions.is_empty() => return Ok(()),
            Format::Table => table::render(&record, name, self.style),
            Format::Json if self.several => array_element(&record)?,
            Format::Json => serde_json::to_string_pretty(&record)?,
            Format::Jsonl => serde_json::to_string(&record)? + "\n",
            Format::Csv => csv::rows(&record, name),
            Format::Md => md::render(&record, name),
            Format::Html => {
                self.waiting.push((name.to_owned(), record));
                return Ok(());
            }
        };
        let before = match self.format {
            Format::Json if self.several && first => "[\n".to_owned(),
            Format::Json if self.several => ",\n".to_owned(),
            Format::Csv if first => csv::header(),
            Format::Table | Format::Md if !first => "\n".to_owned(),
            _ => String::new(),
        };
        self.n_written += 1;
        self.out.write(&(before + &words))
    }

    /// Writes what is left to write.
    ///
    /// # Errors
    /// When it can't be written.
    pub(crate) fn end(mut self) -> Result<()> {
        let none = self.n_written == 0;
        let words = match self.format {
            Format::Json if self.several && none => "[]\n".to_owned(),
            Format::Json if self.several => "\n]\n".to_owned(),
            Format::Json if !none => "\n".to_owned(),
            // A header alone tells a program that there is nothing, as a file does not.
            Format::Csv if none => csv::header(),
            Format::Html if !self.waiting.is_empty() => {
                let articles: Vec<_> =
                    self.waiting.iter().map(|(name, record)| (name.as_str(), record)).collect();
                html::page(&articles)
            }
            _ => return Ok(()),
        };
        self.out.write(&words)
    }
}

/// Strings in JSON hold no line breaks, so that lines can be indented one by one.
fn array_element(record: &Record) -> Result<String> {
    let json = serde_json::to_string_pretty(record)?;
    Ok(json.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n"))
}

fn of_ending(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "txt" => Some(Format::Table),
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "csv" => Some(Format::Csv),
        "md" | "markdown" => Some(Format::Md),
        "html" | "htm" => Some(Format::Html),
        _ => None,
    }
}

/// Where words go.
#[derive(Debug)]
enum Out {
    Stdout,
    File { file: File, path: PathBuf, emptied: bool },
}

impl Out {
    fn open(path: &Path) -> Result<Self> {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path);
        let file = file.map_err(|error| anyhow!("{}: it can't be written: {error}", path.display()))?;
        Ok(Self::File { file, path: path.to_owned(), emptied: false })
    }

    fn write(&mut self, words: &str) -> Result<()> {
        match self {
            Self::Stdout => output::print(words),
            Self::File { file, path, emptied } => {
                if !*emptied && file.metadata()?.is_file() {
                    file.set_len(0)?;
                }
                *emptied = true;
                file.write_all(words.as_bytes()).with_context(|| path.display().to_string())
            }
        }
    }
}
