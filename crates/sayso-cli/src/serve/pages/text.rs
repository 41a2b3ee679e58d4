//! Read, brief, check: what is done with an article's text.

use std::sync::Arc;

use axum::extract::State as Given;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sayso::brief::BriefOptions;
use sayso::{Article, Record};
use sayso_view::check::Shown;
use tokio::task::block_in_place;

use super::{for_person, own, see, shown};
use crate::desk::Desk;
use crate::serve::answer::At;
use crate::serve::api::into_archive;
use crate::serve::form::Form;
use crate::serve::jobs;
use crate::serve::kept::Answer;
use crate::serve::problem::Problem;
use crate::serve::state::Shared;

/// Fields for an article: its text, an address, a file.
fn article_fields(many: bool) -> Markup {
    html! {
        label for="text" { "The article’s text" }
        textarea #text name="text" rows="10" lang="en" {}
        @if many {
            label for="url" { "or addresses of articles, one a line" }
            textarea #url name="url" rows="2" autocapitalize="none" spellcheck="false" {}
            label for="file" { "or files" }
            input #file type="file" name="file" multiple accept=(ACCEPT);
        } @else {
            label for="url" { "or the address of its page" }
            input #url type="url" name="url" placeholder="https://";
            label for="file" { "or a file, which can be dropped here too" }
            input #file type="file" name="file" accept=(ACCEPT);
            details {
                summary { "Headline, outlet and day, where the text doesn’t say them" }
                label for="title" { "Headline" }
                input #title name="title";
                label for="outlet" { "Outlet" }
                input #outlet name="outlet";
                label for="published" { "Day" }
                input #published name="published" type="date";
            }
        }
    }
}

const ACCEPT: &str = ".txt,.md,.html,.htm,.json,.gz,text/plain,text/html";

pub(super) async fn read_form(Given(state): Given<Shared>) -> Response {
    let page = own(
        "/",
        "Who said what?",
        &html! {
            h1 { "On whose say-so?" }
            p.lead { "Who says what in an article, in whose words, how firmly, through whose hands, and who denies it." }
            form.ask action="/" method="post" enctype="multipart/form-data" data-drop {
                (article_fields(false))
                button { "Read it" }
            }
            p.fine { "It is read on this machine. Nothing is sent anywhere, and nothing is kept but in this server’s memory, until you add it to the archive." }
        },
    );
    shown(&state, page, None)
}

/// The articles that a form means: those of pages before, and new ones.
async fn given(state: &Shared, form: Form) -> Result<Vec<(Article, Record)>, Problem> {
    let mut before = Vec::new();
    for id in form.every("kept") {
        match state.kept.get(id).as_deref() {
            Some(Answer::Reading(both)) => before.push(both.as_ref().clone()),
            _ => return Err(gone()),
        }
    }
    let has_before = !before.is_empty();
    let new = move |desk: &Desk| {
        if has_before && form.has_no_article() { Ok(Vec::new()) } else { form.articles(desk) }
    };
    before.extend(state.read(new).await?);
    Ok(before)
}

fn gone() -> Problem {
    Problem::missing("this page isn’t kept any more; read the article again")
}

pub(super) async fn read(Given(state): Given<Shared>, form: Result<Form, Problem>) -> Response {
    let answer = async {
        let mut all = given(&state, form?).await?;
        let one = if all.len() == 1 { all.pop() } else { None };
        let both = one.ok_or_else(|| Problem::bad("give one article at a time"))?;
        Ok(see(&format!("/read/{}", state.kept.put(Answer::Reading(Box::new(both))))))
    };
    for_person(&state, answer.await)
}

pub(super) async fn reading(Given(state): Given<Shared>, At(id): At) -> Response {
    let answer = || {
        let kept = state.kept.get(&id).ok_or_else(gone)?;
        let Answer::Reading(both) = kept.as_ref() else { return Err(gone()) };
        let record = &both.1;
        let name = record.article.input.clone().unwrap_or_default();
        let page = block_in_place(|| sayso_view::html::page(&[(name.as_str(), record)]));
        let tools = html! {
            (next_form("/brief", "Brief it", &[("kept", &id)]))
            (next_form(&format!("/add/{id}"), "Add it to the archive", &[]))
            a href={ "/check?kept=" (id) } { "Check a brief against it" }
            a href={ "/read/" (id) "/record.json" } download="record.json" { "JSON" }
            a href={ "/read/" (id) "/statements.csv" } download="statements.csv" { "CSV" }
            a href={ "/read/" (id) "/statements.md" } download="statements.md" { "Markdown" }
        };
        Ok(shown(&state, (page, "/"), Some(tools)))
    };
    for_person(&state, answer())
}

/// Puts what was read into the archive, and shows it there.
pub(super) async fn add(Given(state): Given<Shared>, At(id): At) -> Response {
    let answer = async {
        let (kept, made) = state.kept.with_moment(&id).ok_or_else(gone)?;
        let work = move |desk: &Desk| {
            let Answer::Reading(both) = kept.as_ref() else { return Ok(Err(gone())) };
            // What was read before mustn't bury what came since.
            if jobs::opened(desk)?.was_given_since(&both.0, &made)? {
                let detail =
                    "the archive was given a newer version of this page since it was read; read it again";
                return Ok(Err(Problem::new(StatusCode::CONFLICT, detail)));
            }
            Ok(Ok(into_archive(desk, &both.0, &both.1)?.1))
        };
        let number = state.read(work).await??;
        Ok(see(&number.map_or_else(|| "/archive".to_owned(), |number| format!("/articles/{number}"))))
    };
    for_person(&state, answer.await)
}

/// A reading for other programs: its record, or its statements for a spreadsheet or a document.
pub(super) async fn taken(
    Given(state): Given<Shared>,
    axum::extract::Path((id, file)): axum::extract::Path<(String, String)>,
) -> Response {
    let answer = || {
        let kept = state.kept.get(&id).ok_or_else(gone)?;
        let Answer::Reading(both) = kept.as_ref() else { return Err(gone()) };
        let record = &both.1;
        let name = record.article.input.clone().unwrap_or_default();
        let (kind, words) = match file.as_str() {
            "record.json" => {
                ("application/json", serde_json::to_string_pretty(record).map_err(|_| Problem::fault())?)
            }
            "statements.csv" => {
                ("text/csv; charset=utf-8", sayso_view::csv::header() + &sayso_view::csv::rows(record, &name))
            }
            "statements.md" => ("text/markdown; charset=utf-8", sayso_view::md::render(record, &name)),
            _ => return Err(Problem::missing("a reading is record.json, statements.csv or statements.md")),
        };
        Ok(([(header::CONTENT_TYPE, kind)], words).into_response())
    };
    for_person(&state, block_in_place(answer))
}

/// The brief for a document, with footnotes.
pub(super) async fn brief_taken(Given(state): Given<Shared>, At(id): At) -> Response {
    let answer = || {
        let kept = state.kept.get(&id).ok_or_else(gone)?;
        let Answer::Brief(brief) = kept.as_ref() else { return Err(gone()) };
        let kind = [(header::CONTENT_TYPE, "text/markdown; charset=utf-8")];
        Ok((kind, sayso_view::brief::markdown(brief)).into_response())
    };
    for_person(&state, answer())
}

/// A button that goes on with what is on the page.
pub(super) fn next_form(action: &str, words: &str, fields: &[(&str, &str)]) -> Markup {
    html! {
        form action=(action) method="post" enctype="multipart/form-data" {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button { (words) }
        }
    }
}

pub(super) async fn brief_form(Given(state): Given<Shared>) -> Response {
    let page = own(
        "/brief",
        "A neutral brief",
        &html! {
            h1 { "A neutral brief" }
            p.lead { "Of one article, or of several on one story, in their own words, each sentence with the passage that it is from." }
            form.ask action="/brief" method="post" enctype="multipart/form-data" {
                (article_fields(true))
                label for="length" { "How long" }
                select #length name="length" {
                    option value="short" { "short" } option value="medium" selected { "medium" } option value="full" { "full" }
                }
                button { "Brief it" }
            }
        },
    );
    shown(&state, page, None)
}

pub(super) async fn brief(Given(state): Given<Shared>, form: Result<Form, Problem>) -> Response {
    let answer = async {
        let form = form?;
        let length = match form.get("length") {
            Some("short") => sayso::brief::Length::Short,
            Some("full") => sayso::brief::Length::Full,
            _ => sayso::brief::Length::Medium,
        };
        let all = given(&state, form).await?;
        if all.is_empty() {
            return Err(Problem::bad("give an article"));
        }
        let (articles, records): (Vec<Article>, Vec<Record>) = all.into_iter().unzip();
        let brief = state
            .read(move |desk| {
                let options = BriefOptions { length, date: crate::brief::date(None)? };
                Ok(desk.engine.brief_read(&articles, &records, &options))
            })
            .await?;
        Ok(see(&format!("/brief/{}", state.kept.put(Answer::Brief(Box::new(brief))))))
    };
    for_person(&state, answer.await)
}

pub(super) async fn briefed(Given(state): Given<Shared>, At(id): At) -> Response {
    let answer = || {
        let kept = state.kept.get(&id).ok_or_else(gone)?;
        let Answer::Brief(brief) = kept.as_ref() else { return Err(gone()) };
        let tools = html! { a href={ "/brief/" (id) "/brief.md" } download="brief.md" { "Markdown" } };
        Ok(shown(&state, (block_in_place(|| sayso_view::brief::page(brief)), "/brief"), Some(tools)))
    };
    for_person(&state, answer())
}

/// What the form of a check begins with.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Begun {
    kept: Option<String>,
    article: Option<String>,
}

pub(super) async fn check_form(
    Given(state): Given<Shared>,
    axum::extract::Query(begun): axum::extract::Query<Begun>,
) -> Response {
    let title = begun.kept.as_ref().and_then(|id| match state.kept.get(id).as_deref() {
        Some(Answer::Reading(both)) => {
            Some(both.1.article.title.clone().unwrap_or_else(|| "the article that you read".to_owned()))
        }
        _ => None,
    });
    let page = own(
        "/check",
        "Is this brief true?",
        &html! {
            h1 { "Is this brief true to its sources?" }
            p.lead { "Quotations, speakers, figures, dates, names, hedges and denials of a text, held against the articles it was made from." }
            form.ask action="/check" method="post" enctype="multipart/form-data" {
                label for="brief" { "The brief" }
                textarea #brief name="brief" rows="8" required lang="en" {}
                @if let (Some(id), Some(title)) = (&begun.kept, &title) {
                    input type="hidden" name="kept" value=(id);
                    p { "Held against “" (title) "”" ", and against:" }
                } @else if let Some(number) = &begun.article {
                    input type="hidden" name="article" value=(number);
                    p { "Held against article " (number) " of the archive, and against:" }
                }
                (article_fields(true))
                button { "Check it" }
            }
        },
    );
    shown(&state, page, None)
}

pub(super) async fn check(Given(state): Given<Shared>, form: Result<Form, Problem>) -> Response {
    let answer = async {
        let form = form?;
        let brief = form.get("brief").unwrap_or_default().replace("\r\n", "\n");
        if !brief.contains(char::is_alphanumeric) {
            return Err(Problem::bad("the brief has no words"));
        }
        let all = given(&state, form).await?;
        if all.is_empty() {
            return Err(Problem::bad("give an article that the brief is held against"));
        }
        let articles: Vec<Article> = all.into_iter().map(|(article, _)| article).collect();
        let report = state
            .read(move |desk| Ok(desk.engine.check(&Article::from_text(brief.as_str()), &articles)))
            .await?;
        Ok(see(&format!("/check/{}", state.kept.put(Answer::Report(Box::new(report))))))
    };
    for_person(&state, answer.await)
}

pub(super) async fn checked(Given(state): Given<Shared>, At(id): At) -> Response {
    let answer = || {
        let kept: Arc<Answer> = state.kept.get(&id).ok_or_else(gone)?;
        let Answer::Report(report) = kept.as_ref() else { return Err(gone()) };
        let mut page = block_in_place(|| sayso_view::check::page(&[Shown::new(report)]));
        let fixes = report.findings.iter().filter(|finding| finding.fix.is_some()).count();
        let mut tools = None;
        if fixes > 0 {
            let body = page.body;
            page.body = html! { (body) (mended(report, fixes)) };
            let s = if fixes == 1 { "" } else { "es" };
            let more = report.findings.len() - fixes;
            tools = Some(html! {
                a href="#mended" { "The brief with " (fixes) " safe fix" (s) ", to copy" }
                @if more > 0 { span { (more) " finding" @if more != 1 { "s" } " left for you" } }
            });
        }
        Ok(shown(&state, (page, "/check"), tools))
    };
    for_person(&state, answer())
}

/// The brief with all that can be put right safely, to be copied.
fn mended(report: &sayso::check::Report, fixes: usize) -> Markup {
    let s = if fixes == 1 { "" } else { "es" };
    html! {
        section.mended aria-labelledby="mended" {
            h2 #mended { "With " (fixes) " safe fix" (s) }
            textarea #mended-text readonly rows="8" aria-labelledby="mended" { (report.fixed()) }
            button.copy type="button" data-copy="mended-text" hidden { "Copy" }
        }
    }
}
