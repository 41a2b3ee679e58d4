//! Which spans make one attribution?

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use sayso_text::{Document, Span};

use crate::record::Form;
use crate::tag::{Role, Tagged, TaggedSpan, Tagger};
use crate::transcript::{self, Turn};
use crate::{grammar, quoted};

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

impl Attributed {
    pub(crate) fn parts(&self) -> impl Iterator<Item = Span> + Clone {
        self.source.iter().chain(&self.cue).chain(&self.content).copied()
    }

    /// From where its first part begins to where its last one ends.
    pub(crate) fn extent(&self) -> (usize, usize) {
        let start = self.parts().map(|span| span.start).min();
        let end = self.parts().map(|span| span.end).max();
        (start.unwrap_or(0), end.unwrap_or(0))
    }
}

/// How many attributions may stand in one another.
const DEEPEST: usize = 3;
/// The rule for "reportedly" is sure of the cue and less so of where the clause ends.
const REPORTED_CONFIDENCE: f32 = 0.75;
/// A dash line says who, unless what follows the dash is a comment.
const SIGNED_CONFIDENCE: f32 = 0.9;
/// The layout says who, unless the label names no speaker.
const LABEL_CONFIDENCE: f32 = 0.9;
/// A nested attribution is found without its context; a doubtful one, by its raw confidence, is
/// left out. Chosen on the sample and our own articles, where 0.85 has the best F1 (84.1, here
/// 83.5) and this one the better precision.
const NESTED_CONFIDENCE: f32 = 0.93;
/// A verb of speech is evidence by itself.
const NESTED_SPEECH_CONFIDENCE: f32 = 0.4;
/// Without a source the tagger has less to go by: of those whose raw confidence is under this, 10
/// of 45 were right on the tenth of train that nothing is trained on.
const SOURCELESS_CONFIDENCE: f32 = 0.5;
/// Tokens that an attribution needs: who, says, what.
const SHORTEST_ROW: usize = 3;

/// Links what the tagger found, then looks into each content for attributions inside it.
///
/// The result is in the order of the text; a nested attribution follows the one it
/// stands in.
pub(crate) fn attribute(doc: &Document, tagged: &Tagged, tagger: &Tagger) -> Vec<Attributed> {
    let calibrated = |a: Attributed| Attributed { confidence: tagger.calibrated(a.confidence), ..a };
    let mut outer: Vec<Attributed> = linked(doc, tagged).into_iter().map(calibrated).collect();
    outer.extend(reported(doc, &outer));
    signed(doc, &mut outer);
    outer.sort_by_key(first);
    let turns = transcript::turns(doc);
    let mut levels = if turns.is_empty() { vec![outer] } else { under_turns(doc, outer, &turns, tagger) };
    while levels.len() < DEEPEST {
        let Some(above) = levels.last().filter(|level| !level.is_empty()) else { break };
        let inner = nested(doc, above.iter().enumerate(), tagger);
        levels.push(inner);
    }
    in_order(&levels)
}

/// The turns of a transcript with what else stands outside them, and what was found within
/// them. What touches a turn without lying in its words was the tagger's reading of the turn
/// itself, and goes.
fn under_turns(
    doc: &Document,
    found: Vec<Attributed>,
    turns: &[Turn],
    tagger: &Tagger,
) -> Vec<Vec<Attributed>> {
    let mut top: Vec<Attributed> = turns.iter().map(turn).collect();
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for attribution in found {
        let parts: Vec<Span> = attribution.parts().collect();
        let (start, end) = attribution.extent();
        let from = turns.partition_point(|turn| turn.end() <= start);
        let near = || turns[from..].iter().take_while(|turn| turn.source.start < end);
        let holds =
            |turn: &Turn| parts.iter().all(|part| turn.content.iter().any(|span| span.contains(*part)));
        let touches = |turn: &Turn| {
            parts
                .iter()
                .any(|part| turn.content.iter().chain([&turn.source]).any(|span| span.overlaps(*part)))
        };
        match near().position(holds) {
            Some(i) => inside.push(Attributed { parent: Some(from + i), ..attribution }),
            None if near().any(touches) => {}
            None => outside.push(attribution),
        }
    }
    // The turns were tagged with the rest of the text, so that only what stands outside them
    // is read again.
    let others = turns.len()..turns.len() + outside.len();
    top.extend(outside);
    inside.extend(nested(doc, others.map(|i| (i, &top[i])), tagger));
    inside.sort_by_key(first);
    vec![sorted(&top, &mut inside), inside]
}

/// In the order of the text; `inside` gets each parent's new number.
fn sorted(top: &[Attributed], inside: &mut [Attributed]) -> Vec<Attributed> {
    let mut order: Vec<usize> = (0..top.len()).collect();
    order.sort_by_key(|&i| first(&top[i]));
    let mut number = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        number[old] = new;
    }
    for attribution in inside {
        attribution.parent = attribution.parent.map(|parent| number[parent]);
    }
    order.iter().map(|&i| top[i].clone()).collect()
}

fn turn(turn: &Turn) -> Attributed {
    Attributed {
        source: Some(turn.source),
        cue: None,
        content: turn.content.clone(),
        form: Form::Direct,
        parent: None,
        confidence: LABEL_CONFIDENCE,
    }
}

/// To hundredths, so that what a reader sees and what a limit means agree.
pub(crate) fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

/// Depth-first order over the levels; `parent` becomes an index into the whole.
fn in_order(levels: &[Vec<Attributed>]) -> Vec<Attributed> {
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
#[derive(Debug)]
struct Group {
    source: Option<usize>,
    content: Vec<usize>,
    /// Least probability of the links.
    linked: f32,
}

impl Default for Group {
    fn default() -> Self {
        Self { source: None, content: Vec::new(), linked: 1.0 }
    }
}

/// One attribution for each cue that has a content, with its raw confidence.
fn linked(doc: &Document, tagged: &Tagged) -> Vec<Attributed> {
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for link in &tagged.links {
        let Some(&(parent, probability)) = link.candidates.first() else { continue };
        match (tagged.spans[link.child].role, parent) {
            (Role::Cue, source) => {
                let group = groups.entry(link.child).or_default();
                group.source = source;
                group.linked = group.linked.min(probability);
            }
            (Role::Content, Some(cue)) => {
                let content = tagged.spans[link.child].span;
                if grammar::strayed(doc, tagged.spans[cue].span, content) {
                    continue;
                }
                let group = groups.entry(cue).or_default();
                group.content.push(link.child);
                group.linked = group.linked.min(probability);
            }
            _ => {}
        }
    }
    let is_whole = |cue: usize, group: &Group| {
        !group.content.is_empty() && grammar::is_cue(tagged.spans[cue].span.of(&doc.text))
    };
    let mut groups: BTreeMap<usize, Group> =
        groups.into_iter().filter(|(cue, group)| is_whole(*cue, group)).collect();
    for (cue, group) in &mut groups {
        drop_scraps(doc, tagged, *cue, &mut group.content);
    }
    let is_linked: BTreeSet<usize> = groups.values().filter_map(|group| group.source).collect();
    // A source that no cue has is free to become part of another span.
    let spans = tagged.spans.iter().enumerate();
    let spans = spans.filter(|(i, span)| span.role != Role::Source || is_linked.contains(i));
    let taken: Vec<Span> = spans.map(|(_, span)| span.span).collect();
    let one = |(cue, group): (&usize, &Group)| attributed(doc, &tagged.spans, *cue, group, &taken);
    let mut found: Vec<Attributed> =
        groups.iter().map(one).filter(|a| !a.content.is_empty() && is_likely(a)).collect();
    found.sort_by_key(first);
    found
}

fn is_likely(attribution: &Attributed) -> bool {
    attribution.source.is_some() || attribution.confidence >= SOURCELESS_CONFIDENCE
}

/// Where an attribution begins, and where its cue does, to order by.
fn first(attribution: &Attributed) -> (usize, usize) {
    let (start, _) = attribution.extent();
    (start, attribution.cue.map_or(start, |cue| cue.start))
}

/// Drops contents that aren't quoted and stand in another sentence than their cue, where
/// a better one is left: two of three such links are wrong.
fn drop_scraps(doc: &Document, tagged: &Tagged, cue: usize, content: &mut Vec<usize>) {
    let near = |i: usize| grammar::is_near(doc, tagged.spans[cue].span, tagged.spans[i].span);
    if content.iter().any(|&i| near(i)) {
        content.retain(|&i| near(i));
    }
}

/// Clauses that an adverb like "reportedly" attributes, where no attribution was found.
fn reported(doc: &Document, outer: &[Attributed]) -> Vec<Attributed> {
    let mut taken: Vec<Span> = outer.iter().flat_map(Attributed::parts).collect();
    taken.sort_by_key(|span| (span.start, span.end));
    let found = grammar::reported(doc, &taken).into_iter();
    let attributed = |found: grammar::Reported| Attributed {
        source: None,
        cue: Some(found.cue),
        form: Form::Indirect,
        content: found.content,
        parent: None,
        confidence: REPORTED_CONFIDENCE,
    };
    found.map(attributed).collect()
}

/// Quotations with a dash and a name after them are the name's, whatever the tagger
/// linked them to.
fn signed(doc: &Document, outer: &mut Vec<Attributed>) {
    let found = grammar::signed(doc);
    let quotations: Vec<Span> = found.iter().map(|signed| signed.quotation).collect();
    for other in outer.iter_mut() {
        other.content.retain(|content| grammar::overlapping(&quotations, *content).is_empty());
    }
    outer.retain(|other| !other.content.is_empty());
    for signed in found {
        outer.push(Attributed {
            source: Some(signed.source),
            cue: None,
            content: vec![signed.quotation],
            form: Form::Direct,
            parent: None,
            confidence: SIGNED_CONFIDENCE,
        });
    }
}

/// `taken` are the spans that nothing may grow into, in the order of the text.
fn attributed(doc: &Document, spans: &[TaggedSpan], cue: usize, group: &Group, taken: &[Span]) -> Attributed {
    let mut content: Vec<Span> = group.content.iter().map(|&i| spans[i].span).collect();
    let mut source = group.source.map(|i| spans[i].span);
    let subject = grammar::subject_of_speech(doc, spans[cue].span, &content);
    if let Some(subject) = subject {
        source = Some(content.remove(subject));
    }
    let parts = content.iter().chain(&source).chain([&spans[cue].span]);
    let taken = within(doc, taken, parts.fold(spans[cue].span, |all, span| all.cover(*span)));
    if grammar::is_being_asked(doc, spans[cue].span) {
        // "Asked whether …, the minister said": only "asked by …" tells who asked.
        let beyond = content.iter().map(|c| c.start).min().unwrap_or(spans[cue].span.end);
        source = source.filter(|source| (spans[cue].span.end..=beyond).contains(&source.end));
    }
    source = source.map(|source| grammar::whole_source(doc, source, spans[cue].span, taken));
    let own: Vec<Span> = taken.iter().copied().filter(|span| !content.contains(span)).collect();
    content = quoted::whole(doc, &content, &own);
    // A subject that took the source's place counts instead of it.
    let linked = group.source.filter(|_| subject.is_none());
    let parts = group.content.iter().chain(&linked).chain([&cue]);
    let least = parts.map(|&i| spans[i].probability).fold(1.0f32, f32::min);
    Attributed {
        source,
        cue: Some(spans[cue].span),
        form: quoted::form(doc, Some(spans[cue].span), &content),
        content,
        parent: None,
        confidence: least * group.linked,
    }
}

/// Of spans in order, those in the paragraphs that `region` touches.
fn within<'a>(doc: &Document, spans: &'a [Span], region: Span) -> &'a [Span] {
    let first = doc.paragraphs.partition_point(|p| p.span.end <= region.start);
    let last = doc.paragraphs.partition_point(|p| p.span.start < region.end);
    let start = doc.paragraphs.get(first).map_or(region.start, |p| p.span.start.min(region.start));
    let end = doc.paragraphs[..last].last().map_or(region.end, |p| p.span.end.max(region.end));
    let from = spans.partition_point(|span| span.end <= start);
    let to = spans.partition_point(|span| span.start < end);
    &spans[from..to.max(from)]
}

/// A part of a content that is read as a text of its own.
struct Row {
    tokens: Range<usize>,
    /// Index of the attribution above.
    parent: usize,
}

/// The attributions inside the contents of others; `parent` is a number of `above`.
fn nested<'a>(
    doc: &Document,
    above: impl Iterator<Item = (usize, &'a Attributed)>,
    tagger: &Tagger,
) -> Vec<Attributed> {
    let rows: Vec<Row> = above.flat_map(|(i, a)| rows(doc, i, a, tagger)).collect();
    let tokens: Vec<Span> = doc.tokens.iter().map(|token| token.span).collect();
    let mut found: Vec<Attributed> = Vec::new();
    let mut cues: BTreeMap<usize, usize> = BTreeMap::new();
    // Rows of one content share tokens, so each is linked by itself.
    let ranges: Vec<Range<usize>> = rows.iter().map(|row| row.tokens.clone()).collect();
    for (row, tagged) in rows.iter().zip(tagger.tag_each(&doc.text, &tokens, &ranges)) {
        for attribution in linked(doc, &tagged) {
            let Some(cue) = attribution.cue else { continue };
            let known = cues.range(..cue.end).next_back().is_some_and(|(_, &end)| end > cue.start);
            if stands_alone(doc, &attribution) && !known {
                cues.insert(cue.start, cue.end);
                let confidence = tagger.calibrated(attribution.confidence);
                found.push(Attributed { parent: Some(row.parent), confidence, ..attribution });
            }
        }
    }
    found.sort_by_key(first);
    found
}

/// True when a nested attribution, found without its context, is worth keeping: it has
/// a source, and either a verb of speech or, with more confidence, a content of several
/// words ("signed for it" attributes nothing).
fn stands_alone(doc: &Document, attribution: &Attributed) -> bool {
    let speech = attribution.cue.is_some_and(|cue| grammar::subject_speaks(cue.of(&doc.text)));
    let n_words: usize = attribution.content.iter().map(|c| grammar::tokens_of(doc, *c).len()).sum();
    let enough = if speech {
        attribution.confidence >= NESTED_SPEECH_CONFIDENCE
    } else {
        attribution.confidence >= NESTED_CONFIDENCE && n_words > 1
    };
    attribution.source.is_some() && enough
}

/// What is worth a second look in an attribution's contents: each quotation that is part
/// of one, then the content itself; only where a cue word stands.
fn rows(doc: &Document, parent: usize, above: &Attributed, tagger: &Tagger) -> Vec<Row> {
    let mut rows = Vec::new();
    for content in &above.content {
        let whole = inner_tokens(doc, *content);
        let quotations = grammar::quotations_near(doc, *content).iter();
        let quoted = quotations
            .filter(|q| content.contains(q.span))
            .map(|q| inner_tokens(doc, q.span))
            .filter(|q| *q != whole);
        for tokens in quoted.chain([whole.clone()]) {
            let words = doc.tokens[tokens.clone()].iter().map(|token| token.span.of(&doc.text));
            if tokens.len() >= SHORTEST_ROW && tagger.holds_cue_word(words) {
                rows.push(Row { tokens, parent });
            }
        }
    }
    rows
}

/// A span's tokens without the conjunction and the marks at its edges.
fn inner_tokens(doc: &Document, span: Span) -> Range<usize> {
    let word = |i: usize| doc.tokens[i].span.of(&doc.text);
    let is_mark = |i: usize| !word(i).contains(char::is_alphanumeric);
    let is_quote = |i: usize| matches!(word(i), "\"" | "“" | "”" | "‘" | "’" | "'" | "«" | "»" | "''");
    let mut range = grammar::tokens_of(doc, span);
    let opened = |range: &Range<usize>| range.clone().any(|i| matches!(word(i), "“" | "\""));
    while !range.is_empty() && is_mark(range.start) {
        range.start += 1;
    }
    if !range.is_empty() && word(range.start).eq_ignore_ascii_case("that") {
        range.start += 1;
    }
    while !range.is_empty() && is_quote(range.end - 1) && !opened(&(range.start..range.end - 1)) {
        range.end -= 1;
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(start: usize, parent: Option<usize>) -> Attributed {
        Attributed {
            source: None,
            cue: None,
            content: vec![Span::new(start, start + 1)],
            form: Form::Indirect,
            parent,
            confidence: 1.0,
        }
    }

    fn places(all: &[Attributed]) -> Vec<(usize, Option<usize>)> {
        all.iter().map(|a| (a.extent().0, a.parent)).collect()
    }

    #[test]
    fn parents_keep_their_children_when_the_order_changes() {
        let top = [one(50, None), one(0, None), one(20, None)];
        let mut inside = [one(21, Some(2)), one(51, Some(0)), one(1, Some(1))];
        let top = sorted(&top, &mut inside);
        assert_eq!(places(&top), [(0, None), (20, None), (50, None)]);
        assert_eq!(places(&inside), [(21, Some(1)), (51, Some(2)), (1, Some(0))]);
    }

    #[test]
    fn a_child_follows_its_parent() {
        let levels = [
            vec![one(0, None), one(50, None)],
            vec![one(1, Some(0)), one(5, Some(0)), one(51, Some(1))],
            vec![one(6, Some(1)), one(52, Some(2))],
        ];
        let expected =
            [(0, None), (1, Some(0)), (5, Some(0)), (6, Some(2)), (50, None), (51, Some(4)), (52, Some(5))];
        assert_eq!(places(&in_order(&levels)), expected);
    }
}
