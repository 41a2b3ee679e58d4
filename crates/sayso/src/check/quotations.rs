//! Are the brief's quotations what was said?

use sayso_text::{Quotation, Span};

use super::Code;
use super::found::{Case, Found};
use super::quote::{Asked, Change, CutKind, Place, Sources, Verdict};
use super::text::Text;

/// What is wrong with the quotations, and the sentences whose quotations are too short to say.
pub(crate) fn check(case: &Case<'_>) -> (Vec<Found>, Vec<Span>) {
    let docs: Vec<_> = case.sources.iter().map(|source| &source.doc).collect();
    let sources = Sources::new(&docs);
    let brief = case.brief;
    let (mut found, mut undecided) = (Vec::new(), Vec::new());
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
            Verdict::Verbatim { .. } => {}
            Verdict::Undecided => undecided.push(sentence),
            Verdict::Fabricated { nearest } => found.push(fabricated(words, nearest)),
            Verdict::Trimmed { place, whole, cut, kind } => {
                let source = &case.sources[place.article];
                let what = format!("what was cut {}: {}", what(kind), source.say(cut));
                let one = Found::new(Code::QuoteTrimmed, words, what).shown_by(place.article, whole);
                let whole = source.say(whole);
                let one = one.better(whole).fixed_by(whole);
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
    (found, undecided)
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
    let message = if right.is_empty() {
        format!("“{}” is not in what was said", case.brief.say(span))
    } else {
        format!("what was said has “{}”", right.join("”, “"))
    };
    let one = Found::new(Code::QuoteAltered, span, message).shown_by(place.article, place.span);
    if let [change] = changed
        && ![change.brief, change.source].iter().any(|span| span.is_empty())
    {
        // The rest of the quotation stays as it is, line breaks and all.
        let right = source.say(change.source);
        return one.better(source.say(place.span)).fixed_by(right);
    }
    if place.parts.len() == 1 && place.quoted {
        let verbatim = source.say(place.span).to_owned();
        let marks = place_end(case.brief, words);
        Found { fix: Some((marks, verbatim.clone())), ..one.better(verbatim) }
    } else {
        one
    }
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
