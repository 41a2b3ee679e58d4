//! How does an article come into the archive?

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use sayso::record::{Attribution, Position, Standing};
use sayso::reprint::Runs;
use sayso::row::{self, called, content, day, extent, hands, named};
use sayso::{Article, Record};

use crate::export::deflate;
use crate::find::Which;
use crate::{Archive, Error, actors, correct, find, place, reprints, same, stories};

/// An article with its record.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// What was read.
    pub article: &'a Article,
    /// What it says.
    pub record: &'a Record,
    /// What was named to be added, for people.
    pub input: &'a str,
    /// The path of a file that holds nothing else, absolute: if that changes, so has the article.
    pub file: Option<&'a str>,
}

/// What came of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It wasn't there.
    New,
    /// It wasn't there, and is a reprint of one that is.
    Reprint,
    /// It was there with other words, which stay as an earlier version.
    Changed,
    /// It was there.
    Known,
}

/// Which texts are in the archive already, so that they needn't be read.
#[derive(Debug, Default)]
pub struct Known {
    /// Checksums by place; the empty place is that of articles without one.
    all: HashSet<(String, String)>,
}

impl Known {
    /// Whether an article is there, word for word, at its place.
    pub fn has(&self, article: &Article, file: Option<&str>) -> bool {
        let place = place_of(article.url.as_deref(), file).unwrap_or_default();
        let sha256 = article.sha256();
        self.all.contains(&(place, sha256.clone()))
            || article.url.is_none() && self.all.contains(&(String::new(), sha256))
    }
}

/// Where an article is: its address, or else its file.
fn place_of(url: Option<&str>, file: Option<&str>) -> Option<String> {
    url.and_then(place::canonical).or_else(|| file.map(place::of_file))
}

impl Archive {
    /// Which texts are there.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn known(&self) -> Result<Known, Error> {
        let all = || {
            let sql = "SELECT coalesce(place, ''), sha256 FROM version JOIN article ON article.id = article
                WHERE superseded IS NULL";
            let mut all = self.db.prepare(sql)?;
            let mut known = Known::default();
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                let (place, sha256): (String, String) = (row.get(0)?, row.get(1)?);
                // What somebody says is known wherever a file of it lies.
                known.all.insert((String::new(), sha256.clone()));
                known.all.insert((place, sha256));
            }
            Ok(known)
        };
        all().map_err(|error| self.told(error))
    }

    /// Adds articles in one transaction: all of them are there afterwards, or none.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn add(&mut self, batch: &[Incoming<'_>]) -> Result<Vec<Added>, Error> {
        let path = self.path.clone();
        let mut all = || {
            let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut seen = same::Seen::default();
            let added =
                batch.iter().map(|one| add(&transaction, one, &mut seen)).collect::<Result<Vec<_>, _>>()?;
            transaction.commit()?;
            Ok(added)
        };
        all().map_err(|error| Error::sqlite(&path, error))
    }

    /// Numbers each group of the same statement by its lowest, after articles were read again.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn renumber(&mut self) -> Result<(), Error> {
        let sql = "UPDATE statement SET same = lowest FROM
            (SELECT same AS of, min(id) AS lowest FROM statement GROUP BY same) WHERE same = of AND of <> lowest";
        self.db.execute(sql, []).map(drop).map_err(|error| Error::sqlite(&self.path, error))
    }

    /// Puts another model's record in the place of an article's.
    ///
    /// # Errors
    /// When the record is of another text, or the file can't be written.
    pub fn replace(&mut self, sha256: &str, record: &Record) -> Result<(), Error> {
        let path = self.path.clone();
        if record.article.sha256 != sha256 {
            return Err(Error::Correction("the record is of another text".to_owned()));
        }
        let mut all = || {
            let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let versions: Vec<(i64, Option<String>, Option<i64>)> = transaction
                .prepare_cached("SELECT id, day, origin FROM version WHERE sha256 = ?1")?
                .query_map([sha256], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<Result<_, _>>()?;
            for (version, day, origin) in versions {
                find::forget(&transaction, Which::Version(version))?;
                transaction.execute("DELETE FROM statement WHERE version = ?1", [version])?;
                transaction.execute("DELETE FROM position WHERE version = ?1", [version])?;
                transaction.execute(
                    "UPDATE version SET producer = ?1, record = ?2 WHERE id = ?3",
                    params![producer(&transaction, record)?, packed(record), version],
                )?;
                // Numbers of deleted statements are given again, so nothing that was seen holds.
                let mut seen = same::Seen::default();
                says(&transaction, version, record, day.as_deref(), origin, &mut seen)?;
                find::remember(&transaction, Which::Version(version))?;
            }
            transaction.commit()
        };
        all().map_err(|error| Error::sqlite(&path, error))
    }
}

fn add(db: &Connection, one: &Incoming<'_>, seen: &mut same::Seen) -> rusqlite::Result<Added> {
    let Incoming { article, record, input, file } = *one;
    let sha256 = article.sha256();
    let place = place_of(article.url.as_deref(), file);
    let id = "SELECT id FROM article WHERE place = ?1";
    let there: Option<i64> = match &place {
        Some(place) => db.prepare_cached(id)?.query_row([place], |row| row.get(0)).optional()?,
        None => None,
    };
    let same: Option<(i64, bool)> = match there {
        Some(there) => {
            let sql = "SELECT id, superseded IS NULL FROM version WHERE article = ?1 AND sha256 = ?2";
            db.prepare_cached(sql)?
                .query_row(params![there, sha256], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?
        }
        None => None,
    };
    // It says again what it said before.
    if let Some((version, false)) = same {
        db.prepare_cached("UPDATE version SET superseded = NULL WHERE id = ?1")?.execute([version])?;
        find::remember(db, Which::Version(version))?;
        supersede(db, version)?;
        return Ok(Added::Changed);
    }
    // The same words in a file are the same article, wherever they came from.
    let elsewhere = "SELECT count(*) FROM version WHERE sha256 = ?1 AND superseded IS NULL";
    let copies = match article.url.as_deref().and_then(place::canonical) {
        None => db.prepare_cached(elsewhere)?.query_row([&sha256], |row| row.get::<_, i64>(0))?,
        Some(_) => 0,
    };
    if same.is_some() || copies > 0 {
        return Ok(Added::Known);
    }
    let of = match there {
        Some(there) => there,
        None => {
            db.prepare_cached("INSERT INTO article (place) VALUES (?1)")?.execute([&place])?;
            db.last_insert_rowid()
        }
    };
    let day = article.published.as_deref().and_then(day);
    let runs = Runs::new(&article.text);
    // A new version of an article repeats the old one; it is a reprint where that was.
    let origin = match there {
        Some(there) => {
            let sql = "SELECT origin FROM version WHERE article = ?1 AND superseded IS NULL";
            db.prepare_cached(sql)?.query_row([there], |row| row.get(0)).optional()?.flatten()
        }
        None => reprints::origin(db, &runs, article.outlet.as_deref(), day.as_deref())?,
    };
    let wire = record.article.wire.as_ref().and_then(|id| record.actors.iter().find(|actor| actor.id == *id));
    let sql = "INSERT INTO version (article, sha256, input, url, outlet, title, byline, published, day, language, wire,
        origin, added, text, producer, record)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, strftime('%Y-%m-%dT%H:%M:%SZ'), ?13, ?14, ?15)";
    db.prepare_cached(sql)?.execute(params![
        of,
        sha256,
        input,
        article.url,
        article.outlet,
        article.title,
        article.byline,
        article.published,
        day,
        record.article.language,
        wire.and_then(|actor| actor.name.as_ref()),
        origin,
        deflate(article.text.as_bytes()),
        producer(db, record)?,
        packed(record),
    ])?;
    let version = db.last_insert_rowid();
    supersede(db, version)?;
    reprints::remember(db, version, &runs)?;
    if let (Some(of), None) = (origin, there) {
        reprints::earliest_first(db, of, version)?;
    }
    stories::join(db, version, article, day.as_deref(), origin)?;
    says(db, version, record, day.as_deref(), origin, seen)?;
    find::remember(db, Which::Version(version))?;
    Ok(match (there, origin) {
        (Some(_), _) => Added::Changed,
        (None, Some(_)) => Added::Reprint,
        (None, None) => Added::New,
    })
}

/// The other versions of an article count no more, and reprints of these are reprints of this one.
fn supersede(db: &Connection, version: i64) -> rusqlite::Result<()> {
    let older = "SELECT older.id FROM version older JOIN version newer ON newer.article = older.article
        WHERE newer.id = ?1 AND older.id <> ?1 AND older.superseded IS NULL";
    let older: Vec<i64> =
        db.prepare_cached(older)?.query_map([version], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for older in older {
        find::forget(db, Which::Version(older))?;
        db.prepare_cached("UPDATE version SET superseded = ?1 WHERE id = ?2")?.execute([version, older])?;
        let reprints = "UPDATE version SET origin = ?1 WHERE origin = ?2 AND id <> ?1";
        db.prepare_cached(reprints)?.execute([version, older])?;
    }
    Ok(())
}

/// A record's JSON without the text, which the version has.
fn packed(record: &Record) -> Vec<u8> {
    let mut record = record.clone();
    record.article.text = String::new();
    deflate(&serde_json::to_vec(&record).unwrap_or_default())
}

fn producer(db: &Connection, record: &Record) -> rusqlite::Result<i64> {
    let made = &record.producer;
    db.prepare_cached("INSERT OR IGNORE INTO producer (program, model) VALUES (?1, ?2)")?
        .execute([&made.version, &made.model_sha256])?;
    db.prepare_cached("SELECT id FROM producer WHERE program = ?1 AND model = ?2")?
        .query_row([&made.version, &made.model_sha256], |row| row.get(0))
}

/// What a record's article says: statements, how they stand, issues and positions.
fn says(
    db: &Connection,
    version: i64,
    record: &Record,
    day: Option<&str>,
    origin: Option<i64>,
    seen: &mut same::Seen,
) -> rusqlite::Result<()> {
    let actors = actors::of_record(db, record, day)?;
    let corrected = correct::of_text(db, &record.article.sha256)?;
    let mut numbers: HashMap<&str, i64> = HashMap::new();
    let issues = issues(db, record)?;
    for attribution in &record.attributions {
        let by_hand = attribution.source.as_ref().and_then(|s| corrected.get(&(s.start, s.end)));
        let actor = match by_hand {
            Some(name) if name.is_empty() => None,
            Some(name) => Some(actors::by_name(db, name)?),
            None => attribution.actor.as_ref().and_then(|id| actors.get(id).copied()),
        };
        let id = statement(db, version, record, attribution, actor, day, origin, by_hand.is_some(), seen)?;
        numbers.insert(attribution.id.as_str(), id);
        // For whom somebody speaks whom the article doesn't take for the speaker isn't known.
        if by_hand.is_none() {
            speaks_for(db, id, record, attribution, &actors)?;
        }
        for standing in &attribution.status {
            stands(db, id, record, standing)?;
        }
        let (first, last) = extent(attribution);
        for (issue, places) in &issues {
            if places.iter().any(|&(start, end)| first <= start && end <= last) {
                db.prepare_cached("INSERT OR IGNORE INTO on_issue (statement, issue) VALUES (?1, ?2)")?
                    .execute([id, *issue])?;
            }
        }
    }
    for position in &record.positions {
        let Some((_, issue)) =
            record.issues.iter().zip(&issues).find(|(issue, _)| issue.id == position.issue)
        else {
            continue;
        };
        for party in &position.parties {
            let (by, status) = word_of(record, position, party);
            let sql = "INSERT INTO position (version, party, issue, stance, detail, statements, first, last, day, by_whom,
                status) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
            db.prepare_cached(sql)?.execute(params![
                version,
                party,
                issue.0,
                position.stance.name(),
                position.detail,
                position.attributions.join(" "),
                position.start,
                position.end,
                day,
                by,
                status
            ])?;
            for number in position.attributions.iter().filter_map(|id| numbers.get(id.as_str())) {
                db.prepare_cached("INSERT OR IGNORE INTO on_issue (statement, issue) VALUES (?1, ?2)")?
                    .execute([*number, issue.0])?;
            }
        }
    }
    Ok(())
}

/// Who says that a party holds a position, where it doesn't say so itself, and how that stands: a claim about the other side
/// that this denies is no position of it.
fn word_of(record: &Record, position: &Position, party: &str) -> (Option<String>, String) {
    let find = |id: &str| record.attributions.iter().find(|a| a.id == id);
    let (mut by, mut status) = (None, Vec::new());
    for id in &position.attributions {
        let mut next = find(id);
        let mut left = record.attributions.len();
        while let Some(one) = next.filter(|_| left > 0) {
            left -= 1;
            for standing in &one.status {
                let kind = named(&standing.kind);
                if !status.contains(&kind) {
                    status.push(kind);
                }
            }
            next = one.parent.as_deref().and_then(find);
            let actor = one.actor.as_ref().and_then(|id| record.actors.iter().find(|actor| actor.id == *id));
            let is_own = actor.is_some_and(|actor| {
                actor.parties.iter().any(|own| own == party) || actor.name.as_deref() == Some(party)
            });
            if next.is_none() && !is_own {
                by = one.actor.as_ref().and_then(|id| called(record, id)).or(by);
            }
        }
    }
    (by, status.join(", "))
}

#[expect(clippy::too_many_arguments, reason = "the columns of one row")]
fn statement(
    db: &Connection,
    version: i64,
    record: &Record,
    attribution: &Attribution,
    actor: Option<i64>,
    day: Option<&str>,
    origin: Option<i64>,
    corrected: bool,
    seen: &mut same::Seen,
) -> rusqlite::Result<i64> {
    let content = content(attribution);
    let act = named(&attribution.act);
    let cue = attribution.cue.as_ref().map_or("", |cue| cue.text.as_str());
    let told = same::Told {
        actor,
        act: &act,
        negated: attribution.negated,
        cue,
        day,
        origin,
        content: &content,
        version,
    };
    let group = same::group(db, &told, seen)?;
    let (first, last) = extent(attribution);
    let sql = "INSERT INTO statement (version, number, actor, source, cue, content, form, act, negated, hedged, chain,
        confidence, first, last, parent, day, same, corrected)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
    db.prepare_cached(sql)?.execute(params![
        version,
        attribution.id,
        actor,
        attribution.source.as_ref().map(|span| &span.text),
        attribution.cue.as_ref().map(|span| &span.text),
        content,
        named(&attribution.form),
        act,
        attribution.negated,
        !attribution.hedges.is_empty(),
        hands(record, attribution),
        attribution.confidence,
        first,
        last,
        attribution.parent,
        day,
        group.unwrap_or(0),
        corrected
    ])?;
    let id = db.last_insert_rowid();
    if group.is_none() {
        db.prepare_cached("UPDATE statement SET same = id WHERE id = ?1")?.execute([id])?;
    }
    Ok(id)
}

fn speaks_for(
    db: &Connection,
    statement: i64,
    record: &Record,
    attribution: &Attribution,
    actors: &HashMap<String, i64>,
) -> rusqlite::Result<()> {
    let Some(id) = attribution.actor.as_ref().filter(|id| actors.contains_key(*id)) else { return Ok(()) };
    for party in record.actors.iter().filter(|actor| actor.id == *id).flat_map(row::parties) {
        db.prepare_cached("INSERT OR IGNORE INTO speaks_for (statement, party) VALUES (?1, ?2)")?
            .execute(params![statement, party])?;
    }
    Ok(())
}

fn stands(db: &Connection, statement: i64, record: &Record, standing: &Standing) -> rusqlite::Result<()> {
    let by = standing.by.as_ref().and_then(|id| called(record, id));
    db.prepare_cached("INSERT INTO standing (statement, kind, by_whom, words) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![statement, named(&standing.kind), by, standing.text])?;
    Ok(())
}

type Places = Vec<(usize, usize)>;

/// The archive's ids of a record's issues, in their order, with where they stand.
fn issues(db: &Connection, record: &Record) -> rusqlite::Result<Vec<(i64, Places)>> {
    let mut all = Vec::new();
    for issue in &record.issues {
        let key = sayso::matrix::issue_key(&issue.name);
        db.prepare_cached("INSERT OR IGNORE INTO issue (key, name) VALUES (?1, ?2)")?
            .execute([&key, &issue.name])?;
        let id =
            db.prepare_cached("SELECT id FROM issue WHERE key = ?1")?.query_row([&key], |row| row.get(0))?;
        all.push((id, issue.mentions.iter().map(|m| (m.start, m.end)).collect()));
    }
    Ok(all)
}
