//! Why could the archive not be used, and what can be done about it?

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why an archive could not be used. Each is said in one line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no such file.
    #[error("there is no archive at {}: `sayso add` makes one", .path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file of another kind.
    #[error("{} is no archive of sayso: give another name", .path.display())]
    NotAnArchive {
        /// The file.
        path: PathBuf,
    },
    /// The schema is one that this program doesn't know.
    #[error("{} was written by a newer sayso (schema {found}, this one knows {known}): update sayso", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// Another program is writing.
    #[error("{} is locked by another program that writes to it: wait until that has ended", .path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// It can't be written to.
    #[error("{} can't be written to: look at the rights of the file and its folder", .path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("there is no room left for {}: what was added before is kept", .path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// Its pages are damaged.
    #[error("{} is damaged ({reason}): restore a copy, or add the articles to a new one", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What `SQLite` says.
        reason: String,
    },
    /// Nobody, nothing or several things have that name.
    #[error("{0}")]
    NotOne(String),
    /// A correction that can't be read.
    #[error("{0}")]
    Correction(String),
    /// Anything else that `SQLite` says.
    #[error("{}: {source}", .path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What it says.
        source: rusqlite::Error,
    },
}

/// Kinds of [`Error`], which stay when messages change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such file.
    Missing,
    /// It is no archive, or one of a newer program.
    Foreign,
    /// Another program is writing.
    Locked,
    /// No right or no room to write.
    Unwritable,
    /// Its pages are damaged.
    Damaged,
    /// What was asked for isn't there, or is several.
    NotOne,
    /// What was given can't be read.
    Input,
    /// Anything else.
    Other,
}

impl Error {
    /// Its kind.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Missing { .. } => ErrorKind::Missing,
            Self::NotAnArchive { .. } | Self::Newer { .. } => ErrorKind::Foreign,
            Self::Locked { .. } => ErrorKind::Locked,
            Self::ReadOnly { .. } | Self::Full { .. } => ErrorKind::Unwritable,
            Self::Damaged { .. } => ErrorKind::Damaged,
            Self::NotOne(_) => ErrorKind::NotOne,
            Self::Correction(_) => ErrorKind::Input,
            Self::Sqlite { .. } => ErrorKind::Other,
        }
    }

    pub(crate) fn sqlite(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly { path }
            }
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::NotADatabase) => Self::NotAnArchive { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, reason: error.to_string() },
            _ => Self::Sqlite { path, source: error },
        }
    }
}
