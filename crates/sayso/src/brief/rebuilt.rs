//! A sentence whose speaker stands behind or within what was said, put in order.

use sayso_text::Span;

use super::english::{has_verb, is_heading, is_verb, points_back};
use super::say::{GOING_ON, clause, is_judged};
use super::source::Source;
use super::who::{Part, Who};
use crate::record::{Attribution, Form};
use crate::word_list::is_in;

/// Participles that announce, with the verb that a sentence of its own has.
const PARTICIPLES: [(&str, &str); 12] = [
    ("saying", "said"),
    ("adding", "said"),
    ("noting", "said"),
    ("warning", "warned"),
    ("arguing", "argued"),
    ("writing", "wrote"),
    ("stressing", "stressed"),
    ("suggesting", "suggested"),
    ("explaining", "said"),
    ("insisting", "said"),
    ("claiming", "said"),
    ("telling", "told"),
];
/// What opens a quotation and rests on what was said before it.
const LEANING: [&str; 9] = [
    "As a result, ",
    "In other words, ",
    "For example, ",
    "For instance, ",
    "Otherwise, ",
    "Even so, ",
    "That said, ",
    "At the same time, ",
    "On the other hand, ",
];
/// Quotations of one statement at most.
const MOST_QUOTES: usize = 4;
/// Words of a quotation that stands as a sentence of its own.
const SHORTEST_QUOTE: usize = 5;

/// The speaker first, then the verb, then what was said before or around them.
pub(super) fn rebuilt(
    source: &Source<'_>,
    attribution: &Attribution,
    who: &Who,
    cue: Span,
    content: &[Span],
    loaded_cue: &mut Option<String>,
) -> Option<Vec<Vec<Part>>> {
    let verb = verb(source, attribution, cue, loaded_cue)?;
    let verb = match when(source, attribution, cue, content) {
        Some(when) => format!("{verb} {when}"),
        None => verb,
    };
    let speaker = attribution.actor.as_deref();
    if attribution.form == Form::Direct {
        let quotes = match broken(source, content) {
            Some(whole) => Some(vec![whole]),
            None => content.iter().map(|piece| quotation(source, *piece)).collect::<Option<Vec<String>>>(),
        };
        // All of them or none: what goes away may turn what stays.
        let quotes = quotes?;
        let words: usize = quotes.iter().map(|quote| quote.split_whitespace().count()).sum();
        let parted = quotes.len() > 1 && !end_sentences(source, content);
        if words < SHORTEST_QUOTE
            || matches!(quotes.as_slice(), [quote] if points_back(quote))
            || quotes.len() > MOST_QUOTES
            || parted
        {
            return None;
        }
        let one = |(i, quote): (usize, &String)| {
            let verb = if i == 0 { verb.clone() } else { said_again(&verb).to_owned() };
            vec![Part::Who(who.clone()), Part::Words(format!("{verb}, “{quote}”"))]
        };
        let all: Vec<Vec<Part>> = quotes.iter().enumerate().map(one).collect();
        return (!all.is_empty()).then_some(all);
    }
    let words = clause(source, content, speaker)?;
    let that = if words.starts_with("that ") || words.starts_with(['“', '"']) { "" } else { "that " };
    Some(vec![vec![Part::Who(who.clone()), Part::Words(format!("{verb} {that}{words}"))]])
}

/// What begins with these was said at another time than the rest of an article.
const WHEN: [&str; 6] = ["at one point", "at the time", "in ", "last ", "earlier ", "back in "];
const TIMES: &str = "january february march april may june july august september october november december year month week spring \
summer autumn fall winter";
/// Words that say when, at most.
const LONGEST_WHEN: usize = 8;

/// "At one point during the campaign", "in October", behind who says it.
fn when(source: &Source<'_>, attribution: &Attribution, cue: Span, content: &[Span]) -> Option<String> {
    let said = attribution.source.as_ref().map(|said| source.bytes(said).end);
    let told = attribution.addressee.as_ref().map(|told| source.bytes_at(told.start, told.end).end);
    let end = said.into_iter().chain(told).fold(cue.end, usize::max);
    let rest = source.doc.text[end..].strip_prefix(' ')?;
    let words = rest.split([',', '.', ';', ':', '—', '–', '“', '"', '\n', '(']).next()?.trim_end();
    let place = Span::new(end + 1, end + 1 + words.len());
    let all: Vec<&str> = words.split(' ').collect();
    let opens = WHEN.iter().any(|when| words.starts_with(when));
    let is_time = |word: &&str| {
        is_in(TIMES, &word.to_lowercase()) || word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
    };
    let tells = words.starts_with("at ") || all.iter().take(3).any(is_time);
    let is_own = content.iter().all(|part| !part.overlaps(place));
    (opens && tells && is_own && all.len() <= LONGEST_WHEN).then(|| words.to_owned())
}

/// The verb of what is said after it, in its tense.
fn said_again(verb: &str) -> &'static str {
    let first = verb.split(' ').next().unwrap_or_default();
    let is_present = first.ends_with('s') && !first.ends_with("ss") && !is_in("was has is", first);
    if is_present { "says" } else { "said" }
}

/// Between the pieces a sentence ends, so that a comma within the marks stands for a stop: “We left,” she said. “We won.”
fn end_sentences(source: &Source<'_>, content: &[Span]) -> bool {
    content.windows(2).all(|pair| {
        let gap = source.doc.text[pair[0].end..pair[1].start].trim_end();
        let before = source.say(pair[0]).trim_end_matches(['”', '"', '’', '\'']);
        gap.ends_with(['.', '!', '?']) || before.ends_with(['.', '!', '?'])
    })
}

/// One sentence that "she said" parts: “Nobody has to leave,” she said, “and nobody will.”
fn broken(source: &Source<'_>, content: &[Span]) -> Option<String> {
    let [first, second] = content else { return None };
    let (first, second) = (inside(source.say(*first))?, inside(source.say(*second))?);
    let joins = first.ends_with(',') && second.starts_with(char::is_lowercase);
    // The comma of “My hope,” she said, “is that” is hers who wrote it down.
    let goes_on = second.split_whitespace().next().unwrap_or_default();
    let is_whole = has_verb(first.trim_end_matches(',')) && !is_verb(goes_on);
    (joins && is_whole && !second.contains(['“', '”', '"'])).then(|| finished(&format!("{first} {second}")))
}

/// The words between the marks of a quotation.
fn inside(piece: &str) -> Option<&str> {
    let words = piece.trim();
    let two = words.strip_prefix("''").and_then(|words| words.strip_suffix("''"));
    two.or_else(|| words.strip_prefix(['“', '"', '‘', '\''])?.strip_suffix(['”', '"', '’', '\'']))
}

/// With a stop.
fn finished(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = words.trim_end_matches([',', ';', ':', '—', '–']).trim_end();
    // A quotation within it ends with its comma.
    let ends_within = ["’", "'"]
        .iter()
        .find_map(|mark| bare.strip_suffix(mark)?.strip_suffix(',').map(|rest| format!("{rest}{mark}")));
    let bare = ends_within.as_deref().unwrap_or(bare);
    if bare.trim_end_matches(['’', '\'']).ends_with(['.', '!', '?', '…']) {
        bare.to_owned()
    } else {
        format!("{bare}.")
    }
}

/// A whole quotation's words without their marks, with a stop; `None` where a piece is more or less than one.
fn quotation(source: &Source<'_>, piece: Span) -> Option<String> {
    let inner = inside(source.say(piece))?;
    let is_one = !inner.contains(['“', '”', '"', '\n']) && !inner.starts_with(char::is_lowercase);
    // What it follows from isn't told.
    let behind = LEANING.iter().find_map(|lead| inner.strip_prefix(lead));
    let inner = behind.map_or_else(|| inner.to_owned(), |rest| format!("[…] {rest}"));
    (is_one && !is_heading(&inner)).then(|| finished(&inner))
}

/// The verb of a sentence whose subject is put first.
fn verb(
    source: &Source<'_>,
    attribution: &Attribution,
    cue: Span,
    loaded_cue: &mut Option<String>,
) -> Option<String> {
    let words = source.say(cue);
    let lower = words.to_lowercase();
    let first = lower.split_whitespace().next()?.to_owned();
    let rest = lower.split_once(' ').map_or("", |(_, rest)| rest).to_owned();
    if first == "told" || first == "tells" {
        let told = attribution.addressee.as_ref().map(|a| source.bytes_at(a.start, a.end));
        // "Told some" of "told some of the miners".
        let is_part = told.is_some_and(|told| {
            let last = source.say(told).split_whitespace().next_back().unwrap_or_default();
            is_in("some many most all several one two three both none few any each", &last.to_lowercase())
                && source.doc.text[told.end..].trim_start().starts_with("of ")
        });
        if is_part {
            return None;
        }
        let told = told.and_then(|span| source.words(span, attribution.actor.as_deref()));
        let told =
            told.filter(|words| words.split_whitespace().count() <= 8 && !is_in("him her them us me", words));
        return Some(told.map_or_else(|| "said".to_owned(), |told| format!("{first} {told}")));
    }
    if is_in("insisting claiming", &first) {
        *loaded_cue = Some(words.to_owned());
    }
    if let Some((_, verb)) = PARTICIPLES.iter().find(|(participle, _)| *participle == first) {
        return Some((*verb).to_owned());
    }
    if first.ends_with("ing") || is_in("is are was were be been has have had as to in by of", &first) {
        return None;
    }
    if is_in(GOING_ON, &first) {
        return Some("said".to_owned());
    }
    if is_judged(source, &first) {
        *loaded_cue = Some(words.to_owned());
        let verb = if first.ends_with('s') { "says" } else { "said" };
        return Some(format!("{verb} {rest}").trim().to_owned());
    }
    // "Said Lund, “…”": a verb has no capital where the speaker is put first.
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").replacen(
        source.say(cue).split_whitespace().next()?,
        &first,
        1,
    );
    Some(words.trim_end_matches([':', ',']).to_owned())
}
