//! What can be said to `sayso check`?

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgGroup, ValueEnum};

use super::Intake;

#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("held").required(true).args(["against", "headline", "pairs"])))]
pub(crate) struct CheckArgs {
    /// The brief: a file (.txt, .md, .html, .json), an http(s) address, or - for standard input
    #[arg(value_name = "BRIEF", requires = "against", conflicts_with_all = ["headline", "pairs"])]
    pub(crate) brief: Option<OsString>,

    /// The articles that the brief was made from: files (.txt, .md, .html, .json,
    /// .jsonl), folders, http(s) addresses, or - for standard input
    #[arg(long, value_name = "ARTICLE", num_args = 1.., requires = "brief")]
    pub(crate) against: Vec<OsString>,

    /// Hold each article's headline against its own text; no BRIEF then
    #[arg(long, value_name = "ARTICLE", num_args = 1..)]
    pub(crate) headline: Vec<OsString>,

    /// Hold many briefs against their sources: JSON lines {"id", "brief", "sources"}, each
    /// brief and source a text or an object with "text"; a report a line comes out, as JSON
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "format"])]
    pub(crate) pairs: Option<PathBuf>,

    /// Put right what can safely be, and write the mended brief to standard output, or into
    /// the file that --output names; all else in it stays byte for byte
    #[arg(long, conflicts_with_all = ["headline"])]
    pub(crate) fix: bool,

    /// With --fix: write the mended brief back into its file
    #[arg(long, requires = "fix", conflicts_with = "output")]
    pub(crate) in_place: bool,

    /// Sentences that can't be decided are shown, and count as findings for the exit status
    #[arg(long)]
    pub(crate) strict: bool,

    /// Read brief and articles as English, whatever language they look like
    #[arg(long)]
    pub(crate) assume_english: bool,

    /// The form of the report [default: by the ending of --output, else text]
    #[arg(short, long, value_enum)]
    pub(crate) format: Option<CheckFormat>,

    /// Write into this file instead of the terminal; it can't be the brief or an article
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Use the .toml files of this folder instead of the carried rules of the same names
    #[arg(long, value_name = "FOLDER")]
    pub(crate) rules: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) intake: Intake,
}

/// Forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people: each finding as a compiler shows it.
    Text,
    /// One object for one brief, an array for several.
    Json,
    /// One object a line.
    Jsonl,
    /// SARIF 2.1.0, for editors, code hosts and builds.
    Sarif,
    /// A page for a browser: brief and sources side by side.
    Html,
}
