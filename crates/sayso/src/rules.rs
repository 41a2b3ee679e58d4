//! Which words mean what?
//!
//! Rules are data: one TOML file a topic, in `crates/sayso/rules`. The program carries them;
//! files of the same names take their place.

mod inflect;
mod pattern;
mod tables;

use std::collections::{HashMap, HashSet};

use serde::de::DeserializeOwned;

use crate::record::Act;
pub(crate) use pattern::Pattern;
use tables::{
    Acts, Circumstances, Disputes, GivenNames, Hedges, NameWords, Nouns, Outlets, Standings, States, Titles,
};
pub(crate) use tables::{Agenda, By, StanceRule, StandingRule};

/// The files, by name, as the program carries them.
pub const RULE_FILES: [(&str, &str); 11] = [
    ("acts.toml", include_str!("../rules/acts.toml")),
    ("circumstances.toml", include_str!("../rules/circumstances.toml")),
    ("given_names.toml", include_str!("../rules/given_names.toml")),
    ("hedges.toml", include_str!("../rules/hedges.toml")),
    ("issues.toml", include_str!("../rules/issues.toml")),
    ("names.toml", include_str!("../rules/names.toml")),
    ("nouns.toml", include_str!("../rules/nouns.toml")),
    ("outlets.toml", include_str!("../rules/outlets.toml")),
    ("standing.toml", include_str!("../rules/standing.toml")),
    ("states.toml", include_str!("../rules/states.toml")),
    ("titles.toml", include_str!("../rules/titles.toml")),
];

/// Why rules can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct RulesError {
    /// The file's name.
    pub file: String,
    /// What is wrong, with the place where it is known.
    pub problem: String,
}

/// A grammatical gender of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Gender {
    Male,
    Female,
}

/// What a noun says of the kind of what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Noun {
    Role,
    Kin,
    Unnamed,
    Organisation,
    Outlet,
    Document,
}

/// A name of a state, and how it stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum StateWord {
    /// "Russia".
    Name,
    /// "Russian".
    Demonym,
    /// "Moscow".
    Capital,
    /// "Texas": a part of a state.
    Region,
    /// "Kremlin": a body of its own that speaks for the state.
    Office,
}

/// What a word says of a name that it is part of, or might be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum NameWord {
    /// It begins sentences and is no part of a name.
    Opener,
    /// It names a time.
    Time,
    /// It stands within names and is written small.
    Joint,
    /// A name that ends in it is no person's.
    NoPerson,
    /// A name that ends in it is a body's.
    Body,
}

/// All rules, ready for lookups. Shared between threads freely.
#[derive(Debug)]
pub struct Rules {
    titles: HashMap<String, Option<Gender>>,
    leaders: HashSet<String>,
    speaks_for: HashSet<String>,
    nouns: HashMap<String, (Noun, bool)>,
    quantifiers: HashSet<String>,
    states: HashMap<String, (String, StateWord)>,
    shared_offices: HashMap<String, String>,
    given_names: HashMap<String, Gender>,
    name_words: HashSet<(NameWord, String)>,
    outlets: HashMap<String, String>,
    wires: HashMap<String, String>,
    acts: HashMap<String, Act>,
    content_acts: Vec<(Act, Pattern)>,
    cue_acts: Vec<(Act, Pattern)>,
    negation: HashSet<String>,
    negating: Vec<Pattern>,
    taking_back: Option<Pattern>,
    telling: (HashSet<String>, HashSet<String>),
    loaded: HashSet<String>,
    pub(crate) report_hedges: Pattern,
    pub(crate) content_hedges: Pattern,
    pub(crate) medium: Pattern,
    pub(crate) occasion: Pattern,
    tell: HashSet<String>,
    pub(crate) standings: Vec<StandingRule>,
    pub(crate) scope: Pattern,
    claims: HashSet<String>,
    pub(crate) agenda: Agenda,
}

impl Rules {
    /// The rules that the program carries.
    ///
    /// # Errors
    /// When they are damaged, which only a broken build can cause.
    pub fn embedded() -> Result<Self, RulesError> {
        Self::with(&[])
    }

    /// The rules that the program carries, with these files instead of those of the same name.
    ///
    /// # Errors
    /// When a file isn't one of [`RULE_FILES`], isn't the TOML that it should be, or holds a
    /// pattern that is none.
    pub fn with(files: &[(String, String)]) -> Result<Self, RulesError> {
        if let Some((name, _)) =
            files.iter().find(|(name, _)| RULE_FILES.iter().all(|(known, _)| known != name))
        {
            let known: Vec<&str> = RULE_FILES.iter().map(|(name, _)| *name).collect();
            let problem = format!("no rules have this name; the names are {}", known.join(", "));
            return Err(RulesError { file: name.clone(), problem });
        }
        let load = Files { replaced: files };
        let titles: Titles = load.parse("titles.toml")?;
        let acts: Acts = load.parse("acts.toml")?;
        let hedges: Hedges = load.parse("hedges.toml")?;
        let circumstances: Circumstances = load.parse("circumstances.toml")?;
        let standing: Standings = load.parse("standing.toml")?;
        let nouns: Nouns = load.parse("nouns.toml")?;
        let outlets: Outlets = load.parse("outlets.toml")?;
        let given: GivenNames = load.parse("given_names.toml")?;
        let states: States = load.parse("states.toml")?;
        let pattern = |file: &str, pattern: &str| compile(file, pattern);
        Ok(Self {
            leaders: titles.leaders.iter().cloned().collect(),
            speaks_for: titles.speaks_for.iter().cloned().collect(),
            titles: titles.table(),
            quantifiers: nouns.quantifiers.iter().cloned().collect(),
            nouns: nouns.table(),
            states: states.table(),
            shared_offices: states.shared(),
            given_names: given.table(),
            name_words: load.parse::<NameWords>("names.toml")?.table(),
            wires: tables::aliases(&outlets.wires),
            outlets: tables::aliases(&outlets.outlets),
            content_acts: patterns("acts.toml", acts.content.iter().map(|rule| (rule.act, &rule.pattern)))?,
            cue_acts: patterns(
                "acts.toml",
                acts.phrases.iter().flat_map(|(act, all)| all.iter().map(move |pattern| (*act, pattern))),
            )?,
            negation: acts.negation.words.iter().cloned().collect(),
            negating: acts
                .negation
                .phrases
                .iter()
                .map(|phrase| pattern("acts.toml", phrase))
                .collect::<Result<_, _>>()?,
            taking_back: acts
                .taking_back
                .as_ref()
                .map(|rule| pattern("acts.toml", &rule.pattern))
                .transpose()?,
            telling: acts.telling_forms(),
            loaded: acts.loaded_forms(),
            acts: acts.table(),
            report_hedges: pattern("hedges.toml", &tables::any_of(&hedges.report))?,
            content_hedges: pattern("hedges.toml", &tables::any_of(&hedges.content))?,
            medium: pattern("circumstances.toml", &circumstances.medium_pattern())?,
            occasion: pattern("circumstances.toml", &circumstances.occasion_pattern())?,
            tell: circumstances.tell.iter().flat_map(|verb| inflect::forms(verb, &acts.irregular)).collect(),
            scope: pattern("standing.toml", &standing.scope.pattern)?,
            claims: standing.claims.nouns.iter().cloned().collect(),
            standings: standing.rules()?,
            agenda: load.parse::<Disputes>("issues.toml")?.agenda()?,
        })
    }

    /// The gender that a title tells, if it is a title; lower case, without its stop.
    pub(crate) fn title(&self, words: &str) -> Option<Option<Gender>> {
        self.titles.get(words).copied()
    }

    /// True for a title of one who leads a state.
    pub(crate) fn is_leader(&self, title: &str) -> bool {
        self.leaders.contains(title)
    }

    /// True where a title or role holds a word of those who speak for what they are of.
    pub(crate) fn speaks_for(&self, role: &str) -> bool {
        role.split_whitespace()
            .any(|word| self.speaks_for.contains(&word.trim_end_matches('.').to_lowercase()))
    }

    /// What a noun stands for, and whether it is a plural; lower case.
    pub(crate) fn noun(&self, word: &str) -> Option<(Noun, bool)> {
        self.nouns.get(word).copied()
    }

    /// True for words that are a source and name nobody ("some"); lower case.
    pub(crate) fn is_quantifier(&self, words: &str) -> bool {
        self.quantifiers.contains(words)
    }

    /// Which state a name is of, and how it stands for it.
    pub(crate) fn state(&self, words: &str) -> Option<(&str, StateWord)> {
        self.states.get(words).map(|(name, how)| (name.as_str(), *how))
    }

    /// The state whose office it is where the text names that state; others have offices of that name.
    pub(crate) fn shared_office(&self, words: &str) -> Option<&str> {
        self.shared_offices.get(words).map(String::as_str)
    }

    /// The gender of a given name.
    pub(crate) fn given_name(&self, word: &str) -> Option<Gender> {
        self.given_names.get(word).copied()
    }

    /// What a word says of a name; lower case.
    pub(crate) fn is_name_word(&self, what: NameWord, word: &str) -> bool {
        self.name_words.contains(&(what, word.to_owned()))
    }

    /// The fullest name of an outlet.
    pub(crate) fn outlet(&self, words: &str) -> Option<&str> {
        self.outlets.get(words).map(String::as_str)
    }

    /// The fullest name of a news agency.
    pub(crate) fn wire(&self, words: &str) -> Option<&str> {
        self.wires.get(words).map(String::as_str)
    }

    /// The act of a cue's word or two; lower case.
    pub(crate) fn act(&self, words: &str) -> Option<Act> {
        self.acts.get(words).copied()
    }

    /// The act of a whole cue, whatever its words are ("has not verified"); the phrase must begin in
    /// the first `within` bytes.
    pub(crate) fn cue_act(&self, cue: &str, within: usize) -> Option<Act> {
        let begins = |pattern: &Pattern| pattern.find(cue).is_some_and(|hit| hit.start() < within);
        self.cue_acts.iter().find(|(_, pattern)| begins(pattern)).map(|(act, _)| *act)
    }

    /// What a content makes of a plain statement.
    pub(crate) fn content_act(&self, content: &str) -> Option<Act> {
        self.content_acts.iter().find(|(_, pattern)| pattern.is_match(content)).map(|(act, _)| *act)
    }

    /// True for "not" and its like; lower case.
    pub(crate) fn is_negation(&self, word: &str) -> bool {
        self.negation.contains(word)
    }

    /// True where words that end in an act's tell that it wasn't done: "stopped short of rejecting".
    pub(crate) fn negates(&self, words: &str) -> bool {
        self.negating.iter().any(|pattern| pattern.is_match(words))
    }

    /// True where words right before an act's noun tell that it is taken back: "withdrew its" endorsement.
    pub(crate) fn takes_back(&self, before: &str) -> bool {
        self.taking_back.as_ref().is_some_and(|pattern| pattern.is_match(before))
    }

    /// True for a cue's word that judges the speaker; lower case.
    pub(crate) fn is_loaded(&self, word: &str) -> bool {
        self.loaded.contains(word)
    }

    /// True for a verb with which one tells something, in any form; lower case.
    pub(crate) fn tells_by(&self, word: &str) -> bool {
        self.telling.0.contains(word)
    }

    /// The same in the form that one person's has not; lower case.
    pub(crate) fn tells_by_base(&self, word: &str) -> bool {
        self.telling.1.contains(word)
    }

    /// True for a verb whose object is told; lower case.
    pub(crate) fn tells(&self, word: &str) -> bool {
        self.tell.contains(word)
    }

    /// True for a noun or pronoun that stands for a claim; lower case.
    pub(crate) fn is_claim(&self, word: &str) -> bool {
        self.claims.contains(word)
    }
}

/// Characters of a pattern that a message shows.
const SHOWN: usize = 60;

/// Where the rules come from.
struct Files<'a> {
    replaced: &'a [(String, String)],
}

impl Files<'_> {
    fn parse<T: DeserializeOwned>(&self, name: &str) -> Result<T, RulesError> {
        let own = self.replaced.iter().find(|(file, _)| file == name).map(|(_, text)| text.as_str());
        let carried = || RULE_FILES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text);
        let text = own.or_else(carried).unwrap_or_default();
        // One line: where, and what.
        let problem = |e: &toml::de::Error| {
            let line = e.span().map(|span| text[..span.start].matches('\n').count() + 1);
            let what = e.message().lines().next().unwrap_or_default().to_owned();
            line.map_or(what.clone(), |line| format!("line {line}: {what}"))
        };
        toml::from_str(text).map_err(|e| RulesError { file: name.to_owned(), problem: problem(&e) })
    }
}

fn compile(file: &str, pattern: &str) -> Result<Pattern, RulesError> {
    let fault = |problem: String| RulesError { file: file.to_owned(), problem };
    let short: String = pattern.chars().take(SHOWN).collect();
    let regex = Pattern::new(pattern).map_err(|e| {
        let what = e.to_string().lines().last().unwrap_or_default().trim().to_owned();
        fault(format!("the pattern {short:?}: {what}"))
    })?;
    if regex.is_match("") {
        return Err(fault(format!("the pattern {short:?} matches everywhere, even nothing")));
    }
    Ok(regex)
}

fn patterns<'a>(
    file: &str,
    all: impl Iterator<Item = (Act, &'a String)>,
) -> Result<Vec<(Act, Pattern)>, RulesError> {
    all.map(|(act, pattern)| Ok((act, compile(file, pattern)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_carried_rules_are_sound() {
        let rules = Rules::embedded().expect("the carried rules");
        assert_eq!(rules.noun("spokesmen"), Some((Noun::Role, true)));
        assert_eq!(rules.noun("companies"), Some((Noun::Organisation, true)));
        assert_eq!(rules.title("secretary of state"), Some(None));
        assert_eq!(rules.title("mrs"), Some(Some(Gender::Female)));
        assert_eq!(rules.state("Moscow"), Some(("Russia", StateWord::Capital)));
        assert_eq!(rules.act("denied"), Some(Act::Deny));
        assert_eq!(rules.act("called for"), Some(Act::Urge));
        assert_eq!(rules.cue_act("has not verified", 5), Some(Act::NotVerify));
        assert_eq!(rules.cue_act("declined", 5), Some(Act::Decline));
        assert_eq!(rules.content_act("that the troops must withdraw"), Some(Act::Demand));
        assert!(rules.is_loaded("admitted") && !rules.is_loaded("said"));
        assert!(rules.tells("told") && rules.is_claim("allegations"));
    }

    #[test]
    fn files_take_the_place_of_those_carried_and_faults_are_told() {
        let own = [("hedges.toml".to_owned(), "report = [\"folk say\"]\ncontent = []".to_owned())];
        let rules = Rules::with(&own).expect("rules");
        assert!(rules.report_hedges.is_match("Folk say it is late"));
        assert!(!rules.content_hedges.is_match("perhaps"));
        let check = |file: &str, text: &str, expected: &str| {
            let error = Rules::with(&[(file.to_owned(), text.to_owned())]).expect_err(text).to_string();
            assert!(error.starts_with(file) && error.contains(expected), "{error}");
        };
        check("hedge.toml", "", "no rules have this name");
        check("hedges.toml", "report = [1]", "line 1");
        check("hedges.toml", "report = []\ncontent = []\nmore = []", "unknown field");
        check(
            "standing.toml",
            "[[standing]]\nkind = \"denied\"\nby = \"source\"\npattern = '('\n[scope]\npattern = 'x'\n[claims]\nnouns = []",
            "unclosed group",
        );
    }
}
