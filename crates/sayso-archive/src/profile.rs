//! What does the archive know of an actor?

use rusqlite::types::FromSql;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Archive, Error, Filter, Hit, Positions};

/// Statements of a profile.
const LATEST: usize = 10;

/// An actor.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Profile {
    /// Its number in the archive.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// Other names by which it is looked up, in small letters.
    pub aliases: Vec<String>,
    /// Who was merged into it by hand.
    pub merged: Vec<String>,
    /// Offices.
    pub titles: Vec<Office>,
    /// Whom it speaks for, with how many statements.
    pub parties: Vec<(String, u64)>,
    /// Outlets that carry it, with how many statements.
    pub outlets: Vec<(String, u64)>,
    /// How many statements.
    pub statements: u64,
    /// The first and last day.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
    /// What the sides that it speaks for hold, where they are itself.
    pub positions: Positions,
    /// The latest statements.
    pub latest: Vec<Hit>,
}

/// An office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Office {
    /// As the articles have it.
    pub words: String,
    /// The first day that one gives it.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
}

impl Archive {
    /// The actor of a name, or of words of one that are nobody else's.
    ///
    /// # Errors
    /// When nobody has the name, or several have; when the file can't be read.
    pub fn actor(&self, name: &str) -> Result<Profile, Error> {
        self.profile(self.one_actor(name)?)
    }

    /// The actor of a number.
    ///
    /// # Errors
    /// When there is none, or the file can't be read.
    pub fn profile(&self, id: i64) -> Result<Profile, Error> {
        if self.numbered(&id.to_string()).is_none() {
            return Err(Error::NotOne(format!("no actor has the number {id}")));
        }
        let told = |error| self.told(error);
        let sql = "SELECT name, kind, (SELECT count(*) FROM statement WHERE actor = ?1 AND version IN (SELECT id FROM version WHERE superseded IS NULL)),
            (SELECT min(day) FROM statement WHERE actor = ?1 AND version IN (SELECT id FROM version WHERE superseded IS NULL)), (SELECT max(day) FROM statement WHERE actor = ?1 AND version IN (SELECT id FROM version WHERE superseded IS NULL))
            FROM actor WHERE id = ?1";
        type Head = (String, String, u64, Option<String>, Option<String>);
        let read = |row: &rusqlite::Row<'_>| -> rusqlite::Result<Head> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        };
        let (name, kind, statements, first, last) = self.db.query_row(sql, [id], read).map_err(told)?;
        let latest = Filter { actor: Some(id), limit: LATEST, ..Filter::default() };
        let own = Filter { party: Some(name.clone()), ..Filter::default() };
        Ok(Profile {
            id,
            aliases: self.column("SELECT key FROM alias WHERE actor = ?1 ORDER BY key", id)?,
            merged: self.column("SELECT name FROM actor WHERE into_actor = ?1 ORDER BY name", id)?,
            titles: self.titles(id).map_err(told)?,
            parties: self.counted(
                "SELECT party, count(*) FROM speaks_for JOIN statement ON statement.id = statement
                 JOIN version ON version.id = version WHERE actor = ?1 AND superseded IS NULL
                 GROUP BY party ORDER BY 2 DESC, 1",
                id,
            )?,
            outlets: self.counted(
                "SELECT outlet, count(*) FROM statement JOIN version ON version.id = version
                 WHERE actor = ?1 AND outlet IS NOT NULL AND superseded IS NULL GROUP BY outlet ORDER BY 2 DESC, 1 LIMIT 20",
                id,
            )?,
            positions: Positions { held: self.held(&own)?, notes: self.mixed()? },
            latest: self.find(&latest)?.hits,
            name,
            kind,
            statements,
            first,
            last,
        })
    }

    fn titles(&self, id: i64) -> rusqlite::Result<Vec<Office>> {
        let mut all = self
            .db
            .prepare_cached("SELECT words, first, last FROM title WHERE actor = ?1 ORDER BY first, words")?;
        all.query_map([id], |row| Ok(Office { words: row.get(0)?, first: row.get(1)?, last: row.get(2)? }))?
            .collect()
    }

    fn column<T: FromSql>(&self, sql: &str, id: i64) -> Result<Vec<T>, Error> {
        let all = || {
            let mut all = self.db.prepare_cached(sql)?;
            all.query_map([id], |row| row.get(0))?.collect::<Result<Vec<T>, _>>()
        };
        all().map_err(|error| self.told(error))
    }

    fn counted(&self, sql: &str, id: i64) -> Result<Vec<(String, u64)>, Error> {
        let all = || {
            let mut all = self.db.prepare_cached(sql)?;
            all.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<Vec<_>, _>>()
        };
        all().map_err(|error| self.told(error))
    }
}
