//! The whole archive as rows, sent while they are made.

use std::io::Write as _;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::State as From;
use axum::response::Response;
use sayso_archive::{Archive, Row};
use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::{Asked, END, streamed};
use super::problem::Problem;
use super::state::Shared;

/// A reader who takes nothing for so long has gone: the archive is for others too.
pub(super) const SLOWEST: Duration = Duration::from_secs(30);

/// A whole export is taken in this time, or broken off.
const LONGEST: Duration = Duration::from_secs(3600);

/// What an export is.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    /// How.
    #[serde(default)]
    format: ExportForm,
}

#[derive(Debug, Default, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum ExportForm {
    /// A JSON object in each line.
    #[default]
    Jsonl,
    /// For spreadsheets.
    Csv,
    /// For pandas, Polars, `DuckDB` and R.
    Parquet,
}

pub(super) async fn export(
    From(state): From<Shared>,
    Asked(asked): Asked<Form>,
) -> Result<Response, Problem> {
    let (sender, receiver) = tokio::sync::mpsc::channel(4);
    // What isn't there is told before an answer begins.
    let place = state.exports.enter().await?;
    state.ask(|archive| Ok(archive.size()?)).await?;
    tokio::spawn(async move {
        let _place = place;
        let work = move |archive: &Archive| {
            let mut out = std::io::BufWriter::with_capacity(1 << 16, Chunks::new(sender));
            let mut first = true;
            let mut lines = |line: fn(&Row, bool) -> anyhow::Result<String>| {
                archive.rows::<anyhow::Error>(|row| {
                    Ok(out.write_all(line(&row, std::mem::take(&mut first))?.as_bytes())?)
                })
            };
            match asked.format {
                ExportForm::Jsonl => lines(|row, _| Ok(serde_json::to_string(row)? + "\n"))?,
                ExportForm::Csv => lines(crate::archive::csv_row)?,
                ExportForm::Parquet => crate::archive::parquet_into(archive, &mut out).map(drop)?,
            }
            out.flush().map_err(anyhow::Error::from)?;
            Ok(out.get_mut().end().map_err(anyhow::Error::from)?)
        };
        if let Err(problem) = state.ask(work).await {
            tracing::warn!("an export ended: {}", problem.detail);
        }
    });
    let media_type = match asked.format {
        ExportForm::Jsonl => "application/x-ndjson",
        ExportForm::Csv => "text/csv; charset=utf-8",
        ExportForm::Parquet => "application/vnd.apache.parquet",
    };
    Ok(streamed(media_type, receiver))
}

/// Bytes as parts of an answer, no faster than they are taken.
struct Chunks {
    to: tokio::sync::mpsc::Sender<Result<Bytes, std::io::Error>>,
    since: Instant,
    /// Nobody takes them any more: who writes on, as buffers do that are dropped, waits no second time.
    broken: bool,
}

impl Chunks {
    fn new(to: tokio::sync::mpsc::Sender<Result<Bytes, std::io::Error>>) -> Self {
        Self { to, since: Instant::now(), broken: false }
    }

    fn send(&mut self, bytes: Bytes) -> std::io::Result<()> {
        if self.broken || self.since.elapsed() > LONGEST {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        }
        // On a thread for work that blocks, so that the connection to the archive can be waited for.
        let sent = tokio::runtime::Handle::current().block_on(self.to.send_timeout(Ok(bytes), SLOWEST));
        self.broken = sent.is_err();
        sent.map_err(|_| std::io::ErrorKind::BrokenPipe.into())
    }

    /// That all was sent.
    fn end(&mut self) -> std::io::Result<()> {
        self.send(END)
    }
}

impl std::io::Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        // An empty part would be the end.
        if !bytes.is_empty() {
            self.send(Bytes::copy_from_slice(bytes))?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
