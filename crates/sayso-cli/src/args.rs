//! What can be said on the command line?

mod archive;
mod brief;
mod check;
mod eval;
mod intake;
mod serve;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(crate) use archive::{
    ActorArgs, AddArgs, AnswerArgs, ArchiveArg, ChangesArgs, CorrectArgs, ExportArgs, ExportFormat,
    FilterArgs, FindArgs, ImportArgs, McpArgs, RereadArgs, StoryArgs, WatchArgs,
};
pub(crate) use brief::{BriefArgs, BriefFormat, BriefLength};
pub(crate) use check::{CheckArgs, CheckFormat};
pub(crate) use eval::{Eval, EvalArgs};
pub(crate) use intake::{InputArgs, Intake};
pub(crate) use serve::{NewToken, ServeArgs};

/// Reads news and answers: on whose say-so?
///
/// sayso finds the statements that somebody makes in an article: who says it, in
/// which words they are announced, and what is said; and it holds a brief against
/// the articles that it was made from. Everything runs on this machine; nothing is
/// asked of the web but the pages whose address you give, or that a feed or sitemap
/// lists which you give.
#[derive(Debug, Parser)]
#[command(name = "sayso", version, max_term_width = 80)]
#[command(
    after_help = "Exit status: 0 all done, 1 check found something, 2 something failed (stderr says what).\n\nEnvironment: SAYSO_SIMD=portable, avx2, avx-vnni, avx512, amx or neon forces the instructions that are used; the output is the same."
)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// No notes on standard error, only errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say what is done, on stderr
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,

    /// When to use colour (NO_COLOR is respected)
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
}

impl Args {
    /// For work of which nothing is said on the terminal.
    pub(crate) fn silent() -> Self {
        Self { command: Command::Man, quiet: true, verbose: false, color: Color::Never }
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Also into files and pipes.
    Always,
    /// Not at all.
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Who said what in an article
    ///
    /// Lists every attributed statement: its source, the cue that announces it, its
    /// content, and whether the words are the source's own (direct), the writer's
    /// (indirect) or both (mixed).
    #[command(after_long_help = "Examples:
  sayso read story.html                    a table
  sayso read https://example.org/story     a page from the web
  sayso read story.html -o story-read.html the article, marked, for a browser
  sayso read *.txt --format jsonl          a record per line, for programs
  sayso read archive/ -o said.csv          a whole folder, for a spreadsheet
  sayso read https://example.org/feed.xml  what a feed leads to
  sayso read news.warc.gz --format jsonl   a web archive, page by page
  pbpaste | sayso read -                   what is on the clipboard")]
    Read(ReadArgs),
    /// Put articles into the archive, to follow a story over outlets and months
    ///
    /// The archive is one file on this machine. What is there already is passed over, a
    /// changed article becomes a new version, and a reprint of a wire story counts as
    /// one origin with it. A run that was stopped goes on where it was.
    #[command(after_long_help = "Examples:
  sayso add stories/                       a folder
  sayso add https://example.org/story      a page
  sayso add crawl.jsonl --archive war.sqlite")]
    Add(AddArgs),
    /// Ask feeds again and again for what isn't in the archive yet
    ///
    /// Politely: a feed that didn't change isn't sent again, pages that were read once
    /// aren't asked for again, robots.txt is kept, a site gets one request at a time
    /// with a pause between two, and a feed that fails is asked less and less often.
    #[command(after_long_help = "Examples:
  sayso watch feeds.opml                   until you stop it, with Ctrl-C
  sayso watch https://example.org/feed.xml --every 1h
  sayso watch feeds.opml --once            one round, as for cron")]
    Watch(WatchArgs),
    /// Statements of the archive: by words, speaker, party, issue, day and more
    #[command(after_long_help = "Examples:
  sayso find ceasefire                     in any form, the best first
  sayso find '\"no deal\"' --by Brusk       these words, in this order
  sayso find --status denied --since 2026-03-01
  sayso find dam --outlet Gazette -o dam.csv")]
    Find(FindArgs),
    /// Stories of the archive; of one what happened, who said what, who had it first
    #[command(after_long_help = "Examples:
  sayso story                              the latest stories
  sayso story 3                            one of them
  sayso story dam                          by words of a headline")]
    Story(StoryArgs),
    /// What is new in the archive since a day
    ///
    /// New stories, articles that were rewritten, positions that changed, statements that
    /// are denied or confirmed now and weren't before.
    #[command(after_long_help = "Examples:
  sayso changes --since 2026-03-15")]
    Changes(ChangesArgs),
    /// What the archive knows of an actor
    #[command(after_long_help = "Examples:
  sayso actor Brusk")]
    Actor(ActorArgs),
    /// What each party holds on each issue, over articles or over the archive's months
    ///
    /// One matrix of party and issue for all articles that are given: the stance, the
    /// article's own words and where they stand. Figures for one thing that differ from
    /// article to article stand side by side.
    #[command(after_long_help = "Examples:
  sayso positions story.html                       who wants what
  sayso positions gazette.html post.html           the same story, told twice
  sayso positions stories/ --format html -o who.html  a page for a browser
  sayso positions --party Norvale --since 2026-03-01  of the archive, day by day")]
    Positions(PositionsArgs),
    /// A neutral brief of one article, or of several on one story
    ///
    /// Who says what, in the articles' own words, each sentence with the passage that it
    /// is from. What somebody said stands as his, with its hedges and denials. Nothing
    /// leaves this machine unless --writer is given.
    #[command(after_long_help = "Examples:
  sayso brief story.html                        for the terminal
  sayso brief gazette.html post.html -o talks.html   one story, two outlets, a page
  sayso brief story.html -o brief.md --length short
  sayso brief story.html -o brief.html --writer http://localhost:11434/v1 --model llama3")]
    Brief(BriefArgs),
    /// Whether a brief is true to the articles that it was made from
    ///
    /// Holds each quotation, figure, date, name and statement of a brief against its
    /// sources and shows what differs, with the passage that shows it. Exit status: 0
    /// nothing was found, 1 something was, 2 something could not be read.
    #[command(after_long_help = "Examples:
  sayso check brief.txt --against story.html    what differs
  sayso check brief.md --against stories/ -o brief-check.html
  pbpaste | sayso check - --against https://example.org/story
  sayso check brief.txt --against story.html --fix --in-place
  sayso check --headline stories/               each headline against its story
  sayso check --pairs pairs.jsonl > reports.jsonl
  sayso explain quote-altered                   what a finding means")]
    Check(CheckArgs),
    /// Whether a quotation stands in articles, word for word, and who says it there
    ///
    /// Quotation marks, dashes, case, spelling of numbers and the like don't count; an
    /// ellipsis and [words in brackets] stand for words of the article. Otherwise the
    /// passage that resembles it most is shown with each word that differs. Exit status:
    /// 0 it stands there (and NAME says it), 1 it doesn't, 2 something could not be read.
    #[command(after_long_help = "Examples:
  sayso quote \"nobody has to leave\" --against story.html
  sayso quote \"we have no train\" --by Brenn --against flood/*.txt
  pbpaste | sayso quote - --against https://example.org/story")]
    Quote(QuoteArgs),
    /// Serve an assistant: the Model Context Protocol over standard input and output
    ///
    /// The tools `read_article`, `brief`, `check_brief`, `verify_quote`, `find_statements` and `positions`, so that a
    /// language model quotes only what is on record. Nothing is written; articles come as text, by an address, or from the
    /// archive.
    #[command(after_long_help = "Example of a client's configuration:
  {\"mcpServers\": {\"sayso\": {\"command\": \"sayso\", \"args\": [\"mcp\"]}}}")]
    Mcp(McpArgs),
    /// Pages for your browser, and an HTTP API for programs
    ///
    /// Reads articles, briefs them, checks briefs and follows stories of the archive, on
    /// this machine alone: who reaches it from elsewhere needs a token (--tokens). The
    /// API is described at /api.
    #[command(after_long_help = "Examples:
  sayso serve                              then open http://localhost:8017
  sayso serve --archive war.sqlite --port 9000
  sayso serve --new-token write            prints a token, and its line for a file of tokens
  sayso serve --tokens tokens --listen 0.0.0.0 --host news.example.org")]
    Serve(ServeArgs),
    /// What a finding of `sayso check` means
    ///
    /// What it is, why it matters, an example, what would be better, and what raises
    /// nothing. Without a code: all codes, with a line each.
    Explain {
        /// As in quote-altered
        #[arg(value_name = "CODE")]
        code: Option<String>,
    },
    /// Say by hand who is who in the archive; it is remembered
    #[command(after_long_help = "Examples:
  sayso correct --merge \"Port Authority\" --into \"Port Sallow Authority\"
  sayso correct --rename \"Hanne Brusk\" --into \"Hanne Brusk-Lund\"
  sayso correct --split \"Tom Marsh\" --articles ashmere --into \"Tom Marsh (councillor)\"
  sayso correct --corrections whose.jsonl")]
    Correct(CorrectArgs),
    /// Read the archive's articles again with this program's model
    Reread(RereadArgs),
    /// The archive as a table, as records, or for brat, Citron and DNA
    ///
    /// A table has a row for each statement. brat and Citron get a folder with a file for
    /// each article, Discourse Network Analyzer a database.
    #[command(after_long_help = "Examples:
  sayso export -o statements.csv           a row for each statement
  sayso export -o statements.brat          a folder to open in brat
  sayso export -o statements.citron        a folder for the tools of Citron
  sayso export -o statements.dna           for Discourse Network Analyzer 3
  sayso export -o statements.parquet       the same for pandas or DuckDB
  sayso export --format records > all.jsonl   everything; `sayso import` reads it")]
    Export(ExportArgs),
    /// Put records into the archive that were read before
    Import(ImportArgs),
    /// The first stage: paragraphs, sentences and tokens of an article
    Tokens(StageArgs),
    /// The second stage: the tagger's sources, cues and contents, and their links
    Tags(StageArgs),
    /// Write the rules that sayso carries into a folder, to change them there
    #[command(
        after_long_help = "Titles, roles, acts, hedges, standing phrases and more are data. Change what you
like, delete the files that you leave alone, and read with them:
  sayso rules my-rules
  sayso read story.html --rules my-rules"
    )]
    Rules {
        /// Made if it isn't there; no file in it is overwritten
        folder: PathBuf,
    },
    /// Print the JSON Schema of a record or a report
    Schema {
        /// Of what
        #[arg(long, value_enum, default_value_t = SchemaOf::Record, value_name = "WHAT")]
        of: SchemaOf,
    },
    /// Measure the quality against labelled texts
    Eval(EvalArgs),
    /// Print a completion script for a shell
    #[command(after_long_help = "Examples:
  sayso completions bash > ~/.local/share/bash-completion/completions/sayso
  sayso completions zsh > \"${fpath[1]}/_sayso\"
  sayso completions fish > ~/.config/fish/completions/sayso.fish")]
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print the manual as a man page
    #[command(after_long_help = "Examples:
  sayso man | man -l -
  sayso man > ~/.local/share/man/man1/sayso.1")]
    Man,
}

/// What has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// What `sayso read` says of an article.
    Record,
    /// What `sayso check` says of a brief.
    Check,
    /// A brief, as `sayso brief` writes it.
    Brief,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReadArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,

    /// The form of the output [default: by the ending of --output, else table]
    #[arg(short, long, value_enum)]
    pub(crate) format: Option<Format>,

    /// Write into this file instead of the terminal; it can't be one of the articles
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Read as English, whatever language the text looks like
    #[arg(long)]
    pub(crate) assume_english: bool,

    /// Leave out statements of less confidence than this, from 0 to 1
    #[arg(long, value_name = "CONFIDENCE", default_value = "0", hide_default_value = true, value_parser = share)]
    pub(crate) min_confidence: f32,

    /// Use the .toml files of this folder instead of the carried rules of the same names
    #[arg(long, value_name = "FOLDER")]
    pub(crate) rules: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PositionsArgs {
    /// Articles, as for `sayso read`; without any, those of the archive
    #[arg(value_name = "ARTICLE")]
    pub(crate) articles: Vec<OsString>,

    #[command(flatten)]
    pub(crate) intake: Intake,

    /// Of the archive: only what this party holds
    #[arg(long, value_name = "PARTY", conflicts_with = "articles")]
    pub(crate) party: Option<String>,

    /// Of the archive: only on this issue, or words of its name
    #[arg(long, value_name = "ISSUE", conflicts_with = "articles")]
    pub(crate) on: Option<String>,

    /// Of the archive: only from this day on, as 2026-03-15
    #[arg(long, value_name = "DATE", value_parser = brief::day, conflicts_with = "articles")]
    pub(crate) since: Option<String>,

    /// Of the archive: only up to this day
    #[arg(long, value_name = "DATE", value_parser = brief::day, conflicts_with = "articles")]
    pub(crate) until: Option<String>,

    /// Of the archive: only in this outlet, or one with these words in its name
    #[arg(long, value_name = "OUTLET", conflicts_with = "articles")]
    pub(crate) outlet: Option<String>,

    /// Of the archive: only in the story of this number
    #[arg(long, value_name = "NUMBER", conflicts_with = "articles")]
    pub(crate) story: Option<i64>,

    #[command(flatten)]
    pub(crate) answer: AnswerArgs,

    /// Use the .toml files of this folder instead of the carried rules of the same names
    #[arg(long, value_name = "FOLDER")]
    pub(crate) rules: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct QuoteArgs {
    /// The quotation, with its marks or without; - for standard input
    #[arg(value_name = "WORDS")]
    pub(crate) words: String,

    /// Files, folders and http(s) addresses, as for `sayso read`
    #[arg(long, required = true, num_args = 1.., value_name = "ARTICLE")]
    pub(crate) against: Vec<OsString>,

    /// Who is meant to have said it
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,

    /// The form of the output
    #[arg(short, long, value_enum, default_value_t = QuoteFormat::Text)]
    pub(crate) format: QuoteFormat,

    /// Use the .toml files of this folder instead of the carried rules of the same names
    #[arg(long, value_name = "FOLDER")]
    pub(crate) rules: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) intake: Intake,
}

/// Forms of what is said of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum QuoteFormat {
    /// For people.
    Text,
    /// One object, spans in Unicode code points.
    Json,
}

/// Forms of a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// For people.
    Table,
    /// One object.
    Json,
    /// Rows for a spreadsheet.
    Csv,
    /// A list for a document or a wiki.
    Md,
    /// A page for a browser.
    Html,
}

/// A number from 0 to 1.
fn share(words: &str) -> Result<f32, String> {
    let number = words.parse::<f32>().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "give a number from 0 to 1, such as 0.5".to_owned())
}

/// Forms of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Table,
    /// One object for one article, an array for several.
    Json,
    /// One object a line.
    Jsonl,
    /// One row for each statement, for a spreadsheet.
    Csv,
    /// A list for a document or a wiki.
    Md,
    /// A page for a browser: the article with its statements marked.
    Html,
    /// Annotations of one article for brat, which point into the record's `article.text`.
    Brat,
    /// One object a line, as the tools of Citron read it.
    Citron,
}

#[derive(Debug, clap::Args)]
pub(crate) struct StageArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,

    /// The form of the output
    #[arg(short, long, value_enum, default_value_t = StageFormat::Text)]
    pub(crate) format: StageFormat,
}

/// Forms of a stage's view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StageFormat {
    /// For people.
    Text,
    /// One object a line, spans in bytes.
    Json,
}
