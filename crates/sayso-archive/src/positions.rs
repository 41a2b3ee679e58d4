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
    /// Whether not all steps are of one side.
    pub fn changed(&self) -> bool {
        self.steps.windows(2).any(|pair| turns(&pair[0], &pair[1]))
    }

    fn carriers(&self) -> usize {
        self.steps.iter().map(|step| step.carriers).sum()
    }
}

/// Whether a step is on another side than the one before, on a later day: of one day both may hold.
pub(crate) fn turns(before: &Step, after: &Step) -> bool {
    let later =
        before.until.as_deref().zip(after.since.as_deref()).is_some_and(|(before, after)| after > before);
    later && !is_one_side(&before.stance, &after.stance)
}

/// Two words for one side: who "opposed" a plan in June and "rejected" it in July hasn't turned.
fn is_one_side(a: &str, b: &str) -> bool {
    const SIDES: [[&str; 2]; 2] = [["accepts", "supports"], ["opposes", "rejects"]];
    a == b || SIDES.iter().any(|side| side.contains(&a) && side.contains(&b))
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

/// Parties that are named where nothing was found.
const NAMED: usize = 12;

/// What articles call an issue.
#[derive(Debug, Default)]
struct Called {
    name: String,
    stories: BTreeSet<i64>,
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
        let (held, mut notes) = (self.held(filter)?, self.mixed()?);
        if held.is_empty() {
            notes.extend(self.known_parties().map_err(|error| self.told(error))?);
        }
        Ok(Positions { held, notes })
    }

    /// Positions without what a reader should know of the archive.
    pub(crate) fn held(&self, filter: &Filter) -> Result<Vec<Held>, Error> {
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
            held.extend(Self::on_issues(&party, all));
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
        Ok(held)
    }

    /// Who could be asked for, where nothing was found.
    fn known_parties(&self) -> rusqlite::Result<Option<String>> {
        let mut all = self
            .db
            .prepare_cached("SELECT party FROM position GROUP BY party ORDER BY count(*) DESC, party")?;
        let all: Vec<String> = all.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let named: Vec<&str> = all.iter().take(NAMED).map(String::as_str).collect();
        let more = all.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        Ok((!all.is_empty()).then(|| format!("The archive knows positions of: {}{more}.", named.join(", "))))
    }

    /// A surname that just one person has of those in its story stands for that one, whatever was asked for.
    fn by_whole_names(&self, all: &mut [Shown]) -> rusqlite::Result<()> {
        // Most stories say the same of the same names again and again.
        let mut known: HashMap<(i64, String), Option<String>> = HashMap::new();
        let mut of_story: HashMap<i64, Vec<(String, String)>> = HashMap::new();
        for shown in all {
            if shown.party.contains(' ') || !shown.party.starts_with(char::is_uppercase) {
                continue;
            }
            let whole = match known.entry((shown.story, shown.party.clone())) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let parties = match of_story.entry(shown.story) {
                        Entry::Occupied(known) => known.into_mut(),
                        Entry::Vacant(place) => place.insert(self.parties_of(shown.story)?),
                    };
                    place.insert(self.whole_name(&key(&shown.party), parties)?)
                }
            };
            if let Some(whole) = whole {
                shown.party.clone_from(whole);
            }
        }
        Ok(())
    }

    /// Parties of a story, as they are looked up and as its articles call them.
    fn parties_of(&self, story: i64) -> rusqlite::Result<Vec<(String, String)>> {
        let sql = "SELECT DISTINCT party FROM position JOIN version ON version.id = version WHERE story = ?1 ORDER BY party";
        let mut parties = self.db.prepare_cached(sql)?;
        let parties = parties.query_map([story], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        Ok(parties.into_iter().map(|party| (key(&party), party)).collect())
    }

    /// The one of these names that a surname ends, if it is a person's; "Sudan" is no South Sudan.
    fn whole_name(&self, own: &str, parties: &[(String, String)]) -> rusqlite::Result<Option<String>> {
        let mut longer = parties.iter().filter(|(known, _)| is_end(own, known));
        let (Some((known, party)), None) = (longer.next(), longer.next()) else { return Ok(None) };
        let is_person =
            actors::known(&self.db, known, true)?.is_some() && actors::known(&self.db, own, false)?.is_none();
        if is_person { self.called(party).map(Some) } else { Ok(None) }
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

    /// What articles may call a party: by the name that is asked for, and by those that the archive knows for it; where nobody
    /// speaks for a party of these names, all parties whose names have its words.
    pub(crate) fn names_of_party(&self, asked: &str) -> rusqlite::Result<Vec<String>> {
        let name = self.called(asked)?;
        let sql = "SELECT key FROM alias WHERE by_hand AND actor IN (SELECT actor FROM alias WHERE key = ?1)
            UNION SELECT name FROM actor WHERE into_actor IN (SELECT actor FROM alias WHERE key = ?1) ORDER BY 1";
        let mut others = self.db.prepare_cached(sql)?;
        let others = others.query_map([key(&name)], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        let mut all = vec![asked.to_owned(), name];
        all.extend(others);
        all.dedup();
        let mut is_there = self.db.prepare_cached("SELECT 1 FROM speaks_for WHERE party = ?1 LIMIT 1")?;
        for name in &all {
            if is_there.exists([name])? {
                return Ok(all);
            }
        }
        // From one name to the next: a look at each row would take as long as there are statements.
        let sql = "WITH RECURSIVE next (party) AS (SELECT min(party) FROM speaks_for
            UNION ALL SELECT (SELECT min(party) FROM speaks_for WHERE party > next.party) FROM next WHERE next.party IS NOT NULL)
            SELECT party FROM next WHERE party IS NOT NULL ORDER BY party";
        let mut parties = self.db.prepare_cached(sql)?;
        let parties = parties.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        let names: Vec<String> = all.iter().map(|name| key(name)).collect();
        let whole = |party: &&String| names.contains(&key(party));
        let words = |party: &&String| format!(" {} ", key(party)).contains(&format!(" {} ", key(asked)));
        let found: Vec<&String> = match parties.iter().any(|party| whole(&party)) {
            true => parties.iter().filter(whole).collect(),
            false => parties.iter().filter(words).collect(),
        };
        all.extend(found.into_iter().cloned());
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
        equal(filter.outlet.clone(), "instr(lower(version.outlet), lower(?)) > 0");
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
    fn on_issues(party: &str, all: Vec<Shown>) -> Vec<Held> {
        let mut called: Vec<Called> = Vec::new();
        let mut of: Vec<usize> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for shown in &all {
            let at = *places.entry(shown.key.clone()).or_insert_with(|| {
                called.push(Called { name: shown.issue.clone(), ..Called::default() });
                called.len() - 1
            });
            called[at].stories.insert(shown.story);
            of.push(at);
        }
        let mut keys: Vec<(&str, usize)> = places.iter().map(|(key, at)| (key.as_str(), *at)).collect();
        keys.sort_by_key(|(_, at)| *at);
        let keys: Vec<&str> = keys.into_iter().map(|(key, _)| key).collect();
        let group = groups(&keys, |a, b| !called[a].stories.is_disjoint(&called[b].stories));
        let mut held: BTreeMap<usize, (Held, Vec<BTreeSet<i64>>)> = BTreeMap::new();
        for (shown, at) in all.into_iter().zip(of) {
            let (held, origins) = held.entry(group[at]).or_insert_with(|| {
                let names =
                    (0..called.len()).filter(|&i| group[i] == group[at]).map(|i| called[i].name.clone());
                (Held::new(party, names.collect()), Vec::new())
            });
            held.take(shown, origins);
        }
        held.into_values().map(|(held, _)| held).collect()
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
