//! Does what the text says read as a sentence of its own?
//!
//! Without a parse these are signs that it doesn't; each drops more than it must, since a brief of less is better than one
//! that an editor has to mend.

use sayso_text::Span;

use super::source::Source;
use crate::grammar::FINITE;
use crate::word_list::is_in;

/// Words of a cue before its verb.
const AUXILIARIES: &str = "has have had is are was were be been being do does did will would can could may might must should \
shall not never n't to also then now once again later previously recently hasn't haven't hadn't isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't";
/// Words that a clause begins behind.
const BEFORE_CLAUSES: &str = "and but or nor so yet for that as when while because since if although though after before \
where whereas until unless then however meanwhile today yesterday tomorrow later earlier";
/// Words among those before a verb that are none.
const NO_VERBS: &str = "to also then now once again later previously recently never not n't been being be";
/// Words that open a clause within another.
const OPENING_CLAUSES: &str = "whether if when because although though unless until how why";
/// Words behind the first of a quotation from which it tells by itself what it is about.
const SHORT_QUOTE: usize = 7;
/// Words that have a capital only where a sentence begins.
const OPENING_QUOTES: &str = "to the a an in on at by for from of it he she they we this that these those there if when what \
how why and but so no not as with";
/// Words with a stop that ends no sentence.
const SHORTENED: &str = "mr mrs ms mx dr gen sen sens rep reps gov govs st jr sr lt col sgt capt prof hon no vs jan feb aug sept \
oct nov dec";
/// Words of a headline at most.
const HEADLINE: usize = 20;
/// Titles of several people.
const OF_SEVERAL: &str = "senators representatives sens. reps. governors govs. ministers presidents judges justices professors doctors drs. mayors";
/// What stands for people who were told of before.
const PEOPLE_BEFORE: &str = "all some many most several few others none both each everybody everyone somebody someone nobody two three \
four five one critics' another";

/// The cue is a verb with which one tells something, not what was done ("unveiled"), a noun, or a whole phrase.
pub(super) fn tells(source: &Source<'_>, cue: &str) -> bool {
    let words: Vec<String> = cue.split_whitespace().map(plain).collect();
    let before = |word: &String| is_in(AUXILIARIES, word) || word.ends_with("ly");
    // "Continue to ignore" is no telling, "continues to deny" is.
    let goes_on =
        |i: usize| words[i].starts_with("continue") && words.get(i + 1).is_some_and(|next| next == "to");
    let verb = (0..words.len()).find(|&i| !before(&words[i]) && !goes_on(i)).map(|i| &words[i]);
    // "Issued a statement saying".
    let at_end = words.last().filter(|word| words.len() > 2 && is_in("saying stating", word));
    let is_own = words.iter().any(|word| is_in("i me my we us our", word));
    // "Called in to a radio show".
    let calls_in =
        words.windows(2).any(|pair| pair[0].starts_with("call") && is_in("in up off out", &pair[1]));
    // "Had warned" is before something else that was told.
    let is_earlier = words.first().is_some_and(|word| word == "had");
    // "May want to" is what the writer thinks.
    let is_open = words.first().is_some_and(|word| is_in("may might could should must", word));
    !is_own
        && !is_earlier
        && !is_open
        && !calls_in
        && verb.into_iter().chain(at_end).any(|word| source.rules.tells_by(word))
}

/// One person with a verb of many: "Trump claim that", a noun that was taken for a verb.
pub(super) fn is_plural(source: &Source<'_>, cue: &str, lead: &str) -> bool {
    let first = cue.split_whitespace().next().map(plain).unwrap_or_default();
    let helped =
        lead.split_whitespace().any(|word| is_in(AUXILIARIES, &plain(word)) && plain(word) != "have");
    !helped && (first == "have" || plain(lead).starts_with("have") || source.rules.tells_by_base(&first))
}

fn plain(word: &str) -> String {
    word.trim_matches([',', ':', '.', ';']).to_lowercase().replace('’', "'")
}

/// The speaker begins no clause of its own: "the legacy Mr. Obama believes in".
pub(super) fn within_phrase(source: &Source<'_>, said: Span) -> bool {
    let sentence = source.doc.sentences[source.sentence_at(said.start)].span;
    let before = source.doc.text[sentence.start..said.start.max(sentence.start)].trim_end();
    let Some(word) = before.split_whitespace().next_back() else { return false };
    let ends = !word.ends_with(|c: char| c.is_alphanumeric()) || word.starts_with(char::is_uppercase);
    let lower = plain(word);
    !ends && !is_in(BEFORE_CLAUSES, &lower) && source.rules.title(&lower).is_none()
}

/// Words of a sentence that nobody can say so: quotation marks that don't close, "your" outside of them, a slip of the keys.
pub(super) fn is_broken(words: &str) -> bool {
    let words = &words.replace("''", "\"");
    let (opens, closes) = (words.matches('“').count(), words.matches('”').count());
    let straight = words.matches('"').count();
    if straight == 0 && opens != closes || (straight + opens + closes) % 2 == 1 {
        return true;
    }
    let mut quoted = false;
    words.split_whitespace().any(|word| {
        let is_quoted = quoted || word.contains(['“', '"']);
        for c in word.chars() {
            quoted = match c {
                '“' => true,
                '”' => false,
                '"' => !quoted,
                _ => quoted,
            };
        }
        let bare = plain(word.trim_end_matches(['”', '"']));
        let second = !is_quoted && is_in("you your yours yourself you're you've you'll", &bare);
        // "HIllary".
        let letters: Vec<char> = word.trim_matches(|c: char| !c.is_alphabetic()).chars().collect();
        let slips = letters.len() > 4
            && letters[..2].iter().all(|c| c.is_uppercase())
            && letters[2..].iter().all(|c| c.is_lowercase());
        second || slips || !is_quoted && word.contains("?)")
    })
}

/// ‹said that “To see it is stunning,” since›: a sentence in quotation marks that is none behind "that".
pub(super) fn quotes_sentence(words: &str) -> bool {
    let quote = words.split_once(" that “").or_else(|| words.split_once(" that \"")).map(|(_, quote)| quote);
    let first = quote.and_then(|quote| quote.split_whitespace().next()).unwrap_or_default();
    first.starts_with(char::is_uppercase) && is_in(OPENING_QUOTES, &plain(first))
}

/// "Explained that is by design": what "that" is, isn't told.
pub(super) fn points_by_that(words: &str) -> bool {
    let mut all = words.split_whitespace();
    let (_, second, third) = (all.next(), all.next(), all.next());
    let subject = |word: &str| is_in("is was are were has had will would could", word);
    // "Argued that of his part in the fight", where nothing is said of it.
    let rest = || words.split_whitespace().skip(2).collect::<Vec<_>>().join(" ");
    let of_nothing = |word: &str| word == "of" && !has_verb(&rest());
    second == Some("that") && third.is_some_and(|word| subject(word) || of_nothing(word))
}

/// A sentence ends in the middle: ‹that she “got to sit in. It raises questions”› is more than "said that" can hold.
pub(super) fn ends_within(words: &str) -> bool {
    let chars: Vec<char> = words.chars().collect();
    // "Mr. Brell", "the U.S. Congress" go on.
    let goes_on = |at: usize| {
        let word: String =
            chars[..at].iter().rev().take_while(|c| c.is_alphanumeric() || **c == '.').collect();
        let word: String = word.chars().rev().collect::<String>().to_lowercase();
        word.contains('.') || word.chars().count() < 2 || is_in(SHORTENED, &word)
    };
    chars.windows(3).enumerate().any(|(at, of)| {
        matches!(of[0], '.' | '?' | '!' | '…')
            && of[1] == ' '
            && of[2].is_uppercase()
            && !(of[0] == '.' && goes_on(at))
    })
}

/// What stands behind the first comma goes on with a verb: "that Ireland undertaxed the company, is an example", whose subject
/// was before it.
pub(super) fn lost_subject(words: &str) -> bool {
    let Some((before, behind)) = words.split_once(", ") else { return false };
    let first = behind.split_whitespace().next().unwrap_or_default();
    is_in("is are was were has have had", first) && !before.contains(['“', '"', '—', '–', '('])
}

/// "All Bets Are Off": a heading that stands in quotation marks.
pub(super) fn is_heading(quote: &str) -> bool {
    let words: Vec<&str> = quote.split_whitespace().collect();
    words.len() > 2
        && words.len() <= HEADLINE
        && words
            .iter()
            .filter(|word| word.len() > 2)
            .all(|word| word.starts_with(|c: char| !c.is_lowercase()))
}

/// A short quotation that begins with what it is about: "It's hard to avoid".
pub(super) fn points_back(quote: &str) -> bool {
    let mut words = quote.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase().replace('’', "'");
    let first = first.split('\'').next().unwrap_or_default();
    is_in("it this that these those they", first) && words.count() < SHORT_QUOTE
}

/// A paragraph that is one line without a stop: a headline, or what stands beneath it.
pub(super) fn is_headline(source: &Source<'_>, at: usize) -> bool {
    let s = source.sentence_at(at);
    let Some(paragraph) = source.doc.paragraphs.iter().find(|p| p.sentences.contains(&s)) else {
        return false;
    };
    let words = source.say(paragraph.span).trim_end();
    words.ends_with(char::is_alphanumeric) && words.split_whitespace().count() <= HEADLINE
}

/// A quotation that ends with a comma or stop, and another sentence behind it: ‹“It is gone,” The mayor›.
pub(super) fn runs_on(words: &str) -> bool {
    let chars: Vec<char> = words.chars().collect();
    chars.windows(4).any(|of| {
        matches!(of[0], ',' | '.' | '?' | '!')
            && matches!(of[1], '”' | '"')
            && of[2] == ' '
            && of[3].is_uppercase()
    })
}

/// It has a verb that shows it to be a sentence.
pub(super) fn has_verb(words: &str) -> bool {
    words
        .split_whitespace()
        .map(plain)
        .any(|word| is_in(FINITE, &word) || word.ends_with("n't") || word.ends_with("ed") && word.len() > 4)
}

/// A verb or what helps one, as far as the word alone tells.
pub(super) fn is_verb(word: &str) -> bool {
    is_in(FINITE, word)
        || is_in(AUXILIARIES, word) && !is_in(NO_VERBS, word)
        || word.ends_with("ed") && word.len() > 4
}

/// It has a word that can be a verb outside of what "whether" and the like open: "language unclear on whether they are
/// covered" has none.
pub(super) fn is_clause(words: &str) -> bool {
    let opens = |word: &String| is_in(OPENING_CLAUSES, word);
    let all: Vec<String> = words.split_whitespace().map(plain).collect();
    // What begins with a clause has its own verb somewhere behind it.
    let n_main = match all.first() {
        Some(first) if !opens(first) => all.iter().position(opens).unwrap_or(all.len()),
        _ => all.len(),
    };
    all[..n_main].iter().any(|word| {
        let bare = word.trim_matches(['“', '”', '"', '’']);
        let helped = ["'s", "'re", "'ll", "'ve", "'d", "n't"].iter().any(|end| bare.ends_with(end));
        let present = bare.ends_with('s') && !bare.ends_with("ss") && bare.len() > 3;
        helped || present || is_verb(bare)
    })
}

/// "Senators Charles Grassley", of whom the text names two.
pub(super) fn is_of_several(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    is_in(OF_SEVERAL, &first) && !words.contains(" and ")
}

/// "All", "the two": people whom only the sentence before tells.
pub(super) fn are_of_before(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut all = lower.split_whitespace();
    let (first, second) = (all.next().unwrap_or_default(), all.next());
    match second {
        None => is_in(PEOPLE_BEFORE, first),
        Some(second) => {
            let is_name = words.split(' ').nth(1).is_some_and(|word| word.starts_with(char::is_uppercase));
            // "The German".
            first == "the" && is_name && words.split_whitespace().count() == 2
                || first == "the" && is_in("two three four five pair other others latter former same", second)
                || first == "both"
        }
    }
}

/// Several in a row, "the family, protesters and civic leaders", not one with what he is between commas.
pub(super) fn is_list(words: &str) -> bool {
    let Some((_, last)) = words.rsplit_once(", ") else { return false };
    let mut rest = words.split(", ").skip(1);
    let describes = rest.any(|part| {
        let first = part.split_whitespace().next().unwrap_or_default().to_lowercase();
        is_in(
            "a an the which who whose whom where including among of in on from with its his her their",
            &first,
        ) || first.ends_with("ing")
            || first.ends_with("ed")
            || first.starts_with(|c: char| c.is_ascii_digit())
    });
    !describes && (last.contains(" and ") || last.starts_with("and "))
}

/// The last word is cut at a stop that ends no sentence: "who served as U".
pub(super) fn is_cut(words: &str) -> bool {
    let last = words.split_whitespace().next_back().unwrap_or_default();
    let is_initial = last.starts_with(char::is_uppercase) && last.chars().count() <= 3;
    is_initial || is_in("and or of in the a an to with for by whom who which whose", last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_more_than_one_sentence_is_seen() {
        assert!(ends_within("said that she “got to sit in when she left. It raises questions”"));
        assert!(!ends_within("said that Mr. Brell and the U.S. Congress left. "));
        assert!(lost_subject("contended that Ireland undertaxed it, is an example"));
        assert!(!lost_subject("said that the dam, which leaked, is closed"));
        assert!(
            quotes_sentence("said that “To see it is stunning,” since")
                && !quotes_sentence("said that “Brell” is it")
        );
        assert!(points_by_that("argued that of his part in the fight"));
        assert!(points_by_that("explained that is by design") && !points_by_that("said that dams are safe"));
        assert!(is_heading("All Bets Are Off") && !is_heading("All bets are off, Brell"));
    }

    #[test]
    fn broken_words_are_seen() {
        for (words, broken) in [
            ("said “You leaked it” to drive up your pay", true),
            ("said “You leaked it to drive up your pay”", false),
            ("stated that she would speak “in a few weeks.", true),
            ("stated that \"nobody\" knew", false),
            ("said that ''you'' was a slip", false),
            ("said that HIllary had left", true),
            ("said that NATO and McBride had left with their IDs", false),
        ] {
            assert_eq!(is_broken(words), broken, "{words}");
        }
    }

    #[test]
    fn a_clause_has_a_verb_of_its_own() {
        for (words, clause) in [
            ("language unclear on whether single mothers are covered", false),
            ("the policy of asking that voters prove that they still live there", true),
            ("the plan discriminates against fathers", true),
            ("it's hard to say who is covered", true),
            ("if the dam holds, nobody leaves", true),
            ("that the harbor stays open", true),
        ] {
            assert_eq!(is_clause(words), clause, "{words}");
        }
    }

    #[test]
    fn signs_of_what_is_no_sentence() {
        assert!(runs_on("“It is gone,” The mayor left") && !runs_on("“It is gone,” he said"));
        assert!(
            has_verb("The dam collapsed on Sunday.")
                && !has_verb("An account of the flood and its aftermath.")
        );
        assert!(is_of_several("Senators Ana Brell") && !is_of_several("Senators Ana Brell and Oto Lund"));
        assert!(
            are_of_before("All") && are_of_before("the two ministers") && !are_of_before("two ministers")
        );
        assert!(
            is_list("the family, protesters and civic leaders") && !is_list("Ana Brell, a teacher and poet")
        );
        assert!(
            is_cut("who served as U") && is_cut("the chief of staff to") && !is_cut("who runs the board")
        );
    }
}
