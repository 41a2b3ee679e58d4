//! How fast is the archive, and does it see reprints and same statements?

pub mod generate;
pub mod turns;

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use sayso::{Article, Engine, Record};
use sayso_archive::{Added, Archive, Error, Filter, Incoming, Owned, alike};
use serde::{Deserialize, Serialize};

use generate::{Generated, articles};

/// Articles in one transaction, as `sayso add` has them.
const AT_ONCE: usize = 32;
/// Articles that are read, then read and added, before the next.
const A_TURN: usize = 500;
/// Questions that are timed.
const ASKED: usize = 200;

/// What the questions ask for.
const KINDS: [&str; 6] = [
    "words",
    "words, a speaker",
    "words, two weeks",
    "words, an outlet",
    "a speaker, an act",
    "a standing, three days",
];

/// A pair of statements of one speaker.
#[derive(Debug, Clone, Deserialize)]
pub struct Pair {
    /// One telling.
    pub a: String,
    /// The other.
    pub b: String,
    /// Whether they are one statement.
    pub same: bool,
}

/// What came of pairs.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PairReport {
    /// Labelled pairs, and those of them that are the same.
    pub pairs: usize,
    /// Of these.
    pub same: usize,
    /// Taken for the same.
    pub found: usize,
    /// Of these, rightly.
    pub right: usize,
    /// Wrong ones, in words.
    pub wrong: Vec<String>,
}

impl PairReport {
    /// The share of pairs taken for the same that are, in per cent.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    pub fn precision(&self) -> f64 {
        100.0 * self.right as f64 / self.found.max(1) as f64
    }

    /// The share of the same pairs that are found, in per cent.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    pub fn recall(&self) -> f64 {
        100.0 * self.right as f64 / self.same.max(1) as f64
    }

    /// For people.
    pub fn text(&self, each: bool) -> String {
        let mut out = format!(
            "{} pairs, {} of one statement: {} found, {} rightly; precision {:.1}%, recall {:.1}%\n",
            self.pairs,
            self.same,
            self.found,
            self.right,
            self.precision(),
            self.recall()
        );
        if each {
            self.wrong.iter().for_each(|line| {
                let _ = writeln!(out, "{line}");
            });
        }
        out
    }
}

/// Pairs of statements, one in each line of JSON.
///
/// # Errors
/// When a line is no pair.
pub fn pairs(jsonl: &str) -> Result<Vec<Pair>, serde_json::Error> {
    jsonl.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect()
}

/// Which pairs the archive takes for one statement.
pub fn score_pairs(pairs: &[Pair]) -> PairReport {
    let mut report = PairReport { pairs: pairs.len(), ..PairReport::default() };
    for pair in pairs {
        let found = alike(&pair.a, &pair.b);
        report.same += usize::from(pair.same);
        report.found += usize::from(found);
        report.right += usize::from(found && pair.same);
        if found != pair.same {
            let what = if found { "not one" } else { "missed" };
            report.wrong.push(format!("{what}: {} | {}", pair.a, pair.b));
        }
    }
    report
}

/// Adds so many generated articles to an archive, beside reading them alone: by turns, some hundreds at a time, since a machine
/// that others use is slower at one time than at another.
///
/// # Errors
/// When the archive can't be written.
pub fn adding(engine: &Engine, path: &Path, n: usize) -> Result<String, Error> {
    let all = articles(n);
    let read = |batch: &[Generated]| -> Vec<Record> {
        batch.par_iter().map(|one| engine.read(&one.article)).collect()
    };
    let mut archive = Archive::open(path)?;
    let (mut bare, mut added) = (Vec::new(), Vec::new());
    let (mut came, mut memory) = (Vec::new(), Vec::new());
    for turn in all.chunks(A_TURN) {
        let start = Instant::now();
        turn.chunks(AT_ONCE).for_each(|batch| drop(read(batch)));
        bare.push(start.elapsed());
        let start = Instant::now();
        let ((), some) = archive.taking(|intake| {
            for batch in turn.chunks(AT_ONCE) {
                for (one, record) in batch.iter().zip(read(batch)) {
                    let article = one.article.clone();
                    intake.put(Owned { article, record, input: "generated".to_owned(), file: None });
                }
            }
        })?;
        added.push(start.elapsed());
        came.extend(some);
        memory.push(resident());
    }
    let mut shares: Vec<f64> = bare
        .iter()
        .zip(&added)
        .map(|(bare, added)| 100.0 * bare.as_secs_f64() / added.as_secs_f64())
        .collect();
    shares.sort_by(f64::total_cmp);
    let (bare, added): (Duration, Duration) = (bare.iter().sum(), added.iter().sum());
    let is_reprint =
        |(added, one): &(&Added, &Generated)| **added == Added::Reprint && one.reprint_of.is_some();
    let right = came.iter().zip(&all).filter(is_reprint).count();
    let wrong = came.iter().filter(|added| **added == Added::Reprint).count() - right;
    let planted = all.iter().filter(|one| one.reprint_of.is_some()).count();
    let bytes = std::fs::metadata(path).map_or(0, |file| file.len());
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{n} articles: read {:.1} a second, added {:.1}: {:.1}% of the rate ({:.1} to {:.1}, {A_TURN} at a time)",
        rate(n, bare),
        rate(n, added),
        100.0 * bare.as_secs_f64() / added.as_secs_f64(),
        shares.first().unwrap_or(&0.0),
        shares.last().unwrap_or(&0.0)
    );
    let _ = writeln!(out, "reprints: {right} of {planted} planted found, {wrong} others taken for one");
    let _ = writeln!(
        out,
        "memory, MB: {}",
        memory.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    );
    let _ = writeln!(out, "file: {} bytes an article", bytes / n.max(1) as u64);
    Ok(out)
}

/// Fills an archive with records of so many articles, made of those of a few hundred.
///
/// # Errors
/// When the archive can't be written.
pub fn filled(engine: &Engine, path: &Path, n: usize) -> Result<Archive, Error> {
    let models = articles(500);
    let records: Vec<Record> = models.par_iter().map(|one| engine.read(&one.article)).collect();
    let mut archive = Archive::open(path)?;
    for first in (0..n).step_by(AT_ONCE) {
        let batch: Vec<(Article, Record)> = (first..n.min(first + AT_ONCE))
            .map(|i| varied(&models[i % models.len()].article, &records[i % models.len()], i))
            .collect();
        let incoming: Vec<Incoming<'_>> = batch
            .iter()
            .map(|(article, record)| Incoming { article, record, input: "generated", file: None })
            .collect();
        archive.add(&incoming)?;
    }
    Ok(archive)
}

/// Fills an archive and asks it.
///
/// # Errors
/// When the archive can't be written.
pub fn asking(engine: &Engine, path: &Path, n: usize) -> Result<String, Error> {
    let start = Instant::now();
    let archive = filled(engine, path, n)?;
    let filled = start.elapsed();
    let (articles, statements) = archive.size()?;
    let bytes = std::fs::metadata(path).map_or(0, |file| file.len());
    // As a command asks: of a file that is opened to be read.
    drop(archive);
    let archive = Archive::open_existing(path)?;
    let mut by_kind: Vec<Vec<Duration>> = vec![Vec::new(); KINDS.len()];
    for i in 0..ASKED {
        let filter = question(i);
        let start = Instant::now();
        archive.find(&filter)?;
        by_kind[i % KINDS.len()].push(start.elapsed());
    }
    let mut times: Vec<Duration> = by_kind.concat();
    times.sort_unstable();
    let start = Instant::now();
    let positions = archive.positions(&Filter::default())?;
    let all = start.elapsed();
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{articles} articles with {statements} statements, {:.1} articles a second, {} bytes an article",
        rate(n, filled),
        bytes / n.max(1) as u64
    );
    let _ = writeln!(
        out,
        "find, {ASKED} questions: median {:.1} ms, 99th percentile {:.1} ms, longest {:.1} ms",
        ms(times[ASKED / 2]),
        ms(times[ASKED * 99 / 100]),
        ms(times[ASKED - 1])
    );
    for (kind, times) in KINDS.iter().zip(&mut by_kind) {
        times.sort_unstable();
        let (median, longest) = (times[times.len() / 2], times[times.len() - 1]);
        let _ = writeln!(out, "  {kind}: median {:.1} ms, longest {:.1} ms", ms(median), ms(longest));
    }
    let _ = writeln!(
        out,
        "positions of all: {:.0} ms for {} of a party on an issue",
        ms(all),
        positions.held.len()
    );
    let start = Instant::now();
    archive.changes("2026-12-01", None)?;
    let _ = writeln!(out, "changes of a month: {:.0} ms", ms(start.elapsed()));
    Ok(out)
}

/// Another article of the same shape: its figures are others, so that it is no reprint.
fn varied(article: &Article, record: &Record, i: usize) -> (Article, Record) {
    let mut article = article.clone();
    // Digits only, so that every place stays where it is.
    let turned = |text: &str| -> String {
        text.chars()
            .map(|c| {
                c.to_digit(10).map_or(c, |d| char::from_digit((d + i as u32 / 500) % 10, 10).unwrap_or(c))
            })
            .collect()
    };
    article.text = turned(&article.text);
    article.url = Some(format!("https://generated.example/varied/{i}"));
    let (month, day) = (1 + i / 2800 % 12, 1 + i / 100 % 28);
    article.published = Some(format!("2026-{month:02}-{day:02}"));
    let mut record = record.clone();
    record.article.sha256 = article.sha256();
    for attribution in &mut record.attributions {
        attribution.content.iter_mut().for_each(|part| part.text = turned(&part.text));
    }
    (article, record)
}

/// What a user might ask, of each kind some.
fn question(i: usize) -> Filter {
    let some = |words: &str| Some(words.to_owned());
    let words = [
        "ceasefire",
        "grain terminal",
        "\"before the election\"",
        "witnesses",
        "sabotaged harbor",
        "coast",
        "report weeks",
    ];
    let people = ["Brell", "Orlec", "Hanne Brusk", "Tessel", "Ana Crane", "Rowe"];
    let base = Filter { words: some(words[i % words.len()]), ..Filter::default() };
    match i % KINDS.len() {
        0 => base,
        1 => Filter { by: some(people[i % people.len()]), ..base },
        2 => Filter { since: some("2026-03-01"), until: some("2026-03-14"), ..base },
        3 => Filter { outlet: some("gazette"), ..base },
        4 => Filter { words: None, by: some(people[i % people.len()]), act: some("deny"), ..base },
        _ => Filter {
            words: None,
            status: some("denied"),
            since: some("2026-06-01"),
            until: some("2026-06-03"),
            ..base
        },
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "counts of articles")]
fn rate(n: usize, time: Duration) -> f64 {
    n as f64 / time.as_secs_f64()
}

/// Megabytes that the program holds now, as Linux counts them; 0 elsewhere.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}
