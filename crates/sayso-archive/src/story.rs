//! What happened in a story, who said what, and who carried it first?

use std::collections::BTreeMap;

use rusqlite::params;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Archive, Error, FigureTold, Filter};

/// Statements of a story that are told at most, those with the most carriers.
const TOLD: usize = 40;

/// Carriers of one statement that are named.
const SHOWN: usize = 200;

/// A story in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StoryLine {
    /// Its number.
    pub id: i64,
    /// The headline of its first article.
    pub title: String,
    /// Articles, reprints too.
    pub articles: u64,
    /// Of these, told by different hands.
    pub origins: u64,
    /// The first and the last day.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
}

/// A story.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Story {
    /// What it is in a list.
    pub line: StoryLine,
    /// Its articles by day.
    pub articles: Vec<Dated>,
    /// What was said: those with most carriers, in the order of their days.
    pub said: Vec<Said>,
    /// How many statements more there are.
    pub untold: usize,
    /// Of all, what is denied, disputed or unverified.
    pub disputed: Vec<Said>,
    /// Figures of different articles that measure one thing and differ, in the order of the days.
    pub figures: Vec<Vec<FigureTold>>,
}

/// An article of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Dated {
    /// Its number.
    pub article: i64,
    /// The day.
    pub day: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// The news agency that it credits.
    pub wire: Option<String>,
    /// Number of the article that it is a reprint of.
    pub reprint_of: Option<i64>,
}

/// A statement with all that carry it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Said {
    /// Number of the group.
    pub same: i64,
    /// Who says it.
    pub speaker: Option<String>,
    /// In the first carrier's words.
    pub source: Option<String>,
    /// What announces it.
    pub cue: Option<String>,
    /// What is said.
    pub content: String,
    /// How it stands, in the words of any carrier: kind, by whom, words.
    pub status: Vec<(String, Option<String>, String)>,
    /// The earliest first; reprints after their origin.
    pub carriers: Vec<Carrier>,
    /// How many of them aren't reprints.
    pub origins: usize,
}

/// An article that carries a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Carrier {
    /// Number of the article, and of the statement in it.
    pub article: i64,
    /// As `a3`.
    pub number: String,
    /// The day.
    pub day: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Whether it repeats an earlier article.
    pub is_reprint: bool,
    /// What is said there, where that differs from the first carrier's words.
    pub content: Option<String>,
}

impl Archive {
    /// Stories, those first that were written of last; with words, those in whose headlines they stand.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn stories(&self, words: Option<&str>, limit: usize) -> Result<Vec<StoryLine>, Error> {
        let sql = "SELECT story.id, story.title, count(*), count(*) FILTER (WHERE origin IS NULL), min(day), max(day)
            FROM story JOIN version ON version.story = story.id AND superseded IS NULL
            WHERE ?1 IS NULL OR story.id IN (SELECT story FROM version WHERE instr(lower(title), lower(?1)) > 0)
            GROUP BY story.id ORDER BY max(day) DESC, story.id LIMIT ?2";
        let all = || {
            let mut all = self.db.prepare_cached(sql)?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            all.query_map(params![words, limit], line)?.collect::<Result<Vec<_>, _>>()
        };
        all().map_err(|error| self.told(error))
    }

    /// Stories with articles of a range of days, begun in it or before; those with the most origins.
    pub(crate) fn stories_of(
        &self,
        (since, until): (&str, &str),
        are_new: bool,
        limit: usize,
    ) -> Result<Vec<StoryLine>, Error> {
        let sql = "SELECT story.id, story.title, count(*), count(*) FILTER (WHERE origin IS NULL), min(day), max(day)
            FROM story JOIN version ON version.story = story.id AND superseded IS NULL
            GROUP BY story.id HAVING (min(day) >= ?1) = ?4 AND count(*) FILTER (WHERE day BETWEEN ?1 AND ?2) > 0
            ORDER BY 4 DESC, story.id LIMIT ?3";
        let all = || {
            let mut all = self.db.prepare_cached(sql)?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            all.query_map(params![since, until, limit, are_new], line)?.collect::<Result<Vec<_>, _>>()
        };
        all().map_err(|error| self.told(error))
    }

    /// A story by its number.
    ///
    /// # Errors
    /// When there is none of that number, or the file can't be read.
    pub fn story(&self, id: i64) -> Result<Story, Error> {
        let told = |error| self.told(error);
        let sql = "SELECT story.id, story.title, count(version.id), count(version.id) FILTER (WHERE origin IS NULL),
            min(day), max(day) FROM story LEFT JOIN version ON version.story = story.id AND superseded IS NULL WHERE story.id = ?1 GROUP BY story.id";
        let line = match self.db.query_row(sql, [id], line) {
            Ok(line) => line,
            Err(rusqlite::Error::QueryReturnedNoRows) => {
                return Err(Error::NotOne(format!("there is no story {id}: `sayso story` lists them")));
            }
            Err(error) => return Err(told(error)),
        };
        let articles = self.dated(id).map_err(told)?;
        let of = Filter { story: Some(id), ..Filter::default() };
        let mut said = self.said(&of, TOP, TOLD)?;
        let disputed = self.said(&of, CONTESTED, TOLD)?;
        said.sort_by(|a, b| (&a.carriers[0].day, a.same).cmp(&(&b.carriers[0].day, b.same)));
        let untold = self.groups_of(&of, TOP)?.saturating_sub(said.len());
        let figures = self.differing(&articles)?;
        Ok(Story { line, articles, said, untold, disputed, figures })
    }

    fn groups_of(&self, filter: &Filter, and: &str) -> Result<usize, Error> {
        let Some((from, values)) = self.asked(filter)? else { return Ok(0) };
        let sql = format!("SELECT count(DISTINCT statement.same) {from} AND {and}");
        let n = self.db.query_row(&sql, rusqlite::params_from_iter(values), |row| row.get(0));
        n.map_err(|error| self.told(error))
    }

    fn dated(&self, story: i64) -> rusqlite::Result<Vec<Dated>> {
        let sql = "SELECT id, day, outlet, title, url, wire, origin FROM version WHERE story = ?1 AND superseded IS NULL
            ORDER BY day IS NULL, day, published, id";
        let mut all = self.db.prepare_cached(sql)?;
        all.query_map([story], dated)?.collect()
    }

    /// Groups of the same statement of which one matches a filter and another condition, each with its carriers; those with
    /// the most origins, at most so many; of equal ones first the surest of somebody known in each article, so that none is left
    /// out for its number.
    pub(crate) fn said(&self, filter: &Filter, and: &str, most: usize) -> Result<Vec<Said>, Error> {
        let told = |error| self.told(error);
        let Some((from, values)) = self.asked(filter)? else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT s.same, s.id, v.id, s.number, s.day, v.outlet, v.origin, (SELECT name FROM actor WHERE id = s.actor),
             s.source, s.cue, s.content
             FROM statement s JOIN version v ON v.id = s.version
             WHERE v.superseded IS NULL AND s.same IN (
               SELECT same FROM (
                 SELECT statement.same AS same, coalesce(version.origin, version.id) AS origin, row_number() OVER (
                   PARTITION BY statement.version ORDER BY statement.actor IS NULL, statement.confidence DESC, statement.id) AS rank
                 {from} AND {and})
               GROUP BY same ORDER BY count(DISTINCT origin) DESC, min(rank), same LIMIT {most})
             ORDER BY s.same, s.day IS NULL, s.day, v.origin IS NOT NULL, v.published, s.id"
        );
        let mut all = self.db.prepare_cached(&sql).map_err(told)?;
        let mut rows = all.query(rusqlite::params_from_iter(values)).map_err(told)?;
        let mut groups: BTreeMap<i64, Said> = BTreeMap::new();
        while let Some(row) = rows.next().map_err(told)? {
            self.carried(row, &mut groups).map_err(told)?;
        }
        Ok(groups.into_values().collect())
    }

    fn carried(&self, row: &rusqlite::Row<'_>, groups: &mut BTreeMap<i64, Said>) -> rusqlite::Result<()> {
        let (same, id): (i64, i64) = (row.get(0)?, row.get(1)?);
        let content: String = row.get(10)?;
        let is_reprint = row.get::<_, Option<i64>>(6)?.is_some();
        let mut carrier = Carrier {
            article: row.get(2)?,
            number: row.get(3)?,
            day: row.get(4)?,
            outlet: row.get(5)?,
            is_reprint,
            content: None,
        };
        let mut standings =
            self.db.prepare_cached("SELECT kind, by_whom, words FROM standing WHERE statement = ?1")?;
        let status: Vec<(String, Option<String>, String)> = standings
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        let Some(said) = groups.get_mut(&same) else {
            groups.insert(
                same,
                Said {
                    same,
                    speaker: row.get(7)?,
                    source: row.get(8)?,
                    cue: row.get(9)?,
                    content,
                    status,
                    carriers: vec![carrier],
                    origins: usize::from(!is_reprint),
                },
            );
            return Ok(());
        };
        carrier.content = (content != said.content).then_some(content);
        for one in status {
            if !said.status.iter().any(|known| known.0 == one.0 && known.2 == one.2) {
                said.status.push(one);
            }
        }
        // One article may say it twice; of very many carriers the first are named.
        if said.carriers.len() < SHOWN && !said.carriers.iter().any(|known| known.article == carrier.article)
        {
            said.origins += usize::from(!is_reprint);
            said.carriers.push(carrier);
        }
        Ok(())
    }
}

/// That a statement stands in no other.
const TOP: &str = "statement.parent IS NULL";

/// That how a statement stands is open, as any of its carriers has it.
const CONTESTED: &str = "statement.same IN (SELECT o.same FROM statement o JOIN standing ON standing.statement = o.id WHERE kind IN
    ('denied', 'disputed', 'unverified', 'undetermined', 'pending', 'retracted'))";

/// A row of number, day, outlet, title, address, agency and origin.
pub(crate) fn dated(row: &rusqlite::Row<'_>) -> rusqlite::Result<Dated> {
    Ok(Dated {
        article: row.get(0)?,
        day: row.get(1)?,
        outlet: row.get(2)?,
        title: row.get(3)?,
        url: row.get(4)?,
        wire: row.get(5)?,
        reprint_of: row.get(6)?,
    })
}

fn line(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoryLine> {
    Ok(StoryLine {
        id: row.get(0)?,
        title: row.get(1)?,
        articles: row.get(2)?,
        origins: row.get(3)?,
        first: row.get(4)?,
        last: row.get(5)?,
    })
}
