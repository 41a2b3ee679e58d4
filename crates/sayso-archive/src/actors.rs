//! Who is an article's actor in all articles?
//!
//! By name: people by given name and surname, bodies by their name or one by which an article calls them too, where that is
//! one body's alone. A surname by itself, a role and whoever has no name stay the article's own: unknown beats wrong.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use sayso::Record;
use sayso::record::{Actor, ActorKind, MentionKind};
use sayso::row::{self, named};

use crate::words::key;

/// The archive's ids of a record's actors, by theirs; actors that are new are made.
pub(crate) fn of_record(
    db: &Connection,
    record: &Record,
    day: Option<&str>,
) -> rusqlite::Result<HashMap<String, i64>> {
    let mut all = HashMap::new();
    for actor in &record.actors {
        let id = of_actor(db, actor)?;
        for title in &actor.titles {
            office(db, id, &title.text, day)?;
        }
        all.insert(actor.id.clone(), id);
    }
    Ok(all)
}

fn of_actor(db: &Connection, actor: &Actor) -> rusqlite::Result<i64> {
    // What was said of a name holds for a surname alone too.
    if let Some(name) = &actor.name
        && let Some(id) = by_hand(db, &key(name))?
    {
        return Ok(id);
    }
    let Some(name) = joined(actor) else {
        return made(db, &row::actor(actor), &named(&actor.kind));
    };
    let is_person = actor.kind == ActorKind::Person;
    if let Some(known) = known(db, &key(name), is_person)? {
        return Ok(known);
    }
    let names = other_names(actor, name);
    for other in &names {
        if let Some(known) = known(db, other, is_person)? {
            alias(db, &key(name), known)?;
            return Ok(known);
        }
    }
    let id = made(db, name, &named(&actor.kind))?;
    for key in std::iter::once(key(name)).chain(names) {
        alias(db, &key, id)?;
    }
    Ok(id)
}

/// The name by which an actor is the same in other articles.
fn joined(actor: &Actor) -> Option<&str> {
    let name = actor.name.as_deref().filter(|name| !key(name).is_empty())?;
    match actor.kind {
        ActorKind::Person => key(name).contains(' ').then_some(name),
        ActorKind::State | ActorKind::Organisation | ActorKind::Outlet => Some(name),
        ActorKind::Document | ActorKind::Group | ActorKind::Role | ActorKind::Unnamed => None,
    }
}

/// Other names of a body that are surely its own: of two words, or capitals.
fn other_names(actor: &Actor, name: &str) -> Vec<String> {
    if actor.kind == ActorKind::Person {
        return Vec::new();
    }
    let sure = |words: &str| {
        let letters = words.chars().filter(|c| c.is_alphabetic());
        words.split_whitespace().count() > 1
            || letters.clone().count() > 2 && letters.clone().all(char::is_uppercase)
    };
    let names = actor.mentions.iter().filter(|m| m.kind == MentionKind::Name && sure(&m.text));
    let mut all: Vec<String> = names.map(|m| key(&m.text)).filter(|other| *other != key(name)).collect();
    all.sort();
    all.dedup();
    all
}

/// The one actor of a name; `None` where there is none, or several.
pub(crate) fn known(db: &Connection, key: &str, is_person: bool) -> rusqlite::Result<Option<i64>> {
    let mut all = db.prepare_cached(
        "SELECT actor.id, by_hand FROM alias JOIN actor ON actor.id = alias.actor
         WHERE key = ?1 AND ((kind = 'person') = ?2 OR by_hand) ORDER BY by_hand DESC, actor.id LIMIT 2",
    )?;
    let found: Vec<(i64, bool)> = all
        .query_map(params![key, is_person], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(match found.as_slice() {
        [(one, _)] | [(one, true), (_, false)] => Some(*one),
        _ => None,
    })
}

/// Whoever has this name, of whatever kind; a person is made where nobody has.
pub(crate) fn by_name(db: &Connection, name: &str) -> rusqlite::Result<i64> {
    let mut all =
        db.prepare_cached("SELECT actor FROM alias WHERE key = ?1 ORDER BY by_hand DESC, actor LIMIT 1")?;
    if let Some(id) = all.query_row([key(name)], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    let id = made(db, name, "person")?;
    alias_by_hand(db, &key(name), id)?;
    Ok(id)
}

/// Whom somebody said by hand to have this name.
fn by_hand(db: &Connection, key: &str) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT actor FROM alias WHERE key = ?1 AND by_hand ORDER BY actor LIMIT 2";
    let mut all = db.prepare_cached(sql)?;
    let found: Vec<i64> = all.query_map([key], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(if let [one] = found[..] { Some(one) } else { None })
}

/// A name that somebody gave an actor by hand.
pub(crate) fn alias_by_hand(db: &Connection, key: &str, actor: i64) -> rusqlite::Result<()> {
    let sql =
        "INSERT INTO alias (key, actor, by_hand) VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET by_hand = 1";
    db.prepare_cached(sql)?.execute(params![key, actor])?;
    Ok(())
}

pub(crate) fn alias(db: &Connection, key: &str, actor: i64) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO alias (key, actor) VALUES (?1, ?2)")?
        .execute(params![key, actor])?;
    Ok(())
}

fn made(db: &Connection, name: &str, kind: &str) -> rusqlite::Result<i64> {
    db.prepare_cached("INSERT INTO actor (name, kind) VALUES (?1, ?2)")?.execute([name, kind])?;
    Ok(db.last_insert_rowid())
}

/// An office that an article gives an actor.
fn office(db: &Connection, actor: i64, words: &str, day: Option<&str>) -> rusqlite::Result<()> {
    let sql = "INSERT INTO title (actor, words, first, last) VALUES (?1, ?2, ?3, ?3)
        ON CONFLICT DO UPDATE SET first = min(coalesce(first, ?3), coalesce(?3, first)),
                                  last = max(coalesce(last, ?3), coalesce(?3, last))";
    db.prepare_cached(sql)?.execute(params![actor, words, day])?;
    Ok(())
}
