//! Which statements are one statement, told by several?

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use crate::words::Words;

/// The share of the stems of each of two statements that the other must have to be a paraphrase.
const ALIKE: f64 = 0.6;
/// Words from which a statement that stands whole in another's is the same, cut shorter.
const WHOLE: usize = 6;
/// Stems that a paraphrase must share.
const SHARED: usize = 3;
/// Days between two tellings of one statement.
const DAYS: i64 = 7;
/// Statements of one actor that are looked at, the latest ones.
const LOOKED_AT: i64 = 400;

/// Whether two statements of one actor are the same in other words: the same numbers, negations and modals, and most of the
/// words; or one stands word for word in the other.
///
/// ```
/// use sayso_archive::alike;
/// assert!(alike("“Nobody has to leave the valley”", "that nobody has to leave the valley"));
/// assert!(alike("46 bodies had been recovered by nightfall", "by nightfall 46 bodies were recovered"));
/// assert!(!alike("46 bodies had been recovered by nightfall", "54 bodies had been recovered by nightfall"));
/// assert!(!alike("the gates will open on Monday morning", "the gates will not open on Monday morning"));
/// ```
pub fn alike(one: &str, other: &str) -> bool {
    same(&Words::new(one), &Words::new(other)) > 0.0
}

/// How alike two are, 0 where they aren't the same.
fn same(one: &Words, other: &Words) -> f64 {
    if one.plain == other.plain {
        return 2.0;
    }
    let (short, long) = if one.plain.len() <= other.plain.len() { (one, other) } else { (other, one) };
    let is_part = || format!(" {} ", long.plain).contains(&format!(" {} ", short.plain));
    // What goes on behind it mustn't turn it.
    if short.plain.split(' ').count() >= WHOLE && short.turning == long.turning && is_part() {
        return 1.5;
    }
    if one.numbers != other.numbers || one.turning != other.turning {
        return 0.0;
    }
    let shared = one.stems.intersection(&other.stems).count();
    let share = |of: &BTreeSet<String>| {
        #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
        let share = shared as f64 / of.len().max(1) as f64;
        share
    };
    let least = share(&one.stems).min(share(&other.stems));
    if shared >= SHARED && least >= ALIKE { least } else { 0.0 }
}

/// Whose a statement is, and when and where it was told.
pub(crate) struct Told<'a> {
    pub(crate) actor: Option<i64>,
    pub(crate) day: Option<&'a str>,
    pub(crate) origin: Option<i64>,
    pub(crate) content: &'a str,
    pub(crate) version: i64,
}

/// The group of an earlier statement that is the same.
pub(crate) fn group(db: &Connection, told: &Told<'_>) -> rusqlite::Result<Option<i64>> {
    let own = Words::new(told.content);
    // A reprint has its origin's statements, whoever speaks in them.
    if let Some(origin) = told.origin {
        let mut all =
            db.prepare_cached("SELECT same, content FROM statement WHERE version = ?1 ORDER BY id")?;
        let mut rows = all.query([origin])?;
        while let Some(row) = rows.next()? {
            if Words::new(row.get_ref(1)?.as_str()?).plain == own.plain {
                return row.get(0).map(Some);
            }
        }
    }
    let (Some(actor), Some(day)) = (told.actor, told.day) else { return Ok(None) };
    let mut all = db.prepare_cached(
        "SELECT same, content FROM statement WHERE actor = ?1 AND day BETWEEN date(?2, ?3) AND date(?2, ?4)
         AND version <> ?5 ORDER BY id DESC LIMIT ?6",
    )?;
    let mut rows = all.query(params![
        actor,
        day,
        format!("-{DAYS} days"),
        format!("+{DAYS} days"),
        told.version,
        LOOKED_AT
    ])?;
    let mut best: Option<(f64, i64)> = None;
    while let Some(row) = rows.next()? {
        let score = same(&own, &Words::new(row.get_ref(1)?.as_str()?));
        let group: i64 = row.get(0)?;
        if score > 0.0 && best.is_none_or(|(least, at)| score > least || score >= least && group < at) {
            best = Some((score, group));
        }
    }
    Ok(best.map(|(_, group)| group))
}
