//! How many articles a second does each stage take, and how much memory?
//!
//! Each stage of each article is measured in a process of its own, since a process's
//! peak of memory never falls. Within one, rounds of the stage and of its peer come by
//! turns, so that a noisy machine bothers both. `docs/speed.md` explains the tables.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::slice;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use rayon::prelude::*;
use sayso::record::{Attribution, TextSpan};
use sayso::{Article, CharIndex, Document, Engine, Given, Record};
use sayso_text::{Format, ingest};
use unicode_segmentation::UnicodeSegmentation;

const NORMAL: &str = "examples/harbour-talks-gazette.html";
const SHORT: &str = "examples/marlbridge-library-vote.html";
/// A brief item has this many paragraphs.
const SHORT_PARAGRAPHS: usize = 5;
/// A round reads as many copies as make this many words, at least one a thread.
const WORDS_A_ROUND: usize = 20_000;
const ROUNDS: usize = 7;
/// Clean briefs, and the one of each article: a check's brief is about a news item long, whatever its source is.
const BRIEFS: &str = "examples/check/check.jsonl";
const NORMAL_BRIEF: &str = "gazette-a1";
const SHORT_BRIEF: &str = "marlbridge-a1";
/// A check may take so many times as long as reading its brief and its article.
const CHECK_BOUND: f64 = 1.3;
const COLD_RUNS: usize = 15;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => all(),
        ["cold"] => cold(),
        [stage, name] => one(stage, name),
        _ => bail!("no arguments, please"),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn all() -> Result<()> {
    itself(&["cold"])?;
    println!("\n{} threads, {ROUNDS} rounds, medians", rayon::current_num_threads());
    println!("| article | stage | articles/s | tokens/s | times its peer | peak MB |");
    println!("|---|---|--:|--:|--:|--:|");
    for name in ["short", "normal", "long"] {
        for stage in ["segmentation", "tagging", "understanding", "reading", "check"] {
            itself(&[stage, name])?;
        }
    }
    Ok(())
}

/// Runs a measurement in a process of its own. The cold start needs one too: the children
/// that its memory is read from would else include the compiler, as cargo starts it here.
fn itself(args: &[&str]) -> Result<()> {
    let status = Command::new(std::env::current_exe()?).args(args).status()?;
    ensure!(status.success(), "{} failed", args.join(" "));
    Ok(())
}

/// `sayso read` from nothing, as a person starts it.
fn cold() -> Result<()> {
    let sayso = root().join("target/release/sayso");
    ensure!(sayso.is_file(), "build the program first: cargo build --release");
    let mut milliseconds = Vec::new();
    for _ in 0..COLD_RUNS {
        let start = Instant::now();
        let status =
            Command::new(&sayso).arg("read").arg(root().join(NORMAL)).stdout(Stdio::null()).status()?;
        ensure!(status.success(), "sayso read failed");
        milliseconds.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let peak = megabytes(UsageWho::RUSAGE_CHILDREN)?;
    println!("sayso read {NORMAL}: {:.0} ms, {peak} MB at its peak", median(&mut milliseconds));
    Ok(())
}

/// One round of something, on all threads.
type Round<'a> = Box<dyn Fn() -> Result<()> + 'a>;

/// One stage of one article, in this process.
fn one(stage: &str, name: &str) -> Result<()> {
    let article = named(name)?;
    let brief = if stage == "check" { brief(name)? } else { Article::default() };
    let doc = Document::new(&article);
    let n_words = article.text.split_whitespace().count();
    let n_read = n_words + brief.text.split_whitespace().count();
    let n = (WORDS_A_ROUND / n_read).max(rayon::current_num_threads());
    let engine = if stage == "segmentation" { None } else { Some(Engine::embedded()?) };
    let round = own(stage, n, engine.as_ref(), &article, &brief, &doc)?;
    let peer = peer(stage, n, engine.as_ref(), &article, &brief)?;
    let (mut own, mut other) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        own.push(seconds(&round)?);
        if let Some(peer) = &peer {
            other.push(seconds(peer)?);
        }
    }
    let own = median(&mut own);
    let ratio = peer.map(|_| median(&mut other) / own);
    let shown = ratio.map_or(String::new(), |ratio| format!("{ratio:.2}"));
    let per_second = n as f64 / own;
    let peak = megabytes(UsageWho::RUSAGE_SELF)?;
    let tokens = per_second * doc.tokens.len() as f64;
    println!("| {name}, {n_words} words | {stage} | {per_second:.1} | {tokens:.0} | {shown} | {peak} |");
    if let ("check", Some(ratio)) = (stage, ratio) {
        let cost = 1.0 / ratio;
        eprintln!("a check takes {cost:.2} times reading its brief and its article, bound {CHECK_BOUND}");
        ensure!(cost <= CHECK_BOUND, "a check of the {name} article is over its bound");
    }
    Ok(())
}

fn own<'a>(
    stage: &str,
    n: usize,
    engine: Option<&'a Engine>,
    article: &'a Article,
    brief: &'a Article,
    doc: &'a Document,
) -> Result<Round<'a>> {
    let engine = || engine.context("the stage has no engine");
    Ok(match stage {
        "segmentation" => Box::new(move || each(n, || drop(black_box(Document::new(article))))),
        "tagging" => {
            let engine = engine()?;
            Box::new(move || each(n, || drop(black_box(engine.tag(doc)))))
        }
        // All but the encoder: from given attributions to the record.
        "understanding" => {
            let engine = engine()?;
            let given = given(&engine.read(article));
            Box::new(move || each(n, || drop(black_box(engine.read_given(article, &given)))))
        }
        "check" => {
            let engine = engine()?;
            let sources = slice::from_ref(article);
            Box::new(move || each(n, || drop(black_box(engine.check(brief, sources)))))
        }
        _ => {
            let engine = engine()?;
            Box::new(move || each(n, || drop(black_box(engine.read(article)))))
        }
    })
}

fn peer<'a>(
    stage: &str,
    n: usize,
    engine: Option<&'a Engine>,
    article: &'a Article,
    brief: &'a Article,
) -> Result<Option<Round<'a>>> {
    Ok(match stage {
        // Unicode's rules know neither "Dr." nor quotations; they are what a program would
        // use that doesn't care.
        "segmentation" => Some(Box::new(move || {
            each(n, || {
                black_box(article.text.unicode_sentences().count());
                black_box(article.text.split_word_bounds().count());
            })
        })),
        // What a check can't do without.
        "check" => {
            let engine = engine.context("the stage has no engine")?;
            Some(Box::new(move || each(n, || drop(black_box((engine.read(brief), engine.read(article)))))))
        }
        // Tagging and reading are compared with others in `bench`.
        _ => None,
    })
}

/// A record's attributions, to be understood again.
fn given(record: &Record) -> Vec<Given> {
    let index = CharIndex::new(&record.article.text);
    let span = |span: &TextSpan| index.to_bytes(span.start, span.end);
    let one = |a: &Attribution| Given {
        source: a.source.as_ref().and_then(span),
        cue: a.cue.as_ref().and_then(span),
        content: a.content.iter().filter_map(span).collect(),
    };
    record.attributions.iter().map(one).collect()
}

/// So many times, on all threads; never an error, as a round may be.
fn each(n: usize, f: impl Fn() + Sync) -> Result<()> {
    (0..n).into_par_iter().for_each(|_| f());
    Ok(())
}

fn seconds(f: impl FnOnce() -> Result<()>) -> Result<f64> {
    let start = Instant::now();
    f()?;
    Ok(start.elapsed().as_secs_f64())
}

/// The most memory that this process or its children had, in units of 10^6 bytes, rounded; Linux tells it in units of
/// 1,024 bytes.
fn megabytes(whose: UsageWho) -> Result<i64> {
    Ok((getrusage(whose)?.max_rss() * 1024 + 500_000) / 1_000_000)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// A brief of the article that [`named`] gives; of all examples, one of the first.
fn brief(name: &str) -> Result<Article> {
    let id = if name == "short" { SHORT_BRIEF } else { NORMAL_BRIEF };
    for line in std::fs::read_to_string(root().join(BRIEFS))?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        if row["id"] == id {
            return Ok(Article::from_text(row["brief"].as_str().context("a brief without words")?));
        }
    }
    bail!("{BRIEFS} has no {id}")
}

/// A brief item, an article, and all eight examples one after another.
fn named(name: &str) -> Result<Article> {
    let read = |path: &Path| -> Result<Article> {
        Ok(ingest(&std::fs::read(path).with_context(|| path.display().to_string())?, Format::Html)?)
    };
    match name {
        "short" => {
            let text = read(&root().join(SHORT))?.text;
            let paragraphs: Vec<&str> = text.split("\n\n").take(SHORT_PARAGRAPHS).collect();
            Ok(Article::from_text(paragraphs.join("\n\n")))
        }
        "normal" => read(&root().join(NORMAL)),
        _ => {
            let folder = std::fs::read_dir(root().join("examples"))?;
            let mut paths = folder.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
            paths.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
            paths.sort();
            let texts = paths.iter().map(|path| Ok(read(path)?.text)).collect::<Result<Vec<_>>>()?;
            Ok(Article::from_text(texts.join("\n\n")))
        }
    }
}
