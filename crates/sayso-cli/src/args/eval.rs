//! What can be said to the rulers?

use std::path::PathBuf;

use clap::{ArgAction, Subcommand};

#[derive(Debug, clap::Args)]
pub(crate) struct EvalArgs {
    #[command(subcommand)]
    pub(crate) what: Eval,

    /// Use the .toml files of this folder instead of the carried rules of the same names
    #[arg(long, value_name = "FOLDER", global = true)]
    pub(crate) rules: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Eval {
    /// A PolNeAR file: documents with spans, or token rows with BIO labels
    Polnear {
        /// JSON Lines
        file: PathBuf,
        /// Print the scores as JSON
        #[arg(long, action = ArgAction::SetTrue)]
        json: bool,
    },
    /// Gold records (.json), or labelled texts (.txt with ⟦s1:…⟧ marks)
    Gold {
        /// One article each
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Print the scores as JSON
        #[arg(long, action = ArgAction::SetTrue)]
        json: bool,
    },
    /// Labelled sources: does each become the right actor?
    Sources {
        /// Labels, JSON Lines (labels/sources.jsonl)
        labels: PathBuf,
        /// The texts that they are of, as PolNeAR documents
        #[arg(long)]
        texts: PathBuf,
        /// Print the scores as JSON
        #[arg(long, action = ArgAction::SetTrue)]
        json: bool,
        /// A line for each wrong one too: source, who it is, who it became
        #[arg(long, action = ArgAction::SetTrue, conflicts_with = "json")]
        each: bool,
    },
    /// Labelled standings: does the program see how claims stand?
    Standings {
        /// Labels, JSON Lines (labels/standings.jsonl)
        labels: PathBuf,
        /// The texts that they are of, as PolNeAR documents
        #[arg(long)]
        texts: PathBuf,
        /// Print the scores as JSON
        #[arg(long, action = ArgAction::SetTrue)]
        json: bool,
        /// A line for each miss and each extra too
        #[arg(long, action = ArgAction::SetTrue, conflicts_with = "json")]
        each: bool,
    },
    /// The archive: how fast, are reprints found, are same statements (examples/archive/pairs.jsonl), does it see
    /// positions turn (examples/archive/turns.jsonl)?
    Archive {
        /// Labelled pairs of statements, or stories, JSON Lines
        pairs: Option<PathBuf>,
        /// Add so many generated articles, beside reading them alone
        #[arg(long, value_name = "NUMBER", default_value_t = 0)]
        articles: usize,
        /// Ask an archive of so many generated records
        #[arg(long, value_name = "NUMBER", default_value_t = 0)]
        records: usize,
        /// A line for each wrong pair too
        #[arg(long, action = ArgAction::SetTrue)]
        each: bool,
    },
    /// Gold figures, dates and positions: are those of the pages read as a careful reader would?
    Agenda {
        /// Gold files (examples/agenda/NAME.json); NAME.html lies one folder up
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Print the scores as JSON
        #[arg(long, action = ArgAction::SetTrue)]
        json: bool,
        /// A line for each miss, extra and difference too
        #[arg(long, action = ArgAction::SetTrue, conflicts_with = "json")]
        each: bool,
    },
    /// Briefs with planted errors, or summaries with labels: does the check find what is wrong, and only that?
    Check {
        /// JSON Lines (examples/check/check.jsonl); pages that rows name lie one folder up
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Of single claims (examples/check/claims.jsonl): so many passages are one article, and a claim on each is a brief
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1000))]
        joined: u16,
        /// Print the scores as JSON
        #[arg(long, action = ArgAction::SetTrue)]
        json: bool,
        /// Each miss, stray finding and false alarm too, with the words around it
        #[arg(long, action = ArgAction::SetTrue, conflicts_with = "json")]
        each: bool,
    },
    /// Articles (.html, .txt, .json) or PolNeAR documents (.jsonl): are their briefs true, and would the check see if not?
    Brief {
        /// Articles, or PolNeAR files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Print the scores as JSON
        #[arg(long, action = ArgAction::SetTrue)]
        json: bool,
        /// Each corruption that was missed, too
        #[arg(long, action = ArgAction::SetTrue, conflicts_with = "json")]
        each: bool,
    },
    /// Gold coreference (GUM): how well are mentions brought together?
    Coreference {
        /// A GUM file (.jsonl.gz)
        file: PathBuf,
        /// Print the scores as JSON
        #[arg(long, action = ArgAction::SetTrue)]
        json: bool,
    },
    /// Web pages with their articles' words: how much of an article is taken out
    Extraction {
        /// An archive of the article extraction benchmark (.tar.gz)
        file: PathBuf,
        /// Print the scores as JSON
        #[arg(long, action = ArgAction::SetTrue)]
        json: bool,
        /// A line for each page too, worst first
        #[arg(long, action = ArgAction::SetTrue, conflicts_with = "json")]
        pages: bool,
    },
}
