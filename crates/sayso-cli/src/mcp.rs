//! `sayso mcp`: what can an assistant ask?
//!
//! The commands as tools of the Model Context Protocol, over standard input and output: an assistant reads an article, briefs
//! it, checks what it wrote and quotes what is on record. Nothing is written, and no file is read but the archive that the
//! user named; articles come as text, by an address, or by their number in the archive.

mod asked;
mod given;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, anyhow, bail, ensure};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{Implementation, ServerCapabilities, ServerConfig};
use rmcp::{Json, ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use sayso::brief::{Brief, BriefOptions, Length};
use sayso::check::Report;
use sayso::{Article, Document, Engine, Record, surely_foreign};
use sayso_archive::{Archive, Page, Positions};

use crate::args::{Intake, McpArgs};
use crate::input::Brief as Named;
use crate::quote::{self, Answer, Source};
use crate::{Outcome, archive, rules};
use asked::{Briefing, Checking, Finding, Holding, Quoting, Told};
use given::Reading;

/// Articles of one question at most.
const MOST_ARTICLES: usize = 50;

const INSTRUCTIONS: &str = "sayso reads news and answers: on whose say-so? Quote only what verify_quote finds word for word, with \
its speaker; hold what you write against its articles with check_brief before you give it. A statement's status (denied, \
unverified…) and its chain (an outlet that cites a document that quotes somebody) belong to it. Where the speaker is null, nobody \
knows: say so. Offsets count code points of the article's text.";

/// Serves until the client hangs up.
pub(crate) fn run(asked: &McpArgs) -> Result<Outcome> {
    let server = Server {
        engine: Arc::new(rules::engine(asked.rules.as_deref())?),
        intake: Arc::new(asked.intake.clone()),
        archive: archive::path(&asked.archive)?,
        tool_router: Server::tool_router(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(async {
        let service = server.serve(rmcp::transport::stdio()).await;
        // A client that hangs up before it says hello asked for nothing.
        let service = match service {
            Ok(service) => service,
            Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => return Ok(Outcome::Done),
            Err(error) => return Err(anyhow!("standard input speaks no Model Context Protocol ({error})")),
        };
        service.waiting().await?;
        Ok(Outcome::Done)
    })
}

#[derive(Clone)]
struct Server {
    engine: Arc<Engine>,
    intake: Arc<Intake>,
    archive: PathBuf,
    tool_router: ToolRouter<Self>,
}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let own = Implementation::new("sayso", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(own)
            .with_instructions(INSTRUCTIONS)
    }
}

#[tool_router]
impl Server {
    /// Who says what in a news article, in whose words, how firmly, through whose hands, and who denies it.
    #[tool(annotations(title = "Read an article", read_only_hint = true, open_world_hint = true))]
    async fn read_article(&self, Parameters(asked): Parameters<Told>) -> Result<Json<Reading>, String> {
        self.done(move |server| {
            let (article, record) = server.read(&asked, 1)?;
            Ok(Reading::of(&article, &record))
        })
        .await
    }

    /// A neutral brief of one article, or of several on one story, in the articles' own words, each sentence with its passages.
    #[tool(annotations(title = "Brief articles", read_only_hint = true, open_world_hint = true))]
    async fn brief(&self, Parameters(asked): Parameters<Briefing>) -> Result<Json<Brief>, String> {
        self.done(move |server| {
            let (articles, records): (Vec<Article>, Vec<Record>) =
                server.all(&asked.articles)?.into_iter().unzip();
            let length = match asked.length {
                asked::Length::Short => Length::Short,
                asked::Length::Medium => Length::Medium,
                asked::Length::Full => Length::Full,
            };
            Ok(server.engine.brief_read(
                &articles,
                &records,
                &BriefOptions { length, date: crate::brief::date(None)? },
            ))
        })
        .await
    }

    /// What a text says otherwise than the articles it was made from: altered or invented quotations, wrong speakers, dropped
    /// hedges and denials, figures, dates and names, each with the passage that shows it and what would put it right.
    #[tool(annotations(title = "Check a brief", read_only_hint = true, open_world_hint = true))]
    async fn check_brief(&self, Parameters(asked): Parameters<Checking>) -> Result<Json<Report>, String> {
        self.done(move |server| {
            ensure!(asked.brief.contains(char::is_alphanumeric), "brief: it has no words");
            let all = server.all(&asked.articles)?;
            let articles: Vec<Article> = all.into_iter().map(|(article, _)| article).collect();
            Ok(server.engine.check(&Article::from_text(asked.brief.as_str()), &articles))
        })
        .await
    }

    /// Whether a quotation stands in articles word for word, where, and who says it there; else what differs.
    #[tool(annotations(title = "Verify a quotation", read_only_hint = true, open_world_hint = true))]
    async fn verify_quote(&self, Parameters(asked): Parameters<Quoting>) -> Result<Json<Answer>, String> {
        self.done(move |server| {
            ensure!(asked.quote.contains(char::is_alphanumeric), "quote: it has no words");
            let sources = server.all(&asked.articles)?.into_iter().map(|(article, record)| {
                let name = record.article.input.clone().unwrap_or_default();
                Source { name, doc: Document::new(&article), record }
            });
            let sources: Vec<Source> = sources.collect();
            Ok(quote::answer(asked.quote.trim(), asked.by.as_deref(), &sources))
        })
        .await
    }

    /// Statements in the archive of articles, by words, speaker, side, issue, standing, outlet and day.
    #[tool(annotations(title = "Find statements", read_only_hint = true, open_world_hint = false))]
    async fn find_statements(&self, Parameters(asked): Parameters<Finding>) -> Result<Json<Page>, String> {
        self.done(move |server| {
            let page = server.archive()?.find(&asked.filter())?;
            Ok(page)
        })
        .await
    }

    /// What parties held on issues in the archive, with the days on which it changed and the passages that show it.
    #[tool(annotations(title = "Positions over time", read_only_hint = true, open_world_hint = false))]
    async fn positions(&self, Parameters(asked): Parameters<Holding>) -> Result<Json<Positions>, String> {
        self.done(move |server| Ok(server.archive()?.positions(&asked.filter())?)).await
    }
}

impl Server {
    /// Works on a thread of its own, so that a long article holds no other question up; an error is one line.
    async fn done<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<Json<T>, String> {
        let server = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&server)).await;
        match done {
            Ok(Ok(answer)) => Ok(Json(answer)),
            Ok(Err(error)) => Err(crate::output::plain_line(&format!("{error:#}"))),
            Err(_) => Err("this is a fault in sayso; the other tools go on".to_owned()),
        }
    }

    fn archive(&self) -> Result<Archive> {
        Ok(Archive::open_existing(&self.archive)?)
    }

    fn all(&self, told: &[Told]) -> Result<Vec<(Article, Record)>> {
        ensure!(!told.is_empty(), "articles: give one at least");
        ensure!(told.len() <= MOST_ARTICLES, "articles: at most {MOST_ARTICLES}");
        (1..).zip(told).map(|(n, one)| self.read(one, n)).collect()
    }

    /// The `n`th article of a question with its record, which is the archive's where it is there.
    fn read(&self, told: &Told, n: usize) -> Result<(Article, Record)> {
        if let (Some(number), None, None) = (told.article, &told.text, &told.url) {
            let stored = self.archive()?.one_stored(number)?;
            let mut record = stored.record;
            record.article.input = Some(told.name(n));
            return Ok((stored.article, record));
        }
        let article = self.article(told)?;
        if let Some(language) = surely_foreign(&article) {
            bail!("{}: it looks {language}; only English is read", told.name(n));
        }
        let mut record = self.engine.read(&article);
        record.article.input = Some(told.name(n));
        Ok((article, record))
    }

    fn article(&self, told: &Told) -> Result<Article> {
        let mut article = match (&told.text, &told.url, told.article) {
            (Some(text), None, None) => {
                ensure!(
                    text.len() as u64 <= self.intake.max_bytes,
                    "text: over {} bytes",
                    self.intake.max_bytes
                );
                ensure!(text.contains(char::is_alphanumeric), "text: it has no words");
                Article::from_text(text.as_str())
            }
            (None, Some(url), None) => {
                ensure!(sayso_fetch::is_url(url), "{url}: it is no address of a page on the web");
                Named::read(url.as_ref(), &self.intake)?.article
            }
            _ => bail!("an article is one of: its text, its url, or the number of an article in the archive"),
        };
        article.title = told.title.clone().or(article.title);
        article.outlet = told.outlet.clone().or(article.outlet);
        article.published = told.published.clone().or(article.published);
        Ok(article)
    }
}
