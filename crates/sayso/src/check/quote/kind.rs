//! What does a difference of words mean?

use schemars::JsonSchema;
use serde::Serialize;

use super::lists::{FUNCTION, HEDGE, MODAL, NEGATION, TENSED};

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// A word that turns the statement ("not", "never", "un-").
    Negation,
    /// A number.
    Number,
    /// A name.
    Name,
    /// "Will", "may", "must".
    Modal,
    /// How sure, how much, how many ("perhaps", "some").
    Hedge,
    /// "Has" for "had".
    Tense,
    /// Another word that carries meaning.
    Word,
    /// "Don't" for "do not".
    Contraction,
    /// Another form of the same word.
    Inflection,
    /// Words that only join others ("the", "and").
    Joining,
    /// What the source puts between its quotations is left out without a sign.
    Joined,
    /// Parts that stand farther from each other, or in another order, than an ellipsis may hide.
    Spliced,
}

impl ChangeKind {
    /// As in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Negation => "negation",
            Self::Number => "number",
            Self::Name => "name",
            Self::Modal => "modal",
            Self::Hedge => "hedge",
            Self::Tense => "tense",
            Self::Word => "word",
            Self::Contraction => "contraction",
            Self::Inflection => "inflection",
            Self::Joining => "joining",
            Self::Joined => "joined",
            Self::Spliced => "spliced",
        }
    }

    /// True when the words no longer say what was said.
    pub fn is_grave(self) -> bool {
        !matches!(self, Self::Contraction | Self::Inflection | Self::Joining | Self::Joined)
    }
}

/// A word of a difference: its key, and whether it is written as a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) key: &'a str,
    pub(super) name: bool,
    /// Spelled out, so that "one" may be a pronoun.
    pub(super) spelled: bool,
}

/// What it means that the quotation has these words and the source those.
pub(super) fn kind(brief: &[Word], source: &[Word]) -> ChangeKind {
    let has = |class: fn(&str) -> bool, words: &[Word]| words.iter().filter(|word| class(word.key)).count();
    let differ = |class: fn(&str) -> bool| has(class, brief) != has(class, source);
    let keys = |words: &[Word], class: fn(&str) -> bool| -> Vec<String> {
        words.iter().filter(|word| class(word.key)).map(|word| full(word.key).to_owned()).collect()
    };
    let other = |class: fn(&str) -> bool| keys(brief, class) != keys(source, class);
    let numbers = |words: &[Word]| -> Vec<String> {
        words.iter().filter(|w| is_number(w)).map(|w| w.key.to_owned()).collect()
    };
    let names = |words: &[Word]| words.iter().any(|word| word.name);
    if spelled_out(brief, source) || spelled_out(source, brief) {
        ChangeKind::Contraction
    } else if differ(|key| NEGATION.has(key)) || turned(brief, source) {
        ChangeKind::Negation
    } else if numbers(brief) != numbers(source) {
        ChangeKind::Number
    } else if other(|key| MODAL.has(key)) {
        ChangeKind::Modal
    } else if names(brief) || names(source) {
        ChangeKind::Name
    } else if other(|key| HEDGE.has(key)) {
        ChangeKind::Hedge
    } else if other(|key| TENSED.has(key)) && brief.iter().chain(source).all(|word| FUNCTION.has(word.key)) {
        ChangeKind::Tense
    } else if let ([brief], [source]) = (brief, source)
        && !FUNCTION.has(brief.key)
        && !FUNCTION.has(source.key)
        && same_stem(brief.key, source.key)
    {
        ChangeKind::Inflection
    } else if brief.iter().chain(source).all(|word| FUNCTION.has(word.key)) {
        ChangeKind::Joining
    } else if other(|key| NEGATION.has(key)) {
        ChangeKind::Negation
    } else {
        ChangeKind::Word
    }
}

fn is_number(word: &Word) -> bool {
    word.key.contains(|c: char| c.is_ascii_digit()) && !(word.spelled && word.key == "1")
}

/// What a contraction stands for.
fn full(key: &str) -> &str {
    match key {
        "n't" => "not",
        "'m" => "am",
        "'re" => "are",
        "'ve" => "have",
        "'ll" => "will",
        key => key,
    }
}

/// The short words are the long ones, contracted.
fn spelled_out(short: &[Word], long: &[Word]) -> bool {
    let stands = |short: &str, long: &str| match short {
        "'s" => matches!(long, "is" | "has"),
        "'d" => matches!(long, "had" | "would"),
        short => full(short) == full(long),
    };
    short.len() == long.len()
        && !short.is_empty()
        && short.iter().zip(long).all(|(a, b)| a.key == b.key || stands(a.key, b.key))
}

/// "Likely" and "unlikely".
fn turned(brief: &[Word], source: &[Word]) -> bool {
    let ([brief], [source]) = (brief, source) else {
        return false;
    };
    let (long, short) =
        if brief.key.len() > source.key.len() { (brief.key, source.key) } else { (source.key, brief.key) };
    let prefixes = ["un", "in", "im", "il", "ir", "dis", "non", "mis"];
    short.len() >= 3 && prefixes.into_iter().any(|prefix| long.strip_prefix(prefix) == Some(short))
}

/// How far a word is from another, each with its weight: 0 the same, up to the greater weight.
pub(super) fn distance((a, a_weight): (&str, f32), (b, b_weight): (&str, f32)) -> f32 {
    if a == b {
        return 0.0;
    }
    let most = a_weight.max(b_weight);
    let word = |key| Word { key, name: false, spelled: false };
    let contracted = |a: &str| a.contains('\'');
    if contracted(a) && spelled_out(&[word(a)], &[word(b)])
        || contracted(b) && spelled_out(&[word(b)], &[word(a)])
    {
        return 0.1 * most;
    }
    match (a, b) {
        ("a", "an") | ("an", "a") => 0.1 * most,
        _ if a_weight >= 1.0 && b_weight >= 1.0 && same_stem(a, b) => 0.3 * most,
        _ => 0.95 * most,
    }
}

/// Forms of one word, as far as their beginning and a common ending tell.
fn same_stem(a: &str, b: &str) -> bool {
    let common = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let endings = [
        "", "s", "es", "ed", "d", "ing", "ly", "e", "er", "y", "ies", "ied", "n", "en", "t", "ting", "ted",
        "ning", "ned",
    ];
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    common >= 3
        && common + 2 >= short.min(6)
        && long - common <= 4
        && a.is_char_boundary(common)
        && b.is_char_boundary(common)
        && endings.contains(&&a[common..])
        && endings.contains(&&b[common..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let check = |brief: &str, source: &str, expected: ChangeKind| {
            let words = |text: &'static str| -> Vec<Word<'static>> {
                text.split_whitespace()
                    .map(|key| Word { key, name: key.starts_with(char::is_uppercase), spelled: false })
                    .collect()
            };
            let (brief, source) = (brief.to_owned().leak(), source.to_owned().leak());
            assert_eq!(kind(&words(brief), &words(source)), expected, "{brief} / {source}");
        };
        check("", "not", ChangeKind::Negation);
        check("nothing", "little", ChangeKind::Negation);
        check("unlikely", "likely", ChangeKind::Negation);
        check("11", "7", ChangeKind::Number);
        check("Orlec", "Tessel", ChangeKind::Name);
        check("may", "will", ChangeKind::Modal);
        check("can be", "has been", ChangeKind::Modal);
        check("", "almost", ChangeKind::Hedge);
        check("had", "have", ChangeKind::Tense);
        check("soul", "conscience", ChangeKind::Word);
        check("not", "n't", ChangeKind::Contraction);
        check("'s", "is", ChangeKind::Contraction);
        check("walked", "walking", ChangeKind::Inflection);
        check("the", "", ChangeKind::Joining);
    }

    #[test]
    fn stems() {
        for (a, b) in [("walk", "walked"), ("city", "cities"), ("scapegoated", "scapegoating")] {
            assert!(same_stem(a, b), "{a} {b}");
        }
        for (a, b) in [("pens", "pencils"), ("calm", "call"), ("now", "not")] {
            assert!(!same_stem(a, b), "{a} {b}");
        }
    }
}
