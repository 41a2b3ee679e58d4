//! `sayso serve`: pages for people and an API for programs, in one process.
//!
//! - `guard` is what every request passes; `state` what all share, and in what turn; `access` who may ask.
//! - `api` is what programs ask, `openapi` describes it; `pages` are for people, without JavaScript too; `form` is what they send.
//! - `jobs` work in the background; `kept` holds what was read on pages; `assets` are styles and scripts.

mod access;
mod answer;
mod api;
mod assets;
mod export;
mod form;
mod guard;
mod jobs;
mod kept;
mod list;
mod metrics;
mod openapi;
mod pages;
mod problem;
mod state;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use axum::extract::{DefaultBodyLimit, State as Given};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

use self::access::{Access, Right};
use self::guard::Hosts;
use self::problem::Problem;
use self::state::{Gate, Pool, Shared, State};
use crate::args::{Args, NewToken, ServeArgs};
use crate::desk::Desk;
use crate::{Outcome, archive, output, rules};

/// Connections at once; who comes then waits.
const CONNECTIONS: usize = 512;
/// A connection that doesn't say in this time what it wants is closed.
const HEAD: Duration = Duration::from_secs(15);
/// What runs when the server is told to end has so long.
const GRACE: Duration = Duration::from_secs(30);
/// Articles of the largest size that one request may carry.
const ARTICLES: u64 = 4;

/// Serves until it is told to end.
pub(crate) fn run(asked: &ServeArgs, args: &Args) -> Result<Outcome> {
    if let Some(right) = asked.new_token {
        let right = if right == NewToken::Read { Right::Read } else { Right::Write };
        let (token, line) = access::new_token(right)?;
        output::print(&format!(
            "{token}\n\nKeep it: it is shown this once. The line for the file of --tokens:\n\n{line}\n"
        ))?;
        return Ok(Outcome::Done);
    }
    let access = match &asked.tokens {
        Some(path) => Access::of_file(path)?,
        None => Access::default(),
    };
    let is_own = asked.listen.is_loopback();
    ensure!(
        is_own || !access.is_open() || asked.let_everybody_in,
        "--listen {}: others can reach it there, so give --tokens, or say --let-everybody-in",
        asked.listen
    );
    // Names that lead to this machine from itself, and those that were told: any other could be a stranger's.
    let own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
    let names = [asked.host.clone(), own.to_vec(), vec![asked.listen.to_string()]].concat();
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let state = Arc::new(State {
        desk: Desk {
            engine: Arc::new(rules::engine(asked.rules.as_deref())?),
            intake: Arc::new(asked.intake.clone()),
            archive: archive::path(&asked.archive)?,
        },
        bodies: Gate::new(state::BODIES),
        readers: Gate::new(threads),
        archives: Pool::new(),
        exports: Gate::new(state::EXPORTS),
        kept: kept::Kept::default(),
        jobs: Arc::new(jobs::Jobs::new(threads)?),
        access,
        hosts: Hosts { names, by_number: !is_own },
        assets: assets::Assets::new()?,
        metrics: metrics::Metrics::default(),
    });
    let limit = usize::try_from(asked.intake.max_bytes.saturating_mul(ARTICLES)).unwrap_or(usize::MAX);
    let router = router(&state, limit);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads.clamp(2, 8))
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let address = SocketAddr::new(asked.listen, asked.port);
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("{address}: nobody can listen there; --port names another"))?;
        let at = listener.local_addr()?;
        let at =
            if at.ip() == Ipv4Addr::LOCALHOST { format!("localhost:{}", at.port()) } else { at.to_string() };
        output::note(args, &format!("open http://{at} (Ctrl-C ends it)"));
        served(listener, router, &state, args).await
    })?;
    // What still reads is of no use to anybody.
    runtime.shutdown_timeout(Duration::from_secs(1));
    Ok(Outcome::Done)
}

fn router(state: &Shared, limit: usize) -> Router {
    let operations = api::operations();
    let document = openapi::document(&operations);
    let mut api: Router<Shared> = Router::new();
    for operation in operations {
        api = api.route(operation.path, operation.handler);
    }
    let describe = move |headers: HeaderMap| async move { answer::json(&headers, &document) };
    let api = api
        .route("/openapi.json", get(describe))
        .fallback(|| async { Problem::missing("there is no such operation; /api describes all") })
        .method_not_allowed_fallback(|| async {
            Problem::new(axum::http::StatusCode::METHOD_NOT_ALLOWED, "it isn't asked so; /api describes how")
        });
    Router::new()
        .nest("/api/v1", api)
        .merge(pages::routes())
        .route("/assets/{name}", get(assets::serve))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/metrics", get(metrics_text))
        .fallback(pages::missing)
        .layer(CatchPanicLayer::custom(|_| Problem::fault().into_response()))
        .layer(middleware::from_fn_with_state(Arc::clone(state), guard::guard))
        .layer(DefaultBodyLimit::max(limit))
        .with_state(Arc::clone(state))
}

async fn metrics_text(Given(state): Given<Shared>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], state.metrics.text()).into_response()
}

/// Takes connections until the process is told to end, and lets what runs come to its end.
async fn served(listener: TcpListener, router: Router, state: &Shared, args: &Args) -> Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let mut told = std::pin::pin!(told_to_end());
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, (stream, _)) = tokio::select! {
            (place, accepted) = accepted => match accepted.map(|accepted| (place, accepted)) {
                Ok(accepted) => accepted,
                Err(error) => {
                    // As when there are too many open files; others may close theirs.
                    tracing::warn!("a connection failed: {error}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = &mut told => break,
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = server.serve_connection(TokioIo::new(stream), service);
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks off is the other side's business.
            let _ = watched.await;
            drop(place);
        });
    }
    drop(listener);
    output::note(args, "ends when what runs is done; Ctrl-C again ends it at once");
    state.jobs.end();
    let done = async {
        graceful.shutdown().await;
        while !state.jobs.are_done() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::select! {
        () = done => {}
        () = tokio::time::sleep(GRACE) => {}
        () = told_to_end() => {}
    }
    Ok(())
}

/// When somebody presses Ctrl-C or the system asks for the end.
async fn told_to_end() {
    #[cfg(unix)]
    {
        let mut asked = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(asked) => asked,
            Err(_) => return std::future::pending().await,
        };
        tokio::select! {
            _ = asked.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = tokio::signal::ctrl_c().await;
    }
}
