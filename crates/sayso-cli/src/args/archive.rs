//! What can be said to the commands of the archive?

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::{AnswerFormat, InputArgs, Intake};

/// Which archive.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ArchiveArg {
    /// The archive's file [default: that of the environment, else sayso/archive.sqlite in your data folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) archive: Option<PathBuf>,
}

/// What `sayso mcp` serves.
#[derive(Debug, clap::Args)]
pub(crate) struct McpArgs {
    #[command(flatten)]
    pub(crate) archive: ArchiveArg,
    #[command(flatten)]
    pub(crate) intake: Intake,
    /// Read with the rules of a folder, as `sayso rules` writes them
    #[arg(long, value_name = "FOLDER")]
    pub(crate) rules: Option<PathBuf>,
}

/// How an answer of the archive is written.
#[derive(Debug, clap::Args)]
pub(crate) struct AnswerArgs {
    #[command(flatten)]
    pub(crate) archive: ArchiveArg,

    /// The form of the output [default: by the ending of --output, else table]
    #[arg(short, long, value_enum)]
    pub(crate) format: Option<AnswerFormat>,

    /// Write into this file instead of the terminal; it can't be one of the articles
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,

    #[command(flatten)]
    pub(crate) archive: ArchiveArg,

    /// Use the .toml files of this folder instead of the carried rules of the same names
    #[arg(long, value_name = "FOLDER")]
    pub(crate) rules: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WatchArgs {
    /// OPML as a feed reader exports it, files with an address a line, or addresses of feeds
    #[arg(required = true, value_name = "FEEDS")]
    pub(crate) feeds: Vec<OsString>,

    /// Time between two visits of a feed, as 15m, 2h or 1d
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = time)]
    pub(crate) every: Duration,

    /// Ask each feed once, and end
    #[arg(long)]
    pub(crate) once: bool,

    #[command(flatten)]
    pub(crate) intake: Intake,

    #[command(flatten)]
    pub(crate) archive: ArchiveArg,

    /// Use the .toml files of this folder instead of the carried rules of the same names
    #[arg(long, value_name = "FOLDER")]
    pub(crate) rules: Option<PathBuf>,
}

/// A time from a minute to 30 days, so that nobody is asked without a pause.
fn time(words: &str) -> Result<Duration, String> {
    let lower = words.trim().to_ascii_lowercase();
    let unit = lower.trim_start_matches(|c: char| c.is_ascii_digit());
    let seconds = match unit {
        "m" | "min" => Some(60),
        "h" => Some(60 * 60),
        "d" => Some(24 * 60 * 60),
        _ => None,
    };
    let n: Option<u64> = lower[..lower.len() - unit.len()].parse().ok();
    let time = n.zip(seconds).and_then(|(n, seconds)| n.checked_mul(seconds));
    let time = time.filter(|time| (60..=30 * 24 * 60 * 60).contains(time));
    time.map(Duration::from_secs)
        .ok_or_else(|| "give a time from 1m to 30d, such as 15m, 2h or 1d".to_owned())
}

#[derive(Debug, clap::Args)]
pub(crate) struct RereadArgs {
    #[command(flatten)]
    pub(crate) archive: ArchiveArg,

    /// Also what this model has read already
    #[arg(long)]
    pub(crate) all: bool,

    /// Use the .toml files of this folder instead of the carried rules of the same names
    #[arg(long, value_name = "FOLDER")]
    pub(crate) rules: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// Records as `sayso export --format records` and `sayso read --format jsonl` write them; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) archive: ArchiveArg,
}

/// Which statements are meant.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct FilterArgs {
    /// Only of this actor: a name, or words of one
    #[arg(long, value_name = "WHO")]
    pub(crate) by: Option<String>,

    /// Only of those who speak for this party
    #[arg(long, value_name = "PARTY")]
    pub(crate) party: Option<String>,

    /// Only on this issue, or words of its name
    #[arg(long, value_name = "ISSUE")]
    pub(crate) on: Option<String>,

    /// Only with this act: state, deny, demand, promise, warn …
    #[arg(long, value_name = "ACT", value_parser = [
        "state", "report", "announce", "confirm", "deny", "admit", "believe", "ask", "demand", "urge", "promise", "threaten",
        "warn", "accuse", "criticise", "express-concern", "praise", "accept", "reject", "decline", "not-verify",
    ], hide_possible_values = true)]
    pub(crate) act: Option<String>,

    /// Only direct, indirect or mixed ones
    #[arg(long, value_name = "FORM", value_parser = ["direct", "indirect", "mixed"])]
    pub(crate) form: Option<String>,

    /// Only those that stand so: denied, unverified, disputed, confirmed …
    #[arg(long, value_name = "STATUS", value_parser = [
        "unverified", "denied", "disputed", "undetermined", "pending", "retracted", "confirmed", "declined-to-comment",
        "no-comment-yet", "comment-sought",
    ], hide_possible_values = true)]
    pub(crate) status: Option<String>,

    /// Only in this outlet, or one with these words in its name
    #[arg(long, value_name = "OUTLET")]
    pub(crate) outlet: Option<String>,

    /// Only from this day on, as 2026-03-15
    #[arg(long, value_name = "DATE", value_parser = super::brief::day)]
    pub(crate) since: Option<String>,

    /// Only up to this day
    #[arg(long, value_name = "DATE", value_parser = super::brief::day)]
    pub(crate) until: Option<String>,

    /// Only in the story of this number
    #[arg(long, value_name = "NUMBER")]
    pub(crate) story: Option<i64>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct FindArgs {
    /// Words of source or content, in any form; all must stand there, those in "quotation marks" in their order
    #[arg(value_name = "WORDS")]
    pub(crate) words: Vec<String>,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// How many to show
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = page)]
    pub(crate) limit: usize,

    /// Which page of so many
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = page)]
    pub(crate) page: usize,

    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

fn page(words: &str) -> std::result::Result<usize, String> {
    words.parse().ok().filter(|&n| n > 0).ok_or_else(|| "give a number from 1 on".to_owned())
}

#[derive(Debug, clap::Args)]
pub(crate) struct StoryArgs {
    /// Its number, or words of a headline; without them, the latest stories
    #[arg(value_name = "STORY")]
    pub(crate) story: Vec<String>,

    /// How many stories to list
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = page)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ChangesArgs {
    /// The first day that counts as new, as 2026-03-15
    #[arg(long, value_name = "DATE", value_parser = super::brief::day)]
    pub(crate) since: String,

    /// The last day that does
    #[arg(long, value_name = "DATE", value_parser = super::brief::day)]
    pub(crate) until: Option<String>,

    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ActorArgs {
    /// A name, or words of one that are nobody else's
    #[arg(value_name = "NAME", required = true)]
    pub(crate) name: Vec<String>,

    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

#[derive(Debug, clap::Args)]
#[group(id = "what", required = true, multiple = false, args = ["merge", "rename", "split", "corrections"])]
pub(crate) struct CorrectArgs {
    /// This actor is the one of --into
    #[arg(long, value_name = "NAME", requires = "into")]
    pub(crate) merge: Option<String>,

    /// This actor is called what --into says
    #[arg(long, value_name = "NAME", requires = "into")]
    pub(crate) rename: Option<String>,

    /// This actor is, in the articles of --articles, another one, called what --into says
    #[arg(long, value_name = "NAME", requires = "into", requires = "articles")]
    pub(crate) split: Option<String>,

    /// Whose statements are: lines of {"sha256": of the text, "start": …, "end": … of the source, "actor": name or null}
    #[arg(long, value_name = "FILE", conflicts_with_all = ["into", "articles"])]
    pub(crate) corrections: Option<PathBuf>,

    /// The actor, or the name
    #[arg(long, value_name = "NAME")]
    pub(crate) into: Option<String>,

    /// Words of the articles' addresses or headlines, or the checksum of one's text
    #[arg(long, value_name = "WORDS")]
    pub(crate) articles: Option<String>,

    #[command(flatten)]
    pub(crate) archive: ArchiveArg,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) archive: ArchiveArg,

    /// The form of the output [default: by the ending of --output, else jsonl]
    #[arg(short, long, value_enum)]
    pub(crate) format: Option<ExportFormat>,

    /// Write into this file or folder instead of the terminal; only an earlier export of the same form is replaced
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// A statement a line.
    Jsonl,
    /// A statement a row, for a spreadsheet.
    Csv,
    /// A statement a row, for data frames.
    Parquet,
    /// An article's record a line, with its text: what `sayso import` reads.
    Records,
    /// A folder for brat: a text and its annotations for each article.
    Brat,
    /// A folder for the tools of Citron: a JSON file for each article.
    Citron,
    /// A database of Discourse Network Analyzer 3.
    Dna,
}

impl ExportFormat {
    /// The form that a file's or folder's name ends with.
    ///
    /// # Errors
    /// When it ends with none.
    pub(crate) fn of_ending(path: &Path) -> Result<Self> {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        Ok(match &*ending {
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" => Self::Csv,
            "parquet" => Self::Parquet,
            "brat" => Self::Brat,
            "citron" => Self::Citron,
            "dna" => Self::Dna,
            _ => bail!(
                "{}: its ending says no form; use .csv, .jsonl, .parquet or .dna, .brat or .citron for a folder, or give \
                 --format",
                path.display()
            ),
        })
    }
}
