//! What does the outlet state with nobody's name on it?

use sayso_text::{Document, ParagraphKind, Span};

use crate::attribute::Attributed;
use crate::rules::Rules;

/// Words of a clause that states something.
const FEWEST: usize = 4;
/// Verbs that a clause states something by, beside those in "-ed"; in lower case.
const VERBS: &[&str] = &[
    "are", "became", "began", "broke", "brought", "built", "came", "can", "could", "cut", "did", "do",
    "does", "drew", "fell", "gave", "get", "gets", "got", "grew", "had", "has", "have", "held", "hit", "is",
    "kept", "led", "left", "lost", "made", "may", "met", "might", "paid", "put", "ran", "rose", "sat", "saw",
    "sent", "set", "shut", "sold", "spent", "stood", "took", "was", "went", "were", "will", "won", "would",
];

/// Sentences and clauses that no attribution and no standing covers, each with its hedges.
pub(crate) fn own_voice(
    doc: &Document,
    attributed: &[Attributed],
    standings: &[Span],
    rules: &Rules,
) -> Vec<(Span, Vec<Span>)> {
    let mut covered: Vec<Span> =
        attributed.iter().flat_map(Attributed::parts).chain(standings.iter().copied()).collect();
    covered.sort_by_key(|span| (span.start, span.end));
    let mut own = Vec::new();
    let (mut from, mut reach) = (0, 0);
    let is_read = |p: &&sayso_text::Paragraph| {
        p.kind == ParagraphKind::Body && !crate::grammar::is_byline(p.span.of(&doc.text))
    };
    let body = doc.paragraphs.iter().filter(is_read);
    for sentence in body.flat_map(|p| &doc.sentences[p.sentences.clone()]) {
        // Contents run over sentences; how far the earlier ones reach is all that counts of them.
        while from < covered.len() && covered[from].start < sentence.span.start {
            reach = reach.max(covered[from].end);
            from += 1;
        }
        let inside = covered[from..].iter().take_while(|span| span.start < sentence.span.end);
        let mut at = sentence.span.start.max(reach.min(sentence.span.end));
        let mut gaps = Vec::new();
        for span in inside {
            if span.start > at {
                gaps.push(Span::new(at, span.start));
            }
            at = at.max(span.end);
        }
        if at < sentence.span.end {
            gaps.push(Span::new(at, sentence.span.end));
        }
        own.extend(gaps.into_iter().filter_map(|gap| stated(doc, sentence.span, gap)));
    }
    let hedges = |span: Span| -> Vec<Span> {
        let text = span.of(&doc.text);
        let found = rules
            .report_hedges
            .find_iter(text)
            .chain(rules.content_hedges.find_iter(text))
            .filter(|hit| hit.as_str() != "May");
        let mut found: Vec<Span> =
            found.map(|hit| Span::new(span.start + hit.start(), span.start + hit.end())).collect();
        found.sort_by_key(|hedge| (hedge.start, hedge.end));
        found.dedup_by(|b, a| a.overlaps(*b));
        found
    };
    own.into_iter().map(|span| (span, hedges(span))).collect()
}

/// A gap that states something: a whole sentence, or a clause with a verb.
fn stated(doc: &Document, sentence: Span, gap: Span) -> Option<Span> {
    let is_whole = gap == sentence;
    let is_edge = |c: char| {
        c.is_whitespace()
            || matches!(c, ',' | ';' | ':' | '—' | '–' | '“' | '”' | '"' | '‘' | '’' | ')' | '(')
    };
    let words = gap.of(&doc.text);
    let start = gap.end - words.trim_start_matches(is_edge).len();
    let end = gap.start + words.trim_end_matches(|c| is_edge(c) || !is_whole && c == '.').len();
    if start >= end {
        return None;
    }
    let span = if is_whole { gap } else { Span::new(start, end) };
    let words: Vec<String> = span
        .of(&doc.text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_verb = |word: &String| VERBS.contains(&word.as_str()) || word.len() > 4 && word.ends_with("ed");
    (is_whole && words.len() > 1 || words.len() >= FEWEST && words.iter().any(is_verb)).then_some(span)
}
