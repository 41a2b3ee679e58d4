//! What does each party hold on each issue, over one article or several?
//!
//! The same issue in several articles is one, by the words of its name; parties are the same
//! by their names. Figures that measure one thing and differ stand side by side.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::agenda::stem;
use crate::record::{Approx, Figure, Record, Stance};

/// Parties and issues, with what each party holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Matrix {
    /// In the order of their first position.
    pub parties: Vec<String>,
    /// In the order of their first mention.
    pub issues: Vec<String>,
    /// By party, then issue.
    pub cells: Vec<Cell>,
    /// Figures of different articles that measure one thing and differ.
    pub differing: Vec<Differing>,
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
    /// The attributions' ids there.
    pub attributions: Vec<String>,
}

/// Figures for one thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Differing {
    /// The unit that they share.
    pub unit: String,
    /// One or more from each of at least two articles.
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
    /// How exact it is said to be.
    pub approx: Approx,
    /// Who gives it, by the words of the source; null for the outlet.
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
    let mut all = Matrix::default();
    for (article, record) in records {
        for position in &record.positions {
            let Some(issue) = record.issues.iter().find(|issue| issue.id == position.issue) else { continue };
            let issue = all.issue(&issue.name);
            for party in &position.parties {
                let place = Place {
                    article: (*article).to_owned(),
                    start: position.start,
                    end: position.end,
                    attributions: position.attributions.clone(),
                };
                all.add(party, &issue, position.stance, &position.detail, place);
            }
        }
    }
    let order = |names: &[String], name: &str| names.iter().position(|known| known == name);
    let (parties, issues) = (all.parties.clone(), all.issues.clone());
    all.cells.sort_by_key(|cell| (order(&parties, &cell.party), order(&issues, &cell.issue)));
    all.differing = differing(records);
    all
}

impl Matrix {
    /// The name that an issue has in the matrix.
    fn issue(&mut self, name: &str) -> String {
        let own = stems(name);
        let is_it = |known: &&String| {
            let known = stems(known);
            known.last() == own.last()
                && (known.iter().all(|w| own.contains(w)) || own.iter().all(|w| known.contains(w)))
        };
        if let Some(known) = self.issues.iter().find(is_it) {
            return known.clone();
        }
        self.issues.push(name.to_owned());
        name.to_owned()
    }

    fn add(&mut self, party: &str, issue: &str, stance: Stance, detail: &str, place: Place) {
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
            detail: detail.to_owned(),
            evidence: vec![place],
        });
    }
}

/// Words without plural endings, in lower case.
fn stems(words: &str) -> Vec<String> {
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words.map(stem).collect()
}

/// True where two figures measure one thing: the same unit of the same.
fn is_comparable(a: &Figure, b: &Figure) -> bool {
    let words = |figure: &Figure| -> BTreeSet<String> {
        let mut words: BTreeSet<String> =
            stems(figure.of.as_deref().unwrap_or_default()).into_iter().collect();
        words.remove(&figure.unit);
        words
    };
    let (own, other) = (words(a), words(b));
    a.unit == b.unit
        && a.what == b.what
        && (own.intersection(&other).next().is_some()
            || own.is_empty() && other.is_empty() && a.unit != "percent")
}

fn differing(records: &[(&str, &Record)]) -> Vec<Differing> {
    let mut groups: Vec<Vec<(usize, &Figure)>> = Vec::new();
    for (i, (_, record)) in records.iter().enumerate() {
        for figure in &record.figures {
            let known =
                groups.iter_mut().find(|group| group.iter().any(|(_, other)| is_comparable(figure, other)));
            match known {
                Some(group) => group.push((i, figure)),
                None => groups.push(vec![(i, figure)]),
            }
        }
    }
    let differs = |group: &&Vec<(usize, &Figure)>| {
        let (first, one) = group[0];
        group.iter().any(|(i, other)| {
            *i != first && (other.value.total_cmp(&one.value).is_ne() || other.high != one.high)
        })
    };
    let told = |&(i, figure): &(usize, &Figure)| {
        let (article, record) = records[i];
        let by =
            figure.attributed_to.as_ref().and_then(|id| record.attributions.iter().find(|a| a.id == *id));
        Told {
            article: article.to_owned(),
            text: figure.text.clone(),
            value: figure.value,
            high: figure.high,
            approx: figure.approx,
            by: by.and_then(|a| a.source.as_ref()).map(|source| source.text.clone()),
            start: figure.start,
            end: figure.end,
        }
    };
    let group = |group: &Vec<(usize, &Figure)>| Differing {
        unit: group[0].1.unit.clone(),
        figures: group.iter().map(told).collect(),
    };
    groups.iter().filter(differs).map(group).collect()
}
