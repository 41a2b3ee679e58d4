//! Words of a brief, changed so that it is untrue.

use sayso::brief::Brief;
use sayso::check::Code;

use super::Codes;

/// A brief in which one thing is wrong.
#[derive(Debug, Clone)]
pub(super) struct Corruption {
    pub(super) kind: &'static str,
    /// Codes of which any is right.
    pub(super) codes: Codes,
    /// The whole brief.
    pub(super) brief: String,
    /// The changed sentence, in code points of it.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) sentence: String,
}

/// A sentence, changed; `None` where it has nothing of the kind.
type Change = fn(&str, &Others<'_>) -> Option<String>;

/// What else a change may need.
struct Others<'a> {
    /// Beginnings of other sentences: who speaks there.
    speakers: &'a [String],
    /// A sentence of another article.
    foreign: &'a str,
}

const KINDS: [(&str, Codes, Change); 10] = [
    ("figure", &[Code::FigureChanged, Code::DateChanged, Code::QuoteAltered], figure),
    ("day", &[Code::DateChanged], day),
    ("quotation", &[Code::QuoteAltered, Code::QuoteFabricated, Code::NegationFlipped], quotation),
    ("speaker", &[Code::AttributionChanged, Code::QuoteMisattributed], speaker),
    ("attribution", &[Code::AttributionLost], attribution),
    ("hedge", &[Code::HedgeDropped, Code::QuoteAltered], hedge),
    ("cue", &[Code::CueStrengthened], cue),
    ("negation", &[Code::NegationFlipped, Code::QuoteAltered], negation),
    ("name", &[Code::NameOrTitleChanged, Code::QuoteAltered], name),
    (
        "foreign sentence",
        &[Code::Unsupported, Code::NameOrTitleChanged, Code::QuoteFabricated, Code::FigureChanged],
        foreign,
    ),
];

/// Kinds that fewer than half of all briefs have a sentence for: two of each, where there are.
const RARE: [&str; 4] = ["day", "speaker", "attribution", "hedge"];

/// Corruptions of a brief, of as many kinds as it allows, at most so many; `seed` chooses sentences.
pub(super) fn corruptions(brief: &Brief, foreign: &str, seed: usize, most: usize) -> Vec<Corruption> {
    let sentences: Vec<&str> = brief.sentences().map(|sentence| sentence.text.as_str()).collect();
    let speakers: Vec<String> = sentences.iter().filter_map(|sentence| speaker_of(sentence)).collect();
    let others = Others { speakers: &speakers, foreign };
    let mut all = Vec::new();
    for (kind, codes, change) in KINDS {
        let start = seed % sentences.len().max(1);
        let order = (start..sentences.len()).chain(0..start);
        let changed = order.into_iter().filter_map(|i| Some((i, change(sentences[i], &others)?)));
        let n = if RARE.contains(&kind) { 2 } else { 1 };
        for (i, sentence) in changed.take(n.min(most - all.len())) {
            let mut texts: Vec<&str> = sentences.clone();
            texts[i] = &sentence;
            let before: usize = texts[..i].iter().map(|text| text.chars().count() + 1).sum();
            let end = before + sentence.chars().count();
            all.push(Corruption {
                kind,
                codes,
                brief: texts.join(" "),
                start: before,
                end,
                sentence: sentence.clone(),
            });
        }
    }
    all
}

/// The words before "said" in "Ana Brell, the mayor, said …", of somebody with a name.
fn speaker_of(sentence: &str) -> Option<String> {
    let (before, _) = sentence.split_once(" said")?;
    let words = before.split_whitespace().count();
    let names = before.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    (names >= 2 && words <= 3 && before.starts_with(char::is_uppercase) && !before.contains(','))
        .then(|| before.to_owned())
}

fn digits(words: &str) -> Option<(usize, usize)> {
    let is_part = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    let start = words.find(|c: char| c.is_ascii_digit())?;
    let end = words[start..].find(|c: char| !is_part(c)).map_or(words.len(), |len| start + len);
    Some((start, start + words[start..end].trim_end_matches([',', '.']).len()))
}

/// Another first digit.
fn figure(sentence: &str, _: &Others<'_>) -> Option<String> {
    let (start, end) = digits(sentence).filter(|(start, end)| end - start >= 2)?;
    let first = sentence[start..].chars().next()?.to_digit(10)?;
    let other = char::from_digit(if first >= 7 { first - 4 } else { first + 2 }, 10)?;
    Some(format!("{}{other}{}", &sentence[..start], &sentence[start + 1..end]) + &sentence[end..])
}

/// Another day of the week, or month.
fn day(sentence: &str, _: &Others<'_>) -> Option<String> {
    let pairs = [
        ("Monday", "Friday"),
        ("Tuesday", "Saturday"),
        ("Wednesday", "Sunday"),
        ("Thursday", "Monday"),
        ("Friday", "Tuesday"),
        ("Saturday", "Wednesday"),
        ("Sunday", "Thursday"),
        (" January", " June"),
        (" March ", " September "),
        (" October", " April"),
        (" November", " February"),
    ];
    replaced(sentence, &pairs)
}

/// A long word within a quotation goes.
fn quotation(sentence: &str, _: &Others<'_>) -> Option<String> {
    let start = sentence.find('“')?;
    let end = start + sentence[start..].find('”')?;
    let inside = &sentence[start..end];
    let mut words: Vec<&str> = inside.split(' ').collect();
    if words.len() < 6 {
        return None;
    }
    let at = (1..words.len() - 1).max_by_key(|&i| words[i].len()).filter(|&i| words[i].len() > 5)?;
    words[at] = "terrible";
    Some(format!("{}{}{}", &sentence[..start], words.join(" "), &sentence[end..]))
}

/// Another speaker of the brief.
fn speaker(sentence: &str, others: &Others<'_>) -> Option<String> {
    let own = speaker_of(sentence)?;
    let other = others
        .speakers
        .iter()
        .find(|other| !other.split_whitespace().any(|word| own.contains(word)) && **other != own)?;
    Some(sentence.replacen(&own, other, 1))
}

/// What somebody said, as a fact.
fn attribution(sentence: &str, _: &Others<'_>) -> Option<String> {
    let (before, content) =
        sentence.split_once(" said that ").or_else(|| sentence.split_once(" says that "))?;
    let is_plain = !content.contains(['“', '”']) && content.split_whitespace().count() >= 6;
    let mut chars = content.chars();
    let first = chars.next()?.to_uppercase().collect::<String>();
    (is_plain && before.split_whitespace().count() <= 8).then(|| first + chars.as_str())
}

fn replaced(sentence: &str, pairs: &[(&str, &str)]) -> Option<String> {
    let outside = sentence.find('“').map_or(sentence, |at| &sentence[..at]);
    let (from, to) = pairs.iter().find(|(from, _)| outside.contains(from))?;
    Some(sentence.replacen(from, to, 1))
}

fn hedge(sentence: &str, _: &Others<'_>) -> Option<String> {
    let pairs = [
        (" could be ", " will be "),
        (" may be ", " is "),
        (" may have ", " has "),
        (" might ", " will "),
        (" could ", " will "),
        (" may ", " will "),
        (" reportedly ", " "),
        (" likely ", " "),
        (" probably ", " "),
        (" possible ", " "),
    ];
    replaced(sentence, &pairs)
}

fn cue(sentence: &str, _: &Others<'_>) -> Option<String> {
    replaced(
        sentence,
        &[(" said that ", " admitted that "), (" said ", " confirmed that "), (" says ", " proves that ")],
    )
    .filter(|changed| !changed.contains("that that") && !changed.contains("that,"))
}

fn negation(sentence: &str, _: &Others<'_>) -> Option<String> {
    let pairs = [
        (" did not ", " did "),
        (" has not ", " has "),
        (" is not ", " is "),
        (" was not ", " was "),
        (" would not ", " would "),
        (" will ", " will not "),
        (" would ", " would not "),
        (" has been ", " has not been "),
        (" was ", " was not "),
        (" were ", " were not "),
        (" is ", " is not "),
    ];
    replaced(sentence, &pairs)
}

/// A name of two words gets another last one.
fn name(sentence: &str, _: &Others<'_>) -> Option<String> {
    let words: Vec<&str> = sentence.split(' ').collect();
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase) && word.len() > 3
    };
    let at = (1..words.len().saturating_sub(2)).find(|&i| is_name(words[i]) && is_name(words[i + 1]))?;
    let mut words = words;
    words[at + 1] = "Hartwell";
    Some(words.join(" "))
}

fn foreign(_: &str, others: &Others<'_>) -> Option<String> {
    (others.foreign.split_whitespace().count() > 6).then(|| others.foreign.to_owned())
}
