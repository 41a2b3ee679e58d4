//! Pages for people: every one works without JavaScript, by keyboard, on a narrow screen and on paper.

mod archive;
mod jobs;
mod login;
mod picture;
mod story;
mod text;
mod time;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sayso_view::page::{Page, checksum};

use super::assets;
use super::guard::POLICY;
use super::problem::Problem;
use super::state::{Shared, State};

/// What the head of each page leads to: address, name.
const PLACES: [(&str, &str); 9] = [
    ("/", "Read"),
    ("/brief", "Brief"),
    ("/check", "Check"),
    ("/archive", "Search"),
    ("/stories", "Stories"),
    ("/actors", "Actors"),
    ("/positions", "Positions"),
    ("/changes", "Changes"),
    ("/add", "Add"),
];

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/", get(text::read_form).post(text::read))
        .route("/read/{id}", get(text::reading))
        .route("/read/{id}/{file}", get(text::taken))
        .route("/add/{kept}", post(text::add))
        .route("/brief", get(text::brief_form).post(text::brief))
        .route("/brief/{id}", get(text::briefed))
        .route("/brief/{id}/brief.md", get(text::brief_taken))
        .route("/check", get(text::check_form).post(text::check))
        .route("/check/{id}", get(text::checked))
        .route("/archive", get(archive::search))
        .route("/articles/{number}", get(archive::article))
        .route("/stories", get(archive::stories))
        .route("/stories/{number}", get(story::story))
        .route("/actors", get(archive::actors))
        .route("/actors/{number}", get(archive::actor))
        .route("/outlets", get(archive::outlets))
        .route("/outlets/{name}", get(archive::outlet))
        .route("/positions", get(time::positions))
        .route("/changes", get(time::changes))
        .route("/add", get(jobs::form).post(jobs::add))
        .route("/jobs/{number}", get(jobs::job))
        .route("/jobs/{number}/cancel", post(jobs::cancel))
        // Whoever isn't known yet sends no more than a token.
        .route("/login", get(login::form).post(login::enter).layer(DefaultBodyLimit::max(4096)))
        .route("/logout", post(login::leave).layer(DefaultBodyLimit::max(4096)))
        .route("/api", get(try_it))
}

/// A page of this server's own, with the place in the head that it belongs to.
pub(super) fn own(here: &'static str, title: impl Into<String>, body: &Markup) -> (Page, &'static str) {
    let page = Page {
        of: "sayso.serve/1",
        title: title.into(),
        class: "own",
        styles: Vec::new(),
        unscripted: String::new(),
        script: "",
        // An article's words stand beside ours here, and must not turn them round.
        body: PreEscaped(crate::output::plain(&html! { main { (body) } }.into_string())),
    };
    (page, here)
}

/// A page with the server's head and, above its words, what else can be done with it.
pub(super) fn shown(state: &State, (page, here): (Page, &str), tools: Option<Markup>) -> Response {
    let (styles, script) = assets::names(&page);
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="generator" content=(page.of);
                (page.metas())
                title { (crate::output::plain_line(&page.title)) " · sayso" }
                @for style in styles { link rel="stylesheet" href={ "/assets/" (style) }; }
                link rel="stylesheet" href={ "/assets/" (assets::name(assets::STYLE, "css")) };
                @if !page.unscripted.is_empty() { noscript { style { (PreEscaped(&page.unscripted)) } } }
                @if let Some(script) = script { script src={ "/assets/" (script) } defer {} }
                script src={ "/assets/" (assets::name(assets::SCRIPT, "js")) } defer {}
            }
            body class=[(!page.class.is_empty()).then_some(page.class)] {
                a.skip href="#content" { "Skip to the content" }
                header.site {
                    nav aria-label="sayso" {
                        a.brand href="/" { "sayso" }
                        @for (address, name) in PLACES {
                            a href=(address) aria-current=[(address == here).then_some("page")] { (name) }
                        }
                        a href="/api" aria-current=[(here == "/api").then_some("page")] { "API" }
                        @if !state.access.is_open() && here != "/login" {
                            form.leave action="/logout" method="post" { button { "Sign out" } }
                        }
                    }
                }
                @if let Some(tools) = tools { div.tools { (tools) } }
                div #content tabindex="-1" { (page.body) }
            }
        }
    };
    // What was read is on no disk, a browser's neither; a form keeps what was written into it when one goes back.
    let store = if page.class == "own" { "private, no-cache" } else { "private, no-store" };
    let kept = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, store)];
    let mut response = (kept, markup.into_string()).into_response();
    if !page.unscripted.is_empty() {
        let policy =
            POLICY.replace("style-src 'self'", &format!("style-src 'self' {}", checksum(&page.unscripted)));
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
    response
}

/// What went wrong, for a person.
pub(super) fn problem(state: &State, problem: &Problem) -> Response {
    let title = problem.status.canonical_reason().unwrap_or("Problem");
    let page = own(
        "",
        title,
        &html! {
            h1 { (title) }
            p.wrong role="alert" { (problem.detail) "." }
            p { "Go back in your browser: what you wrote is still there. Or " a href="/" { "read an article" } ", "
            a href="/add" { "add articles" } " or " a href="/archive" { "search the archive" } "." }
        },
    );
    let mut response = shown(state, page, None);
    *response.status_mut() = problem.status;
    if let Some(seconds) = problem.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// An answer for a person, whatever came of it.
pub(super) fn for_person(state: &State, answer: Result<Response, Problem>) -> Response {
    answer.unwrap_or_else(|wrong| problem(state, &wrong))
}

pub(super) async fn missing(axum::extract::State(state): axum::extract::State<Shared>, uri: Uri) -> Response {
    let wrong = Problem::missing("there is no such page");
    if uri.path().starts_with("/api/") { wrong.into_response() } else { problem(&state, &wrong) }
}

/// The page on which the API is tried: Swagger UI, from this server alone.
async fn try_it(axum::extract::State(state): axum::extract::State<Shared>, headers: HeaderMap) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost:8017");
    let page = own(
        "/api",
        "API",
        &html! {
            h1 { "The HTTP API" }
            p {
                "Described in " a href="/api/v1/openapi.json" { "OpenAPI 3.1" } "; below it can be tried, where there is JavaScript. "
                "A program asks, for example:"
            }
            pre { code { "curl -s " (host) "/api/v1/read -H 'content-type: application/json' \\\n  -d '{\"text\": \"The mayor denied that the dam had leaked.\"}'" } }
            link rel="stylesheet" href={ "/assets/" (state.assets.swagger("css")) };
            div #swagger {}
            script src={ "/assets/" (state.assets.swagger("js")) } defer {}
            script src={ "/assets/" (assets::try_name()) } defer {}
        },
    );
    let mut response = shown(&state, page, None);
    // Its pictures stand in its own style, as data.
    let policy = POLICY.replace("img-src 'self'", "img-src 'self' data:");
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Somewhere else, after something was sent.
pub(super) fn see(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address.to_owned())]).into_response()
}

/// A part of an address, with nothing in it that means something there.
pub(super) fn part(words: &str) -> String {
    url::form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>().replace('+', "%20")
}
