//! What can be said to `sayso brief`?

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::InputArgs;

#[derive(Debug, clap::Args)]
pub(crate) struct BriefArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,

    /// The form of the output [default: by the ending of --output, else txt]
    #[arg(short, long, value_enum)]
    pub(crate) format: Option<BriefFormat>,

    /// Write into this file instead of the terminal; it can't be one of the articles
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// How much to tell
    #[arg(short, long, value_enum, default_value_t = BriefLength::Medium)]
    pub(crate) length: BriefLength,

    #[arg(
        long,
        value_name = "DATE",
        value_parser = day,
        help = "The day that the brief bears, as 2026-03-15 [default: that of SOURCE_DATE_EPOCH, else today]"
    )]
    pub(crate) date: Option<String>,

    #[arg(
        long,
        value_name = "URL",
        requires = "model",
        help = "Have a language model word it: the address of an OpenAI-compatible interface, such as \
                http://localhost:11434/v1. What it writes is checked, and ours stands where it fails. The key is taken \
                from SAYSO_WRITER_KEY"
    )]
    pub(crate) writer: Option<String>,

    /// Which model
    #[arg(long, value_name = "NAME", requires = "writer")]
    pub(crate) model: Option<String>,

    /// Use the .toml files of this folder instead of the carried rules of the same names
    #[arg(long, value_name = "FOLDER")]
    pub(crate) rules: Option<PathBuf>,
}

/// Forms of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefFormat {
    /// For a terminal or a message.
    Txt,
    /// With footnotes.
    Md,
    /// A page for a browser: a click on a number shows the passage.
    Html,
    /// One object, places in Unicode code points.
    Json,
}

impl BriefFormat {
    /// The form that a file's name ends with.
    pub(crate) fn of_ending(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" => Some(Self::Txt),
            "md" => Some(Self::Md),
            "html" | "htm" => Some(Self::Html),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// How much a brief tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefLength {
    /// Some six sentences.
    Short,
    /// Some fourteen.
    Medium,
    /// All that can be told.
    Full,
}

/// A calendar day, as people and programs write it.
pub(super) fn day(words: &str) -> Result<String, String> {
    let date: Result<jiff::civil::Date, _> = words.parse();
    date.map(|date| date.to_string()).map_err(|_| "give a day as 2026-03-15".to_owned())
}
