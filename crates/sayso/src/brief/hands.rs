//! Through whose hands did a statement come, and whom does its speaker cite?

use sayso_text::Span;

use super::source::Source;
use super::who::Part;
use crate::record::{Attribution, HandRole, HedgeOf};
use crate::word_list::is_in;

/// With whom the speaker cites, where the sentence tells that outside of what is said: "Kurier, citing an email, reported".
/// Also where that stands.
pub(super) fn citing(
    source: &Source<'_>,
    attribution: &Attribution,
    said: Span,
    cue: Span,
    mut all: Vec<Vec<Part>>,
) -> Option<(Vec<Vec<Part>>, Option<Span>)> {
    let sentence = source.doc.sentences[source.sentence_at(cue.start)].span;
    let content: Vec<Span> = attribution.content.iter().map(|part| source.bytes(part)).collect();
    let tokens = source.doc.tokens.iter().filter(|token| sentence.contains(token.span));
    let mut cites = tokens.filter(|token| is_in("citing quoting", &source.say(token.span).to_lowercase()));
    let Some(cites) = cites.find(|token| !content.iter().chain([&cue]).any(|part| part.contains(token.span)))
    else {
        return Some((all, None));
    };
    let at = cites.span.start;
    let end = if at < cue.start { cue.start } else { sentence.end };
    // Whom he cites before his own words, or at the end of the sentence.
    if at < said.end || content.iter().any(|part| part.start > at && part.start < end) {
        return None;
    }
    let words = source.doc.text[at..end]
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';'));
    let span = Span::new(at, at + words.len());
    let words = source.words(span, attribution.actor.as_deref())?;
    let first = all.first_mut()?;
    let place = first.iter().position(|part| matches!(part, Part::Who(who) if !who.is_according()))?;
    first.insert(place + 1, Part::Words(format!(", {words},")));
    Some((all, Some(span)))
}

/// With the hands that it came through, and the hedges of the report, that its own words don't tell.
pub(super) fn through(
    source: &Source<'_>,
    attribution: &Attribution,
    mut all: Vec<Vec<Part>>,
) -> Option<Vec<Vec<Part>>> {
    let has = |all: &[Vec<Part>], words: &str| {
        all.iter().flatten().any(|part| match part {
            Part::Words(own) => format!(" {own}").contains(&format!(" {words}")),
            Part::Who(who) => who.holds(words),
        })
    };
    for hedge in attribution.hedges.iter().filter(|hedge| hedge.of == HedgeOf::Report) {
        if !has(&all, &hedge.text) {
            return None;
        }
    }
    let hands: Option<Vec<String>> = attribution
        .chain
        .iter()
        // The agency that an article carries is named with the article.
        .filter(|hand| hand.role != HandRole::Wire)
        .map(|hand| source.actor(Some(&hand.actor)).and_then(|actor| source.called(actor)))
        .collect();
    let is_new = |name: &String| !has(&all, name) && source.article.outlet.as_ref() != Some(name);
    let hands: Vec<String> = hands?.into_iter().filter(is_new).collect();
    // The article's own outlet is no hand of the brief's, which names it above.
    if let Some((inner, outer)) = hands.split_last() {
        // "According to X, according to Y" says less than it should.
        if all.iter().flatten().any(|part| matches!(part, Part::Who(who) if who.is_according())) {
            return None;
        }
        let by: String = outer.iter().rev().map(|outer| format!(", reported by {outer}")).collect();
        let lead = Part::Words(format!("according to {inner}{by},"));
        all.iter_mut().for_each(|parts| parts.insert(0, lead.clone()));
    }
    Some(all)
}
