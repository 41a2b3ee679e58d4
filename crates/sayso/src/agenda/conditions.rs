//! On what does a yes hang? "Supports the license, but not at any price."

use crate::record::Stance;
use crate::word_list::is_in;

/// Words that tie a yes to something, by themselves.
const CONDITIONS: &str = "if unless";
/// The same as two words.
const TWO: &str = "on-condition long-as only-if only-after only-when only-once in-return in-exchange so-long";
/// Behind "provided" they make it a participle: "the aid provided by the state".
const BEHIND_PARTICIPLES: &str = "at by for from in through to under with";
/// Behind "but not" they tell of a condition: "but not at any price", "but not without a ladder".
const BUT_NOT: &str = "at before if until unless without";
/// Behind "but not" they lessen a yes in a way that nobody can weigh: "but not now", "but not in its present form".
const LESSENED: &str = "all as by for in now on so this under when while with yet";
/// Behind them another clause may be what hangs on an "if".
const OTHERS: &str = "because how that to what which who whom whose why";
/// With these behind a comma something else is told.
const JOINTS: &str = "and although though whereas while";

/// A stance with what stands behind its object in the sentence: a yes on a condition is conditional, and one that is
/// lessened is none.
pub(super) fn bound(stance: Stance, rest: &str) -> Option<Stance> {
    match (stance, hangs(rest)) {
        (Stance::Accepts | Stance::Supports, Hangs::OnSomething) => Some(Stance::Conditional),
        (Stance::Accepts | Stance::Supports, Hangs::Unclear) => None,
        _ => Some(stance),
    }
}

/// True where the words name a condition.
pub(super) fn is_on_condition(rest: &str) -> bool {
    hangs(rest) == Hangs::OnSomething
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hangs {
    OnNothing,
    OnSomething,
    Unclear,
}

fn hangs(rest: &str) -> Hangs {
    let mut words: Vec<String> = Vec::new();
    for part in rest.split_whitespace() {
        let word = part.trim_matches(|c: char| !c.is_alphanumeric() && c != ',' && c != ';').to_lowercase();
        let (word, mark) = match word.strip_suffix([',', ';']) {
            Some(bare) => (bare.to_owned(), Some(if word.ends_with(';') { ";" } else { "," })),
            None => (word, None),
        };
        // A mark that begins a part ends the one before: ", but".
        let (lead, word) = match word.strip_prefix([',', ';']) {
            Some(bare) => (Some(","), bare.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()),
            None => (None, word),
        };
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
        words.extend(lead.map(str::to_owned));
        if !word.is_empty() {
            words.push(word);
        }
        words.extend(mark.map(str::to_owned));
    }
    let word = |i: usize| words.get(i).map_or("", String::as_str);
    for i in 0..words.len() {
        if word(i) == ";" || word(i) == "," && is_in(JOINTS, word(i + 1)) {
            return Hangs::OnNothing;
        }
        let two = format!("{}-{}", word(i), word(i + 1));
        let is_provided = matches!(word(i), "provided" | "providing")
            && (word(i + 1) == "that"
                || i > 0 && word(i - 1) == "," && !is_in(BEHIND_PARTICIPLES, word(i + 1)));
        let before = if i > 0 { word(i - 1) } else { "" };
        // "Making it harder for people to come if they have been there": their coming hangs on it.
        let is_others =
            before != "," && words[..i].iter().rev().take_while(|w| *w != ",").any(|w| is_in(OTHERS, w));
        let is_condition =
            is_in(CONDITIONS, word(i)) && !is_others && !matches!(before, "even" | "as" | "know" | "see");
        if is_provided || is_in(TWO, &two) || is_condition {
            return Hangs::OnSomething;
        }
        if two == "but-not" {
            if is_in(BUT_NOT, word(i + 2)) {
                return Hangs::OnSomething;
            }
            if is_in(LESSENED, word(i + 2)) {
                return Hangs::Unclear;
            }
        }
    }
    Hangs::OnNothing
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands behind "supports the license", and what the stance is.
    const CASES: [(&str, Option<Stance>); 20] = [
        (".", Some(Stance::Supports)),
        (", he said, but not at any price.", Some(Stance::Conditional)),
        (", but not without a ladder.", Some(Stance::Conditional)),
        (", it said, but only if a ladder is built.", Some(Stance::Conditional)),
        (" provided that the state pays half.", Some(Stance::Conditional)),
        (", provided the state pays half.", Some(Stance::Conditional)),
        (" as long as the docks stay open.", Some(Stance::Conditional)),
        (" on condition that the docks stay open", Some(Stance::Conditional)),
        (" unless the docks close.", Some(Stance::Conditional)),
        (" in exchange for a ladder", Some(Stance::Conditional)),
        // What nobody can weigh.
        (", but not now.", None),
        (", but not in its present form.", None),
        // A contrast, and what is told beside.
        (", but not the fees.", Some(Stance::Supports)),
        (" and the aid provided by the state.", Some(Stance::Supports)),
        (", and the union will strike if it fails.", Some(Stance::Supports)),
        ("; if it fails, so does the dam.", Some(Stance::Supports)),
        (" even if it costs more.", Some(Stance::Supports)),
        (" for people who would come if they could.", Some(Stance::Supports)),
        (" if a ladder is built.", Some(Stance::Conditional)),
        (" of the men who left, if a ladder is built.", Some(Stance::Conditional)),
    ];

    #[test]
    fn a_yes_may_hang_on_something() {
        for (rest, expected) in CASES {
            assert_eq!(bound(Stance::Supports, rest), expected, "{rest}");
            assert_eq!(bound(Stance::Opposes, rest), Some(Stance::Opposes), "{rest}");
        }
    }
}
