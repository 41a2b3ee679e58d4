//! What does a brief say, and which file is it from?

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Error, Result, anyhow, bail};
use sayso::Article;
use sayso_text::{Decoding, Format};

use super::collection::Collection;
use super::load::{self, Loader, Opened};
use super::net::{Net, Web};
use super::own::Own;
use super::units::{self, Unit, What};
use super::{Name, gzip, one_line};
use crate::args::Intake;

/// A brief with its file's bytes.
#[derive(Debug)]
pub(crate) struct Brief {
    /// A path, an address or "standard input".
    pub(crate) name: String,
    pub(crate) article: Article,
    /// As they came; none of an address.
    pub(crate) bytes: Vec<u8>,
    format: Format,
    decoding: Decoding,
}

impl Brief {
    /// Reads a file, a page, or standard input.
    ///
    /// # Errors
    /// When it can't be read or holds no text; it names the brief.
    pub(crate) fn read(named: &OsStr, intake: &Intake) -> Result<Self> {
        let words = named.to_string_lossy();
        let name = if named == "-" { "standard input".to_owned() } else { words.clone().into_owned() };
        let net = Net::new(intake);
        let loader = Loader::new(intake, Web::of(&net));
        let decoding = Decoding { forced: intake.encoding, ..Decoding::default() };
        let told = |error: Error| anyhow!("{}", one_line(&error, &name));
        if sayso_fetch::is_url(&words) {
            let own = Name { name: name.clone(), of_many: false };
            let unit = Unit { name: own, what: What::Address(words.into_owned()), n_bytes: 0 };
            let article = match loader.open(unit) {
                Opened::Articles(mut articles) => articles.pop().map(|(_, article)| article),
                Opened::Many(_) => bail!("{name}: it holds many articles; give the brief alone"),
            };
            let Some(article) = article else { bail!("{name}: it holds no text") };
            let article = article.map_err(told)?;
            return Ok(Self { name, article, bytes: Vec::new(), format: Format::Html, decoding });
        }
        let path = Path::new(named);
        let (bytes, format) = if named == "-" {
            (standard_input(intake.max_bytes).map_err(told)?, None)
        } else if path.is_dir() {
            bail!("{name}: it is a folder; name the brief in it");
        } else {
            (loader.file(path).map_err(told)?, Format::from_path(path))
        };
        Self::of_bytes(name, bytes, format, intake)
    }

    /// What somebody sent, with the name that it was sent under.
    ///
    /// # Errors
    /// As [`Brief::read`].
    pub(crate) fn given(name: &str, bytes: Vec<u8>, intake: &Intake) -> Result<Self> {
        let name = crate::output::plain_line(name);
        let bytes = gzip::unpacked(bytes, intake.max_bytes)
            .map_err(|error| anyhow!("{}", one_line(&error, &name)))?;
        let bare = name.strip_suffix(".gz").unwrap_or(&name);
        let format = Format::from_path(Path::new(bare));
        Self::of_bytes(name, bytes, format, intake)
    }

    fn of_bytes(name: String, bytes: Vec<u8>, format: Option<Format>, intake: &Intake) -> Result<Self> {
        let decoding = Decoding { forced: intake.encoding, ..Decoding::default() };
        let told = |error: Error| anyhow!("{}", one_line(&error, &name));
        if let Some(sentences) = own_sentences(&bytes) {
            let article = load::read(sentences.as_bytes(), Format::Markdown, decoding).map_err(told)?;
            return Ok(Self { name, article, bytes: Vec::new(), format: Format::Markdown, decoding });
        }
        if let Some(own) = Own::of(&bytes, false) {
            return Err(told(own.into()));
        }
        if Collection::of(&bytes).is_some() {
            bail!("{name}: it holds many articles; give the brief alone");
        }
        let format = format.unwrap_or_else(|| Format::guess(&bytes));
        let article = load::read(&bytes, format, decoding).map_err(told)?;
        Ok(Self { name, article, bytes, format, decoding })
    }

    /// The file's words and the mark before them, where they can be mended: a text, Markdown
    /// or a page in UTF-8.
    pub(crate) fn source(&self) -> Option<(&'static str, &str)> {
        let is_prose = matches!(self.format, Format::Text | Format::Markdown | Format::Html);
        let source = str::from_utf8(&self.bytes).ok().filter(|source| is_prose && !source.is_empty())?;
        Some(match source.strip_prefix(MARK) {
            Some(rest) => (MARK, rest),
            None => ("", source),
        })
    }

    /// What the file would say if these were its words.
    pub(crate) fn reread(&self, source: &str) -> Option<Article> {
        load::read(source.as_bytes(), self.format, self.decoding).ok()
    }

    /// The same file with other words.
    pub(crate) fn with(&self, bytes: Vec<u8>, article: Article) -> Self {
        Self { name: self.name.clone(), article, bytes, format: self.format, decoding: self.decoding }
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }
}

/// The sentences of a brief that sayso wrote as Markdown, with its headings: what stands around them is no part of it.
fn own_sentences(bytes: &[u8]) -> Option<String> {
    let text = str::from_utf8(bytes).ok()?.strip_prefix(sayso_view::brief::MARK)?;
    let brief = text.split("\n[^1]:").next()?;
    let around = |line: &&str| {
        ["Source article:", "Generated on:", "Note:"].iter().any(|begin| line.starts_with(begin))
    };
    let lines: Vec<&str> = brief.lines().filter(|line| !around(line)).collect();
    let text = lines.join("\n");
    // Numbers of footnotes whose words are cut off.
    let mut parts = text.split("[^");
    let first = parts.next()?.to_owned();
    Some(parts.fold(first, |all, part| all + part.split_once(']').map_or(part, |(_, rest)| rest)))
}

/// The byte order mark.
const MARK: &str = "\u{feff}";

fn standard_input(max_bytes: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(max_bytes + 1).read_to_end(&mut bytes);
    read.map_err(|error| load::unreadable(&error))?;
    if bytes.len() as u64 > max_bytes {
        return Err(load::too_large(bytes.len() as u64, max_bytes));
    }
    Ok(bytes)
}

/// The lines of a file, or of standard input by `-`, that aren't blank; each with its name.
///
/// # Errors
/// When the file can't be opened.
pub(crate) fn rows(path: &Path, intake: &Intake) -> Result<impl Iterator<Item = (String, Result<Vec<u8>>)>> {
    let (name, stream): (String, Box<dyn BufRead>) = if path == Path::new("-") {
        ("standard input".to_owned(), Box::new(BufReader::new(std::io::stdin())))
    } else {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|error| anyhow!("{name}: {:#}", load::unreadable(&error)))?;
        (name, Box::new(BufReader::new(file)))
    };
    let row = |unit: Unit| match unit.what {
        What::Line(line) => (unit.name.name, Ok(line)),
        What::Bad(error) => (unit.name.name, Err(error)),
        _ => unreachable!("lines are lines or bad"),
    };
    Ok(units::lines(&name, stream, intake.max_bytes).map(row))
}
