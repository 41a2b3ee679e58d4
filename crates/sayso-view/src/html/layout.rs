//! Which words does each statement cover, and beside which paragraph does it stand?

use std::collections::HashSet;

use sayso::record::{Attribution, Record, Standing, TextSpan};
use sayso::{Article, Document, Span};
use sayso_text::ParagraphKind;

use super::places::Places;
use super::quiet::{Quiet, quiet, unbound};
use crate::cast::Cast;
use crate::outline::{Entry, outline};

/// Statements of a lower confidence are shown as unsure. Half is a round figure; confidence
/// only orders.
const UNSURE: f64 = 0.5;

/// An article's paragraphs and statements, with everything that doesn't fit left out.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    /// In order.
    pub(super) paragraphs: Vec<Paragraph>,
    /// By their paragraphs, and in the outline's order beside the same one.
    pub(super) statements: Vec<Statement>,
    pub(super) cast: Cast<'a>,
    /// Hedges and clauses on a claim's standing.
    pub(super) quiet: Vec<Quiet>,
    /// Standings of claims that are in no statement.
    pub(super) unbound: Vec<&'a Standing>,
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
    /// The source's words, as a name.
    pub(super) speaker: Option<String>,
    pub(super) cue: Option<Span>,
    pub(super) content: Vec<Span>,
    /// Where the text says how the claim stands.
    pub(super) standings: Vec<Span>,
    /// The attribution without the hedges and circumstances that aren't in the text.
    pub(super) known: Attribution,
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
    Standing,
}

impl<'a> Layout<'a> {
    pub(super) fn new(record: &'a Record, prefix: &str) -> Self {
        let text = &record.article.text;
        let places = Places::new(text);
        let anchors = anchors(&record.attributions, prefix);
        let (unbound, left_out) = unbound(record, &places);
        let mut layout = Self {
            paragraphs: paragraphs(record, &places),
            statements: Vec::new(),
            cast: Cast::new(record),
            quiet: Vec::new(),
            unbound,
            left_out,
        };
        let mut is_kept = vec![false; record.attributions.len()];
        for entry in outline(&record.attributions) {
            let attribution = &record.attributions[entry.index];
            let Some(mut statement) = layout.statement(attribution, entry, text, &places) else {
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
        layout.quiet = quiet(record, &layout.statements, &places, &layout.cast);
        layout
    }

    /// The statement with those of its spans that are in the text; none without any.
    fn statement(
        &mut self,
        attribution: &Attribution,
        entry: Entry,
        text: &str,
        places: &Places<'_>,
    ) -> Option<Statement> {
        let mut is_lost = false;
        let mut place = |words: &TextSpan| {
            let span = places.span(words);
            is_lost |= span.is_none();
            span
        };
        let source = attribution.source.as_ref().and_then(&mut place);
        let cue = attribution.cue.as_ref().and_then(&mut place);
        let content: Vec<Span> = attribution.content.iter().filter_map(&mut place).collect();
        let standings: Vec<Span> =
            attribution.status.iter().filter_map(|standing| places.standing(standing)).collect();
        let mut known = attribution.clone();
        is_lost |= places.prune(&mut known) || standings.len() < attribution.status.len();
        // A source may be named paragraphs before; the cue is where the statement is made.
        let first = cue.iter().chain(&content).chain(&source).map(|span| span.start).next();
        if is_lost || first.is_none() {
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
            standings,
            known,
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
            let standings = statement.standings.iter().map(move |&span| (span, statement, Role::Standing));
            source.into_iter().chain(cue).chain(content).chain(standings)
        })
    }
}

/// The text's paragraphs. Which of them are headings the record says; what looks like one
/// is none, as the record knew what the format marked.
fn paragraphs(record: &Record, places: &Places<'_>) -> Vec<Paragraph> {
    let part = &record.article;
    let headings: HashSet<Span> = part.headings.iter().filter_map(|heading| places.span(heading)).collect();
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

/// The address without the article's prefix.
pub(super) fn bare(anchor: &str) -> &str {
    anchor.rsplit('-').next().unwrap_or(anchor)
}
