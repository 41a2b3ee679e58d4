//! What can a reader choose to see?

use std::collections::{BTreeMap, BTreeSet, HashMap};

use maud::{Markup, html};
use sayso::record::{ActorKind, Form, StandingKind};

use super::layout::{Layout, Statement};
use super::story::Story;
use super::words::Words;
use crate::cast::{Cast, is_pronoun};
use crate::facts::{name_of, standing_name};
use crate::outline::{form_name, n_statements};

/// Who a statement is by, as far as a choice can tell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum By {
    /// Somebody with a name, or a source by its words where it isn't sure who that is; in
    /// lower case, so that one name in several articles is one choice.
    Named(String),
    /// A pronoun of which it isn't sure whom it means.
    Pronoun,
    /// Somebody without a name.
    Unnamed,
    /// No source.
    Nobody,
}

/// Those who speak, over all articles.
#[derive(Debug)]
pub(super) struct Speakers {
    /// Their names as shown, and their statements; the most frequent first.
    list: Vec<(String, usize)>,
    /// Places in the list.
    numbers: HashMap<By, usize>,
    /// Statements of those who aren't in the list.
    others: HashMap<By, usize>,
}

impl Speakers {
    pub(super) fn new(layouts: &[Layout<'_>]) -> Self {
        let mut named: HashMap<By, (String, usize)> = HashMap::new();
        let mut others: HashMap<By, usize> = HashMap::new();
        for layout in layouts {
            for statement in &layout.statements {
                let (by, shown) = by(statement, &layout.cast);
                match by {
                    By::Named(_) => named.entry(by).or_insert((shown, 0)).1 += 1,
                    _ => *others.entry(by).or_default() += 1,
                }
            }
        }
        let mut found: Vec<(By, (String, usize))> = named.into_iter().collect();
        // By name where counts are equal, so that the list can be searched by eye.
        let key = |by: &By| if let By::Named(name) = by { name.clone() } else { String::new() };
        found.sort_by_cached_key(|(by, (_, n))| (std::cmp::Reverse(*n), key(by)));
        let numbers = found.iter().enumerate().map(|(i, (by, _))| (by.clone(), i)).collect();
        Self { list: found.into_iter().map(|(_, speaker)| speaker).collect(), numbers, others }
    }

    /// What a note and its speaker's choice in the list have in common.
    pub(super) fn number(&self, statement: &Statement, cast: &Cast<'_>) -> String {
        match by(statement, cast).0 {
            By::Pronoun => "pronoun".to_owned(),
            By::Unnamed => "unnamed".to_owned(),
            By::Nobody => "none".to_owned(),
            by => self.numbers.get(&by).map(ToString::to_string).unwrap_or_default(),
        }
    }

    fn select(&self) -> Markup {
        let others = [
            (By::Unnamed, "unnamed", "unnamed sources"),
            (By::Pronoun, "pronoun", "he, she, they…"),
            (By::Nobody, "none", "no source named"),
        ];
        html! {
            select #by-speaker aria-label="Who speaks" {
                option value="" { "All who speak" }
                @for (i, (name, n)) in self.list.iter().enumerate() {
                    option value=(i) { (Words(name)) " (" (n) ")" }
                }
                @for (by, value, name) in &others {
                    @if let Some(n) = self.others.get(by) {
                        option value=(value) { (name) " (" (n) ")" }
                    }
                }
            }
        }
    }
}

/// Who it is by, and the name as it is shown: words of a source that isn't resolved are in
/// quotation marks.
fn by(statement: &Statement, cast: &Cast<'_>) -> (By, String) {
    let shown = match (&statement.known.actor, &statement.speaker) {
        (Some(id), _) if cast.actor(id).is_some_and(|actor| actor.kind == ActorKind::Unnamed) => {
            return (By::Unnamed, String::new());
        }
        (Some(id), _) => cast.who(id),
        (None, Some(words)) if is_pronoun(words) => return (By::Pronoun, String::new()),
        (None, Some(words)) => format!("“{words}”"),
        (None, None) => return (By::Nobody, String::new()),
    };
    (By::Named(shown.to_lowercase()), shown)
}

/// The kinds of standing that the text gives a claim, by their names in JSON, each once;
/// "none" without any.
pub(super) fn standing_kinds(statement: &Statement) -> Vec<String> {
    let kinds = kinds(statement);
    let names: Vec<String> = kinds.iter().map(|kind| name_of(serde_json::to_value(kind))).collect();
    if names.is_empty() { vec!["none".to_owned()] } else { names }
}

fn kinds(statement: &Statement) -> BTreeSet<StandingKind> {
    statement.known.status.iter().map(|standing| standing.kind).collect()
}

/// The kinds of standing that are there, with the number of statements; nothing without any.
fn standings<'a>(statements: impl Iterator<Item = &'a Statement>) -> Markup {
    let mut counts: BTreeMap<StandingKind, usize> = BTreeMap::new();
    let mut n_without = 0;
    for statement in statements {
        let kinds = kinds(statement);
        n_without += usize::from(kinds.is_empty());
        for kind in kinds {
            *counts.entry(kind).or_default() += 1;
        }
    }
    html! {
        @if !counts.is_empty() {
            select #by-standing aria-label="How the claim stands" {
                option value="" { "Any standing" }
                @for (kind, n) in &counts {
                    option value=(name_of(serde_json::to_value(kind))) { (standing_name(*kind)) " (" (n) ")" }
                }
                option value="none" { "none stated (" (n_without) ")" }
            }
        }
    }
}

/// The bar above the page: what it is, the filters, the keys. Without JavaScript it isn't
/// shown.
pub(super) fn bar(stories: &[Story<'_>], speakers: &Speakers) -> Markup {
    let statements = || stories.iter().flat_map(|story| story.layout.statements.iter());
    let n = statements().count();
    let count = |form| statements().filter(|statement| statement.known.form == form).count();
    html! {
        @if n > 0 {
            div.bar role="group" aria-label="Which statements to show" {
                (speakers.select())
                (standings(statements()))
                fieldset #by-form {
                    legend.unseen { "Form" }
                    @for form in [Form::Direct, Form::Mixed, Form::Indirect] {
                        label {
                            input type="checkbox" value=(form_name(form)) checked;
                            (form_name(form)) " " span.n { (count(form)) }
                        }
                    }
                }
                output #shown for="by-speaker by-standing by-form" { (n) " of " (n_statements(n)) }
                button #reset type="button" hidden { "Show all" }
                p.keys {
                    kbd { "j" } " " kbd { "k" } " next, previous  " kbd { "/" } " filter  " kbd { "Esc" } " clear"
                }
            }
        }
    }
}
