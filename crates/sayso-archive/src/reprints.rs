//! Which version is an article a reprint of?

use rusqlite::{Connection, params};
use sayso::reprint::{REPRINT, Runs};

use crate::export::inflate;

/// Texts that are compared in full, those that share most of the sample.
const COMPARED: i64 = 5;
/// A text that shares less than this part of the shorter sample isn't compared: of a reprint's half, or more, less than a
/// sixth in the sample comes once in some three hundred.
const HINTED: usize = 6;
/// Runs of a text from which a reprint can be told; of a sentence or two another word is another story.
const SHORTEST: usize = 25;
/// Days between an article and a reprint of it.
const DAYS: i64 = 14;
/// The share of runs that makes one of an outlet's own, or of a later, article.
const NEARLY_ALL: f64 = 0.9;
/// Articles with a run that are looked at, the last ones added: a phrase of more tells little, and of a story that more
/// outlets print the last are reprints too.
const LOOKED_AT: i64 = 200;

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
    let mut shared: std::collections::HashMap<i64, usize> = std::collections::HashMap::new();
    let sampled = runs.sample().count();
    let mut of_run =
        db.prepare_cached("SELECT version FROM run WHERE hash = ?1 ORDER BY version DESC LIMIT ?2")?;
    for run in runs.sample() {
        let mut rows = of_run.query(params![run.cast_signed(), LOOKED_AT])?;
        while let Some(row) = rows.next()? {
            *shared.entry(row.get(0)?).or_default() += 1;
        }
    }
    let mut order: Vec<(i64, usize)> = shared.into_iter().collect();
    order.sort_by_key(|&(version, n)| (std::cmp::Reverse(n), version));
    let sql = "SELECT text, coalesce(origin, id), outlet IS ?2,
        coalesce(abs(julianday(day) - julianday(?3)) > ?4, 0) FROM version WHERE id = ?1";
    let mut text = db.prepare_cached(sql)?;
    let mut runs_of = db.prepare_cached("SELECT count(*) FROM run WHERE version = ?1")?;
    for (version, n) in order.into_iter().take(usize::try_from(COMPARED).unwrap_or(0)) {
        let theirs: usize = runs_of.query_row([version], |row| row.get(0))?;
        if n * HINTED < sampled.min(theirs) {
            continue;
        }
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let (packed, origin, same_outlet, is_late): (Vec<u8>, i64, bool, bool) =
            text.query_row(params![version, outlet, day, DAYS], row)?;
        let least = if same_outlet && outlet.is_some() || is_late { NEARLY_ALL } else { REPRINT };
        if Runs::new(&inflate(&packed).unwrap_or_default()).shared(runs) >= least {
            return Ok(Some(origin));
        }
    }
    Ok(None)
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
