//! Is the file's schema the one that this program knows?
//!
//! Each migration has a number, runs in one transaction, and never changes once it was released: a file of every schema is
//! kept under `tests/schemas` and opened by a test.

use std::path::Path;

use rusqlite::Connection;

use crate::Error;

/// What the head of the file says it is: "says".
const APPLICATION: i32 = 0x7361_7973;

/// Kibibytes of the file that are kept in memory: what a question of a large archive goes back to.
pub(crate) const CACHE: i32 = 64 * 1024;

/// In order; the first makes schema 1.
const MIGRATIONS: [&str; 2] = [include_str!("../sql/001.sql"), include_str!("../sql/002.sql")];

/// Brings an archive up to date.
pub(crate) fn prepare(db: &mut Connection, path: &Path) -> Result<(), Error> {
    let told = |error| Error::sqlite(path, error);
    // What fails in a transaction that reads needs no write-ahead log of its own.
    let found = version(db, path)?;
    db.pragma_update(None, "journal_mode", "WAL").map_err(told)?;
    db.pragma_update(None, "synchronous", "NORMAL").map_err(told)?;
    db.pragma_update(None, "foreign_keys", true).map_err(told)?;
    for (n, sql) in MIGRATIONS.iter().enumerate().skip(found) {
        let transaction =
            db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(told)?;
        // Another program may have been quicker.
        let now: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(told)?;
        if now as usize > n {
            continue;
        }
        transaction.execute_batch(sql).map_err(told)?;
        transaction.pragma_update(None, "user_version", n + 1).map_err(told)?;
        transaction.pragma_update(None, "application_id", APPLICATION).map_err(told)?;
        transaction.commit().map_err(told)?;
    }
    Ok(())
}

/// Whether there is nothing in the file.
pub(crate) fn is_empty(db: &Connection, path: &Path) -> Result<bool, Error> {
    Ok(version(db, path)? == 0)
}

/// Whether nothing has to be migrated.
pub(crate) fn is_current(db: &Connection, path: &Path) -> Result<bool, Error> {
    Ok(version(db, path)? == MIGRATIONS.len())
}

/// The schema of the file, 0 for an empty one.
fn version(db: &Connection, path: &Path) -> Result<usize, Error> {
    let told = |error| Error::sqlite(path, error);
    let number = |pragma: &str| db.query_row(pragma, [], |row| row.get::<_, i32>(0)).map_err(told);
    let (application, version) = (number("PRAGMA application_id")?, number("PRAGMA user_version")?);
    let tables: i32 =
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(told)?;
    if application != APPLICATION && (tables > 0 || version != 0) {
        return Err(Error::NotAnArchive { path: path.to_owned() });
    }
    let found = u32::try_from(version).unwrap_or(0);
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if found > known {
        return Err(Error::Newer { path: path.to_owned(), found, known });
    }
    Ok(found as usize)
}
