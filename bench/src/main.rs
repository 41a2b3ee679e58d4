//! Is our encoder faster than PyTorch's and candle's, on the same article, weights and windows?
//!
//! The weights file is dequantised for the others, so all sides compute
//! the same function; then all encode the windows of one article by turns. Candle
//! reads the threads of its operations from the environment, so the program runs itself
//! once for each arrangement of threads. `docs/speed.md` explains the tables.

mod peer;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, anyhow, ensure};
use candle_core::{DType, Device, IndexOp, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config, HiddenAct};
use rayon::prelude::*;
use safetensors::SafeTensors;
use sayso::Engine;
use sayso_nn::{Encoder, ModelFile, Tier};
use sayso_text::{Document, Format, ParagraphKind, ingest};

const ARTICLE: &str = "examples/harbour-talks-gazette.html";
const WEIGHTS: &str = "models/tagger.safetensors";
/// Rounds, in each of which every contender runs once.
const ROUNDS: usize = 15;
/// All sides are layer-normalised, so numbers are around 1. Ours rounds activations to
/// 8 bits; anything beyond this is another function, not rounding.
const TOLERANCE: f32 = 1.0;
/// The tagger takes the paragraph before as context when it is at most this long.
const CONTEXT: usize = 80;

type Rows = Vec<Vec<f32>>;

/// Something that encodes the windows, with the times it took.
struct Contender<'a> {
    name: String,
    /// The vectors, and the milliseconds where it has a clock of its own.
    run: Box<dyn Fn() -> Result<(Rows, Option<f64>)> + 'a>,
    milliseconds: Vec<f64>,
}

impl<'a> Contender<'a> {
    fn new(name: impl Into<String>, run: impl Fn() -> Result<Rows> + 'a) -> Self {
        let run = move || Ok((run()?, None));
        Self { name: name.into(), run: Box::new(run), milliseconds: Vec::new() }
    }

    /// One in another process, by its own clock.
    fn beside(name: &str, run: impl Fn() -> Result<f64> + 'a) -> Self {
        let run = move || Ok((Rows::new(), Some(run()?)));
        Self { name: name.to_owned(), run: Box::new(run), milliseconds: Vec::new() }
    }

    fn median(&self) -> f64 {
        let mut sorted = self.milliseconds.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[sorted.len() / 2]
    }

    fn least(&self) -> f64 {
        self.milliseconds.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

fn main() -> Result<()> {
    let all = std::thread::available_parallelism()?.get();
    if let Some(threads) = std::env::args().nth(1) {
        return rayon::ThreadPoolBuilder::new().num_threads(threads.parse()?).build()?.install(measure);
    }
    for (threads, inner) in [(1, 1), (all, all), (all, 1)] {
        println!("\n{threads} threads over windows, {inner} inside candle's operations, {ROUNDS} rounds");
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(threads.to_string()).env("RAYON_NUM_THREADS", inner.to_string());
        ensure!(command.status()?.success(), "the run with {threads} threads failed");
    }
    Ok(())
}

/// Measures all contenders in the current pool and prints a table.
fn measure() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let bytes = std::fs::read(root.join(WEIGHTS)).context(WEIGHTS)?;
    let file = ModelFile::new(bytes.clone())?;
    let article = ingest(&std::fs::read(root.join(ARTICLE)).context(ARTICLE)?, Format::Html)?;
    let windows = windows(&file, &Document::new(&article))?;
    let candle = candle_model(&bytes, &file)?;
    let engine = Engine::new(&file, Tier::detect())?;

    let tiers = Tier::available();
    let ours =
        tiers.iter().map(|tier| Ok((tier, Encoder::new(&file, *tier)?))).collect::<Result<Vec<_>>>()?;
    let one = |ids: &Vec<u32>| candle_rows(&candle, std::slice::from_ref(ids)).map(|mut rows| rows.remove(0));
    let threads = rayon::current_num_threads();
    let peer = peer::Peer::start(&root, WEIGHTS, &windows, threads)?;
    let mut contenders = vec![
        Contender::new("candle, window after window", || windows.iter().map(one).collect()),
        Contender::new("candle, windows over threads", || windows.par_iter().map(one).collect()),
        Contender::new("candle, one padded batch", || candle_rows(&candle, &windows)),
    ];
    if let Some(peer) = &peer {
        peer.run("f32")?;
        let torch = peer.rows(&windows, file.config.hidden_size)?;
        let candle: Rows = candle_rows(&candle, &windows)?;
        ensure!(difference(&torch, &candle)? < 0.01, "the peer computes another function");
        contenders.push(Contender::beside("PyTorch f32, one batch", || peer.run("f32")));
        contenders.push(Contender::beside("PyTorch bf16, one batch", || peer.run("bf16")));
    } else {
        println!("PyTorch is left out: SAYSO_BENCH_PYTHON names no Python that has it");
    }
    let n_rivals = contenders.len();
    for (tier, encoder) in &ours {
        contenders.push(Contender::new(format!("sayso-nn, {tier:?}"), || Ok(encoder.encode_all(&windows))));
    }
    contenders.push(Contender::new("sayso, the whole record", || {
        std::hint::black_box(engine.read(&article));
        Ok(Rows::new())
    }));

    let (words, pieces) = (article.text.split_whitespace().count(), windows.iter().flatten().count());
    println!("{ARTICLE}: {words} words, {pieces} pieces in {} windows", windows.len());
    let outputs = contenders.iter().map(|c| Ok((c.run)()?.0)).collect::<Result<Vec<_>>>()?;
    for _ in 0..ROUNDS {
        for contender in &mut contenders {
            let start = Instant::now();
            let (rows, own) = (contender.run)()?;
            contender.milliseconds.push(own.unwrap_or_else(|| start.elapsed().as_secs_f64() * 1e3));
            std::hint::black_box(rows);
        }
    }
    let rivals = contenders[..n_rivals].iter();
    let best_median = rivals.clone().map(Contender::median).fold(f64::INFINITY, f64::min);
    let best_least = rivals.map(Contender::least).fold(f64::INFINITY, f64::min);
    println!("| | median ms | ratio | least ms | ratio | largest difference | bits |");
    println!("|---|--:|--:|--:|--:|--:|---|");
    for (contender, rows) in contenders.iter().zip(&outputs) {
        let (name, median, least) = (&contender.name, contender.median(), contender.least());
        print!("| {name} | {median:.0} | {:.2} ", best_median / median);
        print!("| {least:.0} | {:.2} ", best_least / least);
        if rows.is_empty() {
            println!("| | |");
            continue;
        }
        let difference = difference(rows, &outputs[0])?;
        println!("| {difference:.5} | {:08x} |", fingerprint(rows));
        ensure!(difference < TOLERANCE, "{name} computes another function");
    }
    Ok(())
}

/// The largest absolute difference between two encodings of the windows.
fn difference(a: &Rows, b: &Rows) -> Result<f32> {
    ensure!(a.iter().map(Vec::len).eq(b.iter().map(Vec::len)), "the outputs have different shapes");
    let pairs = a.iter().flatten().zip(b.iter().flatten());
    // Not `f32::max`, which would pass over what is not a number.
    Ok(pairs.map(|(a, b)| (a - b).abs()).fold(0.0, |most, d| if d <= most { most } else { d }))
}

/// 32 bits that change when any bit of the output does.
fn fingerprint(rows: &Rows) -> u32 {
    let mut hasher = DefaultHasher::new();
    rows.iter().flatten().for_each(|x| x.to_bits().hash(&mut hasher));
    (hasher.finish() >> 32) as u32
}

/// The article's body in windows, packed as the tagger packs paragraphs that fit one.
fn windows(file: &ModelFile, doc: &Document) -> Result<Vec<Vec<u32>>> {
    let task: serde_json::Value = serde_json::from_str(&file.task)?;
    let json = task["tokenizer"].as_str().context("the weights carry no tokenizer")?;
    let size = task["window"].as_u64().context("the weights name no window")? as usize;
    let tokenizer = tokenizers::Tokenizer::from_bytes(json).map_err(|error| anyhow!(error))?;
    let id = |piece| tokenizer.token_to_id(piece).context("the tokenizer lacks its marks");
    let (cls, sep) = (id("[CLS]")?, id("[SEP]")?);
    let mut paragraphs: Vec<Vec<u32>> = Vec::new();
    for paragraph in doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body) {
        let words = paragraph.span.of(&doc.text);
        let pieces = tokenizer.encode(words, false).map_err(|error| anyhow!(error))?.get_ids().to_vec();
        ensure!(pieces.len() <= size, "a paragraph of {} pieces fits no window", pieces.len());
        paragraphs.push(pieces);
    }
    let (mut windows, mut fresh) = (Vec::new(), 0);
    while let Some(first) = paragraphs.get(fresh) {
        let before = fresh.checked_sub(1).map(|i| &paragraphs[i]);
        let context = before.filter(|p| p.len() <= CONTEXT && p.len() + 1 + first.len() <= size);
        let mut ids = vec![cls];
        for pieces in context.into_iter().chain([first]) {
            ids.extend(pieces.iter().chain([&sep]));
        }
        fresh += 1;
        // The marks at both ends stand outside `size`.
        while let Some(next) = paragraphs.get(fresh).filter(|next| ids.len() - 1 + next.len() <= size) {
            ids.extend(next.iter().chain([&sep]));
            fresh += 1;
        }
        windows.push(ids);
    }
    Ok(windows)
}

/// Candle's encoding of some windows, as one batch.
fn candle_rows(model: &BertModel, windows: &[Vec<u32>]) -> Result<Rows> {
    let longest = windows.iter().map(Vec::len).max().unwrap_or(0);
    let padded = |f: &dyn Fn(&Vec<u32>, usize) -> u32| {
        let numbers: Vec<u32> = windows.iter().flat_map(|w| (0..longest).map(move |i| f(w, i))).collect();
        Tensor::from_vec(numbers, (windows.len(), longest), &Device::Cpu)
    };
    let ids = padded(&|window, i| window.get(i).copied().unwrap_or(0))?;
    let mask = padded(&|window, i| u32::from(i < window.len()))?;
    let rows = model.forward(&ids, &ids.zeros_like()?, Some(&mask))?;
    let one = |(i, ids): (usize, &Vec<u32>)| Ok(rows.i((i, ..ids.len()))?.flatten_all()?.to_vec1()?);
    windows.iter().enumerate().map(one).collect()
}

/// Candle's model of the same function: our weights times their scales, in `f32`.
fn candle_model(bytes: &[u8], file: &ModelFile) -> Result<BertModel> {
    let c = &file.config;
    let tensors = SafeTensors::deserialize(bytes)?;
    let floats = |name: &str| -> Result<Vec<f32>> {
        let (words, _) = tensors.tensor(name)?.data().as_chunks::<4>();
        Ok(words.iter().map(|&word| f32::from_le_bytes(word)).collect())
    };
    let matrix = |name: &str| -> Result<Tensor> {
        let scales = floats(&format!("{name}.scale"))?;
        let view = tensors.tensor(&format!("{name}.weight"))?;
        let rows = view.data().chunks_exact(view.shape()[1]).zip(&scales);
        let numbers = rows.flat_map(|(row, scale)| row.iter().map(move |&w| f32::from(w as i8) * scale));
        Ok(Tensor::from_vec(numbers.collect(), view.shape(), &Device::Cpu)?)
    };
    let vector = |name: &str| -> Result<Tensor> { Ok(Tensor::new(floats(name)?, &Device::Cpu)?) };
    let mut of: HashMap<String, Tensor> = HashMap::new();
    of.insert("embeddings.word_embeddings.weight".into(), matrix("words")?);
    of.insert("embeddings.position_embeddings.weight".into(), matrix("positions")?);
    // Ours are folded into the positions.
    let none = Tensor::zeros((1, c.hidden_size), DType::F32, &Device::Cpu)?;
    of.insert("embeddings.token_type_embeddings.weight".into(), none);
    let mut norms = vec![("embeddings".to_owned(), "norm".to_owned())];
    for i in 0..c.num_hidden_layers {
        let (to, from) = (format!("encoder.layer.{i}"), format!("layers.{i}"));
        let (weight, bias) = (matrix(&format!("{from}.qkv"))?, vector(&format!("{from}.qkv.bias"))?);
        for (k, part) in ["query", "key", "value"].into_iter().enumerate() {
            let slice = |t: &Tensor| t.narrow(0, k * c.hidden_size, c.hidden_size)?.contiguous();
            of.insert(format!("{to}.attention.self.{part}.weight"), slice(&weight)?);
            of.insert(format!("{to}.attention.self.{part}.bias"), slice(&bias)?);
        }
        for (part, ours) in [("attention.output", "out"), ("intermediate", "up"), ("output", "down")] {
            of.insert(format!("{to}.{part}.dense.weight"), matrix(&format!("{from}.{ours}"))?);
            of.insert(format!("{to}.{part}.dense.bias"), vector(&format!("{from}.{ours}.bias"))?);
        }
        norms.push((format!("{to}.attention.output"), format!("{from}.norm1")));
        norms.push((format!("{to}.output"), format!("{from}.norm2")));
    }
    for (to, from) in norms {
        for part in ["weight", "bias"] {
            of.insert(format!("{to}.LayerNorm.{part}"), vector(&format!("{from}.{part}"))?);
        }
    }
    let config = Config {
        vocab_size: c.vocab_size,
        hidden_size: c.hidden_size,
        num_hidden_layers: c.num_hidden_layers,
        num_attention_heads: c.num_attention_heads,
        intermediate_size: c.intermediate_size,
        hidden_act: HiddenAct::GeluApproximate,
        max_position_embeddings: c.max_position_embeddings,
        type_vocab_size: 1,
        layer_norm_eps: f64::from(c.layer_norm_eps),
        ..Config::default()
    };
    Ok(BertModel::load(VarBuilder::from_tensors(of, DType::F32, &Device::Cpu), &config)?)
}
