//! Is our encoder faster than PyTorch's and candle's, on the same articles, weights and windows?
//!
//! The weights file is dequantised for the others, so all sides compute
//! the same function; then all encode the windows by turns. Candle
//! reads the threads of its operations from the environment, so the program runs itself
//! once for each arrangement of threads. `docs/speed.md` explains the tables.

mod candle;
mod peak;
mod peer;
mod table;
mod windows;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use candle_transformers::models::bert::BertModel;
use rayon::prelude::*;
use sayso::Engine;
use sayso_nn::{Encoder, ModelFile, Tier};
use sayso_text::{Article, Document, Format, ingest};

use crate::peer::Peer;

const ARTICLE: &str = "examples/harbour-talks-gazette.html";
const WEIGHTS: &str = "models/tagger.safetensors";
/// Rounds, in each of which every contender runs once; fewer over articles that the user names.
const ROUNDS: usize = 15;
const ROUNDS_OVER_MANY: usize = 5;
/// All sides are layer-normalised, so numbers are around 1. Ours rounds activations to
/// 8 bits, as bf16 rounds numbers; anything beyond this is another function, not rounding.
const TOLERANCE: f32 = 1.0;
/// Between two that round to 32 bits alone.
const F32_TOLERANCE: f32 = 0.01;

type Rows = Vec<Vec<f32>>;

/// Something that encodes the windows, with the times it took.
pub struct Contender<'a> {
    name: String,
    /// The vectors, and the milliseconds where it has a clock of its own.
    run: Box<dyn Fn() -> Result<(Rows, Option<f64>)> + 'a>,
    milliseconds: Vec<f64>,
    /// Ours; the others are rivals.
    tier: Option<Tier>,
}

impl<'a> Contender<'a> {
    fn new(name: impl Into<String>, run: impl Fn() -> Result<Rows> + 'a) -> Self {
        let run = move || Ok((run()?, None));
        Self { name: name.into(), run: Box::new(run), milliseconds: Vec::new(), tier: None }
    }

    /// One in another process, by its own clock.
    fn beside(name: &str, run: impl Fn() -> Result<f64> + 'a) -> Self {
        let run = move || Ok((Rows::new(), Some(run()?)));
        Self { name: name.to_owned(), run: Box::new(run), milliseconds: Vec::new(), tier: None }
    }

    fn on(self, tier: Tier) -> Self {
        Self { tier: Some(tier), ..self }
    }

    /// Runs once, and keeps the time.
    fn turn(&mut self) -> Result<()> {
        let start = Instant::now();
        let (rows, own) = (self.run)()?;
        self.milliseconds.push(own.unwrap_or_else(|| start.elapsed().as_secs_f64() * 1e3));
        std::hint::black_box(rows);
        Ok(())
    }
}

fn main() -> Result<()> {
    let all = std::thread::available_parallelism()?.get();
    let mut args = std::env::args().skip(1);
    if std::env::var_os("SAYSO_BENCH_THREADS").is_some() {
        let threads: usize = std::env::var("SAYSO_BENCH_THREADS")?.parse()?;
        let paths: Vec<PathBuf> = args.map(PathBuf::from).collect();
        return rayon::ThreadPoolBuilder::new().num_threads(threads).build()?.install(|| measure(&paths));
    }
    let many = args.len() > 0;
    let paths: Vec<String> = args.by_ref().collect();
    // Candle's operations are left alone over many articles: it would take most of an hour.
    let arrangements = if many { vec![(1, 1), (all, 1)] } else { vec![(1, 1), (all, all), (all, 1)] };
    for (threads, inner) in arrangements {
        println!("\n{threads} threads over windows, {inner} inside candle's operations");
        let mut command = Command::new(std::env::current_exe()?);
        command.args(&paths).env("SAYSO_BENCH_THREADS", threads.to_string());
        command.env("RAYON_NUM_THREADS", inner.to_string());
        ensure!(command.status()?.success(), "the run with {threads} threads failed");
    }
    Ok(())
}

/// The articles of files and folders; the example without any.
fn articles(root: &Path, paths: &[PathBuf]) -> Result<Vec<Article>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files
                .extend(std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?);
        } else {
            files.push(path.clone());
        }
    }
    files.sort();
    if paths.is_empty() {
        files.push(root.join(ARTICLE));
    }
    let read = |file: &PathBuf| {
        let format = if file.extension().is_some_and(|e| e == "html") { Format::Html } else { Format::Text };
        let name = || file.display().to_string();
        ingest(&std::fs::read(file).with_context(name)?, format).with_context(name)
    };
    files.iter().map(read).collect()
}

/// Measures all contenders in the current pool, prints a table and keeps a row.
fn measure(paths: &[PathBuf]) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let bytes = std::fs::read(root.join(WEIGHTS)).context(WEIGHTS)?;
    let file = ModelFile::new(bytes.clone())?;
    let articles = articles(&root, paths)?;
    let mut windows = Vec::new();
    for article in &articles {
        windows.extend(windows::windows(&file, &Document::new(article))?);
    }
    let candle = candle::model(&bytes, &file)?;
    let engine = Engine::new(&file, Tier::detect())?;
    let encoder = |tier| Ok((tier, Encoder::new(&file, tier)?));
    let encoders = Tier::available().into_iter().map(encoder).collect::<Result<Vec<_>>>()?;
    let threads = rayon::current_num_threads();
    let peer = Peer::start(&root, WEIGHTS, &windows, threads, &[])?;
    // What a processor without AVX-512 would make of the same wheels.
    let held = Peer::start(&root, WEIGHTS, &windows, threads, &peer::HELD_TO_AVX2)?;

    let mut contenders = by_candle(&candle, &windows, paths.is_empty());
    if let (Some(peer), Some(held)) = (&peer, &held) {
        let expected = (contenders[0].run)()?.0;
        contenders.extend(by_pytorch(peer, held, &windows, &expected, file.config.hidden_size)?);
    } else {
        println!("PyTorch is left out: SAYSO_BENCH_PYTHON names no Python that has it");
    }
    contenders.extend(by_ours(&encoders, &engine, &windows, &articles));

    let outputs = contenders.iter().map(|c| Ok((c.run)()?.0)).collect::<Result<Vec<_>>>()?;
    for _ in 0..if paths.is_empty() { ROUNDS } else { ROUNDS_OVER_MANY } {
        contenders.iter_mut().try_for_each(Contender::turn)?;
    }
    let size = table::Size {
        articles: articles.len(),
        words: articles.iter().map(|article| article.text.split_whitespace().count()).sum(),
        windows: windows.len(),
        pieces: windows.iter().flatten().count(),
        operations: operations(&file, windows.iter().flatten().count()),
        threads,
        inner: std::env::var("RAYON_NUM_THREADS")?.parse()?,
    };
    table::print(&size, &contenders, &outputs)?;
    table::keep(&root, &size, &contenders)
}

/// Candle over windows, and every other way where there is time for them.
fn by_candle<'a>(model: &'a BertModel, windows: &'a [Vec<u32>], every_way: bool) -> Vec<Contender<'a>> {
    let one = |ids: &Vec<u32>| candle::rows(model, std::slice::from_ref(ids)).map(|mut rows| rows.remove(0));
    let mut contenders =
        vec![Contender::new("candle, windows over threads", move || windows.par_iter().map(one).collect())];
    if every_way {
        contenders
            .push(Contender::new("candle, window after window", move || windows.iter().map(one).collect()));
        contenders.push(Contender::new("candle, one padded batch", move || candle::rows(model, windows)));
    }
    contenders
}

/// `PyTorch`, of each kind whose vectors are those `expected`, but for rounding.
fn by_pytorch<'a>(
    peer: &'a Peer,
    held: &'a Peer,
    windows: &[Vec<u32>],
    expected: &Rows,
    d: usize,
) -> Result<Vec<Contender<'a>>> {
    let kinds = [
        ("PyTorch f32", peer, "f32", F32_TOLERANCE),
        ("PyTorch bf16", peer, "bf16", TOLERANCE),
        ("PyTorch f32, held to AVX2", held, "f32", F32_TOLERANCE),
    ];
    let contender = |(name, peer, kind, tolerance): (&str, &'a Peer, &'static str, f32)| {
        peer.run(kind)?;
        let difference = table::difference(&peer.rows(kind, windows, d)?, expected)?;
        ensure!(difference < tolerance, "{name} computes another function: {difference} off");
        Ok(Contender::beside(name, move || peer.run(kind)))
    };
    kinds.into_iter().map(contender).collect()
}

/// Our encoder on each tier, and all that is done with an article, on the best.
fn by_ours<'a>(
    encoders: &'a [(Tier, Encoder)],
    engine: &'a Engine,
    windows: &'a [Vec<u32>],
    articles: &'a [Article],
) -> Vec<Contender<'a>> {
    let on = |(tier, encoder): &'a (Tier, Encoder)| {
        let name = format!("sayso-nn, {}", tier.name());
        Contender::new(name, move || Ok(encoder.encode_all(windows))).on(*tier)
    };
    let record = Contender::new("sayso, the whole record", move || {
        articles.par_iter().for_each(|article| drop(std::hint::black_box(engine.read(article))));
        Ok(Rows::new())
    });
    encoders.iter().map(on).chain([record]).collect()
}

/// Of the products with the weights: a multiplication and an addition each.
fn operations(file: &ModelFile, pieces: usize) -> f64 {
    let c = &file.config;
    let (d, inner) = (c.hidden_size, c.intermediate_size);
    (2 * pieces * c.num_hidden_layers * (4 * d * d + 2 * d * inner)) as f64
}
