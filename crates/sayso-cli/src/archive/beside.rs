//! How does an export reach its place, so that nothing that was there is lost?
//!
//! What is written goes beside the place first and takes it in one step at the end: a full disk or a kill leaves what was
//! there. An earlier export of the same form is replaced, and nothing else ever.

use std::fs::{self, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};
use sayso_archive::Archive;
use sha2::{Digest, Sha256};
use tempfile::{Builder, NamedTempFile, TempDir};

use crate::args::ExportFormat;
use crate::output;

/// Bytes at the beginning of a file that tell what it is.
const HEAD: u64 = 100;

/// A file that is being written.
#[derive(Debug)]
pub(super) struct Beside {
    file: NamedTempFile,
    path: PathBuf,
    /// What was there.
    before: Option<Metadata>,
}

impl Beside {
    /// Whether the place is one for files: what is there is a file, or nothing is.
    pub(super) fn fits(path: &Path) -> bool {
        fs::metadata(path)
            .map_or_else(|error| error.kind() == io::ErrorKind::NotFound, |there| there.is_file())
    }

    /// Refuses a place where something else lies.
    ///
    /// # Errors
    /// When it is refused, or nothing can be written beside it.
    pub(super) fn new(path: &Path, format: ExportFormat) -> Result<Self> {
        let before = fs::metadata(path).ok();
        ensure!(
            !before.as_ref().is_some_and(Metadata::is_dir),
            "{}: it is a folder; name a file in it",
            path.display()
        );
        if before.is_some() && !is_own(path, format).with_context(|| path.display().to_string())? {
            return Err(foreign(path));
        }
        let path = place(path);
        let file = builder(0o666, before.as_ref())
            .tempfile_in(folder(&path)?)
            .map_err(|error| unwritable(&path, &error))?;
        Ok(Self { file, path, before })
    }

    /// Where it is written until it is done.
    pub(super) fn file(&self) -> &NamedTempFile {
        &self.file
    }

    pub(super) fn write(&mut self, words: &str) -> Result<()> {
        self.file.as_file_mut().write_all(words.as_bytes()).map_err(|error| unwritable(&self.path, &error))
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// When it can't be.
    pub(super) fn done(self) -> Result<()> {
        let Self { file, path, before } = self;
        let all = || -> io::Result<()> {
            if let Some(before) = &before {
                file.as_file().set_permissions(before.permissions())?;
            }
            file.as_file().sync_all()
        };
        all().map_err(|error| unwritable(&path, &error))?;
        file.persist(&path).map_err(|error| unwritable(&path, &error.error))?;
        Ok(())
    }
}

/// A folder of files that is being written.
#[derive(Debug)]
pub(super) struct Folder {
    files: TempDir,
    path: PathBuf,
    /// The file with the checksums, by which an earlier export is known.
    sums_name: String,
    sums: String,
}

impl Folder {
    /// Refuses a folder with anything else in it, or in which something was changed since it was exported: annotations of
    /// people are not to be lost.
    ///
    /// # Errors
    /// When it is refused, or nothing can be written beside it.
    pub(super) fn new(path: &Path, format: &str) -> Result<Self> {
        ensure!(path.file_name().is_some(), "{}: name a folder for the files", path.display());
        let sums_name = format!("sayso-{format}.sha256");
        match fs::metadata(path) {
            Ok(there) if there.is_dir() => {
                let own = is_own_folder(path, &sums_name).with_context(|| path.display().to_string())?;
                ensure!(
                    own,
                    "{}: it holds what sayso didn't export, or what was changed since; name another folder",
                    path.display()
                );
            }
            Ok(_) => bail!("{}: it is a file, and {format} is a folder; name another", path.display()),
            Err(_) => {}
        }
        let path = place(path);
        let files = builder(0o777, None)
            .prefix(".sayso")
            .tempdir_in(folder(&path)?)
            .map_err(|error| unwritable(&path, &error))?;
        Ok(Self { files, path, sums_name, sums: String::new() })
    }

    pub(super) fn put(&mut self, name: &str, words: &str) -> Result<()> {
        fs::write(self.files.path().join(name), words).map_err(|error| unwritable(&self.path, &error))?;
        self.sums += &format!("{}  {name}\n", sha256(words.as_bytes()));
        Ok(())
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    /// When it can't be.
    pub(super) fn done(self) -> Result<()> {
        let Self { files, path, sums_name, sums } = self;
        let told = |error: io::Error| unwritable(&path, &error);
        fs::write(files.path().join(sums_name), sums).map_err(told)?;
        if path.exists() {
            // A folder takes the place of none that isn't empty, so that the old one steps aside.
            let aside = Builder::new().prefix(".sayso").tempdir_in(folder(&path)?).map_err(told)?;
            let old = aside.path().join("old");
            fs::rename(&path, &old).map_err(told)?;
            if let Err(error) = fs::rename(files.path(), &path) {
                // Where it can't come back either, it isn't to be thrown away.
                if fs::rename(&old, &path).is_err() {
                    let kept = aside.keep();
                    bail!("{}: it can't be written; what was there is in {}", path.display(), kept.display());
                }
                return Err(told(error));
            }
        } else {
            fs::rename(files.path(), &path).map_err(told)?;
        }
        // Nothing is left there to be removed.
        let _ = files.keep();
        Ok(())
    }
}

/// Makes temporary files with the permissions of what was there, or of any other file.
fn builder(mode: u32, before: Option<&Metadata>) -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(before.map_or_else(|| fs::Permissions::from_mode(mode), Metadata::permissions));
    }
    #[cfg(not(unix))]
    let _ = (mode, before);
    builder
}

/// Behind a link lies what is meant.
fn place(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn folder(path: &Path) -> Result<&Path> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    ensure!(folder.is_dir(), "{}: there is no folder {}; make it first", path.display(), folder.display());
    Ok(folder)
}

fn unwritable(path: &Path, error: &io::Error) -> anyhow::Error {
    anyhow!("{}: it can't be written: {error}; what was there is kept", path.display())
}

fn foreign(path: &Path) -> anyhow::Error {
    anyhow!(
        "{}: it is there, and isn't what sayso exported, or was changed since; name another file",
        path.display()
    )
}

/// Whether a file is an export of this form, or empty.
fn is_own(path: &Path, format: ExportFormat) -> io::Result<bool> {
    let mut head = Vec::new();
    fs::File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    let bytes = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
    Ok(head.is_empty()
        || match format {
            ExportFormat::Csv => bytes.starts_with(b"article,number,url,"),
            ExportFormat::Jsonl => is_row(bytes),
            ExportFormat::Records => bytes.starts_with(b"{\"schema\":\"sayso.record/"),
            ExportFormat::Parquet => super::parquet::is_ours(path),
            ExportFormat::Dna => Archive::is_unchanged_dna(&head),
            ExportFormat::Brat | ExportFormat::Citron => false,
        })
}

/// `{"article":12,"number":"`, as no other program begins a line.
fn is_row(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"{\"article\":") else { return false };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0 && rest[digits..].starts_with(b",\"number\":\"")
}

/// Whether a folder is empty, or all in it is as its checksums say. Hidden files are no one's, and brat makes some.
fn is_own_folder(path: &Path, sums_name: &str) -> io::Result<bool> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path)? {
        names.push(entry?.file_name());
    }
    names.retain(|name| !name.as_encoded_bytes().starts_with(b"."));
    if names.is_empty() {
        return Ok(true);
    }
    let Ok(sums) = fs::read_to_string(path.join(sums_name)) else { return Ok(false) };
    let mut left = names.len() - 1;
    for line in sums.lines() {
        let Some((sum, name)) = line.split_once("  ") else { return Ok(false) };
        let same = fs::read(path.join(name)).is_ok_and(|bytes| sha256(&bytes) == sum);
        if !same || left == 0 {
            return Ok(false);
        }
        left -= 1;
    }
    Ok(left == 0)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Says how much was written.
pub(super) fn told(args: &crate::args::Args, n: usize, what: &str) {
    output::note(args, &format!("{n} {what} written"));
}
