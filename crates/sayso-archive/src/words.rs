//! Words as the archive compares them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use sayso::check::quote::keys;

/// Words that turn a statement or make it unsure; those of one line are the same in reported speech.
const TURNING: [&[&str]; 8] = [
    &["not", "n't", "no", "never", "nor", "without", "nobody", "nothing", "none", "neither", "cannot"],
    &["may", "might", "perhaps", "possibly", "maybe", "possible", "probably", "likely", "unlikely"],
    &["can", "could"],
    &["will", "would", "shall", "'ll", "'d"],
    &["must", "should", "ought"],
    &[
        "want",
        "wants",
        "wanted",
        "hope",
        "hopes",
        "hoped",
        "plan",
        "plans",
        "planned",
        "considering",
        "considers",
        "consider",
    ],
    &["before", "until"],
    &["after", "since"],
];
/// Words that tell nothing of what a statement is about.
const EMPTY: &str = "a an the this that these those i me my we our us you your he him his she her it its they them their who whom \
which what and or but so then than as of in on at to for from by with into about up down out off over there here be been being am \
is are was were do does did have has had having 's 're 've 'm very just also too still again such own itself \
himself herself themselves myself ourselves said says yesterday today tomorrow tonight when while because if where how why";
/// Forms of verbs that no rule makes, by the form that stands for all.
const IRREGULAR: &str = "rose rise,risen rise,fell fall,fallen fall,went go,gone go,took take,taken take,gave give,given give,\
broke break,broken break,froze freeze,frozen freeze,slept sleep,found find,told tell,held hold,kept keep,left leave,lost lose,\
made make,met meet,paid pay,ran run,sent send,shot shoot,spent spend,stood stand,struck strike,stricken strike,won win,wrote write,\
written write,began begin,begun begin,became become,brought bring,built build,bought buy,chose choose,chosen choose,drew draw,\
drawn draw,drove drive,driven drive,fought fight,grew grow,grown grow,knew know,known know,led lead,rebuilt rebuild,sold sell,\
sank sink,sunk sink,saw see,seen see,spoke speak,spoken speak,stole steal,stolen steal,swept sweep,taught teach,thought think,\
threw throw,thrown throw,understood understand,wore wear,worn wear,felt feel,got get,gotten get,came come,done do,said say,bore bear,\
borne bear,flew fly,flown fly,forgot forget,forgotten forget,hidden hide,hid hide,rode ride,ridden ride,shook shake,shaken shake,\
slid slide,tore tear,torn tear,withdrew withdraw,withdrawn withdraw,caught catch,dealt deal,dug dig,fed feed,fled flee,heard hear,\
laid lay,lain lie,lent lend,lit light,meant mean,sought seek,stuck stick,swore swear,sworn swear,hung hang";

/// A name as it is looked up: small letters, no marks, no "the" and no initials: "Charles E. Grassley" is "charles grassley".
pub(crate) fn key(name: &str) -> String {
    let lower = name.to_lowercase().replace(['’', '‘'], "'").replace('.', "");
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '&');
    let words: Vec<&str> =
        words.map(|word| word.trim_matches('\'')).filter(|word| !word.is_empty()).collect();
    let words = if words.len() > 1 && words[0] == "the" { &words[1..] } else { &words[..] };
    let n = words.len();
    let is_initial =
        |i: usize, word: &str| 0 < i && i + 1 < n && word.len() == 1 && word.starts_with(char::is_alphabetic);
    let kept = words.iter().enumerate().filter(|(i, word)| !is_initial(*i, word));
    let possessive = |word: &str| word.strip_suffix("'s").unwrap_or(word).to_owned();
    kept.map(|(_, word)| possessive(word)).collect::<Vec<_>>().join(" ")
}

/// Whether a word in small letters tells nothing of what a statement is about.
pub(crate) fn is_empty_word(word: &str) -> bool {
    static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| EMPTY.split_ascii_whitespace().collect());
    ALL.contains(word)
}

/// The line of [`TURNING`] that a word in small letters stands on.
fn turns(word: &str) -> Option<usize> {
    static ALL: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
        TURNING.iter().enumerate().flat_map(|(i, line)| line.iter().map(move |word| (*word, i))).collect()
    });
    ALL.get(word).copied()
}

/// A statement's words as they are compared with another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    /// All, under the normalisation of quotations, on one line.
    pub(crate) plain: String,
    /// Those that tell what it is about, as stems, in order.
    pub(crate) telling: Vec<String>,
    /// How it turns: numbers of lines of a list, sorted; twice where two words of one do.
    pub(crate) turning: Vec<usize>,
}

impl Words {
    pub(crate) fn new(text: &str) -> Self {
        static BASE: LazyLock<HashMap<&str, &str>> =
            LazyLock::new(|| IRREGULAR.split(',').filter_map(|pair| pair.trim().split_once(' ')).collect());
        let stemmer = Stemmer::create(Algorithm::English);
        let mut keys = keys(text);
        if keys.first().is_some_and(|first| first == "that") {
            keys.remove(0);
        }
        // "Per cent", which British papers write apart.
        while let Some(at) = keys.windows(2).position(|pair| pair[0] == "per" && pair[1] == "cent") {
            keys.splice(at..at + 2, ["percent".to_owned()]);
        }
        let mut turning: Vec<usize> = Vec::new();
        let mut telling = Vec::new();
        for key in &keys {
            if let Some(line) = turns(key) {
                turning.push(line);
            } else if !is_empty_word(key) {
                let base = BASE.get(key.as_str()).copied().unwrap_or(key.trim_end_matches("'s"));
                telling.push(stemmer.stem(base).into_owned());
            }
        }
        turning.sort_unstable();
        Self { plain: keys.join(" "), telling, turning }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_looked_up_without_what_varies() {
        for (name, expected) in [
            ("Charles E. Grassley", "charles grassley"),
            ("The U.N. Security Council", "un security council"),
            ("Norvale’s", "norvale"),
            ("Tavish & Rowe", "tavish & rowe"),
            ("J. Brell", "j brell"),
            ("the", "the"),
        ] {
            assert_eq!(key(name), expected);
        }
    }
}
