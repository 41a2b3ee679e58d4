//! What is behind each name on the command line?

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use anyhow::{Error, Result, anyhow, bail};
use sayso_text::Format;
use walkdir::WalkDir;

use super::collection::{Collection, is_readable, unpacked_name};
use super::own;
use crate::target::Target;

/// What the user named, in order, with folders opened up.
#[derive(Debug)]
pub(crate) struct Inputs {
    pub(super) places: Vec<Place>,
    /// What was passed over in folders, for people.
    pub(super) notes: Vec<String>,
    several: bool,
    /// Bytes of the files that are done.
    pub(crate) done: Arc<AtomicU64>,
}

/// Something that holds one or more articles, or should.
#[derive(Debug)]
pub(super) enum Place {
    StandardInput,
    Address(String),
    File {
        path: PathBuf,
        n_bytes: u64,
        /// True when the user named the folder that it lies in.
        found: bool,
    },
    Bad {
        name: String,
        error: Error,
    },
}

impl Inputs {
    /// Nothing that was named can be read.
    pub(crate) fn are_all_bad(&self) -> bool {
        !self.places.is_empty() && self.places.iter().all(|place| matches!(place, Place::Bad { .. }))
    }

    /// Says why what can't be read can't.
    pub(crate) fn tell_bad(&self) {
        for place in &self.places {
            if let Place::Bad { name, error } = place {
                crate::output::say(&super::one_line(error, name));
            }
        }
    }

    /// Opens up folders; what can't be found is kept, to be told of in its turn. Output of
    /// an earlier run that is to be replaced isn't read, where it lies in one of the folders.
    ///
    /// # Errors
    /// When the output would go into one of the articles.
    pub(crate) fn gather(names: &[OsString], target: &Target) -> Result<Self> {
        let mut inputs =
            Self { places: Vec::new(), notes: Vec::new(), several: names.len() > 1, done: Arc::default() };
        for name in names {
            inputs.add(name, target);
        }
        for place in &inputs.places {
            let article = match place {
                Place::StandardInput if target.is_stdin() => "standard input".to_owned(),
                Place::File { path, .. } if target.is(path) => path.display().to_string(),
                _ => continue,
            };
            bail!("{article}: it is one of the articles; name another file for the output");
        }
        let is_stdin = |place: &Place| matches!(place, Place::StandardInput);
        if let Some(first) = inputs.places.iter().position(is_stdin) {
            for place in inputs.places[first + 1..].iter_mut().filter(|place| is_stdin(place)) {
                let error = anyhow!("it can be read only once; name - one time");
                *place = Place::Bad { name: "standard input".to_owned(), error };
            }
        }
        Ok(inputs)
    }

    /// Takes out a file that isn't to be among the articles: silently where it was found in a
    /// folder, with a word in its turn where it was named.
    pub(crate) fn leave_out(&mut self, file: &Target, why: &str) {
        self.places.retain(|place| !matches!(place, Place::File { path, found: true, .. } if file.is(path)));
        for place in &mut self.places {
            if let Place::File { path, .. } = place
                && file.is(path)
            {
                *place = Place::Bad { name: path.display().to_string(), error: anyhow!("{why}") };
            }
        }
    }

    /// Whether standard input is one of them.
    pub(crate) fn has_stdin(&self) -> bool {
        self.places.iter().any(|place| matches!(place, Place::StandardInput))
    }

    /// True when there can be more than one article: several names, or a folder.
    pub(crate) fn several(&self) -> bool {
        self.several
    }

    /// Bytes of all files. An address or standard input counts for nothing, since nobody
    /// knows its size yet.
    pub(crate) fn n_bytes(&self) -> u64 {
        let size = |place: &Place| match place {
            Place::File { n_bytes, .. } => *n_bytes,
            _ => 0,
        };
        self.places.iter().map(size).sum()
    }

    /// How many files, addresses and so on.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    fn add(&mut self, name: &OsStr, target: &Target) {
        let words = name.to_string_lossy();
        let path = Path::new(name);
        if name == "-" {
            self.places.push(Place::StandardInput);
        } else if sayso_fetch::is_url(&words) {
            self.places.push(Place::Address(words.into_owned()));
        } else if path.is_dir() {
            self.several = true;
            self.open(path, target);
        } else {
            let is_lines = Format::from_path(unpacked_name(path)) == Some(Format::JsonLines);
            self.several |= is_lines || Collection::from_path(path).is_some();
            self.places.push(file(path.to_owned(), false));
        }
    }

    /// All articles in a folder and the folders in it, in the order of their names.
    fn open(&mut self, folder: &Path, target: &Target) {
        let n_before = self.places.len();
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        // Links are followed, since archives are often put together from them; walkdir
        // reports one that leads back to a folder above it.
        let hidden = |name: &OsStr| name.to_string_lossy().starts_with('.');
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name())) {
            match entry {
                Ok(entry) => {
                    if !entry.file_type().is_file() || is_replaced(entry.path(), target) {
                        continue;
                    }
                    if is_readable(entry.path()) {
                        self.places.push(file(entry.into_path(), true));
                    } else {
                        *others.entry(ending(entry.path())).or_default() += 1;
                    }
                }
                Err(error) => {
                    let name = error.path().unwrap_or(folder).display().to_string();
                    self.places.push(Place::Bad { name, error: unreadable(&error) });
                }
            }
        }
        if self.places.len() > n_before && !others.is_empty() {
            let n: usize = others.values().sum();
            let endings: Vec<&str> = others.keys().map(String::as_str).collect();
            let (folder, s) = (folder.display(), if n == 1 { "" } else { "s" });
            self.notes
                .push(format!("{folder}: passed over {n} file{s} of other kinds ({})", endings.join(", ")));
        }
        if self.places.len() == n_before {
            let name = folder.display().to_string();
            let error = anyhow!(
                "no article in this folder (.txt, .md, .html, .json, .jsonl, .warc, .parquet, feeds); name files that have another ending"
            );
            self.places.push(Place::Bad { name, error });
        }
    }
}

/// A file's kind by its name, for people.
fn ending(path: &Path) -> String {
    path.extension().map_or("no ending".to_owned(), |ending| format!(".{}", ending.to_string_lossy()))
}

/// In the words that load.rs has for a file.
fn unreadable(error: &walkdir::Error) -> Error {
    if error.loop_ancestor().is_some() {
        return anyhow!("a link that leads back to a folder above it");
    }
    match error.io_error() {
        Some(error) => super::load::unreadable(error),
        None => anyhow!("{error}"),
    }
}

/// Whether a file in a folder is the one that output goes to, and holds nothing that would be
/// lost: it is output of an earlier run, or empty, as `>` leaves it.
fn is_replaced(path: &Path, target: &Target) -> bool {
    let of_before = |bytes: Vec<u8>| bytes.is_empty() || !target.is_stdout() && own::is_output(&bytes);
    target.is(path) && fs::read(path).is_ok_and(of_before)
}

fn file(path: PathBuf, found: bool) -> Place {
    let error = match path.metadata() {
        Ok(metadata) => return Place::File { path, n_bytes: metadata.len(), found },
        Err(error) => error,
    };
    let name = path.display().to_string();
    let error = match meant(&name) {
        Some(advice) if error.kind() == ErrorKind::NotFound => anyhow!("there is no such file; {advice}"),
        _ => super::load::unreadable(&error),
    };
    Place::Bad { name, error }
}

/// What else the name of a file that isn't there may stand for.
fn meant(name: &str) -> Option<String> {
    if let Some((scheme, _)) = name.split_once("://") {
        let is_scheme = !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || c == '+');
        let advice = match scheme.to_ascii_lowercase().as_str() {
            "file" => "give a file's path without file://",
            _ => "of addresses, only those with http:// or https:// are read",
        };
        return is_scheme.then(|| advice.to_owned());
    }
    let (host, path) = name.split_once('/').unwrap_or((name, ""));
    let (before, top) = host.rsplit_once('.')?;
    let is_host = !before.is_empty()
        && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c))
        && top.len() > 1
        && top.chars().all(|c| c.is_ascii_alphabetic());
    let is_likely = host.to_ascii_lowercase().starts_with("www.") || !path.is_empty();
    (is_host && is_likely).then(|| format!("for a web page, add https:// as in https://{name}"))
}
