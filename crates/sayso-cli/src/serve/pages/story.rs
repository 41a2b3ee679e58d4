//! One story: what happened by day, who said what, who holds what, what is disputed.

use axum::extract::State as Given;
use axum::response::Response;
use maud::{Markup, html};
use sayso_archive::{Carrier, Dated, Filter, Held, Said, Step, Story};

use super::archive::{days, speaker};
use super::picture::{self, Row};
use super::{for_person, own, part, shown};
use crate::serve::answer::At;
use crate::serve::api::whole;
use crate::serve::state::Shared;

pub(super) async fn story(Given(state): Given<Shared>, At(number): At) -> Response {
    let answer = async {
        let number = whole(&number)?;
        let filter = Filter { story: Some(number), ..Filter::default() };
        let (story, held) =
            state.ask(move |archive| Ok((archive.story(number)?, archive.positions(&filter)?.held))).await?;
        let numbers: Vec<String> = story
            .articles
            .iter()
            .filter(|one| one.reprint_of.is_none())
            .take(crate::desk::MOST_ARTICLES)
            .map(|one| one.article.to_string())
            .collect();
        let tools = html! {
            (super::text::next_form("/brief", "Brief this story", &[("article", &numbers.join(" "))]))
            a href={ "/archive?story=" (number) } { "All its statements" }
            a href={ "/api/v1/stories/" (number) } { "JSON" }
        };
        Ok(shown(&state, own("/stories", story.line.title.clone(), &told(&story, &held)), Some(tools)))
    };
    for_person(&state, answer.await)
}

fn told(story: &Story, held: &[Held]) -> Markup {
    html! {
        h1 { (story.line.title) }
        p.fine { (story.line.articles) " article" @if story.line.articles != 1 { "s" } ", " (story.line.origins) " in words of their own · "
            (days(story.line.first.as_deref(), story.line.last.as_deref())) }
        (timeline(story))
        h2 #articles { "What happened" }
        (article_list(&story.articles))
        @if !held.is_empty() {
            h2 #positions { "Who holds what" }
            (matrix(held))
        }
        @if !story.disputed.is_empty() {
            h2 #disputed { "Denied, disputed or unverified" }
            (said_list(&story.disputed, "d"))
        }
        h2 #said { "Who said what, and who had it first" }
        (said_list(&story.said, "g"))
        @if story.untold > 0 {
            p { a href={ "/archive?story=" (story.line.id) } { (story.untold) " statements more" } }
        }
        @if !story.figures.is_empty() {
            h2 #figures { "Figures that differ" }
            ul { @for group in &story.figures { li {
                @for (i, one) in group.iter().enumerate() {
                    @if i > 0 { " · " }
                    a href={ "/articles/" (one.article) } { "“" (one.text) "”" }
                    " " span.fine {
                        (one.outlet.as_deref().unwrap_or("outlet unknown"))
                        @if let Some(day) = &one.day { ", " (day) }
                        @if let Some(by) = &one.by { ", by " (by) }
                    }
                }
            } } }
        }
    }
}

/// Statements by day and speaker, those first who say most.
fn timeline(story: &Story) -> Markup {
    let mut rows: Vec<Row> = Vec::new();
    for said in &story.said {
        let (Some(who), Some(day)) =
            (said.speaker.as_deref(), said.carriers.first().and_then(|one| one.day.as_deref()))
        else {
            continue;
        };
        let contested = said
            .status
            .iter()
            .any(|(kind, ..)| matches!(kind.as_str(), "denied" | "disputed" | "unverified"));
        let dot = picture::Dot {
            day: day.to_owned(),
            href: format!("#g{}", said.same),
            title: format!("{day}: {who}: {}", said.content),
            class: if contested { "contested" } else { "plain" },
        };
        match rows.iter_mut().find(|row| row.name == who) {
            Some(row) => row.dots.push(dot),
            None => rows.push(Row { name: who.to_owned(), dots: vec![dot] }),
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.dots.len()));
    rows.truncate(10);
    picture::days("Who spoke when", &rows, "A ring is a statement that is denied, disputed or unverified.")
}

pub(super) fn article_list(all: &[Dated]) -> Markup {
    html! {
        ol.articles { @for one in all { li {
            time { (one.day.as_deref().unwrap_or("undated")) } " "
            a href={ "/articles/" (one.article) } { (one.title.as_deref().unwrap_or("(no headline)")) }
            span.fine {
                @if let Some(outlet) = &one.outlet { " · " a href={ "/outlets/" (part(outlet)) } { (outlet) } }
                @if let Some(wire) = &one.wire { " · by " (wire) }
                @if let Some(of) = one.reprint_of { " · reprint of " a href={ "/articles/" (of) } { "article " (of) } }
            }
        } } }
    }
}

pub(super) fn said_list(all: &[Said], prefix: &str) -> Markup {
    html! {
        ul.hits { @for said in all { li id={ (prefix) (said.same) } {
            p.said {
                (speaker(said.speaker.as_deref(), said.source.as_deref()))
                @if let Some(cue) = &said.cue { " " span.cue { (cue) } }
                ": "
                @match said.carriers.first() {
                    Some(first) => a href={ "/articles/" (first.article) "#" (first.number) } { (said.content) },
                    None => (said.content),
                }
            }
            p.fine {
                @for (kind, by, words) in &said.status {
                    span.standing { (kind) } @if let Some(by) = by { " by " (by) } ": “" (words) "” · "
                }
                @for (i, one) in said.carriers.iter().enumerate() {
                    @if i == 0 { "first in " } @else if i == 1 { ", then " } @else { ", " }
                    (carrier(one))
                }
            }
            @for (one, words) in said.carriers.iter().filter_map(|one| Some((one, one.content.as_ref()?))) {
                p.fine { (one.outlet.as_deref().unwrap_or("another article")) ": “" (words) "”" }
            }
        } } }
    }
}

fn carrier(one: &Carrier) -> Markup {
    html! {
        a href={ "/articles/" (one.article) "#" (one.number) } { (one.outlet.as_deref().unwrap_or("an article")) }
        @if let Some(day) = &one.day { " (" (day) ")" }
        @if one.is_reprint { " (reprint)" }
    }
}

/// Parties down, issues across; a cell's words lead to their place.
fn matrix(held: &[Held]) -> Markup {
    let mut parties: Vec<&str> = Vec::new();
    let mut issues: Vec<&str> = Vec::new();
    for one in held {
        if !parties.contains(&one.party.as_str()) {
            parties.push(&one.party);
        }
        if !issues.contains(&one.issue.as_str()) {
            issues.push(&one.issue);
        }
    }
    html! {
        div.scroll tabindex="0" role="region" aria-label="Positions" {
            table.matrix {
                thead { tr { td {} @for issue in &issues { th scope="col" { (issue) } } } }
                tbody { @for party in &parties { tr {
                    th scope="row" { a href={ "/positions?party=" (part(party)) } { (party) } }
                    @for issue in &issues {
                        td { @for one in held.iter().filter(|one| one.party == *party && one.issue == *issue) {
                            @for step in &one.steps { (step_line(step)) }
                        } }
                    }
                } } }
            }
        }
    }
}

pub(super) fn step_line(step: &Step) -> Markup {
    let first = step.statements.split(' ').next().unwrap_or_default();
    html! {
        p.step {
            b class={ "stance " (step.stance) } { (step.stance) } ": "
            a href={ "/articles/" (step.article) "#" (first) } { "“" (step.detail) "”" }
            " " span.fine {
                (days(step.since.as_deref(), step.until.as_deref()))
                @if let Some(by) = &step.by { ", according to " (by) }
                @if !step.status.is_empty() { ", " (step.status) }
            }
        }
    }
}
