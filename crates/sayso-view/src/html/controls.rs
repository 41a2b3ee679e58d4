//! What can a reader choose to see?

use std::collections::HashMap;

use maud::{Markup, html};
use sayso::record::Form;

use super::layout::{Layout, Statement};
use super::story::Story;
use super::words::Words;
use crate::outline::{form_name, n_statements};

/// Sources that may be somebody else each time: they share one choice.
const PRONOUNS: [&str; 13] =
    ["he", "she", "they", "it", "we", "i", "you", "who", "him", "her", "them", "this", "that"];

/// The sources by their words, regardless of case. Pronouns are no speakers of their own.
#[derive(Debug)]
pub(super) struct Speakers {
    /// The most frequent first.
    list: Vec<Speaker>,
    /// Places in the list by the words in lower case.
    numbers: HashMap<String, usize>,
    n_pronouns: usize,
    n_unnamed: usize,
}

#[derive(Debug)]
struct Speaker {
    name: String,
    n_statements: usize,
}

impl Speakers {
    pub(super) fn new(layouts: &[Layout]) -> Self {
        let mut found: Vec<(String, Speaker)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let (mut n_pronouns, mut n_unnamed) = (0, 0);
        for statement in layouts.iter().flat_map(|layout| &layout.statements) {
            let Some(name) = &statement.speaker else {
                n_unnamed += 1;
                continue;
            };
            let folded = name.to_lowercase();
            if PRONOUNS.contains(&folded.as_str()) {
                n_pronouns += 1;
                continue;
            }
            let place = *places.entry(folded.clone()).or_insert(found.len());
            if place == found.len() {
                found.push((folded, Speaker { name: name.clone(), n_statements: 0 }));
            }
            found[place].1.n_statements += 1;
        }
        // By name where counts are equal, so that the list can be searched by eye.
        found.sort_by(|(name, a), (other, b)| b.n_statements.cmp(&a.n_statements).then(name.cmp(other)));
        let numbers = found.iter().enumerate().map(|(i, (folded, _))| (folded.clone(), i)).collect();
        Self { list: found.into_iter().map(|(_, speaker)| speaker).collect(), numbers, n_pronouns, n_unnamed }
    }

    /// What a note and its speaker's choice in the list have in common.
    pub(super) fn number(&self, statement: &Statement) -> String {
        let Some(name) = &statement.speaker else { return "none".to_owned() };
        let number = self.numbers.get(&name.to_lowercase());
        number.map_or_else(|| "pronoun".to_owned(), ToString::to_string)
    }
}

/// The bar above the page: what it is, the filters, the keys. Without JavaScript it isn't
/// shown.
pub(super) fn bar(stories: &[Story<'_>], speakers: &Speakers) -> Markup {
    let statements = || stories.iter().flat_map(|story| &story.layout.statements);
    let n = statements().count();
    let count = |form| statements().filter(|statement| statement.form == form).count();
    html! {
        @if n > 0 {
            div.bar role="group" aria-label="Which statements to show" {
                select #by-speaker aria-label="Source, as worded" {
                    option value="" { "All sources, as worded" }
                    @for (i, speaker) in speakers.list.iter().enumerate() {
                        option value=(i) { (Words(&speaker.name)) " (" (speaker.n_statements) ")" }
                    }
                    @if speakers.n_pronouns > 0 {
                        option value="pronoun" { "he, she, they… (" (speakers.n_pronouns) ")" }
                    }
                    @if speakers.n_unnamed > 0 {
                        option value="none" { "no source named (" (speakers.n_unnamed) ")" }
                    }
                }
                fieldset #by-form {
                    legend.unseen { "Form" }
                    @for form in [Form::Direct, Form::Mixed, Form::Indirect] {
                        label {
                            input type="checkbox" value=(form_name(form)) checked;
                            (form_name(form)) " " span.n { (count(form)) }
                        }
                    }
                }
                output #shown for="by-speaker by-form" { (n) " of " (n_statements(n)) }
                button #reset type="button" hidden { "Show all" }
                p.keys {
                    kbd { "j" } " " kbd { "k" } " next, previous  " kbd { "/" } " filter  " kbd { "Esc" } " clear"
                }
            }
        }
    }
}
