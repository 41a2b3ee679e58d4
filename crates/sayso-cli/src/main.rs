//! Which command did the user give, and how did it end?

mod args;
mod desk;
mod input;
mod mcp;
mod output;
mod progress;

mod archive;
mod brief;
mod check;
mod eval;
mod explain;
mod manual;
mod positions;
mod quote;
mod read;
mod rules;
mod serve;
mod stages;
mod table;
mod target;
mod views;

use std::path::Path;
use std::process::{ExitCode, Termination};

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use tracing::Level;

use args::{Args, Command, SchemaOf};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All was done.
    Done,
    /// A command that looks for faults found some.
    Found,
    /// Something could not be done; stderr says what.
    Failed,
}

impl Termination for Outcome {
    fn report(self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::Found => ExitCode::from(1),
            Self::Failed => ExitCode::from(2),
        }
    }
}

/// One thread a core at most, whatever `RAYON_NUM_THREADS` says: more only take memory, and a slip of the pen there could
/// stop the machine.
fn few_threads() {
    let asked =
        std::env::var("RAYON_NUM_THREADS").ok().and_then(|n| n.parse::<usize>().ok()).filter(|&n| n > 0);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = asked.unwrap_or(cores).min(cores);
    tracing::debug!(threads, "threads");
    // It fails only where a pool was made before, which is none of ours.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
}

fn main() -> Outcome {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return refused(&error),
    };
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
        // A full stderr would end the program otherwise.
        .log_internal_errors(false)
        .init();
    few_threads();
    let result = match &args.command {
        Command::Read(read) => read::run(read, &args),
        Command::Add(asked) => archive::add(asked, &args),
        Command::Watch(asked) => archive::watch(asked, &args),
        Command::Find(asked) => archive::find(asked, &args),
        Command::Story(asked) => archive::story(asked, &args),
        Command::Changes(asked) => archive::changes(asked, &args),
        Command::Actor(asked) => archive::actor(asked, &args),
        Command::Correct(asked) => archive::correct(asked, &args),
        Command::Reread(asked) => archive::reread(asked, &args),
        Command::Export(asked) => archive::export(asked, &args),
        Command::Import(asked) => archive::import(asked, &args),
        Command::Positions(asked) => positions::run(asked, &args),
        Command::Brief(asked) => brief::run(asked, &args),
        Command::Check(asked) => check::run(asked, &args),
        Command::Quote(asked) => quote::run(asked, &args),
        Command::Mcp(asked) => mcp::run(asked),
        Command::Serve(asked) => serve::run(asked, &args),
        Command::Explain { code } => explain::run(code.as_deref()),
        Command::Tokens(stage) => stages::tokens(stage, &args),
        Command::Tags(stage) => stages::tags(stage, &args),
        Command::Rules { folder } => rules::run(folder),
        Command::Schema { of } => output::print(&schema(*of)).map(|()| Outcome::Done),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man => manual::man(),
        Command::Eval(eval) => eval::run(eval),
    };
    match result {
        Ok(outcome) => outcome,
        Err(error) if output::is_broken_pipe(&error) => Outcome::Done,
        Err(error) => {
            output::say(&output::plain_line(&format!("{error:#}")));
            Outcome::Failed
        }
    }
}

fn schema(of: SchemaOf) -> String {
    match of {
        SchemaOf::Record => sayso::Record::json_schema(),
        SchemaOf::Check => sayso::check::Report::json_schema(),
        SchemaOf::Brief => sayso::brief::Brief::json_schema(),
    }
}

/// Help, or what is wrong with the command line. An article without a command is meant to be
/// read.
fn refused(error: &clap::Error) -> Outcome {
    if let (ErrorKind::InvalidSubcommand, Some(ContextValue::String(name))) =
        (error.kind(), error.get(ContextKind::InvalidSubcommand))
        && (name == "-" || sayso_fetch::is_url(name) || Path::new(name).exists())
    {
        let name = output::plain_line(name);
        output::say(&format!("{name} is an article, not a command; did you mean: sayso read {name}"));
        return Outcome::Failed;
    }
    error.exit()
}
