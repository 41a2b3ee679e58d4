//! Which statements are one statement, told by several?

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rusqlite::{Connection, Row, params};

use crate::words::Words;

/// Telling words that two tellings of one statement share at least.
const SHARED: usize = 3;
/// Telling words from which a statement may be a part of a longer one.
const PART: usize = 5;
/// Words from which a statement that stands word for word in another is the same, cut shorter.
const WHOLE: usize = 5;
/// Words before it that would turn it.
const TURNS: [&str; 8] = ["if", "unless", "deny", "denies", "denied", "whether", "doubt", "wrong"];
/// Words that a clause begins behind.
const JOINS: [&str; 8] = ["and", "but", "that", "because", "so", "as", "while", "said"];
/// The share of the telling words that stand in the same order.
const ORDER: f64 = 0.8;
/// Days between two tellings of one statement.
const DAYS: i64 = 7;
/// Statements of one actor that are looked at, the latest ones.
const LOOKED_AT: i64 = 400;

/// Whether two statements of one actor are the same, told twice: all that the one tells the other tells too, in the same
/// order, with the same negations and modals. A word for a word is another statement: "the inner moon" isn't "the outer".
///
/// ```
/// use sayso_archive::alike;
/// assert!(alike("“Nobody has to leave the flooded valley”", "that nobody had to leave the flooded valley"));
/// assert!(alike("the programme will cost 20 crowns a year", "“The program would cost 20 crowns a year,”"));
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
    let (short, long) = if one.telling.len() <= other.telling.len() { (one, other) } else { (other, one) };
    let n = short.telling.len();
    if is_cut_from(short, long) || is_cut_from(long, short) {
        return 1.5;
    }
    let is_near = long.telling.len() == n;
    let may_be_part = n >= PART && starts_or_ends(short, long);
    let turns =
        if is_near { short.turning == long.turning } else { is_within(&short.turning, &long.turning) };
    if n < SHARED || !(is_near || may_be_part) || !turns {
        return 0.0;
    }
    let order = in_order(&short.telling, &long.telling);
    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    let share = order as f64 / n as f64;
    let all = short.telling.iter().all(|stem| long.telling.contains(stem));
    let in_place = share >= ORDER || is_turned(short, long) || is_passive(short, long);
    if all && in_place { share.max(ORDER) } else { 0.0 }
}

/// The whole of the one stands in the other word for word, and nothing before it there turns it.
fn is_cut_from(cut: &Words, whole: &Words) -> bool {
    let plain = format!(" {} ", whole.plain);
    let at = plain.find(&format!(" {} ", cut.plain)).filter(|_| cut.plain.split(' ').count() >= WHOLE);
    at.is_some_and(|at| {
        let before = Words::new(&plain[..at]);
        // "Night flights are cancelled" is not of all flights.
        let begins =
            before.plain.split(' ').next_back().is_none_or(|last| last.is_empty() || JOINS.contains(&last));
        begins && before.turning.is_empty() && !before.plain.split(' ').any(|word| TURNS.contains(&word))
    })
}

/// A clause moved: "because they were mislabelled, all must be repeated", "all must be repeated because …".
fn is_turned(one: &Words, other: &Words) -> bool {
    let (a, b) = (&one.telling, &other.telling);
    let turned = |k: usize| a[k..].iter().chain(&a[..k]).eq(b.iter());
    a.len() == b.len() && a.len() >= PART && (1..a.len()).any(turned)
}

/// "The storm destroyed the homes", "the homes had been destroyed by the storm".
fn is_passive(one: &Words, other: &Words) -> bool {
    let by = |words: &Words| words.plain.split(' ').any(|word| word == "by");
    let sorted = |words: &Words| {
        let mut all = words.telling.clone();
        all.sort_unstable();
        all
    };
    by(one) != by(other) && one.telling.len() >= PART && sorted(one) == sorted(other)
}

/// The words of the one stand together at the beginning or the end of the other, as those of a shortened telling do.
fn starts_or_ends(short: &Words, long: &Words) -> bool {
    long.telling.starts_with(&short.telling) || long.telling.ends_with(&short.telling)
}

fn is_within(few: &[usize], many: &[usize]) -> bool {
    few.iter()
        .all(|one| few.iter().filter(|o| *o == one).count() <= many.iter().filter(|o| *o == one).count())
}

/// How many words stand in both in one order: the length of their longest common subsequence.
fn in_order(a: &[String], b: &[String]) -> usize {
    let mut last = vec![0; b.len() + 1];
    for word in a {
        let mut row = vec![0; b.len() + 1];
        for (j, other) in b.iter().enumerate() {
            row[j + 1] = if word == other { last[j] + 1 } else { row[j].max(last[j + 1]) };
        }
        last = row;
    }
    last[b.len()]
}

/// Whose a statement is, and when and where it was told.
pub(crate) struct Told<'a> {
    pub(crate) actor: Option<i64>,
    /// What he does with the words, and whether he does not: "rejected the plan" is not "accepted the plan".
    pub(crate) act: &'a str,
    pub(crate) negated: bool,
    pub(crate) cue: &'a str,
    pub(crate) day: Option<&'a str>,
    pub(crate) origin: Option<i64>,
    pub(crate) content: &'a str,
    pub(crate) version: i64,
}

/// Words of statements that were looked at, by their numbers, for the articles of one transaction, in which none of them changes:
/// who speaks twice in them is held against the same.
#[derive(Debug, Default)]
pub(crate) struct Seen(HashMap<i64, Words>);

impl Seen {
    /// Statements whose words are kept: some 20 MB, of usual length.
    const MOST: usize = 20_000;

    /// The words of a row's statement: its number stands second, its content third.
    fn words_of(&mut self, row: &Row<'_>) -> rusqlite::Result<&Words> {
        if self.0.len() >= Self::MOST {
            self.0.clear();
        }
        Ok(match self.0.entry(row.get(1)?) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Words::new(row.get_ref(2)?.as_str()?)),
        })
    }
}

/// The group of an earlier statement that is the same.
pub(crate) fn group(db: &Connection, told: &Told<'_>, seen: &mut Seen) -> rusqlite::Result<Option<i64>> {
    let own = Words::new(told.content);
    // A reprint has its origin's statements, whoever speaks in them.
    if let Some(origin) = told.origin {
        let mut all =
            db.prepare_cached("SELECT same, id, content FROM statement WHERE version = ?1 AND act = ?2 AND negated = ?3 ORDER BY id")?;
        let mut rows = all.query(params![origin, told.act, told.negated])?;
        while let Some(row) = rows.next()? {
            if seen.words_of(row)?.plain == own.plain {
                return row.get(0).map(Some);
            }
        }
    }
    let (Some(actor), Some(day)) = (told.actor, told.day) else { return Ok(None) };
    let mut all = db.prepare_cached(
        "SELECT same, id, content, coalesce(cue, '') FROM statement WHERE actor = ?1 AND day BETWEEN date(?2, ?3) AND date(?2, ?4)
         AND version <> ?5 AND act = ?7 AND negated = ?8 ORDER BY id DESC LIMIT ?6",
    )?;
    let mut rows = all.query(params![
        actor,
        day,
        format!("-{DAYS} days"),
        format!("+{DAYS} days"),
        told.version,
        LOOKED_AT,
        told.act,
        told.negated
    ])?;
    let mut best: Option<(f64, i64)> = None;
    while let Some(row) = rows.next()? {
        let theirs = seen.words_of(row)?;
        // Of few words, those that announce them tell as much: "called it a trap".
        let is_short = own.telling.len() < SHARED || theirs.telling.len() < SHARED;
        let score = if is_short && row.get_ref(3)?.as_str()? != told.cue { 0.0 } else { same(&own, theirs) };
        let group: i64 = row.get(0)?;
        if score > 0.0 && best.is_none_or(|(least, at)| score > least || score >= least && group < at) {
            best = Some((score, group));
        }
    }
    Ok(best.map(|(_, group)| group))
}
