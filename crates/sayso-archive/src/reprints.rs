//! Which version is an article a reprint of?

use rusqlite::{Connection, params};
use sayso::reprint::{REPRINT, Runs};

use crate::export::inflate;

/// Texts that are compared in full, those that share most of the sample.
const COMPARED: i64 = 5;
/// Runs of a text from which a reprint can be told; of a sentence or two another word is another story.
const SHORTEST: usize = 25;
/// Articles that share one run at most, which a phrase of every second article would pass.
const COMMON: usize = 2_000;

/// The version that a text is a reprint of, itself none.
pub(crate) fn origin(db: &Connection, runs: &Runs) -> rusqlite::Result<Option<i64>> {
    if runs.count() < SHORTEST {
        return Ok(None);
    }
    let mut shared: std::collections::HashMap<i64, usize> = std::collections::HashMap::new();
    let mut of_run = db.prepare_cached("SELECT version FROM run WHERE hash = ?1 LIMIT ?2")?;
    for run in runs.sample() {
        let versions: Vec<i64> = of_run
            .query_map(params![run.cast_signed(), COMMON], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        if versions.len() < COMMON {
            versions.into_iter().for_each(|version| *shared.entry(version).or_default() += 1);
        }
    }
    let mut order: Vec<(i64, usize)> = shared.into_iter().collect();
    order.sort_by_key(|&(version, n)| (std::cmp::Reverse(n), version));
    let mut text = db.prepare_cached("SELECT text, coalesce(origin, id) FROM version WHERE id = ?1")?;
    for (version, _) in order.into_iter().take(usize::try_from(COMPARED).unwrap_or(0)) {
        let (packed, origin): (Vec<u8>, i64) =
            text.query_row([version], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if Runs::new(&inflate(&packed)).shared(runs) >= REPRINT {
            return Ok(Some(origin));
        }
    }
    Ok(None)
}

/// Remembers a version's runs.
pub(crate) fn remember(db: &Connection, version: i64, runs: &Runs) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO run (hash, version) VALUES (?1, ?2)")?;
    for run in runs.sample() {
        insert.execute(params![run.cast_signed(), version])?;
    }
    Ok(())
}
