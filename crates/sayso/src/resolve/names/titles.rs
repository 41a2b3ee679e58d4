//! What stands before a name and tells who it is?

use std::collections::HashSet;
use std::ops::Range;

use sayso_text::{Document, Span};

use super::{Reader, is_capital};
use crate::grammar::FINITE;
use crate::rules::{Gender, Noun, Rules, StateWord};
use crate::word_list::is_in;

/// Tokens that are looked at before a name for its title.
pub(super) const LONGEST_TITLE: usize = 6;

impl Reader<'_> {
    /// The longest title at the beginning of `tokens`.
    pub(super) fn title_at(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let longest = (tokens.start + 4).min(tokens.end);
        (tokens.start + 1..=longest)
            .rev()
            .map(|end| tokens.start..end)
            .find(|range| self.title(range.clone()).is_some())
    }

    pub(super) fn title(&self, tokens: Range<usize>) -> Option<Option<Gender>> {
        let words: Vec<String> = tokens
            .map(|i| self.word(i).trim_end_matches('.').trim_start_matches("ex-").to_lowercase())
            .collect();
        self.rules.title(&words.join(" "))
    }

    /// Where the last title in a run ends, its beginning where there is none.
    pub(super) fn last_title(&self, run: Range<usize>) -> usize {
        // "Former secretary of State Ada Quist".
        let ends_title = |from: usize| self.title(from..run.start + 1).is_some();
        let goes_on = run.start >= 2 && self.word(run.start - 1) == "of" && ends_title(run.start - 2);
        let mut end = if goes_on { run.start + 1 } else { run.start };
        let mut i = end;
        while i < run.end {
            match self.title_at(i..run.end) {
                Some(title) if title.end < run.end => {
                    end = title.end;
                    i = title.end;
                }
                // "King" in "Steve King" is a name; in "the King" it is all there is.
                Some(title) if title.start == end && self.only_tells(run.start..title.start) => {
                    // "Mr. King".
                    let called = title.len() == 1 && title.start > run.start;
                    return if called && self.is_honorific(title.start - 1) { title.start } else { run.end };
                }
                _ => i += 1,
            }
        }
        end
    }

    /// Where a name begins behind what tells who it is: "Republican Donald Trump", "Iranian Hassan
    /// Rouhani", "Missouri Republican Roy Blunt", "Investigative Correspondent Ada Quist".
    pub(super) fn description_end(&self, run: Range<usize>) -> usize {
        let tells = |i: usize| {
            let word = self.word(i);
            matches!(self.rules.noun(&word.to_lowercase()), Some((Noun::Role, _)))
                || matches!(self.rules.state(word), Some((_, StateWord::Demonym)))
        };
        let is_given = |i: usize| self.rules.given_name(self.word(i)).is_some();
        let begins = |&at: &usize| {
            let left = run.end - at;
            // "Undersecretary for Political Affairs Ada Quist".
            tells(at - 1) && is_given(at) || at > run.start + 1 && left == 2 && is_given(at)
        };
        if run.len() > 2
            && !is_given(run.start)
            && let Some(at) = (run.start + 1..run.end - 1).find(begins)
        {
            return at;
        }
        if run.len() > 1 && tells(run.start) { run.start + 1 } else { run.start }
    }

    pub(super) fn is_honorific(&self, i: usize) -> bool {
        let word = self.word(i).trim_end_matches('.').to_lowercase();
        matches!(word.as_str(), "mr" | "mrs" | "ms" | "miss" | "dr")
    }

    /// Nothing but titles, states and parties.
    fn only_tells(&self, mut tokens: Range<usize>) -> bool {
        while !tokens.is_empty() {
            let word = self.word(tokens.start);
            let title = self.title_at(tokens.clone());
            if title.is_none()
                && self.rules.state(word).is_none()
                && self.rules.noun(&word.to_lowercase()).is_none()
            {
                return false;
            }
            tokens.start = title.map_or(tokens.start + 1, |title| title.end);
        }
        true
    }

    /// The title before a name, with the small words that belong to it, and what gender it tells.
    pub(super) fn titles(
        &self,
        start: usize,
        run_start: usize,
        name_start: usize,
    ) -> (Option<Span>, Option<Gender>) {
        let mut from = run_start;
        let is_role = |word: &str| {
            let lower = word.to_lowercase();
            let lower = lower.trim_end_matches('.');
            matches!(self.rules.noun(lower), Some((Noun::Role | Noun::Kin, false)))
                || self.rules.title(lower).is_some()
        };
        // Small words right before: "campaign spokeswoman", "former president".
        // "secretary of state" as a whole.
        let whole = (start.max(run_start.saturating_sub(LONGEST_TITLE))..run_start)
            .find(|&i| run_start - i > 1 && self.title(i..run_start).is_some());
        let one = (run_start > start && is_role(self.word(run_start - 1))).then(|| run_start - 1);
        if let Some(role) = whole.or(one).filter(|_| !is_capital(self.word(run_start - 1))) {
            from = role;
            while from > start && run_start - from < LONGEST_TITLE && self.is_modifier(from - 1) {
                from -= 1;
            }
        }
        // "A former mine", "rival Ada Quist": how somebody stands to others is no title of its own.
        let is_relation = |i| is_in("former rival fellow late then longtime", &self.word(i).to_lowercase());
        if (from..name_start).all(is_relation) {
            return (None, None);
        }
        let gender = (from..name_start).find_map(|i| gender_of(self.rules, self.word(i)));
        (Some(self.span(from..name_start)), gender)
    }

    fn is_modifier(&self, i: usize) -> bool {
        const STOPS: &str = "a an the his her their its our my this that these those and or but nor than with by to of for as \
            said says told 's ’s from in on at about against into over under between after before during since until while \
            when where because if although though is are was were be been has have had do does did will would can could may \
            might must should not who which whom whose there here";
        let word = self.word(i);
        let lower = word.to_lowercase();
        // "A reclaimed former mine" has no title, "the London-based editor" has.
        let is_participle = lower.ends_with("ed") && !lower.contains('-') && !is_capital(word);
        word.contains(char::is_alphabetic)
            && !is_in(STOPS, &lower)
            // "Ada Quist threw the reporter Tom Crane out".
            && !is_in(FINITE, &lower)
            && !is_participle
            && self.rules.act(&lower).is_none()
    }

    pub(super) fn state_in(&self, title: Span) -> Option<String> {
        state_of(self.rules, &self.states, title.of(&self.doc.text))
    }
}

/// The gender that a title or role tells.
pub(in crate::resolve) fn gender_of(rules: &Rules, word: &str) -> Option<Gender> {
    let lower = word.trim_end_matches('.').to_lowercase();
    let female = [
        "woman",
        "actress",
        "princess",
        "wife",
        "mother",
        "sister",
        "daughter",
        "queen",
        "widow",
        "niece",
        "aunt",
        "girlfriend",
    ];
    let male = [
        "man",
        "actor",
        "prince",
        "husband",
        "father",
        "brother",
        "son",
        "king",
        "widower",
        "nephew",
        "uncle",
        "son-in-law",
        "boyfriend",
    ];
    let ends = |words: &[&str], suffix: &str| words.contains(&lower.as_str()) || lower.ends_with(suffix);
    let is_title = rules.title(&lower).is_some() && !lower.ends_with("man");
    rules.title(&lower).flatten().or_else(|| {
        if is_title || lower == "human" {
            None
        } else if ends(&female, "woman") {
            Some(Gender::Female)
        } else if ends(&male, "man") && lower != "german" {
            Some(Gender::Male)
        } else {
            None
        }
    })
}

/// The states that a text names, by whatever word but an office that other states have too.
pub(in crate::resolve) fn states_named<'a>(doc: &Document, rules: &'a Rules) -> HashSet<&'a str> {
    const LONGEST: usize = 4;
    // "WASHINGTON (AP)".
    let small = |word: &str| {
        let is_loud = word.chars().count() > LONGEST && word.chars().all(char::is_uppercase);
        let first = word.chars().next().filter(|_| is_loud);
        first.map(|first| format!("{first}{}", word[first.len_utf8()..].to_lowercase()))
    };
    let mut named = HashSet::new();
    for at in 0..doc.tokens.len() {
        let word = doc.tokens[at].span.of(&doc.text);
        if !word.starts_with(char::is_uppercase) {
            continue;
        }
        if let Some((state, _)) = small(word).and_then(|word| rules.state(&word)) {
            named.insert(state);
        }
        for end in at + 1..=(at + LONGEST).min(doc.tokens.len()) {
            let words = doc.tokens[at].span.cover(doc.tokens[end - 1].span).of(&doc.text);
            if let Some((state, how)) = rules.state(words)
                && how != StateWord::Region
            {
                named.insert(state);
            }
        }
    }
    named
}

/// The state that words are of: "Russian President", "Germany's finance minister". A part of a
/// state is none ("New Mexico governor").
pub(in crate::resolve) fn state_of(rules: &Rules, named: &HashSet<&str>, words: &str) -> Option<String> {
    const LONGEST: usize = 4;
    let clean = words.replace("’s", "").replace("'s", "");
    let tokens: Vec<&str> = clean.split_whitespace().map(|word| word.trim_matches([',', ';'])).collect();
    let mut at = 0;
    while at < tokens.len() {
        let shared = |words: &str| {
            let state = rules.shared_office(words).filter(|state| named.contains(state));
            state.map(|state| (state, StateWord::Office))
        };
        let ends = (at + 1..=(at + LONGEST).min(tokens.len())).rev();
        let found = ends.into_iter().find_map(|end| {
            let words = tokens[at..end].join(" ");
            rules.state(&words).or_else(|| shared(&words)).map(|found| (found, end))
        });
        match found {
            Some(((_, StateWord::Region), end)) => at = end,
            Some(((state, _), _)) => return Some(state.to_owned()),
            None => at += 1,
        }
    }
    None
}
