//! Which words does each statement cover, and beside which paragraph does it stand?

use std::collections::HashSet;

use sayso::record::{Attribution, Form, Record, TextSpan};
use sayso::{Article, CharIndex, Document, Span};
use sayso_text::ParagraphKind;

use crate::outline::{Entry, outline};

/// Statements of a lower confidence are shown as unsure. Half is a round figure; confidence
/// only orders.
const UNSURE: f64 = 0.5;

/// An article's paragraphs and statements, with everything that doesn't fit left out.
#[derive(Debug)]
pub(super) struct Layout {
    /// In order.
    pub(super) paragraphs: Vec<Paragraph>,
    /// By their paragraphs, and in the outline's order beside the same one.
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
    /// So low a confidence that the page shows it.
    pub(super) is_unsure: bool,
    /// The paragraph that its note stands beside: the cue's, else the content's, else the
    /// source's.
    pub(super) paragraph: usize,
}

impl Statement {
    /// True where the cue follows its source without a space, as in “he’s pleased”.
    pub(super) fn cue_touches(&self) -> bool {
        self.source.zip(self.cue).is_some_and(|(source, cue)| source.end == cue.start)
    }
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
        let index = CharIndex::new(text);
        let paragraphs = paragraphs(record, &index);
        let anchors = anchors(&record.attributions, prefix);
        let mut layout = Self { paragraphs, statements: Vec::new(), left_out: Vec::new() };
        let mut is_kept = vec![false; record.attributions.len()];
        for entry in outline(&record.attributions) {
            let attribution = &record.attributions[entry.index];
            let Some(mut statement) = layout.statement(attribution, entry, text, &index) else {
                continue;
            };
            statement.anchor.clone_from(&anchors[entry.index]);
            let parent = entry.parent.filter(|&parent| is_kept[parent]);
            statement.parent = parent.map(|parent| anchors[parent].clone());
            is_kept[entry.index] = true;
            layout.statements.push(statement);
        }
        // Stable, so that nested ones stay after the one they are in, where they share a
        // paragraph.
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
            let span = placed(words, text, index);
            n_lost += usize::from(span.is_none());
            span
        };
        let source = attribution.source.as_ref().and_then(&mut place);
        let cue = attribution.cue.as_ref().and_then(&mut place);
        let content: Vec<Span> = attribution.content.iter().filter_map(&mut place).collect();
        // A source may be named paragraphs before; the cue is where the statement is made.
        let first = cue.iter().chain(&content).chain(&source).map(|span| span.start).next();
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
            is_unsure: attribution.confidence < UNSURE,
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

/// The text's paragraphs. Which of them are headings the record says; what looks like one
/// is none, as the record knew what the format marked.
fn paragraphs(record: &Record, index: &CharIndex) -> Vec<Paragraph> {
    let part = &record.article;
    let placed = |heading: &TextSpan| placed(heading, &part.text, index);
    let headings: HashSet<Span> = part.headings.iter().filter_map(placed).collect();
    let article = Article { title: part.title.clone(), text: part.text.clone(), ..Article::default() };
    let document = Document::new(&article);
    let kind = |span: Span, kind: ParagraphKind| match kind {
        ParagraphKind::Title => ParagraphKind::Title,
        _ if headings.contains(&span) => ParagraphKind::Heading,
        _ => ParagraphKind::Body,
    };
    let paragraph =
        |found: &sayso_text::Paragraph| Paragraph { span: found.span, kind: kind(found.span, found.kind) };
    document.paragraphs.iter().map(paragraph).collect()
}

/// Where the words are in the text; none unless they stand where they say.
fn placed(words: &TextSpan, text: &str, index: &CharIndex) -> Option<Span> {
    let span = index.to_bytes(words.start, words.end).filter(|span| span.of(text) == words.text)?;
    Some(span.trim(text)).filter(|span| !span.is_empty())
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
