//! Which command did the user give, and how did it end?

mod args;
mod input;
mod output;
mod progress;

mod eval;
mod manual;
mod read;
mod stages;
mod table;
mod views;

use std::process::{ExitCode, Termination};

use clap::Parser;
use tracing::Level;

use args::{Args, Command};

/// How a run ended. Exit status 1 is for commands that look for faults and find some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All was done.
    Done,
    /// Something could not be done; stderr says what.
    Failed,
}

impl Termination for Outcome {
    fn report(self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::Failed => ExitCode::from(2),
        }
    }
}

fn main() -> Outcome {
    let args = Args::parse();
    let level = match (args.quiet, args.verbose) {
        (true, _) => Level::ERROR,
        (_, true) => Level::DEBUG,
        _ => Level::WARN,
    };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .without_time()
        .init();
    let result = match &args.command {
        Command::Read(read) => read::run(read, &args),
        Command::Tokens(stage) => stages::tokens(stage, &args),
        Command::Tags(stage) => stages::tags(stage, &args),
        Command::Schema => output::print(&sayso::Record::json_schema()).map(|()| Outcome::Done),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man => manual::man(),
        Command::Eval(eval) => eval::run(&eval.what),
    };
    match result {
        Ok(outcome) => outcome,
        Err(error) if output::is_broken_pipe(&error) => Outcome::Done,
        Err(error) => {
            eprintln!("sayso: {error:#}");
            Outcome::Failed
        }
    }
}
