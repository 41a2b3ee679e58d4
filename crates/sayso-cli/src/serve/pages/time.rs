//! What changes over time: positions by day, and what is new.

use axum::extract::State as Given;
use axum::response::Response;
use maud::{Markup, html};
use sayso_archive::{Changes, Filter, Held};

use super::archive::{field, story_list};
use super::story::{said_list, step_line};
use super::{for_person, own, picture, shown};
use crate::serve::answer::{Asked, day};
use crate::serve::problem::Problem;
use crate::serve::state::Shared;

/// Whose positions, and when.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Whose {
    party: Option<String>,
    on: Option<String>,
    since: Option<String>,
    until: Option<String>,
}

pub(super) async fn positions(Given(state): Given<Shared>, asked: Result<Asked<Whose>, Problem>) -> Response {
    let answer = async {
        let Asked(asked) = asked?;
        let told = |words: &Option<String>| words.clone().filter(|words| !words.trim().is_empty());
        let filter = Filter {
            party: told(&asked.party),
            on: told(&asked.on),
            since: day("since", told(&asked.since))?,
            until: day("until", told(&asked.until))?,
            ..Filter::default()
        };
        let sought = filter.clone();
        let all = state.ask(move |archive| Ok(archive.positions(&sought)?)).await?;
        let page = own(
            "/positions",
            "Positions",
            &html! {
                h1 { "Who held what, and when it changed" }
                form.search action="/positions" method="get" role="search" {
                    (field("party", "Party", "text", filter.party.as_deref()))
                    (field("on", "Issue", "text", filter.on.as_deref()))
                    (field("since", "From", "date", filter.since.as_deref()))
                    (field("until", "To", "date", filter.until.as_deref()))
                    button { "Show" }
                }
                @if all.held.is_empty() { p { "No positions were found." } }
                @for note in &all.notes { p.fine { (note) } }
                @let most = 60;
                (held_list(&all.held[..all.held.len().min(most)]))
                @if all.held.len() > most { p.fine { (all.held.len() - most) " more; name a party or an issue." } }
            },
        );
        Ok(shown(&state, page, None))
    };
    for_person(&state, answer.await)
}

pub(super) fn held_list(all: &[Held]) -> Markup {
    html! {
        @for one in all {
            section.held {
                h2 { (one.party) " on " (one.issue) @if one.changed() { " " span.changed { "changed" } } }
                @if !one.also.is_empty() { p.fine { "also “" (one.also.join("”, “")) "”" } }
                (picture::steps(one))
                @for step in &one.steps { (step_line(step)) }
            }
        }
    }
}

/// From when to when.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Between {
    since: Option<String>,
    until: Option<String>,
}

pub(super) async fn changes(Given(state): Given<Shared>, asked: Result<Asked<Between>, Problem>) -> Response {
    let answer = async {
        let Asked(asked) = asked?;
        let told = |words: Option<String>| words.filter(|words| !words.trim().is_empty());
        let (since, until) = (day("since", told(asked.since))?, day("until", told(asked.until))?);
        let found = match since.clone() {
            None => None,
            Some(since) => {
                let until = until.clone();
                Some(state.ask(move |archive| Ok(archive.changes(&since, until.as_deref())?)).await?)
            }
        };
        let page = own(
            "/changes",
            "Changes",
            &html! {
                h1 { "What is new" }
                form.search action="/changes" method="get" {
                    (field("since", "From", "date", since.as_deref()))
                    (field("until", "To", "date", until.as_deref()))
                    button { "Show" }
                }
                @if let Some(found) = &found { (news(found)) } @else { p { "Give the first day that counts as new." } }
            },
        );
        Ok(shown(&state, page, None))
    };
    for_person(&state, answer.await)
}

fn news(found: &Changes) -> Markup {
    html! {
        p.count role="status" { (found.articles) " article" @if found.articles != 1 { "s" } }
        @for note in &found.notes { p.fine { (note) } }
        @if !found.turned.is_empty() {
            h2 { "Positions that changed" }
            @for one in &found.turned {
                h3 { (one.party) " on " (one.issue) }
                (step_line(&one.from)) (step_line(&one.to))
            }
        }
        @if !found.new_stories.is_empty() { h2 { "New stories" } (story_list(&found.new_stories)) }
        @if !found.went_on.is_empty() { h2 { "Stories that went on" } (story_list(&found.went_on)) }
        @if !found.newly_denied.is_empty() { h2 { "Newly denied" } (said_list(&found.newly_denied, "d")) }
        @if !found.newly_confirmed.is_empty() { h2 { "Newly confirmed" } (said_list(&found.newly_confirmed, "c")) }
        @if !found.rewritten.is_empty() {
            h2 { "Articles that were rewritten" }
            ul { @for one in &found.rewritten { li {
                (one.title.as_deref().unwrap_or("(no headline)")) " "
                span.fine { (one.outlet.as_deref().unwrap_or_default()) " · " (one.versions) " versions" }
            } } }
        }
    }
}
