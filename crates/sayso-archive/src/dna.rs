//! How does an archive become a database of Discourse Network Analyzer?
//!
//! DNA codes who says yes or no to what: a person, an organization, a concept, and whether they agree. So a statement becomes
//! a "DNA Statement" where it shows a party's own position on an issue and the stance is a plain yes (supports, accepts) or
//! no (opposes, rejects). DNA has no third value, and one that is made up would be counted like any other: all other
//! statements are "Annotation"s, with what is known of them as a note, to be coded by people.
//!
//! DNA counts a text as Java does, in units of UTF-16, and its text pane makes one line feed of every line end; places are
//! converted to that.

use std::collections::HashMap;
use std::path::Path;

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::Pieces;
use rusqlite::{Connection, params};

use crate::{Archive, Error, Row, Whole};

/// What the head of the file says it is, so that sayso knows what it wrote: "sayd". DNA doesn't look at it.
const APPLICATION: i32 = 0x7361_7964;

/// The password of the coder `Admin`, who has everything.
pub const DNA_PASSWORD: &str = "sayso";

/// What jasypt's `StrongPasswordEncryptor` makes of it, by which DNA checks passwords: 16 bytes of salt and SHA-256, applied
/// 100,000 times, in base64. The salt is a fixed one, for the same archive makes the same bytes; the password is no secret.
const PASSWORD_DIGEST: &str = "c2F5c28gZm9yIEROQSAzLsLqdMNxEnr/fJ+9ohwWtKK8ReAvcYiLSr5sWLAIOO3H";

/// Characters of a short text at most.
const SHORT: usize = 190;

/// What went into a database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InDna {
    /// Articles.
    pub documents: usize,
    /// Statements with a concept and an agreement.
    pub statements: usize,
    /// Statements as annotations.
    pub annotations: usize,
}

impl Archive {
    /// Writes what the articles say by now into an empty file, as a database of DNA 3.
    ///
    /// # Errors
    /// When the archive can't be read or the file can't be written.
    pub fn write_dna(&self, path: &Path) -> Result<InDna, Error> {
        let told = |error| Error::sqlite(path, error);
        let begin = || {
            let db = Connection::open(path)?;
            // The file is new: where its writing fails, it is thrown away.
            db.pragma_update_and_check(None, "journal_mode", "OFF", |_| Ok(()))?;
            db.pragma_update(None, "foreign_keys", true)?;
            db.execute_batch("BEGIN")?;
            db.pragma_update(None, "application_id", APPLICATION)?;
            db.execute_batch(include_str!("../sql/dna.sql"))?;
            let coder = "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (1, 'Admin', 255, 255, 0, ?1)";
            db.execute(coder, [PASSWORD_DIGEST])?;
            Ok(db)
        };
        let mut dna = Dna { db: begin().map_err(told)?, entities: HashMap::new(), n: InDna::default() };
        self.wholes(|whole| if whole.superseded { Ok(()) } else { dna.document(&whole).map_err(told) })?;
        dna.db.execute_batch("COMMIT").map_err(told)?;
        dna.db.close().map_err(|(_, error)| told(error))?;
        Ok(dna.n)
    }

    /// Whether a file begins as one that [`Archive::write_dna`] wrote and nobody has changed since.
    pub fn is_unchanged_dna(head: &[u8]) -> bool {
        let number =
            |at: usize| head.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(i32::from_be_bytes);
        // The counter of changes, and what the file is.
        head.starts_with(b"SQLite format 3\0") && number(24) == Some(1) && number(68) == Some(APPLICATION)
    }
}

/// A database that is being written.
struct Dna {
    db: Connection,
    /// Numbers of entities, by variable and value.
    entities: HashMap<(i64, String), i64>,
    n: InDna,
}

impl Dna {
    fn document(&mut self, whole: &Whole) -> rusqlite::Result<()> {
        let article = &whole.stored.article;
        let (text, places) = as_java(&article.text);
        let title = article.title.clone().unwrap_or_else(|| format!("Article {}", whole.article));
        let (seconds, dated) = seconds(whole.day.as_deref(), article.published.as_deref());
        let notes = [
            article.url.clone().or_else(|| whole.stored.input.clone()),
            Some(format!("sha256 {}", whole.stored.record.article.sha256)),
            whole.reprint_of.map(|of| format!("reprint of document {of}")),
            (!dated).then(|| "no day is known; 1970-01-01 stands for it".to_owned()),
        ];
        let sql = "INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Author, Source, Section, Notes, Type, Date)
            VALUES (?1, ?2, ?3, 1, ?4, ?5, '', ?6, ?7, ?8)";
        self.db.prepare_cached(sql)?.execute(params![
            whole.article,
            short(&title),
            text,
            short(article.byline.as_deref().unwrap_or_default()),
            short(article.outlet.as_deref().unwrap_or_default()),
            notes.into_iter().flatten().collect::<Vec<_>>().join("\n"),
            if whole.reprint_of.is_some() { "reprint" } else { "article" },
            seconds,
        ])?;
        self.n.documents += 1;
        for row in &whole.rows {
            self.said(whole, row, &places)?;
        }
        Ok(())
    }

    fn said(&mut self, whole: &Whole, row: &Row, places: &[usize]) -> rusqlite::Result<()> {
        let place =
            |at: i64| usize::try_from(at).ok().and_then(|at| places.get(at)).or(places.last()).copied();
        let (Some(start), Some(stop)) = (place(row.start), place(row.end)) else { return Ok(()) };
        if start >= stop {
            return Ok(());
        }
        let coded = coded(whole, row);
        if coded.is_empty() {
            self.n.annotations += 1;
            let id = self.statement(3, row.article, start, stop)?;
            let sql = "INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (?1, 11, ?2)";
            self.db.prepare_cached(sql)?.execute(params![id, note(whole, row)])?;
        }
        for (organization, concept, agreement) in coded {
            self.n.statements += 1;
            let id = self.statement(1, row.article, start, stop)?;
            let person = row.actor.as_deref().filter(|_| is_person(row)).unwrap_or_default();
            for (variable, value) in [(1, person), (2, organization), (3, concept)] {
                let entity = self.entity(variable, value)?;
                let sql = "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?1, ?2, ?3)";
                self.db.prepare_cached(sql)?.execute([id, variable, entity])?;
            }
            let sql = "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?1, 4, ?2)";
            self.db.prepare_cached(sql)?.execute(params![id, agreement])?;
        }
        Ok(())
    }

    fn statement(&self, kind: i64, document: i64, start: usize, stop: usize) -> rusqlite::Result<i64> {
        let sql = "INSERT INTO STATEMENTS (StatementTypeId, DocumentId, Start, Stop, Coder) VALUES (?1, ?2, ?3, ?4, 1)";
        self.db.prepare_cached(sql)?.execute(params![kind, document, start, stop])?;
        Ok(self.db.last_insert_rowid())
    }

    /// The number of a value of a variable; a new one is made with its attributes, which DNA expects of each.
    fn entity(&mut self, variable: i64, value: &str) -> rusqlite::Result<i64> {
        let key = (variable, short(value));
        if let Some(&id) = self.entities.get(&key) {
            return Ok(id);
        }
        let sql = "INSERT INTO ENTITIES (VariableId, Value, Red, Green, Blue) VALUES (?1, ?2, 0, 0, 0)";
        self.db.prepare_cached(sql)?.execute(params![key.0, key.1])?;
        let id = self.db.last_insert_rowid();
        let sql = "INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId)
            SELECT ?1, ID FROM ATTRIBUTEVARIABLES WHERE VariableId = ?2 ORDER BY ID";
        self.db.prepare_cached(sql)?.execute([id, variable])?;
        self.entities.insert(key, id);
        Ok(id)
    }
}

fn is_person(row: &Row) -> bool {
    row.actor_kind.as_deref() == Some("person")
}

/// Organization, concept and agreement of a statement that shows a party's own yes or no; each once.
fn coded<'a>(whole: &'a Whole, row: &Row) -> Vec<(&'a str, &'a str, bool)> {
    let mut all = Vec::new();
    for stance in whole.stances.iter().filter(|stance| stance.numbers.contains(&row.number)) {
        if stance.by.as_ref().is_some_and(|by| *by != stance.party) {
            continue;
        }
        let is_actor = row.actor.as_deref() == Some(stance.party.as_str());
        // What one party says of another is no statement of the other.
        if !is_actor && !row.parties.split("; ").any(|party| party == stance.party) {
            continue;
        }
        let Some(agreement) = agreement(&stance.stance) else { continue };
        // Somebody who speaks for himself is a person, and no organization.
        let organization = if is_actor && is_person(row) { "" } else { stance.party.as_str() };
        let one = (organization, stance.issue.as_str(), agreement);
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

/// Yes or no; `None` for what is neither, or is one only by what is demanded or offered.
fn agreement(stance: &str) -> Option<bool> {
    match stance {
        "supports" | "accepts" => Some(true),
        "opposes" | "rejects" => Some(false),
        _ => None,
    }
}

/// What is known of a statement, a line each.
fn note(whole: &Whole, row: &Row) -> String {
    let act = if row.negated { format!("not {}", row.act) } else { row.act.clone() };
    let who = row.actor.clone().or_else(|| row.source.clone()).unwrap_or_else(|| "nobody named".to_owned());
    let kind = row.actor_kind.as_ref().map(|kind| format!(" ({kind})")).unwrap_or_default();
    let shown = whole.stances.iter().filter(|stance| stance.numbers.contains(&row.number));
    let stances: Vec<String> = shown
        .map(|stance| {
            let by = stance.by.as_ref().map(|by| format!(", according to {by}")).unwrap_or_default();
            format!("{} {} {}{by}", stance.party, stance.stance, stance.issue)
        })
        .collect();
    let mut lines =
        vec![format!("{}: {who}{kind}", row.number), format!("act: {act}"), format!("form: {}", row.form)];
    for (name, words) in [
        ("for", row.parties.clone()),
        ("issues", row.issues.clone()),
        ("positions", stances.join("; ")),
        ("status", row.status.clone()),
        ("through", row.chain.clone()),
    ] {
        if !words.is_empty() {
            lines.push(format!("{name}: {words}"));
        }
    }
    lines.push(format!("confidence: {:.2}", row.confidence));
    lines.join("\n")
}

/// At most as many characters as DNA takes.
fn short(words: &str) -> String {
    let words = words.replace('\0', "\u{fffd}");
    if words.chars().count() <= SHORT {
        words
    } else {
        words.chars().take(SHORT - 1).chain(['…']).collect()
    }
}

/// The text as DNA shows it, and for each code point of ours, and the end, where it stands there in units of UTF-16.
fn as_java(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut places, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        places.push(at);
        let c = match c {
            '\r' if rest.peek() == Some(&'\n') => continue,
            '\r' => '\n',
            // SQLite's text ends there.
            '\0' => '\u{fffd}',
            c => c,
        };
        out.push(c);
        at += c.len_utf16();
    }
    places.push(at);
    (out, places)
}

/// When an article was published, as DNA counts: seconds of 1970 of the day and hour that it states, whatever its zone; and
/// whether it states a day at all.
fn seconds(day: Option<&str>, published: Option<&str>) -> (i64, bool) {
    let Some(day) = day.and_then(|day| day.parse::<Date>().ok()) else { return (0, false) };
    let time = published.and_then(|words| Pieces::parse(words).ok()?.time()).unwrap_or(Time::midnight());
    let since = DateTime::from_parts(day, time).duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
    (since.as_secs(), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_java() {
        let (text, places) = as_java("🌊 a\r\n“b”\rc");
        assert_eq!(text, "🌊 a\n“b”\nc");
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let said = |start: usize, end: usize| String::from_utf16(&utf16[places[start]..places[end]]).ok();
        // Code points of the text before: 🌊 0, a 2, “ 5, ” 7, c 9.
        assert_eq!(said(5, 8).as_deref(), Some("“b”"));
        assert_eq!(said(0, 3).as_deref(), Some("🌊 a"));
        assert_eq!(said(9, 10).as_deref(), Some("c"));
        assert_eq!(places.last(), Some(&utf16.len()));
    }

    #[test]
    fn hours_are_those_that_are_stated() {
        let day = Some("2026-03-15");
        assert_eq!(seconds(day, Some("2026-03-15T20:05:00Z")), (1_773_605_100, true));
        assert_eq!(seconds(day, Some("2026-03-15T20:05:00+02:00")), (1_773_605_100, true));
        assert_eq!(seconds(day, Some("15 March 2026")), (1_773_532_800, true));
        assert_eq!(seconds(None, None), (0, false));
    }

    #[test]
    fn only_a_plain_yes_or_no_is_an_agreement() {
        for (stance, expected) in
            [("accepts", Some(true)), ("opposes", Some(false)), ("demands", None), ("accepts-in-part", None)]
        {
            assert_eq!(agreement(stance), expected, "{stance}");
        }
    }
}
