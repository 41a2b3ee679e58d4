//! Which version is an article a reprint of?

use std::collections::HashMap;

use rusqlite::{Connection, params};
use sayso::reprint::{REPRINT, Runs};

use crate::export::inflate;

/// Texts that are compared in full, those that share the largest part of the sample.
const COMPARED: usize = 5;
/// A text that shares less than this part of the shorter sample isn't compared, from [`HINTED_FROM`] runs of it on: of a
/// reprint's half, or more, less than a sixth in the sample comes once in 150, and of longer ones more seldom.
const HINTED: usize = 6;
/// Runs of a sample from which it tells so much.
const HINTED_FROM: usize = 14;
/// Texts whose samples are looked at, those that share most of them.
const SAMPLED: usize = 40;
/// Runs of a text from which a reprint can be told; of a sentence or two another word is another story.
const SHORTEST: usize = 25;
/// Days between an article and a reprint of it.
const DAYS: i64 = 14;
/// The share of runs that makes one of an outlet's own, or of a later, article.
const NEARLY_ALL: f64 = 0.9;
/// Articles with a run that are looked at, the last ones added: one that more have is standing text, or of a story that very
/// many print.
const LOOKED_AT: usize = 200;

/// The version that a text is a reprint of, itself none.
///
/// A reprint comes within days and in another outlet; the background that an outlet tells again is none, unless nearly all is.
pub(crate) fn origin(
    db: &Connection,
    runs: &Runs,
    outlet: Option<&str>,
    day: Option<&str>,
) -> rusqlite::Result<Option<i64>> {
    if runs.count() < SHORTEST {
        return Ok(None);
    }
    let sampled = runs.sample().count();
    let mut of_run =
        db.prepare_cached("SELECT version FROM run WHERE hash = ?1 ORDER BY version DESC LIMIT ?2")?;
    let (mut rare, mut frequent) = (HashMap::new(), HashMap::new());
    let mut n_frequent = 0;
    for run in runs.sample() {
        let versions: Vec<i64> = of_run
            .query_map(params![run.cast_signed(), LOOKED_AT], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let is_frequent = versions.len() == LOOKED_AT;
        n_frequent += usize::from(is_frequent);
        let shared: &mut HashMap<i64, usize> = if is_frequent { &mut frequent } else { &mut rare };
        versions.into_iter().for_each(|version| *shared.entry(version).or_default() += 1);
    }
    // What is mostly of runs that very many have is a reprint where nearly all of it is, as copies of one report are: two
    // short items of one publisher share what stands below each.
    let is_common = n_frequent * 2 > sampled;
    if is_common {
        frequent.into_iter().for_each(|(version, n)| *rare.entry(version).or_default() += n);
    }
    let sql = "SELECT text, coalesce(origin, id), outlet IS ?2,
        coalesce(abs(julianday(day) - julianday(?3)) > ?4, 0) FROM version WHERE id = ?1";
    let mut text = db.prepare_cached(sql)?;
    for version in most_alike(db, rare, sampled)? {
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let (packed, origin, same_outlet, is_late): (Vec<u8>, i64, bool, bool) =
            text.query_row(params![version, outlet, day, DAYS], row)?;
        let must_be_whole = same_outlet && outlet.is_some() || is_late || is_common;
        let least = if must_be_whole { NEARLY_ALL } else { REPRINT };
        if Runs::new(&inflate(&packed).unwrap_or_default()).shared(runs) >= least {
            return Ok(Some(origin));
        }
    }
    Ok(None)
}

/// The versions that share the largest parts of the shorter sample, at most [`COMPARED`].
fn most_alike(db: &Connection, shared: HashMap<i64, usize>, sampled: usize) -> rusqlite::Result<Vec<i64>> {
    let mut order: Vec<(i64, usize)> = shared.into_iter().collect();
    order.sort_by_key(|&(version, n)| (std::cmp::Reverse(n), version));
    let mut runs_of = db.prepare_cached("SELECT count(*) FROM run WHERE version = ?1")?;
    let mut alike: Vec<(usize, usize, i64)> = Vec::new();
    for (version, n) in order.into_iter().take(SAMPLED) {
        let theirs: usize = runs_of.query_row([version], |row| row.get(0))?;
        let shorter = sampled.min(theirs);
        if shorter < HINTED_FROM || n * HINTED >= shorter {
            alike.push((n, shorter.max(1), version));
        }
    }
    // By share: of a fraction each.
    alike.sort_by(|a, b| (b.0 * a.1).cmp(&(a.0 * b.1)).then(b.0.cmp(&a.0)).then(a.2.cmp(&b.2)));
    Ok(alike.into_iter().take(COMPARED).map(|(.., version)| version).collect())
}

/// Where a reprint came in before an article that is older, that one is the origin, of the others too.
pub(crate) fn earliest_first(db: &Connection, origin: i64, version: i64) -> rusqlite::Result<()> {
    let earlier = "SELECT count(*) FROM version old JOIN version new ON new.id = ?2
        WHERE old.id = ?1 AND new.published IS NOT NULL AND old.published IS NOT NULL
        AND julianday(new.published) < julianday(old.published)";
    let is_earlier: i64 = db.prepare_cached(earlier)?.query_row([origin, version], |row| row.get(0))?;
    if is_earlier > 0 {
        db.prepare_cached("UPDATE version SET origin = ?2 WHERE origin = ?1")?.execute([origin, version])?;
        db.prepare_cached("UPDATE version SET origin = ?2 WHERE id = ?1")?.execute([origin, version])?;
        db.prepare_cached("UPDATE version SET origin = NULL WHERE id = ?1")?.execute([version])?;
    }
    Ok(())
}

/// Remembers a version's runs.
pub(crate) fn remember(db: &Connection, version: i64, runs: &Runs) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO run (hash, version) VALUES (?1, ?2)")?;
    for run in runs.sample() {
        insert.execute(params![run.cast_signed(), version])?;
    }
    Ok(())
}
