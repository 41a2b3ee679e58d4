//! How is the work divided?

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::iter;
use std::path::{Path, PathBuf};

use anyhow::{Error, Result};
use sayso_text::Format;
use serde::de::IgnoredAny;

use super::gather::{Inputs, Place};
use super::{Name, load, own};
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
    Bad(Error),
}

type Units<'a> = Box<dyn Iterator<Item = Unit> + 'a>;

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
            of_stream(&file, BufReader::new(std::io::stdin()), intake)
        }
        Place::File { path, n_bytes, found } => of_file(path, *n_bytes, *found, intake),
    }
}

fn of_file<'a>(path: &Path, n_bytes: u64, found: bool, intake: &Intake) -> Units<'a> {
    let name = path.display().to_string();
    let format = Format::from_path(path);
    // Only JSON lines are read here, as they are asked for; all else is opened by the thread
    // that reads it, so that few files are in memory at once.
    let is_stream = match format {
        Some(Format::JsonLines) => true,
        // A pipe can be opened only once, so that nobody looks into it before.
        Some(Format::Json) | None => !path.is_file() || begins_with_lines(path, intake),
        Some(_) => false,
    };
    if !is_stream {
        return one(&name, What::File { path: path.to_owned(), found }, n_bytes);
    }
    match File::open(path) {
        Ok(file) => of_stream(&Opened { name, format, n_bytes, found }, BufReader::new(file), intake),
        Err(error) => one(&name, What::Bad(load::unreadable(&error)), n_bytes),
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
fn of_stream<'a>(file: &Opened, mut stream: impl BufRead + 'a, intake: &Intake) -> Units<'a> {
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
