//! In which form does a record leave, and where to?

use std::path::Path;

use anyhow::{Result, bail};
use sayso::Record;
use sayso_view::cast::Cast;
use sayso_view::{brat, citron, csv, html, md};

use crate::args::{AnswerFormat, Args, Format, ReadArgs};
use crate::input::{Name, Ran, TABLE_MARK};
use crate::target::Out;
use crate::{output, table};

/// What is said where several articles are asked for in brat's form.
const ONE_FOR_BRAT: &str = "brat has a file for each article: give one article, or add them and use `sayso export --format brat -o FOLDER`";

/// Records in, one after another; text of the chosen form out.
#[derive(Debug)]
pub(crate) struct Views {
    format: Format,
    style: table::Style,
    out: Out,
    assume_english: bool,
    /// True when JSON is to be an array.
    several: bool,
    n_written: usize,
    /// A page tells at its top what is in it, so that it waits for all.
    waiting: Vec<(String, Record)>,
}

impl Views {
    /// As the arguments say. Whether a file can be written is known now, before the work.
    ///
    /// # Errors
    /// When the output can't be written, or its form is nowhere said.
    pub(crate) fn new(read: &ReadArgs, args: &Args, several: bool) -> Result<Self> {
        let format = match (read.format, &read.output) {
            (Some(format), _) => format,
            (None, Some(path)) => of_ending(path)?,
            (None, None) => Format::Table,
        };
        if format == Format::Brat && several {
            bail!(ONE_FOR_BRAT);
        }
        let out = Out::open(read.output.as_deref())?;
        let on_terminal = matches!(out, Out::Stdout);
        let style = table::Style {
            width: if on_terminal { output::width() } else { output::WIDTH },
            color: output::colored(args, on_terminal),
        };
        if format == Format::Html && on_terminal && output::is_terminal() {
            output::note(args, "this is a web page; -o story.html puts it into a file for your browser");
        }
        Ok(Self {
            format,
            style,
            out,
            assume_english: read.assume_english,
            several,
            n_written: 0,
            waiting: Vec::new(),
        })
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
            Format::Table if !self.assume_english && !record.is_english() => return Ok(()),
            Format::Table => table::render(&record, name, self.style),
            Format::Json if self.several => array_element(&record)?,
            Format::Json => serde_json::to_string_pretty(&record)?,
            Format::Jsonl => serde_json::to_string(&record)? + "\n",
            Format::Csv => csv::rows(&record, name),
            Format::Md => md::render(&record, name),
            Format::Brat if first => {
                let cast = Cast::new(&record);
                brat::annotations(&record, &|one| one.actor.as_deref().map(|id| cast.who(id)))
            }
            Format::Brat => bail!(ONE_FOR_BRAT),
            Format::Citron => citron::line(&record),
            Format::Html => {
                self.waiting.push((name.to_owned(), record));
                return Ok(());
            }
        };
        let before = match self.format {
            Format::Json if self.several && first => "[\n".to_owned(),
            Format::Json if self.several => ",\n".to_owned(),
            Format::Csv if first => self.csv_header(),
            Format::Table | Format::Md if !first => "\n".to_owned(),
            _ => String::new(),
        };
        self.n_written += 1;
        self.out.write(&(before + &words))
    }

    /// In a file with the mark by which spreadsheets know UTF-8; programs that read a pipe
    /// would take it for part of the first column's name.
    fn csv_header(&self) -> String {
        let mark = if matches!(self.out, Out::File { .. }) { "\u{feff}" } else { "" };
        mark.to_owned() + &csv::header()
    }

    /// Writes what is left to write. A run that read nothing and failed leaves the file of
    /// an earlier one alone.
    ///
    /// # Errors
    /// When it can't be written.
    pub(crate) fn end(mut self, ran: &Ran) -> Result<()> {
        self.several |= ran.several;
        let none = self.n_written == 0 && self.waiting.is_empty();
        if none && !ran.all_good && matches!(self.out, Out::File { .. }) {
            return Ok(());
        }
        let words = match self.format {
            Format::Json if self.several && none => "[]\n".to_owned(),
            Format::Json if self.several => "\n]\n".to_owned(),
            Format::Json if !none => "\n".to_owned(),
            Format::Table if !none && matches!(self.out, Out::File { .. }) => format!("{TABLE_MARK}\n"),
            // A header alone tells a program that there is nothing, as a file does not.
            Format::Csv if none => self.csv_header(),
            Format::Html if !self.waiting.is_empty() => {
                let articles: Vec<_> =
                    self.waiting.iter().map(|(name, record)| (name.as_str(), record)).collect();
                html::page(&articles).alone()
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

impl AnswerFormat {
    /// By the ending of a file's name.
    ///
    /// # Errors
    /// When it says no form, or one that a matrix doesn't have.
    pub(crate) fn of_ending(path: &Path) -> Result<Self> {
        Ok(match of_ending(path)? {
            Format::Table => Self::Table,
            Format::Json => Self::Json,
            Format::Csv => Self::Csv,
            Format::Md => Self::Md,
            Format::Html => Self::Html,
            Format::Jsonl => bail!("{}: a matrix is one object; use .json", path.display()),
            Format::Brat | Format::Citron => {
                bail!("{}: annotations are of articles; use .json, .csv, .md, .html or .txt", path.display())
            }
        })
    }
}

fn of_ending(path: &Path) -> Result<Format> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    Ok(match &*ending {
        "" | "txt" => Format::Table,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::Jsonl,
        "csv" => Format::Csv,
        "md" | "markdown" => Format::Md,
        "html" | "htm" => Format::Html,
        "ann" => Format::Brat,
        _ => bail!(
            "{}: its ending says no form; use .html, .md, .csv, .json, .jsonl, .ann or .txt, or give --format",
            path.display()
        ),
    })
}
