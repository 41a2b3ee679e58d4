//! What did each party hold on each issue, and when did that change?

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::params_from_iter;
use rusqlite::types::Value;
use schemars::JsonSchema;
use serde::Serialize;

use crate::issues::groups;
use crate::words::key;
use crate::{Archive, Error, Filter, actors};

/// Positions over time.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Positions {
    /// By party and issue, those first that changed.
    pub held: Vec<Held>,
    /// What a reader should know, in plain sentences.
    pub notes: Vec<String>,
}

/// What a party held on an issue.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Held {
    /// The party.
    pub party: String,
    /// The issue, by its longest name.
    pub issue: String,
    /// What articles call it too.
    pub also: Vec<String>,
    /// In the order of their days.
    pub steps: Vec<Step>,
}

impl Held {
    /// Whether not all steps are of one stance.
    pub fn changed(&self) -> bool {
        self.steps.windows(2).any(|pair| turns(&pair[0], &pair[1]))
    }

    fn carriers(&self) -> usize {
        self.steps.iter().map(|step| step.carriers).sum()
    }
}

/// Whether a step is another stance than the one before, on a later day: of one day both may hold.
pub(crate) fn turns(before: &Step, after: &Step) -> bool {
    let later =
        before.until.as_deref().zip(after.since.as_deref()).is_some_and(|(before, after)| after > before);
    later && before.stance != after.stance
}

/// A stance, as long as it was held.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
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

/// Articles of each of two names of an issue that are compared at most.
const LOOKED_AT: usize = 4;
/// Names and words of headlines that two articles share which are near each other.
const SHARED: i64 = 3;

/// What articles call an issue.
#[derive(Debug, Default)]
struct Called {
    name: String,
    stories: BTreeSet<i64>,
    articles: BTreeSet<i64>,
}

/// One article's word for a position.
struct Shown {
    party: String,
    issue: String,
    key: String,
    story: i64,
    origin: i64,
    step: Step,
}

impl Archive {
    /// Positions of parties on issues, with the days on which they changed; of the filter counts who, on what, when and where.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn positions(&self, filter: &Filter) -> Result<Positions, Error> {
        let told = |error| self.told(error);
        let asked = filter.party.as_ref().or(filter.by.as_ref());
        let names = self.parties(asked.map(String::as_str)).map_err(told)?;
        let mut all = self.shown(filter, asked.map(|_| names.keys())).map_err(told)?;
        for shown in &mut all {
            if let Some(name) = names.get(&shown.party) {
                shown.party.clone_from(name);
            }
        }
        self.by_whole_names(&mut all).map_err(told)?;
        if let Some(asked) = asked {
            self.only(asked, &mut all)?;
        }
        let mut by_party: BTreeMap<String, Vec<Shown>> = BTreeMap::new();
        for shown in all {
            by_party.entry(shown.party.clone()).or_default().push(shown);
        }
        let mut held: Vec<Held> = Vec::new();
        for (party, all) in by_party {
            held.extend(self.on_issues(&party, all).map_err(told)?);
        }
        if let Some(on) = filter.on.as_deref().map(sayso::matrix::issue_key) {
            let is_on =
                |name: &String| format!(" {} ", sayso::matrix::issue_key(name)).contains(&format!(" {on} "));
            held.retain(|held| std::iter::once(&held.issue).chain(&held.also).any(is_on));
        }
        // What one party held stands together, those first that changed.
        let mut weights: HashMap<String, (bool, usize)> = HashMap::new();
        for one in &held {
            let weight = weights.entry(one.party.clone()).or_default();
            *weight = (weight.0 || one.changed(), weight.1 + one.carriers());
        }
        held.sort_by_cached_key(|one| {
            let (changed, carriers) = weights[&one.party];
            (Reverse((changed, carriers)), one.party.clone(), Reverse((one.changed(), one.carriers())))
        });
        Ok(Positions { held, notes: self.mixed()? })
    }

    /// A surname that just one person has of those in its story stands for that one, whatever was asked for.
    fn by_whole_names(&self, all: &mut [Shown]) -> rusqlite::Result<()> {
        let sql = "SELECT DISTINCT party FROM position JOIN version ON version.id = version WHERE story = ?1 ORDER BY party";
        let mut of_story: HashMap<i64, Vec<String>> = HashMap::new();
        for shown in all {
            let own = key(&shown.party);
            if own.contains(' ') || !shown.party.starts_with(char::is_uppercase) {
                continue;
            }
            let parties = match of_story.entry(shown.story) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let mut parties = self.db.prepare_cached(sql)?;
                    let parties = parties.query_map([shown.story], |row| row.get(0))?;
                    place.insert(parties.collect::<Result<_, _>>()?)
                }
            };
            let mut longer = parties.iter().filter(|other| is_end(&own, &key(other)));
            // "Sudan" is no South Sudan.
            if let (Some(one), None) = (longer.next(), longer.next())
                && actors::known(&self.db, &key(one), true)?.is_some()
                && actors::known(&self.db, &own, false)?.is_none()
            {
                shown.party = self.called(one)?;
            }
        }
        Ok(())
    }

    /// Leaves those of one party: by its name, or else of all whose names have these words.
    fn only(&self, asked: &str, all: &mut Vec<Shown>) -> Result<(), Error> {
        let wanted = key(&self.called(asked).map_err(|error| self.told(error))?);
        let is_whole = |shown: &Shown| key(&shown.party) == wanted;
        let has_words = |shown: &Shown| format!(" {} ", key(&shown.party)).contains(&format!(" {wanted} "));
        if all.iter().any(is_whole) {
            all.retain(is_whole);
        } else {
            all.retain(has_words);
        }
        Ok(())
    }

    /// Names of parties as articles give them, with those by which the archive knows them: all, or those that may be the one
    /// that is asked for.
    fn parties(&self, asked: Option<&str>) -> rusqlite::Result<HashMap<String, String>> {
        let mut all = self.db.prepare_cached("SELECT DISTINCT party FROM position ORDER BY party")?;
        let all: Vec<String> = all.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let wanted = asked.map(|asked| self.called(asked).map(|name| key(&name))).transpose()?;
        let mut names = HashMap::new();
        for party in all {
            let name = self.called(&party)?;
            let (own, known) = (key(&party), key(&name));
            let may_be = |wanted: &String| {
                let has = format!(" {own} ").contains(&format!(" {wanted} "));
                has || is_end(&own, wanted) || known == *wanted
            };
            if wanted.as_ref().is_none_or(may_be) {
                names.insert(party, name);
            }
        }
        Ok(names)
    }

    /// What the archive calls somebody of a name: what people said by hand holds for parties too.
    fn called(&self, party: &str) -> rusqlite::Result<String> {
        let known = match actors::known(&self.db, &key(party), false)? {
            Some(known) => Some(known),
            None => actors::known(&self.db, &key(party), true)?,
        };
        let Some(known) = known else { return Ok(party.to_owned()) };
        self.db.prepare_cached("SELECT name FROM actor WHERE id = ?1")?.query_row([known], |row| row.get(0))
    }

    /// What articles may call a party: by the name that is asked for, and by those that the archive knows for it.
    pub(crate) fn names_of_party(&self, party: &str) -> rusqlite::Result<Vec<String>> {
        let name = self.called(party)?;
        let sql = "SELECT key FROM alias WHERE by_hand AND actor IN (SELECT actor FROM alias WHERE key = ?1)
            UNION SELECT name FROM actor WHERE into_actor IN (SELECT actor FROM alias WHERE key = ?1) ORDER BY 1";
        let mut others = self.db.prepare_cached(sql)?;
        let others = others.query_map([key(&name)], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        let mut all = vec![party.to_owned(), name];
        all.extend(others);
        all.dedup();
        Ok(all)
    }

    fn shown<'a>(
        &self,
        filter: &Filter,
        parties: Option<impl Iterator<Item = &'a String>>,
    ) -> rusqlite::Result<Vec<Shown>> {
        let mut conditions = vec!["version.superseded IS NULL".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut equal = |value: Option<String>, condition: &str| {
            if let Some(value) = value {
                conditions.push(condition.to_owned());
                values.push(value.into());
            }
        };
        let parties = parties.map(|all| serde_json::json!(all.collect::<Vec<_>>()).to_string());
        equal(parties, "party IN (SELECT value FROM json_each(?))");
        equal(filter.since.clone(), "position.day >= ?");
        equal(filter.until.clone(), "position.day <= ?");
        equal(filter.outlet.clone(), "version.outlet LIKE '%' || ? || '%'");
        if let Some(story) = filter.story {
            conditions.push("version.story = ?".to_owned());
            values.push(story.into());
        }
        let sql = format!(
            "SELECT party, issue.name, coalesce(origin, version.id), stance, position.day, detail, version.id, statements,
             outlet, title, url, first, last, by_whom, status, key, story
             FROM position JOIN issue ON issue.id = issue JOIN version ON version.id = version
             WHERE {} ORDER BY position.day IS NULL, position.day, position.id",
            conditions.join(" AND ")
        );
        let mut all = self.db.prepare_cached(&sql)?;
        all.query_map(params_from_iter(values), |row| {
            let day: Option<String> = row.get(4)?;
            Ok(Shown {
                party: row.get(0)?,
                issue: row.get(1)?,
                key: row.get(15)?,
                // Without a story each stands by itself.
                story: row.get::<_, Option<i64>>(16)?.unwrap_or(-row.get::<_, i64>(6)?),
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

    /// What one party held, by issue; `all` in the order of their days.
    fn on_issues(&self, party: &str, all: Vec<Shown>) -> rusqlite::Result<Vec<Held>> {
        let mut called: Vec<Called> = Vec::new();
        let mut of: Vec<usize> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for shown in &all {
            let at = *places.entry(shown.key.clone()).or_insert_with(|| {
                called.push(Called { name: shown.issue.clone(), ..Called::default() });
                called.len() - 1
            });
            called[at].stories.insert(shown.story);
            called[at].articles.insert(shown.step.article);
            of.push(at);
        }
        let mut keys: Vec<(&str, usize)> = places.iter().map(|(key, at)| (key.as_str(), *at)).collect();
        keys.sort_by_key(|(_, at)| *at);
        let keys: Vec<&str> = keys.into_iter().map(|(key, _)| key).collect();
        let group = groups(&keys, |a, b| self.are_near(&called[a], &called[b]))?;
        let mut held: BTreeMap<usize, (Held, Vec<BTreeSet<i64>>)> = BTreeMap::new();
        for (shown, at) in all.into_iter().zip(of) {
            let (held, origins) = held.entry(group[at]).or_insert_with(|| {
                let names =
                    (0..called.len()).filter(|&i| group[i] == group[at]).map(|i| called[i].name.clone());
                (Held::new(party, names.collect()), Vec::new())
            });
            held.take(shown, origins);
        }
        Ok(held.into_values().map(|(held, _)| held).collect())
    }

    /// Articles of one story, or of two that share as many names and words of headlines.
    fn are_near(&self, a: &Called, b: &Called) -> rusqlite::Result<bool> {
        if !a.stories.is_disjoint(&b.stories) {
            return Ok(true);
        }
        let sql = "SELECT count(*) FROM mark one JOIN mark other ON other.word = one.word WHERE one.version = ?1 AND other.version = ?2";
        let mut shared = self.db.prepare_cached(sql)?;
        for a in a.articles.iter().take(LOOKED_AT) {
            for b in b.articles.iter().take(LOOKED_AT) {
                let n: i64 = shared.query_row([a, b], |row| row.get(0))?;
                if n >= SHARED {
                    return Ok(true);
                }
            }
        }
        Ok(false)
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

/// True where a name is the end of another: "Brell" of "Ana Brell".
fn is_end(short: &str, long: &str) -> bool {
    long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '))
}

impl Held {
    /// Nothing yet, on an issue of these names: the longest, of several as long the first, is what it is called.
    fn new(party: &str, mut names: Vec<String>) -> Self {
        let words = |name: &String| name.split(' ').count();
        let longest = names.iter().map(words).max().unwrap_or_default();
        let longest = names.iter().position(|name| words(name) == longest).unwrap_or_default();
        let issue = names.remove(longest);
        Self { party: party.to_owned(), issue, also: names, steps: Vec::new() }
    }

    /// Goes on with the last step, or begins another; `origins` has the articles that tell each.
    fn take(&mut self, shown: Shown, origins: &mut Vec<BTreeSet<i64>>) {
        match self.steps.iter_mut().zip(origins.iter_mut()).last() {
            Some((last, seen)) if last.stance == shown.step.stance && last.by == shown.step.by => {
                last.until = shown.step.since.or_else(|| last.until.take());
                for status in shown.step.status.split(", ").filter(|status| !status.is_empty()) {
                    if !last.status.split(", ").any(|known| known == status) {
                        last.status += if last.status.is_empty() { "" } else { ", " };
                        last.status += status;
                    }
                }
                last.carriers += usize::from(seen.insert(shown.origin));
            }
            _ => {
                self.steps.push(shown.step);
                origins.push(BTreeSet::from([shown.origin]));
            }
        }
    }
}
