//! What is behind each name on the command line?

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::{Error, anyhow};
use sayso_text::Format;
use walkdir::WalkDir;

/// What the user named, in order, with folders opened up.
#[derive(Debug)]
pub(crate) struct Inputs {
    pub(super) places: Vec<Place>,
    several: bool,
}

/// Something that holds one or more articles, or should.
#[derive(Debug)]
pub(super) enum Place {
    StandardInput,
    Address(String),
    File { path: PathBuf, n_bytes: u64 },
    Bad { name: String, error: Error },
}

impl Inputs {
    /// Opens up folders; what can't be found is kept, to be told of in its turn. The file
    /// that output goes to isn't read even when it lies in one of the folders.
    pub(crate) fn gather(names: &[OsString], output: Option<&Path>) -> Self {
        let mut inputs = Self { places: Vec::new(), several: names.len() > 1 };
        for name in names {
            inputs.add(name, output);
        }
        let is_stdin = |place: &Place| matches!(place, Place::StandardInput);
        if let Some(first) = inputs.places.iter().position(is_stdin) {
            for place in inputs.places[first + 1..].iter_mut().filter(|place| is_stdin(place)) {
                let error = anyhow!("it can be read only once; name - one time");
                *place = Place::Bad { name: "standard input".to_owned(), error };
            }
        }
        inputs
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

    /// Whether one of them is this very file, under whatever name.
    pub(crate) fn hold(&self, file: &Path) -> bool {
        self.places.iter().any(|place| match place {
            Place::File { path, .. } => same_file::is_same_file(path, file).unwrap_or(false),
            _ => false,
        })
    }

    fn add(&mut self, name: &OsStr, output: Option<&Path>) {
        let words = name.to_string_lossy();
        if name == "-" {
            self.places.push(Place::StandardInput);
        } else if sayso_fetch::is_url(&words) {
            self.places.push(Place::Address(words.into_owned()));
        } else if Path::new(name).is_dir() {
            self.several = true;
            self.open(Path::new(name), output);
        } else {
            self.places.push(file(PathBuf::from(name)));
        }
    }

    /// All articles in a folder and the folders in it, in the order of their names.
    fn open(&mut self, folder: &Path, output: Option<&Path>) {
        let n_before = self.places.len();
        // Links are followed, since archives are often put together from them; walkdir
        // reports one that leads back to a folder above it.
        let hidden = |name: &OsStr| name.to_string_lossy().starts_with('.');
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name())) {
            match entry {
                Ok(entry) => {
                    let is_output = || {
                        output.is_some_and(|output| {
                            same_file::is_same_file(output, entry.path()).unwrap_or(false)
                        })
                    };
                    if entry.file_type().is_file()
                        && Format::from_path(entry.path()).is_some()
                        && !is_output()
                    {
                        self.places.push(file(entry.into_path()));
                    }
                }
                Err(error) => {
                    let name = error.path().unwrap_or(folder).display().to_string();
                    self.places.push(Place::Bad { name, error: unreadable(&error) });
                }
            }
        }
        if self.places.len() == n_before {
            let name = folder.display().to_string();
            let error = anyhow!(
                "no article in this folder (.txt, .md, .html, .json, .jsonl); name files that have another ending"
            );
            self.places.push(Place::Bad { name, error });
        }
    }
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

fn file(path: PathBuf) -> Place {
    match path.metadata() {
        Ok(metadata) => Place::File { path, n_bytes: metadata.len() },
        Err(error) => Place::Bad { name: path.display().to_string(), error: super::load::unreadable(&error) },
    }
}
