//! `/api/v1`: what programs can ask.
//!
//! One list of operations makes both the routes and their description (`openapi.rs`), so that neither can have what the other
//! lacks.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Request, State as From};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{MethodRouter, delete, get, post};
use sayso::Article;
use sayso::brief::Brief;
use sayso::check::Report;
use sayso::record::{self, Act, Record, StandingKind};
use sayso::row::named;
use sayso_archive::{
    ActorLine, Added, Archive, Changes, Dated, Filter, Hit, Incoming, Outlet, OutletLine, Positions, Profile,
    Row, Story, StoryLine,
};
use schemars::JsonSchema;
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

use super::answer::{Asked, At, END, Given, bytes, day, json, streamed};
use super::export::{Form, SLOWEST, export};
use super::jobs::{self, Job, What};
use super::list::{Listed, cursor, limit, offset};
use super::openapi::Operation;
use super::problem::Problem;
use super::state::{Shared, State};
use crate::desk::Desk;
use crate::desk::asked::{Briefing, Checking, Holding, Quoting, Told};
use crate::quote::Answer;

/// Articles of one batch.
const BATCH: usize = 1_000;

/// All operations, in the order in which they are described.
pub(super) fn operations() -> Vec<Operation> {
    let op = Operation::new;
    vec![
        op("post", "/read", "Who says what in an article", post(read)).takes::<Told>().gives::<Record>(),
        op("post", "/read/batch", "The same for many: a line of JSON for each, in and out", post(batch))
            .takes_lines::<Told>()
            .gives_lines::<Read>(),
        op("post", "/brief", "A neutral brief of one article or several on one story", post(brief))
            .takes::<Briefing>()
            .gives::<Brief>(),
        op("post", "/check", "What a text says otherwise than its articles", post(check))
            .takes::<Checking>()
            .gives::<Report>(),
        op("post", "/quote", "Whether a quotation stands in articles, and who says it there", post(quote))
            .takes::<Quoting>()
            .gives::<Answer>(),
        op("get", "/articles", "Articles of the archive, the latest first", get(articles))
            .asks::<Listing>()
            .gives::<Listed<Dated>>(),
        op("post", "/articles", "Puts an article into the archive", post(add))
            .takes::<Told>()
            .gives::<AddedOne>()
            .writes(),
        op("get", "/articles/{number}", "An article's record", get(article)).gives::<Record>(),
        op("get", "/statements", "Statements of the archive that match", get(statements))
            .asks::<Matching>()
            .gives::<Listed<Hit>>(),
        op("get", "/actors", "Who speaks in the archive, those first who say most", get(actors))
            .asks::<Named>()
            .gives::<Listed<ActorLine>>(),
        op("get", "/actors/{name}", "What is known of somebody, by name or number", get(actor))
            .gives::<Profile>(),
        op("get", "/outlets", "Who publishes in the archive, those first with most articles", get(outlets))
            .asks::<Named>()
            .gives::<Listed<OutletLine>>(),
        op("get", "/stories", "Stories of the archive, the latest first", get(stories))
            .asks::<Named>()
            .gives::<Listed<StoryLine>>(),
        op("get", "/stories/{number}", "What happened in a story and who said what", get(story))
            .gives::<Story>(),
        op("get", "/positions", "What parties held on issues, and when it changed", get(positions))
            .asks::<Holding>()
            .gives::<Positions>(),
        op("get", "/changes", "What is new since a day", get(changes)).asks::<Days>().gives::<Changes>(),
        op(
            "get",
            "/export",
            "A row for each statement of the archive, as JSON lines, CSV or Parquet",
            get(export),
        )
        .asks::<Form>()
        .gives_lines::<Row>()
        .gives_too(&["text/csv", "application/vnd.apache.parquet"]),
        op("get", "/jobs", "What runs in the background or ran since the server started", get(all_jobs))
            .gives::<Listed<Job>>(),
        op("post", "/jobs", "Adds articles, feeds and sitemaps in the background", post(begin))
            .takes::<Begin>()
            .gives_as::<Job>(StatusCode::ACCEPTED)
            .writes(),
        op("get", "/jobs/{number}", "How far a job is", get(job)).gives::<Job>(),
        op("delete", "/jobs/{number}", "Ends a job; what it added stays", delete(cancel))
            .gives::<Job>()
            .writes(),
    ]
}

async fn read(From(state): From<Shared>, Given(told): Given<Told>) -> Result<Response, Problem> {
    let record = state.read(move |desk| Ok(desk.read(&told, 1)?.1)).await?;
    json(&HeaderMap::new(), &record)
}

/// A line of a batch: the record, or why there is none.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Read {
    /// The line's number, from 1.
    line: usize,
    record: Option<Record>,
    error: Option<String>,
}

async fn batch(From(state): From<Shared>, request: Request) -> Result<Response, Problem> {
    let body = bytes(request, &state).await?;
    let lines = body.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    if !(1..=BATCH).contains(&lines) {
        return Err(Problem::bad(format!("a batch has from 1 to {BATCH} lines of JSON")));
    }
    let (sender, receiver) = tokio::sync::mpsc::channel::<Result<Bytes, std::io::Error>>(4);
    tokio::spawn(async move {
        let lines = (1..).zip(body.split(|byte| *byte == b'\n'));
        for (n, line) in lines.filter(|(_, line)| !line.trim_ascii().is_empty()) {
            let told = serde_json::from_slice::<Told>(line);
            let read = match told {
                Err(error) => Err(error.to_string()),
                // One client, who waits for all of it.
                Ok(told) => match state.readers.wait().await {
                    Ok(place) => {
                        let read = state.read_at(place, move |desk| Ok(desk.read(&told, n)?.1));
                        read.await.map_err(|problem| problem.detail)
                    }
                    Err(problem) => Err(problem.detail),
                },
            };
            let (record, error) = match read {
                Ok(record) => (Some(record), None),
                Err(error) => (None, Some(error)),
            };
            let mut line = serde_json::to_vec(&Read { line: n, record, error }).unwrap_or_default();
            line.push(b'\n');
            // Nobody waits for the rest.
            if sender.send_timeout(Ok(line.into()), SLOWEST).await.is_err() {
                return;
            }
        }
        let _ = sender.send_timeout(Ok(END), SLOWEST).await;
    });
    Ok(streamed("application/x-ndjson", receiver))
}

async fn brief(From(state): From<Shared>, Given(asked): Given<Briefing>) -> Result<Response, Problem> {
    json(&HeaderMap::new(), &state.read(move |desk| desk.brief(&asked)).await?)
}

async fn check(From(state): From<Shared>, Given(asked): Given<Checking>) -> Result<Response, Problem> {
    json(&HeaderMap::new(), &state.read(move |desk| desk.check(&asked)).await?)
}

async fn quote(From(state): From<Shared>, Given(asked): Given<Quoting>) -> Result<Response, Problem> {
    json(&HeaderMap::new(), &state.read(move |desk| desk.quote(&asked)).await?)
}

/// Which articles.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Listing {
    /// Words of an outlet's name.
    outlet: Option<String>,
    /// The first day, as 2026-03-15.
    #[schemars(extend("format" = "date"))]
    since: Option<String>,
    /// The last day.
    #[schemars(extend("format" = "date"))]
    until: Option<String>,
    /// How many at most; 50 where it isn't said.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<usize>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
}

async fn articles(
    From(state): From<Shared>,
    headers: HeaderMap,
    Asked(asked): Asked<Listing>,
) -> Result<Response, Problem> {
    let (limit, offset) = (limit(asked.limit)?, offset(asked.cursor.as_deref())?);
    let (since, until) = (day("since", asked.since)?, day("until", asked.until)?);
    let all = state
        .ask(move |archive| {
            let of = asked.outlet.as_deref().map(Outlet::Words);
            Ok(archive.articles(of, (since.as_deref(), until.as_deref()), (limit + 1, offset))?)
        })
        .await?;
    json(&headers, &Listed::of(all, limit, offset))
}

/// What came of an article that was added.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AddedOne {
    /// `new`, `reprint`, `changed` or `known`.
    outcome: &'static str,
    /// Its number in the archive; null where another program gave it a newer version in this very moment.
    article: Option<i64>,
}

async fn add(From(state): From<Shared>, Given(told): Given<Told>) -> Result<Response, Problem> {
    if told.article.is_some() {
        return Err(Problem::bad("article: it is in the archive; give a text or a url"));
    }
    let added = state
        .read(move |desk| {
            let (article, record) = desk.read(&told, 1)?;
            into_archive(desk, &article, &record)
        })
        .await?;
    let outcome = match added.0 {
        Added::New => "new",
        Added::Reprint => "reprint",
        Added::Changed => "changed",
        Added::Known => "known",
    };
    json(&HeaderMap::new(), &AddedOne { outcome, article: added.1 })
}

/// Puts an article into the archive; what came of it, and its number there.
pub(super) fn into_archive(
    desk: &Desk,
    article: &Article,
    record: &Record,
) -> anyhow::Result<(Added, Option<i64>)> {
    let input = record.article.input.clone().unwrap_or_default();
    let mut archive = jobs::opened(desk)?;
    let added = archive.add(&[Incoming { article, record, input: &input, file: None }])?;
    Ok((added.first().copied().unwrap_or(Added::Known), archive.number_of(article)?))
}

async fn article(From(state): From<Shared>, headers: HeaderMap, At(number): At) -> Result<Response, Problem> {
    let number = whole(&number)?;
    let record = state.ask(move |archive| Ok(archive.one_stored(number)?.record)).await?;
    json(&headers, &record)
}

pub(super) fn whole(number: &str) -> Result<i64, Problem> {
    number.parse().map_err(|_| Problem::missing("it isn't a number"))
}

/// Which statements.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Matching {
    /// Words of source or content, in any form; words in double quotation marks stand in that order.
    pub(super) words: Option<String>,
    /// The speaker's name, words of it, or number.
    pub(super) by: Option<String>,
    /// Whom the speaker speaks for.
    pub(super) party: Option<String>,
    /// An issue, or words of one.
    pub(super) on: Option<String>,
    /// What the speaker does.
    #[serde(default, deserialize_with = "if_any")]
    pub(super) act: Option<Act>,
    /// Whose words it is in.
    #[serde(default, deserialize_with = "if_any")]
    pub(super) form: Option<record::Form>,
    /// How it stands.
    #[serde(default, deserialize_with = "if_any")]
    pub(super) status: Option<StandingKind>,
    /// Words of an outlet's name.
    pub(super) outlet: Option<String>,
    /// The first day, as 2026-03-15.
    #[schemars(extend("format" = "date"))]
    pub(super) since: Option<String>,
    /// The last day.
    #[schemars(extend("format" = "date"))]
    pub(super) until: Option<String>,
    /// A story's number.
    pub(super) story: Option<i64>,
    /// An actor's number.
    pub(super) actor: Option<i64>,
    /// How many at most; 50 where it isn't said.
    #[schemars(range(min = 1, max = 200))]
    pub(super) limit: Option<usize>,
    /// What the page before gave as `next`.
    pub(super) cursor: Option<String>,
}

/// One of a list of names; a field of a form that was left empty asks for none.
fn if_any<'de, D: Deserializer<'de>, T: DeserializeOwned>(given: D) -> Result<Option<T>, D::Error> {
    let words = Option::<String>::deserialize(given)?.filter(|words| !words.is_empty());
    words.map(|words| T::deserialize(words.into_deserializer())).transpose()
}

impl Matching {
    pub(super) fn filter(&self) -> Result<Filter, Problem> {
        // A field of a form that was left empty asks for nothing.
        let told = |words: &Option<String>| words.clone().filter(|words| !words.trim().is_empty());
        Ok(Filter {
            words: told(&self.words),
            by: told(&self.by),
            party: told(&self.party),
            on: told(&self.on),
            act: self.act.as_ref().map(named),
            form: self.form.as_ref().map(named),
            status: self.status.as_ref().map(named),
            outlet: told(&self.outlet),
            since: day("since", told(&self.since))?,
            until: day("until", told(&self.until))?,
            story: self.story,
            actor: self.actor,
            limit: limit(self.limit)?,
            offset: offset(self.cursor.as_deref())?,
        })
    }
}

/// Statements that match, with the cursor of the next page.
pub(super) fn found(archive: &Archive, filter: &Filter) -> Result<(Listed<Hit>, bool), Problem> {
    let page = archive.find(filter)?;
    let after = page.offset + page.hits.len();
    let is_last = page.hits.is_empty() || !page.more && after as u64 >= page.total;
    let listed =
        Listed { items: page.hits, total: Some(page.total), next: (!is_last).then(|| cursor(after)) };
    Ok((listed, page.more))
}

async fn statements(
    From(state): From<Shared>,
    headers: HeaderMap,
    Asked(asked): Asked<Matching>,
) -> Result<Response, Problem> {
    let filter = asked.filter()?;
    let (listed, _) = state.ask(move |archive| found(archive, &filter)).await?;
    json(&headers, &listed)
}

/// Of a list that has names or headlines.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    /// Words of the name or headline.
    words: Option<String>,
    /// How many at most; 50 where it isn't said.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<usize>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
}

async fn actors(
    From(state): From<Shared>,
    headers: HeaderMap,
    Asked(asked): Asked<Named>,
) -> Result<Response, Problem> {
    let (limit, offset) = (limit(asked.limit)?, offset(asked.cursor.as_deref())?);
    let all =
        state.ask(move |archive| Ok(archive.actors(asked.words.as_deref(), (limit + 1, offset))?)).await?;
    json(&headers, &Listed::of(all, limit, offset))
}

async fn actor(From(state): From<Shared>, headers: HeaderMap, At(name): At) -> Result<Response, Problem> {
    let profile = move |archive: &Archive| {
        // A number is meant where it is one: lists give it.
        Ok(match name.parse() {
            Ok(id) => archive.profile(id)?,
            Err(_) => archive.actor(&name)?,
        })
    };
    json(&headers, &state.ask(profile).await?)
}

async fn outlets(
    From(state): From<Shared>,
    headers: HeaderMap,
    Asked(asked): Asked<Named>,
) -> Result<Response, Problem> {
    let (limit, offset) = (limit(asked.limit)?, offset(asked.cursor.as_deref())?);
    let all =
        state.ask(move |archive| Ok(archive.outlets(asked.words.as_deref(), (limit + 1, offset))?)).await?;
    json(&headers, &Listed::of(all, limit, offset))
}

async fn stories(
    From(state): From<Shared>,
    headers: HeaderMap,
    Asked(asked): Asked<Named>,
) -> Result<Response, Problem> {
    let (limit, offset) = (limit(asked.limit)?, offset(asked.cursor.as_deref())?);
    let all = state
        .ask(move |archive| {
            let all = archive.stories(asked.words.as_deref(), offset + limit + 1)?;
            Ok(all.into_iter().skip(offset).collect::<Vec<_>>())
        })
        .await?;
    json(&headers, &Listed::of(all, limit, offset))
}

async fn story(From(state): From<Shared>, headers: HeaderMap, At(number): At) -> Result<Response, Problem> {
    let number = whole(&number)?;
    json(&headers, &state.ask(move |archive| Ok(archive.story(number)?)).await?)
}

async fn positions(
    From(state): From<Shared>,
    headers: HeaderMap,
    Asked(asked): Asked<Holding>,
) -> Result<Response, Problem> {
    let filter = asked.filter().map_err(|error| Problem::bad(error.to_string()))?;
    json(&headers, &state.ask(move |archive| Ok(archive.positions(&filter)?)).await?)
}

/// From when to when.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Days {
    /// The first day that counts as new, as 2026-03-15.
    #[schemars(extend("format" = "date"))]
    since: String,
    /// The last day.
    #[schemars(extend("format" = "date"))]
    until: Option<String>,
}

async fn changes(
    From(state): From<Shared>,
    headers: HeaderMap,
    Asked(asked): Asked<Days>,
) -> Result<Response, Problem> {
    let since = day("since", Some(asked.since))?.unwrap_or_default();
    let until = day("until", asked.until)?;
    if until.as_ref().is_some_and(|until| *until < since) {
        return Err(Problem::bad("until lies before since"));
    }
    json(&headers, &state.ask(move |archive| Ok(archive.changes(&since, until.as_deref())?)).await?)
}

async fn all_jobs(From(state): From<Shared>, headers: HeaderMap) -> Result<Response, Problem> {
    json(&headers, &Listed { items: state.jobs.all(), total: None, next: None })
}

/// What to add in the background.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Begin {
    /// Addresses of articles, feeds and sitemaps; at most 100.
    urls: Vec<String>,
}

async fn begin(From(state): From<Shared>, Given(asked): Given<Begin>) -> Result<Response, Problem> {
    let job = jobs::begin(&state, What::addresses(&asked.urls)?)?;
    let mut response = json(&HeaderMap::new(), &job)?;
    *response.status_mut() = StatusCode::ACCEPTED;
    Ok(response)
}

async fn job(From(state): From<Shared>, headers: HeaderMap, At(number): At) -> Result<Response, Problem> {
    json(&headers, &one(&state, &number)?.shown())
}

async fn cancel(From(state): From<Shared>, At(number): At) -> Result<Response, Problem> {
    let job = one(&state, &number)?;
    job.cancel();
    json(&HeaderMap::new(), &job.shown())
}

fn one(state: &State, number: &str) -> Result<Arc<jobs::Running>, Problem> {
    state.jobs.get(number).ok_or_else(|| Problem::missing("there is no such job"))
}

/// For the list of routes.
pub(super) type Handler = MethodRouter<Shared>;
