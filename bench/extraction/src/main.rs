//! Which program takes an article out of its web page best?
//!
//! Reads every page of the article extraction benchmark with sayso's own ingest and with
//! each crate that does the same job, in one run on one thread, and prints a table.
//! `docs/extraction.md` says what the columns mean and what was chosen.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use dom_query::Document;
use sayso_eval::extraction::{self, ExtractionReport, Page};
use sayso_text::{Format, ingest};
use url::Url;

/// An address for those who want one; no candidate may fetch it.
const ADDRESS: &str = "https://example.org/article";

struct Candidate {
    /// Crate, version and licence.
    name: [&'static str; 3],
    /// What it was asked for: markup, which we turn to words, or its own words.
    gives: &'static str,
    /// `None` when it says that there is no article.
    read: fn(&str) -> Option<String>,
}

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("name the archive of pages (.tar.gz)")?;
    let pages = extraction::pages(&std::fs::read(&path).with_context(|| path.clone())?)?;
    // A candidate that panics is counted, not read about.
    std::panic::set_hook(Box::new(|_| {}));
    println!(
        "| crate | version | licence | gives | F1 | precision | recall | quotation marks | block quotes | \
         ms a page | nothing found | panics |"
    );
    println!("|---|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for candidate in candidates() {
        println!("{}", row(&candidate, &pages));
    }
    Ok(())
}

fn row(candidate: &Candidate, pages: &[Page]) -> String {
    let (mut refused, mut panics, mut spent) = (0, 0, Duration::ZERO);
    let mut scores = Vec::new();
    for page in pages {
        let html = String::from_utf8_lossy(&page.html);
        let start = Instant::now();
        let text = catch_unwind(AssertUnwindSafe(|| (candidate.read)(&html)));
        spent += start.elapsed();
        let text = match text {
            Ok(Some(text)) => text,
            Ok(None) => {
                refused += 1;
                String::new()
            }
            Err(_) => {
                panics += 1;
                String::new()
            }
        };
        scores.push(extraction::score(page, &text));
    }
    let ms = spent.as_secs_f64() * 1000.0 / pages.len() as f64;
    let report = ExtractionReport::new(scores);
    let kept = |counts: sayso_eval::score::Counts| format!("{}/{}", counts.hit, counts.gold);
    let [name, version, licence] = candidate.name;
    format!(
        "| {name} | {version} | {licence} | {} | {:.1} | {:.1} | {:.1} | {} | {} | {ms:.0} | {refused} | {panics} |",
        candidate.gives,
        report.f1,
        report.precision,
        report.recall,
        kept(report.quotation_marks),
        kept(report.block_quotes),
    )
}

/// The words of markup, with a new line where a block ends.
fn words(markup: &str) -> String {
    Document::from(markup).formatted_text().to_string()
}

fn candidates() -> Vec<Candidate> {
    let sayso: fn(&str) -> Option<String> = |html| Some(ingest(html.as_bytes(), Format::Html).ok()?.text);
    vec![
        Candidate {
            name: ["sayso", env!("CARGO_PKG_VERSION"), "MIT OR Apache-2.0"],
            gives: "text",
            read: sayso,
        },
        Candidate { name: ["dom_smoothie", "0.19.0", "MIT"], gives: "markup", read: dom_smoothie },
        Candidate { name: ["trafilatura", "0.6.0", "Apache-2.0"], gives: "text", read: trafilatura },
        Candidate {
            name: ["rs-trafilatura", "0.2.2", "MIT OR Apache-2.0"],
            gives: "text",
            read: |html| Some(rs_trafilatura::extract(html).ok()?.content_text),
        },
        Candidate {
            name: ["legible", "0.5.1", "Apache-2.0"],
            gives: "markup",
            read: |html| Some(words(&legible::parse(html, Some(ADDRESS), None).ok()?.content)),
        },
        Candidate {
            name: ["libreadability", "0.3.0", "MIT"],
            gives: "markup",
            read: |html| Some(words(&libreadability::extract(html, Some(ADDRESS)).ok()?.content)),
        },
        Candidate {
            name: ["readabilityrs", "0.1.4", "Apache-2.0"],
            gives: "markup",
            read: |html| {
                let page = readabilityrs::Readability::new(html, Some(ADDRESS), None).ok()?;
                Some(words(&page.parse()?.content?))
            },
        },
        Candidate {
            name: ["readability-rust", "0.1.0", "Apache-2.0"],
            gives: "markup",
            read: |html| Some(words(&readability_rust::Readability::new(html, None).ok()?.parse()?.content?)),
        },
        Candidate { name: ["readability", "0.3.0", "MIT"], gives: "markup", read: readability },
        Candidate { name: ["llm_readability", "0.0.17", "MIT"], gives: "markup", read: llm_readability },
        Candidate {
            name: ["justext", "0.3.0", "BSD-2-Clause"],
            gives: "text",
            read: |html| justext::extract_text_lang(html, "English", &justext::Config::default()).ok(),
        },
        Candidate {
            name: ["html2text", "0.17.4", "MIT"],
            gives: "text of the whole page",
            read: |html| {
                html2text::config::plain_no_decorate().string_from_read(html.as_bytes(), 10_000).ok()
            },
        },
    ]
}

fn dom_smoothie(html: &str) -> Option<String> {
    let content = dom_smoothie::Readability::new(html, None, None).ok()?.parse().ok()?.content;
    Some(words(&content))
}

fn trafilatura(html: &str) -> Option<String> {
    let options = trafilatura::Options::default().with_fallback(true);
    Some(trafilatura::extract(html, &options).ok()?.content_text)
}

fn readability(html: &str) -> Option<String> {
    let address = Url::parse(ADDRESS).ok()?;
    Some(words(&readability::extractor::extract(&mut html.as_bytes(), &address).ok()?.content))
}

fn llm_readability(html: &str) -> Option<String> {
    let address = Url::parse(ADDRESS).ok()?;
    Some(words(&llm_readability::extractor::extract(&mut html.as_bytes(), &address).ok()?.content))
}
