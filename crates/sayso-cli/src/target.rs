//! Where does the output go, and can anything be lost there?
//!
//! Output never replaces an article: which file it goes to is known before the articles are
//! gathered, and that file changes when the first words go into it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Error, Result, anyhow, bail};
use same_file::Handle;

use crate::output;

/// The place that output goes to, for those who read.
#[derive(Debug)]
pub(crate) struct Target {
    // Only of a regular file: nothing else can lose what it held, and to open a named pipe
    // is to wait for its other end.
    handle: Option<Handle>,
    is_stdout: bool,
}

impl Target {
    /// `-` and `None` are standard output, which a shell may have led into a file.
    pub(crate) fn of(path: Option<&Path>) -> Self {
        match path.filter(|path| !is_stdout(path)) {
            None => Self::stdout(),
            Some(path) => Self { handle: regular(path), is_stdout: false },
        }
    }

    /// Standard output.
    pub(crate) fn stdout() -> Self {
        Self { handle: Handle::stdout().ok().filter(is_regular), is_stdout: true }
    }

    /// Whether what is written goes into this file.
    pub(crate) fn is(&self, path: &Path) -> bool {
        self.handle.is_some() && self.handle == regular(path)
    }

    /// Whether what is written comes back by standard input.
    pub(crate) fn is_stdin(&self) -> bool {
        self.handle.is_some() && self.handle == Handle::stdin().ok()
    }

    /// Whether it is standard output, into which nothing is written in place of other words.
    pub(crate) fn is_stdout(&self) -> bool {
        self.is_stdout
    }
}

fn regular(path: &Path) -> Option<Handle> {
    let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    if is_file { Handle::from_path(path).ok() } else { None }
}

fn is_regular(handle: &Handle) -> bool {
    handle.as_file().metadata().is_ok_and(|metadata| metadata.is_file())
}

fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}

/// Where words go.
#[derive(Debug)]
pub(crate) enum Out {
    Stdout,
    File {
        /// `None` until the first words for a file that wasn't there.
        file: Option<File>,
        path: PathBuf,
        begun: bool,
    },
}

impl Out {
    /// Tries whether the file can be written, and leaves it as it is: a run that reads
    /// nothing changes nothing.
    ///
    /// # Errors
    /// When it can't be written.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path.filter(|path| !is_stdout(path)) else {
            return Ok(Self::Stdout);
        };
        if is_database(path) {
            bail!("{}: it is a database, perhaps the archive; name another file", path.display());
        }
        let file = match OpenOptions::new().write(true).open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            file => Some(file.map_err(|error| unwritable(path, &error))?),
        };
        if file.is_none() {
            let tried = OpenOptions::new().write(true).create_new(true).open(path);
            // A link to nothing is there and isn't; it is written through later on.
            match tried {
                Ok(tried) => {
                    drop(tried);
                    fs::remove_file(path).map_err(|error| unwritable(path, &error))?;
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(unwritable(path, &error)),
            }
        }
        Ok(Self::File { file, path: path.to_owned(), begun: false })
    }

    /// Writes; the first words take the place of what the file held.
    ///
    /// # Errors
    /// When they can't be written; it names the file.
    pub(crate) fn write(&mut self, words: &str) -> Result<()> {
        match self {
            Self::Stdout => output::print(words),
            Self::File { file, path, begun } => {
                let first = !std::mem::replace(begun, true);
                let written = match file {
                    Some(file) => put(file, first, words),
                    None => File::create(&*path).and_then(|new| put(file.insert(new), first, words)),
                };
                written.with_context(|| path.display().to_string())
            }
        }
    }
}

/// Puts other words into a file that is there: beside it first, so that a full disk loses nothing.
///
/// # Errors
/// When they can't be written; it names the file.
pub(crate) fn replace(path: &Path, words: &str) -> Result<()> {
    let replaced = || -> io::Result<()> {
        // Behind a link lies the file that is meant.
        let path = fs::canonicalize(path)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut beside = tempfile::NamedTempFile::new_in(folder)?;
        beside.write_all(words.as_bytes())?;
        beside.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
        beside.as_file().sync_all()?;
        beside.persist(&path)?;
        Ok(())
    };
    replaced().map_err(|error| unwritable(path, &error))
}

/// What `SQLite` writes: an archive, or a database of another program.
fn is_database(path: &Path) -> bool {
    const BEGINS: &[u8] = b"SQLite format 3\0";
    let mut begins = [0; BEGINS.len()];
    let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    is_file && File::open(path).and_then(|mut file| file.read_exact(&mut begins)).is_ok() && begins == BEGINS
}

fn put(file: &mut File, first: bool, words: &str) -> io::Result<()> {
    if first && file.metadata()?.is_file() {
        file.set_len(0)?;
    }
    file.write_all(words.as_bytes())
}

fn unwritable(path: &Path, error: &io::Error) -> Error {
    let name = path.display();
    match (error.kind(), path.parent()) {
        (ErrorKind::NotFound, Some(folder)) if !folder.exists() => {
            anyhow!("{name}: there is no folder {}; make it first", folder.display())
        }
        (ErrorKind::IsADirectory, _) => anyhow!("{name}: it is a folder; name a file in it"),
        (ErrorKind::PermissionDenied, _) => anyhow!("{name}: you may not write it; name another file"),
        _ => anyhow!("{name}: it can't be written: {error}"),
    }
}
