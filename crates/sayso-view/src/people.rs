//! Who speaks in an article, and for whom?

use std::cmp::Reverse;
use std::collections::HashMap;

use sayso::record::{Actor, Record, TextSpan};

use crate::cast::{Cast, called, without_name};
use crate::characters::flat;
use crate::facts::kind_name;
use crate::outline::n_statements;

/// An actor in words, on one line each and not yet escaped.
#[derive(Debug)]
pub(crate) struct Person {
    /// The name, or the words that stand for one.
    pub(crate) name: String,
    /// What it is: "person", "role, no name".
    pub(crate) kind: String,
    /// Titles and what it belongs to, each once.
    pub(crate) titles: Vec<String>,
    /// For whom it speaks, with the reason: "Russia (its president)".
    pub(crate) parties: Option<String>,
    /// The names of a group's members.
    pub(crate) members: Vec<String>,
    pub(crate) n_statements: usize,
}

/// All actors: those who say most first, else in the record's order.
pub(crate) fn people(record: &Record, cast: &Cast<'_>) -> Vec<Person> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for id in record.attributions.iter().filter_map(|attribution| attribution.actor.as_deref()) {
        *counts.entry(id).or_default() += 1;
    }
    // Of two actors with one id the first has the statements.
    let person = |actor: &Actor| person(actor, cast, counts.remove(actor.id.as_str()).unwrap_or(0));
    let mut people: Vec<Person> = record.actors.iter().map(person).collect();
    people.sort_by_key(|person| Reverse(person.n_statements));
    people
}

fn person(actor: &Actor, cast: &Cast<'_>, n_statements: usize) -> Person {
    let mut titles: Vec<String> = Vec::new();
    let words = |span: &TextSpan| flat(&span.text);
    for title in actor.titles.iter().chain(&actor.affiliations).map(words) {
        if !title.is_empty() && !titles.contains(&title) {
            titles.push(title);
        }
    }
    let parties: Vec<String> = actor.parties.iter().map(|party| flat(party)).collect();
    let reason = actor.party_reason.as_deref().map(flat).filter(|reason| !reason.is_empty());
    let parties = parties.join(", ") + &reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
    Person {
        name: called(actor).unwrap_or_else(|| cast.who(&actor.id)),
        kind: without_name(actor.kind).map_or_else(|| kind_name(actor.kind), str::to_owned),
        titles,
        parties: Some(parties).filter(|parties| !parties.is_empty()),
        members: actor.members.iter().map(|id| cast.who(id)).collect(),
        n_statements,
    }
}

impl Person {
    /// "2 statements"; "no statement" of those who are spoken to or passed something on.
    pub(crate) fn count(&self) -> String {
        if self.n_statements == 0 { "no statement".to_owned() } else { n_statements(self.n_statements) }
    }

    /// All but the name, on one line.
    pub(crate) fn rest(&self) -> String {
        let mut line = format!("({})", self.kind);
        for title in &self.titles {
            line += &format!("; {title}");
        }
        if let Some(parties) = &self.parties {
            line += &format!("; speaks for {parties}");
        }
        if !self.members.is_empty() {
            line += &format!("; members: {}", self.members.join(", "));
        }
        line + &format!(": {}", self.count())
    }
}
