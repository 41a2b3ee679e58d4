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
    /// The other name is an actor's of its own.
    Split,
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
        let (from, into) = (self.called_so(from)?, self.called_so(into)?);
        let decision = Decision { what: What::Merge, name: self.name_of(from)?, into: self.name_of(into)? };
        if from == into {
            return Err(Error::NotOne("both names are one actor's already".to_owned()));
        }
        // "The union" of the next story is another one.
        if !decision.name.contains(char::is_uppercase) {
            return Err(Error::NotOne(format!(
                "“{}” is a word for many, and what is merged is merged everywhere: say whose single statements are with --corrections",
                decision.name
            )));
        }
        self.write(|db| {
            db.execute(
                "INSERT INTO alias (key, actor, by_hand) SELECT key, ?2, 1 FROM alias WHERE actor = ?1
                 ON CONFLICT DO UPDATE SET by_hand = 1",
                [from, into],
            )?;
            db.execute("DELETE FROM alias WHERE actor = ?1", [from])?;
            db.execute(
                "INSERT INTO title SELECT ?2, words, first, last FROM title WHERE actor = ?1
                 ON CONFLICT DO UPDATE SET first = min(coalesce(first, excluded.first), coalesce(excluded.first, first)),
                                           last = max(coalesce(last, excluded.last), coalesce(excluded.last, last))",
                [from, into],
            )?;
            db.execute("DELETE FROM title WHERE actor = ?1", [from])?;
            db.execute("UPDATE actor SET into_actor = ?2 WHERE id = ?1 OR into_actor = ?1", [from, into])?;
            let all: Vec<i64> = db
                .prepare("SELECT id FROM statement WHERE actor = ?1")?
                .query_map([from], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for id in &all {
                find::forget(db, Which::Statement(*id))?;
                db.prepare_cached("UPDATE statement SET actor = ?2 WHERE id = ?1")?.execute([*id, into])?;
                find::remember(db, Which::Statement(*id))?;
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
        let id = self.called_so(actor)?;
        if key(name).is_empty() {
            return Err(Error::NotOne("an actor needs a name".to_owned()));
        }
        let others = self.actors_named(name).map_err(|error| self.told(error))?;
        if others.iter().any(|(other, known)| *other != id && key(known) == key(name)) {
            return Err(Error::NotOne(format!("{name} is another actor's name: --merge makes one of both")));
        }
        let old = self.name_of(id)?;
        if old == name {
            return Ok(0);
        }
        self.write(|db| {
            actors::alias_by_hand(db, &key(name), id)?;
            decided(db, &Decision { what: What::Rename, name: old, into: name.to_owned() })?;
            db.execute("UPDATE actor SET name = ?1 WHERE id = ?2", params![name, id])
        })
    }

    fn name_of(&self, actor: i64) -> Result<String, Error> {
        let name = self.db.query_row("SELECT name FROM actor WHERE id = ?1", [actor], |row| row.get(0));
        name.map_err(|error| self.told(error))
    }

    /// Says what was said in another archive: of a split only that the name is an actor's of its own, since whose statements are
    /// comes with the corrections.
    ///
    /// # Errors
    /// As [`Archive::merge`].
    pub fn decide(&mut self, decision: &Decision) -> Result<(), Error> {
        let Decision { what, name, into } = decision;
        match what {
            // Here they may be one already.
            What::Merge => match (self.called_so(name)?, self.called_so(into)?) {
                (one, other) if one == other => Ok(()),
                _ => self.merge(name, into).map(drop),
            },
            What::Rename => self.rename(name, into).map(drop),
            What::Split => {
                let id = self.called_so(name)?;
                self.write(|db| parted(db, id, decision))
            }
        }
    }

    /// Takes what an actor says in the articles whose address or title holds some words for somebody else's, of another name.
    ///
    /// # Errors
    /// As [`Archive::merge`], and when no article holds them.
    pub fn split(&mut self, actor: &str, articles: &str, name: &str) -> Result<usize, Error> {
        let id = self.called_so(actor)?;
        if key(name).is_empty() || articles.trim().is_empty() {
            return Err(Error::NotOne("a split needs a name, and words of the articles".to_owned()));
        }
        let decision = Decision { what: What::Split, name: self.name_of(id)?, into: name.to_owned() };
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
            let record = self.record(&packed)?;
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
            parted(db, id, &decision)?;
            all_corrected(db, &corrections)
        })
    }

    /// Says whose statements are; what is already there is changed, what comes later is read so. The number of statements that
    /// changed.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn correct(&mut self, corrections: &[Correction]) -> Result<usize, Error> {
        self.write(|db| all_corrected(db, corrections))
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
        let mut all = self.actors_named(name).map_err(|error| self.told(error))?;
        if all.is_empty() {
            all.extend(self.numbered(name));
        }
        match all.as_slice() {
            [] => Err(self.nobody(name)),
            [one] => Ok(one.0),
            several => {
                let names: Vec<String> =
                    several.iter().take(6).map(|(id, name)| format!("{name} (number {id})")).collect();
                let more = if several.len() > names.len() { ", …" } else { "" };
                Err(Error::NotOne(format!(
                    "{name} can be {}{more}: give the whole name, or the number",
                    names.join(", ")
                )))
            }
        }
    }

    /// The actor of a number: of several with one name, one has it.
    pub(crate) fn numbered(&self, number: &str) -> Option<(i64, String)> {
        let id = number.parse::<i64>().ok()?;
        self.name_of(id).ok().map(|name| (id, name))
    }

    /// Who is called just so, though others' names have these words too; else whoever it can only be.
    fn called_so(&self, name: &str) -> Result<i64, Error> {
        let all = self.actors_named(name).map_err(|error| self.told(error))?;
        let mut so = all.iter().filter(|(_, known)| key(known) == key(name));
        match (so.next(), so.next()) {
            (Some((id, _)), None) => Ok(*id),
            _ => self.one_actor(name),
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
                let what = match row.get::<_, String>(0)?.as_str() {
                    "merge" => What::Merge,
                    "rename" => What::Rename,
                    _ => What::Split,
                };
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
        let mut whole = rows(of_alias, &key(name))?;
        if !whole.is_empty() {
            // A surname by itself may be anybody's of that name.
            let of_surname = "SELECT DISTINCT actor.id, name FROM alias JOIN actor ON actor.id = actor
                WHERE key LIKE '% ' || ?1 AND kind = 'person' ORDER BY 1";
            if !key(name).contains(' ') {
                whole.extend(rows(of_surname, &key(name))?);
                whole.dedup_by_key(|(id, _)| *id);
            }
            return Ok(whole);
        }
        let part = "SELECT DISTINCT actor.id, name FROM alias JOIN actor ON actor.id = actor
            WHERE ' ' || key || ' ' LIKE '% ' || ?1 || ' %' ORDER BY 1";
        rows(part, &key(name))
    }
}

/// Makes an actor of a name that was another's, unless it is somebody's of its own already.
fn parted(db: &Connection, from: i64, decision: &Decision) -> rusqlite::Result<()> {
    let kind: String = db.query_row("SELECT kind FROM actor WHERE id = ?1", [from], |row| row.get(0))?;
    let name = key(&decision.into);
    if actors::known(db, &name, kind == "person")?.is_none_or(|known| known == from) {
        db.execute("INSERT INTO actor (name, kind) VALUES (?1, ?2)", [&decision.into, &kind])?;
        let new = db.last_insert_rowid();
        db.execute("DELETE FROM alias WHERE key = ?1 AND actor = ?2", params![name, from])?;
        actors::alias_by_hand(db, &name, new)?;
    }
    decided(db, decision)
}

fn all_corrected(db: &Connection, corrections: &[Correction]) -> rusqlite::Result<usize> {
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
}

/// Gives the statements of a text whose source stands there to an actor.
fn said_at(db: &Connection, one: &Correction, actor: Option<i64>) -> rusqlite::Result<usize> {
    let mut versions = db.prepare_cached("SELECT id, record FROM version WHERE sha256 = ?1")?;
    let all: Vec<(i64, Vec<u8>)> =
        versions.query_map([&one.sha256], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut n = 0;
    for (version, packed) in all {
        let json = crate::export::inflate(&packed).unwrap_or_default();
        let Ok(record) = serde_json::from_str::<sayso::Record>(&json) else {
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
                find::forget(db, Which::Statement(id))?;
                // For whom the other one speaks says nothing of this one.
                db.prepare_cached("DELETE FROM speaks_for WHERE statement = ?1")?.execute([id])?;
                let sql = "UPDATE statement SET actor = ?1, corrected = 1 WHERE id = ?2";
                n += db.prepare_cached(sql)?.execute(params![actor, id])?;
                find::remember(db, Which::Statement(id))?;
            }
        }
    }
    Ok(n)
}
