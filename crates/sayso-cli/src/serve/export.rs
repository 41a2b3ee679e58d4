//! The whole archive as rows, sent while they are made.

use std::io::Write as _;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::State as From;
use axum::response::Response;
use sayso_archive::{Archive, Row};
use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::{Asked, streamed};
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
    let broken = sender.clone();
    tokio::spawn(async move {
        let _place = place;
        let work = move |archive: &Archive| {
            let mut out = std::io::BufWriter::with_capacity(1 << 16, Chunks(sender, Instant::now()));
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
            // Who went away wants no end either.
            let _ = out.flush();
            Ok(())
        };
        if let Err(problem) = state.ask(work).await {
            tracing::warn!("an export ended: {}", problem.detail);
            // So that half of it doesn't look like the whole.
            let _ = broken.send_timeout(Err(std::io::ErrorKind::BrokenPipe.into()), SLOWEST).await;
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
struct Chunks(tokio::sync::mpsc::Sender<Result<Bytes, std::io::Error>>, Instant);

impl std::io::Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.1.elapsed() > LONGEST {
            return Err(std::io::ErrorKind::TimedOut.into());
        }
        let sent = self.0.send_timeout(Ok(Bytes::copy_from_slice(bytes)), SLOWEST);
        // On a thread for work that blocks, so that the connection to the archive can be waited for.
        let sent = tokio::runtime::Handle::current().block_on(sent);
        sent.map(|()| bytes.len()).map_err(|_| std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
