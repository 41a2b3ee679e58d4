//! Who speaks in an article, and what is said of claims that are in no statement?

use maud::{Markup, html};
use sayso::record::{Record, Standing};

use super::words::Words;
use crate::cast::Cast;
use crate::characters::flat;
use crate::facts::standing;
use crate::people::{Person, people};

/// The actors, those who say most first; nothing without any.
pub(super) fn section(record: &Record, cast: &Cast<'_>) -> Markup {
    let people = people(record, cast);
    html! {
        @if !people.is_empty() {
            section.people {
                h2 { "Who speaks here" }
                ul { @for person in &people { (row(person)) } }
            }
        }
    }
}

fn row(person: &Person) -> Markup {
    html! {
        li {
            b { (Words(&person.name)) }
            " " span.kind { (person.kind) }
            " " span.count { (person.count()) }
            @if !person.titles.is_empty() { p { (Words(&person.titles.join(" · "))) } }
            @if let Some(parties) = &person.parties { p { "speaks for " (Words(parties)) } }
            @if !person.members.is_empty() { p { "members: " (Words(&person.members.join(", "))) } }
        }
    }
}

/// Standings whose claim is in no statement; nothing without any.
pub(super) fn unbound(standings: &[&Standing], cast: &Cast<'_>) -> Markup {
    html! {
        @if !standings.is_empty() {
            section.unbound {
                h2 { "Said of what is in no statement here" }
                ul {
                    @for found in standings {
                        li {
                            span.standing { (Words(&standing(found, cast))) }
                            " “" (Words(&flat(&found.text))) "”"
                        }
                    }
                }
            }
        }
    }
}
