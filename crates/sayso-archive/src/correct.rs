//! What do people know better than the program?
//!
//! Two actors that are one, one that is two, a name, and whose a statement is. What is said of one article is remembered by
//! its text's checksum, what is said of a name by the name; so both hold when an article is read or added again.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use crate::find::Which;
use crate::words::key;
use crate::{Archive, Error, actors, find};
use sayso::row::named;

/// Whose a statement is, by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Of the article's text.
    pub sha256: String,
    /// Where the statement's source stands in the text, in code points.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Who it is; `null` where that isn't known.
    pub actor: Option<String>,
}

/// What was said of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Both names are one actor's.
    Merge,
    /// The actor is called otherwise.
    Rename,
}

/// What was said of a name by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What.
    pub what: What,
    /// The name.
    pub name: String,
    /// The other name.
    pub into: String,
}

/// How near a spelling is to be told (Jaro-Winkler).
const NEAR: f64 = 0.85;

fn decided(db: &Connection, decision: &Decision) -> rusqlite::Result<()> {
    let what = named(&decision.what);
    db.execute(
        "INSERT INTO decision (what, name, into_name) VALUES (?1, ?2, ?3)",
        [&what, &decision.name, &decision.into],
    )?;
    Ok(())
}

/// The names that were given to the sources of a text, by their places; empty for nobody.
pub(crate) fn of_text(db: &Connection, sha256: &str) -> rusqlite::Result<HashMap<(usize, usize), String>> {
    let mut all = db.prepare_cached("SELECT first, last, name FROM correction WHERE sha256 = ?1")?;
    all.query_map([sha256], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?.collect()
}

impl Archive {
    /// Makes one actor of two: `from` is known as `into` from now on, in what is added later too.
    ///
    /// # Errors
    /// When a name is nobody's or several actors', or the file can't be written.
    pub fn merge(&mut self, from: &str, into: &str) -> Result<usize, Error> {
        let decision = Decision { what: What::Merge, name: from.to_owned(), into: into.to_owned() };
        let (from, into) = (self.one_actor(from)?, self.one_actor(into)?);
        if from == into {
            return Err(Error::NotOne("both names are one actor's already".to_owned()));
        }
        self.write(|db| {
            db.execute(
                "INSERT OR IGNORE INTO alias (key, actor) SELECT key, ?2 FROM alias WHERE actor = ?1",
                [from, into],
            )?;
            db.execute("DELETE FROM alias WHERE actor = ?1", [from])?;
            db.execute(
                "INSERT OR IGNORE INTO title SELECT ?2, words, first, last FROM title WHERE actor = ?1",
                [from, into],
            )?;
            db.execute("DELETE FROM title WHERE actor = ?1", [from])?;
            db.execute("UPDATE actor SET into_actor = ?2 WHERE id = ?1 OR into_actor = ?1", [from, into])?;
            let all: Vec<i64> = db
                .prepare("SELECT id FROM statement WHERE actor = ?1")?
                .query_map([from], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for id in &all {
                changed(db, *id, "UPDATE statement SET actor = ?2 WHERE id = ?1", params![id, into])?;
            }
            decided(db, &decision)?;
            Ok(all.len())
        })
    }

    /// Gives an actor another name; the old one still finds it.
    ///
    /// # Errors
    /// As [`Archive::merge`].
    pub fn rename(&mut self, actor: &str, name: &str) -> Result<usize, Error> {
        let id = self.one_actor(actor)?;
        if key(name).is_empty() {
            return Err(Error::NotOne("an actor needs a name".to_owned()));
        }
        let others = self.actors_named(name).map_err(|error| self.told(error))?;
        if others.iter().any(|(other, known)| *other != id && key(known) == key(name)) {
            return Err(Error::NotOne(format!("{name} is another actor's name: --merge makes one of both")));
        }
        self.write(|db| {
            actors::alias(db, &key(name), id)?;
            decided(db, &Decision { what: What::Rename, name: actor.to_owned(), into: name.to_owned() })?;
            db.execute("UPDATE actor SET name = ?1 WHERE id = ?2", params![name, id])
        })
    }

    /// Takes what an actor says in the articles whose address or title holds some words for somebody else's, of another name.
    ///
    /// # Errors
    /// As [`Archive::merge`], and when no article holds them.
    pub fn split(&mut self, actor: &str, articles: &str, name: &str) -> Result<usize, Error> {
        let id = self.one_actor(actor)?;
        let sql = "SELECT sha256, record, number FROM statement JOIN version ON version.id = version
            WHERE actor = ?1 AND source IS NOT NULL AND (instr(url, ?2) OR instr(title, ?2) OR instr(input, ?2) OR sha256 = ?2)";
        let all = || {
            let mut all = self.db.prepare(sql)?;
            let rows = all.query_map(params![id, articles], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, String>(2)?))
            })?;
            rows.collect::<Result<Vec<_>, _>>()
        };
        let all = all().map_err(|error| self.told(error))?;
        let mut corrections = Vec::new();
        for (sha256, packed, number) in all {
            let record: sayso::Record = serde_json::from_str(&crate::export::inflate(&packed))
                .map_err(|error| self.damaged(&error))?;
            let source = record.attributions.iter().find(|a| a.id == number).and_then(|a| a.source.clone());
            corrections.extend(source.map(|source| Correction {
                sha256: sha256.clone(),
                start: source.start,
                end: source.end,
                actor: Some(name.to_owned()),
            }));
        }
        if corrections.is_empty() {
            return Err(Error::NotOne(format!(
                "{actor} says nothing in an article with “{articles}” in its address or title"
            )));
        }
        self.write(|db| {
            if actors::known(db, &key(name), true)?.is_none_or(|known| known == id) {
                db.execute(
                    "INSERT INTO actor (name, kind) SELECT ?1, kind FROM actor WHERE id = ?2",
                    params![name, id],
                )?;
                let new = db.last_insert_rowid();
                db.execute("DELETE FROM alias WHERE key = ?1", [key(name)])?;
                actors::alias(db, &key(name), new)?;
            }
            Ok(())
        })?;
        self.correct(&corrections)
    }

    /// Says whose statements are; what is already there is changed, what comes later is read so. The number of statements that
    /// changed.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn correct(&mut self, corrections: &[Correction]) -> Result<usize, Error> {
        self.write(|db| {
            let mut changed = 0;
            for one in corrections {
                let name = one.actor.as_deref().unwrap_or_default();
                db.execute(
                    "INSERT OR REPLACE INTO correction (sha256, first, last, name) VALUES (?1, ?2, ?3, ?4)",
                    params![one.sha256, one.start, one.end, name],
                )?;
                let actor = if name.is_empty() { None } else { Some(actors::by_name(db, name)?) };
                changed += said_at(db, one, actor)?;
            }
            Ok(changed)
        })
    }

    fn write<T>(&mut self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        let path = self.path.clone();
        let all = || {
            let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        all().map_err(|error| Error::sqlite(&path, error))
    }

    /// The one actor whom a name, or a part of it, finds.
    pub(crate) fn one_actor(&self, name: &str) -> Result<i64, Error> {
        let all = self.actors_named(name).map_err(|error| self.told(error))?;
        match all.as_slice() {
            [] => Err(self.nobody(name)),
            [one] => Ok(one.0),
            several => {
                let names: Vec<&str> = several.iter().take(6).map(|(_, name)| name.as_str()).collect();
                let more = if several.len() > names.len() { ", …" } else { "" };
                Err(Error::NotOne(format!("{name} can be {}{more}: give the whole name", names.join(", "))))
            }
        }
    }

    /// Nobody has that name; those that are spelled nearly so are told.
    pub(crate) fn nobody(&self, name: &str) -> Error {
        let asked = key(name);
        let near = || -> rusqlite::Result<Vec<String>> {
            let mut all = self
                .db
                .prepare("SELECT key, name FROM alias JOIN actor ON actor.id = actor ORDER BY actor.id")?;
            let rows = all.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
            let mut found: Vec<(f64, String)> = Vec::new();
            for row in rows {
                let (known, name) = row?;
                // Of a name of several words one may be what was meant.
                let words = known.split(' ').chain([known.as_str()]);
                let near = words.map(|word| strsim::jaro_winkler(word, &asked)).fold(0.0, f64::max);
                if near >= NEAR && !found.iter().any(|(_, other)| *other == name) {
                    found.push((near, name));
                }
            }
            found.sort_by(|a, b| b.0.total_cmp(&a.0));
            Ok(found.into_iter().take(3).map(|(_, name)| name).collect())
        };
        let names = near().unwrap_or_default();
        let hint = if names.is_empty() { String::new() } else { format!("; perhaps {}", names.join(" or ")) };
        Error::NotOne(format!("nobody in the archive is called {name}{hint}"))
    }

    /// What was said by hand: whose statements are, and of names, in the order in which it was said.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn by_hand(&self) -> Result<(Vec<Correction>, Vec<Decision>), Error> {
        let all = || -> rusqlite::Result<_> {
            let mut of_texts = self
                .db
                .prepare("SELECT sha256, first, last, name FROM correction ORDER BY sha256, first, last")?;
            let of_texts = of_texts.query_map([], |row| {
                let name: String = row.get(3)?;
                Ok(Correction {
                    sha256: row.get(0)?,
                    start: row.get(1)?,
                    end: row.get(2)?,
                    actor: Some(name).filter(|name| !name.is_empty()),
                })
            })?;
            let of_texts = of_texts.collect::<Result<_, _>>()?;
            let mut of_names = self.db.prepare("SELECT what, name, into_name FROM decision ORDER BY id")?;
            let of_names = of_names.query_map([], |row| {
                let what = if row.get::<_, String>(0)? == "merge" { What::Merge } else { What::Rename };
                Ok(Decision { what, name: row.get(1)?, into: row.get(2)? })
            })?;
            Ok((of_texts, of_names.collect::<Result<_, _>>()?))
        };
        all().map_err(|error| self.told(error))
    }

    /// Actors whose name has these words; those of the whole name alone, where there are such.
    pub(crate) fn actors_named(&self, name: &str) -> rusqlite::Result<Vec<(i64, String)>> {
        let rows = |sql: &str, words: &str| -> rusqlite::Result<Vec<(i64, String)>> {
            let mut all = self.db.prepare_cached(sql)?;
            all.query_map([words], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let of_alias = "SELECT DISTINCT actor.id, name FROM alias JOIN actor ON actor.id = actor WHERE key = ?1 ORDER BY 1";
        let whole = rows(of_alias, &key(name))?;
        if !whole.is_empty() {
            return Ok(whole);
        }
        let part = "SELECT DISTINCT actor.id, name FROM alias JOIN actor ON actor.id = actor
            WHERE ' ' || key || ' ' LIKE '% ' || ?1 || ' %' ORDER BY 1";
        rows(part, &key(name))
    }
}

/// Gives the statements of a text whose source stands there to an actor.
fn said_at(db: &Connection, one: &Correction, actor: Option<i64>) -> rusqlite::Result<usize> {
    let mut versions = db.prepare_cached("SELECT id, record FROM version WHERE sha256 = ?1")?;
    let all: Vec<(i64, Vec<u8>)> =
        versions.query_map([&one.sha256], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut n = 0;
    for (version, packed) in all {
        let Ok(record) = serde_json::from_str::<sayso::Record>(&crate::export::inflate(&packed)) else {
            continue;
        };
        let is_there = |a: &&sayso::record::Attribution| {
            a.source.as_ref().is_some_and(|source| (source.start, source.end) == (one.start, one.end))
        };
        for attribution in record.attributions.iter().filter(is_there) {
            let id = "SELECT id FROM statement WHERE version = ?1 AND number = ?2";
            let id: Option<i64> = db
                .prepare_cached(id)?
                .query_row(params![version, attribution.id], |row| row.get(0))
                .optional()?;
            if let Some(id) = id {
                let sql = "UPDATE statement SET actor = ?1, corrected = 1 WHERE id = ?2";
                n += changed(db, id, sql, params![actor, id])?;
            }
        }
    }
    Ok(n)
}

/// Changes a row of a statement, and what it is found by.
fn changed(db: &Connection, id: i64, sql: &str, values: &[&dyn rusqlite::ToSql]) -> rusqlite::Result<usize> {
    find::forget(db, Which::Statement(id))?;
    let n = db.prepare_cached(sql)?.execute(values)?;
    find::remember(db, Which::Statement(id))?;
    Ok(n)
}
