//! Does the brief's verb say more than the source's?

use sayso_text::Span;

use super::Code;
use super::found::{Case, Found};
use super::origin::{Origin, whose};
use super::speech::{Speech, speaker};
use super::text::{Text, Word};
use crate::word_list::is_in;

/// The share of a statement's words that the source's must have for their verbs to be compared.
const SAME: f64 = 0.55;
/// Words that say more than "said", by group: those of one group say the same.
const STRONG: [(&str, &str); 8] = [
    ("agreed", "agree agrees agreed agreeing accept accepts accepted"),
    (
        "admitted",
        "admit admits admitted admitting concede concedes conceded acknowledge acknowledges acknowledged \
confess confessed confesses recognized recognised conceding acknowledging grants granted",
    ),
    (
        "shown",
        "show shows showed shown proved proves proven prove demonstrate demonstrated demonstrates establish \
established establishes find finds found reveal reveals revealed discovered",
    ),
    (
        "vowed",
        "vow vows vowed pledge pledges pledged swear swears swore \
guarantee guaranteed vowing pledging",
    ),
    ("confirmed", "confirm confirms confirmed confirming verify verified"),
    ("demanded", "demand demands demanded demanding require required ordered order orders must"),
    ("threatened", "threaten threatens threatened threatening"),
    ("boasted", "boast boasts boasted brag brags bragged crow crowed"),
];

/// The brief's verb says more than the source's.
pub(crate) fn stronger(case: &Case<'_>, speech: &Speech<'_>, origin: &Origin<'_, '_>) -> Option<Found> {
    let cue = speech.cue?;
    let own = speaker(case.brief, speech, case.rules);
    if origin.share < SAME || origin.n_shared < 2 || !own.may_be(&whose(case, origin)) {
        return None;
    }
    let source = &case.sources[origin.article];
    // "Confirmed on a messaging channel" is "confirmed".
    let words = case.brief.words_in(cue);
    let words = &words
        [..words.iter().position(|w| is_in("in on at by through via", &w.lower)).unwrap_or(words.len())];
    if words.len() > 3 || words.first().is_some_and(|w| w.lower == "to") {
        return None;
    }
    let (group, verb) = STRONG
        .iter()
        .find_map(|(name, list)| words.iter().find(|w| is_in(list, &w.lower)).map(|w| ((name, list), w)))?;
    let (name, list) = group;
    if *name == "shown" && is_in("find finds found", &verb.lower) {
        return None;
    }
    let their_cue = origin.speech.cue?;
    // The source's sentence may say so too.
    let sentence = source.of_sentence[origin.speech.sentence].clone();
    if source.words[sentence].iter().any(|w| is_in(list, &w.lower)) {
        return None;
    }
    let right = source.say(their_cue);
    if !source.words_in(their_cue).iter().any(|w| is_in(NEUTRAL, &w.lower)) {
        return None;
    }
    let message = format!("the source has “{right}”, which says less than “{}”", case.brief.say(cue));
    let found = Found::new(Code::CueStrengthened, cue, message)
        .shown_by(origin.article, source.extent(origin.speech.attribution));
    let found = found.better(right);
    // "Demanded that they stay" isn't "said that they stay".
    let is_last = words.last().is_some_and(|last| last.span == verb.span);
    // What an outlet reported isn't what the ministry reported.
    let theirs = whose(case, origin);
    let is_he = !own.words.is_disjoint(&theirs.words) || theirs.words.is_empty();
    if *name == "demanded" || !is_last || !is_he {
        Some(found)
    } else {
        Some(by_neutral(case, found, verb, source, their_cue))
    }
}

/// With the source's verb for the brief's: one past for another, of which regular ones are participles too ("has confirmed in
/// a post that"), with the same words behind it; "he demands" doesn't become "he said".
fn by_neutral(case: &Case<'_>, found: Found, verb: &Word, source: &Text, their_cue: Span) -> Found {
    let is_past = |word: &Word| {
        word.lower.ends_with("ed") && !is_in("asked called described", &word.lower) || (word.lower == "said")
    };
    let after = case.brief.doc.text[found.span.end..].trim_start();
    let goes_on = ["that ", "he ", "she ", "they ", "it ", "we "].iter().any(|word| after.starts_with(word))
        || after.starts_with([',', '"', '“', '‘', ':']);
    let their = source.words_in(their_cue);
    // "Has shown that" by "maintains that".
    let own = case.brief.words_in(found.span);
    let has = |words: &[Word]| matches!(words, [has, _] if has.lower == "has");
    if let ([now], true) = (their, has(own))
        && is_in("maintains says argues insists contends asserts claims believes thinks suggests", &now.lower)
        && goes_on
    {
        return found.fixed_by(source.say(now.span));
    }
    match their.iter().find(|word| is_in(NEUTRAL, &word.lower) && is_past(word)) {
        Some(neutral) if goes_on && is_past(verb) => {
            Found { fix: Some((verb.span, source.say(neutral.span).to_owned())), ..found }
        }
        _ => found,
    }
}

/// Cues that say no more than that it was said.
pub(crate) const NEUTRAL: &str = "said say says saying told tell tells according added adds wrote writes write noted notes note \
stated states suggested suggests suggest believe believes believed think thinks thought argued argues argue claim \
claims claimed indicated indicates remarked explained explains called described describes reported hinted \
contend contends contended estimated expects expected hopes hoped feels felt responded replied maintain maintains maintained insist insists insisted assert asserts asserted";
