//! Which noun does the number count?

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::{Words, is_in};

/// Words that end a noun phrase.
const STOPS: &str = "a an the this that these those i he she it we you they him her me us them his their our my your its \
    who whom whose which what when where why how if because although though while whereas unless until since before \
    after during and or nor but so yet as than at in on by for from to with without within of into onto upon over under \
    above below about around across against among amongst between behind beyond near off out up down through throughout \
    toward towards via per including amid despite besides except like is are was were be been being am has have had do \
    does did will would shall should can could may might must not no never also too just only even still already again \
    ever now then there here ago later earlier both each every all any either neither another such same according due \
    said says say saying told tells tell think thinks thought believe believes believed want wants wanted support \
    supports supported oppose opposes opposed approve disapprove agree agreed disagree came come comes got get gets \
    went go goes going took take takes taken made make makes voted lives live lived died die dies killed wounded \
    injured arrested remain remains consider considers view views know knows knew need needs apart away back ahead \
    today yesterday tomorrow tonight last next monday tuesday wednesday thursday friday saturday sunday january \
    february march april june july august september october november december found find show shows showed seem seems \
    became become becomes began begin begins left put puts gave give gives held hold holds use uses used pay pays \
    worth perhaps always sometimes nearly almost more less nowadays afterwards thus s";
pub(super) const MONTHS: &str =
    "january february march april june july august september october november december";
pub(super) const MONTHS_SHORT: &str = "jan feb mar apr jun jul aug sept sep oct nov dec";
/// Those that open a noun phrase and belong to it.
const DETERMINERS: &str = "the a an this that these those his her its their our my your all any";
/// Plurals without an "s".
const PLURALS: &[(&str, &str)] = &[
    ("people", "person"),
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
    ("feet", "foot"),
    ("mice", "mouse"),
    ("teeth", "tooth"),
    ("geese", "goose"),
    ("oxen", "ox"),
    ("criteria", "criterion"),
    ("phenomena", "phenomenon"),
    ("police", "police"),
    ("aircraft", "aircraft"),
    ("spacecraft", "spacecraft"),
    ("staff", "staff"),
    ("personnel", "personnel"),
    ("crew", "crew"),
    ("sheep", "sheep"),
    ("fish", "fish"),
    ("cattle", "cattle"),
    ("deer", "deer"),
    ("dead", "person"),
    ("alumni", "alumnus"),
    ("bacteria", "bacterium"),
    ("folks", "person"),
    ("others", "person"),
    ("persons", "person"),
    ("offspring", "offspring"),
    ("livestock", "livestock"),
    ("kronor", "krona"),
    ("kroner", "krone"),
    ("gop", ""),
    ("percent", ""),
];
/// Those whose singular the rules below would miss.
const SINGULARS: &str = "lives life wives wife knives knife wolves wolf halves half shelves shelf thieves thief loaves \
    loaf leaves leaf calves calf series series species species crises crisis analyses analysis theses thesis \
    hypotheses hypothesis bases base buses bus viruses virus campuses campus caucuses caucus bonuses bonus statuses \
    status censuses census focuses focus choruses chorus circuses circus surpluses surplus gases gas lenses lens \
    aliases alias shoes shoe canoes canoe toes toe foes foe movies movie cookies cookie zombies zombie rookies rookie \
    ties tie lies lie pies pie selfies selfie calories calorie headaches headache caches cache axes axe headquarters \
    headquarters barracks barracks means means gallows gallows crossroads crossroads christmases christmas \
    atlases atlas quizzes quiz viscounts viscount biases bias";
/// They end in "s" and aren't plurals.
const NOT_PLURALS: &str = "news politics economics christmas texas kansas arkansas illinois paris hamas james charles \
    congress athens laos honduras bahamas los las mrs politics mathematics physics ethics always besides overseas \
    whereas its his hers yours ours theirs does was has says perhaps";
const LONGEST: usize = 6;

/// The counted noun and the words before it: places of the first word and of the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) start: usize,
    pub(super) head: usize,
}

/// The plural that ends a run of words at `start`: "ships" in "cargo ships sank".
pub(super) fn counted(words: &Words, start: usize) -> Option<Counted> {
    if words.is_glued(start) && !words.is_hyphen(start - 1) {
        return None;
    }
    let start = if is_in("more other", words.low(start)) { start + 1 } else { start };
    let mut i = start;
    for _ in 0..LONGEST {
        if words.is_hyphen(i) {
            i += 1;
        }
        if i > start && words.is_capital(i - 1) && is_in("’ '", words.raw(i)) && words.raw(i + 1) == "s" {
            // "Clinton's senior staffers"
            i += 2;
        }
        if is_stop(words, i) {
            return None;
        }
        if is_plural(words, i) {
            let mut head = i;
            while is_plural(words, head + 1)
                && words.low(head + 1) != "dead"
                && !is_stop(words, head + 1)
                && !words.is_capital(head + 1)
            {
                head += 1;
            }
            return Some(Counted { start, head });
        }
        i += 1;
    }
    None
}

/// "March", "Sept." before `i`, where the number is a day.
pub(super) fn is_after_month(words: &Words, i: usize) -> bool {
    let n = if words.back(i, 1) == "." { 2 } else { 1 };
    let is_month = is_in(MONTHS, words.back(i, n)) || is_in(MONTHS_SHORT, words.back(i, n));
    is_month && words.is_capital(i - n)
}

pub(super) fn is_stop(words: &Words, i: usize) -> bool {
    !words.is_word(i)
        || ((is_in(STOPS, words.low(i)) || is_in(MONTHS, words.low(i))) && !is_in("US May", words.raw(i)))
}

/// A plural at the end of its word: not that of "sales-driven".
pub(super) fn is_plural(words: &Words, i: usize) -> bool {
    let low = words.low(i);
    let has_ending =
        low.len() > 3 && low.ends_with('s') && !["ss", "us", "is"].iter().any(|end| low.ends_with(end));
    let is_one = (has_ending && !is_in(NOT_PLURALS, low))
        || low.ends_with("men") && is_man(low)
        || irregular(low).is_some();
    is_one && !words.is_hyphen(i + 1)
}

fn irregular(word: &str) -> Option<&'static str> {
    PLURALS
        .iter()
        .find(|(plural, singular)| *plural == word && !singular.is_empty())
        .map(|(_, singular)| *singular)
}

/// "policemen", but not "regimen".
fn is_man(word: &str) -> bool {
    !is_in("regimen specimen omen women men semen abdomen acumen yemen", word)
}

/// The singular of a plural in lower case; other words as they are.
pub(crate) fn singular(word: &str) -> String {
    static TABLE: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let words: Vec<&str> = SINGULARS.split_ascii_whitespace().collect();
        words.as_chunks::<2>().0.iter().map(|[plural, singular]| (*plural, *singular)).collect()
    });
    if let Some(singular) = TABLE.get(word) {
        return (*singular).to_owned();
    }
    if let Some(singular) = irregular(word) {
        return singular.to_owned();
    }
    let cut = |suffix, ending: &str| word.strip_suffix(suffix).map(|stem: &str| format!("{stem}{ending}"));
    let sibilant = ["sses", "shes", "ches", "xes", "zzes", "oes"].iter().any(|end| word.ends_with(end));
    let is_s = word.len() > 2
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is");
    cut("men", "man")
        .filter(|_| is_man(word))
        .or_else(|| cut("ies", "y").filter(|_| word.len() > 4))
        .or_else(|| cut("es", "").filter(|_| sibilant))
        .or_else(|| cut("s", "").filter(|_| is_s))
        .unwrap_or_else(|| word.to_owned())
}

/// The end of the noun phrase that begins at `start`, which is `start` where none does: through its first plural, its
/// name, or up to a word that ends it. "The population lives" is a guess.
pub(super) fn phrase(words: &Words, start: usize) -> usize {
    let mut first = start;
    while is_in(DETERMINERS, words.low(first)) && first < start + 3 {
        first += 1;
    }
    let mut i = first;
    while i < first + LONGEST && !is_stop(words, i) {
        let after_participle = i > first && words.low(i).ends_with("ed") && !words.is_hyphen(i - 1);
        if after_participle {
            break;
        }
        i += 1;
        let goes_on = is_plural(words, i) && !is_stop(words, i) || is_in("States Nations", words.raw(i - 1));
        if is_plural(words, i - 1) && !goes_on {
            break;
        }
        if words.is_hyphen(i) {
            i += 1;
        } else if (first > start || words.is_capital(first))
            && is_in("’ '", words.raw(i))
            && words.raw(i + 1) == "s"
            && !is_stop(words, i + 2)
        {
            // "the country's exports"
            i += 2;
        }
    }
    if i > first { i } else { start }
}

/// A noun phrase with one more behind "of", "at" and the like: "discussions at the Kremlin".
pub(super) fn with_place(words: &Words, start: usize) -> usize {
    let end = phrase(words, start);
    if end == start || !is_in("at with of between to into in", words.low(end)) {
        return end;
    }
    let far = phrase(words, end + 1);
    let is_name = is_in("the", words.low(end + 1)) || words.is_capital(end + 1) || words.low(end) == "of";
    if far > end + 1 && is_name { far } else { end }
}
