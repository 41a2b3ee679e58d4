//! What does each party hold on each issue, over one article or several?
//!
//! The same issue in several articles is one, by the words of its name; parties are the same
//! by their names. Figures that measure one thing and differ stand side by side.

mod differing;

pub use differing::differing;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::agenda::stem;
use crate::record::{Approx, Record, Stance};

/// The schema of a [`Matrix`] in JSON.
pub const SCHEMA: &str = "sayso.matrix/1";

/// Parties and issues, with what each party holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Matrix {
    /// Always `sayso.matrix/1`.
    pub schema: String,
    /// In the order given.
    pub articles: Vec<Named>,
    /// In the order of their first position.
    pub parties: Vec<String>,
    /// In the order of their first position.
    pub issues: Vec<String>,
    /// By party, then issue.
    pub cells: Vec<Cell>,
    /// Figures of different articles that measure one thing and differ.
    pub differing: Vec<Differing>,
}

/// An article of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Named {
    /// What was named to be read.
    pub article: String,
    /// Who published it, as it states.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
}

/// What a party holds on an issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// One of the matrix's parties.
    pub party: String,
    /// One of its issues.
    pub issue: String,
    /// What it holds.
    pub stance: Stance,
    /// In the words of the first article that shows it.
    pub detail: String,
    /// Where it is shown, in the order of the articles.
    pub evidence: Vec<Place>,
}

/// A place in an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// What was named to be read.
    pub article: String,
    /// First code point of the article's text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words there.
    pub detail: String,
    /// The attributions' ids there.
    pub attributions: Vec<String>,
}

/// Figures for one thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Differing {
    /// One from each of at least two articles, in the order of these.
    pub figures: Vec<Told>,
}

/// A figure as one article tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// What was named to be read.
    pub article: String,
    /// Its words.
    pub text: String,
    /// The number; the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// As in the record.
    pub unit: String,
    /// How exact it is said to be.
    pub approx: Approx,
    /// Who gives it, by name or by the words of the source; null for the outlet.
    pub by: Option<String>,
    /// First code point of the article's text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// The matrix of some articles, each with the name it was read by.
///
/// ```
/// use sayso::{Article, Engine, matrix};
/// let engine = Engine::embedded()?;
/// let record = engine.read(&Article::from_text("Germany rejected the ceasefire. France demanded the ceasefire."));
/// let matrix = matrix::matrix(&[("story.txt", &record)]);
/// assert_eq!(matrix.parties, ["Germany", "France"]);
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn matrix(records: &[(&str, &Record)]) -> Matrix {
    let named = |(article, record): &(&str, &Record)| Named {
        article: (*article).to_owned(),
        outlet: record.article.outlet.clone(),
        title: record.article.title.clone(),
    };
    let mut all = Matrix {
        schema: SCHEMA.to_owned(),
        articles: records.iter().map(named).collect(),
        ..Matrix::default()
    };
    let names = Names::of_all(records);
    for (article, record) in records {
        for position in &record.positions {
            let Some(issue) = record.issues.iter().find(|issue| issue.id == position.issue) else { continue };
            let issue = names.of(&issue.name);
            if !all.issues.contains(&issue) {
                all.issues.push(issue.clone());
            }
            for party in &position.parties {
                let place = Place {
                    article: (*article).to_owned(),
                    start: position.start,
                    end: position.end,
                    detail: position.detail.clone(),
                    attributions: position.attributions.clone(),
                };
                all.add(party, &issue, position.stance, place);
            }
        }
    }
    let order = |names: &[String], name: &str| names.iter().position(|known| known == name);
    let (parties, issues) = (all.parties.clone(), all.issues.clone());
    all.cells.sort_by_key(|cell| (order(&parties, &cell.party), order(&issues, &cell.issue)));
    all.differing = differing(records);
    all
}

/// What issues are called in a matrix: by the first of equal names, whatever the order of the articles. A name that
/// is the end of exactly one other ("deal" of "trade deal") is that one.
struct Names(Vec<(Vec<String>, String)>);

impl Names {
    fn of_all(records: &[(&str, &Record)]) -> Self {
        let mut names: Vec<(Vec<String>, String)> = Vec::new();
        for issue in records.iter().flat_map(|(_, record)| &record.issues) {
            let own = stems(&issue.name);
            if names.iter().all(|(known, _)| *known != own) {
                names.push((own, issue.name.clone()));
            }
        }
        Self(names)
    }

    fn of(&self, name: &str) -> String {
        let own = stems(name);
        let mut longer = self.0.iter().filter(|(known, _)| known.len() > own.len() && known.ends_with(&own));
        let only = longer.next().filter(|_| longer.next().is_none() && !own.is_empty());
        let same = || self.0.iter().find(|(known, _)| *known == own);
        only.or_else(same).map_or_else(|| name.to_owned(), |(_, name)| name.clone())
    }
}

impl Matrix {
    fn add(&mut self, party: &str, issue: &str, stance: Stance, place: Place) {
        if !self.parties.iter().any(|known| known == party) {
            self.parties.push(party.to_owned());
        }
        let same = |cell: &&mut Cell| cell.party == party && cell.issue == issue && cell.stance == stance;
        if let Some(cell) = self.cells.iter_mut().find(same) {
            cell.evidence.push(place);
            return;
        }
        self.cells.push(Cell {
            party: party.to_owned(),
            issue: issue.to_owned(),
            stance,
            detail: place.detail.clone(),
            evidence: vec![place],
        });
    }
}

/// What an issue's name is compared by, in one article and in many: its words in the singular, in lower case.
pub fn issue_key(name: &str) -> String {
    stems(name).join(" ")
}

/// Words without plural endings, in lower case.
fn stems(words: &str) -> Vec<String> {
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words.map(stem).collect()
}
