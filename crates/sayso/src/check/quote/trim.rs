//! Does what was cut change the sense?

use sayso_text::Span;

use super::find::{Found, Gap};
use super::lex::{Lexeme, lex};
use super::lists::{
    CONDITION, CONDITIONAL_FRAME, CONTRAST, FUNCTION, HEDGE, LIMIT, MODAL, NEGATION, NEGATIVE_FRAME,
    REPORTED_FRAME, REPORTING, TURNING,
};
use super::source::{Source, Word};
use super::{Asked, CutKind};

/// A cut that changes the sense.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) kind: CutKind,
    /// The words of the source that matter, half open.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// What a brief says around a quotation, as keys.
pub(super) struct Frame {
    // Of the quotation's sentence, without the quotation.
    sentence: Vec<String>,
    around: Vec<String>,
}

impl Frame {
    pub(super) fn new(asked: &Asked) -> Self {
        let sentence = [keys(asked.before), keys(asked.after)].concat();
        Self { around: [keys(asked.around), sentence.clone()].concat(), sentence }
    }

    fn has(&self, class: impl Fn(&str) -> bool) -> bool {
        self.sentence.iter().any(|key| class(key))
    }

    /// The words that carry meaning.
    pub(super) fn content(&self) -> impl Iterator<Item = &str> {
        self.sentence.iter().map(String::as_str).filter(|key| is_content(key))
    }

    /// Most of what was cut stands elsewhere in the brief.
    fn tells(&self, cut: &[Word]) -> bool {
        let content =
            || cut.iter().map(|word| &word.key).filter(|key| is_content(key) && !REPORTING.has(key));
        let told = content().filter(|key| self.around.contains(key)).count();
        let here = content().filter(|key| self.sentence.contains(key)).count();
        told > 0 && 2 * told >= content().count() || here >= 3
    }

    /// The brief carries it in its own words.
    fn carries(&self, kind: CutKind) -> bool {
        match kind {
            CutKind::Negation | CutKind::Turned => {
                self.has(|key| NEGATIVE_FRAME.has(key) || TURNING.has(key) || key == "hoped")
            }
            CutKind::Condition => self.has(|key| CONDITIONAL_FRAME.has(key)),
            CutKind::Contrast => {
                self.has(|key| CONTRAST.has(key) || matches!(key, "while" | "despite" | "still" | "even"))
            }
            CutKind::Reported => self.has(|key| REPORTED_FRAME.has(key)),
            CutKind::Limit => {
                self.has(|key| LIMIT.has(key) || matches!(key, "just" | "about" | "close" | "part" | "most"))
            }
        }
    }
}

fn keys(text: &str) -> Vec<String> {
    lex(text).iter().filter_map(Lexeme::word).map(str::to_owned).collect()
}

pub(super) fn is_content(key: &str) -> bool {
    !FUNCTION.has(key) && !NEGATION.has(key) && !MODAL.has(key) && !HEDGE.has(key)
}

/// The cut that changes the sense of the words at `found`, if there is one.
pub(super) fn cut(found: &Found, source: &Source, frame: &Frame) -> Option<Cut> {
    let stretch = stretch(found, source)?;
    let (first, last) = (found.first(), found.last());
    let kept = Kept { first, n_words: last + 1 - first, source };
    let own = source.sentence(first);
    let left = own.start.max(stretch.start)..first;
    let end = source.sentence(last).end.min(stretch.end);
    let inner = found.gaps.iter().filter_map(|gap| in_gap(gap, source, &kept));
    let mut cuts = before(left, &kept).into_iter().chain(inner).chain(after(last, end, &kept));
    cuts.find(|cut| !frame.carries(cut.kind) && !frame.tells(&source.words[cut.from..cut.to]))
}

/// The words that stand in the same quotation, half open; where nothing of a source is quoted,
/// all of it.
fn stretch(found: &Found, source: &Source) -> Option<std::ops::Range<usize>> {
    if source.doc.quotations.is_empty() {
        return Some(0..source.words.len());
    }
    if !found.is_quoted(source) {
        return None;
    }
    let (first, last) = (found.first(), found.last());
    // A quotation inside another is somebody's own words.
    let nested: Option<Span> = source
        .quotations(first)
        .filter(|q| q.depth > 0 && q.span.contains(source.cover(first, last)))
        .last()
        .map(|q| q.span);
    let inside = |word: &Word| match nested {
        Some(span) => span.contains(word.span),
        None => word.outer.is_some() || word.aside,
    };
    let from = (0..first).rev().take_while(|&at| inside(&source.words[at])).last().unwrap_or(first);
    let to =
        (last + 1..source.words.len()).take_while(|&at| inside(&source.words[at])).last().unwrap_or(last);
    Some(from..to + 1)
}

/// What is left of a statement.
struct Kept<'a> {
    first: usize,
    n_words: usize,
    source: &'a Source<'a>,
}

impl Kept<'_> {
    fn word(&self, at: usize) -> &Word {
        &self.source.words[at]
    }

    fn key(&self, at: usize) -> &str {
        &self.source.words[at].key
    }

    fn negated(&self) -> bool {
        self.source.words[self.first..self.first + self.n_words].iter().any(|word| NEGATION.has(&word.key))
    }
}

/// What stood before the words in their sentence.
fn before(left: std::ops::Range<usize>, kept: &Kept) -> Option<Cut> {
    governed(left.clone(), kept).or_else(|| conditioned(left, kept))
}

/// The words between an ellipsis's ends, as far as they are of one sentence with what follows or
/// what went before.
fn in_gap(gap: &Gap, source: &Source, kept: &Kept) -> Option<Cut> {
    if gap.from >= gap.to {
        return None;
    }
    let sentence = source.words[gap.to].sentence;
    let from = (gap.from..gap.to).find(|&at| source.words[at].sentence == sentence)?;
    let resumed = Kept { first: gap.to, n_words: kept.first + kept.n_words - gap.to, source };
    before(from..gap.to, &resumed).filter(|cut| {
        let said = |key: &String| gap.inserted.contains(key);
        !source.words[cut.from..cut.to].iter().any(|word| said(&word.key) && !is_content(&word.key))
    })
}

/// A word that turns, limits or reports what directly follows it.
fn governed(left: std::ops::Range<usize>, kept: &Kept) -> Option<Cut> {
    let clause = clause(left, kept);
    let last = clause.end.checked_sub(1).filter(|&last| last >= clause.start)?;
    // "Don't" is shown whole.
    let whole = |at: usize| match at.checked_sub(1) {
        Some(before) if kept.word(before).span.end == kept.word(at).span.start => before,
        _ => at,
    };
    let found = |kind, from| Some(Cut { kind, from: whole(from), to: clause.end });
    // "Some bad times" are bad times; "some judges lie" is not "judges lie".
    let some = |at: usize| matches!(kept.key(at), "some" | "few") && at == kept.source.sentence(at).start;
    let limits = LIMIT.has(kept.key(last)) && kept.n_words >= 2 || some(last) && kept.n_words >= 3;
    if limits && !is_idiom(kept, last) {
        return found(CutKind::Limit, last);
    }
    let plain = |at: usize| {
        let key = kept.key(at);
        FUNCTION.has(key) || MODAL.has(key) || REPORTING.has(key) || EMPTY.contains(&key)
    };
    for at in clause.clone().rev() {
        let key = kept.key(at);
        let near = clause.end - at <= 3 || (at + 1..clause.end).all(plain);
        if !near || clause.end - at > 9 {
            break;
        }
        if NEGATION.has(key) && !is_idiom(kept, at) {
            return found(CutKind::Negation, at);
        }
        if TURNING.has(key) && kept.n_words >= 3 && (at + 1..clause.end).all(plain) {
            return found(CutKind::Turned, at);
        }
    }
    reported(clause.clone(), kept).and_then(|from| found(CutKind::Reported, from))
}

/// Words between a negation and what it governs that carry little of their own.
const EMPTY: [&str; 16] = [
    "going", "want", "wants", "wanted", "mean", "means", "meant", "saying", "intend", "intends", "call",
    "called", "thing", "case", "true", "get",
];

/// "They say that", "we were told", "who says": somebody else holds what follows.
fn reported(clause: std::ops::Range<usize>, kept: &Kept) -> Option<usize> {
    if kept.n_words < 3 {
        return None;
    }
    let light = |at: usize| matches!(kept.key(at), "that" | "me" | "us" | "him" | "them" | "her" | "you");
    let verb = clause.clone().rev().find(|&at| !light(at)).filter(|&at| REPORTING.has(kept.key(at)))?;
    let from = verb.saturating_sub(4).max(clause.start);
    let subject = from..verb;
    let passive =
        subject.clone().any(|at| matches!(kept.key(at), "was" | "were" | "been" | "'re" | "are" | "am"));
    let own = subject.clone().any(|at| matches!(kept.key(at), "i" | "we" | "let"));
    let bare = verb > clause.start && matches!(kept.key(verb - 1), "to" | "by" | "of");
    // A verb without a subject in what was cut has one in what was kept.
    (!subject.is_empty() && !bare && (passive || !own)).then_some(from)
}

/// "Not only", "no doubt": the statement stands.
fn is_idiom(kept: &Kept, at: usize) -> bool {
    let next = kept.source.words.get(at + 1).map(|word| word.key.as_str());
    let before = at.checked_sub(1).map(|at| kept.key(at));
    let two = (kept.key(at), next.unwrap_or_default());
    matches!(
        two,
        ("not" | "n't", "only" | "just" | "merely" | "simply")
            | ("no", "doubt" | "question" | "matter" | "wonder" | "longer")
            | ("nothing", "but" | "more" | "less")
            | ("none", "other")
            | ("n't", "wait" | "help")
            | ("some" | "only", "of")
    ) || matches!((before, kept.key(at)), (Some("the"), "only" | "few") | (Some("if" | "not"), "only"))
}

/// The end of what stood before: from the last pause or conjunction on.
fn clause(left: std::ops::Range<usize>, kept: &Kept) -> std::ops::Range<usize> {
    let joins = |key: &str| {
        matches!(key, "and" | "but" | "or" | "because" | "so" | "which" | "when" | "while" | "since" | "than")
    };
    let begins = left
        .clone()
        .rev()
        .find(|&at| kept.word(at).pause || joins(kept.key(at)) || kept.word(at).aside)
        .map_or(left.start, |at| at + 1);
    begins..left.end
}

/// "If you have a lamp, …": a clause before the words that says when they hold.
fn conditioned(left: std::ops::Range<usize>, kept: &Kept) -> Option<Cut> {
    if kept.n_words < 3 {
        return None;
    }
    let begins = |at: usize| {
        let opens = |before: usize| {
            kept.word(before).pause || matches!(kept.key(before), "but" | "and" | "so" | "then")
        };
        at == left.start || opens(at - 1)
    };
    let from = left.clone().rev().find(|&at| is_condition(kept, at) && begins(at))?;
    let rest = from + 1..left.end;
    // What follows a later "but" is no longer under the condition.
    let free = rest.clone().any(|at| CONTRAST.has(kept.key(at)));
    let ends = rest.clone().any(|at| kept.word(at).pause);
    (!free && ends).then_some(Cut { kind: CutKind::Condition, from, to: left.end })
}

/// A word or phrase that begins a condition; `at` is its first word.
fn is_condition(kept: &Kept, at: usize) -> bool {
    let key = |ahead: usize| kept.source.words.get(at + ahead).map_or("", |word| word.key.as_str());
    let before = at.checked_sub(1).map_or("", |at| kept.key(at));
    match key(0) {
        // "Even if" and "as if" are no conditions, and "I don't know if" asks.
        "if" => !matches!(
            before,
            "even"
                | "as"
                | "know"
                | "knows"
                | "wonder"
                | "ask"
                | "asked"
                | "see"
                | "sure"
                | "doubt"
                | "matter"
                | "care"
        ),
        "as" | "so" => key(1) == "long" && key(2) == "as",
        "on" => key(1) == "condition",
        "until" | "till" => false,
        "only" => matches!(key(1), "if" | "when"),
        word => CONDITION.has(word),
    }
}

/// What stood behind the words in their sentence.
fn after(last: usize, end: usize, kept: &Kept) -> Option<Cut> {
    let mut right = (last + 1..end).filter(|&at| !kept.word(at).aside);
    let first = right.next()?;
    let end = right.next_back().unwrap_or(first) + 1;
    let key = kept.key(first);
    let found = |kind, from| Some(Cut { kind, from, to: end });
    if matches!(key, "without") || matches!(key, "until" | "till") && kept.negated() {
        return found(CutKind::Condition, first);
    }
    let conditioned = (kept.first..=last).any(|at| is_condition(kept, at));
    if kept.n_words >= 3 && !conditioned {
        let stops = |at: usize| {
            matches!(kept.key(at), "and" | "or" | "that" | "because") || CONTRAST.has(kept.key(at))
        };
        let near = (first..end).take(9).take_while(|&at| !stops(at));
        if let Some(from) = near.filter(|&at| !kept.word(at).aside).find(|&at| is_condition(kept, at)) {
            return found(CutKind::Condition, from);
        }
    }
    let turns = CONTRAST.has(key) && (kept.word(last).pause || key == "but");
    // "Not a retreat, but a pause" says one thing; "it isn't much, but it is a start" two.
    let is_clause = |at: usize| {
        matches!(kept.key(at), "i" | "we" | "it" | "he" | "she" | "they" | "this" | "that" | "there" | "you")
    };
    let whole = !kept.negated() || first + 1 < end && is_clause(first + 1);
    // "Painful but right" isn't "painful"; of other short cuts nobody can tell.
    let stands = kept.n_words >= 4 || key == "but" && kept.key(kept.first).len() > 4;
    (turns && stands && whole).then_some(Cut { kind: CutKind::Contrast, from: first, to: end })
}
