//! Does a source become the right actor?

use std::collections::{BTreeMap, HashMap};

use sayso::record::{Actor, ActorKind, Record};
use sayso::{Article, CharIndex, Engine, Given, Span};
use serde::{Deserialize, Serialize};

use crate::corpus::{self, Error, GoldDocument};
use crate::score::percent;

/// A source and who it is, in code points of a text that lies elsewhere.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceLabel {
    /// The text's name in its corpus.
    pub doc: String,
    /// Of the text in UTF-8.
    pub sha256: String,
    /// How it was drawn: pronoun, surname, role or name.
    pub stratum: String,
    /// First code point of the source.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// As in a record, or `unknown`.
    pub kind: String,
    /// First places of the strings that name the actor, the fullest first.
    pub names: Vec<(usize, usize)>,
    /// Of a group: the members' names.
    #[serde(default)]
    pub members: Vec<(usize, usize)>,
    /// Only the byline names the person.
    #[serde(default)]
    pub byline: bool,
}

/// How many sources became the right actor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SourceCounts {
    /// Labels.
    pub all: usize,
    /// Resolved as they should be.
    pub right: usize,
    /// Resolved to somebody with a name.
    pub named: usize,
    /// Those of them who are the right one.
    pub named_right: usize,
}

/// A source that became somebody else, or nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceError {
    /// The text's name.
    pub doc: String,
    /// Where the source begins, in code points.
    pub start: usize,
    /// Its words.
    pub source: String,
    /// Who it is.
    pub gold: String,
    /// Who it became.
    pub found: String,
}

/// Labels against readings of their texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SourceReport {
    /// By how the sources were drawn.
    pub strata: BTreeMap<String, SourceCounts>,
    /// In the order of the labels.
    pub errors: Vec<SourceError>,
    /// Labels whose text isn't there.
    pub without_text: usize,
}

/// Reads label lines.
///
/// # Errors
/// When a line isn't a label.
pub fn labels(jsonl: &str) -> Result<Vec<SourceLabel>, Error> {
    corpus::each_line(jsonl, |line| serde_json::from_str(line).map_err(|e| e.to_string()))
}

/// Resolves the corpus's own attributions and looks who the labelled sources became.
///
/// # Errors
/// When a text isn't the one that was labelled.
pub fn score_sources(
    engine: &Engine,
    documents: &[GoldDocument],
    labels: &[SourceLabel],
) -> Result<SourceReport, Error> {
    let mut report = SourceReport::default();
    let by_id: HashMap<&str, &GoldDocument> =
        documents.iter().map(|document| (document.id.as_str(), document)).collect();
    let mut records: HashMap<&str, Record> = HashMap::new();
    for label in labels {
        let Some(document) = by_id.get(label.doc.as_str()) else {
            report.without_text += 1;
            continue;
        };
        let record = records.entry(label.doc.as_str()).or_insert_with(|| read(engine, document));
        if record.article.sha256 != label.sha256 {
            return Err(Error::Labels(format!("{}: the text isn't the one that was labelled", label.doc)));
        }
        let judged = judge(record, document, label);
        let counts = report.strata.entry(label.stratum.clone()).or_default();
        counts.all += 1;
        counts.right += usize::from(judged.right);
        counts.named += usize::from(judged.named);
        counts.named_right += usize::from(judged.named && judged.right);
        if !judged.right {
            report.errors.push(judged.error);
        }
    }
    Ok(report)
}

/// The record of a document with the corpus's own attributions.
pub fn read(engine: &Engine, document: &GoldDocument) -> Record {
    let (article, given) = given(document);
    engine.read_given(&article, &given)
}

/// A document as an article, and the corpus's own attributions.
pub fn given(document: &GoldDocument) -> (Article, Vec<Given>) {
    let article = Article {
        byline: document.byline.clone(),
        outlet: document.outlet.clone(),
        published: document.published.clone(),
        ..Article::from_text(document.text.as_str())
    };
    let whole = |spans: &[Span]| spans.iter().copied().reduce(Span::cover);
    let given = document.attributions.iter();
    let given =
        given.map(|a| Given { source: whole(&a.source), cue: whole(&a.cue), content: a.content.clone() });
    (article, given.collect())
}

/// True where two names have the same words.
pub fn same_person(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    !a.is_empty() && a == b
}

struct Judged {
    right: bool,
    named: bool,
    error: SourceError,
}

fn judge(record: &Record, document: &GoldDocument, label: &SourceLabel) -> Judged {
    let index = CharIndex::new(&document.text);
    let text = |&(start, end): &(usize, usize)| {
        index.to_bytes(start, end).map_or("", |span| span.of(&document.text))
    };
    let at = record.attributions.iter().find(|a| {
        a.source.as_ref().is_some_and(|source| (source.start, source.end) == (label.start, label.end))
    });
    let actor =
        at.and_then(|a| a.actor.as_deref()).and_then(|id| record.actors.iter().find(|actor| actor.id == id));
    let source = text(&(label.start, label.end));
    let names: Vec<&str> = label.names.iter().map(text).collect();
    let members: Vec<&str> = label.members.iter().map(text).collect();
    let named = actor.is_some_and(|actor| actor.name.is_some() && !describes_itself(actor, source));
    let right = match actor {
        _ if label.byline => actor
            .and_then(|a| a.name.as_deref())
            .is_some_and(|name| document.byline.as_deref().is_some_and(|byline| byline.contains(name))),
        Some(actor) if !members.is_empty() => has_members(record, actor, &members),
        Some(actor) if !names.is_empty() => names.iter().any(|gold| is_name(actor, gold)),
        None => names.is_empty() && members.is_empty(),
        Some(_) => !named,
    };
    let found = actor.map_or("?".to_owned(), |actor| {
        format!("{} ({:?})", actor.name.as_deref().unwrap_or("-"), actor.kind)
    });
    let gold = [names.as_slice(), members.as_slice()].concat().join(" / ");
    let error = SourceError {
        doc: label.doc.clone(),
        start: label.start,
        source: source.to_owned(),
        gold: format!("{gold} ({})", label.kind),
        found,
    };
    Judged { right, named, error }
}

/// Lower-case words without articles, possessives and marks.
fn plain(name: &str) -> Vec<String> {
    let lower = name.to_lowercase().replace("’s", "").replace("'s", "");
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "the");
    words.map(str::to_owned).collect()
}

/// True for a role or unnamed one, or a description in the source's own words.
fn describes_itself(actor: &Actor, source: &str) -> bool {
    let own = || {
        let (name, source) = (plain(actor.name.as_deref().unwrap_or_default()), plain(source));
        !matches!(actor.kind, ActorKind::Person | ActorKind::State)
            && name.iter().all(|word| source.contains(word))
    };
    matches!(actor.kind, ActorKind::Role | ActorKind::Unnamed) || own()
}

/// A person needs the very name; of others, one name may be a part of the other.
fn is_name(actor: &Actor, gold: &str) -> bool {
    let (name, gold) = (plain(actor.name.as_deref().unwrap_or_default()), plain(gold));
    let part = |a: &[String], b: &[String]| !a.is_empty() && a.iter().all(|word| b.contains(word));
    name == gold || actor.kind != ActorKind::Person && (part(&name, &gold) || part(&gold, &name))
}

fn has_members(record: &Record, actor: &Actor, gold: &[&str]) -> bool {
    let members = record.actors.iter().filter(|member| actor.members.contains(&member.id));
    let members: Vec<&Actor> = members.collect();
    members.len() == gold.len() && gold.iter().all(|gold| members.iter().any(|member| is_name(member, gold)))
}

impl SourceReport {
    /// All strata together.
    pub fn total(&self) -> SourceCounts {
        self.strata.values().fold(SourceCounts::default(), |sum, one| SourceCounts {
            all: sum.all + one.all,
            right: sum.right + one.right,
            named: sum.named + one.named,
            named_right: sum.named_right + one.named_right,
        })
    }

    /// A line for each stratum, and each error where asked.
    pub fn text(&self, each: bool) -> String {
        let mut out =
            format!("{:16}{:>8}{:>8}{:>9}{:>8}{:>9}\n", "sources", "labels", "right", "", "named", "right");
        let line = |name: &str, c: SourceCounts| {
            let (right, named) = (percent(c.right, c.all), percent(c.named_right, c.named));
            format!("  {name:14}{:>8}{:>8}{right:>8}%{:>8}{named:>8}%\n", c.all, c.right, c.named)
        };
        for (stratum, counts) in &self.strata {
            out += &line(stratum, *counts);
        }
        out += &line("all", self.total());
        if self.without_text > 0 {
            out += &format!("  {} labels have no text here\n", self.without_text);
        }
        for e in self.errors.iter().filter(|_| each) {
            out += &format!("  {} {}: {} | {} | {}\n", e.doc, e.start, e.source, e.gold, e.found);
        }
        out
    }
}
