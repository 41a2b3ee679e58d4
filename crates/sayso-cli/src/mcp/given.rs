//! What `read_article` gives: the statements of a record, short enough for a model to read.

use sayso::record::Attribution;
use sayso::{Article, Record, row};
use schemars::JsonSchema;
use serde::Serialize;

/// An article and its statements.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Reading {
    title: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    /// The text that the offsets count in.
    text: String,
    /// In the order of the text.
    statements: Vec<Statement>,
    /// What a reader should know.
    notes: Vec<String>,
}

/// Who says what.
#[derive(Debug, Serialize, JsonSchema)]
struct Statement {
    /// As a3.
    id: String,
    /// The statement in whose content this one stands.
    within: Option<String>,
    /// The article's words for the source; null where it names none.
    source: Option<String>,
    /// Who that is; null where the text doesn't say surely.
    speaker: Option<String>,
    /// For whom the speaker speaks.
    parties: Vec<String>,
    /// The words that announce it.
    cue: Option<String>,
    /// What is said, word for word; several pieces where the text breaks it.
    content: Vec<Piece>,
    /// direct (all in quotation marks), indirect or mixed.
    form: String,
    /// What the speaker does, as deny.
    act: String,
    /// The speaker does not do so.
    negated: bool,
    /// Words that weaken it.
    hedges: Vec<String>,
    /// How it stands, in the article's words.
    status: Vec<Stands>,
    /// Through whose hands it came, outermost first.
    chain: String,
    /// How often statements of this confidence are right, 0 to 1.
    confidence: f64,
}

/// Words of the text.
#[derive(Debug, Serialize, JsonSchema)]
struct Piece {
    text: String,
    /// Place in the article's text, in code points.
    start: usize,
    /// One past the last.
    end: usize,
}

/// How a statement stands.
#[derive(Debug, Serialize, JsonSchema)]
struct Stands {
    /// As denied.
    kind: String,
    by: Option<String>,
    words: String,
}

impl Reading {
    pub(super) fn of(article: &Article, record: &Record) -> Self {
        Self {
            title: record.article.title.clone(),
            outlet: record.article.outlet.clone(),
            published: record.article.published.clone(),
            text: article.text.clone(),
            statements: record.attributions.iter().map(|one| statement(record, one)).collect(),
            notes: record.notes.clone(),
        }
    }
}

fn statement(record: &Record, one: &Attribution) -> Statement {
    let actor = one.actor.as_ref().and_then(|id| record.actors.iter().find(|actor| actor.id == *id));
    let stands = |standing: &sayso::record::Standing| Stands {
        kind: row::named(&standing.kind),
        by: standing.by.as_ref().and_then(|id| row::called(record, id)),
        words: standing.text.clone(),
    };
    Statement {
        id: one.id.clone(),
        within: one.parent.clone(),
        source: one.source.as_ref().map(|source| source.text.clone()),
        speaker: actor.map(row::actor),
        parties: actor.map(row::parties).unwrap_or_default(),
        cue: one.cue.as_ref().map(|cue| cue.text.clone()),
        content: one
            .content
            .iter()
            .map(|piece| Piece { text: piece.text.clone(), start: piece.start, end: piece.end })
            .collect(),
        form: row::named(&one.form),
        act: row::named(&one.act),
        negated: one.negated,
        hedges: one.hedges.iter().map(|hedge| hedge.text.clone()).collect(),
        status: one.status.iter().map(stands).collect(),
        chain: row::hands(record, one),
        confidence: one.confidence,
    }
}
