//! How exact does the text say that a number is?

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Approx;
use super::noun::is_stop;
use super::reading::Reading;
use super::words::{Words, is_in};

use Approx::{About, AtLeast, AtMost, Over, Under};

const BEFORE: &[(Approx, &[&str])] = &[
    (
        Under,
        &[
            "nearly",
            "almost",
            "just under",
            "well under",
            "a little under",
            "close to",
            "less than",
            "fewer than",
            "slightly less than",
            "slightly fewer than",
            "just below",
            "just shy of",
            "shy of",
            "short of",
            "just short of",
            "under",
            "below",
            "not quite",
            "well below",
            "<",
        ],
    ),
    (
        Over,
        &[
            "more than",
            "over",
            "above",
            "upwards of",
            "upward of",
            "north of",
            "in excess of",
            "just over",
            "well over",
            "just above",
            "well above",
            "a little over",
            "a little more than",
            "slightly more than",
            "little more than",
            "far more than",
            "greater than",
            "longer than",
            "better than",
            "well more than",
            ">",
        ],
    ),
    (
        About,
        &[
            "about",
            "around",
            "some",
            "roughly",
            "closer to",
            "something like",
            "approximately",
            "an estimated",
            "estimated",
            "approx",
            "approx .",
            "in the region of",
            "somewhere around",
            "circa",
            "maybe",
            "perhaps",
            "~",
            "≈",
        ],
    ),
    (
        AtMost,
        &[
            "up to",
            "at most",
            "no more than",
            "not more than",
            "as many as",
            "as much as",
            "a maximum of",
            "at the most",
            "a maximum",
            "no longer than",
            // Of durations only.
            "within",
        ],
    ),
    (
        AtLeast,
        &[
            "at least",
            "no fewer than",
            "no less than",
            "not less than",
            "a minimum of",
            "a minimum",
            "at the least",
            "at the very least",
            "as little as",
            "as few as",
        ],
    ),
];

/// After these "about" and "around" say what of.
const TALK: &str = "talk talks talked talking ask asks asked asking know knows knew think thinks thought told tell tells \
                    telling worry worried worries concern concerned concerns speak speaks spoke speaking questions \
                    question story stories complain complained care cares cared learn learned read wrote written \
                    write writes information all bring brings brought come came what how something anything turn turned";

/// Whether the words before a small count are a preposition or say nothing of it: "served under two presidents", "a film
/// about two men", "a raise over two years", "within five miles", "perhaps two men could".
pub(super) fn is_preposition(words: &Words, i: usize, end: usize, reading: &Reading) -> bool {
    let first = words.low(i);
    let limit = match (reading.what, first) {
        ("duration", "over") => {
            return end == i + 1 && is_during(words, i) && words.low(reading.end) != "ago";
        }
        ("duration", _) => return false,
        (_, "within") => return true,
        ("count", "over" | "under" | "above" | "below") => 10.0,
        ("count", "about" | "around" | "maybe" | "perhaps") => 4.0,
        _ => return false,
    };
    end == i + 1 && reading.value < limit && words.is_word(end)
}

/// Whether the "over" at `i` follows what went on for that time: "7.5 percent over three years", but not "took over
/// two years".
fn is_during(words: &Words, i: usize) -> bool {
    const LASTS: &str = "last lasts lasting spend spends spent spending wait waits waited waiting serve serves served \
                         serving run runs ran span spans spanned aged term terms sentence sentences delay delays";
    let Some(before) = i.checked_sub(1) else { return false };
    let is_number = words.raw(before).ends_with(|c: char| c.is_ascii_digit() || c == '%');
    is_number || (!is_stop(words, before) && !is_in(LASTS, words.low(before)))
}

/// Whether an article at `j` stands between approximating words and their number: "maybe a 30 percent chance".
pub(super) fn is_before_article(words: &Words, i: usize, j: usize) -> bool {
    is_in("maybe perhaps nearly almost roughly approximately", words.low(i))
        && is_in("a an", words.low(j))
        && words.raw(j + 1).starts_with(|c: char| c.is_ascii_digit())
}

/// The approximating words at `i`, the longest, and the place behind them.
pub(super) fn before(words: &Words, i: usize) -> (Approx, usize) {
    let exact = (Approx::Exact, i);
    // At nearly every place none begins.
    static FIRST_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let phrases = BEFORE.iter().flat_map(|(_, phrases)| phrases.iter());
        phrases.filter_map(|phrase| phrase.split(' ').next()).collect()
    });
    if !FIRST_WORDS.contains(words.low(i)) {
        return exact;
    }
    if is_in("about around over", words.low(i)) && is_in(TALK, words.back(i, 1)) {
        return exact;
    }
    let all = BEFORE.iter().flat_map(|(approx, phrases)| phrases.iter().map(move |phrase| (*approx, phrase)));
    let found = all.filter_map(|(approx, phrase)| Some((approx, words.phrase(i, phrase)?)));
    found.max_by_key(|(_, end)| *end).unwrap_or(exact)
}

/// "or so", "or more" and the like at `i`, and the place behind them.
pub(super) fn after(words: &Words, i: usize) -> Option<(Approx, usize)> {
    const AFTER: &[(Approx, &str)] = &[
        (About, "or so"),
        (AtLeast, "or more"),
        (AtMost, "or less"),
        (AtMost, "or fewer"),
        (AtLeast, "plus"),
        (AtLeast, "+"),
    ];
    let k = words.after_hyphen(i);
    if k > i && is_in("odd ish", words.low(k)) {
        return Some((About, words.after_hyphen(k + 1)));
    }
    let found = AFTER.iter().find_map(|(approx, phrase)| Some((*approx, words.phrase(k, phrase)?)))?;
    // "36 plus 4" adds up.
    let adds = is_in("plus +", words.low(k)) && words.raw(found.1).starts_with(|c: char| c.is_ascii_digit());
    (!adds).then_some((found.0, words.after_hyphen(found.1)))
}
