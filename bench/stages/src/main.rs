//! How many articles a second does each stage take, and how much memory?
//!
//! Each stage of each article is measured in a process of its own, since a process's
//! peak of memory never falls. Within one, rounds of the stage and of its peer come by
//! turns, so that a noisy machine bothers both. `docs/speed.md` explains the tables.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
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
        for stage in ["segmentation", "tagging", "understanding", "reading"] {
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
        let status = Command::new(&sayso).arg("read").arg(root().join(NORMAL)).stdout(Stdio::null()).status()?;
        ensure!(status.success(), "sayso read failed");
        milliseconds.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss() / 1000;
    println!("sayso read {NORMAL}: {:.0} ms, {peak} MB at its peak", median(&mut milliseconds));
    Ok(())
}

/// One stage of one article, in this process.
fn one(stage: &str, name: &str) -> Result<()> {
    let article = named(name)?;
    let doc = Document::new(&article);
    let n_words = article.text.split_whitespace().count();
    let n = (WORDS_A_ROUND / n_words).max(rayon::current_num_threads());
    let engine = if stage == "segmentation" { None } else { Some(Engine::embedded()?) };
    let engine = || engine.as_ref().context("the stage has no engine");
    let round: Box<dyn Fn() -> Result<()>> = match stage {
        "segmentation" => Box::new(|| Ok(each(n, || drop(black_box(Document::new(&article)))))),
        "tagging" => {
            let engine = engine()?;
            Box::new(|| Ok(each(n, || drop(black_box(engine.tag(&doc))))))
        }
        // All but the encoder: from given attributions to the record.
        "understanding" => {
            let engine = engine()?;
            let given = given(&engine.read(&article));
            let article = &article;
            Box::new(move || Ok(each(n, || drop(black_box(engine.read_given(article, &given))))))
        }
        _ => {
            let engine = engine()?;
            Box::new(|| Ok(each(n, || drop(black_box(engine.read(&article))))))
        }
    };
    // Unicode's rules know neither "Dr." nor quotations; they are what a program would
    // use that doesn't care. The other two stages are compared with candle elsewhere.
    let peer = || {
        each(n, || {
            black_box(article.text.unicode_sentences().count());
            black_box(article.text.split_word_bounds().count());
        });
    };
    let (mut own, mut other) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        own.push(seconds(|| round())?);
        if stage == "segmentation" {
            other.push(seconds(|| Ok(peer()))?);
        }
    }
    let per_second = n as f64 / median(&mut own);
    let ratio = if other.is_empty() { String::new() } else { format!("{:.2}", median(&mut other) / median(&mut own)) };
    let peak = getrusage(UsageWho::RUSAGE_SELF)?.max_rss() / 1000;
    let tokens = per_second * doc.tokens.len() as f64;
    println!("| {name}, {n_words} words | {stage} | {per_second:.1} | {tokens:.0} | {ratio} | {peak} |");
    Ok(())
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

fn each(n: usize, f: impl Fn() + Sync) {
    (0..n).into_par_iter().for_each(|_| f());
}

fn seconds(f: impl FnOnce() -> Result<()>) -> Result<f64> {
    let start = Instant::now();
    f()?;
    Ok(start.elapsed().as_secs_f64())
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
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
