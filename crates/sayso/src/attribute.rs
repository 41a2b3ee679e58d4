//! Which spans make one attribution?

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_text::{Document, Span};

use crate::quoted;
use crate::record::Form;
use crate::tag::{Role, Tagged, TaggedSpan, Tagger};

/// One attribution, in bytes of the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Attributed {
    pub(crate) source: Option<Span>,
    pub(crate) cue: Option<Span>,
    pub(crate) content: Vec<Span>,
    pub(crate) form: Form,
    /// Index of the attribution whose content this one stands in.
    pub(crate) parent: Option<usize>,
    pub(crate) confidence: f32,
}

/// How many attributions may stand in one another.
const DEEPEST: usize = 3;
/// A nested attribution is found without its context; a doubtful one is left out.
const NESTED_CONFIDENCE: f32 = 0.4;

/// Links what the tagger found, then looks into each content for attributions inside it.
///
/// The result is in the order of the text; a nested attribution follows the one it
/// stands in.
pub(crate) fn attribute(doc: &Document, tagged: &Tagged, tagger: &Tagger) -> Vec<Attributed> {
    let mut levels = vec![linked(doc, tagged)];
    while levels.len() < DEEPEST {
        let Some(above) = levels.last().filter(|level| !level.is_empty()) else { break };
        let inner = nested(doc, above, tagger);
        levels.push(inner);
    }
    in_order(levels)
}

/// Depth-first order over the levels; `parent` becomes an index into the whole.
fn in_order(levels: Vec<Vec<Attributed>>) -> Vec<Attributed> {
    let mut children: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (depth, level) in levels.iter().enumerate().skip(1) {
        for (i, attribution) in level.iter().enumerate() {
            if let Some(parent) = attribution.parent {
                children.entry((depth - 1, parent)).or_default().push(i);
            }
        }
    }
    let mut stack: Vec<(usize, usize, Option<usize>)> =
        levels.first().into_iter().flat_map(|top| (0..top.len()).rev()).map(|i| (0, i, None)).collect();
    let mut all = Vec::new();
    while let Some((depth, i, parent)) = stack.pop() {
        let index = all.len();
        all.push(Attributed { parent, ..levels[depth][i].clone() });
        let inner = children.get(&(depth, i)).into_iter().flatten().rev();
        stack.extend(inner.map(|&child| (depth + 1, child, Some(index))));
    }
    all
}

/// What belongs to one cue, as indices into the tagger's spans.
#[derive(Debug, Default)]
struct Group {
    source: Option<usize>,
    content: Vec<usize>,
    /// Product of the links' probabilities.
    linked: f32,
}

/// One attribution for each cue that has a content.
fn linked(doc: &Document, tagged: &Tagged) -> Vec<Attributed> {
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for link in &tagged.links {
        let Some(&(parent, probability)) = link.candidates.first() else { continue };
        match (tagged.spans[link.child].role, parent) {
            (Role::Cue, source) => {
                let group = groups.entry(link.child).or_default();
                group.source = source;
                group.linked = probability;
            }
            (Role::Content, Some(cue)) => groups.entry(cue).or_default().content.push(link.child),
            _ => {}
        }
    }
    let groups = groups.into_iter().filter(|(_, group)| !group.content.is_empty());
    let mut found: Vec<Attributed> =
        groups.map(|(cue, group)| attributed(doc, &tagged.spans, cue, &group)).collect();
    found.sort_by_key(first);
    found
}

/// Where an attribution begins and ends, to order by.
fn first(attribution: &Attributed) -> (usize, usize) {
    let parts = attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
    let start = parts.clone().map(|span| span.start).min().unwrap_or(0);
    (start, attribution.cue.map_or(start, |cue| cue.start))
}

fn attributed(doc: &Document, spans: &[TaggedSpan], cue: usize, group: &Group) -> Attributed {
    let content: Vec<Span> = group.content.iter().map(|&i| spans[i].span).collect();
    let parts = group.content.iter().chain(&group.source).chain([&cue]);
    let least = parts.map(|&i| spans[i].probability).fold(1.0f32, f32::min);
    Attributed {
        source: group.source.map(|i| spans[i].span),
        cue: Some(spans[cue].span),
        form: quoted::form(doc, Some(spans[cue].span), &content),
        content,
        parent: None,
        confidence: least * group.linked,
    }
}

/// The attributions inside the contents of others. `parent` is an index into `above`.
fn nested(doc: &Document, above: &[Attributed], tagger: &Tagger) -> Vec<Attributed> {
    let tokens: Vec<Span> = doc.tokens.iter().map(|token| token.span).collect();
    let mut rows: Vec<Range<usize>> = Vec::new();
    let mut parents = Vec::new();
    for (i, attribution) in above.iter().enumerate() {
        for content in &attribution.content {
            if tagger.holds_cue_word(content.of(&doc.text)) {
                rows.push(inner_tokens(doc, *content));
                parents.push(i);
            }
        }
    }
    let tagged = tagger.tag_alone(&doc.text, &tokens, &rows);
    let mut found = Vec::new();
    for mut attribution in linked(doc, &tagged) {
        let whole = attribution.source.is_some() && attribution.confidence >= NESTED_CONFIDENCE;
        let at = attribution.cue.map_or(0, |cue| cue.start);
        let row = rows.iter().position(|row| {
            !row.is_empty() && tokens[row.start].start <= at && at < tokens[row.end - 1].end
        });
        if let Some(row) = row.filter(|_| whole) {
            attribution.parent = Some(parents[row]);
            found.push(attribution);
        }
    }
    found
}

/// A content's tokens without the conjunction and the marks at its edges.
fn inner_tokens(doc: &Document, content: Span) -> Range<usize> {
    let first = doc.tokens.partition_point(|t| t.span.end <= content.start);
    let last = doc.tokens.partition_point(|t| t.span.start < content.end);
    let word = |i: usize| doc.tokens[i].span.of(&doc.text);
    let is_mark = |i: usize| !word(i).contains(char::is_alphanumeric);
    let mut range = first..last;
    if !range.is_empty() && word(range.start).eq_ignore_ascii_case("that") {
        range.start += 1;
    }
    while !range.is_empty() && is_mark(range.start) {
        range.start += 1;
    }
    range
}
