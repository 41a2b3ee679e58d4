//! Are the brief's statements given to those who made them?

use super::Code;
use sayso_text::Span;

use super::another::{is_another, is_of_other_side, is_other_party, may_be};
use super::found::{Case, Found};
use super::mend::PRONOUNS;
use super::origin::{Origin, Statements, names_him, origins, passed_on, whose};
use super::polarity::denies;
use super::quotations::Quoted;
use super::speech::{Kind, Speaker, Speech, speaker};
use super::text::{Text, bare};
use super::{chain, cue, mend};
use crate::record::Act;
use crate::word_list::is_in;

/// The share of a statement's words that the source's must have to be the same.
const SAME: f64 = 0.55;
/// The same, where the speakers are known by what they are, not by name.
pub(super) const SURELY_SAME: f64 = 0.7;
/// Sources that come this near to the best are held to be as likely.
const NEARLY: f64 = 0.8;
/// Origins in which the speaker's own statement is looked for.
const NEXT: usize = 2;
/// Confidence of attributions that are held against each other.
pub(crate) const SURE: f64 = 0.7;

/// Statements of the brief that the sources give to others, through more hands, or less firmly.
pub(crate) fn check(case: &Case<'_>, statements: &Statements<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for speech in &statements.own {
        let mut origins = origins(case, &speech.words(case.brief), statements);
        origins.retain(|origin| !is_question(case, origin));
        // A cue that tells more than that it was said is a word that both share.
        for origin in origins.iter_mut().filter(|origin| has_same_cue(case, speech, origin)) {
            origin.n_shared += 1;
            origin.has_same_cue = true;
        }
        // What it quotes, or denies in the same words, it may tell more of than the source does there.
        let is_it = |origin: &Origin<'_, '_>| {
            origin.is_word_for_word() && origin.has_same_cue || has_quotation(case, speech, origin)
        };
        if origins.iter().any(is_it) && !says_more(case, speech, &origins, &is_it) {
            origins.retain(is_it);
        }
        let Some(best) = origins.first().filter(|o| o.share >= SAME || is_it(o)) else { continue };
        found.extend(changed(case, statements, speech, &origins));
        found.extend(denied(case, speech, best));
        found.extend(chain::collapsed(case, statements, speech, best));
        // Who thinks so may be read as who says it, whom the speaker's own statement holds.
        found.extend(origins.iter().take(NEXT).find_map(|origin| chain::unframed(case, speech, origin)));
        found.extend(chain::vouched(case, speech, best));
        found.extend(cue::stronger(case, speech, best));
    }
    found
}

/// A statement that shares more with the brief's than one which is the same in part, and whose speaker is the brief's by a word.
fn says_more(
    case: &Case<'_>,
    speech: &Speech<'_>,
    origins: &[Origin<'_, '_>],
    is_it: &impl Fn(&Origin<'_, '_>) -> bool,
) -> bool {
    let own = speaker(case.brief, speech, case.rules);
    let share = origins.iter().filter(|origin| is_it(origin)).map(|origin| origin.share).fold(0.0, f64::max);
    let mut more = origins.iter().filter(|origin| !is_it(origin) && origin.share >= share + MORE);
    more.any(|origin| !own.words.is_disjoint(&whose(case, origin).words))
}

/// What one shares more, at least.
const MORE: f64 = 0.05;

/// One word for how it was said, and none of those that tell nothing.
fn has_same_cue(case: &Case<'_>, speech: &Speech<'_>, origin: &Origin<'_, '_>) -> bool {
    let (Some(own), Some(theirs)) = (speech.cue, origin.speech.cue) else { return false };
    let (own, theirs) = (case.brief.words_in(own), case.sources[origin.article].words_in(theirs));
    matches!((own, theirs), ([a], [b]) if a.stem == b.stem && !a.is_function && !is_in(SAYING, &a.lower))
}

/// Words of a quotation, at least, by which a statement is known.
const KNOWN_BY: usize = 4;

/// The source's statement has the words that the brief's quotes.
fn has_quotation(case: &Case<'_>, speech: &Speech<'_>, origin: &Origin<'_, '_>) -> bool {
    let source = &case.sources[origin.article];
    let there: Vec<&str> =
        origin.speech.words(source).into_iter().map(|i| source.words[i].lower.as_str()).collect();
    let quotations =
        case.brief.doc.quotations.iter().filter(|q| speech.content.iter().any(|c| c.overlaps(q.span)));
    quotations.map(|q| case.brief.words_in(q.span)).any(|words| {
        words.len() >= KNOWN_BY
            && there.windows(words.len()).any(|part| part.iter().zip(words).all(|(a, b)| **a == b.lower))
    })
}

/// Cues that tell nothing but that somebody spoke.
const SAYING: &str = "said say says saying told tell tells telling according added adds wrote writes";

/// Confidence from which a quotation that stands in a source is held to be its speaker's.
const QUOTED: f64 = 0.5;
/// The same, where nothing stands between the quotation and who says it.
const QUOTED_BESIDE: f64 = 0.3;

/// Quotations that the sources have from somebody else.
pub(crate) fn misquoted(case: &Case<'_>, statements: &Statements<'_>, quoted: &[Quoted]) -> Vec<Found> {
    let another = quoted.iter().filter_map(|quotation| of_another(case, statements, quotation));
    another.chain(quoted.iter().filter_map(|quotation| unquoted(case, statements, quotation))).collect()
}

/// A sentence of the brief has the right speaker speak, too: then it tells of both, or was read wrongly.
fn beside(case: &Case<'_>, statements: &Statements<'_>, sentence: usize, theirs: &Speaker) -> bool {
    let here = statements.own.iter().filter(|speech| speech.sentence == sentence);
    let mut words = here.filter_map(|speech| speech.source).flat_map(|span| case.brief.words_in(span));
    words.any(|w| w.is_firm && theirs.names.contains(bare(&w.lower)))
}

/// Words that a source has, but not as anybody's, given to somebody.
fn unquoted(case: &Case<'_>, statements: &Statements<'_>, quoted: &Quoted) -> Option<Found> {
    let place = quoted.places.first().filter(|_| quoted.places.iter().all(|place| !place.quoted))?;
    let content = case.brief.words_in(quoted.span).iter().filter(|w| !w.is_function).count();
    let says = |speech: &&Speech<'_>| {
        speech.content.iter().any(|part| part.overlaps(quoted.span)) && speech.attribution.confidence >= SURE
    };
    let speech = statements.own.iter().find(says)?;
    let own = speaker(case.brief, speech, case.rules);
    if content < 4
        || own.is_outlet
        || own.kind != Kind::Person
        || case.sources[place.article].doc.quotations.is_empty()
    {
        return None;
    }
    let message = "the source has these words, but not in anybody's quotation marks";
    Some(
        Found::new(Code::QuoteFabricated, quoted.span, message).shown_by(place.article, place.span).warning(),
    )
}

/// Words of a quotation, at least, that can be somebody's own.
const FEWEST: usize = 4;

/// Stand who says it and how, alone, right before the quotation or behind it?
fn adjoins(text: &Text, speech: &Speech<'_>, quoted: Span) -> bool {
    let (Some(source), Some(cue)) = (speech.source, speech.cue) else { return false };
    let both = source.cover(cue);
    // "Tells Zelensky, and Stubb is quoted as saying".
    let (first, second) = if source.start < cue.start { (source, cue) } else { (cue, source) };
    if first.end < second.start && text.words_in(Span::new(first.end, second.start)).len() > 2 {
        return false;
    }
    let between = if both.end <= quoted.start {
        Span::new(both.end, quoted.start)
    } else {
        Span::new(quoted.end.min(both.start), both.start)
    };
    text.words_in(between).is_empty() && text.sentence_at(both.start) == text.sentence_at(quoted.start)
}

fn of_another(case: &Case<'_>, statements: &Statements<'_>, quoted: &Quoted) -> Option<Found> {
    let says = |text: &Text, speech: &&Speech<'_>, span: Span| {
        let least = if adjoins(text, speech, span) { QUOTED_BESIDE } else { QUOTED };
        speech.content.iter().any(|part| part.overlaps(span)) && speech.attribution.confidence >= least
    };
    let length = |speech: &&Speech<'_>| speech.content.iter().map(|part| part.len()).sum::<usize>();
    let speech =
        statements.own.iter().filter(|speech| says(case.brief, speech, quoted.span)).min_by_key(length)?;
    let own = speaker(case.brief, speech, case.rules);
    let span = speech.source?;
    let is_named = own.kind == Kind::Person && case.brief.words_in(span).iter().any(|w| w.is_firm);
    let words = case.brief.words_in(quoted.span);
    let telling = words.iter().filter(|w| !w.is_function).count();
    // "That makes me smart": few words, which stand nowhere but in quotations, and here beside who said them.
    let is_beside = case.brief.sentence_at(span.start) == case.brief.sentence_at(quoted.span.start);
    let is_only_quoted = quoted.places.iter().all(|place| place.quoted);
    let has_words = telling > 2 || words.len() >= FEWEST && telling > 0 && is_beside && is_only_quoted;
    if !has_words {
        return None;
    }
    let is_another = |one: &Origin<'_, '_>| {
        if is_named {
            !may_be(case, &own, one) && !names_him(case, one, &own)
        } else {
            is_other_party(case, &own, one)
        }
    };
    let mut origin = None;
    for place in quoted.places.iter().filter(|place| place.quoted) {
        let source = &case.sources[place.article];
        let mut theirs = statements.theirs[place.article]
            .iter()
            .filter(|speech| says(source, speech, place.span))
            .peekable();
        theirs.peek()?;
        for speech in theirs {
            let one = Origin {
                article: place.article,
                speech,
                share: 1.0,
                back: 1.0,
                n_shared: usize::MAX,
                has_same_cue: false,
            };
            let other = whose(case, &one);
            if other.kind == Kind::Body || !is_another(&one) {
                return None;
            }
            origin = Some(one);
        }
    }
    let origin = origin?;
    let source = &case.sources[origin.article];
    let theirs = whose(case, &origin);
    if beside(case, statements, case.brief.sentence_at(quoted.span.start), &theirs) {
        return None;
    }
    // "Its director said", of a body that was named before.
    let theirs_words = origin.speech.source.map_or(&[][..], |span| source.words_in(span));
    let before = source.of_sentence[origin.speech.sentence.saturating_sub(2)].start
        ..source.of_sentence[origin.speech.sentence].end;
    let is_its = theirs_words.first().is_some_and(|word| is_in("its their", &word.lower));
    if is_its && source.words[before].iter().any(|w| w.is_firm && own.names.contains(bare(&w.lower))) {
        return None;
    }
    let is_name = theirs.kind == Kind::Person && theirs.name.is_some();
    let right = called(source, &theirs, origin.speech)?;
    let message = format!("the source gives it to {right}, not to {}", case.brief.say(span));
    let found = Found::new(Code::QuoteMisattributed, span, message).better(right.clone());
    let found = if is_named && is_name {
        named_instead(case, found, &right)
    } else {
        mend::speaker(case, found, speech, &right, is_name)
    };
    Some(found.shown_by(origin.article, source.doc.sentences[origin.speech.sentence].span))
}

/// What a source calls a speaker: "a spokesman for the town" so, not by what an actor is named in a list.
fn called(source: &Text, theirs: &Speaker, speech: &Speech<'_>) -> Option<String> {
    let name = || theirs.name.clone().filter(|_| theirs.kind != Kind::Unknown && theirs.speaks_for.is_none());
    let phrase = speech.source.filter(|span| {
        let first = source.words_in(*span).first();
        theirs.kind != Kind::Person && first.is_some_and(|word| !is_in(PRONOUNS, &word.lower))
    });
    let phrase = phrase.map(|span| source.say(span).trim_end_matches(',').to_owned());
    phrase.or_else(name).or_else(|| speech.source.map(|span| source.say(span).to_owned()))
}

/// With the other's name for a name, with or without what stands beside it between commas.
fn named_instead(case: &Case<'_>, found: Found, right: &str) -> Found {
    let words = case.brief.words_in(found.span);
    let n_names = words.iter().take_while(|w| w.is_firm).count();
    let behind = words.get(n_names).zip(words.get(n_names.wrapping_sub(1)));
    let is_apposed = behind.is_some_and(|(next, last)| {
        case.brief.doc.text[last.span.end..next.span.start].starts_with(',')
            && case.brief.say(found.span).ends_with(',')
    });
    if n_names > 0 && (n_names == words.len() || is_apposed) { found.fixed_by(right) } else { found }
}

/// Somebody else says it in the sources.
fn changed(
    case: &Case<'_>,
    statements: &Statements<'_>,
    speech: &Speech<'_>,
    origins: &[Origin<'_, '_>],
) -> Option<Found> {
    let own = speaker(case.brief, speech, case.rules);
    let best = origins.first()?;
    let span = speech.source?;
    let words = case.brief.say(span);
    let is_possessive = words.ends_with("'s") || words.ends_with("’s");
    let attribution = speech.attribution;
    if is_possessive || attribution.negated || attribution.confidence < SURE || attribution.parent.is_some() {
        return None;
    }
    let quoted = case.brief.doc.quotations.iter().any(|q| speech.content.iter().any(|c| c.overlaps(q.span)));
    // Few words are enough where all are the same and both have names.
    let are_persons = own.kind == Kind::Person && whose(case, best).kind == Kind::Person;
    let surely = best.is_exact() || best.share >= 0.95 && are_persons;
    if best.n_shared < if quoted || surely { 2 } else { 3 } {
        return None;
    }
    let is_named = own.kind != Kind::Unknown && case.brief.words_in(span).iter().any(|w| w.is_firm);
    let likely: Vec<_> = origins.iter().take_while(|o| o.share >= NEARLY * best.share).collect();
    let is_theirs = |origin: &&Origin<'_, '_>| {
        origin.speech.source.is_none()
            || answers(case, origin, &own)
            || if is_of_other_side(case, speech, origin) {
                false
            } else if names_him(case, origin, &own) || passed_on(case, origin, &own) {
                true
            } else if is_named {
                may_be(case, &own, origin) && !is_other_party(case, &own, origin)
            } else {
                !is_another(case, speech, &own, origin)
            }
    };
    if likely.iter().any(is_theirs) {
        return None;
    }
    let source = &case.sources[best.article];
    let theirs = whose(case, best);
    // Or the sentence tells of what they said.
    let sentence = case.brief.of_sentence[case.brief.sentence_at(span.start)].clone();
    let told = case.brief.words[sentence]
        .iter()
        .any(|w| w.is_firm && !span.overlaps(w.span) && theirs.names.contains(bare(&w.lower)));
    if !quoted && told || beside(case, statements, case.brief.sentence_at(span.start), &theirs) {
        return None;
    }
    let code = if quoted { Code::QuoteMisattributed } else { Code::AttributionChanged };
    let right = called(source, &theirs, best.speech)?;
    let message = format!("the source gives it to {right}, not to {words}");
    let found = Found::new(code, span, message).better(right.clone());
    // A name for a name, and nothing that agrees with it.
    let are_persons = theirs.kind == Kind::Person && own.kind == Kind::Person && theirs.name.is_some();
    let found = match (are_persons, own.has_name) {
        (true, _) => named_instead(case, found, &right),
        // "Lawyers for the families" by "lawyers for the company", "Cllr Swale" by "the monitoring officer".
        (_, has_name)
            if best.is_word_for_word()
                && (!has_name || theirs.is_post || is_of_other_side(case, speech, best)) =>
        {
            mend::speaker(case, found, speech, &right, theirs.kind != Kind::Unknown)
        }
        _ => found,
    };
    Some(found.shown_by(best.article, source.doc.sentences[best.speech.sentence].span))
}

/// The source's words are a question, which a brief may put as the statement of who answers.
fn is_question(case: &Case<'_>, origin: &Origin<'_, '_>) -> bool {
    let last = origin.speech.content.last();
    last.is_some_and(|span| {
        case.sources[origin.article].say(*span).trim_end_matches(['"', '”', '’', '\'']).ends_with('?')
    })
}

/// The brief's speaker is named in the sentence before or behind, where a question or another's words may be answered.
fn answers(case: &Case<'_>, origin: &Origin<'_, '_>, own: &Speaker) -> bool {
    let source = &case.sources[origin.article];
    let at = origin.speech.sentence;
    let has = |s: usize| {
        source.of_sentence.get(s).is_some_and(|range| {
            source.words[range.clone()].iter().any(|w| w.is_firm && own.names.contains(bare(&w.lower)))
        })
    };
    origin.share < SURELY_SAME && (at > 0 && has(at - 1) || has(at + 1))
}

/// The brief says it is so, and the source that it isn't, by verbs that assert and deny.
fn denied(case: &Case<'_>, speech: &Speech<'_>, origin: &Origin<'_, '_>) -> Option<Found> {
    let source = &case.sources[origin.article];
    let (ours, theirs) = (speech.attribution, origin.speech.attribution);
    let (cue, their_cue) = (speech.cue?, origin.speech.cue?);
    let sure = ours.confidence >= SURE && theirs.confidence >= SURE && origin.share >= SURELY_SAME;
    let own = speaker(case.brief, speech, case.rules);
    if !sure || !own.may_be(&whose(case, origin)) || (ours.act == Act::Deny) == (theirs.act == Act::Deny) {
        return None;
    }
    let (other, at) = if ours.act == Act::Deny { (source, their_cue) } else { (case.brief, cue) };
    let sentence = &other.words[other.of_sentence[other.sentence_at(at.start)].clone()];
    if sentence.iter().any(|word| denies(&word.lower, &word.stem)) {
        return None;
    }
    let right = source.say(their_cue);
    let message = format!("the source has “{right}”");
    let found = Found::new(Code::NegationFlipped, cue, message).better(right);
    // "Accepted that" for "denied that": one word for one.
    let lone = |text: &Text, span: Span| matches!(text.words_in(span), [word] if word.lower.ends_with("ed") || word.lower == "said");
    let that = case.brief.doc.text[cue.end..].trim_start().starts_with("that ");
    let found =
        if that && lone(case.brief, cue) && lone(source, their_cue) { found.fixed_by(right) } else { found };
    Some(found.shown_by(origin.article, source.doc.sentences[origin.speech.sentence].span))
}
