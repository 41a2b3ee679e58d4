//! How are the rule files written?

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Pattern;
use serde::Deserialize;

use super::inflect::{forms, plural};
use super::{Gender, NameWord, Noun, RulesError, StateWord, compile};
use crate::record::{Act, Stance, StandingKind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Titles {
    male: Vec<String>,
    female: Vec<String>,
    other: Vec<String>,
    pub(super) leaders: Vec<String>,
    pub(super) speaks_for: Vec<String>,
}

impl Titles {
    pub(super) fn table(&self) -> HashMap<String, Option<Gender>> {
        let all =
            [(&self.male, Some(Gender::Male)), (&self.female, Some(Gender::Female)), (&self.other, None)];
        all.into_iter()
            .flat_map(|(words, gender)| words.iter().map(move |word| (word.clone(), gender)))
            .collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nouns {
    role: Vec<String>,
    kin: Vec<String>,
    unnamed: Vec<String>,
    pub(super) quantifiers: Vec<String>,
    organisation: Vec<String>,
    outlet: Vec<String>,
    document: Vec<String>,
}

impl Nouns {
    /// Singulars and plurals; a word in two lists is what the later one says.
    pub(super) fn table(&self) -> HashMap<String, (Noun, bool)> {
        let lists = [
            (&self.unnamed, Noun::Unnamed),
            (&self.document, Noun::Document),
            (&self.organisation, Noun::Organisation),
            (&self.outlet, Noun::Outlet),
            (&self.kin, Noun::Kin),
            (&self.role, Noun::Role),
        ];
        let mut table = HashMap::new();
        for (words, noun) in lists {
            for word in words {
                table.insert(plural(word), (noun, true));
                table.insert(word.clone(), (noun, false));
            }
        }
        table
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct States {
    state: Vec<State>,
    /// Parts of states, with the state: "Texas" is no person's name.
    regions: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    name: String,
    aliases: Vec<String>,
    demonyms: Vec<String>,
    capital: Vec<String>,
    offices: Vec<String>,
    /// Offices that others have by the same name: they stand for this state only where the text names it.
    #[serde(default)]
    shared: Vec<String>,
    #[expect(dead_code, reason = "for people who read the rules")]
    kind: StateKind,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum StateKind {
    State,
    Bloc,
}

impl States {
    pub(super) fn table(&self) -> HashMap<String, (String, StateWord)> {
        let mut table = HashMap::new();
        for state in &self.state {
            let lists = [
                (&state.offices, StateWord::Office),
                (&state.capital, StateWord::Capital),
                (&state.demonyms, StateWord::Demonym),
                (&state.aliases, StateWord::Name),
            ];
            for (words, how) in lists {
                for word in words {
                    table.entry(word.clone()).or_insert_with(|| (state.name.clone(), how));
                }
            }
            table.insert(state.name.clone(), (state.name.clone(), StateWord::Name));
        }
        for regions in self.regions.values() {
            for region in regions {
                table.entry(region.clone()).or_insert_with(|| (region.clone(), StateWord::Region));
            }
        }
        table
    }

    /// Offices that others have by the same name, with the state.
    pub(super) fn shared(&self) -> HashMap<String, String> {
        let all = self.state.iter().flat_map(|state| state.shared.iter().map(move |office| (office, state)));
        all.map(|(office, state)| (office.clone(), state.name.clone())).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenNames {
    male: Vec<String>,
    female: Vec<String>,
}

impl GivenNames {
    pub(super) fn table(&self) -> HashMap<String, Gender> {
        let all = [(&self.male, Gender::Male), (&self.female, Gender::Female)];
        all.into_iter()
            .flat_map(|(names, gender)| names.iter().map(move |name| (name.clone(), gender)))
            .collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameWords {
    openers: Vec<String>,
    times: Vec<String>,
    joints: Vec<String>,
    no_person: Vec<String>,
    bodies: Vec<String>,
}

impl NameWords {
    pub(super) fn table(self) -> HashSet<(NameWord, String)> {
        let lists = [
            (NameWord::Opener, self.openers),
            (NameWord::Time, self.times),
            (NameWord::Joint, self.joints),
            (NameWord::NoPerson, self.no_person),
            (NameWord::Body, self.bodies),
        ];
        lists.into_iter().flat_map(|(what, words)| words.into_iter().map(move |word| (what, word))).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outlets {
    pub(super) outlets: Vec<Vec<String>>,
    pub(super) wires: Vec<Vec<String>>,
}

/// Each name with the first one of its list.
pub(super) fn aliases(lists: &[Vec<String>]) -> HashMap<String, String> {
    let named = lists.iter().filter_map(|list| list.first().map(|name| (list, name)));
    named.flat_map(|(list, name)| list.iter().map(|alias| (alias.clone(), name.clone()))).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Acts {
    verbs: BTreeMap<Act, Vec<String>>,
    nouns: BTreeMap<Act, Vec<String>>,
    pub(super) content: Vec<ContentAct>,
    pub(super) irregular: BTreeMap<String, Vec<String>>,
    pub(super) phrases: BTreeMap<Act, Vec<String>>,
    pub(super) negation: Negation,
    #[serde(rename = "taking-back")]
    pub(super) taking_back: Option<OnePattern>,
    telling: Words,
    loaded: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContentAct {
    pub(super) act: Act,
    pub(super) pattern: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Negation {
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) phrases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OnePattern {
    pub(super) pattern: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) words: Vec<String>,
}

impl Acts {
    /// Verbs in all forms; a noun that is spelled like one outweighs it.
    pub(super) fn table(&self) -> HashMap<String, Act> {
        let mut table = HashMap::new();
        for (act, verbs) in &self.verbs {
            for verb in verbs {
                for form in forms(verb, &self.irregular) {
                    table.entry(form).or_insert(*act);
                }
            }
        }
        for (act, nouns) in &self.nouns {
            for noun in nouns {
                table.entry(noun.clone()).or_insert(*act);
            }
        }
        table
    }

    /// Verbs with which one tells something, in all forms, and by themselves.
    pub(super) fn telling_forms(&self) -> (HashSet<String>, HashSet<String>) {
        let words = &self.telling.words;
        let forms = words.iter().flat_map(|verb| forms(verb, &self.irregular)).collect();
        let is_base = |verb: &&String| !self.irregular.get(*verb).is_some_and(|all| all.contains(verb));
        (forms, words.iter().filter(is_base).cloned().collect())
    }

    pub(super) fn loaded_forms(&self) -> HashSet<String> {
        self.loaded.words.iter().flat_map(|verb| forms(verb, &self.irregular)).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hedges {
    pub(super) report: Vec<String>,
    pub(super) content: Vec<String>,
}

/// A pattern for any of the words, whole; for none where there are none.
pub(super) fn any_of(words: &[String]) -> String {
    if words.is_empty() {
        // Matches nothing.
        return r"[^\s\S]".to_owned();
    }
    // The longest first, as alternatives are tried in order.
    let mut words: Vec<&String> = words.iter().collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    let words: Vec<String> = words.iter().map(|word| regex::escape(word).replace('\'', "['’]")).collect();
    format!(r"(?i)\b(?:{})\b", words.join("|"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Circumstances {
    medium_before: Vec<String>,
    medium: Vec<String>,
    occasion_before: Vec<String>,
    occasion: Vec<String>,
    pub(super) tell: Vec<String>,
}

impl Circumstances {
    pub(super) fn medium_pattern(&self) -> String {
        phrase(&self.medium_before, &self.medium)
    }

    pub(super) fn occasion_pattern(&self) -> String {
        phrase(&self.occasion_before, &self.occasion)
    }
}

/// A preposition, a few words, and one of the nouns; the group is what follows the preposition.
fn phrase(before: &[String], nouns: &[String]) -> String {
    let between = r"(?:[\w’'.-]+ ){0,5}?";
    let (before, nouns) = (any_of(before), any_of(nouns));
    format!("{before} (?P<what>{between}{nouns})")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Standings {
    standing: Vec<StandingText>,
    pub(super) scope: PatternText,
    pub(super) claims: ClaimNouns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternText {
    pub(super) pattern: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimNouns {
    pub(super) nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StandingText {
    kind: StandingKind,
    by: By,
    pattern: String,
    except: Option<String>,
    #[serde(default)]
    said: bool,
}

/// Whose a standing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum By {
    /// Who does what the match says: the one before it.
    Subject,
    /// Whoever says the sentence.
    Source,
    /// The one behind the match.
    After,
    /// The outlet itself, also in somebody's words.
    Outlet,
}

/// How a text says how a claim stands.
#[derive(Debug)]
pub(crate) struct StandingRule {
    pub(crate) kind: StandingKind,
    pub(crate) by: By,
    pub(crate) pattern: Pattern,
    pub(crate) except: Option<Pattern>,
    /// Only where it is the cue of an attribution.
    pub(crate) said: bool,
}

impl Standings {
    pub(super) fn rules(&self) -> Result<Vec<StandingRule>, RulesError> {
        let file = "standing.toml";
        let rule = |rule: &StandingText| {
            Ok(StandingRule {
                kind: rule.kind,
                by: rule.by,
                said: rule.said,
                pattern: compile(file, &rule.pattern)?,
                except: rule.except.as_deref().map(|except| compile(file, except)).transpose()?,
            })
        };
        self.standing.iter().map(rule).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Disputes {
    subjects: Vec<Vec<String>>,
    #[serde(default)]
    verb: Vec<VerbText>,
    proposals: ProposalsText,
    observers: Vec<String>,
    plain: Vec<String>,
    nobody: Vec<String>,
    organs: Vec<String>,
    claims: String,
    undoing: String,
    refuses: String,
    orders: String,
    unsure: String,
    asked: String,
    consents: Vec<String>,
    comments: Vec<String>,
    nameless: Vec<String>,
    reversed: String,
    stance: Vec<StanceText>,
    deeds: BTreeMap<Stance, Vec<String>>,
    irregular: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbText {
    of: String,
    pattern: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProposalsText {
    nouns: Vec<String>,
    versions: Vec<String>,
    received: String,
    proposes: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StanceText {
    stance: Stance,
    #[serde(default)]
    anywhere: bool,
    #[serde(default)]
    noun: bool,
    pattern: String,
}

/// What words of a clause show.
#[derive(Debug)]
pub(crate) struct StanceRule {
    pub(crate) stance: Stance,
    /// However far into the clause they stand.
    pub(crate) anywhere: bool,
    /// Nouns show it too.
    pub(crate) is_noun: bool,
    pub(crate) pattern: Pattern,
}

/// What parties dispute and propose, and how they show where they stand.
#[derive(Debug)]
pub(crate) struct Agenda {
    /// Nouns of one or two words, singular and plural, with the number of the point they name.
    subjects: HashMap<String, usize>,
    /// The first word of each point.
    names: Vec<String>,
    /// Phrases that name a point without its noun.
    pub(crate) verbs: Vec<(usize, Pattern)>,
    proposals: HashSet<String>,
    versions: HashSet<String>,
    /// That a proposal reached somebody, with a group `not`.
    pub(crate) received: Pattern,
    pub(crate) proposes: Pattern,
    observers: HashSet<String>,
    plain: HashSet<String>,
    nobody: HashSet<String>,
    organs: HashSet<String>,
    /// What undoes a stance.
    pub(crate) reversed: Pattern,
    /// Words before a point that make it the subject of a claim.
    pub(crate) claims: Pattern,
    /// Words before a point that speak of its end.
    pub(crate) undoing: Pattern,
    /// Cues of those who won't do it, and don't just keep silent.
    pub(crate) refuses: Pattern,
    /// Cues of those who do it by saying it.
    pub(crate) orders: Pattern,
    /// Cues that show nothing.
    pub(crate) unsure: Pattern,
    /// Words before a point that one was asked about.
    pub(crate) asked: Pattern,
    consents: HashSet<String>,
    comments: HashSet<String>,
    nameless: HashSet<String>,
    pub(crate) stances: Vec<StanceRule>,
    /// Forms of verbs, with the stance that they show.
    deeds: HashMap<String, Stance>,
    /// Their first words.
    deed_heads: HashSet<String>,
}

impl Agenda {
    /// Where a deed shows somebody to stand; the words of a verb's form, lower case.
    pub(crate) fn deed(&self, words: &str) -> Option<Stance> {
        self.deeds.get(words).copied()
    }

    /// True where a verb of a deed may begin; lower case.
    pub(crate) fn begins_deed(&self, word: &str) -> bool {
        self.deed_heads.contains(word)
    }

    /// The number of the point that a noun names; lower case.
    pub(crate) fn subject(&self, words: &str) -> Option<usize> {
        self.subjects.get(words).copied()
    }

    /// What a point is called where no noun of the text does.
    pub(crate) fn subject_name(&self, number: usize) -> Option<String> {
        self.names.get(number).cloned()
    }

    /// True for a plan or its like; lower case.
    pub(crate) fn is_proposal(&self, word: &str) -> bool {
        self.proposals.contains(word)
    }

    /// True for a word that tells versions apart; lower case.
    pub(crate) fn is_version(&self, word: &str) -> bool {
        self.versions.contains(word)
    }

    /// True for a noun that is no point by itself; lower case.
    pub(crate) fn is_plain(&self, word: &str) -> bool {
        self.plain.contains(word)
    }

    /// True for a word of those whose side nobody can tell; lower case.
    pub(crate) fn is_nobody(&self, word: &str) -> bool {
        self.nobody.contains(word)
    }

    /// True for what one who refuses it rejects; a verb in its base form.
    pub(crate) fn consents(&self, verb: &str) -> bool {
        self.consents.contains(verb)
    }

    /// True for what one who declines it keeps silent by; a verb in its base form.
    pub(crate) fn comments(&self, verb: &str) -> bool {
        self.comments.contains(verb)
    }

    /// True for a proposal's name that says nothing; lower case.
    pub(crate) fn is_nameless(&self, name: &str) -> bool {
        self.nameless.contains(name)
    }

    /// True for what belongs to a state by a word before it; lower case.
    pub(crate) fn is_organ(&self, word: &str) -> bool {
        self.organs.contains(word)
    }

    /// True for a word of those who take no side; lower case.
    pub(crate) fn is_observer(&self, word: &str) -> bool {
        self.observers.contains(word)
    }
}

impl Disputes {
    pub(super) fn agenda(&self) -> Result<Agenda, RulesError> {
        let file = "issues.toml";
        let refused = |problem: String| RulesError { file: file.to_owned(), problem };
        let mut subjects = HashMap::new();
        for (number, words) in self.subjects.iter().enumerate() {
            if words.is_empty() {
                return Err(refused(format!("row {} of the subjects is empty", number + 1)));
            }
            for word in words {
                // Longer names are for those that only a verb tells.
                let is_told = self.verb.iter().any(|verb| verb.of == *word);
                if !is_told && !(1..=2).contains(&word.split_whitespace().count()) {
                    return Err(refused(format!("a subject is one word or two, not {word:?}")));
                }
                let known = subjects.insert(word.clone(), number).is_some_and(|known| known != number);
                if known {
                    return Err(refused(format!("{word:?} is in two rows of the subjects")));
                }
                subjects.insert(plural(word), number);
            }
        }
        if let Some(word) = self.proposals.nouns.iter().find(|word| word.trim().is_empty()) {
            return Err(refused(format!("no proposal is called {word:?}")));
        }
        let both = |words: &[String]| words.iter().flat_map(|word| [word.clone(), plural(word)]).collect();
        let verb = |verb: &VerbText| {
            let number = subjects.get(&verb.of).copied().ok_or_else(|| RulesError {
                file: file.to_owned(),
                problem: format!("{:?} is none of the subjects", verb.of),
            })?;
            Ok((number, compile(file, &verb.pattern)?))
        };
        let stance = |rule: &StanceText| {
            Ok(StanceRule {
                stance: rule.stance,
                anywhere: rule.anywhere,
                is_noun: rule.noun,
                pattern: compile(file, &rule.pattern)?,
            })
        };
        let verbs =
            self.deeds.iter().flat_map(|(stance, verbs)| verbs.iter().map(move |verb| (verb, *stance)));
        let deeds: HashMap<String, Stance> = verbs
            .flat_map(|(verb, stance)| {
                forms(verb, &self.irregular).into_iter().map(move |form| (form, stance))
            })
            .collect();
        Ok(Agenda {
            names: self.subjects.iter().map(|words| words.first().cloned().unwrap_or_default()).collect(),
            verbs: self.verb.iter().map(verb).collect::<Result<_, RulesError>>()?,
            proposals: both(&self.proposals.nouns),
            versions: self.proposals.versions.iter().cloned().collect(),
            received: compile(file, &self.proposals.received)?,
            proposes: compile(file, &self.proposals.proposes)?,
            observers: both(&self.observers),
            reversed: compile(file, &self.reversed)?,
            plain: self.plain.iter().cloned().collect(),
            nobody: both(&self.nobody),
            organs: both(&self.organs),
            claims: compile(file, &self.claims)?,
            undoing: compile(file, &self.undoing)?,
            refuses: compile(file, &self.refuses)?,
            orders: compile(file, &self.orders)?,
            unsure: compile(file, &self.unsure)?,
            asked: compile(file, &self.asked)?,
            consents: self.consents.iter().cloned().collect(),
            comments: self.comments.iter().cloned().collect(),
            nameless: self.nameless.iter().cloned().collect(),
            deed_heads: deeds.keys().filter_map(|form| form.split(' ').next()).map(str::to_owned).collect(),
            deeds,
            stances: self.stance.iter().map(stance).collect::<Result<_, RulesError>>()?,
            subjects,
        })
    }
}
