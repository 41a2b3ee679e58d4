//! Are the brief's quotations what was said?

use sayso_text::{Quotation, Span};

use super::Code;
use super::found::{Case, Found};
use super::quote::{Asked, Change, ChangeKind, CutKind, Place, Sources, Verdict};
use super::text::Text;

/// A quotation of the brief that stands in the sources.
#[derive(Debug)]
pub(crate) struct Quoted {
    pub(crate) span: Span,
    pub(crate) places: Vec<Place>,
}

/// What comes of the quotations.
#[derive(Debug, Default)]
pub(crate) struct Quotations {
    pub(crate) found: Vec<Found>,
    /// Sentences whose quotations are too short to say.
    pub(crate) undecided: Vec<Span>,
    pub(crate) verbatim: Vec<Quoted>,
}

/// Holds every quotation against the sources.
pub(crate) fn check(case: &Case<'_>) -> Quotations {
    let docs: Vec<_> = case.sources.iter().map(|source| &source.doc).collect();
    let sources = Sources::new(&docs);
    let brief = case.brief;
    let Quotations { mut found, mut undecided, mut verbatim } = Quotations::default();
    for quotation in brief.doc.quotations.iter().filter(|q| q.depth == 0) {
        let words = inner(brief, quotation);
        let sentence = brief.doc.sentences[brief.sentence_at(words.start)].span;
        let end =
            brief.doc.sentences[brief.sentence_at(words.end.saturating_sub(1).max(words.start))].span.end;
        // Its own words can't tell what was cut from it.
        let around = format!("{} {}", &brief.doc.text[..words.start], &brief.doc.text[words.end..]);
        let asked = Asked {
            words: brief.say(words),
            before: brief.say(Span::new(sentence.start.min(words.start), words.start)),
            after: brief.say(Span::new(words.end, end.max(words.end))),
            around: &around,
        };
        match sources.verify(&asked) {
            Verdict::Verbatim { places } => verbatim.push(Quoted { span: words, places }),
            Verdict::Undecided => undecided.push(sentence),
            Verdict::Fabricated { nearest } => found.push(fabricated(words, nearest)),
            Verdict::Trimmed { place, whole, cut, kind } => {
                let source = &case.sources[place.article];
                let what = format!("what was cut {}: {}", what(kind), source.say(cut));
                let one = Found::new(Code::QuoteTrimmed, words, what).shown_by(place.article, whole);
                // Not where the cut words begin amid a clause, nor with the source's own words between.
                let starts = source.doc.quotations.iter().any(|q| inner(source, q).start == whole.start)
                    || source.doc.sentences.iter().any(|s| s.span.start == whole.start);
                let marks = place_end(brief, words);
                let one = Found {
                    fix: (starts && is_plain(source.say(whole)))
                        .then(|| (marks, source.say(whole).to_owned())),
                    ..one.better(source.say(whole))
                };
                // People say "but" a lot.
                found.push(if kind == CutKind::Contrast { one.warning() } else { one });
            }
            Verdict::Altered { place, changed, diff, grave } => {
                let one = altered(case, words, &place, &changed);
                let one = Found { diff, ..one };
                found.push(if grave { one } else { one.warning() });
            }
        }
    }
    undecided.dedup();
    Quotations { found, undecided, verbatim }
}

/// What stands between the marks.
fn inner(text: &Text, quotation: &Quotation) -> Span {
    let words = text.say(quotation.span);
    let first = words.chars().next().map_or(0, char::len_utf8);
    let doubled = if words.starts_with("''") || words.starts_with("``") { 2 } else { first };
    let last = if quotation.closed { words.chars().next_back().map_or(0, char::len_utf8) } else { 0 };
    let last = if quotation.closed && words.ends_with("''") && words.len() > 3 { 2 } else { last };
    let end = (quotation.span.end - last).max(quotation.span.start + doubled);
    Span::new(quotation.span.start + doubled, end)
}

fn fabricated(words: Span, nearest: Option<Place>) -> Found {
    let one = Found::new(Code::QuoteFabricated, words, "no source has these words");
    match nearest {
        Some(place) => one.shown_by(place.article, place.span),
        None => one,
    }
}

fn what(kind: CutKind) -> &'static str {
    match kind {
        CutKind::Negation => "denies it",
        CutKind::Turned => "makes it no statement",
        CutKind::Condition => "says when it holds",
        CutKind::Contrast => "goes on with “but”",
        CutKind::Reported => "gives it to somebody else",
        CutKind::Limit => "limits it",
    }
}

/// The words that differ, or the words beside the place where some are missing.
fn altered(case: &Case<'_>, words: Span, place: &Place, changed: &[Change]) -> Found {
    let source = &case.sources[place.article];
    let spans = changed.iter().map(|change| {
        let at = |byte: usize| words.start + byte;
        let span = Span::new(at(change.brief.start), at(change.brief.end));
        if span.is_empty() { beside(case.brief, span.start, words) } else { span }
    });
    let span = spans.reduce(Span::cover).unwrap_or(words);
    let right: Vec<&str> =
        changed.iter().map(|c| source.say(c.source)).filter(|words| !words.trim().is_empty()).collect();
    let spliced = changed.iter().any(|change| change.kind == ChangeKind::Spliced);
    let message = if spliced {
        "its parts stand far apart, or in another order".to_owned()
    } else if right.is_empty() {
        format!("“{}” is not in what was said", case.brief.say(span))
    } else {
        format!("what was said has “{}”", right.join("”, “"))
    };
    let one = Found::new(Code::QuoteAltered, span, message).shown_by(place.article, place.span);
    if spliced {
        return one.better(place.parts.iter().map(|part| source.say(*part)).collect::<Vec<_>>().join(" … "));
    }
    if let [change] = changed
        && ![change.brief, change.source].iter().any(|span| span.is_empty())
    {
        // The rest of the quotation stays as it is, line breaks and all.
        let right = source.say(change.source);
        let one = one.better(source.say(place.span));
        let whole = is_whole(&case.brief.doc.text, one.span) && is_whole(&source.doc.text, change.source);
        return if whole && is_plain(right) { one.fixed_by(right) } else { one };
    }
    if place.parts.len() == 1 && place.quoted && is_plain(source.say(place.span)) {
        let verbatim = source.say(place.span).to_owned();
        let marks = place_end(case.brief, words);
        Found { fix: Some((marks, verbatim.clone())), ..one.better(verbatim) }
    } else {
        one
    }
}

/// No part of a word: not the "n't" of "can't".
fn is_whole(text: &str, span: Span) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    !text[..span.start].ends_with(joins) && !text[span.end..].starts_with(char::is_alphanumeric)
}

/// Words without a mark or a line break, which can stand in a quotation as they are.
fn is_plain(words: &str) -> bool {
    !words.contains(['"', '“', '”', '\n', '«', '»', '„'])
}

/// The words of a quotation without a stop or comma at its end, which stay.
fn place_end(text: &Text, words: Span) -> Span {
    let said = text.say(words);
    let bare = said.trim_end_matches(['.', ',', '!', '?', ';', ' ']);
    Span::new(words.start, words.start + bare.len())
}

/// The words on both sides of a place.
fn beside(text: &Text, at: usize, within: Span) -> Span {
    let inside = text.words_in(within);
    let before = inside.iter().rev().find(|w| w.span.end <= at).map_or(at, |w| w.span.start);
    let after = inside.iter().find(|w| w.span.start >= at).map_or(at, |w| w.span.end);
    Span::new(before.max(within.start), after.min(within.end).max(before))
}
