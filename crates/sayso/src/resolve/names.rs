//! Where do names stand, and what do they name?

mod titles;

use std::collections::HashSet;
use std::ops::Range;

use sayso_text::{Document, ParagraphKind, Span};

use super::actors::SUFFIXES;
use crate::rules::{Gender, NameWord, Noun, Rules, StateWord};
use titles::LONGEST_TITLE;
pub(super) use titles::{gender_of, state_of, states_named};

/// What a name looks like by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// By a title, a given name or a role beside it.
    Person,
    State,
    Organisation,
    Outlet,
    /// Two to four words in capitals, which most often are a person's.
    MaybePerson,
    /// One word of which nothing is known.
    Unknown,
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Without titles.
    pub(crate) span: Span,
    pub(crate) tokens: Range<usize>,
    /// The title and what else tells who it is before the name ("Russian President").
    pub(crate) title: Option<Span>,
    pub(crate) kind: NameKind,
    pub(crate) gender: Option<Gender>,
    /// The state that it is, or that the body or the title is of.
    pub(crate) state: Option<String>,
    /// The fullest form that the rules know ("Associated Press" for "AP").
    pub(crate) known: Option<String>,
}

/// Tokens of the longest name that the rules list.
const LONGEST_KNOWN: usize = 8;

/// All names in the running text, in order. They don't overlap.
pub(crate) fn names(doc: &Document, rules: &Rules) -> Vec<Name> {
    let mut reader = Reader {
        doc,
        rules,
        inside: capitals_inside(doc),
        surnames: HashSet::new(),
        states: states_named(doc, rules),
    };
    let found = reader.all();
    // "Cuban" is a surname where Mark Cuban is spoken of.
    let last = |name: &Name| doc.tokens[name.tokens.end - 1].span.of(&doc.text).to_owned();
    let is_person = |name: &&Name| matches!(name.kind, NameKind::Person | NameKind::MaybePerson);
    let whole = found.iter().filter(|name| name.tokens.len() > 1).filter(is_person);
    let surnames: HashSet<String> = whole.map(last).filter(|word| reader.is_common_word(word)).collect();
    if surnames.is_empty() {
        return found;
    }
    reader.surnames = surnames;
    reader.all()
}

/// Words that stand in capitals within a sentence, where grammar doesn't ask for it.
fn capitals_inside(doc: &Document) -> HashSet<&str> {
    let body = doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
    let sentences = body.flat_map(|p| &doc.sentences[p.sentences.clone()]);
    let mut inside = HashSet::new();
    for sentence in sentences {
        let mut opened = true;
        if in_title_case(doc, sentence.tokens.clone()) {
            continue;
        }
        for token in &doc.tokens[sentence.tokens.clone()] {
            let word = token.span.of(&doc.text);
            if !opened && is_capital(word) {
                inside.insert(word);
            }
            // After a mark a quotation or a clause of its own may begin.
            opened = !word.contains(char::is_alphanumeric) && word != ",";
        }
    }
    inside
}

/// Words of a sentence that decide whether it is written like a headline.
const LONG_WORD: usize = 4;

/// True for a sentence whose long words all have capitals, as in headlines: they tell nothing there.
fn in_title_case(doc: &Document, tokens: Range<usize>) -> bool {
    let words = doc.tokens[tokens].iter().map(|token| token.span.of(&doc.text));
    let long: Vec<&str> = words
        .filter(|word| word.chars().count() >= LONG_WORD && word.chars().all(char::is_alphabetic))
        .collect();
    long.len() > 3 && long.iter().all(|word| is_capital(word))
}

pub(super) fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

struct Reader<'a> {
    doc: &'a Document,
    rules: &'a Rules,
    inside: HashSet<&'a str>,
    /// Surnames that are common words or peoples.
    surnames: HashSet<String>,
    /// States that the text names.
    states: HashSet<&'a str>,
}

impl Reader<'_> {
    fn all(&self) -> Vec<Name> {
        let mut found = Vec::new();
        let is_read = |p: &&sayso_text::Paragraph| {
            p.kind == ParagraphKind::Body && !crate::grammar::is_byline(p.span.of(&self.doc.text))
        };
        for paragraph in self.doc.paragraphs.iter().filter(is_read) {
            for sentence in &self.doc.sentences[paragraph.sentences.clone()] {
                self.sentence(sentence.tokens.clone(), &mut found);
            }
        }
        found
    }

    fn is_common_word(&self, word: &str) -> bool {
        self.rules.noun(&word.to_lowercase()).is_some()
            || self.rules.state(word).is_some()
            || self.rules.outlet(word).is_some()
    }
    fn word(&self, i: usize) -> &str {
        self.doc.tokens.get(i).map_or("", |token| token.span.of(&self.doc.text))
    }

    fn span(&self, tokens: Range<usize>) -> Span {
        self.doc.tokens[tokens.start].span.cover(self.doc.tokens[tokens.end - 1].span)
    }

    fn sentence(&self, tokens: Range<usize>, found: &mut Vec<Name>) {
        if in_title_case(self.doc, tokens.clone()) {
            self.headline(tokens, found);
            return;
        }
        let mut at = tokens.start;
        while at < tokens.end {
            let first = self.opens(tokens.start, at);
            // A capital city that is only a place is no name of anybody.
            if let Some(end) = self.place(at..tokens.end) {
                at = end;
                continue;
            }
            let known = self.known(at..tokens.end);
            let word = self.word(at);
            if known.is_none()
                && (first || word == "The")
                && self.rules.is_name_word(NameWord::Opener, &word.to_lowercase())
            {
                at += 1;
                continue;
            }
            if let Some(name) = known {
                at = name.tokens.end;
                found.push(name);
                continue;
            }
            let end = self.run(at, tokens.end);
            if end == at {
                at += 1;
                continue;
            }
            if let Some(name) = self.unknown(tokens.start, at..end, first) {
                found.push(name);
            }
            at = end;
        }
    }

    /// In a headline only what is a name elsewhere is one.
    fn headline(&self, tokens: Range<usize>, found: &mut Vec<Name>) {
        let mut at = tokens.start;
        while at < tokens.end {
            let name =
                self.known(at..tokens.end).or_else(|| self.whole_in_headline(at..tokens.end)).or_else(|| {
                    let word = self.word(at);
                    let is_name = self.inside.contains(word)
                        && self.is_name_word(word)
                        && self.title(at..at + 1).is_none();
                    let name = is_name.then(|| self.unknown(tokens.start, at..at + 1, false)).flatten();
                    name.map(|name| Name { kind: NameKind::Unknown, title: None, ..name })
                });
            at = name.as_ref().map_or(at + 1, |name| name.tokens.end);
            found.extend(name);
        }
    }

    /// "Ada Quist" in "Ada Quist Goes After The Quay", where the text below speaks of Quist.
    fn whole_in_headline(&self, tokens: Range<usize>) -> Option<Name> {
        let (given, surname) = (self.word(tokens.start), self.word(tokens.start + 1));
        let is_whole = tokens.len() > 1
            && self.rules.given_name(given).is_some()
            && self.inside.contains(surname)
            && self.is_name_word(surname)
            && !self.is_common_word(surname)
            // "Will Lee Win?", "Mark The Day".
            && !self.is_word_too(given);
        let name =
            is_whole.then(|| self.unknown(tokens.start, tokens.start..tokens.start + 2, false)).flatten();
        name.filter(|name| name.kind == NameKind::Person && name.tokens.len() == 2)
    }

    /// A name that the text also has as a word, or a verb.
    fn is_word_too(&self, given: &str) -> bool {
        let lower = given.to_lowercase();
        lower == "will"
            || self.rules.act(&lower).is_some()
            || self.rules.is_name_word(NameWord::Opener, &lower)
            || self.is_common_word(given)
            || self.doc.tokens.iter().any(|token| token.span.of(&self.doc.text) == lower)
    }

    /// True where a capital means nothing: at the beginning of a sentence or quotation.
    fn opens(&self, start: usize, at: usize) -> bool {
        at == start
            || at > start && !self.word(at - 1).contains(char::is_alphanumeric) && self.word(at - 1) != ","
    }

    /// The longest name at the beginning of `tokens` that the rules list.
    fn known(&self, tokens: Range<usize>) -> Option<Name> {
        // "The" begins some names of outlets.
        if !is_capital(self.word(tokens.start))
            && !self.word(tokens.start).starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let longest = (tokens.start + LONGEST_KNOWN).min(tokens.end);
        (tokens.start + 1..=longest).rev().find_map(|end| {
            // A part of a longer name isn't it: "Washington Monument", "Paris Hilton".
            let range = tokens.start..end;
            let words = self.span(range.clone()).of(&self.doc.text);
            // "Jordan" is Jim Jordan where he is spoken of.
            if range.len() == 1 && self.surnames.contains(words) {
                return None;
            }
            let goes_on = end < tokens.end && is_capital(self.word(end)) && !self.is_titled(end);
            let name = |kind, state: Option<&str>, known: Option<&str>| Name {
                span: self.span(range.clone()),
                tokens: range.clone(),
                title: None,
                kind,
                gender: None,
                state: state.map(str::to_owned),
                known: known.map(str::to_owned),
            };
            if let Some(outlet) = self.rules.outlet(words).filter(|_| !goes_on && words != "Time") {
                return Some(name(NameKind::Outlet, None, Some(outlet)));
            }
            if let Some(state) = self.rules.shared_office(words).filter(|state| self.states.contains(state)) {
                return Some(name(NameKind::Organisation, Some(state), None));
            }
            match self.rules.state(words)? {
                (state, StateWord::Office) => Some(name(NameKind::Organisation, Some(state), None)),
                (_, StateWord::Region) if !goes_on => Some(name(NameKind::State, None, Some(words))),
                (state, StateWord::Name) if !goes_on => Some(name(NameKind::State, Some(state), Some(state))),
                // A capital is mostly a place; it speaks for its state where it does something.
                (state, StateWord::Capital) if !goes_on && !self.is_place(range.clone()) => {
                    Some(name(NameKind::State, Some(state), Some(state)))
                }
                _ => None,
            }
        })
    }

    /// Where a capital ends that stands for a place at the beginning of `tokens`.
    fn place(&self, tokens: Range<usize>) -> Option<usize> {
        let longest = (tokens.start + 4).min(tokens.end);
        let range = (tokens.start + 1..=longest).rev().map(|end| tokens.start..end);
        let is_capital_city = |range: &Range<usize>| {
            let words = self.span(range.clone()).of(&self.doc.text);
            matches!(self.rules.state(words), Some((_, StateWord::Capital)))
        };
        let found = range.into_iter().find(is_capital_city)?;
        // "Washington Post", "Paris Hilton".
        let goes_on = self.is_name_word(self.word(found.end)) && !self.is_titled(found.end);
        (!goes_on && self.is_place(found.clone())).then_some(found.end)
    }

    /// A capital is a place behind a preposition and in a dateline.
    fn is_place(&self, tokens: Range<usize>) -> bool {
        let before = tokens.start.checked_sub(1).map_or("", |i| self.word(i));
        let after = self.word(tokens.end);
        matches!(
            before,
            "in" | "at"
                | "near"
                | "to"
                | "from"
                | "outside"
                | "of"
                | "for"
                | "In"
                | "At"
                | "through"
                | "via"
                | ","
        ) || matches!(after, "," | "—" | "-" | "–" | ".")
            || self.word(tokens.start).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    }

    fn is_titled(&self, at: usize) -> bool {
        self.title_at(at..(at + 4).min(self.doc.tokens.len())).is_some()
    }

    /// Where a run of capitals that begins at `at` ends.
    fn run(&self, at: usize, end: usize) -> usize {
        let mut last = at;
        let mut i = at;
        while i < end {
            let word = self.word(i);
            if self.is_name_word(word) {
                i += 1;
                last = i;
            } else if last == i && i > at && self.joins(at, i, end) {
                i += if self.rules.is_name_word(NameWord::Joint, self.word(i + 1)) { 2 } else { 1 };
            } else {
                break;
            }
        }
        last
    }

    fn is_name_word(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let is_party = matches!(word.as_bytes(), [b'R' | b'D' | b'I', b'-', ..]);
        is_capital(word)
            && !is_party
            && !self.rules.is_name_word(NameWord::Time, lower.trim_end_matches('.'))
            && word != "I"
            && !word.starts_with("I’")
            && !word.starts_with("I'")
    }

    /// True for "de" in "Bill de Blasio" and "of" in "Bank of England".
    fn joins(&self, start: usize, i: usize, end: usize) -> bool {
        let next = |n: usize| i + n < end && self.is_name_word(self.word(i + n));
        let word = self.word(i);
        if self.rules.is_name_word(NameWord::Joint, word) {
            return next(1) || self.rules.is_name_word(NameWord::Joint, self.word(i + 1)) && next(2);
        }
        // "Taxpayers' Circle", "People's Centre": whose body it is, is a part of its name.
        if matches!(word, "'" | "’" | "'s" | "’s") {
            let of = self.word(i - 1).to_lowercase();
            let is_people = matches!(self.rules.noun(&of), Some((Noun::Role | Noun::Unnamed | Noun::Kin, true)))
                    || matches!(of.as_str(), "people" | "women" | "men" | "children")
                // "Dockworkers' Union".
                || matches!(word, "'" | "’") && of.ends_with('s');
            let body = |n: usize| {
                let word = self.word(i + n).to_lowercase();
                matches!(self.rules.noun(&word), Some((Noun::Organisation, _)))
                    || self.rules.is_name_word(NameWord::Body, &word)
            };
            return is_people && next(1) && (body(1) || next(2) && body(2));
        }
        if !matches!(word, "of" | "for" | "and") || !next(1) {
            return false;
        }
        let before = self.word(i - 1).to_lowercase();
        let body = matches!(self.rules.noun(&before), Some((Noun::Organisation, _)))
            || self.rules.is_name_word(NameWord::Body, &before);
        // "Secretary of State", also in "Deputy Secretary of State".
        let from = start.max((i + 2).saturating_sub(LONGEST_TITLE));
        let titled =
            || word == "of" && i + 2 <= end && (from..i).any(|from| self.title(from..i + 2).is_some());
        word == "of" && (body || titled()) || word == "for" && body
    }

    /// A name that no rule lists, from a run of capitals.
    fn unknown(&self, start: usize, run: Range<usize>, first: bool) -> Option<Name> {
        let run = self.trimmed(run, first)?;
        let last = self.word(run.end - 1).to_lowercase();
        let is_body = self.is_body(run.clone());
        // Titles may stand within: "Texas Gov. Greg Abbott".
        let mut title_end = if is_body { run.start } else { self.last_title(run.clone()) };
        if !is_body {
            title_end = self.description_end(title_end..run.end);
        }
        if title_end == run.end {
            return None;
        }
        let tokens = title_end..run.end;
        let words = self.span(tokens.clone()).of(&self.doc.text);
        let bare = words.trim_end_matches('.');
        // "South Carolina Republican" is nobody's name.
        if tokens.len() > 1
            && matches!(self.rules.noun(&last), Some((Noun::Role, _)))
            && self.rules.state(self.span(tokens.start..tokens.end - 1).of(&self.doc.text)).is_some()
            && self.rules.given_name(self.word(tokens.start)).is_none()
            && title_end == run.start
        {
            return None;
        }
        let is_common = tokens.len() == 1
            && (self.rules.noun(&last).is_some() && !self.inside_only(bare)
                || matches!(self.rules.state(bare), Some((_, StateWord::Demonym))));
        if is_common && title_end == run.start && !self.surnames.contains(bare) {
            return None;
        }
        let (title, gender) = self.titles(start, run.start, title_end);
        let given = self.rules.given_name(self.word(tokens.start));
        // "Vann R. Quist II" is no body.
        let is_spelled = |i: usize| {
            let word = self.word(i);
            is_acronym(word) && !word.contains('.') && word.len() > 2 && !SUFFIXES.contains(&word)
        };
        let spelled = tokens.clone().any(is_spelled);
        // "the daily Morgenlicht", "the charity Oxfam": the small word before says what it is.
        let before = run.start.checked_sub(1).filter(|&i| i >= start).map(|i| self.word(i));
        let before = before.filter(|word| !is_capital(word) && given.is_none() && title.is_none());
        let before = before.and_then(|word| self.rules.noun(word));
        // A rival or an owner may be a company.
        const EITHER: &[&str] = &["competitor", "owner", "partner", "predecessor", "rival", "successor"];
        let either = title.is_some_and(|title| EITHER.contains(&title.of(&self.doc.text)));
        let kind = if title.is_some() && !either && !is_body {
            NameKind::Person
        } else if is_body {
            NameKind::Organisation
        } else {
            match tokens.len() {
                _ if matches!(before, Some((Noun::Outlet, false))) => NameKind::Outlet,
                _ if matches!(before, Some((Noun::Organisation, false))) => NameKind::Organisation,
                1 if given.is_some() => NameKind::Person,
                1 if is_acronym(words) => NameKind::Organisation,
                1 => NameKind::Unknown,
                _ if self.names_no_person(tokens.clone()) => NameKind::Unknown,
                _ if spelled && given.is_none() => NameKind::Organisation,
                // "Team Quist".
                2 if matches!(
                    self.rules.noun(&self.word(tokens.start).to_lowercase()),
                    Some((Noun::Organisation, _))
                ) =>
                {
                    NameKind::Organisation
                }
                2..=4 if given.is_some() || self.has_age(tokens.end) => NameKind::Person,
                2..=4 => NameKind::MaybePerson,
                _ => NameKind::Organisation,
            }
        };
        let state = title.and_then(|title| self.state_in(title));
        // Many surnames are given names too: "Mrs. Clinton", "Warren said".
        let given = given.filter(|_| kind == NameKind::Person && tokens.len() > 1);
        // "Mrs. Warren", but "Chairman Mary Levi".
        let before = tokens.start.checked_sub(1).filter(|&i| self.is_honorific(i));
        let honorific = before.and_then(|i| gender_of(self.rules, self.word(i)));
        Some(Name {
            span: self.span(tokens.clone()),
            tokens,
            title,
            kind,
            gender: honorific.or(given).or(gender),
            state,
            known: None,
        })
    }

    /// "Social Security", "Kent County Republican".
    fn names_no_person(&self, tokens: Range<usize>) -> bool {
        let no_person = |i: usize| self.rules.is_name_word(NameWord::NoPerson, &self.word(i).to_lowercase());
        let last = tokens.end - 1;
        let is_role = matches!(self.rules.noun(&self.word(last).to_lowercase()), Some((Noun::Role, _)));
        no_person(last) || is_role && tokens.clone().any(no_person)
    }

    /// Nothing but the name is written so in this text.
    fn inside_only(&self, word: &str) -> bool {
        self.inside.contains(word) && word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    }

    /// Without what only begins the sentence; none if nothing is left.
    fn trimmed(&self, mut run: Range<usize>, first: bool) -> Option<Range<usize>> {
        while first
            && run.start < run.end
            && self.rules.is_name_word(NameWord::Opener, &self.word(run.start).to_lowercase())
        {
            run.start += 1;
        }
        let word = self.word(run.start);
        // "Ironically, Trump", "Speaking Monday".
        let is_adverb = word.ends_with("ly") || word.ends_with("ing");
        if first
            && run.len() > 1
            && is_adverb
            && !self.inside.contains(word)
            && self.rules.given_name(word).is_none()
        {
            run.start += 1;
            return Some(run);
        }
        if first && run.len() == 1 {
            let sure = self.inside.contains(word)
                || self.rules.given_name(word).is_some()
                || is_acronym(word)
                || self.is_person_before_verb(run.end);
            return sure.then_some(run);
        }
        (!run.is_empty()).then_some(run)
    }

    /// "Figueroa said": a capital word before a verb of speech names somebody, unless it is a noun.
    fn is_person_before_verb(&self, end: usize) -> bool {
        let before = self.word(end - 1).to_lowercase();
        // "Geologists doubt" has a plural; "Davis said" hasn't.
        let says = matches!(self.word(end), "said" | "says" | "told" | "added" | "wrote" | "asked");
        let speaks =
            says || !before.ends_with('s') && self.rules.act(&self.word(end).to_lowercase()).is_some();
        speaks && self.rules.noun(&before).is_none() && !self.rules.is_quantifier(&before)
    }

    fn is_body(&self, run: Range<usize>) -> bool {
        let body = |i: usize| {
            let word = self.word(i).trim_end_matches('.').to_lowercase();
            matches!(self.rules.noun(&word), Some((Noun::Organisation | Noun::Outlet | Noun::Document, _)))
                || self.rules.is_name_word(NameWord::Body, &word)
        };
        let of = run.clone().find(|&i| matches!(self.word(i), "of" | "for"));
        run.len() > 1 && (body(run.end - 1) || of.is_some_and(|i| i > run.start && body(i - 1)))
    }

    /// ", 41," behind a name is an age.
    fn has_age(&self, end: usize) -> bool {
        let age = self.word(end + 1);
        self.word(end) == "," && (1..=3).contains(&age.len()) && age.bytes().all(|b| b.is_ascii_digit())
    }
}

pub(super) fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && word.chars().all(|c| c.is_uppercase() || c == '.' || c.is_ascii_digit() || c == '-' || c == '&')
}
