//! The table that is printed, and the row that is kept.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::{Contender, Rows, TOLERANCE, peak};

/// What was encoded, and on how many threads, of windows and inside candle's operations.
pub struct Size {
    pub articles: usize,
    pub words: usize,
    pub windows: usize,
    pub pieces: usize,
    pub operations: f64,
    pub threads: usize,
    pub inner: usize,
}

/// Middle, least and most of the times.
struct Spread {
    median: f64,
    least: f64,
    most: f64,
}

fn spread(contender: &Contender<'_>) -> Spread {
    let mut sorted = contender.milliseconds.clone();
    sorted.sort_by(f64::total_cmp);
    let at = |i: usize| sorted.get(i).copied().unwrap_or(f64::NAN);
    Spread { median: at(sorted.len() / 2), least: at(0), most: at(sorted.len().saturating_sub(1)) }
}

/// The share of the bare loop's operations that the median reaches, on all threads.
fn share(contender: &Contender<'_>, size: &Size) -> Option<f64> {
    let peak = peak::operations(contender.tier?)? * size.threads as f64;
    Some(size.operations / (spread(contender).median / 1e3) / peak)
}

/// One line a contender. Ratios are against the fastest rival. Ours must have the same bits on every tier.
pub fn print(size: &Size, contenders: &[Contender<'_>], outputs: &[Rows]) -> Result<()> {
    let Size { articles, words, windows, pieces, .. } = size;
    println!("{articles} articles, {words} words, {pieces} pieces in {windows} windows");
    let rivals = contenders.iter().filter(|c| !c.name.starts_with("sayso"));
    let best = rivals.map(|c| spread(c).median).fold(f64::INFINITY, f64::min);
    println!(
        "| | median ms | least to most | articles/s | times the best rival | of the bare loop | farthest | bits |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|---|");
    for (contender, rows) in contenders.iter().zip(outputs) {
        let (name, Spread { median, least, most }) = (&contender.name, spread(contender));
        let per_second = *articles as f64 * 1e3 / median;
        print!("| {name} | {median:.0} | {least:.0} to {most:.0} | {per_second:.1} | {:.2} ", best / median);
        match share(contender, size) {
            Some(share) => print!("| {:.0}% ", 100.0 * share),
            None => print!("| "),
        }
        if rows.is_empty() {
            println!("| | |");
            continue;
        }
        let difference = difference(rows, &outputs[0])?;
        println!("| {difference:.3} | {:016x} |", fingerprint(rows));
        ensure!(difference < TOLERANCE, "{name} computes another function");
    }
    let mut ours = contenders.iter().zip(outputs).filter(|(contender, _)| contender.tier.is_some());
    if let Some((first, rows)) = ours.next() {
        let bits = fingerprint(rows);
        for (other, rows) in ours {
            ensure!(fingerprint(rows) == bits, "{} and {} have other bits", first.name, other.name);
        }
    }
    Ok(())
}

/// Appends a line of JSON to `bench/record/speed.jsonl`.
pub fn keep(root: &Path, size: &Size, contenders: &[Contender<'_>]) -> Result<()> {
    let times: serde_json::Map<_, _> = contenders
        .iter()
        .map(|contender| {
            let Spread { median, least, most } = spread(contender);
            let round = |x: f64| (x * 10.0).round() / 10.0;
            let row = json!({ "median_ms": round(median), "least_ms": round(least), "most_ms": round(most),
                "of_bare_loop": share(contender, size).map(|share| (share * 100.0).round() / 100.0) });
            (contender.name.clone(), row)
        })
        .collect();
    let row = json!({ "processor": processor(), "threads": size.threads,
        "threads_in_candle": size.inner, "articles": size.articles,
        "words": size.words, "pieces": size.pieces, "rounds": contenders[0].milliseconds.len(), "times": times });
    let path = root.join("bench/record/speed.jsonl");
    let name = || path.display().to_string();
    let mut file = OpenOptions::new().create(true).append(true).open(&path).with_context(name)?;
    writeln!(file, "{row}").with_context(name)
}

/// The processor's name as Linux gives it, or the architecture's.
fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        let line = info.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let name = field("model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    match (field("cpu family"), field("model\t")) {
        (Some(family), Some(model)) => format!("{name} (family {family}, model {model})"),
        _ => name,
    }
}

/// The largest absolute difference between two encodings of the windows.
pub fn difference(a: &Rows, b: &Rows) -> Result<f32> {
    ensure!(a.iter().map(Vec::len).eq(b.iter().map(Vec::len)), "the outputs have different shapes");
    let pairs = a.iter().flatten().zip(b.iter().flatten());
    // Not `f32::max`, which would pass over what is not a number: once met, it stays.
    let larger = |most: f32, d: f32| if most.is_nan() || d <= most { most } else { d };
    Ok(pairs.map(|(a, b)| (a - b).abs()).fold(0.0, larger))
}

/// FNV-1a (Fowler, Noll and Vo) of the numbers' bytes, 64 bits: the same from every compiler, so that tables of two
/// machines can be compared.
fn fingerprint(rows: &Rows) -> u64 {
    let bytes = rows.iter().flatten().flat_map(|x| x.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_the_largest_and_what_is_no_number_stays() {
        let difference = |a: &[f32]| difference(&vec![a.to_vec()], &vec![vec![0.0; a.len()]]);
        assert_eq!(difference(&[1.0, -3.0, 2.0]).expect("one shape"), 3.0);
        assert_eq!(difference(&[]).expect("one shape"), 0.0);
        for row in [[f32::NAN, 1.0, 2.0], [1.0, f32::NAN, 2.0], [1.0, 2.0, f32::NAN]] {
            assert!(difference(&row).expect("one shape").is_nan(), "{row:?}");
        }
        assert!(super::difference(&vec![vec![1.0]], &vec![vec![1.0, 2.0]]).is_err());
    }

    #[test]
    fn a_fingerprint_tells_zeros_apart() {
        let of = |x: f32| fingerprint(&vec![vec![x]]);
        assert_ne!(of(0.0), of(-0.0));
        assert_eq!(fingerprint(&Rows::new()), 0xcbf2_9ce4_8422_2325);
    }
}
