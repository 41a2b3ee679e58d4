//! What is in the archive, row by row, for other programs?

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use sayso::{Article, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Archive, Error, plover};

/// Bytes of one text at most when it is unpacked; more is no article of ours.
const LARGEST: u64 = 1 << 30;

pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
    // A vector takes whatever is written to it.
    let _ = packed.write_all(bytes);
    packed.finish().unwrap_or_default()
}

/// The bytes as they were; `SQLite` has no checksums of its pages, so that what is damaged shows here, or by its checksum.
pub(crate) fn inflate(packed: &[u8]) -> io::Result<String> {
    let mut text = String::new();
    DeflateDecoder::new(packed).take(LARGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// An article as the archive keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// What was named to be added.
    pub input: Option<String>,
    /// The text and what is known of it.
    pub article: Article,
    /// What it says.
    pub record: Record,
}

/// A statement as one row of a table.
///
/// The columns are a published format: they are added to, and never change.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Row {
    /// Number of the article in the archive.
    pub article: i64,
    /// Its number in the article's record, as `a3`.
    pub number: String,
    /// Where the article was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When, as stated.
    pub published: Option<String>,
    /// The day of that, as `2026-03-15`.
    pub day: Option<String>,
    /// SHA-256 of the article's text.
    pub sha256: String,
    /// Number of the article that this one is a reprint of.
    pub reprint_of: Option<i64>,
    /// Whether the article says something else by now.
    pub superseded: bool,
    /// Who says it, the same in all articles.
    pub actor: Option<String>,
    /// Number of that actor in the archive.
    pub actor_id: Option<i64>,
    /// What that is: person, state, organisation, outlet, document, group, role, unnamed.
    pub actor_kind: Option<String>,
    /// Whom the actor speaks for, parted by `; `.
    pub parties: String,
    /// The article's words for the source.
    pub source: Option<String>,
    /// The words that announce it.
    pub cue: Option<String>,
    /// What is said; ` … ` where the text breaks it.
    pub content: String,
    /// direct, indirect or mixed.
    pub form: String,
    /// What the speaker does with the words, as `deny`.
    pub act: String,
    /// Whether he does not.
    pub negated: bool,
    /// Whether report or content has a hedge.
    pub hedged: bool,
    /// The hands that it came through, outermost first, parted by ` ‹ `.
    pub chain: String,
    /// How it stands, parted by `; `.
    pub status: String,
    /// Issues that it is on, parted by `; `.
    pub issues: String,
    /// The statement within which it stands.
    pub parent: Option<String>,
    /// Number of the statement that it is the same as; the lowest of a group.
    pub same: i64,
    /// 0 to 1.
    pub confidence: f64,
    /// Place in the article's text, in code points.
    pub start: i64,
    /// One past the last.
    pub end: i64,
    /// Whether somebody said by hand whose it is.
    pub corrected: bool,
    /// The version of the program that read it.
    pub program: String,
    /// SHA-256 of its model.
    pub model: String,
    /// The PLOVER class of the event that it is, where its act says one, as `ACCUSE`.
    pub plover: Option<String>,
}

impl Row {
    /// The columns in their order.
    pub const COLUMNS: [&'static str; 33] = [
        "article",
        "number",
        "url",
        "outlet",
        "title",
        "published",
        "day",
        "sha256",
        "reprint_of",
        "superseded",
        "actor",
        "actor_id",
        "actor_kind",
        "parties",
        "source",
        "cue",
        "content",
        "form",
        "act",
        "negated",
        "hedged",
        "chain",
        "status",
        "issues",
        "parent",
        "same",
        "confidence",
        "start",
        "end",
        "corrected",
        "program",
        "model",
        "plover",
    ];
}

/// Statements with all that a row tells, in no order yet.
pub(crate) const ROWS: &str = "SELECT version.id, number, url, outlet, version.title, published, version.day, sha256, origin,
    actor.name, actor.id, actor.kind,
    (SELECT group_concat(party, '; ') FROM speaks_for WHERE statement = statement.id),
    source, cue, content, form, act, negated, hedged, chain,
    (SELECT group_concat(kind, '; ') FROM standing WHERE statement = statement.id),
    (SELECT group_concat(name, '; ') FROM on_issue JOIN issue ON issue.id = issue WHERE statement = statement.id),
    parent, same, confidence, first, last, corrected, program, model, superseded IS NOT NULL
    FROM statement JOIN version ON version.id = version JOIN producer ON producer.id = producer
    LEFT JOIN actor ON actor.id = actor";

impl Archive {
    /// Hands each statement on, in the order in which they came; stops where `take` fails.
    ///
    /// # Errors
    /// When the file can't be read, or `take`'s own.
    pub fn rows<E: From<Error>>(&self, mut take: impl FnMut(Row) -> Result<(), E>) -> Result<(), E> {
        let told = |error| E::from(self.told(error));
        let mut all = self.db.prepare(&format!("{ROWS} ORDER BY statement.id")).map_err(told)?;
        let mut rows = all.query([]).map_err(told)?;
        while let Some(row) = rows.next().map_err(told)? {
            take(read(row).map_err(told)?)?;
        }
        Ok(())
    }

    /// Hands each article on with its record, in the order in which they came.
    ///
    /// # Errors
    /// When the file can't be read or is damaged, or `take`'s own.
    pub fn stored<E: From<Error>>(&self, mut take: impl FnMut(Stored) -> Result<(), E>) -> Result<(), E> {
        let told = |error| E::from(self.told(error));
        let sql = "SELECT input, url, outlet, title, byline, published, text, record FROM version
             WHERE superseded IS NULL OR url IS NOT NULL ORDER BY id";
        let mut all = self.db.prepare(sql).map_err(told)?;
        let mut rows = all.query([]).map_err(told)?;
        while let Some(row) = rows.next().map_err(told)? {
            take(self.unpacked(row).map_err(E::from)?)?;
        }
        Ok(())
    }

    /// An article by its number, with its record.
    ///
    /// # Errors
    /// When there is none of that number, or the file can't be read or is damaged.
    pub fn one_stored(&self, article: i64) -> Result<Stored, Error> {
        let told = |error| self.told(error);
        let sql =
            "SELECT input, url, outlet, title, byline, published, text, record FROM version WHERE id = ?1";
        let mut of = self.db.prepare_cached(sql).map_err(told)?;
        let mut rows = of.query([article]).map_err(told)?;
        match rows.next().map_err(told)? {
            Some(row) => self.unpacked(row),
            None => Err(Error::NotOne(format!("there is no article {article} in the archive"))),
        }
    }

    pub(crate) fn unpacked(&self, row: &rusqlite::Row<'_>) -> Result<Stored, Error> {
        let get = |i: usize| row.get::<_, Option<String>>(i).map_err(|error| self.told(error));
        let blob = |i: usize| row.get::<_, Vec<u8>>(i).map_err(|error| self.told(error));
        let text = inflate(&blob(6)?).map_err(|error| self.damaged(&error))?;
        let mut record = self.record(&blob(7)?)?;
        if Article::from_text(text.as_str()).sha256() != record.article.sha256 {
            return Err(self.damaged(&"a text in it isn't the one that was added"));
        }
        record.article.text.clone_from(&text);
        let article = Article {
            url: get(1)?,
            outlet: get(2)?,
            title: get(3)?,
            byline: get(4)?,
            published: get(5)?,
            language: record.article.language.clone(),
            text,
            ..Article::default()
        };
        Ok(Stored { input: get(0)?, article, record })
    }

    /// A record without its text.
    pub(crate) fn record(&self, packed: &[u8]) -> Result<Record, Error> {
        let json = inflate(packed).map_err(|error| self.damaged(&error))?;
        serde_json::from_str(&json).map_err(|error| self.damaged(&error))
    }

    fn damaged(&self, error: &dyn std::fmt::Display) -> Error {
        Error::Damaged { path: self.path.clone(), reason: error.to_string() }
    }
}

pub(crate) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let (content, act, negated): (String, String, bool) = (row.get(15)?, row.get(17)?, row.get(18)?);
    let plover = plover::class(&act, negated, &content).map(str::to_owned);
    let joined = |i: usize| row.get::<_, Option<String>>(i).map(Option::unwrap_or_default);
    Ok(Row {
        article: row.get(0)?,
        number: row.get(1)?,
        url: row.get(2)?,
        outlet: row.get(3)?,
        title: row.get(4)?,
        published: row.get(5)?,
        day: row.get(6)?,
        sha256: row.get(7)?,
        reprint_of: row.get(8)?,
        actor: row.get(9)?,
        actor_id: row.get(10)?,
        actor_kind: row.get(11)?,
        parties: joined(12)?,
        source: row.get(13)?,
        cue: row.get(14)?,
        content,
        form: row.get(16)?,
        plover,
        act,
        negated,
        hedged: row.get(19)?,
        chain: row.get(20)?,
        status: joined(21)?,
        issues: joined(22)?,
        parent: row.get(23)?,
        same: row.get(24)?,
        confidence: row.get(25)?,
        start: row.get(26)?,
        end: row.get(27)?,
        corrected: row.get(28)?,
        program: row.get(29)?,
        model: row.get(30)?,
        superseded: row.get(31)?,
    })
}
