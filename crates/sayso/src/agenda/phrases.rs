//! Where are the noun phrases that name points in dispute and proposals?

use std::ops::Range;

use sayso_text::{Document, ParagraphKind, Span};

use crate::rules::{Noun, Rules, StateWord};
use crate::word_list::is_in;

/// What a phrase names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A point, by its number in the rules.
    Subject(usize),
    Proposal,
    /// Something else that the text speaks of.
    Other,
}

/// A noun phrase of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NounPhrase {
    pub(super) what: What,
    /// With its determiner.
    pub(super) span: Span,
    /// Words before the head that tell what it is, states by their names, in lower case.
    pub(super) modifiers: Vec<String>,
    /// The words of modifiers and head, as they stand.
    pub(super) words: Vec<String>,
    /// Words that tell its version apart, in order.
    pub(super) versions: Vec<String>,
    /// The state among the modifiers, or whoever's it is.
    pub(super) owner: Option<String>,
    /// "A", "any", or nothing before it.
    pub(super) indefinite: bool,
    pub(super) tokens: Range<usize>,
}

/// Words before a head that are looked at.
const LONGEST: usize = 6;
/// Words of a name that is one of two.
const LONGEST_NAME: usize = 8;
/// Adjectives that tell which one, or how things stand with it, and not what it is: "the dead bill", "its own test".
const LOOSE: &str = "actual alleged apparent complete current dead different entire existing familiar final full future hated latest long-awaited long-stalled much-criticised much-criticized much-disputed new newest other own possible present proposed recent same similar so-called stalled subsequent upcoming usual very whole";
pub(super) const DETERMINERS: &[&str] = &[
    "a", "all", "an", "another", "any", "both", "each", "every", "her", "his", "its", "my", "no", "our",
    "some", "such", "that", "the", "their", "these", "this", "those", "your",
];
/// What no noun phrase holds before its head.
pub(super) const FUNCTION_WORDS: &[&str] = &[
    "about", "after", "again", "against", "already", "also", "although", "am", "among", "and", "are",
    "around", "as", "at", "be", "because", "been", "before", "being", "between", "but", "by", "can", "could",
    "did", "do", "does", "during", "even", "for", "from", "had", "has", "have", "he", "help", "him", "how",
    "i", "if", "in", "into", "is", "it", "just", "may", "might", "more", "most", "must", "never", "not",
    "now", "of", "off", "on", "only", "or", "out", "over", "said", "says", "shall", "she", "should", "since",
    "so", "still", "than", "then", "there", "them", "they", "through", "to", "told", "under", "until", "up",
    "very", "was", "we", "were", "what", "when", "where", "whether", "which", "while", "who", "whose", "why",
    "will", "with", "within", "without", "would", "yet", "you", "despite", "except", "though", "unless",
    "whereas",
];
/// "A revised version of the plan" is the plan.
pub(super) const PARTS: &[&str] = &[
    "components",
    "copy",
    "draft",
    "elements",
    "form",
    "parts",
    "provisions",
    "status",
    "terms",
    "text",
    "version",
    "issue",
    "question",
    "principle",
    "idea",
    "loss",
    "problem",
    "possibility",
    "prospect",
    "risk",
    "number",
    "threat",
    "danger",
    "case",
    "use",
    "kind",
    "sort",
    "rest",
    "most",
    "some",
    "all",
    "existence",
    "result",
    "results",
];
/// What a point may be followed by: "ceasefire talks".
const KINDS_OF: &[&str] = &[
    "costs",
    "crisis",
    "cut",
    "cuts",
    "dispute",
    "exchange",
    "increase",
    "increases",
    "issue",
    "law",
    "laws",
    "negotiations",
    "payments",
    "policy",
    "program",
    "programme",
    "question",
    "rates",
    "reform",
    "rights",
    "rule",
    "rules",
    "standards",
    "talks",
    "zone",
];
/// Words in "-ing" that are no verbs before a noun.
pub(super) const NOUNS_IN_ING: &[&str] = &[
    "banking", "building", "drilling", "existing", "fishing", "funding", "housing", "mining", "ongoing",
    "parking", "pending", "shipping", "spending", "standing",
];

/// All phrases around listed nouns in the running text, in order.
pub(super) fn find(doc: &Document, rules: &Rules) -> Vec<NounPhrase> {
    let reader = Reader { doc, rules };
    let body = doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
    let sentences = body.flat_map(|p| &doc.sentences[p.sentences.clone()]);
    sentences.flat_map(|sentence| reader.sentence(sentence.tokens.clone())).collect()
}

pub(super) struct Reader<'a> {
    pub(super) doc: &'a Document,
    pub(super) rules: &'a Rules,
}

impl Reader<'_> {
    pub(super) fn word(&self, i: usize) -> &str {
        self.doc.tokens.get(i).map_or("", |token| token.span.of(&self.doc.text))
    }

    pub(super) fn lower(&self, i: usize) -> String {
        self.word(i).to_lowercase()
    }

    fn sentence(&self, tokens: Range<usize>) -> Vec<NounPhrase> {
        let mut found = Vec::new();
        let mut at = tokens.start;
        while at < tokens.end {
            match self.head(at, tokens.start, tokens.end) {
                Some((what, end)) => {
                    found.extend(self.phrase(what, at..end, &tokens));
                    at = end;
                }
                None => {
                    found.extend(self.other(at, tokens.end));
                    at += 1;
                }
            }
        }
        found
    }

    /// What a determiner leads to: "the transcript", "any such plan". A word of it is no point of the rules.
    fn other(&self, at: usize, end: usize) -> Option<NounPhrase> {
        if !DETERMINERS.contains(&self.lower(at).as_str()) {
            return None;
        }
        let stops = |i: &usize| {
            let word = self.lower(*i);
            *i > at
                && (self.stops(*i, &word)
                    || DETERMINERS.contains(&word.as_str())
                    || word.ends_with("ed")
                    || matches!(word.as_str(), "'s" | "’s" | "'" | "’"))
        };
        let last = (at + 1..(at + LONGEST).min(end)).find(|i| stops(i)).unwrap_or((at + LONGEST).min(end));
        let head = last.checked_sub(1).filter(|&head| head > at)?;
        let word = self.word(head);
        self.is_point(head).then(|| NounPhrase {
            what: What::Other,
            span: self.doc.tokens[at].span.cover(self.doc.tokens[head].span),
            modifiers: Vec::new(),
            words: vec![word.to_owned()],
            versions: Vec::new(),
            owner: None,
            indefinite: false,
            tokens: at..head + 1,
        })
    }

    /// True for a common noun that can be what people disagree on; people, bodies and what the rules list
    /// are none.
    pub(super) fn is_point(&self, i: usize) -> bool {
        let word = self.word(i);
        (word.chars().count() > 3 || matches!(word, "cut" | "law"))
            && word.chars().all(char::is_lowercase)
            && !word.ends_with("ly")
            && self.rules.noun(word).is_none_or(|(noun, _)| noun == Noun::Document)
            && !self.rules.agenda.is_plain(word)
            && self.rules.agenda.subject(word).is_none()
            && !self.rules.agenda.is_proposal(word)
    }

    /// The longest listed noun that begins here and isn't the modifier of another.
    fn head(&self, at: usize, start: usize, end: usize) -> Option<(What, usize)> {
        let ends = (at + 1..=(at + 2).min(end)).rev();
        let (what, last) = ends.into_iter().find_map(|last| {
            let words: Vec<String> = (at..last).map(|i| self.lower(i)).collect();
            let words = words.join(" ");
            let subject = self.rules.agenda.subject(&words).map(What::Subject);
            let proposal = || self.rules.agenda.is_proposal(&words).then_some(What::Proposal);
            subject.or_else(proposal).map(|what| (what, last))
        })?;
        // "Ceasefire agreements" are about the ceasefire.
        let next = if last < end { self.lower(last) } else { String::new() };
        let goes_on = KINDS_OF.contains(&next.as_str()) || self.rules.agenda.is_proposal(&next);
        // "The water board" is no water.
        if what != What::Proposal
            && goes_on
            && self.rules.noun(&next).is_some_and(|(noun, _)| noun != Noun::Document)
        {
            return None;
        }
        let last = if matches!(what, What::Subject(_)) && goes_on { last + 1 } else { last };
        // Wall Street is no wall.
        let is_name = matches!(what, What::Subject(_))
            && last == at + 1
            && at > start
            && self.word(at).starts_with(char::is_uppercase);
        if is_name {
            return None;
        }
        // "Plan to leave" is a verb.
        let before = if at == 0 { String::new() } else { self.lower(at - 1) };
        let is_verb = matches!(
            before.as_str(),
            "to" | "will"
                | "would"
                | "could"
                | "should"
                | "must"
                | "can"
                | "not"
                | "i"
                | "we"
                | "they"
                | "he"
                | "she"
                | "it"
        ) || what == What::Proposal
            && matches!(self.lower(last).as_str(), "to")
            && FUNCTION_WORDS.contains(&before.as_str());
        (!is_verb).then_some((what, last))
    }

    fn phrase(&self, what: What, head: Range<usize>, sentence: &Range<usize>) -> Option<NounPhrase> {
        let mut from = head.start;
        let mut determiner = None;
        while from > sentence.start && head.start - from < LONGEST {
            let word = self.lower(from - 1);
            if DETERMINERS.contains(&word.as_str()) {
                determiner = Some(word);
                from -= 1;
                break;
            }
            let joins = word == "and"
                && from - 1 > sentence.start
                && self.rules.agenda.is_version(&self.lower(from - 2))
                && self.rules.agenda.is_version(&self.lower(from));
            if !joins && self.stops(from - 1, &word) {
                break;
            }
            from -= 1;
        }
        // Marks at the edge are no part.
        while from < head.start && !self.word(from).contains(char::is_alphanumeric) {
            from += 1;
        }
        let inner = from + usize::from(determiner.is_some())..head.start;
        let mut phrase = NounPhrase {
            what,
            span: self.doc.tokens[from].span.cover(self.doc.tokens[head.end - 1].span),
            modifiers: Vec::new(),
            words: Vec::new(),
            versions: Vec::new(),
            owner: None,
            indefinite: !determiner
                .as_deref()
                .is_some_and(|d| !matches!(d, "a" | "an" | "any" | "no" | "some" | "another")),
            tokens: from..head.end,
        };
        // "He plans", "President Bill", "no plans".
        let is_name = inner.clone().any(|i| self.word(i).starts_with(char::is_uppercase));
        let loud = self.word(head.start).starts_with(char::is_uppercase) && head.start > sentence.start;
        // The Fifth Amendment and the North Atlantic Treaty have been in force for long.
        let is_numbered = loud && inner.clone().next_back().is_some_and(|i| is_ordinal(&self.lower(i)));
        if what == What::Proposal
            && (determiner.is_none() && (inner.is_empty() || is_name && !self.is_owned(&inner))
                || determiner.as_deref() == Some("no")
                || loud && determiner.is_none()
                || is_numbered)
        {
            return None;
        }
        self.modify(&mut phrase, inner);
        phrase.words.extend(head.clone().map(|i| self.word(i).to_owned()));
        self.whole(&mut phrase, sentence.start);
        Some(phrase)
    }

    /// "The settlement between Helmark and the Nation": true for the second of two, which begins at `at`, where the first
    /// stands behind a preposition.
    pub(super) fn is_second(&self, at: usize, start: usize) -> bool {
        if at < start + 2 || !matches!(self.lower(at - 1).as_str(), "and" | "or") {
            return false;
        }
        let from = (at - 1).saturating_sub(LONGEST_NAME).max(start);
        let before = (from..at - 1).rev();
        // Names with their articles, up to what stands before them.
        let is_of_name = |i: &usize| {
            let word = self.word(*i);
            word.starts_with(char::is_uppercase)
                || matches!(word, "the" | "a" | "an" | "of" | "," | "'s" | "’s" | "'" | "’" | "&")
        };
        let first = before.clone().find(|i| !is_of_name(i));
        let is_between = |i: usize| self.lower(i) == "between";
        first.is_some_and(|i| {
            matches!(self.lower(i).as_str(), "between" | "by" | "from" | "with" | "for" | "against")
        }) || before.clone().take_while(|i| self.word(*i) != ",").any(is_between)
    }

    /// True where no noun phrase goes on.
    pub(super) fn stops(&self, i: usize, word: &str) -> bool {
        let marks = !word.contains(char::is_alphanumeric) && !matches!(word, "'s" | "’s" | "-");
        let is_verb = word.ends_with("ing") && !NOUNS_IN_ING.contains(&word)
            || self.rules.act(word).is_some()
                && !self.word(i).starts_with(char::is_uppercase)
                && self.rules.agenda.subject(word).is_none()
                && !self.rules.agenda.is_proposal(word);
        marks || FUNCTION_WORDS.contains(&word) || is_verb
    }

    /// "Lee's plan", "US plan".
    fn is_owned(&self, inner: &Range<usize>) -> bool {
        inner.clone().any(|i| {
            matches!(self.word(i), "'s" | "’s" | "'" | "’") || self.rules.state(self.word(i)).is_some()
        })
    }

    /// Takes the words before the head in.
    fn modify(&self, phrase: &mut NounPhrase, inner: Range<usize>) {
        let mut i = inner.start;
        while i < inner.end {
            let two = if i + 1 < inner.end {
                format!("{} {}", self.word(i), self.word(i + 1))
            } else {
                String::new()
            };
            let state = [(two.as_str(), 2), (self.word(i), 1)].into_iter().find_map(|(words, n)| match self
                .rules
                .state(words)
            {
                Some((state, how)) if how != StateWord::Region => Some((state.to_owned(), n)),
                _ => None,
            });
            let word = self.lower(i);
            if let Some((state, n)) = state {
                phrase.words.extend((i..i + n).map(|k| self.word(k).to_owned()));
                phrase.modifiers.push(state.to_lowercase());
                phrase.owner = Some(state);
                i += n;
                continue;
            }
            if matches!(word.as_str(), "'s" | "’s" | "'" | "’") {
                // What stands before is whose it is, not what it is.
                phrase.owner = Some(phrase.words.join(" "));
                phrase.words.clear();
                phrase.modifiers.clear();
            } else if self.rules.agenda.is_version(&word) {
                phrase.versions.push(word);
            } else if word.contains(char::is_alphanumeric) && word != "and" && !is_loose(self.word(i)) {
                phrase.words.push(self.word(i).to_owned());
                phrase.modifiers.push(word);
            }
            i += 1;
        }
    }

    /// "A revised version of the US plan", "the status of these territories".
    fn whole(&self, phrase: &mut NounPhrase, start: usize) {
        let from = phrase.tokens.start;
        if from < start + 2 || self.lower(from - 1) != "of" || !PARTS.contains(&self.lower(from - 2).as_str())
        {
            return;
        }
        let mut first = from - 2;
        while first > start && self.rules.agenda.is_version(&self.lower(first - 1)) {
            first -= 1;
            phrase.versions.insert(0, self.lower(first));
        }
        if first > start && DETERMINERS.contains(&self.lower(first - 1).as_str()) {
            first -= 1;
        }
        phrase.tokens.start = first;
        phrase.span = self.doc.tokens[first].span.cover(phrase.span);
    }
}

/// True for a word before a noun that doesn't tell what it is.
pub(super) fn is_loose(word: &str) -> bool {
    is_in(LOOSE, word)
}

/// "Fifth", "5th".
fn is_ordinal(word: &str) -> bool {
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    matches!(word, "first" | "second" | "third")
        || word.len() > 2 && word.ends_with("th")
        || digits && ["st", "nd", "rd"].iter().any(|end| word.ends_with(end))
}
