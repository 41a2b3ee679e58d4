//! `sayso mcp`: what can an assistant ask?
//!
//! The commands as tools of the Model Context Protocol, over standard input and output: an assistant reads an article, briefs
//! it, checks what it wrote and quotes what is on record. Nothing is written, and no file is read but the archive that the
//! user named; articles come as text, by an address, or by their number in the archive.

mod given;

use std::sync::Arc;

use anyhow::{Result, anyhow};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{Implementation, ServerCapabilities, ServerConfig};
use rmcp::{Json, ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use sayso::brief::Brief;
use sayso::check::Report;
use sayso_archive::{Page, Positions};

use crate::args::McpArgs;
use crate::desk::Desk;
use crate::desk::asked::{Briefing, Checking, Finding, Holding, Quoting, Told};
use crate::quote::Answer;
use crate::{Outcome, archive, rules};
use given::Reading;

const INSTRUCTIONS: &str = "sayso reads news and answers: on whose say-so? Quote only what verify_quote finds word for word, with \
its speaker; hold what you write against its articles with check_brief before you give it. A statement's status (denied, \
unverified…) and its chain (an outlet that cites a document that quotes somebody) belong to it. Where the speaker is null, nobody \
knows: say so. Offsets count code points of the article's text.";

/// Serves until the client hangs up.
pub(crate) fn run(asked: &McpArgs) -> Result<Outcome> {
    let server = Server {
        desk: Desk {
            engine: Arc::new(rules::engine(asked.rules.as_deref())?),
            intake: Arc::new(asked.intake.clone()),
            archive: archive::path(&asked.archive)?,
        },
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
    desk: Desk,
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
        self.done(move |desk| {
            let (article, record) = desk.read(&asked, 1)?;
            Ok(Reading::of(&article, &record))
        })
        .await
    }

    /// A neutral brief of one article, or of several on one story, in the articles' own words, each sentence with its passages.
    #[tool(annotations(title = "Brief articles", read_only_hint = true, open_world_hint = true))]
    async fn brief(&self, Parameters(asked): Parameters<Briefing>) -> Result<Json<Brief>, String> {
        self.done(move |desk| desk.brief(&asked)).await
    }

    /// What a text says otherwise than the articles it was made from: altered or invented quotations, wrong speakers, dropped
    /// hedges and denials, figures, dates and names, each with the passage that shows it and what would put it right.
    #[tool(annotations(title = "Check a brief", read_only_hint = true, open_world_hint = true))]
    async fn check_brief(&self, Parameters(asked): Parameters<Checking>) -> Result<Json<Report>, String> {
        self.done(move |desk| desk.check(&asked)).await
    }

    /// Whether a quotation stands in articles word for word, where, and who says it there; else what differs.
    #[tool(annotations(title = "Verify a quotation", read_only_hint = true, open_world_hint = true))]
    async fn verify_quote(&self, Parameters(asked): Parameters<Quoting>) -> Result<Json<Answer>, String> {
        self.done(move |desk| desk.quote(&asked)).await
    }

    /// Statements in the archive of articles, by words, speaker, side, issue, standing, outlet and day.
    #[tool(annotations(title = "Find statements", read_only_hint = true, open_world_hint = false))]
    async fn find_statements(&self, Parameters(asked): Parameters<Finding>) -> Result<Json<Page>, String> {
        self.done(move |desk| {
            // What is asked wrongly is told before anything is opened.
            let filter = asked.filter()?;
            Ok(desk.archive()?.find(&filter)?)
        })
        .await
    }

    /// What parties held on issues in the archive, with the days on which it changed and the passages that show it.
    #[tool(annotations(title = "Positions over time", read_only_hint = true, open_world_hint = false))]
    async fn positions(&self, Parameters(asked): Parameters<Holding>) -> Result<Json<Positions>, String> {
        self.done(move |desk| {
            // What is asked wrongly is told before anything is opened.
            let filter = asked.filter()?;
            Ok(desk.archive()?.positions(&filter)?)
        })
        .await
    }
}

impl Server {
    /// Works on a thread of its own, so that a long article holds no other question up; an error is one line.
    async fn done<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Desk) -> Result<T> + Send + 'static,
    ) -> Result<Json<T>, String> {
        let desk = self.desk.clone();
        let done = tokio::task::spawn_blocking(move || work(&desk)).await;
        match done {
            Ok(Ok(answer)) => Ok(Json(answer)),
            Ok(Err(error)) => Err(crate::output::plain_line(&format!("{error:#}"))),
            Err(_) => Err("this is a fault in sayso; the other tools go on".to_owned()),
        }
    }
}
