//! What did many articles say, over outlets and months?
//!
//! An [`Archive`] is one `SQLite` file. Articles go in with their records ([`Archive::add`]); what comes out are statements
//! that match ([`Archive::find`]), what each party held when ([`Archive::positions`]), a story ([`Archive::story`]), what is
//! new ([`Archive::changes`]) and an actor ([`Archive::actor`]). Nothing here reads an article or opens a connection.
//!
//! ```
//! use sayso::{Article, Engine};
//! use sayso_archive::{Archive, Filter, Incoming};
//!
//! let engine = Engine::embedded()?;
//! let mut article = Article::from_text("Ana Brell, the mayor, said that the dam had leaked since May.");
//! article.outlet = Some("The Gazette".to_owned());
//! let record = engine.read(&article);
//!
//! let mut archive = Archive::in_memory()?;
//! archive.add(&[Incoming { article: &article, record: &record, input: "dam.txt", file: None }])?;
//! let page = archive.find(&Filter { words: Some("leaking".to_owned()), ..Filter::default() })?;
//! assert_eq!(page.hits[0].speaker.as_deref(), Some("Ana Brell"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod actors;
mod add;
mod changes;
mod correct;
mod dna;
mod error;
mod export;
mod feeds;
mod figures;
mod find;
mod issues;
mod list;
mod marks;
mod pipe;
mod place;
mod plover;
mod positions;
mod profile;
mod reprints;
mod same;
mod schema;
mod stories;
mod story;
mod whole;
mod words;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

pub use add::{Added, Incoming, Known};
pub use changes::{Changes, Rewritten, Turned};
pub use correct::{Correction, Decision, What};
pub use dna::{DNA_PASSWORD, InDna};
pub use error::{Error, ErrorKind};
pub use export::{Row, Stored};
pub use feeds::{Feed, Visited};
pub use figures::FigureTold;
pub use find::{Filter, Hit, Page};
pub use list::{ActorLine, Outlet, OutletLine};
pub use pipe::{Intake, Owned};
pub use positions::{Held, Positions, Step};
pub use profile::{Office, Profile};
pub use same::alike;
pub use story::{Carrier, Dated, Said, Story, StoryLine};
pub use whole::{Stance, Whole};

/// How long a command waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// Statements of SQL that stay parsed: all that adding an article takes.
const PARSED: usize = 128;

/// A file of articles and what they say.
#[derive(Debug)]
pub struct Archive {
    db: Connection,
    path: PathBuf,
}

/// How a connection works, whoever opens it.
fn set_up(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(PATIENCE)?;
    // Without it a statement is planned again for each new value, by statistics that an archive doesn't keep.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

impl Archive {
    /// Opens an archive, or makes one; its schema is brought up to date.
    ///
    /// # Errors
    /// When the file can't be opened or written, is no archive, is damaged, or is of a newer sayso.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if path.is_dir() {
            return Err(Error::NotAnArchive { path: path.to_owned() });
        }
        let told = |error| Error::sqlite(path, error);
        let mut db = Connection::open(path).map_err(told)?;
        set_up(&db).map_err(told)?;
        db.set_prepared_statement_cache_capacity(PARSED);
        schema::prepare(&mut db, path)?;
        Ok(Self { db, path: path.to_owned() })
    }

    /// Opens an archive that is there, to look into it; a file of an older schema is brought up to date first.
    ///
    /// # Errors
    /// As [`Archive::open`], and when there is none.
    pub fn open_existing(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::Missing { path: path.to_owned() });
        }
        if path.is_dir() {
            return Err(Error::NotAnArchive { path: path.to_owned() });
        }
        let told = |error| Error::sqlite(path, error);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(told)?;
        set_up(&db).map_err(told)?;
        db.pragma_update(None, "cache_size", -schema::CACHE).map_err(told)?;
        if schema::is_empty(&db, path)? {
            return Err(Error::Missing { path: path.to_owned() });
        }
        if schema::is_current(&db, path)? { Ok(Self { db, path: path.to_owned() }) } else { Self::open(path) }
    }

    /// One that is gone when it is dropped.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, Error> {
        let path = PathBuf::from(":memory:");
        let mut db = Connection::open_in_memory().map_err(|error| Error::sqlite(&path, error))?;
        set_up(&db).map_err(|error| Error::sqlite(&path, error))?;
        schema::prepare(&mut db, &path)?;
        Ok(Self { db, path })
    }

    /// Keeps so many kibibytes of the file in memory at most, for a program that has it open several times.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn keep(&self, kibibytes: i32) -> Result<(), Error> {
        self.db.pragma_update(None, "cache_size", -kibibytes).map_err(|error| self.told(error))
    }

    /// How many articles and statements there are.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn size(&self) -> Result<(u64, u64), Error> {
        let count = |sql: &str| self.db.query_row(sql, [], |row| row.get::<_, u64>(0));
        // The index has a row for each statement that counts.
        let both = count("SELECT count(*) FROM article")
            .and_then(|a| Ok((a, count("SELECT count(*) FROM statement_words_docsize")?)));
        both.map_err(|error| self.told(error))
    }

    /// Lets the file grow to so many pages more than it has; what needs more finds the disk full.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn limit_pages(&mut self, more: u32) -> Result<(), Error> {
        let all = || {
            let now: u32 = self.db.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            self.db.pragma_update_and_check(None, "max_page_count", now + more, |_| Ok(()))
        };
        all().map_err(|error| self.told(error))
    }

    /// Whether an article that is there came from this file, by its whole path or as it was named.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn is_of_file(&self, path: &Path) -> Result<bool, Error> {
        let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned()).display().to_string();
        let (named, place) = (path.display().to_string(), place::of_file(&whole));
        let sql = "SELECT EXISTS (SELECT 1 FROM article WHERE place = ?1)
            OR EXISTS (SELECT 1 FROM version WHERE input IN (?2, ?3) OR substr(input, 1, length(?2) + 1) = ?2 || ':'
                OR substr(input, 1, length(?3) + 1) = ?3 || ':')";
        let found = self.db.query_row(sql, [&place, &named, &whole], |row| row.get(0));
        found.map_err(|error| self.told(error))
    }

    fn told(&self, error: rusqlite::Error) -> Error {
        Error::sqlite(&self.path, error)
    }
}
