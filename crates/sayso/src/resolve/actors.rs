//! Which names name the same?

use std::collections::{HashMap, HashSet};

use sayso_text::{Document, Span};

use super::names::{Name, NameKind, gender_of, is_acronym};
use crate::record::{ActorKind, MentionKind};
use crate::rules::{Gender, Noun, Rules};

/// How often pronouns of each gender seemed to mean somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Meant {
    he: u16,
    she: u16,
}

impl Meant {
    /// Times of this gender, and of the other.
    pub(super) fn times(self, gender: Gender) -> (u16, u16) {
        match gender {
            Gender::Male => (self.he, self.she),
            Gender::Female => (self.she, self.he),
        }
    }

    pub(super) fn count(&mut self, gender: Gender) {
        let times = match gender {
            Gender::Male => &mut self.he,
            Gender::Female => &mut self.she,
        };
        *times = times.saturating_add(1);
    }
}

/// Who or what can be spoken of, in bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entity {
    pub(crate) name: Option<String>,
    pub(crate) kind: ActorKind,
    /// By a title or a given name.
    pub(crate) gender: Option<Gender>,
    /// How often "he" and "she" seemed to mean it, which is no proof.
    pub(super) meant: Meant,
    /// How often it has been spoken of.
    pub(super) times: usize,
    pub(crate) titles: Vec<Span>,
    pub(crate) affiliations: Vec<Span>,
    /// Each party with why.
    pub(crate) parties: Vec<(String, String)>,
    pub(crate) members: Vec<usize>,
    pub(crate) mentions: Vec<(Span, MentionKind)>,
    /// Lower-case nouns and titles that the text gives it ("president", "spokesman").
    pub(super) roles: Vec<String>,
    /// A role that the text seems to have told of before, and we don't know whose it is.
    pub(super) open: bool,
    /// The article's own outlet.
    pub(crate) own_outlet: bool,
    /// Nothing but its shape says that it is a person.
    pub(super) guessed: bool,
}

impl Entity {
    pub(crate) fn new(name: Option<String>, kind: ActorKind) -> Self {
        Self {
            name,
            kind,
            gender: None,
            meant: Meant::default(),
            times: 0,
            titles: Vec::new(),
            affiliations: Vec::new(),
            parties: Vec::new(),
            members: Vec::new(),
            mentions: Vec::new(),
            roles: Vec::new(),
            open: false,
            own_outlet: false,
            guessed: false,
        }
    }

    /// Takes a party in, once.
    pub(super) fn side_with(&mut self, party: &str, reason: impl Into<String>) {
        if !self.parties.iter().any(|(known, _)| known == party) {
            self.parties.push((party.to_owned(), reason.into()));
        }
    }

    /// True where the text gives it this role or noun; lower case.
    pub(crate) fn plays(&self, noun: &str) -> bool {
        self.roles.iter().any(|role| role == noun)
    }

    pub(super) fn play(&mut self, role: &str) {
        let role = role.to_lowercase();
        if !self.roles.contains(&role) {
            self.roles.push(role);
        }
    }
}

/// The entities that are named, and which each name names; none where two have a surname and
/// the text doesn't tell which.
pub(super) fn cluster(doc: &Document, names: &[Name], rules: &Rules) -> (Vec<Entity>, Vec<Option<usize>>) {
    let mut clusters = Clusters {
        doc,
        rules,
        entities: Vec::new(),
        exact: HashMap::new(),
        persons: Vec::new(),
        times: HashMap::new(),
        first: HashMap::new(),
        kin: HashSet::new(),
        couples: couples(doc, names),
    };
    let mut of_name: Vec<Option<usize>> = vec![None; names.len()];
    // Whole names first, for a surname may stand before its name in a headline-like lead.
    for (i, name) in names.iter().enumerate() {
        if name.tokens.len() > 1 || name.known.is_some() {
            let id = clusters.whole(name);
            *clusters.times.entry(id).or_default() += 1;
            let is_new = !clusters.first.contains_key(&id);
            clusters.first.entry(id).or_insert(name.span.start);
            if let Some(word) = kin_word(doc, rules, name).filter(|_| is_new) {
                clusters.kin.insert(id);
                let gender = word.split(' ').next_back().and_then(|word| gender_of(rules, word));
                clusters.entities[id].gender = clusters.entities[id].gender.or(gender);
            }
            of_name[i] = Some(id);
        }
    }
    let is_whole: Vec<bool> = of_name.iter().map(Option::is_some).collect();
    for (i, name) in names.iter().enumerate() {
        match of_name[i] {
            Some(_) => {}
            None => {
                of_name[i] = clusters.part(name, &is_whole[i + 1..], &names[i + 1..]);
            }
        }
        if let Some(entity) = of_name[i] {
            clusters.take(entity, name);
        }
    }
    clusters.given_names_in_bodies();
    clusters.bodies_by_use(names, &of_name);
    (clusters.entities, of_name)
}

/// A person's name, in parts.
struct Person {
    entity: usize,
    words: Vec<String>,
}

struct Clusters<'a> {
    doc: &'a Document,
    rules: &'a Rules,
    entities: Vec<Entity>,
    exact: HashMap<String, usize>,
    persons: Vec<Person>,
    /// How often and where first each person is named in full.
    times: HashMap<usize, usize>,
    first: HashMap<usize, usize>,
    /// Those who are first named as somebody's relatives.
    kin: HashSet<usize>,
    /// Surnames of a man and of a woman.
    couples: HashSet<String>,
}

/// Surnames that stand with titles of both genders: "Mr. Oakes", "Ms. Oakes".
fn couples(doc: &Document, names: &[Name]) -> HashSet<String> {
    let titled = names.iter().filter(|name| name.title.is_some() && name.tokens.len() == 1);
    let mut genders: HashMap<&str, Gender> = HashMap::new();
    let mut both = HashSet::new();
    for (word, gender) in titled.filter_map(|name| Some((name.span.of(&doc.text), name.gender?))) {
        if *genders.entry(word).or_insert(gender) != gender {
            both.extend(words_of(word).pop());
        }
    }
    both
}

/// What stands behind a name and tells father from son.
pub(super) const SUFFIXES: &[&str] = &["Jr", "Sr", "II", "III", "IV"];

fn suffix_of(name: &str) -> Option<&str> {
    name.split_whitespace()
        .last()
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| SUFFIXES.contains(word))
}

/// Name words without stops and suffixes.
fn words_of(name: &str) -> Vec<String> {
    let words = name.split_whitespace().map(|word| word.trim_end_matches(['.', ',']).to_owned());
    words.filter(|word| !SUFFIXES.contains(&word.as_str()) && !word.is_empty()).collect()
}

impl Clusters<'_> {
    fn text(&self, name: &Name) -> String {
        name.known
            .clone()
            .unwrap_or_else(|| name.span.of(&self.doc.text).split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn add(&mut self, name: &Name, kind: ActorKind) -> usize {
        let text = self.text(name);
        let id = self.entities.len();
        let mut entity = Entity::new(Some(text.clone()), kind);
        entity.guessed = matches!(name.kind, NameKind::MaybePerson | NameKind::Unknown);
        self.entities.push(entity);
        self.exact.insert(text, id);
        id
    }

    fn kind(name: &Name) -> ActorKind {
        match name.kind {
            NameKind::Person | NameKind::MaybePerson => ActorKind::Person,
            NameKind::State => ActorKind::State,
            NameKind::Outlet => ActorKind::Outlet,
            NameKind::Organisation | NameKind::Unknown => ActorKind::Organisation,
        }
    }

    /// The entity of a name of several words, or of one that the rules know.
    fn whole(&mut self, name: &Name) -> usize {
        let text = self.text(name);
        if let Some(&id) = self.exact.get(&text) {
            self.sharpen(id, name);
            return id;
        }
        let kind = Self::kind(name);
        if kind != ActorKind::Person {
            return self.add(name, kind);
        }
        let words = words_of(&text);
        let suffix = suffix_of(&text);
        let same = self.persons.iter().filter(|person| {
            let known = self.entities[person.entity].name.as_deref().and_then(suffix_of);
            is_same_person(&person.words, &words) && known == suffix
        });
        // Of several none is sure.
        let same: Vec<usize> = same.map(|person| person.entity).collect();
        let same = if let [one] = same[..] { Some(one) } else { None };
        let id = same.unwrap_or_else(|| self.add(name, kind));
        self.exact.insert(text.clone(), id);
        match self.persons.iter_mut().find(|person| person.entity == id) {
            Some(person) if person.words.len() < words.len() => {
                person.words = words;
                self.entities[id].name = Some(text);
            }
            Some(_) => {}
            None => self.persons.push(Person { entity: id, words }),
        }
        self.sharpen(id, name);
        id
    }

    /// What one mention shows holds for all.
    fn sharpen(&mut self, id: usize, name: &Name) {
        let entity = &mut self.entities[id];
        if name.kind == NameKind::Person {
            entity.guessed = false;
            entity.kind = ActorKind::Person;
        }
        entity.gender = entity.gender.or(name.gender);
    }

    /// The entity of one word: a surname, a given name, an acronym, or a name of its own.
    fn part(&mut self, name: &Name, later_whole: &[bool], later: &[Name]) -> Option<usize> {
        let word = words_of(name.span.of(&self.doc.text)).pop()?;
        let fits = |entity: &Entity| match (name.gender, entity.gender) {
            (Some(a), Some(b)) => name.title.is_none() || a == b,
            // Of "Lan Oakes" nobody can tell whether "Mr. Oakes" or "Ms. Oakes" is meant.
            (Some(_), None) => name.title.is_none() || !self.couples.contains(&word),
            _ => true,
        };
        let kin = |id: usize| self.kin.contains(&id);
        let surname: Vec<usize> =
            self.with_word(|words| words.last() == Some(&word) || ends_with_joint(words, &word), &fits);
        // "Mr. Oakes" is not the son who is told of beside him.
        let (relatives, surname): (Vec<usize>, Vec<usize>) = surname.into_iter().partition(|&id| kin(id));
        if !surname.is_empty() {
            let one = self.one_of(name, &surname, &relatives)?;
            // "Ms. Oakes" is no other's after "Mr. Oakes".
            if name.title.is_some() {
                self.entities[one].gender = self.entities[one].gender.or(name.gender);
            }
            return Some(one);
        }
        let given = self.with_word(|words| words.first() == Some(&word), &fits);
        if given.len() == 1 && name.title.is_none() {
            return Some(given[0]);
        }
        let same_kind = |entity: &Entity| {
            name.kind != NameKind::Person || matches!(entity.kind, ActorKind::Person) || entity.guessed
        };
        if let Some(&id) = self.exact.get(word.as_str())
            && fits(&self.entities[id])
            && same_kind(&self.entities[id])
        {
            self.sharpen(id, name);
            return Some(id);
        }
        if is_acronym(&word)
            && let Some(id) = self.spelled_out(&word)
        {
            return Some(id);
        }
        // A body's first word may stand for it, where nothing else begins so.
        let starts: Vec<usize> = self
            .bodies()
            .filter(|(_, words)| words.first() == Some(&word) && words.len() > 1)
            .map(|(id, _)| id)
            .collect();
        if let [one] = starts[..]
            && name.kind == NameKind::Unknown
            && !later
                .iter()
                .zip(later_whole)
                .any(|(later, whole)| *whole && later.span.of(&self.doc.text).starts_with(word.as_str()))
        {
            return Some(one);
        }
        let kind = Self::kind(name);
        let id = self.add(name, kind);
        self.sharpen(id, name);
        if kind == ActorKind::Person {
            self.persons.push(Person { entity: id, words: vec![word] });
        }
        Some(id)
    }

    fn with_word(&self, has: impl Fn(&[String]) -> bool, fits: &impl Fn(&Entity) -> bool) -> Vec<usize> {
        let persons =
            self.persons.iter().filter(|person| has(&person.words) && fits(&self.entities[person.entity]));
        persons.map(|person| person.entity).collect()
    }

    /// Of several with one surname, the one whom the text names in full most often; nobody where
    /// another has been introduced since that one was spoken of last.
    fn one_of(&self, name: &Name, found: &[usize], relatives: &[usize]) -> Option<usize> {
        let last = |id: usize| self.entities[id].mentions.last().map(|(span, _)| span.start);
        // Another who was told of in between may be meant, also a relative.
        let in_between = |holder: usize| {
            let mut others = found.iter().chain(relatives).filter(|&&id| id != holder);
            others.any(|&id| {
                let fits = name.gender.is_none_or(|own| self.entities[id].gender.is_none_or(|g| g == own));
                fits && last(id) > last(holder) && self.near(last(id), name.span.start)
            })
        };
        if let [one] = found[..] {
            return (!in_between(one)).then_some(one);
        }
        let title = name.title.map(|title| title.of(&self.doc.text).to_lowercase());
        let titled: Vec<usize> = found
            .iter()
            .copied()
            .filter(|&id| title.as_ref().is_some_and(|title| self.entities[id].roles.contains(title)))
            .collect();
        if let [one] = titled[..] {
            return Some(one);
        }
        let times = |id: usize| self.times.get(&id).copied().unwrap_or_default();
        let most = found.iter().map(|&id| times(id)).max()?;
        // Two who are named about as often could both be meant.
        let rivals = found.iter().filter(|&&id| 2 * times(id) > most).count();
        if rivals > 1 && most > 1 {
            return None;
        }
        let holders: Vec<usize> = found.iter().copied().filter(|&id| times(id) == most).collect();
        let first = |id: &usize| self.first.get(id).copied();
        let holder = holders.into_iter().min_by_key(first)?;
        (!in_between(holder)).then_some(holder)
    }

    /// Within two paragraphs.
    fn near(&self, at: Option<usize>, here: usize) -> bool {
        let paragraph = |at: usize| self.doc.paragraphs.partition_point(|p| p.span.end <= at);
        at.is_some_and(|at| paragraph(at) + 1 >= paragraph(here))
    }

    fn bodies(&self) -> impl Iterator<Item = (usize, Vec<String>)> + '_ {
        let bodies = self
            .entities
            .iter()
            .enumerate()
            .filter(|(_, e)| matches!(e.kind, ActorKind::Organisation | ActorKind::Outlet));
        bodies.filter_map(|(id, e)| e.name.as_deref().map(|name| (id, words_of(name))))
    }

    /// The body whose first letters make the acronym.
    fn spelled_out(&self, acronym: &str) -> Option<usize> {
        let letters: String = acronym.chars().filter(|c| c.is_alphanumeric()).collect();
        let initials = |words: &[String], small: bool| -> String {
            let words = words.iter().filter(|word| small || word.starts_with(char::is_uppercase));
            words.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
        };
        let is_it = |words: &[String]| {
            words.len() > 1 && (initials(words, false) == letters || initials(words, true) == letters)
        };
        let found: Vec<usize> = self.bodies().filter(|(_, words)| is_it(words)).map(|(id, _)| id).collect();
        match found[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// "Ada Quist Victory Rally" tells the given name of the Quist who is never named in full. Only what
    /// candidates and holders of offices have: foundations are named after others.
    fn given_names_in_bodies(&mut self) {
        const OF_CANDIDATES: &[&str] =
            &["Administration", "Campaign", "Election", "Presidency", "Rally", "Victory"];
        let is_campaign =
            |words: &[String]| words.iter().skip(2).any(|word| OF_CANDIDATES.contains(&word.as_str()));
        let bodies: Vec<Vec<String>> =
            self.bodies().map(|(_, words)| words).filter(|w| is_campaign(w)).collect();
        if bodies.is_empty() {
            return;
        }
        let taken: HashSet<String> = self.entities.iter().filter_map(|entity| entity.name.clone()).collect();
        let persons = self.entities.iter_mut().filter(|entity| entity.kind == ActorKind::Person);
        for person in persons {
            let name = person.name.clone().unwrap_or_default();
            let mut fuller = bodies.iter().filter(|words| words[1] == name).map(|words| words[..2].join(" "));
            let Some(one) = fuller.next().filter(|one| fuller.all(|other| other == *one)) else { continue };
            if taken.contains(&one) {
                continue;
            }
            let given = one.split(' ').next().and_then(|given| self.rules.given_name(given));
            if given.is_some_and(|gender| person.gender.is_none_or(|own| own == gender)) {
                person.name = Some(one);
                person.gender = given;
            }
        }
    }

    /// A name of which only its shape is known is a person's where its last word stands for it
    /// alone, and a body's where its first one does, or an article stands before it.
    fn bodies_by_use(&mut self, names: &[Name], of_name: &[Option<usize>]) {
        let mut named: Vec<Vec<usize>> = vec![Vec::new(); self.entities.len()];
        for (i, id) in of_name.iter().enumerate() {
            if let Some(id) = id {
                named[*id].push(i);
            }
        }
        for (id, own) in named.into_iter().enumerate() {
            let entity = &self.entities[id];
            let words = words_of(entity.name.as_deref().unwrap_or_default());
            if entity.kind != ActorKind::Person || !entity.guessed || words.len() < 2 {
                continue;
            }
            let own = own.into_iter().map(|i| &names[i]);
            let (mut first, mut last, mut article) = (false, false, false);
            for name in own {
                let text = name.span.of(&self.doc.text);
                first |= text == words[0];
                last |= words.last().is_some_and(|word| text == word);
                let before = name.tokens.start.checked_sub(1).and_then(|i| self.doc.tokens.get(i));
                let before = before.map_or("", |token| token.span.of(&self.doc.text));
                article |= name.tokens.len() > 1 && before.eq_ignore_ascii_case("the");
            }
            if !last && (first || article || words.len() > 2) {
                self.entities[id].kind = ActorKind::Organisation;
            }
        }
    }

    /// A mention with what it tells.
    fn take(&mut self, id: usize, name: &Name) {
        let entity = &mut self.entities[id];
        let span = name.title.map_or(name.span, |title| title.cover(name.span));
        entity.mentions.push((span, MentionKind::Name));
        if let Some(title) = name.title {
            let words = title.of(&self.doc.text);
            entity.titles.push(title);
            entity.play(words);
            // "Vice President Lee" is no president, "former President Lee" none any more.
            const LESSENED: &[&str] =
                &["vice", "deputy", "former", "ex", "assistant", "associate", "acting", "then"];
            let lower = words.to_lowercase();
            let lessened =
                lower.split_whitespace().any(|word| LESSENED.contains(&word.trim_end_matches('.')));
            if let Some(last) = words.split_whitespace().last().filter(|_| !lessened) {
                entity.play(last.trim_end_matches('.'));
            }
        }
        let speaks = name.title.is_none_or(|title| self.rules.speaks_for(title.of(&self.doc.text)));
        if let Some(state) = name.state.as_ref().filter(|_| speaks) {
            let reason = match name.title {
                Some(title) => format!("“{}”", title.of(&self.doc.text)),
                None if entity.kind == ActorKind::State => "its name".to_owned(),
                None => "a body of that state".to_owned(),
            };
            entity.side_with(state, reason);
        }
    }
}

/// The word that makes somebody a relative: "his daughter, Meredith Lee", "his son Mark Lee".
fn kin_word(doc: &Document, rules: &Rules, name: &Name) -> Option<String> {
    let word =
        |i: usize| doc.tokens.get(i).map_or(String::new(), |token| token.span.of(&doc.text).to_lowercase());
    let is_kin = |word: &String| matches!(rules.noun(word), Some((Noun::Kin, _)));
    let title = name.title.map(|title| title.of(&doc.text).to_lowercase());
    if title.as_deref() == Some("first lady") {
        return title;
    }
    let titled = title.and_then(|title| title.split_whitespace().last().map(str::to_owned)).filter(is_kin);
    let at = name.tokens.start;
    let behind_comma = (at >= 3 && word(at - 1) == ",").then(|| {
        let first_lady = word(at - 3) == "first" && word(at - 2) == "lady";
        if first_lady { Some("first lady".to_owned()) } else { Some(word(at - 2)).filter(is_kin) }
    });
    titled.or(behind_comma.flatten())
}

/// "de Blasio" for "Bill de Blasio".
fn ends_with_joint(words: &[String], word: &str) -> bool {
    words.len() > 2 && words[words.len() - 2..].join(" ") == word
}

/// The same surname, and given names that don't disagree: one is the other's beginning or
/// initial, or stands among the other's words.
fn is_same_person(a: &[String], b: &[String]) -> bool {
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else { return false };
    if last_a != last_b || a.len() < 2 || b.len() < 2 {
        return false;
    }
    let (first_a, first_b) = (&a[0], &b[0]);
    let initial = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
    let agree = |x: &String, y: &String| x == y || initial(x, y) || initial(y, x);
    // "George W." is not "George H. W."; "John" may be "John A.".
    let (middle_a, middle_b) = (&a[1..a.len() - 1], &b[1..b.len() - 1]);
    let middle = middle_a.is_empty()
        || middle_b.is_empty()
        || middle_a.len() == middle_b.len() && middle_a.iter().zip(middle_b).all(|(x, y)| agree(x, y));
    agree(first_a, first_b) && middle
}
