//! What did each party hold on each issue, and when did that change?

use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;

use crate::{Archive, Error, Filter};

/// Positions over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Positions {
    /// By party and issue, those first that changed.
    pub held: Vec<Held>,
    /// What a reader should know, in plain sentences.
    pub notes: Vec<String>,
}

/// What a party held on an issue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Held {
    /// The party.
    pub party: String,
    /// The issue.
    pub issue: String,
    /// In the order of their days.
    pub steps: Vec<Step>,
}

impl Held {
    /// Whether not all steps are of one stance.
    pub fn changed(&self) -> bool {
        self.steps.windows(2).any(|pair| turns(&pair[0], &pair[1]))
    }
}

/// Whether a step is another stance than the one before, on a later day: of one day both may hold.
pub(crate) fn turns(before: &Step, after: &Step) -> bool {
    let later =
        before.until.as_deref().zip(after.since.as_deref()).is_some_and(|(before, after)| after > before);
    later && before.stance != after.stance
}

/// A stance, as long as it was held.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// As `accepts-in-part`.
    pub stance: String,
    /// The first day that shows it; `None` where no article is dated.
    pub since: Option<String>,
    /// The last day that shows it.
    pub until: Option<String>,
    /// In the words of the first article that shows it.
    pub detail: String,
    /// Who says that the party holds it, where that is somebody else.
    pub by: Option<String>,
    /// How that stands, as `denied`; empty where nobody says.
    pub status: String,
    /// How many articles show it, reprints of one counted once.
    pub carriers: usize,
    /// Number of the first article, and of the statements there.
    pub article: i64,
    /// As `a3 a4`.
    pub statements: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// Place in the article's text, in code points.
    pub start: i64,
    /// One past the last.
    pub end: i64,
}

/// One article's word for a position.
struct Shown {
    party: String,
    issue: String,
    origin: i64,
    step: Step,
}

impl Archive {
    /// Positions of parties on issues, with the days on which they changed; of the filter counts who, on what, when and where.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn positions(&self, filter: &Filter) -> Result<Positions, Error> {
        let all = self.shown(filter).map_err(|error| self.told(error))?;
        let mut held: Vec<Held> = Vec::new();
        let mut origins: Vec<Vec<i64>> = Vec::new();
        // Rows come by party, issue and day.
        for shown in all {
            let same = |held: &Held| held.party == shown.party && held.issue == shown.issue;
            if !held.last().is_some_and(same) {
                held.push(Held { party: shown.party, issue: shown.issue, steps: Vec::new() });
                origins.clear();
            }
            let Some(of) = held.last_mut() else { continue };
            match of.steps.iter_mut().zip(&mut origins).last() {
                Some((last, seen)) if last.stance == shown.step.stance && last.by == shown.step.by => {
                    last.until = shown.step.since.or_else(|| last.until.take());
                    for status in shown.step.status.split(", ").filter(|status| !status.is_empty()) {
                        if !last.status.split(", ").any(|known| known == status) {
                            last.status += if last.status.is_empty() { "" } else { ", " };
                            last.status += status;
                        }
                    }
                    if !seen.contains(&shown.origin) {
                        seen.push(shown.origin);
                        last.carriers += 1;
                    }
                }
                _ => {
                    of.steps.push(shown.step);
                    origins.push(vec![shown.origin]);
                }
            }
        }
        held.sort_by_key(|held| {
            std::cmp::Reverse((held.changed(), held.steps.iter().map(|s| s.carriers).sum::<usize>()))
        });
        Ok(Positions { held, notes: self.mixed()? })
    }

    fn shown(&self, filter: &Filter) -> rusqlite::Result<Vec<Shown>> {
        let mut conditions = vec!["version.superseded IS NULL".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut equal = |value: Option<&String>, condition: &str| {
            if let Some(value) = value {
                conditions.push(condition.to_owned());
                values.push(value.clone().into());
            }
        };
        equal(filter.party.as_ref().or(filter.by.as_ref()), "party = ? COLLATE NOCASE");
        let on = filter.on.as_deref().map(sayso::matrix::issue_key);
        equal(on.as_ref(), "' ' || key || ' ' LIKE '% ' || ? || ' %'");
        equal(filter.since.as_ref(), "position.day >= ?");
        equal(filter.until.as_ref(), "position.day <= ?");
        equal(filter.outlet.as_ref(), "version.outlet LIKE '%' || ? || '%'");
        if let Some(story) = filter.story {
            conditions.push("version.story = ?".to_owned());
            values.push(story.into());
        }
        let sql = format!(
            "SELECT party, issue.name, coalesce(origin, version.id), stance, position.day, detail, version.id, statements,
             outlet, title, url, first, last, by_whom, status
             FROM position JOIN issue ON issue.id = issue JOIN version ON version.id = version
             WHERE {} ORDER BY party, issue.id, position.day IS NULL, position.day, position.id",
            conditions.join(" AND ")
        );
        let mut all = self.db.prepare_cached(&sql)?;
        all.query_map(params_from_iter(values), |row| {
            let day: Option<String> = row.get(4)?;
            Ok(Shown {
                party: row.get(0)?,
                issue: row.get(1)?,
                origin: row.get(2)?,
                step: Step {
                    stance: row.get(3)?,
                    since: day.clone(),
                    until: day,
                    detail: row.get(5)?,
                    carriers: 1,
                    article: row.get(6)?,
                    statements: row.get(7)?,
                    outlet: row.get(8)?,
                    title: row.get(9)?,
                    url: row.get(10)?,
                    start: row.get(11)?,
                    end: row.get(12)?,
                    by: row.get(13)?,
                    status: row.get(14)?,
                },
            })
        })?
        .collect()
    }

    /// A note where records are of several models, whose positions can't be compared.
    pub(crate) fn mixed(&self) -> Result<Vec<String>, Error> {
        let sql = "SELECT count(DISTINCT producer) FROM version";
        let n: i64 = self.db.query_row(sql, [], |row| row.get(0)).map_err(|error| self.told(error))?;
        Ok(if n > 1 {
            vec![format!(
                "The articles were read by {n} versions of the program or its model; what differs may be theirs. `sayso \
                 reread` reads all with this one."
            )]
        } else {
            Vec::new()
        })
    }
}
