//! Which words does each statement cover, and beside which paragraph does it stand?

use std::collections::HashSet;

use sayso::record::{Attribution, Form, Record, TextSpan};
use sayso::{Article, CharIndex, Document, Span};
use sayso_text::ParagraphKind;

use crate::outline::{Entry, outline};

/// An article's paragraphs and statements, with everything that doesn't fit left out.
#[derive(Debug)]
pub(super) struct Layout {
    /// In order.
    pub(super) paragraphs: Vec<Paragraph>,
    /// In the outline's order.
    pub(super) statements: Vec<Statement>,
    /// Sentences about what was left out.
    pub(super) left_out: Vec<String>,
}

/// A paragraph of the text.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// Bytes of the text.
    pub(super) span: Span,
    pub(super) kind: ParagraphKind,
}

/// An attribution whose words are known to be in the text.
#[derive(Debug)]
pub(super) struct Statement {
    /// Its address in the page, made of letters, digits and hyphens.
    pub(super) anchor: String,
    /// The statement it stands in, by its address.
    pub(super) parent: Option<String>,
    pub(super) depth: usize,
    pub(super) source: Option<Span>,
    /// The source's name in the list of speakers.
    pub(super) speaker: Option<String>,
    pub(super) cue: Option<Span>,
    pub(super) content: Vec<Span>,
    pub(super) form: Form,
    pub(super) confidence: f64,
    /// The paragraph that its note stands beside.
    pub(super) paragraph: usize,
}

/// What a marked word is to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Source,
    Cue,
    Content,
}

impl Layout {
    pub(super) fn new(record: &Record, prefix: &str) -> Self {
        let text = &record.article.text;
        let paragraphs = paragraphs(record);
        let index = CharIndex::new(text);
        let anchors = anchors(&record.attributions, prefix);
        let mut layout = Self { paragraphs, statements: Vec::new(), left_out: Vec::new() };
        // Beside which paragraph each attribution stands, by its place in the record.
        let mut beside: Vec<Option<usize>> = vec![None; record.attributions.len()];
        for entry in outline(&record.attributions) {
            let attribution = &record.attributions[entry.index];
            let Some(mut statement) = layout.statement(attribution, entry, text, &index) else {
                continue;
            };
            statement.anchor.clone_from(&anchors[entry.index]);
            if let Some(parent) = entry.parent.filter(|&parent| beside[parent].is_some()) {
                statement.parent = Some(anchors[parent].clone());
                // A long quotation's own attributions may stand paragraphs below its first.
                statement.paragraph = statement.paragraph.max(beside[parent].unwrap_or(0));
            }
            beside[entry.index] = Some(statement.paragraph);
            layout.statements.push(statement);
        }
        // Stable, so that nested ones stay after the one they are in.
        layout.statements.sort_by_key(|statement| statement.paragraph);
        layout
    }

    /// The statement with those of its spans that are in the text; none without any.
    fn statement(
        &mut self,
        attribution: &Attribution,
        entry: Entry,
        text: &str,
        index: &CharIndex,
    ) -> Option<Statement> {
        let mut n_lost = 0;
        let mut place = |words: &TextSpan| {
            let span = index.to_bytes(words.start, words.end).filter(|span| span.of(text) == words.text);
            let span = span.map(|span| span.trim(text)).filter(|span| !span.is_empty());
            n_lost += usize::from(span.is_none());
            span
        };
        let source = attribution.source.as_ref().and_then(&mut place);
        let cue = attribution.cue.as_ref().and_then(&mut place);
        let content: Vec<Span> = attribution.content.iter().filter_map(&mut place).collect();
        let first = source.iter().chain(&cue).chain(&content).map(|span| span.start).min();
        if n_lost > 0 || first.is_none() {
            let id = &attribution.id;
            self.left_out.push(match first {
                Some(_) => {
                    format!("Statement {id} names words that don’t stand where it says; they are left out.")
                }
                None => format!("Statement {id} names no words that stand in the text; it is left out."),
            });
        }
        let first = first?;
        let after = self.paragraphs.partition_point(|paragraph| paragraph.span.start <= first);
        Some(Statement {
            anchor: String::new(),
            parent: None,
            depth: entry.depth,
            source,
            speaker: source
                .map(|span| crate::outline::speaker(span.of(text)))
                .filter(|name| !name.is_empty()),
            cue,
            content,
            form: attribution.form,
            confidence: attribution.confidence,
            paragraph: after.saturating_sub(1),
        })
    }

    /// All places that are marked, each with its statement and role.
    pub(super) fn marked(&self) -> impl Iterator<Item = (Span, &Statement, Role)> {
        self.statements.iter().flat_map(|statement| {
            let content = statement.content.iter().map(move |&span| (span, statement, Role::Content));
            let source = statement.source.map(|span| (span, statement, Role::Source));
            let cue = statement.cue.map(|span| (span, statement, Role::Cue));
            source.into_iter().chain(cue).chain(content)
        })
    }
}

/// A record doesn't keep a page's headings, so they are recognised again, as in plain text.
fn paragraphs(record: &Record) -> Vec<Paragraph> {
    let part = &record.article;
    let article = Article { title: part.title.clone(), text: part.text.clone(), ..Article::default() };
    let document = Document::new(&article);
    document.paragraphs.iter().map(|found| Paragraph { span: found.span, kind: found.kind }).collect()
}

/// The record's own ids where they are `a1`, `a2`, … and unique, else made from the place
/// in the record: an id from elsewhere could hold anything.
fn anchors(attributions: &[Attribution], prefix: &str) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut anchors = Vec::with_capacity(attributions.len());
    for (i, attribution) in attributions.iter().enumerate() {
        let id = attribution.id.as_str();
        let digits = id.strip_prefix('a').unwrap_or_default();
        let is_plain = (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let own = is_plain && taken.insert(id);
        anchors.push(if own { format!("{prefix}{id}") } else { format!("{prefix}x{}", i + 1) });
    }
    anchors
}
