//! Search, lists of stories, actors and outlets: the archive for people.

use axum::extract::State as Given;
use axum::response::Response;
use maud::{Markup, html};
use sayso::record::{Act, StandingKind};
use sayso::row::named;
use sayso_archive::{Filter, Hit, Outlet, StoryLine};

use serde::Serialize;

use super::story::article_list;
use super::time::held_list;
use super::{for_person, own, part, shown};
use crate::serve::answer::{Asked, At};
use crate::serve::api::{Matching, whole};
use crate::serve::problem::Problem;
use crate::serve::state::Shared;

/// Things on a page of a list.
const PAGE: usize = 30;
/// Lines of a list that isn't paged.
const MOST: usize = 200;
/// Acts that a search can be narrowed to, those that are looked for most.
const ACTS: [Act; 11] = [
    Act::State,
    Act::Deny,
    Act::Demand,
    Act::Reject,
    Act::Accept,
    Act::Warn,
    Act::Promise,
    Act::Accuse,
    Act::Criticise,
    Act::Praise,
    Act::Threaten,
];
/// All standings.
const STANDINGS: [StandingKind; 10] = [
    StandingKind::Denied,
    StandingKind::Disputed,
    StandingKind::Unverified,
    StandingKind::Confirmed,
    StandingKind::Pending,
    StandingKind::Retracted,
    StandingKind::Undetermined,
    StandingKind::DeclinedToComment,
    StandingKind::NoCommentYet,
    StandingKind::CommentSought,
];

/// A choice of a list; one that isn't in it stands there where it was asked for by an address.
fn options<T: Serialize>(all: &[T], chosen: Option<&str>) -> Markup {
    let mut names: Vec<String> = all.iter().map(named).collect();
    names.extend(chosen.filter(|chosen| !names.iter().any(|name| name == chosen)).map(str::to_owned));
    html! {
        option value="" { "any" }
        @for name in &names { option value=(name) selected[chosen == Some(name)] { (name.replace('-', " ")) } }
    }
}

pub(super) fn field(name: &str, label: &str, kind: &str, value: Option<&str>) -> Markup {
    html! {
        span.field {
            label for=(name) { (label) }
            input id=(name) name=(name) type=(kind) value=[value];
        }
    }
}

pub(super) async fn search(Given(state): Given<Shared>, asked: Result<Asked<Matching>, Problem>) -> Response {
    let answer = async {
        let Asked(asked) = asked?;
        let filter = Filter { limit: PAGE, ..asked.filter()? };
        let is_asked = filter != Filter { limit: PAGE, ..Filter::default() };
        let found = if is_asked {
            let filter = filter.clone();
            match state.ask(move |archive| Ok(archive.find(&filter)?)).await {
                Ok(page) => Ok(page),
                // Nobody of that name is no fault of the page.
                Err(problem) if problem.status == axum::http::StatusCode::NOT_FOUND => Err(problem.detail),
                Err(problem) => return Err(problem),
            }
        } else {
            Err(String::new())
        };
        let page = own(
            "/archive",
            "Search",
            &html! {
                h1 { "Who said what, in all articles" }
                (search_form(&filter))
                @match &found {
                    Err(words) if words.is_empty() => { (recent(&state).await?) }
                    Err(words) => { p.wrong role="alert" { (words) "." } }
                    Ok(page) => {
                        p.count role="status" {
                            @if page.more { "More than " (page.total) " statements match; the last added come first." }
                            @else { (page.total) " statement" @if page.total != 1 { "s" } " match" @if page.total == 1 { "es" } "." }
                        }
                        (hits(&page.hits))
                        (turn(&filter, page.offset, page.hits.len(), page.total, page.more))
                    }
                }
            },
        );
        Ok(shown(&state, page, None))
    };
    for_person(&state, answer.await)
}

fn search_form(filter: &Filter) -> Markup {
    let words = |words: &Option<String>| words.clone().unwrap_or_default();
    html! {
        form.search action="/archive" method="get" role="search" {
            span.field.wide { label for="words" { "Words" } input id="words" name="words" type="search" value=(words(&filter.words)); }
            (field("by", "Speaker", "text", filter.by.as_deref()))
            (field("party", "For whom", "text", filter.party.as_deref()))
            (field("on", "Issue", "text", filter.on.as_deref()))
            (field("outlet", "Outlet", "text", filter.outlet.as_deref()))
            (field("since", "From", "date", filter.since.as_deref()))
            (field("until", "To", "date", filter.until.as_deref()))
            span.field { label for="act" { "Act" }
                select #act name="act" { (options(&ACTS, filter.act.as_deref())) } }
            span.field { label for="status" { "Standing" }
                select #status name="status" { (options(&STANDINGS, filter.status.as_deref())) } }
            @if let Some(story) = filter.story { input type="hidden" name="story" value=(story); }
            @if let Some(actor) = filter.actor { input type="hidden" name="actor" value=(actor); }
            button { "Search" }
        }
    }
}

/// What there is where nothing is asked for.
async fn recent(state: &Shared) -> Result<Markup, Problem> {
    let all = state.ask(|archive| Ok((archive.size()?, archive.stories(None, 10)?))).await;
    Ok(match all {
        Err(problem) if problem.status == axum::http::StatusCode::NOT_FOUND => html! {
            p { "There is no archive yet. " a href="/add" { "Add articles" } ", feeds or addresses." }
        },
        Err(problem) => return Err(problem),
        Ok(((articles, statements), stories)) => html! {
            p.count { (articles) " articles with " (statements) " statements, of these " a href="/outlets" { "outlets" } ". "
                a href="/api/v1/export?format=csv" { "All as CSV" } ", "
                a href="/api/v1/export" { "as JSON lines" } ", "
                a href="/api/v1/export?format=parquet" download="statements.parquet" { "as Parquet" } "." }
            h2 { "The latest stories" }
            (story_list(&stories))
        },
    })
}

fn turn(filter: &Filter, offset: usize, here: usize, total: u64, more: bool) -> Markup {
    let with = |offset: usize| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("words", &filter.words),
            ("by", &filter.by),
            ("party", &filter.party),
            ("on", &filter.on),
            ("act", &filter.act),
            ("form", &filter.form),
            ("status", &filter.status),
            ("outlet", &filter.outlet),
            ("since", &filter.since),
            ("until", &filter.until),
        ] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        for (name, number) in [("story", filter.story), ("actor", filter.actor)] {
            if let Some(number) = number {
                query.append_pair(name, &number.to_string());
            }
        }
        query.append_pair("cursor", &crate::serve::list::cursor(offset));
        format!("/archive?{}", query.finish())
    };
    let after = offset + here;
    html! {
        nav.pages aria-label="Pages" {
            @if offset > 0 { a rel="prev" href=(with(offset.saturating_sub(PAGE))) { "Before" } }
            @if here > 0 && (more || (after as u64) < total) { a rel="next" href=(with(after)) { "More" } }
        }
    }
}

/// Statements as a list; each leads to its place in its article.
fn hits(all: &[Hit]) -> Markup {
    html! {
        ol.hits { @for hit in all { li {
            p.said {
                (speaker(hit.speaker.as_deref(), hit.source.as_deref()))
                @if let Some(cue) = &hit.cue { " " span.cue { (cue) } }
                ": " a href={ "/articles/" (hit.article) "#" (hit.number) } { (marked(&hit.content, &hit.matches)) }
            }
            p.fine {
                @for status in &hit.status { span.standing { (status) } " " }
                @if !hit.chain.is_empty() { "through " (hit.chain) " · " }
                @if let Some(outlet) = &hit.outlet { a href={ "/outlets/" (part(outlet)) } { (outlet) } " · " }
                @if let Some(day) = &hit.day { (day) " · " }
                @if let Some(title) = &hit.title { (title) }
                @if hit.carriers > 1 { " · " (hit.carriers) " articles carry it" }
                @if let Some(of) = hit.reprint_of { " · in a reprint of article " (of) }
                @if hit.confidence < 0.5 { " · unsure" }
            }
        } } }
    }
}

pub(super) fn speaker(name: Option<&str>, source: Option<&str>) -> Markup {
    html! {
        @match (name, source) {
            (Some(name), _) => a.who href={ "/archive?by=" (part(name)) } title=[source] { (name) },
            (None, Some(source)) => span.who { (source) },
            (None, None) => span.who { "nobody named" },
        }
    }
}

fn marked(content: &str, matches: &[(usize, usize)]) -> Markup {
    let all: Vec<char> = content.chars().collect();
    let mut at = 0;
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for &(start, end) in matches.iter().filter(|(start, end)| start < end && *end <= all.len()) {
        if start < at {
            continue;
        }
        pieces.push((all[at..start].iter().collect(), false));
        pieces.push((all[start..end].iter().collect(), true));
        at = end;
    }
    pieces.push((all[at..].iter().collect(), false));
    html! { @for (words, is_found) in pieces { @if is_found { mark { (words) } } @else { (words) } } }
}

pub(super) async fn article(Given(state): Given<Shared>, At(number): At) -> Response {
    let answer = async {
        let number = whole(&number)?;
        let (record, story) = state
            .ask(move |archive| Ok((archive.one_stored(number)?.record, archive.story_of(number)?)))
            .await?;
        let name = record.article.input.clone().unwrap_or_default();
        let page = tokio::task::block_in_place(|| sayso_view::html::page(&[(name.as_str(), &record)]));
        let number = number.to_string();
        let tools = html! {
            span { "Article " (number) " of the archive" }
            @if let Some(story) = story { a href={ "/stories/" (story) } { "Its story" } }
            (super::text::next_form("/brief", "Brief it", &[("article", &number)]))
            a href={ "/check?article=" (number) } { "Check a brief against it" }
            a href={ "/api/v1/articles/" (number) } { "JSON" }
        };
        Ok(shown(&state, (page, "/archive"), Some(tools)))
    };
    for_person(&state, answer.await)
}

/// Words of a headline or name.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Words {
    words: Option<String>,
}

fn words_form(action: &str, label: &str, words: Option<&str>) -> Markup {
    html! {
        form.search action=(action) method="get" role="search" {
            (field("words", label, "search", words))
            button { "Search" }
        }
    }
}

/// That a list has more than it shows.
fn only_first(n: usize) -> Markup {
    html! { @if n > MOST { p.fine { "The first " (MOST) "; search for others by words." } } }
}

pub(super) async fn stories(Given(state): Given<Shared>, asked: Result<Asked<Words>, Problem>) -> Response {
    let answer = async {
        let words = asked?.0.words.filter(|words| !words.trim().is_empty());
        let sought = words.clone();
        let all = state.ask(move |archive| Ok(archive.stories(sought.as_deref(), MOST + 1)?)).await?;
        let page = own(
            "/stories",
            "Stories",
            &html! {
                h1 { "Stories, the latest first" }
                (words_form("/stories", "Words of a headline", words.as_deref()))
                @if all.is_empty() { p { "No headline has these words." } }
                (only_first(all.len()))
                (story_list(all.get(..MOST).unwrap_or(&all)))
            },
        );
        Ok(shown(&state, page, None))
    };
    for_person(&state, answer.await)
}

pub(super) fn days(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (Some(day), _) | (_, Some(day)) => day.to_owned(),
        _ => "undated".to_owned(),
    }
}

pub(super) fn story_list(all: &[StoryLine]) -> Markup {
    html! {
        ul.stories { @for line in all { li {
            a href={ "/stories/" (line.id) } { (line.title) }
            p.fine {
                (line.articles) " article" @if line.articles != 1 { "s" }
                @if line.articles > line.origins { ", " (line.articles - line.origins) " of them reprints" }
                " · " (days(line.first.as_deref(), line.last.as_deref()))
            }
        } } }
    }
}

pub(super) async fn actors(Given(state): Given<Shared>, asked: Result<Asked<Words>, Problem>) -> Response {
    let answer = async {
        let words = asked?.0.words.filter(|words| !words.trim().is_empty());
        let sought = words.clone();
        let all = state.ask(move |archive| Ok(archive.actors(sought.as_deref(), (MOST + 1, 0))?)).await?;
        let page = own(
            "/actors",
            "Actors",
            &html! {
                h1 { "Who speaks" }
                (words_form("/actors", "Words of a name", words.as_deref()))
                @if all.is_empty() { p { "Nobody’s name has these words." } }
                (only_first(all.len()))
                ul.stories { @for one in all.iter().take(MOST) { li {
                    a href={ "/actors/" (one.id) } { (one.name) } " "
                    span.fine { (one.kind) " · " (one.statements) " statement" @if one.statements != 1 { "s" } }
                } } }
            },
        );
        Ok(shown(&state, page, None))
    };
    for_person(&state, answer.await)
}

pub(super) async fn actor(Given(state): Given<Shared>, At(number): At) -> Response {
    let answer = async {
        let number = whole(&number)?;
        let profile = state.ask(move |archive| Ok(archive.profile(number)?)).await?;
        let page = own(
            "/actors",
            profile.name.clone(),
            &html! {
                h1 { (profile.name) }
                p.fine { (profile.kind) " · " (profile.statements) " statement" @if profile.statements != 1 { "s" }
                    " · " (days(profile.first.as_deref(), profile.last.as_deref())) }
                @if !profile.titles.is_empty() {
                    h2 { "Offices" }
                    ul { @for one in &profile.titles { li { (one.words) " " span.fine { (days(one.first.as_deref(), one.last.as_deref())) } } } }
                }
                @if !profile.parties.is_empty() {
                    h2 { "Speaks for" }
                    ul { @for (party, n) in &profile.parties { li { a href={ "/positions?party=" (part(party)) } { (party) } " " span.fine { (n) } } } }
                }
                @if !profile.merged.is_empty() {
                    h2 { "Also, by hand" }
                    ul { @for name in &profile.merged { li { (name) } } }
                }
                @if !profile.outlets.is_empty() {
                    h2 { "Carried by" }
                    ul { @for (outlet, n) in &profile.outlets { li { a href={ "/outlets/" (part(outlet)) } { (outlet) } " " span.fine { (n) } } } }
                }
                (held_list(&profile.positions.held))
                h2 { "Said last" }
                (hits(&profile.latest))
                p { a href={ "/archive?actor=" (profile.id) } { "All that is on record" } }
            },
        );
        Ok(shown(&state, page, None))
    };
    for_person(&state, answer.await)
}

pub(super) async fn outlets(Given(state): Given<Shared>, asked: Result<Asked<Words>, Problem>) -> Response {
    let answer = async {
        let words = asked?.0.words.filter(|words| !words.trim().is_empty());
        let sought = words.clone();
        let all = state.ask(move |archive| Ok(archive.outlets(sought.as_deref(), (MOST + 1, 0))?)).await?;
        let page = own(
            "/archive",
            "Outlets",
            &html! {
                h1 { "Who publishes" }
                (words_form("/outlets", "Words of a name", words.as_deref()))
                @if all.is_empty() { p { @if words.is_some() { "No outlet’s name has these words." } @else { "No article says who published it." } } }
                (only_first(all.len()))
                ul.stories { @for one in all.iter().take(MOST) { li {
                    a href={ "/outlets/" (part(&one.name)) } { (one.name) } " "
                    span.fine {
                        (one.articles) " article" @if one.articles != 1 { "s" }
                        @if one.reprints > 0 { ", " (one.reprints) " of them reprints" }
                        " · " (days(one.first.as_deref(), one.last.as_deref()))
                    }
                } } }
            },
        );
        Ok(shown(&state, page, None))
    };
    for_person(&state, answer.await)
}

pub(super) async fn outlet(Given(state): Given<Shared>, At(name): At) -> Response {
    let answer = async {
        let sought = name.clone();
        let all = state
            .ask(move |archive| Ok(archive.articles(Some(Outlet::Name(&sought)), (None, None), (100, 0))?))
            .await?;
        if all.is_empty() {
            return Err(Problem::missing(format!("no article is of {name}")));
        }
        let page = own(
            "/archive",
            name.clone(),
            &html! {
                h1 { (name) }
                p { a href={ "/archive?outlet=" (part(&name)) } { "Statements that it carries" } }
                h2 { "Its latest articles" }
                (article_list(&all))
            },
        );
        Ok(shown(&state, page, None))
    };
    for_person(&state, answer.await)
}
