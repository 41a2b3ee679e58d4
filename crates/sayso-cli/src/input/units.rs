//! How is the work divided?

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::iter;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Error, Result, anyhow};
use bytes::Bytes;
use parquet::file::reader::ChunkReader;
use sayso_text::{Decoding, Format};
use serde::de::IgnoredAny;

use super::collection::{Collection, unpacked_name};
use super::entry::Entry;
use super::gather::{Inputs, Place};
use super::gzip::Counted;
use super::load::Many;
use super::parquet::Rows;
use super::warc::{Records, Stored};
use super::{Name, feed, gzip, load, own, sitemap, warc};
use crate::args::Intake;

/// A piece of work: one article, or a file that is read as a whole.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) name: Name,
    pub(super) what: What,
    /// Of the user's files, for the progress bar.
    pub(super) n_bytes: u64,
}

/// Where a unit's words are.
#[derive(Debug)]
pub(super) enum What {
    /// `found`, here and below: the user named a folder that it lies in.
    File {
        path: PathBuf,
        found: bool,
    },
    Address(String),
    /// Of one article, or of a list that wasn't divided yet.
    Bytes {
        bytes: Vec<u8>,
        format: Option<Format>,
        found: bool,
    },
    /// An object of JSON lines.
    Line(Vec<u8>),
    /// A page of a web archive.
    Stored(Box<Stored>),
    /// What a feed or a sitemap names.
    Entry(Box<Entry>),
    /// The address of a sitemap that a list of sitemaps names.
    Sitemap(String),
    Bad(Error),
}

pub(super) type Units<'a> = Box<dyn Iterator<Item = Unit> + 'a>;

/// The units in order. A file of JSON lines is read as the units are asked for, so that
/// one of any length fits in memory.
pub(super) fn units<'a>(inputs: &'a Inputs, intake: &'a Intake) -> Units<'a> {
    Box::new(inputs.places.iter().flat_map(move |place| of_place(place, intake)))
}

fn of_place<'a>(place: &'a Place, intake: &Intake) -> Units<'a> {
    match place {
        Place::Address(url) => one(url, What::Address(url.clone()), 0),
        Place::Bad { name, error } => one(name, What::Bad(Error::msg(format!("{error:#}"))), 0),
        Place::StandardInput => {
            let file = Opened { name: "standard input".to_owned(), format: None, n_bytes: 0, found: false };
            of_stream(&file, std::io::stdin(), intake)
        }
        Place::File { path, n_bytes, found } => of_file(path, *n_bytes, *found, intake),
    }
}

fn of_file<'a>(path: &Path, n_bytes: u64, found: bool, intake: &Intake) -> Units<'a> {
    let name = path.display().to_string();
    let format = Format::from_path(unpacked_name(path));
    let is_packed = unpacked_name(path) != path;
    // Only what can be long is read here, as it is asked for; all else is opened by the thread
    // that reads it, so that few files are in memory at once.
    let (kind, is_stream) = match format {
        Some(Format::JsonLines) => (None, true),
        // A pipe can be opened only once, so that nobody looks into it before.
        Some(Format::Json) | None if !path.is_file() => (None, true),
        Some(Format::Json) | None => (Collection::of_file(path), begins_with_lines(path, intake)),
        Some(_) => (None, false),
    };
    let opened = match kind {
        Some(Collection::Parquet) => File::open(path).map(|file| rows(&name, file, n_bytes, intake)),
        Some(Collection::Warc) => File::open(path).and_then(|file| {
            let (counted, n_read) = Counted::new(file);
            let (stream, _) = gzip::opened(BufReader::new(counted))?;
            Ok(counting(records(&name, stream, intake), n_read))
        }),
        Some(Collection::Feed | Collection::Sitemap) if !is_packed => {
            return one(&name, What::File { path: path.to_owned(), found }, n_bytes);
        }
        _ if is_packed || is_stream => File::open(path).map(|file| {
            let file_name = name.clone();
            of_stream(&Opened { name: file_name, format, n_bytes, found }, file, intake)
        }),
        _ => return one(&name, What::File { path: path.to_owned(), found }, n_bytes),
    };
    opened.unwrap_or_else(|error| one(&name, What::Bad(load::unreadable(&error)), n_bytes))
}

/// The units, with the bytes that were read for each instead of those that are in it.
fn counting<'a>(units: Units<'a>, n_read: Rc<Cell<u64>>) -> Units<'a> {
    Box::new(units.map(move |unit| Unit { n_bytes: n_read.take(), ..unit }))
}

/// The pages of a web archive, unpacked.
fn records<'a>(name: &str, stream: impl BufRead + 'a, intake: &Intake) -> Units<'a> {
    let name = name.to_owned();
    Box::new(Records::new(stream, intake.max_bytes).map(move |(number, page)| {
        let what = page.map_or_else(What::Bad, |page| What::Stored(Box::new(page)));
        Unit { name: part(&name, number), what, n_bytes: 0 }
    }))
}

/// The rows of a Parquet file.
fn rows<'a>(name: &str, file: impl ChunkReader + 'static, n_bytes: u64, intake: &Intake) -> Units<'a> {
    let rows = match Rows::new(file, intake.max_bytes) {
        Ok(rows) => rows,
        Err(error) => return one(name, What::Bad(error), n_bytes),
    };
    let (name, of_each) = (name.to_owned(), n_bytes / rows.n_rows().max(1));
    Box::new(rows.map(move |(number, row)| {
        let what = row.map_or_else(What::Bad, What::Line);
        Unit { name: part(&name, number), what, n_bytes: of_each }
    }))
}

/// One of the articles in a file.
fn part(name: &str, number: usize) -> Name {
    Name { name: format!("{name}:{number}"), of_many: true }
}

/// The articles of a collection that is in memory.
pub(super) fn of_many(many: Many, intake: &Intake) -> Units<'static> {
    let Many { name, kind, bytes, address, is_listed } = many;
    let decoding = Decoding { forced: intake.encoding, ..Decoding::default() };
    let bad = |error: Error| -> Units<'static> {
        let name = Name { of_many: true, ..name.clone() };
        Box::new(iter::once(Unit { name, what: What::Bad(error), n_bytes: 0 }))
    };
    match kind {
        Collection::Warc => records(&name.name, Cursor::new(bytes), intake),
        Collection::Parquet => rows(&name.name, Bytes::from(bytes), 0, intake),
        Collection::Feed => match feed::entries(&bytes, address.as_deref(), decoding) {
            Ok(entries) => Box::new(entries.into_iter().enumerate().map(move |(i, entry)| Unit {
                name: part(&name.name, i + 1),
                what: What::Entry(Box::new(entry)),
                n_bytes: 0,
            })),
            Err(error) => bad(error),
        },
        Collection::Sitemap => match sitemap::read(&bytes, address.as_deref(), decoding) {
            Ok(map) if map.is_index && is_listed => {
                bad(anyhow!("it is a list of sitemaps in a list of sitemaps, which is not followed"))
            }
            Ok(map) => {
                let rest = map.error.map_or_else(|| Box::new(iter::empty()) as Units<'static>, &bad);
                let is_index = map.is_index;
                let pages = map.entries.into_iter().enumerate().map(move |(i, entry)| {
                    let what = match entry.link {
                        Some(url) if is_index => What::Sitemap(url),
                        _ => What::Entry(Box::new(entry)),
                    };
                    Unit { name: part(&name.name, i + 1), what, n_bytes: 0 }
                });
                Box::new(pages.chain(rest))
            }
            Err(error) => bad(error),
        },
    }
}

/// Whether a file's first bytes are a line that is a JSON object, and something behind it.
fn begins_with_lines(path: &Path, intake: &Intake) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && !is_wide(&head, intake) && is_lines(&String::from_utf8_lossy(&head))
}

/// Bytes that are looked at for this. A file whose first line is longer is read as a whole,
/// unless its name says that it is lines.
const HEAD: u64 = 64 * 1024;

fn one<'a>(name: &str, what: What, n_bytes: u64) -> Units<'a> {
    let name = Name { name: name.to_owned(), of_many: false };
    Box::new(iter::once(Unit { name, what, n_bytes }))
}

/// What is known of a stream.
struct Opened {
    name: String,
    format: Option<Format>,
    n_bytes: u64,
    found: bool,
}

/// JSON lines, or else all of it as one unit. What says so is the file's ending, or a first
/// line that is a JSON object by itself and not the last.
fn of_stream<'a>(file: &Opened, stream: impl Read + 'a, intake: &Intake) -> Units<'a> {
    let (counted, n_read) = Counted::new(stream);
    let units = gzip::opened(BufReader::new(counted)).and_then(|(mut stream, is_packed)| {
        let is_archive = stream.fill_buf()?.starts_with(warc::MAGIC);
        let units = match is_archive {
            true => records(&file.name, stream, intake),
            false => of_unpacked(file, stream, intake),
        };
        // What is in a packed file has other sizes than the file.
        Ok(if is_archive || is_packed { counting(units, n_read) } else { units })
    });
    units.unwrap_or_else(|error| one(&file.name, What::Bad(load::unreadable(&error)), file.n_bytes))
}

fn of_unpacked<'a>(file: &Opened, mut stream: impl BufRead + 'a, intake: &Intake) -> Units<'a> {
    let Opened { ref name, format, n_bytes, found } = *file;
    let max_bytes = intake.max_bytes;
    let failed = |error: &std::io::Error| one(name, What::Bad(load::unreadable(error)), n_bytes);
    let head = match head(&mut stream, max_bytes) {
        Ok(head) => head,
        Err(error) => return failed(&error),
    };
    let as_lines = match format {
        Some(Format::JsonLines) => true,
        Some(Format::Json) | None => is_lines(&String::from_utf8_lossy(&head)),
        _ => false,
    };
    // A line's end is two bytes in UTF-16; what is in it is divided when it is decoded.
    if as_lines && !is_wide(&head, intake) && !own::is_output(&head) {
        return lines(name, Cursor::new(head).chain(stream), max_bytes);
    }
    let mut bytes = head;
    // One more than the limit shows that it is passed.
    let more = (max_bytes + 1).saturating_sub(bytes.len() as u64);
    match stream.take(more).read_to_end(&mut bytes) {
        Err(error) => failed(&error),
        // How much of its own output there is doesn't matter.
        Ok(_) if bytes.len() as u64 > max_bytes && !own::is_output(&bytes) => {
            let size = n_bytes.max(bytes.len() as u64);
            one(name, What::Bad(load::too_large(size, max_bytes)), n_bytes)
        }
        Ok(_) => one(name, What::Bytes { bytes, format, found }, n_bytes),
    }
}

/// The bytes up to the end of the second line that isn't blank, at most a little more than
/// twice the limit.
fn head(stream: &mut impl BufRead, max_bytes: u64) -> Result<Vec<u8>, std::io::Error> {
    let mut head = Vec::new();
    let mut n_lines = 0;
    while n_lines < 2 && head.len() as u64 <= max_bytes {
        let line = line(stream, max_bytes)?;
        if line.is_empty() {
            break;
        }
        n_lines += usize::from(!line.trim_ascii().is_empty());
        head.extend(line);
    }
    Ok(head)
}

/// Whether a first line is a JSON object by itself, and something comes after it.
pub(super) fn is_lines(source: &str) -> bool {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut lines = source.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().filter(|line| line.starts_with('{'));
    first.is_some_and(|first| lines.next().is_some() && serde_json::from_str::<IgnoredAny>(first).is_ok())
}

/// Whether letters are of two bytes each.
fn is_wide(head: &[u8], intake: &Intake) -> bool {
    let marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    marked || intake.encoding.is_some_and(|charset| charset.to_string().starts_with("UTF-16"))
}

/// A unit for each line that isn't blank; a line that is too long is skipped with a word.
pub(super) fn lines<'a>(name: &str, mut stream: impl BufRead + 'a, max_bytes: u64) -> Units<'a> {
    let name = name.to_owned();
    let mut number = 0;
    let mut ended = false;
    Box::new(iter::from_fn(move || {
        while !ended {
            number += 1;
            let name = Name { name: format!("{name}:{number}"), of_many: true };
            let (what, n_bytes) = match line(&mut stream, max_bytes) {
                Ok(line) if line.is_empty() => return None,
                Ok(line) if line.trim_ascii().is_empty() => continue,
                Ok(line) if line.trim_ascii_end().len() as u64 > max_bytes => {
                    let ended = line.ends_with(b"\n");
                    let more = if ended { 0 } else { stream.skip_until(b'\n').unwrap_or(0) as u64 };
                    let n_bytes = line.len() as u64 + more;
                    (What::Bad(load::too_large(n_bytes, max_bytes)), n_bytes)
                }
                Ok(mut line) => {
                    let n_bytes = line.len() as u64;
                    line.truncate(line.trim_ascii_end().len());
                    (What::Line(line), n_bytes)
                }
                Err(error) => {
                    ended = true;
                    (What::Bad(load::unreadable(&error)), 0)
                }
            };
            return Some(Unit { name, what, n_bytes });
        }
        None
    }))
}

/// `\r\n`
const LINE_END: u64 = 2;

/// The bytes up to a line's end and with it, but at most the limit and a line's end.
fn line(stream: &mut impl BufRead, max_bytes: u64) -> Result<Vec<u8>, std::io::Error> {
    let mut line = Vec::new();
    stream.by_ref().take(max_bytes + LINE_END).read_until(b'\n', &mut line)?;
    Ok(line)
}
