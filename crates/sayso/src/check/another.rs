//! Is the brief's speaker surely another than the source's?

use super::attribution::{SURE, SURELY_SAME};
use super::found::Case;
use super::names::{is_same_land, state};
use super::origin::{Origin, whose};
use super::speech::{Kind, Speaker, Speech, names_another, speaks_of, titled_otherwise};
use super::text::{Word, bare};
use crate::rules::Noun;
use crate::word_list::is_in;

/// Words of an office behind whose it is, at most.
const OFFICE: usize = 4;
/// Words among which a name beside a noun tells whose they are.
const NEAR: usize = 4;

/// May a named speaker of the brief be the source's?
pub(super) fn may_be(case: &Case<'_>, own: &Speaker, origin: &Origin<'_, '_>) -> bool {
    let theirs = whose(case, origin);
    // "Its director said" may be told as what it said.
    let source = origin.speech.source.map_or(&[][..], |span| case.sources[origin.article].words_in(span));
    let speaks_for = source.first().is_some_and(|word| is_in("its their his her", &word.lower));
    if !(own.may_be(&theirs) || speaks_for && own.kind == Kind::Body) {
        return false;
    }
    // "The clerk said", and the source calls somebody else so.
    let differs = theirs.kind == Kind::Unknown
        && own.kind == Kind::Person
        && origin.share >= SURELY_SAME
        && origin.speech.attribution.confidence >= SURE
        && !theirs.roles.is_empty()
        && own.roles.is_disjoint(&theirs.roles)
        && names_another(&case.sources[origin.article], &theirs.roles, &own.names);
    !differs && !is_somebody_else(case, own, &theirs, origin)
}

/// A person with a name, who is surely not the post or the people without one to whom the source gives the same words:
/// "Cllr Swale, the council's leader" isn't "the monitoring officer", nor the critic of "the authors" one of them.
fn is_somebody_else(case: &Case<'_>, own: &Speaker, theirs: &Speaker, origin: &Origin<'_, '_>) -> bool {
    let source = &case.sources[origin.article];
    let is_sure = origin.is_word_for_word() && origin.speech.attribution.confidence >= SURE;
    // "Doctors".
    let are_several = |last: &str| matches!(case.rules.noun(last), Some((Noun::Role, true)));
    let has_post = || {
        (theirs.is_post || theirs.is_unnamed && theirs.last.as_deref().is_some_and(are_several))
            && !theirs.roles.is_empty()
            && own.roles.is_disjoint(&theirs.roles)
            && titled_otherwise(source, &theirs.roles, &own.names)
    };
    let speaks_of_him = || theirs.is_unnamed && speaks_of(source, origin.speech, &own.names);
    is_sure && own.kind == Kind::Person && theirs.kind == Kind::Unknown && (has_post() || speaks_of_him())
}

/// People without a name, of whom the brief says whose they are, and the source doesn't: "members of the delegation of Norvale"
/// for "officials with knowledge of the talks".
fn is_given_a_side(
    case: &Case<'_>,
    speech: &Speech<'_>,
    own: &Speaker,
    theirs: &Speaker,
    origin: &Origin<'_, '_>,
) -> bool {
    let source = &case.sources[origin.article];
    let opens = case.brief.doc.sentences[speech.sentence].span.start;
    let own_words = speech.source.map_or(&[][..], |span| case.brief.words_in(span));
    let side: Vec<&Word> =
        own_words.iter().filter(|word| word.span.start != opens && is_side(case, word)).collect();
    let words = origin.speech.source.map_or(&[][..], |span| source.words_in(span));
    let Some(head) =
        words.iter().find(|word| !word.is_function && case.rules.noun(bare(&word.lower)).is_some())
    else {
        return false;
    };
    let is_so_elsewhere = |name: &&Word| {
        source.words.windows(NEAR).any(|near| {
            near.iter().any(|word| word.stem == name.stem) && near.iter().any(|word| word.stem == head.stem)
        })
    };
    let is_told = words.iter().filter(|word| !word.is_function).count() > 1;
    // A land's people, of which the source tells by another form: whoever an article is about needs no name there.
    let is_other_form = |name: &Word, other: &Word| {
        name.lower != other.lower
            && is_same_land(case.rules, case.brief.say(name.span), source.say(other.span))
    };
    let is_of_land = |name: &&Word| {
        state(case.rules, case.brief.say(name.span)).is_some()
            || source.words.iter().any(|other| other.is_firm && is_other_form(name, other))
    };
    let sentence = origin.speech.sentence;
    let before = source.of_sentence[sentence.saturating_sub(1)].start;
    let here = &source.words[before..source.of_sentence[sentence].end];
    let is_here =
        |name: &&Word| here.iter().any(|word| word.stem == name.stem && !origin.speech.holds(word.span));
    origin.is_word_for_word()
        && origin.speech.attribution.confidence >= SURE
        && own.kind == Kind::Unknown
        && theirs.is_unnamed
        && is_told
        && !side.is_empty()
        && side.iter().all(|name| is_of_land(name) && !is_here(name) && !is_so_elsewhere(name))
}

/// The source's words, given to somebody who is told of elsewhere in the source: "lawyers for the families" for "lawyers
/// for the company", "the interior minister" for the director.
pub(super) fn is_other_party(case: &Case<'_>, own: &Speaker, origin: &Origin<'_, '_>) -> bool {
    let source = &case.sources[origin.article];
    let theirs = whose(case, origin);
    let here = source.of_sentence[origin.speech.sentence].clone();
    let has = |role: &String, mut words: std::ops::Range<usize>| words.any(|i| source.words[i].stem == *role);
    let is_elsewhere = |role: &String| {
        !has(role, here.clone()) && (has(role, 0..here.start) || has(role, here.end..source.words.len()))
    };
    let is_role = |last: &str| matches!(case.rules.noun(last), Some((Noun::Role, false)));
    // Somebody with a name may speak for a body, but is not another office.
    let fits = theirs.kind == Kind::Unknown
        || theirs.kind == Kind::Person && own.last.as_deref().is_some_and(is_role);
    let is_sure = origin.is_word_for_word()
        && origin.speech.attribution.confidence >= SURE
        && !own.called.is_empty()
        && (!theirs.is_outlet || is_not_whose(case, own, &theirs, origin))
        // Resolution may have brought both to one name.
        && own.names.is_disjoint(&theirs.names);
    // "Lawyers for the line", a name or not, whom resolution may have taken for those for the families.
    let speak_alike = own.speaks_for.is_some() && own.speaks_for == theirs.speaks_for;
    if speak_alike {
        return is_sure && !theirs.called.is_empty() && own.called.is_disjoint(&theirs.called);
    }
    is_sure
        && !own.has_name
        && fits
        && !theirs.roles.is_empty()
        && own.called.is_disjoint(&theirs.roles)
        && own.called.iter().all(is_elsewhere)
}

/// A body that the source tells of, but nowhere near a document, as it would of one whose document it is: "the union" for
/// "the release".
fn is_not_whose(case: &Case<'_>, own: &Speaker, theirs: &Speaker, origin: &Origin<'_, '_>) -> bool {
    let source = &case.sources[origin.article];
    let is_body = |last: &str| matches!(case.rules.noun(last), Some((Noun::Organisation, false)));
    let of_document = |s: &usize| {
        source.words[source.of_sentence[*s].clone()].iter().any(|word| theirs.called.contains(&word.stem))
    };
    let is_near = |s: usize| {
        let last = (s + 1).min(source.of_sentence.len() - 1);
        let mut words = source.of_sentence[s.saturating_sub(1)].start..source.of_sentence[last].end;
        words.any(|i| own.called.contains(&source.words[i].stem))
    };
    theirs.is_document
        && !theirs.called.is_empty()
        && own.last.as_deref().is_some_and(is_body)
        && !source.body().filter(of_document).any(is_near)
}

/// "The Kestrian foreign ministry" for "the Brannish foreign ministry": one office of two sides.
pub(super) fn is_of_other_side(case: &Case<'_>, speech: &Speech<'_>, origin: &Origin<'_, '_>) -> bool {
    let source = &case.sources[origin.article];
    let phrases = speech.source.zip(origin.speech.source);
    let Some((own, theirs)) = phrases.map(|(a, b)| (case.brief.words_in(a), source.words_in(b))) else {
        return false;
    };
    // The words before the noun alone: "the Kestrian foreign minister, Davan Orlec" has a name behind.
    let ([first, side, office @ ..], [their_first, their_side, their_office @ ..]) = (own, theirs) else {
        return false;
    };
    let is_same_office = !office.is_empty()
        && office.len() <= OFFICE
        && office.iter().map(|word| &word.lower).eq(their_office.iter().map(|word| &word.lower));
    let is_other = side.stem != their_side.stem
        && !is_same_land(case.rules, case.brief.say(side.span), source.say(their_side.span));
    origin.is_word_for_word()
        && origin.speech.attribution.confidence >= SURE
        && first.lower == their_first.lower
        && is_same_office
        && is_side(case, side)
        && is_side(case, their_side)
        && is_other
}

/// Is a speaker without a name surely another than the source's?
pub(super) fn is_another(
    case: &Case<'_>,
    speech: &Speech<'_>,
    own: &Speaker,
    origin: &Origin<'_, '_>,
) -> bool {
    let source = &case.sources[origin.article];
    let theirs = whose(case, origin);
    let near = source.of_sentence[origin.speech.sentence].clone();
    let named_near = || {
        let said = |i: usize| !origin.speech.holds(source.words[i].span);
        near.clone().any(|i| said(i) && own.roles.contains(&source.words[i].stem))
    };
    // Somebody with a name may speak for a body that was named before.
    let speaks_for = || {
        let before = source.of_sentence[origin.speech.sentence.saturating_sub(2)].start..near.end;
        let last = own.last.as_deref().and_then(|word| case.rules.noun(word));
        !matches!(last, Some((Noun::Organisation, false)))
            || source.words[before].iter().any(|word| own.roles.contains(&word.stem))
    };
    let is_other_role = origin.share >= SURELY_SAME
        && origin.speech.attribution.confidence >= SURE
        && own.names.is_empty()
        && !own.roles.is_empty()
        && !theirs.roles.is_empty()
        && own.roles.is_disjoint(&theirs.roles)
        && own.words.is_disjoint(&theirs.words)
        && !theirs.is_outlet
        && (theirs.kind == Kind::Unknown && theirs.names.is_empty()
            || theirs.kind == Kind::Person && !speaks_for())
        && !named_near()
        && own.roles.iter().all(|role| source.words.iter().any(|word| word.stem == *role));
    is_other_role || is_other_party(case, own, origin) || is_given_a_side(case, speech, own, &theirs, origin)
}

/// A word that can tell whose somebody is: a name, and no number.
fn is_side(case: &Case<'_>, word: &Word) -> bool {
    word.is_firm
        && !word.lower.contains(|c: char| c.is_ascii_digit())
        && case.rules.noun(bare(&word.lower)).is_none()
}
