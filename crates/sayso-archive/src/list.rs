//! Which articles and actors are there?

use rusqlite::{OptionalExtension, params};
use sayso::Article;
use schemars::JsonSchema;
use serde::Serialize;

use crate::story::dated;
use crate::words::key;
use crate::{Archive, Dated, Error, place};

/// Somebody in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ActorLine {
    /// Number in the archive.
    pub id: i64,
    /// What the archive calls them.
    pub name: String,
    /// As `person`.
    pub kind: String,
    /// How many statements are theirs.
    pub statements: u64,
}

/// Who publishes, in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OutletLine {
    /// The name.
    pub name: String,
    /// Articles as they stand now, reprints too.
    pub articles: u64,
    /// Of these, reprints of others'.
    pub reprints: u64,
    /// The first day.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
}

/// Which outlet.
#[derive(Debug, Clone, Copy)]
pub enum Outlet<'a> {
    /// The one of just this name.
    Name(&'a str),
    /// Those with these words in their names.
    Words(&'a str),
}

impl Archive {
    /// Articles as they stand now, the latest day first; of an outlet, and of days.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn articles(
        &self,
        outlet: Option<Outlet<'_>>,
        (since, until): (Option<&str>, Option<&str>),
        (limit, offset): (usize, usize),
    ) -> Result<Vec<Dated>, Error> {
        let sql = "SELECT id, day, outlet, title, url, wire, origin FROM version WHERE superseded IS NULL
            AND (?1 IS NULL OR outlet = ?1) AND (?6 IS NULL OR instr(lower(outlet), lower(?6)) > 0) AND (?2 IS NULL OR day >= ?2) AND (?3 IS NULL OR day <= ?3)
            ORDER BY day DESC, id DESC LIMIT ?4 OFFSET ?5";
        let (name, words) = match outlet {
            Some(Outlet::Name(name)) => (Some(name), None),
            Some(Outlet::Words(words)) => (None, Some(words)),
            None => (None, None),
        };
        let all = || {
            let mut all = self.db.prepare_cached(sql)?;
            let rows =
                all.query_map(params![name, since, until, sqlite(limit), sqlite(offset), words], dated)?;
            rows.collect::<Result<Vec<_>, _>>()
        };
        all().map_err(|error| self.told(error))
    }

    /// Actors with a name, those first who say most; with words, those whose names have them.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn actors(
        &self,
        words: Option<&str>,
        (limit, offset): (usize, usize),
    ) -> Result<Vec<ActorLine>, Error> {
        // Counted by an index, less what stands in earlier versions, which are few.
        let sql = "WITH old AS MATERIALIZED (SELECT statement.actor AS actor, count(*) AS n
                FROM version CROSS JOIN statement ON statement.version = version.id WHERE superseded IS NOT NULL GROUP BY 1)
            SELECT actor.id, name, kind, most.n - coalesce(old.n, 0)
            FROM (SELECT actor, count(*) AS n FROM statement WHERE actor IS NOT NULL
                AND (?1 IS NULL OR actor IN (SELECT actor FROM alias WHERE ' ' || key || ' ' LIKE '% ' || ?1 || ' %'))
                GROUP BY actor ORDER BY n DESC, actor LIMIT ?2 OFFSET ?3) AS most
            JOIN actor ON actor.id = most.actor LEFT JOIN old ON old.actor = actor.id ORDER BY most.n DESC, actor.id";
        let all = || {
            let mut all = self.db.prepare_cached(sql)?;
            let rows = all.query_map(params![words.map(key), sqlite(limit), sqlite(offset)], |row| {
                Ok(ActorLine {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    kind: row.get(2)?,
                    statements: row.get(3)?,
                })
            })?;
            rows.collect::<Result<Vec<_>, _>>()
        };
        all().map_err(|error| self.told(error))
    }

    /// Outlets, those first with most articles; with words, those whose names have them.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn outlets(
        &self,
        words: Option<&str>,
        (limit, offset): (usize, usize),
    ) -> Result<Vec<OutletLine>, Error> {
        let sql = "SELECT outlet, count(*), count(origin), min(day), max(day) FROM version
            WHERE superseded IS NULL AND outlet IS NOT NULL AND (?1 IS NULL OR instr(lower(outlet), lower(?1)) > 0)
            GROUP BY outlet ORDER BY 2 DESC, outlet LIMIT ?2 OFFSET ?3";
        let all = || {
            let mut all = self.db.prepare_cached(sql)?;
            let rows = all.query_map(params![words, sqlite(limit), sqlite(offset)], |row| {
                Ok(OutletLine {
                    name: row.get(0)?,
                    articles: row.get(1)?,
                    reprints: row.get(2)?,
                    first: row.get(3)?,
                    last: row.get(4)?,
                })
            })?;
            rows.collect::<Result<Vec<_>, _>>()
        };
        all().map_err(|error| self.told(error))
    }

    /// The number of an article that is there, word for word; of several places that have it, of its own first.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn number_of(&self, article: &Article) -> Result<Option<i64>, Error> {
        let sql = "SELECT version.id FROM version JOIN article ON article.id = article
            WHERE sha256 = ?1 AND superseded IS NULL ORDER BY place IS NOT ?2, version.id LIMIT 1";
        let place = article.url.as_deref().and_then(place::canonical);
        let mut found = self.db.prepare_cached(sql).map_err(|error| self.told(error))?;
        let found = found.query_row(params![article.sha256(), place], |row| row.get(0)).optional();
        found.map_err(|error| self.told(error))
    }

    /// Whether the archive was given other words for an article's place since a moment, as `2026-03-15T20:05:00Z`.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn was_given_since(&self, article: &Article, moment: &str) -> Result<bool, Error> {
        let Some(place) = article.url.as_deref().and_then(place::canonical) else { return Ok(false) };
        let sql = "SELECT EXISTS (SELECT 1 FROM version JOIN article ON article.id = article
            WHERE place = ?1 AND superseded IS NULL AND sha256 <> ?2 AND added >= ?3)";
        let mut found = self.db.prepare_cached(sql).map_err(|error| self.told(error))?;
        let given = found.query_row(params![place, article.sha256(), moment], |row| row.get(0));
        given.map_err(|error| self.told(error))
    }

    /// The number of the story that an article is on.
    ///
    /// # Errors
    /// When there is no article of that number, or the file can't be read.
    pub fn story_of(&self, article: i64) -> Result<Option<i64>, Error> {
        let sql = "SELECT story FROM version WHERE id = ?1";
        let found =
            self.db.prepare_cached(sql).and_then(|mut found| found.query_row([article], |row| row.get(0)));
        found.map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Error::NotOne(format!("there is no article {article}")),
            error => self.told(error),
        })
    }
}

/// A number as `SQLite` counts.
fn sqlite(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
