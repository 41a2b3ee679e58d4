//! How is the work divided?

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::iter;
use std::path::{Path, PathBuf};

use anyhow::{Error, Result};
use sayso_text::Format;
use serde::de::IgnoredAny;

use super::gather::{Inputs, Place};
use super::{Name, load};

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
    File(PathBuf),
    Address(String),
    Bytes(Vec<u8>, Option<Format>),
    Bad(Error),
}

type Units<'a> = Box<dyn Iterator<Item = Unit> + 'a>;

/// The units in order. A file of JSON lines is read as the units are asked for, so that
/// one of any length fits in memory.
pub(super) fn units(inputs: &Inputs, max_bytes: u64) -> Units<'_> {
    Box::new(inputs.places.iter().flat_map(move |place| of_place(place, max_bytes)))
}

fn of_place(place: &Place, max_bytes: u64) -> Units<'_> {
    match place {
        Place::Address(url) => one(url, What::Address(url.clone()), 0),
        Place::Bad { name, error } => one(name, What::Bad(Error::msg(format!("{error:#}"))), 0),
        Place::StandardInput => {
            of_stream("standard input", BufReader::new(std::io::stdin()), None, 0, max_bytes)
        }
        Place::File { path, n_bytes } => of_file(path, *n_bytes, max_bytes),
    }
}

fn of_file(path: &Path, n_bytes: u64, max_bytes: u64) -> Units<'_> {
    let name = path.display().to_string();
    let format = Format::from_path(path);
    // Only these can hold several; all else is opened by the thread that reads it.
    if !matches!(format, Some(Format::Json | Format::JsonLines) | None) {
        return one(&name, What::File(path.to_owned()), n_bytes);
    }
    match File::open(path) {
        Ok(file) => of_stream(&name, BufReader::new(file), format, n_bytes, max_bytes),
        Err(error) => one(&name, What::Bad(load::unreadable(&error)), n_bytes),
    }
}

fn one<'a>(name: &str, what: What, n_bytes: u64) -> Units<'a> {
    let name = Name { name: name.to_owned(), of_many: false };
    Box::new(iter::once(Unit { name, what, n_bytes }))
}

/// JSON lines, or else all of it as one unit. What says so is the file's ending, or a first
/// line that is a JSON object by itself and not the last.
fn of_stream<'a>(
    name: &str,
    mut stream: impl BufRead + 'a,
    format: Option<Format>,
    n_bytes: u64,
    max_bytes: u64,
) -> Units<'a> {
    let failed = |error: &std::io::Error| one(name, What::Bad(load::unreadable(error)), n_bytes);
    let first = match line(&mut stream, max_bytes) {
        Ok(first) => first,
        Err(error) => return failed(&error),
    };
    let is_last = match stream.fill_buf() {
        Ok(rest) => rest.is_empty(),
        Err(error) => return failed(&error),
    };
    let is_object =
        || first.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(&first).is_ok();
    if format == Some(Format::JsonLines) || !is_last && is_object() {
        return lines(name, Cursor::new(first).chain(stream), max_bytes);
    }
    let mut bytes = first;
    // One more than the limit shows that it is passed.
    let more = (max_bytes + 1).saturating_sub(bytes.len() as u64);
    match stream.take(more).read_to_end(&mut bytes) {
        Err(error) => failed(&error),
        Ok(_) if bytes.len() as u64 > max_bytes => {
            let size = n_bytes.max(bytes.len() as u64);
            one(name, What::Bad(load::too_large(size, max_bytes)), n_bytes)
        }
        Ok(_) => one(name, What::Bytes(bytes, format), n_bytes),
    }
}

/// A unit for each line that isn't blank; a line that is too long is skipped with a word.
fn lines<'a>(name: &str, mut stream: impl BufRead + 'a, max_bytes: u64) -> Units<'a> {
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
                Ok(line) if line.len() as u64 > max_bytes => {
                    let more = stream.skip_until(b'\n').unwrap_or(0) as u64;
                    let n_bytes = line.len() as u64 + more;
                    (What::Bad(load::too_large(n_bytes, max_bytes)), n_bytes)
                }
                Ok(mut line) => {
                    let n_bytes = line.len() as u64;
                    line.truncate(line.trim_ascii_end().len());
                    (What::Bytes(line, Some(Format::JsonLines)), n_bytes)
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

/// The bytes up to a line's end and with it, but at most one more than the limit.
fn line(stream: &mut impl BufRead, max_bytes: u64) -> Result<Vec<u8>, std::io::Error> {
    let mut line = Vec::new();
    stream.by_ref().take(max_bytes + 1).read_until(b'\n', &mut line)?;
    Ok(line)
}
