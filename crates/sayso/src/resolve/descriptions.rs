//! Whom do words that are no name stand for?

use sayso_text::Span;

use super::Resolver;
use super::actors::Entity;
use super::phrase::{Head, Phrase, Phrases};
use crate::record::ActorKind;
use crate::rules::{Gender, Noun};

impl Resolver<'_> {
    /// The entity of a phrase, which may be a new one.
    pub(super) fn description(&mut self, phrase: &Phrase) -> Option<usize> {
        // "Neither Lee nor Voss" is no one of them.
        let first = phrase.span.of(&self.doc.text).split_whitespace().next().unwrap_or_default();
        if first.eq_ignore_ascii_case("neither") || first.eq_ignore_ascii_case("either") {
            return None;
        }
        if !phrase.parts.is_empty() {
            return Some(self.group(phrase));
        }
        // "Clinton's running mate, Tim Kaine": the name behind the comma is who it is.
        if let Some(apposition) = &phrase.apposition {
            if let (Head::Noun { .. } | Head::Other, Head::Name(name)) = (&phrase.head, &apposition.head)
                && apposition.before.is_empty()
                && let Some(entity) = self.of_name[*name]
            {
                self.tell(entity, phrase);
                return Some(entity);
            }
            if !apposition.parts.is_empty() && matches!(phrase.head, Head::Noun { plural: true, .. }) {
                return Some(self.group(apposition));
            }
        }
        match &phrase.head {
            Head::Name(name) => {
                let entity = self.of_name[*name]?;
                if let Some(apposition) = &phrase.apposition {
                    self.tell(entity, apposition);
                }
                Some(entity)
            }
            Head::Pronoun(word) => self.pronoun(phrase.span, word, None),
            Head::Noun { word, noun, plural } => self.noun(phrase, word, *noun, *plural),
            Head::Quantifier => Some(self.unnamed(phrase)),
            Head::Other => Some(self.other(phrase)),
        }
    }

    /// What stands beside names in the text, before anybody speaks: "Sybhia, the foreign minister,".
    pub(super) fn appositions(&mut self) {
        for i in 0..self.names.len() {
            let Some(entity) =
                self.of_name[i].filter(|&entity| self.entities[entity].kind == ActorKind::Person)
            else {
                continue;
            };
            let name = &self.names[i];
            let word = |i: usize| self.doc.tokens.get(i).map_or("", |token| token.span.of(&self.doc.text));
            let end = name.tokens.end;
            // "Torben Kask of the Harbour League".
            if word(end) == "of" {
                let at = end + 1 + usize::from(word(end + 1) == "the");
                let body = self.names[i + 1..].first().filter(|body| body.tokens.start == at);
                let is_body = self
                    .of_name
                    .get(i + 1)
                    .copied()
                    .flatten()
                    .is_some_and(|body| self.entities[body].kind == ActorKind::Organisation);
                if let Some(body) = body.filter(|_| is_body) {
                    let span = body.span;
                    if !self.entities[entity].affiliations.contains(&span) {
                        self.entities[entity].affiliations.push(span);
                    }
                }
            }
            if word(end) == "," {
                let age = word(end + 1).bytes().all(|b| b.is_ascii_digit()) && word(end + 2) == ",";
                let from = if age { end + 3 } else { end + 1 };
                let to = (from..(from + 24).min(self.doc.tokens.len()))
                    .find(|&i| matches!(word(i), "," | "." | ";" | "—" | "who"));
                if let Some(to) = to.filter(|&to| to > from && matches!(word(to), "," | "who" | "." | ";")) {
                    let span = self.doc.tokens[from].span.cover(self.doc.tokens[to - 1].span);
                    let told = Phrases { doc: self.doc, rules: self.rules, names: self.names }.read(span);
                    let first = word(from).to_lowercase();
                    let tells = matches!(
                        first.as_str(),
                        "a" | "an" | "the" | "his" | "her" | "its" | "their" | "who"
                    ) || told
                        .before
                        .first()
                        .is_some_and(|&name| self.names[name].span.start == told.span.start);
                    let is_somebody = |head: &Head| {
                        matches!(
                            head,
                            Head::Noun { noun: Noun::Role | Noun::Kin | Noun::Unnamed, plural: false, .. }
                        )
                    };
                    // "Bo Larrabee, the state treasurer and a Progress member,": the first of two.
                    let two = (from + 1..to).find(|&i| word(i) == "and" && matches!(word(i + 1), "a" | "an"));
                    let first_of_two = two.map(|two| {
                        let span = self.doc.tokens[from].span.cover(self.doc.tokens[two - 1].span);
                        Phrases { doc: self.doc, rules: self.rules, names: self.names }.read(span)
                    });
                    let told = first_of_two.filter(|told| is_somebody(&told.head)).unwrap_or(told);
                    if tells && is_somebody(&told.head) {
                        self.tell(entity, &told);
                    }
                }
            }
            // "the party's chairman, Lee," and "his wife, Ann,"
            if name.tokens.start >= 2 && word(name.tokens.start - 1) == "," {
                let to = name.tokens.start - 1;
                let from = (to.saturating_sub(8)..to).rev().find(|&i| {
                    matches!(
                        word(i),
                        "," | "." | "and" | "that" | "but" | "said" | "with" | "by" | "“" | "to"
                    )
                });
                let from = from.map_or(to.saturating_sub(8), |i| i + 1);
                if from < to {
                    let span = self.doc.tokens[from].span.cover(self.doc.tokens[to - 1].span);
                    let told = Phrases { doc: self.doc, rules: self.rules, names: self.names }.read(span);
                    let after = word(end);
                    if matches!(told.head, Head::Noun { noun: Noun::Role | Noun::Kin, plural: false, .. })
                        && told.definite
                        && matches!(after, "," | ".")
                    {
                        self.tell(entity, &told);
                    }
                }
            }
        }
    }

    /// Takes in what a description tells of a person.
    fn tell(&mut self, entity: usize, told: &Phrase) {
        let Head::Noun { word, .. } = &told.head else { return };
        let gender = super::names::gender_of(self.rules, word);
        let bodies: Vec<usize> = told.before.iter().chain(&told.behind).copied().collect();
        let mut parties: Vec<(String, String)> = Vec::new();
        let reason = format!("“{}”", told.span.of(&self.doc.text));
        for &name in &bodies {
            let Some(other) = self.of_name[name].filter(|&other| other != entity) else { continue };
            let speaks = word.starts_with("spokes");
            let other = &self.entities[other];
            match other.kind {
                ActorKind::State | ActorKind::Person => {
                    parties.extend(other.parties.iter().map(|(party, _)| (party.clone(), reason.clone())));
                }
                _ if speaks || !other.parties.is_empty() => {
                    let own = other.name.clone().map(|name| (name, reason.clone()));
                    let states = other.parties.iter().map(|(party, _)| (party.clone(), reason.clone()));
                    parties.extend(states.chain(own.filter(|_| speaks)));
                }
                _ => {}
            }
        }
        if let Some(state) = self.state_in(told.span).filter(|_| parties.is_empty()) {
            parties.push((state, reason));
        }
        let names: Vec<Span> = bodies
            .iter()
            .filter(|&&name| self.of_name[name].is_some_and(|e| self.entities[e].kind != ActorKind::Person))
            .map(|&name| self.names[name].span)
            .collect();
        let one = &mut self.entities[entity];
        // A spokeswoman is a woman, whatever men are called Dana.
        one.gender = gender.or(one.gender);
        // Who is a spokeswoman is a person, whatever the name's shape.
        let is_post = matches!(told.head, Head::Noun { noun: Noun::Role | Noun::Kin, plural: false, .. });
        if is_post && one.kind == ActorKind::Person {
            one.guessed = false;
        }
        one.play(word);
        one.play(told.core.of(&self.doc.text));
        if !one.titles.contains(&told.core) {
            one.titles.push(told.core);
        }
        one.affiliations.extend(names);
        one.affiliations.dedup();
        // "A Putin critic" and "a Chinese student" speak for nobody but themselves.
        if !self.rules.speaks_for(word) {
            return;
        }
        for (party, reason) in parties {
            one.side_with(&party, reason);
        }
    }

    fn noun(&mut self, phrase: &Phrase, word: &str, noun: Noun, plural: bool) -> Option<usize> {
        match noun {
            Noun::Role | Noun::Kin | Noun::Unnamed if plural => Some(self.several(phrase)),
            Noun::Role | Noun::Kin => self.role(phrase, word),
            Noun::Unnamed => Some(self.unnamed(phrase)),
            Noun::Organisation | Noun::Outlet | Noun::Document if plural && noun != Noun::Document => {
                Some(self.several(phrase))
            }
            Noun::Organisation => Some(self.thing(phrase, word, ActorKind::Organisation)),
            Noun::Outlet => Some(self.thing(phrase, word, ActorKind::Outlet)),
            Noun::Document => Some(self.thing(phrase, word, ActorKind::Document)),
        }
    }

    /// "The senator", "the Russian leader": whom the text has given that role; else a role.
    fn role(&mut self, phrase: &Phrase, word: &str) -> Option<usize> {
        let state = self.state_in(phrase.core).or_else(|| self.state_in(phrase.span));
        let gender = super::names::gender_of(self.rules, word);
        if (phrase.definite || !phrase.before.is_empty())
            && !phrase.indefinite
            && phrase.behind.is_empty()
            && let Some(found) = self.holder(phrase, word, state.as_deref(), gender)
        {
            return Some(found);
        }

        // "The candidate": whoever the text is about there, if nobody else is.
        const OWN: &[&str] = &[
            "adviser",
            "advisor",
            "aide",
            "analyst",
            "attorney",
            "director",
            "expert",
            "host",
            "judge",
            "lawyer",
            "leader",
            "manager",
            "moderator",
            "officer",
            "official",
            "pollster",
            "president",
            "professor",
            "reporter",
            "spokesman",
            "spokesperson",
            "spokeswoman",
            "staffer",
            "strategist",
        ];
        if phrase.definite
            && phrase.possessor.is_none()
            && phrase.behind.is_empty()
            && phrase.before.is_empty()
            && !OWN.contains(&word)
            && let Some(present) = self.present(phrase.span, gender)
            && !self.has_other_office(present, phrase)
        {
            return Some(present);
        }
        let name = self.words(phrase.main);
        if phrase.definite
            && let Some(&known) = self.described.get(&name.to_lowercase())
        {
            return Some(known);
        }
        let mut entity = Entity::new(Some(name.clone()), ActorKind::Role);
        entity.gender = gender;
        entity.open = phrase.definite && phrase.behind.is_empty() && !OWN.contains(&word);
        entity.play(word);
        if let Some(state) = state.as_ref().filter(|_| self.rules.speaks_for(word)) {
            entity.side_with(state, format!("“{}”", phrase.span.of(&self.doc.text)));
        }
        for &body in phrase.before.iter().chain(&phrase.behind) {
            if let Some(other) = self.of_name[body] {
                let other = &self.entities[other];
                if other.kind != ActorKind::Person {
                    entity.affiliations.push(self.names[body].span);
                }
                if word.starts_with("spokes")
                    && other.kind != ActorKind::State
                    && let Some(name) = &other.name
                {
                    entity.side_with(name, format!("“{}”", phrase.span.of(&self.doc.text)));
                }
            }
        }
        self.entities.push(entity);
        self.described.insert(name.to_lowercase(), self.entities.len() - 1);
        Some(self.entities.len() - 1)
    }

    /// "The interior minister", behind "its director, Oremond": an office of two words, and none of them is in his titles.
    fn has_other_office(&self, person: usize, phrase: &Phrase) -> bool {
        let office = phrase.core.of(&self.doc.text).to_lowercase();
        let person = &self.entities[person];
        let has = |word: &str| {
            let titles = person.titles.iter().map(|title| title.of(&self.doc.text));
            titles
                .chain(person.roles.iter().map(String::as_str))
                .any(|title| title.split_whitespace().any(|other| other.eq_ignore_ascii_case(word)))
        };
        office.contains(char::is_whitespace)
            && !person.titles.is_empty()
            && !office.split_whitespace().any(has)
    }

    /// Who has the role, by the text before and after; none where several have it.
    fn holder(
        &self,
        phrase: &Phrase,
        word: &str,
        state: Option<&str>,
        gender: Option<Gender>,
    ) -> Option<usize> {
        let core = phrase.core.of(&self.doc.text).to_lowercase();
        let leads = self.rules.is_leader(word) && state.is_some();
        let owners: Vec<usize> = phrase.before.iter().filter_map(|&name| self.of_name[name]).collect();
        let plays = |entity: &Entity| {
            let has = entity.roles.iter().any(|role| {
                *role == word || *role == core || word == "leader" && self.rules.is_leader(role) && leads
            });
            has && state.is_none_or(|state| entity.parties.iter().any(|(party, _)| party == state))
                && gender.is_none_or(|gender| entity.gender.is_none_or(|own| own == gender))
                && matches!(entity.kind, ActorKind::Person | ActorKind::Role)
        };
        let mut found: Vec<usize> = (0..self.entities.len())
            .filter(|&id| plays(&self.entities[id]) && !owners.contains(&id))
            .collect();
        // Words before the role must be those that the text has used ("foreign" minister).
        let exact: Vec<usize> =
            found.iter().copied().filter(|&id| self.entities[id].roles.contains(&core)).collect();
        if !exact.is_empty() {
            found = exact;
        }
        match found[..] {
            [] => None,
            [one] => Some(one),
            // Of several, the one spoken of last, if the other hasn't been near.
            _ => {
                let at = phrase.span.start;
                let paragraph = self.paragraph(at);
                let near = self.seen.iter().rev().filter(|seen| {
                    seen.at < at && found.contains(&seen.entity) && seen.paragraph + 2 >= paragraph
                });
                let near: Vec<usize> = near.map(|seen| seen.entity).collect();
                let first = *near.first()?;
                near.iter().all(|&id| id == first).then_some(first)
            }
        }
    }

    /// Several people: a group where a side is told, or else unnamed.
    fn several(&mut self, phrase: &Phrase) -> usize {
        let state = self.state_in(phrase.span);
        // "Democrats": a plural that is written as a name is one.
        let begins = self
            .doc
            .sentences
            .get(self.sentence(phrase.span.start))
            .is_some_and(|s| s.span.start == phrase.core.start);
        let named = !begins
            && phrase.core.of(&self.doc.text).split_whitespace().last().is_some_and(super::names::is_capital);
        if state.is_none() && !named {
            return self.unnamed(phrase);
        }
        let name = self.words(phrase.main);
        if let Some(&known) = self.described.get(&name.to_lowercase()) {
            return known;
        }
        let mut entity = Entity::new(Some(name.clone()), ActorKind::Group);
        let reason = format!("“{}”", phrase.span.of(&self.doc.text));
        // "Iranian protesters" don't speak for Iran; its negotiators do.
        let last = phrase.core.of(&self.doc.text).split_whitespace().last().unwrap_or_default();
        let speaks = self.rules.speaks_for(last) || self.rules.speaks_for(last.trim_end_matches('s'));
        if let Some(state) = state.filter(|_| speaks) {
            entity.side_with(&state, reason);
        }
        self.entities.push(entity);
        self.described.insert(name.to_lowercase(), self.entities.len() - 1);
        self.entities.len() - 1
    }

    fn unnamed(&mut self, phrase: &Phrase) -> usize {
        let words = phrase.core.of(&self.doc.text).to_lowercase();
        let plural = matches!(phrase.head, Head::Noun { plural: true, .. });
        if let Some(&known) = self.described.get(&words).filter(|_| phrase.definite || plural) {
            return known;
        }
        let mut entity = Entity::new(None, ActorKind::Unnamed);
        if let Head::Noun { word, .. } = &phrase.head {
            entity.gender = super::names::gender_of(self.rules, word);
            entity.play(word);
        }
        self.entities.push(entity);
        self.described.insert(words, self.entities.len() - 1);
        self.entities.len() - 1
    }

    /// A body, outlet or document that is described: the one that was told of, or a new one.
    fn thing(&mut self, phrase: &Phrase, word: &str, kind: ActorKind) -> usize {
        let mut owner = phrase.before.last().and_then(|&name| self.of_name[name]);
        // "Germany's Der Spiegel news website" is Der Spiegel.
        if let Some(outlet) =
            owner.filter(|&id| kind == ActorKind::Outlet && self.entities[id].kind == ActorKind::Outlet)
        {
            return outlet;
        }
        if let Some(word) =
            phrase.possessor.as_deref().filter(|word| owner.is_none() && matches!(*word, "his" | "her"))
        {
            owner = self.person_before(phrase.span, word, None);
        }
        let name = match owner.and_then(|owner| self.entities[owner].name.clone()) {
            Some(_) => self.words(phrase.core),
            None => self.words(phrase.main),
        };
        let key = match owner {
            Some(owner) => format!("{owner}/{word}"),
            None => name.to_lowercase(),
        };
        if let Some(&known) = self.described.get(&key) {
            return known;
        }
        // "The foundation" is the one named so, or the last such thing.
        if phrase.definite
            && owner.is_none()
            && phrase.behind.is_empty()
            && phrase.core.of(&self.doc.text).split_whitespace().count() == 1
            && let Some(known) = self.last_such(word, kind, phrase.span.start)
        {
            return known;
        }
        // "The company" after "Exxon said".
        const ANY_BODY: &[&str] = &[
            "agency",
            "airline",
            "bank",
            "company",
            "firm",
            "group",
            "manufacturer",
            "nonprofit",
            "non-profit",
            "organisation",
            "organization",
            "retailer",
            "union",
        ];
        if phrase.definite
            && owner.is_none()
            && phrase.behind.is_empty()
            && ANY_BODY.contains(&word)
            && phrase.core.of(&self.doc.text).split_whitespace().count() == 1
            && let Some(known) = self.last_speaking(phrase.span, 2, |kind| kind == ActorKind::Organisation)
        {
            return known;
        }
        let mut entity = Entity::new(Some(name), kind);
        entity.play(word);
        let reason = format!("“{}”", phrase.span.of(&self.doc.text));
        let core = self.state_in(phrase.core).filter(|_| kind != ActorKind::Document);
        if let Some(state) = core {
            entity.side_with(&state, reason);
        } else if kind == ActorKind::Document {
            // Whose document it is, not what it is about.
            let words = phrase.span.of(&self.doc.text);
            let at = [" from ", " by "].iter().filter_map(|from| words.find(from)).min();
            for state in at
                .map(|at| self.states_in(Span::new(phrase.span.start + at, phrase.span.end)))
                .unwrap_or_default()
            {
                entity.side_with(&state, reason.clone());
            }
        }
        self.entities.push(entity);
        self.described.insert(key, self.entities.len() - 1);
        self.entities.len() - 1
    }

    /// The last entity of the kind whose name or role ends in the noun.
    fn last_such(&self, word: &str, kind: ActorKind, at: usize) -> Option<usize> {
        let ends = |name: &str| name.to_lowercase().split_whitespace().last() == Some(word);
        let is_such = |entity: &Entity| {
            (entity.kind == kind || kind == ActorKind::Outlet && entity.kind == ActorKind::Organisation)
                && (entity.roles.iter().any(|role| role == word) || entity.name.as_deref().is_some_and(ends))
        };
        let before = self
            .seen
            .iter()
            .rev()
            .find(|seen| seen.at < at && is_such(&self.entities[seen.entity]))
            .map(|seen| seen.entity);
        before.or_else(|| {
            let all: Vec<usize> =
                (0..self.entities.len()).filter(|&id| is_such(&self.entities[id])).collect();
            if let [one] = all[..] { Some(one) } else { None }
        })
    }

    fn states_in(&self, span: Span) -> Vec<String> {
        let words: Vec<&str> = span.of(&self.doc.text).split_whitespace().collect();
        let mut states = Vec::new();
        for word in words {
            if let Some((state, _)) = self.rules.state(word.trim_matches([',', '.']))
                && !states.iter().any(|known| known == state)
            {
                states.push(state.to_owned());
            }
        }
        states
    }

    /// Several that are named one by one.
    fn group(&mut self, phrase: &Phrase) -> usize {
        let members: Vec<Option<usize>> = phrase
            .parts
            .iter()
            .map(|part| match part.head {
                Head::Name(name) => self.of_name[name],
                _ => None,
            })
            .collect();
        let whole = self.words(phrase.span);
        let named: Vec<String> =
            members.iter().flatten().filter_map(|&id| self.entities[id].name.clone()).collect();
        let all_named = named.len() == phrase.parts.len();
        let name = if all_named { named.join(" and ") } else { whole };
        if let Some(&known) = self.described.get(&name.to_lowercase()) {
            return known;
        }
        let mut entity = Entity::new(Some(name.clone()), ActorKind::Group);
        entity.members = members.iter().flatten().copied().collect();
        let reason = "its members".to_owned();
        for &member in &entity.members.clone() {
            for (party, _) in self.entities[member].parties.clone() {
                entity.side_with(&party, reason.clone());
            }
        }
        for state in self.states_in(phrase.span) {
            entity.side_with(&state, format!("“{}”", phrase.span.of(&self.doc.text)));
        }
        self.entities.push(entity);
        self.described.insert(name.to_lowercase(), self.entities.len() - 1);
        self.entities.len() - 1
    }

    /// Words that the rules don't know: a proper name of something, or somebody unnamed.
    fn other(&mut self, phrase: &Phrase) -> usize {
        let core = phrase.core.of(&self.doc.text);
        let last = core.split_whitespace().last().unwrap_or_default();
        // "Q" and "A" of an interview are nobody's names.
        let begins = self
            .doc
            .sentences
            .get(self.sentence(phrase.core.start))
            .is_some_and(|s| s.span.start == phrase.core.start);
        let is_first_word = begins && !core.contains(char::is_whitespace);
        if super::names::is_capital(last)
            && !self.is_demonym(last)
            && last.chars().count() > 1
            && !is_first_word
        {
            let name = self.words(phrase.core);
            if let Some(&known) = self.described.get(&name.to_lowercase()) {
                return known;
            }
            let mut entity = Entity::new(Some(name.clone()), ActorKind::Organisation);
            if let Some(state) = self.state_in(phrase.core) {
                entity.side_with(&state, format!("“{core}”"));
            }
            self.entities.push(entity);
            self.described.insert(name.to_lowercase(), self.entities.len() - 1);
            return self.entities.len() - 1;
        }
        self.unnamed(phrase)
    }

    /// Words on one line, without an article.
    fn words(&self, span: Span) -> String {
        let words: Vec<&str> = span.of(&self.doc.text).split_whitespace().collect();
        let skip =
            usize::from(words.len() > 1 && matches!(words[0].to_lowercase().as_str(), "a" | "an" | "the"));
        words[skip..].join(" ").trim_end_matches([',', '.']).to_owned()
    }
}
