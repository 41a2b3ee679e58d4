//! Is the brief's speaker surely another than the source's?

use super::attribution::{SURE, SURELY_SAME};
use super::found::Case;
use super::origin::{Origin, whose};
use super::speech::{Kind, Speaker, names_another};
use crate::rules::Noun;
use crate::word_list::is_in;

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
    !differs
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
        && !theirs.is_outlet
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

/// Is a speaker without a name surely another than the source's?
pub(super) fn is_another(case: &Case<'_>, own: &Speaker, origin: &Origin<'_, '_>) -> bool {
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
    is_other_role || is_other_party(case, own, origin)
}
