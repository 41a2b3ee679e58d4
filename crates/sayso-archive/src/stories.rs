//! Which articles are on one story?
//!
//! By the names that they share and the words of their headlines, weighed by how rare these are among the articles of the
//! last weeks; an article joins the story of the one that it is most like.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, params};
use sayso::Record;
use sayso::record::ActorKind;

use crate::words::{Words, key};

/// Days between two articles of a story that follow each other.
const DAYS: i64 = 14;
/// Articles with a mark that are looked at, the latest ones.
const LOOKED_AT: i64 = 300;
/// The share of the rarer article's marks, by weight, that another must have.
const ALIKE: f64 = 0.2;
/// Marks that two articles of a story share at least.
const SHARED: usize = 4;

/// What tells an article's story.
fn marks(record: &Record) -> BTreeSet<String> {
    let is_name =
        |kind: ActorKind| matches!(kind, ActorKind::Person | ActorKind::State | ActorKind::Organisation);
    let names =
        record.actors.iter().filter(|actor| is_name(actor.kind)).filter_map(|actor| actor.name.as_ref());
    let mut all: BTreeSet<String> = names.map(|name| key(name)).filter(|name| !name.is_empty()).collect();
    all.extend(Words::new(record.article.title.as_deref().unwrap_or_default()).stems());
    all.extend(record.issues.iter().map(|issue| key(&issue.name)));
    all
}

/// Puts a version into the story that it belongs to, or one of its own.
pub(crate) fn join(
    db: &Connection,
    version: i64,
    record: &Record,
    day: Option<&str>,
    origin: Option<i64>,
) -> rusqlite::Result<()> {
    let marks = marks(record);
    let story = match origin {
        // A reprint is on its origin's.
        Some(origin) => {
            db.query_row("SELECT story FROM version WHERE id = ?1", [origin], |row| row.get(0))?
        }
        None => likest(db, &marks, day)?,
    };
    let story = match story {
        Some(story) => story,
        None => {
            let title = record.article.title.as_deref().unwrap_or("(without a headline)");
            db.prepare_cached("INSERT INTO story (title) VALUES (?1)")?.execute([title])?;
            db.last_insert_rowid()
        }
    };
    db.prepare_cached("UPDATE version SET story = ?1 WHERE id = ?2")?.execute([story, version])?;
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO mark (word, version) VALUES (?1, ?2)")?;
    for mark in &marks {
        insert.execute(params![mark, version])?;
    }
    Ok(())
}

fn likest(db: &Connection, marks: &BTreeSet<String>, day: Option<&str>) -> rusqlite::Result<Option<i64>> {
    let mut having =
        db.prepare_cached("SELECT version FROM mark WHERE word = ?1 ORDER BY version DESC LIMIT ?2")?;
    let mut shared: HashMap<i64, (f64, usize)> = HashMap::new();
    let mut total = 0.0;
    for mark in marks {
        let versions: Vec<i64> =
            having.query_map(params![mark, LOOKED_AT], |row| row.get(0))?.collect::<Result<_, _>>()?;
        #[expect(clippy::cast_precision_loss, reason = "at most a few hundred")]
        let weight = 1.0 / (1.0 + versions.len() as f64).sqrt();
        total += weight;
        for version in versions {
            let entry = shared.entry(version).or_default();
            *entry = (entry.0 + weight, entry.1 + 1);
        }
    }
    let mut order: Vec<(i64, f64)> = shared
        .into_iter()
        .filter(|(_, (weight, n))| *n >= SHARED && *weight >= ALIKE * total)
        .map(|(version, (weight, _))| (version, weight))
        .collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let sql = "SELECT story FROM version WHERE id = ?1 AND
        (?2 IS NULL OR day IS NULL OR abs(julianday(day) - julianday(?2)) <= ?3)";
    let mut near = db.prepare_cached(sql)?;
    for (version, _) in order {
        let mut rows = near.query(params![version, day, DAYS])?;
        if let Some(row) = rows.next()? {
            return row.get(0);
        }
    }
    Ok(None)
}
