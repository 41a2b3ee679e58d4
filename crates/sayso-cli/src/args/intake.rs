//! Which articles, and how are they taken in?

use std::ffi::OsString;
use std::time::Duration;

use sayso_text::Charset;

/// Where articles come from, for every command that reads some.
#[derive(Debug, clap::Args)]
pub(crate) struct InputArgs {
    /// Files (.txt, .md, .html, .json, .jsonl), folders, http(s) addresses, or - for
    /// standard input, whose form is guessed. Of many articles: web archives (.warc,
    /// .warc.gz), feeds (RSS, Atom, JSON Feed) and sitemaps (.xml), whose pages are
    /// fetched, and .parquet; any of them packed with gzip (.gz)
    #[arg(required = true, value_name = "ARTICLE")]
    pub(crate) articles: Vec<OsString>,

    #[command(flatten)]
    pub(crate) intake: Intake,
}

/// How files and pages are taken in.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Intake {
    /// The encoding of files and pages that are not in UTF-8, such as windows-1252; it
    /// outweighs what a page says of itself, and changes nothing for those in UTF-8
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<Charset>,

    /// Refuse files and pages larger than this many bytes, as in 500k or 20MB
    #[arg(long, value_name = "SIZE", default_value = "10MB", value_parser = size)]
    pub(crate) max_bytes: u64,

    /// Read addresses on this computer and in private networks too
    #[arg(long)]
    pub(crate) allow_private: bool,

    /// Seconds between two pages of one site that a feed or sitemap names; longer where its robots.txt asks for it
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = pause)]
    pub(crate) pause: Duration,
}

fn pause(words: &str) -> Result<Duration, String> {
    let seconds = words.trim().parse::<f64>().ok().filter(|seconds| (0.0..=3600.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "give a number of seconds from 0 to 3600".to_owned())
}

/// What is read is held in memory, so that a larger file could not be read anyway.
const MOST_BYTES: u64 = 1 << 40;

/// A number of bytes, with k, M or G for thousands, millions and more; a B may follow.
fn size(words: &str) -> Result<u64, String> {
    let lower = words.trim().to_ascii_lowercase();
    let short = lower.strip_suffix('b').unwrap_or(&lower);
    let (digits, unit) = match short.as_bytes().last() {
        Some(b'k') => (&short[..short.len() - 1], 1_000),
        Some(b'm') => (&short[..short.len() - 1], 1_000_000),
        Some(b'g') => (&short[..short.len() - 1], 1_000_000_000),
        _ => (short, 1),
    };
    let n_bytes = digits.trim().parse::<u64>().ok().and_then(|n| n.checked_mul(unit));
    let n_bytes = n_bytes.filter(|n| (1..=MOST_BYTES).contains(n));
    n_bytes.ok_or_else(|| {
        format!("give a number of bytes from 1 to {MOST_BYTES}, such as 500k, 20MB or 20000000")
    })
}
