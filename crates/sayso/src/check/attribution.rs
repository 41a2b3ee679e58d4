//! Are the brief's statements given to those who made them, through the hands they came through, and no more firmly?

use sayso_text::Span;

use super::Code;
use super::found::{Case, Found};
use super::speech::{Kind, Speaker, Speech, speaker, speeches};
use super::text::Text;
use crate::record::StandingKind;
use crate::word_list::is_in;

/// The share of a statement's words that the source's must have to be the same.
const SAME: f64 = 0.55;
/// Sources that come this near to the best are held to be as likely.
const NEARLY: f64 = 0.8;
/// Confidence of attributions that are held against each other.
const SURE: f64 = 0.7;
/// Words that say more than "said", by group: those of one group say the same.
const STRONG: [(&str, &str); 9] = [
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
        "vow vows vowed promise promises promised pledge pledges pledged swear swears swore commit committed \
guarantee guaranteed vowing promising pledging",
    ),
    ("confirmed", "confirm confirms confirmed confirming verify verified"),
    (
        "insisted",
        "insist insists insisted maintain maintains maintained stress stressed stresses emphasized assert \
asserted asserts",
    ),
    (
        "demanded",
        "demand demands demanded demanding require required ordered order orders must insist insisted",
    ),
    (
        "accused",
        "accuse accuses accused blame blames blamed blasted denounced condemned attacked slammed charge \
charged alleged alleges",
    ),
    ("boasted", "boast boasts boasted brag brags bragged crow crowed"),
];

/// A statement of a source that is the brief's.
struct Origin<'s, 'a> {
    article: usize,
    speech: &'s Speech<'a>,
    share: f64,
}

/// All that is compared of statements.
pub(crate) fn check(case: &Case<'_>) -> Vec<Found> {
    let theirs: Vec<Vec<Speech<'_>>> = case.sources.iter().map(speeches).collect();
    let mut found = Vec::new();
    for speech in &speeches(case.brief) {
        let origins = origins(case, &speech.words(case.brief), &theirs);
        let Some(best) = origins.first().filter(|o| o.share >= SAME) else { continue };
        found.extend(changed(case, speech, &origins));
        found.extend(collapsed(case, speech, best));
        found.extend(stronger(case, speech, best));
    }
    found.extend(lost(case, &theirs));
    found.extend(omitted(case, &theirs));
    found
}

/// The statements of the sources that share most with some words of the brief, best first.
fn origins<'s, 'a>(case: &Case<'_>, words: &[usize], theirs: &'s [Vec<Speech<'a>>]) -> Vec<Origin<'s, 'a>> {
    let total: f64 = words.iter().map(|&i| case.weights.of(&case.brief.words[i])).sum();
    let mut all = Vec::new();
    if words.iter().filter(|&&i| !case.brief.words[i].is_function).count() < 2 {
        return all;
    }
    for (article, speeches) in theirs.iter().enumerate() {
        let source = &case.sources[article];
        for speech in speeches {
            let own = speech.words(source);
            let shared = words.iter().filter(|&&i| {
                let stem = &case.brief.words[i].stem;
                own.iter().any(|&j| source.words[j].stem == *stem)
            });
            let shared: f64 = shared.map(|&i| case.weights.of(&case.brief.words[i])).sum();
            all.push(Origin { article, speech, share: shared / total });
        }
    }
    all.sort_by(|a, b| {
        let length = |o: &Origin<'_, '_>| o.speech.content.iter().map(|c| c.len()).sum::<usize>();
        b.share.total_cmp(&a.share).then(length(a).cmp(&length(b)))
    });
    all
}

fn whose(case: &Case<'_>, origin: &Origin<'_, '_>) -> Speaker {
    speaker(&case.sources[origin.article], origin.speech, case.rules)
}

/// Somebody else says it in the sources.
fn changed(case: &Case<'_>, speech: &Speech<'_>, origins: &[Origin<'_, '_>]) -> Option<Found> {
    let own = speaker(case.brief, speech, case.rules);
    let best = origins.first()?;
    let span = speech.source?;
    let words = case.brief.say(span);
    let is_shown = own.kind != Kind::Unknown
        && case.brief.words_in(span).iter().any(|w| w.is_firm)
        && !words.ends_with("'s")
        && !words.ends_with("’s");
    if !is_shown
        || speech.attribution.negated
        || speech.attribution.confidence < SURE
        || speech.attribution.parent.is_some()
    {
        return None;
    }
    let likely: Vec<_> = origins.iter().take_while(|o| o.share >= NEARLY * best.share).collect();
    let is_theirs = |origin: &&Origin<'_, '_>| {
        origin.speech.source.is_none()
            || whose(case, origin).may_be(&own)
            || names_him(case, origin, &own)
            || passed_on(case, origin, &own)
    };
    if likely.iter().any(is_theirs) {
        return None;
    }
    let source = &case.sources[best.article];
    let theirs = whose(case, best);
    let quoted = case.brief.doc.quotations.iter().any(|q| speech.content.iter().any(|c| c.overlaps(q.span)));
    let code = if quoted { Code::QuoteMisattributed } else { Code::AttributionChanged };
    let right = theirs.name.clone().or_else(|| best.speech.source.map(|s| source.say(s).to_owned()))?;
    let message = format!("the source gives it to {right}, not to {words}");
    let found = Found::new(code, span, message).better(right.clone()).fixed_by(right);
    Some(found.shown_by(best.article, source.doc.sentences[best.speech.sentence].span))
}

/// The brief's speaker is named within the statement, who may be the one who says it there.
fn names_him(case: &Case<'_>, origin: &Origin<'_, '_>, own: &Speaker) -> bool {
    let source = &case.sources[origin.article];
    let extent = source.extent(origin.speech.attribution);
    let quoted = |span: Span| source.doc.quotations.iter().any(|q| q.span.contains(span));
    source
        .words_in(extent)
        .iter()
        .any(|w| w.is_firm && own.names.contains(super::text::bare(&w.lower)) && !quoted(w.span))
}

/// A hand that it passed through is named as the speaker, which is true too.
fn passed_on(case: &Case<'_>, origin: &Origin<'_, '_>, own: &Speaker) -> bool {
    let source = &case.sources[origin.article];
    let holds = |words: &str| words.split_whitespace().any(|w| own.words.contains(&w.to_lowercase()));
    hands(source, origin.speech).iter().any(|words| holds(words))
        || source.record.article.outlet.as_deref().is_some_and(holds)
}

/// Names of the outlets and documents that a statement passed through.
fn hands(text: &Text, speech: &Speech<'_>) -> Vec<String> {
    let by_id = |id: &str| text.record.actors.iter().find(|a| a.id == id);
    let chain = speech.attribution.chain.iter().filter_map(|hand| by_id(&hand.actor));
    chain
        .filter_map(|actor| actor.name.clone().or_else(|| actor.mentions.first().map(|m| m.text.clone())))
        .collect()
}

/// Words by which a brief tells that it has something from elsewhere.
const ELSEWHERE: &str = "transcript report reports reported reportedly according recording leaked quoted cited citing \
account accounts document documents memo recounted obtained published newspaper magazine interview told court filing \
affidavit complaint lawsuit alleged alleges allegedly unverified";

/// The hands between the speaker and the source's outlet are gone.
fn collapsed(case: &Case<'_>, speech: &Speech<'_>, origin: &Origin<'_, '_>) -> Option<Found> {
    let source = &case.sources[origin.article];
    let mut hands = hands(source, origin.speech);
    let (first, cue) = (speech.source?, speech.cue?);
    let own = speaker(case.brief, speech, case.rules);
    let theirs = whose(case, origin);
    // An outlet or a paper says that he said it.
    if theirs.is_outlet && !theirs.may_be(&own) && names_him(case, origin, &own) {
        hands.extend(theirs.name.clone());
    }
    if hands.is_empty() {
        return None;
    }
    let mut near = case.brief.words[case.brief.of_sentence[speech.sentence].clone()].iter();
    let told = near.any(|w| {
        let lower = super::text::bare(&w.lower);
        let names = |hand: &String| hand.split_whitespace().any(|h| h.len() > 3 && h.to_lowercase() == lower);
        is_in(ELSEWHERE, lower) || w.is_firm && hands.iter().any(names)
    });
    if told || own.is_outlet {
        return None;
    }
    let hand = hands.join(" and ");
    let found = Found::new(Code::ChainCollapsed, first.cover(cue), format!("the source has it from {hand}"));
    let evidence = source.extent(origin.speech.attribution);
    Some(found.shown_by(origin.article, evidence).better(format!("according to {hand}")))
}

/// The brief's verb says more than the source's.
fn stronger(case: &Case<'_>, speech: &Speech<'_>, origin: &Origin<'_, '_>) -> Option<Found> {
    let cue = speech.cue?;
    let source = &case.sources[origin.article];
    let words = case.brief.words_in(cue);
    if words.len() > 3 || words.iter().any(|w| w.lower == "to") {
        return None;
    }
    let (group, verb) = STRONG
        .iter()
        .find_map(|(name, list)| words.iter().find(|w| is_in(list, &w.lower)).map(|w| ((name, list), w)))?;
    let (name, list) = group;
    if *name == "shown" && is_in("find finds found", &verb.lower) {
        return None;
    }
    // The source may say so anywhere near.
    let their_cue = origin.speech.cue?;
    let at = origin.speech.sentence;
    let near = at.saturating_sub(1)..=(at + 1).min(source.doc.sentences.len() - 1);
    let mut there = near.flat_map(|s| &source.words[source.of_sentence[s].clone()]);
    if there.any(|w| is_in(list, &w.lower)) {
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
    let plain = source.words_in(their_cue).len() == 1 && words.len() == 1;
    Some(if plain { found.fixed_by(right) } else { found })
}

/// Cues that say no more than that it was said.
const NEUTRAL: &str = "said say says saying told tell tells according added adds wrote writes write noted notes note \
stated states suggested suggests suggest believe believes believed think thinks thought argued argues argue claim \
claims claimed asked indicated indicates remarked explained explains called described describes reported hinted \
contend contends contended estimated expects expected hopes hoped feels felt responded replied";

/// What somebody said in the sources, without anybody's name in the brief.
fn lost(case: &Case<'_>, theirs: &[Vec<Speech<'_>>]) -> Vec<Found> {
    let own = speeches(case.brief);
    let mut found = Vec::new();
    for s in case.brief.body() {
        let span = case.brief.doc.sentences[s].span;
        let range = case.brief.of_sentence[s].clone();
        let words: Vec<usize> = range
            .clone()
            .filter(|&i| !own.iter().any(|speech| speech.holds(case.brief.words[i].span)))
            .collect();
        let content = |words: &[usize]| words.iter().filter(|&&i| !case.brief.words[i].is_function).count();
        let all: Vec<usize> = range.collect();
        let quotes = case.brief.doc.quotations.iter().any(|q| q.span.overlaps(span));
        let speaks = own.iter().any(|speech| speech.sentence == s && speech.source.is_some());
        if speaks || quotes || content(&words) < content(&all) || content(&all) < 4 {
            continue;
        }
        let origins = origins(case, &all, theirs);
        let Some(best) = origins.first().filter(|o| o.share >= 0.7) else { continue };
        let speaker = whose(case, best);
        let source = &case.sources[best.article];
        let sentence = &case.brief.words[case.brief.of_sentence[s].clone()];
        let named = sentence.iter().any(|w| speaker.words.contains(super::text::bare(&w.lower)));
        if named || best.speech.source.is_none() || best.speech.attribution.confidence < SURE {
            continue;
        }
        if sentence.iter().any(|w| is_in(ELSEWHERE, &w.lower) || is_in(NEUTRAL, &w.lower)) {
            continue;
        }
        // The source's own voice may say it too.
        if in_own_voice(case, &all) {
            continue;
        }
        let who = speaker
            .name
            .clone()
            .or_else(|| best.speech.source.map(|span| source.say(span).to_owned()))
            .unwrap_or_default();
        let message = format!("the source gives it to {who}; here it stands as fact");
        let one = Found::new(Code::AttributionLost, span, message);
        found.push(
            one.shown_by(best.article, source.extent(best.speech.attribution))
                .better(format!("{who} said so")),
        );
    }
    found
}

/// A sentence of a source states most of it with nobody's name.
fn in_own_voice(case: &Case<'_>, words: &[usize]) -> bool {
    let total: f64 = words.iter().map(|&i| case.weights.of(&case.brief.words[i])).sum();
    case.sources.iter().any(|source| {
        source.record.own_voice.iter().any(|own| {
            let span = source.bytes(&crate::record::TextSpan {
                start: own.start,
                end: own.end,
                text: String::new(),
            });
            let there = source.words_in(span);
            let shared = words.iter().filter(|&&i| there.iter().any(|w| w.stem == case.brief.words[i].stem));
            shared.map(|&i| case.weights.of(&case.brief.words[i])).sum::<f64>() >= 0.6 * total
        })
    })
}

/// Stems of words by which a brief tells how a claim stands.
const STANDS: &str = "deni deny disput reject dismiss verifi unverifi unconfirm unproven pend unclear undetermin unknown \
unfound baseless retract withdrew withdrawn contest await inconclus refut rebut unprov";

/// A claim that the source says is denied, unverified and so on, without that.
fn omitted(case: &Case<'_>, theirs: &[Vec<Speech<'_>>]) -> Vec<Found> {
    let bad = |kind: StandingKind| {
        use StandingKind::{Denied, Disputed, Pending, Retracted, Unverified};
        matches!(kind, Unverified | Denied | Disputed | Pending | Retracted)
    };
    let mut found = Vec::new();
    for speech in &speeches(case.brief) {
        let origins = origins(case, &speech.words(case.brief), theirs);
        let Some(best) = origins.first().filter(|o| o.share >= 0.7) else { continue };
        let source = &case.sources[best.article];
        for status in best.speech.attribution.status.iter().filter(|status| bad(status.kind)) {
            let place = crate::record::TextSpan { start: status.start, end: status.end, text: String::new() };
            let span = source.bytes(&place);
            let there = source.words_in(span);
            let total: f64 = there.iter().map(|w| case.weights.of(w)).sum();
            let told = case.brief.words.iter().any(|w| is_in(STANDS, &w.stem));
            let shared = there.iter().filter(|w| case.brief.words.iter().any(|own| own.stem == w.stem));
            let share = shared.map(|w| case.weights.of(w)).sum::<f64>() / total.max(1e-9);
            if told || share > 0.6 {
                continue;
            }
            let extent = case.brief.extent(speech.attribution);
            let message = format!("the source says how it stands: {}", source.say(span));
            found.push(
                Found::new(Code::StatusOmitted, extent, message)
                    .shown_by(best.article, span)
                    .better(source.say(span)),
            );
            break;
        }
    }
    found
}
