//! Which statements match?

use rusqlite::OptionalExtension;
use rusqlite::types::Value;
use serde::Serialize;

use crate::words::key;
use crate::{Archive, Error};

/// What is looked for; what is `None` isn't asked.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words of source or content, in any form ("leak" finds "leaked"); all of them. Words in double quotation marks stand
    /// in that order.
    pub words: Option<String>,
    /// A name, or words of one.
    pub by: Option<String>,
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// How many articles carry the same statement, reprints of one counted once.
    pub carriers: u64,
    /// 0 to 1.
    pub confidence: f64,
    /// Whether somebody said by hand whose it is.
    pub corrected: bool,
}

/// Marks around words that were found, which no article's words have.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';
/// How many hits a page has where nobody says.
const USUAL: usize = 20;
/// Matches that are counted and weighed; of more, none is much better than others.
const WEIGHED: u64 = 2_000;

impl Archive {
    /// Statements that match a filter.
    ///
    /// # Errors
    /// When nobody has the name that is asked for, or the file can't be read.
    pub fn find(&self, filter: &Filter) -> Result<Page, Error> {
        let told = |error| self.told(error);
        let Some((from, values)) = self.asked(filter)? else {
            return Ok(Page { total: 0, more: false, offset: filter.offset, hits: Vec::new() });
        };
        let params = || rusqlite::params_from_iter(values.iter());
        let total = format!("SELECT count(*) FROM (SELECT 1 {from} LIMIT {})", WEIGHED + 1);
        let total = self
            .db
            .prepare_cached(&total)
            .map_err(told)?
            .query_row(params(), |row| row.get(0))
            .map_err(told)?;
        let total: u64 = total;
        let more = total > WEIGHED;
        let ranked = filter.words.is_some() && filter.by.is_none();
        let order = match (more, ranked) {
            // The order in which an index is read backwards, so that a page costs a page.
            (true, true) => "statement_words.rowid DESC",
            (true, false) => "statement.id DESC",
            (false, true) => "bm25(statement_words), statement.id",
            (false, false) => "statement.day DESC, statement.id",
        };
        let limit = if filter.limit == 0 { USUAL } else { filter.limit };
        let sql = format!(
            "SELECT version.id, statement.number, (SELECT name FROM actor WHERE id = statement.actor),
             statement.source, statement.cue, statement.content, statement.form, statement.act, statement.negated,
             (SELECT group_concat(kind, ' ') FROM standing WHERE standing.statement = statement.id), statement.chain,
             version.outlet, version.title, version.url, version.input, statement.day, statement.first, statement.last,
             (SELECT count(DISTINCT coalesce(v.origin, v.id)) FROM statement s JOIN version v ON v.id = s.version
              WHERE s.same = statement.same AND v.superseded IS NULL), statement.confidence, statement.corrected, statement.id
             {from} ORDER BY {order} LIMIT {limit} OFFSET {}",
            filter.offset
        );
        let mut all = self.db.prepare_cached(&sql).map_err(told)?;
        let mut hits: Vec<(i64, Hit)> =
            all.query_map(params(), hit).map_err(told)?.collect::<Result<_, _>>().map_err(told)?;
        if let Some(words) = filter.words.as_deref().and_then(full_text) {
            self.mark(&words, &mut hits).map_err(told)?;
        }
        let hits = hits.into_iter().map(|(_, hit)| hit).collect();
        Ok(Page { total: total.min(WEIGHED), more, offset: filter.offset, hits })
    }

    /// Marks the words of those that are shown.
    fn mark(&self, words: &str, hits: &mut [(i64, Hit)]) -> rusqlite::Result<()> {
        let sql = "SELECT highlight(statement_words, 1, char(1), char(2)) FROM statement_words
            WHERE statement_words MATCH ?1 AND rowid = ?2";
        let mut marked = self.db.prepare_cached(sql)?;
        for (id, hit) in hits {
            let words: Option<String> =
                marked.query_row(rusqlite::params![words, *id], |row| row.get(0)).optional()?;
            hit.matches = words.map(|words| unmarked(&words).1).unwrap_or_default();
        }
        Ok(())
    }

    /// The tables and conditions, with their values; `None` where nothing can match.
    pub(crate) fn asked(&self, filter: &Filter) -> Result<Option<(String, Vec<Value>)>, Error> {
        let mut from = "FROM statement JOIN version ON version.id = statement.version".to_owned();
        let mut conditions: Vec<String> = vec!["version.superseded IS NULL".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        if let Some(words) = &filter.words {
            let Some(asked) = full_text(words) else { return Ok(None) };
            // Somebody's statements are few beside those with a common word.
            if filter.by.is_some() {
                let in_words =
                    "statement.id IN (SELECT rowid FROM statement_words WHERE statement_words MATCH ?)";
                conditions.push(in_words.to_owned());
            } else {
                "FROM statement_words JOIN statement ON statement.id = statement_words.rowid
                 JOIN version ON version.id = statement.version"
                    .clone_into(&mut from);
                conditions.push("statement_words MATCH ?".to_owned());
            }
            values.push(asked.into());
        }
        if let Some(name) = &filter.by {
            let all = self.actors_named(name).map_err(|error| self.told(error))?;
            if all.is_empty() {
                return Err(Error::NotOne(format!("nobody in the archive is called {name}")));
            }
            let ids: Vec<String> = all.iter().map(|(id, _)| id.to_string()).collect();
            conditions.push(format!("statement.actor IN ({})", ids.join(", ")));
        }
        let mut equal = |value: &Option<String>, condition: &str| {
            if let Some(value) = value {
                conditions.push(condition.to_owned());
                values.push(value.clone().into());
            }
        };
        equal(
            &filter.party,
            "statement.id IN (SELECT statement FROM speaks_for WHERE party = ? COLLATE NOCASE)",
        );
        let on = filter.on.as_deref().map(sayso::matrix::issue_key);
        equal(
            &on,
            "statement.id IN (SELECT statement FROM on_issue JOIN issue ON issue.id = issue
              WHERE ' ' || key || ' ' LIKE '% ' || ? || ' %')",
        );
        equal(&filter.act, "statement.act = ?");
        equal(&filter.form, "statement.form = ?");
        equal(&filter.status, "statement.id IN (SELECT statement FROM standing WHERE kind = ?)");
        let outlet = filter.outlet.as_deref().map(key);
        equal(&outlet, "version.outlet LIKE '%' || ? || '%'");
        equal(&filter.since, "statement.day >= ?");
        equal(&filter.until, "statement.day <= ?");
        if let Some(story) = filter.story {
            conditions.push("version.story = ?".to_owned());
            values.push(story.into());
        }
        if !conditions.is_empty() {
            from += " WHERE ";
            from += &conditions.join(" AND ");
        }
        Ok(Some((from, values)))
    }
}

/// A user's words as FTS5 has them: each in quotation marks, so that none is an operator; `None` where there is none.
fn full_text(words: &str) -> Option<String> {
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
    (!all.is_empty()).then(|| all.iter().map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join(" "))
}

fn hit(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, Hit)> {
    let status: Option<String> = row.get(9)?;
    let hit = Hit {
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
    };
    Ok((row.get(21)?, hit))
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
            ("dam leak", Some("\"dam\" \"leak\"")),
            ("\"the dam\" NOT", Some("\"the dam\" \"NOT\"")),
            ("content:dam OR (", Some("\"content:dam\" \"OR\"")),
            ("“a b", Some("\"a b\"")),
            ("* - \u{1}", None),
            ("", None),
        ] {
            assert_eq!(full_text(words).as_deref(), expected, "{words}");
        }
    }

    #[test]
    fn matches_are_told_in_code_points() {
        assert_eq!(unmarked("ä \u{1}dam\u{2} b"), ("ä dam b".to_owned(), vec![(2, 5)]));
    }
}
