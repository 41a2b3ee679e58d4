//! What is new since a day?

use rusqlite::params;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Archive, Error, Filter, Held, Said, StoryLine};

/// Stories and statements that a digest tells at most, of each kind.
const MOST: usize = 30;
/// The last day that a filter can name.
const LAST: &str = "9999-12-31";

/// What is new.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Changes {
    /// The day from which on.
    pub since: String,
    /// The last day, where one was asked for.
    pub until: Option<String>,
    /// Articles of these days.
    pub articles: u64,
    /// Stories whose first article is of these.
    pub new_stories: Vec<StoryLine>,
    /// Stories that were there before and went on.
    pub went_on: Vec<StoryLine>,
    /// Articles that were there and say something else now.
    pub rewritten: Vec<Rewritten>,
    /// Positions that differ from the last before.
    pub turned: Vec<Turned>,
    /// Statements that are denied now.
    pub newly_denied: Vec<Said>,
    /// Statements that are confirmed now.
    pub newly_confirmed: Vec<Said>,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// An article that says something else now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rewritten {
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// How many versions there are.
    pub versions: u64,
}

/// A position that changed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Turned {
    /// The party.
    pub party: String,
    /// The issue.
    pub issue: String,
    /// From what to what.
    pub from: crate::Step,
    /// The new one.
    pub to: crate::Step,
}

impl Archive {
    /// What is new in articles of a day and later ones, up to another where one is given, beside what was there before.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn changes(&self, since: &str, until: Option<&str>) -> Result<Changes, Error> {
        let told = |error| self.told(error);
        let days = (since, until.unwrap_or(LAST));
        let count = "SELECT count(*) FROM version WHERE day BETWEEN ?1 AND ?2 AND superseded IS NULL";
        let articles = self.db.query_row(count, [days.0, days.1], |row| row.get(0)).map_err(told)?;
        let upto = Filter { until: until.map(str::to_owned), ..Filter::default() };
        let held = self.held(&upto)?;
        let turned = held.iter().flat_map(|held| turns(held, since)).collect();
        Ok(Changes {
            since: since.to_owned(),
            until: until.map(str::to_owned),
            articles,
            new_stories: self.stories_of(days, true, MOST)?,
            went_on: self.stories_of(days, false, MOST)?,
            rewritten: self.rewritten(days).map_err(told)?,
            turned,
            newly_denied: self.newly("denied", days)?,
            newly_confirmed: self.newly("confirmed", days)?,
            notes: self.mixed()?,
        })
    }

    fn rewritten(&self, (since, until): (&str, &str)) -> rusqlite::Result<Vec<Rewritten>> {
        let sql = "SELECT version.title, version.outlet, version.url, n FROM version JOIN
            (SELECT article AS of, count(*) AS n, max(coalesce(day, substr(added, 1, 10))) AS last FROM version
             GROUP BY article HAVING n > 1 AND last BETWEEN ?1 AND ?3) ON of = version.article
            WHERE superseded IS NULL ORDER BY version.id DESC LIMIT ?2";
        let mut all = self.db.prepare_cached(sql)?;
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        all.query_map(params![since, most, until], |row| {
            Ok(Rewritten { title: row.get(0)?, outlet: row.get(1)?, url: row.get(2)?, versions: row.get(3)? })
        })?
        .collect()
    }

    /// Groups that have a standing since a day, and had it not before.
    fn newly(&self, kind: &str, (since, until): (&str, &str)) -> Result<Vec<Said>, Error> {
        let filter = Filter {
            status: Some(kind.to_owned()),
            since: Some(since.to_owned()),
            until: Some(until.to_owned()),
            ..Filter::default()
        };
        // A kind is a name of our own list, and of a day nothing but digits and dashes counts.
        let before = format!(
            "statement.same NOT IN (SELECT earlier.same FROM standing JOIN statement earlier
             ON earlier.id = standing.statement WHERE standing.kind = '{kind}' AND earlier.day < '{}')",
            since.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect::<String>()
        );
        self.said(&filter, &before, MOST)
    }
}

/// The steps of a position since a day that differ from the one before.
fn turns<'a>(held: &'a Held, since: &'a str) -> impl Iterator<Item = Turned> + 'a {
    let is_new = move |pair: &&[crate::Step]| {
        pair[1].since.as_deref().is_some_and(|day| day >= since)
            && crate::positions::turns(&pair[0], &pair[1])
    };
    held.steps.windows(2).filter(is_new).map(|pair| Turned {
        party: held.party.clone(),
        issue: held.issue.clone(),
        from: pair[0].clone(),
        to: pair[1].clone(),
    })
}
