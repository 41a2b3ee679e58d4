//! Which articles are on one story?
//!
//! By the words that they share, names and headlines' above all, weighed by how rare these are among the articles before; an
//! article joins the story of the one that it is most like.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, params};
use sayso::Article;

use crate::marks::marks;

/// Days between two articles of a story that follow each other.
const DAYS: i64 = 14;
/// The same where they are more alike.
const MORE_DAYS: i64 = 180;
/// Articles with a mark that are looked at, the latest ones; a word of more tells little.
const LOOKED_AT: i64 = 60;
/// How much two articles of a story have in common, by the weights of their marks.
const ALIKE: f64 = 0.25;
/// The same where more than [`DAYS`] lie between.
const MORE_ALIKE: f64 = 0.3;
/// Marks that two articles of a story share at least.
const SHARED: usize = 4;
/// Articles that are most alike whose lengths are looked up.
const WEIGHED: usize = 20;

/// Puts a version into the story that it belongs to, or one of its own.
pub(crate) fn join(
    db: &Connection,
    version: i64,
    article: &Article,
    day: Option<&str>,
    origin: Option<i64>,
) -> rusqlite::Result<()> {
    let title = article.title.as_deref();
    let marks = marks(title.unwrap_or_default(), &article.text);
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
            let title = title.unwrap_or("(without a headline)");
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

/// The story of the article that is most like one of these marks: by the weight of what they share, over the mean of both
/// articles' (geometric, as in the cosine; the other's is taken for its number of marks).
fn likest(db: &Connection, marks: &BTreeSet<String>, day: Option<&str>) -> rusqlite::Result<Option<i64>> {
    let mut having =
        db.prepare_cached("SELECT version FROM mark WHERE word = ?1 ORDER BY version DESC LIMIT ?2")?;
    let mut shared: HashMap<i64, (f64, usize)> = HashMap::new();
    let mut total = 0.0;
    for mark in marks {
        let versions: Vec<i64> =
            having.query_map(params![mark, LOOKED_AT], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let weight = 1.0 / (1.0 + float(versions.len())).sqrt();
        total += weight;
        for version in versions {
            let entry = shared.entry(version).or_default();
            *entry = (entry.0 + weight, entry.1 + 1);
        }
    }
    let mut order: Vec<(i64, f64)> = shared
        .into_iter()
        .filter(|(_, (_, n))| *n >= SHARED)
        .map(|(version, (weight, _))| (version, weight))
        .collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let sql = "SELECT story, CAST(abs(julianday(day) - julianday(?2)) AS INTEGER),
        (SELECT count(*) FROM mark WHERE version = ?1) FROM version WHERE id = ?1";
    let mut about = db.prepare_cached(sql)?;
    let mut best: Option<(f64, i64)> = None;
    for (version, weight) in order.into_iter().take(WEIGHED) {
        let (story, days, n): (i64, Option<i64>, usize) =
            about.query_row(params![version, day], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let alike = weight / total * (float(marks.len()) / float(n)).sqrt();
        let days = days.unwrap_or_default();
        let needed = if days <= DAYS { ALIKE } else { MORE_ALIKE };
        if days <= MORE_DAYS && alike >= needed && best.is_none_or(|(most, _)| alike > most) {
            best = Some((alike, story));
        }
    }
    Ok(best.map(|(_, story)| story))
}

#[expect(clippy::cast_precision_loss, reason = "at most a few hundred")]
fn float(n: usize) -> f64 {
    n as f64
}
