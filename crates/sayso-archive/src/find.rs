//! Which statements match?

use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Archive, Error};

/// What is looked for; what is `None` isn't asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of source or content, in any form ("leak" finds "leaked"); all of them. Words in double quotation marks stand
    /// in that order.
    pub words: Option<String>,
    /// A name, or words of one, or an actor's number.
    pub by: Option<String>,
    /// An actor's number.
    pub actor: Option<i64>,
    /// Whom the speaker speaks for.
    pub party: Option<String>,
    /// An issue, or words of one.
    pub on: Option<String>,
    /// As `deny`.
    pub act: Option<String>,
    /// As `direct`.
    pub form: Option<String>,
    /// As `unverified`.
    pub status: Option<String>,
    /// Words of an outlet's name.
    pub outlet: Option<String>,
    /// The first day, as `2026-03-15`.
    pub since: Option<String>,
    /// The last day.
    pub until: Option<String>,
    /// A story's number.
    pub story: Option<i64>,
    /// How many at most; 0 for the usual 20.
    pub limit: usize,
    /// How many to pass over.
    pub offset: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Page {
    /// How many match, on all pages; counted up to a limit.
    pub total: u64,
    /// Whether more match than were counted.
    pub more: bool,
    /// How many were passed over.
    pub offset: usize,
    /// The best first where words were given and nobody's name, else the latest; where too many match to be weighed, the last
    /// added.
    pub hits: Vec<Hit>,
}

/// A statement that matches.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Hit {
    /// Number of the article in the archive, and of the statement in it.
    pub article: i64,
    /// As `a3`.
    pub number: String,
    /// Who says it, by name.
    pub speaker: Option<String>,
    /// The article's words for the source.
    pub source: Option<String>,
    /// The words that announce it.
    pub cue: Option<String>,
    /// What is said.
    pub content: String,
    /// Where words that were looked for stand in `content`, in code points.
    pub matches: Vec<(usize, usize)>,
    /// direct, indirect or mixed.
    pub form: String,
    /// As `deny`.
    pub act: String,
    /// Whether he does not.
    pub negated: bool,
    /// How it stands.
    pub status: Vec<String>,
    /// The hands that it came through, outermost first.
    pub chain: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// What was named to be added.
    pub input: Option<String>,
    /// The day, as `2026-03-15`.
    pub day: Option<String>,
    /// Place in the article's text, in code points.
    pub start: i64,
    /// One past the last.
    pub end: i64,
    /// How many articles carry the same statement, reprints of one counted once; of the first 200 that do.
    pub carriers: u64,
    /// 0 to 1.
    pub confidence: f64,
    /// Whether somebody said by hand whose it is.
    pub corrected: bool,
    /// Number of the article that this one is a reprint of.
    pub reprint_of: Option<i64>,
}

/// Marks around words that were found, which no article's words have.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';
/// How many hits a page has where nobody says.
const USUAL: usize = 20;
/// Matches that are counted and weighed; of more, none is much better than others.
const WEIGHED: u64 = 2_000;
/// How many can be passed over; `SQLite` counts no further.
const FARTHEST: usize = 1 << 40;
/// Statements of a group among which carriers are counted.
const CARRIERS: i64 = 200;

impl Archive {
    /// Statements that match a filter.
    ///
    /// # Errors
    /// When nobody has the name that is asked for, or the file can't be read.
    pub fn find(&self, filter: &Filter) -> Result<Page, Error> {
        let Some(asked) = self.asked(filter)? else {
            return Ok(Page { total: 0, more: false, offset: filter.offset, hits: Vec::new() });
        };
        self.page(filter, &asked).map_err(|error| self.told(error))
    }

    fn page(&self, filter: &Filter, (from, values): &(String, Vec<Value>)) -> rusqlite::Result<Page> {
        let params = || rusqlite::params_from_iter(values.iter());
        let total = format!("SELECT count(*) FROM (SELECT 1 {from} LIMIT {})", WEIGHED + 1);
        let total: u64 = self.db.prepare_cached(&total)?.query_row(params(), |row| row.get(0))?;
        let more = total > WEIGHED;
        let ranked = filter.words.is_some() && filter.by.is_none();
        let order = match (more, ranked) {
            // The order in which an index is read backwards, so that a page costs a page.
            (true, _) if from.contains("MATCH") => "statement_words.rowid DESC",
            (true, _) => "statement.id DESC",
            (false, true) => "bm25(statement_words, 1.0, 1.0, 0.0, 0.0, 0.0), statement.id",
            (false, false) => "statement.day DESC, statement.id",
        };
        let limit = if filter.limit == 0 { USUAL } else { filter.limit };
        // Which they are first: what is shown of each is looked up for those of the page alone.
        let sql = format!(
            "SELECT statement.id {from} ORDER BY {order} LIMIT {} OFFSET {}",
            limit.min(FARTHEST),
            filter.offset.min(FARTHEST)
        );
        let mut ids = self.db.prepare_cached(&sql)?;
        let ids: Vec<i64> = ids.query_map(params(), |row| row.get(0))?.collect::<Result<_, _>>()?;
        let words = filter.words.as_deref().and_then(full_text);
        let hits = ids.into_iter().map(|id| self.hit(id, words.as_deref())).collect::<Result<_, _>>()?;
        Ok(Page { total: total.min(WEIGHED), more, offset: filter.offset, hits })
    }

    /// What is shown of a statement, with the words marked that were asked for.
    fn hit(&self, id: i64, words: Option<&str>) -> rusqlite::Result<Hit> {
        let sql = format!(
            "SELECT version.id, statement.number, (SELECT name FROM actor WHERE id = statement.actor),
             statement.source, statement.cue, statement.content, statement.form, statement.act, statement.negated,
             (SELECT group_concat(kind, ' ') FROM standing WHERE standing.statement = statement.id), statement.chain,
             version.outlet, version.title, version.url, version.input, statement.day, statement.first, statement.last,
             (SELECT count(DISTINCT origin) FROM (
               SELECT coalesce(v.origin, v.id) AS origin FROM statement s JOIN version v ON v.id = s.version
               WHERE s.same = statement.same AND v.superseded IS NULL LIMIT {CARRIERS})),
             statement.confidence, statement.corrected, version.origin
             FROM statement JOIN version ON version.id = statement.version WHERE statement.id = ?1"
        );
        let mut hit = self.db.prepare_cached(&sql)?.query_row([id], hit)?;
        if let Some(words) = words {
            let sql = "SELECT highlight(statement_words, 1, char(1), char(2)) FROM statement_words
                WHERE statement_words MATCH ?1 AND rowid = ?2";
            let mut marked = self.db.prepare_cached(sql)?;
            let marked: Option<String> =
                marked.query_row(rusqlite::params![words, id], |row| row.get(0)).optional()?;
            hit.matches = marked.map(|words| unmarked(&words).1).unwrap_or_default();
        }
        Ok(hit)
    }

    /// The tables and conditions, with their values; `None` where nothing can match.
    pub(crate) fn asked(&self, filter: &Filter) -> Result<Option<(String, Vec<Value>)>, Error> {
        let Some(full_text) = self.full_text(filter)? else { return Ok(None) };
        let mut values: Vec<Value> = Vec::new();
        let mut from = if full_text.is_empty() {
            "FROM statement JOIN version ON version.id = statement.version WHERE version.superseded IS NULL"
                .to_owned()
        } else {
            values.push(full_text.into());
            "FROM statement_words CROSS JOIN statement ON statement.id = statement_words.rowid
             CROSS JOIN version ON version.id = statement.version WHERE statement_words MATCH ?"
                .to_owned()
        };
        if let Some(story) = filter.story {
            from += " AND version.story = ?";
            values.push(story.into());
        }
        Ok(Some((from, values)))
    }

    /// What of a filter is answered by the words of `statement_text`, as FTS5 has it: empty where nothing is, `None` where
    /// nothing can match.
    fn full_text(&self, filter: &Filter) -> Result<Option<String>, Error> {
        let told = |error| self.told(error);
        let mut all: Vec<String> = Vec::new();
        let on =
            filter.on.as_ref().map(|on| format!("\"{}\"", sayso::matrix::issue_key(on).replace('"', " ")));
        let parts = [("{source content}", &filter.words), ("outlet", &filter.outlet), ("issues", &on)];
        for (columns, words) in parts {
            if let Some(words) = words {
                let Some(asked) = full_text_of(columns, words) else { return Ok(None) };
                all.push(asked);
            }
        }
        if let Some(party) = &filter.party {
            let names = self.names_of_party(party).map_err(told)?;
            let quoted = names.iter().map(|name| format!("\"pty {} ytp\"", name.replace('"', " ")));
            all.push(format!("facets : ({})", quoted.collect::<Vec<_>>().join(" OR ")));
        }
        for (letter, value) in [('a', &filter.act), ('f', &filter.form), ('s', &filter.status)] {
            if let Some(value) = value {
                let plain: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
                all.push(format!("facets : \"{letter}0{plain}\""));
            }
        }
        if let Some(name) = &filter.by {
            let mut actors = self.actors_named(name).map_err(told)?;
            if actors.is_empty() {
                actors.extend(self.numbered(name));
            }
            if actors.is_empty() {
                return Err(self.nobody(name));
            }
            all.push(any_of(actors.iter().map(|(id, _)| format!("w0{id}"))));
        }
        if let Some(id) = filter.actor {
            all.push(any_of([format!("w0{id}")]));
        }
        if filter.since.is_some() || filter.until.is_some() {
            let Some((first, last)) = self.span_of_days().map_err(told)? else { return Ok(None) };
            let first = filter.since.as_ref().map_or(first.as_str(), |since| since.as_str().max(&first));
            let last = filter.until.as_ref().map_or(last.as_str(), |until| until.as_str().min(&last));
            let days = days(first, last);
            if days.is_empty() {
                return Ok(None);
            }
            all.push(any_of(days));
        }
        Ok(Some(all.join(" AND ")))
    }

    /// The first and the last day of an article.
    fn span_of_days(&self) -> rusqlite::Result<Option<(String, String)>> {
        let edge =
            |sql: &str| self.db.prepare_cached(sql)?.query_row([], |row| row.get::<_, Option<String>>(0));
        Ok(edge("SELECT min(day) FROM version")?.zip(edge("SELECT max(day) FROM version")?))
    }
}

fn any_of(facets: impl IntoIterator<Item = String>) -> String {
    let all: Vec<String> = facets.into_iter().map(|facet| format!("\"{facet}\"")).collect();
    format!("facets : ({})", all.join(" OR "))
}

/// The words of `statement_text` for the days of a range, whole months and years as one word each.
fn days(first: &str, last: &str) -> Vec<String> {
    let (Ok(mut day), Ok(last)) = (first.parse::<Date>(), last.parse::<Date>()) else { return Vec::new() };
    let mut all = Vec::new();
    while day <= last {
        let year_ends = day.last_of_year();
        let month_ends = day.last_of_month();
        let (word, end) = if day.day_of_year() == 1 && year_ends <= last {
            (format!("y0{:04}", day.year()), year_ends)
        } else if day.day() == 1 && month_ends <= last {
            (format!("m0{:04}{:02}", day.year(), day.month()), month_ends)
        } else {
            (format!("d0{:04}{:02}{:02}", day.year(), day.month(), day.day()), day)
        };
        all.push(word);
        match end.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    all
}

/// Which statements change.
#[derive(Clone, Copy)]
pub(crate) enum Which {
    /// All of a version.
    Version(i64),
    /// The one of this id.
    Statement(i64),
}

impl Which {
    fn condition(self) -> (&'static str, i64) {
        match self {
            Self::Version(id) => ("version = ?1", id),
            Self::Statement(id) => ("id = ?1", id),
        }
    }
}

/// Makes statements be found.
pub(crate) fn remember(db: &Connection, which: Which) -> rusqlite::Result<()> {
    let (condition, id) = which.condition();
    let sql = format!(
        "INSERT INTO statement_words (rowid, source, content, outlet, issues, facets)
         SELECT id, source, content, outlet, issues, facets FROM statement_text WHERE {condition}"
    );
    db.prepare_cached(&sql)?.execute([id]).map(drop)
}

/// Takes them out again, before anything of them changes.
pub(crate) fn forget(db: &Connection, which: Which) -> rusqlite::Result<()> {
    let (condition, id) = which.condition();
    let sql = format!(
        "INSERT INTO statement_words (statement_words, rowid, source, content, outlet, issues, facets)
         SELECT 'delete', id, source, content, outlet, issues, facets FROM statement_text WHERE {condition}"
    );
    db.prepare_cached(&sql)?.execute([id]).map(drop)
}

/// A user's words as FTS5 has them, in source or content: each in quotation marks, so that none is an operator; `None` where
/// there is none.
fn full_text(words: &str) -> Option<String> {
    full_text_of("{source content}", words)
}

fn full_text_of(columns: &str, words: &str) -> Option<String> {
    let words = words.replace(['“', '”'], "\"");
    let mut all = Vec::new();
    for (n, part) in words.split('"').enumerate() {
        let plain = |part: &str| part.chars().filter(|c| !c.is_control()).collect::<String>();
        if n % 2 == 1 {
            all.push(plain(part).trim().to_owned());
        } else {
            all.extend(part.split_whitespace().map(plain));
        }
    }
    all.retain(|part| part.contains(char::is_alphanumeric));
    let quoted: Vec<String> = all.iter().map(|part| format!("\"{part}\"")).collect();
    (!all.is_empty()).then(|| format!("{columns} : ({})", quoted.join(" AND ")))
}

fn hit(row: &rusqlite::Row<'_>) -> rusqlite::Result<Hit> {
    let status: Option<String> = row.get(9)?;
    Ok(Hit {
        article: row.get(0)?,
        number: row.get(1)?,
        speaker: row.get(2)?,
        source: row.get(3)?,
        cue: row.get(4)?,
        content: row.get(5)?,
        matches: Vec::new(),
        form: row.get(6)?,
        act: row.get(7)?,
        negated: row.get(8)?,
        status: status.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        chain: row.get(10)?,
        outlet: row.get(11)?,
        title: row.get(12)?,
        url: row.get(13)?,
        input: row.get(14)?,
        day: row.get(15)?,
        start: row.get(16)?,
        end: row.get(17)?,
        carriers: row.get(18)?,
        confidence: row.get(19)?,
        corrected: row.get(20)?,
        reprint_of: row.get(21)?,
    })
}

/// The words without their marks, and where these stood.
fn unmarked(marked: &str) -> (String, Vec<(usize, usize)>) {
    let (mut plain, mut matches, mut n, mut start) = (String::new(), Vec::new(), 0, 0);
    for c in marked.chars() {
        match c {
            OPEN => start = n,
            CLOSE => matches.push((start, n)),
            _ => {
                plain.push(c);
                n += 1;
            }
        }
    }
    (plain, matches)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_user_types_is_never_an_operator() {
        for (words, expected) in [
            ("dam leak", Some("\"dam\" AND \"leak\"")),
            ("\"the dam\" NOT", Some("\"the dam\" AND \"NOT\"")),
            ("content:dam OR (", Some("\"content:dam\" AND \"OR\"")),
            ("“a b", Some("\"a b\"")),
            ("* - \u{1}", None),
            ("", None),
        ] {
            let expected = expected.map(|words| format!("{{source content}} : ({words})"));
            assert_eq!(full_text(words), expected, "{words}");
        }
    }

    #[test]
    fn a_range_of_days_is_few_words() {
        for (first, last, expected) in [
            ("2026-03-15", "2026-03-16", &["d020260315", "d020260316"][..]),
            ("2026-02-28", "2026-04-01", &["d020260228", "m0202603", "d020260401"]),
            ("2025-01-01", "2026-01-31", &["y02025", "m0202601"]),
            ("2026-03-16", "2026-03-15", &[]),
            ("when", "2026-03-15", &[]),
        ] {
            assert_eq!(days(first, last), expected, "{first} {last}");
        }
    }

    #[test]
    fn matches_are_told_in_code_points() {
        assert_eq!(unmarked("ä \u{1}dam\u{2} b"), ("ä dam b".to_owned(), vec![(2, 5)]));
    }
}
