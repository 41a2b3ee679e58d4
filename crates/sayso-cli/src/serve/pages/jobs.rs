//! What is added in the background, and how far it is.

use axum::extract::State as Given;
use axum::response::Response;
use maud::html;

use super::{for_person, own, see, shown};
use crate::serve::answer::At;
use crate::serve::form::Form;
use crate::serve::jobs::{Job, Stage, What, begin};
use crate::serve::problem::Problem;
use crate::serve::state::Shared;

pub(super) async fn form(Given(state): Given<Shared>) -> Response {
    let page = own(
        "/add",
        "Add articles",
        &html! {
            h1 { "Add articles to the archive" }
            form.ask action="/add" method="post" enctype="multipart/form-data" {
                label for="url" { "Addresses of articles, feeds or sitemaps, one a line" }
                textarea #url name="url" rows="4" autocapitalize="none" spellcheck="false" {}
                label for="file" { "or files: articles, feeds, JSON lines, web archives, Parquet" }
                input #file type="file" name="file" multiple;
                button { "Add" }
            }
            h2 { "Since the server started" }
            @let all = state.jobs.all();
            @if all.is_empty() { p { "Nothing was added yet." } }
            ul.stories { @for job in &all { li {
                a href={ "/jobs/" (job.number) } { (job.what) } " "
                span.fine { (stage(job)) ", " (job.articles) " article" @if job.articles != 1 { "s" } }
            } } }
        },
    );
    shown(&state, page, None)
}

pub(super) async fn add(Given(state): Given<Shared>, form: Result<Form, Problem>) -> Response {
    let answer = async {
        let form = form?;
        let (urls, files) = (form.urls(), form.files());
        let what = match (urls.is_empty(), files.is_empty()) {
            (false, true) => What::addresses(&urls)?,
            (true, false) => tokio::task::block_in_place(|| What::files(&files))?,
            (true, true) => return Err(Problem::bad("give addresses or files")),
            (false, false) => return Err(Problem::bad("give addresses or files, not both at once")),
        };
        Ok(see(&format!("/jobs/{}", begin(&state, what)?.number)))
    };
    for_person(&state, answer.await)
}

pub(super) async fn job(Given(state): Given<Shared>, At(number): At) -> Response {
    let answer = || {
        let job = state
            .jobs
            .get(&number)
            .ok_or_else(|| Problem::missing("there is no such job since the server started"))?;
        let job = job.shown();
        let runs = matches!(job.state, Stage::Waiting | Stage::Running);
        let page = own(
            "/add",
            job.what.clone(),
            &html! {
                h1 { "Adding " (job.what) }
                div #job data-job=[runs.then_some(job.number)] role="status" {
                    p {
                        span data-told="stage" { (stage(&job)) } ": "
                        span data-told="articles" { (job.articles) } " articles"
                    }
                    @if runs { progress max="1" value=[job.done] aria-label="How much is done" {} }
                    @if let Some(outcome) = &job.outcome { p { (outcome) "." } }
                }
                @if runs {
                    form action={ "/jobs/" (job.number) "/cancel" } method="post" { button { "End it" } }
                    noscript { p.fine { a href={ "/jobs/" (job.number) } { "Look again" } } }
                } @else { p { a href="/archive" { "Search the archive" } " · " a href="/stories" { "Stories" } } }
                @if !job.failed.is_empty() {
                    h2 { "Could not be added" }
                    ul { @for line in &job.failed { li { (line) } } }
                }
            },
        );
        Ok(shown(&state, page, None))
    };
    for_person(&state, answer())
}

pub(super) async fn cancel(Given(state): Given<Shared>, At(number): At) -> Response {
    let answer = || {
        let job = state.jobs.get(&number).ok_or_else(|| Problem::missing("there is no such job"))?;
        job.cancel();
        Ok(see(&format!("/jobs/{number}")))
    };
    for_person(&state, answer())
}

fn stage(job: &Job) -> &'static str {
    match job.state {
        Stage::Waiting => "waits for its turn",
        Stage::Running => "runs",
        Stage::Done => "done",
        Stage::Failed => "failed",
        Stage::Ended => "ended",
    }
}
