//! What must be told with a claim: who denies it, that nobody has verified it, that it was withdrawn.

use rust_stemmers::{Algorithm, Stemmer};
use sayso_text::Span;

use super::english::is_verb;
use super::say::told;
use super::source::{Source, capital};
use super::who::Part;
use crate::record::{Attribution, Standing, StandingKind};
use crate::word_list::is_in;

/// Words of a standing that point back to the claim before it.
const POINTING: &str = "it that this those them claim claims report reports allegation allegations account offer transcript \
document accusation accusations charge charges figure";

/// A standing in a sentence of its own, and where it stands.
pub(super) struct Stood {
    pub(super) parts: Vec<Part>,
    pub(super) span: Span,
    pub(super) kind: StandingKind,
    /// The statement that it is, which needn't be told again.
    pub(super) attribution: Option<String>,
}

/// All that is said of how a statement stands; `None` where some of it can't be told, so that the statement can't be
/// either.
pub(super) fn stands(source: &Source<'_>, article: usize, attribution: &Attribution) -> Option<Vec<Stood>> {
    let mut all: Vec<Stood> = Vec::new();
    let extent = source.extent(attribution);
    for standing in standings(source, attribution) {
        let span = source.bytes_at(standing.start, standing.end);
        if extent.contains(span) || all.iter().any(|other| other.span.overlaps(span)) {
            continue;
        }
        match stood(source, article, attribution, standing, span) {
            Some(one) => all.push(one),
            None if standing.kind.is_contested() => return None,
            None => {}
        }
    }
    Some(all)
}

/// Those that the record ties to it or to a statement within it, and that of the next sentence that points back.
fn standings<'a>(source: &Source<'a>, attribution: &'a Attribution) -> Vec<&'a Standing> {
    let extent = source.extent(attribution);
    let within =
        |other: &&'a Attribution| other.id != attribution.id && extent.contains(source.extent(other));
    let others = source.beginning_in(extent).filter(within).flat_map(|other| &other.status);
    let mut all: Vec<&Standing> = attribution.status.iter().chain(others).collect();
    let last = |at: usize| {
        let before = source.record.attributions.iter().filter(|a| source.extent(a).end <= at);
        before.max_by_key(|a| (source.extent(a).end, source.extent(a).len())).map(|a| a.id.as_str())
    };
    all.extend(named_behind(source, attribution));
    let unbound =
        |standing: &Standing| source.record.unbound.iter().any(|other| std::ptr::eq(other, standing));
    // Two sentences on from where it begins.
    let near = source.sentence_at(extent.start) + 2;
    let end = source.doc.sentences.get(near).map_or(source.doc.text.len(), |sentence| sentence.span.end);
    let behind = source.standings_in(Span::new(extent.start, end.max(extent.start)));
    for (span, standing) in behind.filter(|(_, standing)| standing.kind.is_contested() && unbound(standing)) {
        let mut words = source.say(span).split(|c: char| !c.is_alphanumeric());
        let points = words.any(|word| is_in(POINTING, &word.to_lowercase()));
        if points && !is_of_between(source, extent, span) && last(span.start) == Some(attribution.id.as_str())
        {
            all.push(standing);
        }
    }
    all.sort_by_key(|standing| standing.start);
    all
}

/// In another paragraph than the statement, "this has not gone over well" is of what stands between.
fn is_of_between(source: &Source<'_>, extent: Span, span: Span) -> bool {
    let mut words = source.say(span).split_whitespace();
    let points =
        words.next().is_some_and(|word| is_in("This That", word)) && words.next().is_some_and(is_verb);
    points && !source.doc.paragraphs.iter().any(|p| p.span.contains(extent) && p.span.contains(span))
}

/// What nobody is said to say is the outlet's.
fn by_outlet(source: &Source<'_>, text: &str, span: Span) -> String {
    let outlet = source.article.outlet.as_deref().unwrap_or_default();
    let voice = source.voice();
    if text.contains(&voice) || outlet.split_whitespace().any(|word| word.len() > 3 && text.contains(word)) {
        return capital(text);
    }
    format!("according to {voice}, {}", source.small_first(text, span.start))
}

/// Those of the same paragraph, behind the statement, that name what it is of: "could not confirm the offer" behind
/// "had offered", whichever statement the record ties them to.
fn named_behind<'a>(source: &Source<'a>, attribution: &Attribution) -> Vec<&'a Standing> {
    let extent = source.extent(attribution);
    let Some(paragraph) = source.doc.paragraphs.iter().find(|p| p.span.contains(extent)) else {
        return Vec::new();
    };
    let own = stems(source.say(extent));
    let of_it = |(span, standing): &(Span, &Standing)| {
        let span = *span;
        let behind = span.start >= extent.end && paragraph.span.contains(span);
        let points = source.say(span).split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        let points: Vec<String> = points.filter(|word| is_in(POINTING, word) && word.len() > 4).collect();
        standing.kind.is_contested()
            && behind
            && stems(&points.join(" ")).iter().any(|stem| own.contains(stem))
    };
    let rest = Span::new(extent.end.min(paragraph.span.end), paragraph.span.end);
    source.standings_in(rest).filter(of_it).map(|(_, standing)| standing).collect()
}

fn stems(words: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    words.map(|word| stemmer.stem(&word.to_lowercase()).into_owned()).collect()
}

fn stood(
    source: &Source<'_>,
    article: usize,
    attribution: &Attribution,
    standing: &Standing,
    span: Span,
) -> Option<Stood> {
    let extent = source.extent(attribution);
    if span.overlaps(extent) {
        return None;
    }
    let is_it = |other: &&Attribution| {
        other.parent.is_none() && other.id != attribution.id && source.extent(other).overlaps(span)
    };
    let own = source.record.attributions.iter().find(is_it);
    if let Some(own) = own
        && let Some(told) = told(source, article, own)
        && let [parts] = told.sentences.as_slice()
    {
        let span = told.span.cover(span);
        return Some(Stood {
            parts: parts.clone(),
            span,
            kind: standing.kind,
            attribution: Some(own.id.clone()),
        });
    }
    // As it stands, right behind the claim that its pronouns point to.
    let text = source.words_behind(span, attribution.actor.as_deref(), true)?;
    let is_own = |word: &str| is_in("I we my our us me", word.trim_matches(|c: char| !c.is_alphanumeric()));
    if text.split_whitespace().any(is_own) || source.is_quoted(span) {
        return None;
    }
    let opens = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    let is_sentence = text.split_whitespace().count() >= 3
        && !is_in("which who whom whose a but and or as contrary despite although without", &opens);
    let starts = source.doc.sentences[source.sentence_at(span.start)].span.start == span.start;
    let subject = text.starts_with(char::is_uppercase) || opens == "it";
    (is_sentence && (starts || subject)).then(|| Stood {
        parts: vec![Part::Words(if own.is_some() { capital(&text) } else { by_outlet(source, &text, span) })],
        span,
        kind: standing.kind,
        attribution: own.map(|own| own.id.clone()),
    })
}
