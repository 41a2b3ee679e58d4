//! How far is a long run?

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::args::Args;
use crate::input::Inputs;

/// A bar on stderr, for a run over many files, on a terminal alone.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    n_articles: AtomicUsize,
    /// For who waits elsewhere.
    done: Arc<AtomicU64>,
}

/// Fewer files are done before anybody wonders; a large one may hold many articles.
const MANY_FILES: usize = 4;
const MANY_BYTES: u64 = 1_000_000;

impl Progress {
    /// Nothing yet: the bar counts bytes, since files differ more than words do.
    pub(crate) fn new(args: &Args, inputs: &Inputs) -> Self {
        let wanted = !args.quiet && (inputs.len() > MANY_FILES || inputs.n_bytes() > MANY_BYTES);
        let n_bytes = inputs.n_bytes();
        let bar = match (wanted, n_bytes) {
            (false, _) => ProgressBar::hidden(),
            // Of addresses nobody knows the size.
            (true, 0) => ProgressBar::no_length(),
            (true, _) => ProgressBar::new(n_bytes),
        };
        if wanted {
            // indicatif draws nothing where stderr is no terminal.
            bar.set_draw_target(ProgressDrawTarget::stderr());
            let line = if n_bytes == 0 {
                "{spinner} {msg}  {elapsed}"
            } else {
                "{bar:30} {percent:>3}%  {msg}  {eta} left"
            };
            if let Ok(style) = ProgressStyle::with_template(line) {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar, n_articles: AtomicUsize::new(0), done: Arc::clone(&inputs.done) }
    }

    /// So many more bytes of the files and so many more articles are done.
    pub(crate) fn advance(&self, n_bytes: u64, n_articles: usize) {
        let n = self.n_articles.fetch_add(n_articles, Ordering::Relaxed) + n_articles;
        let seconds = self.bar.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "counts of articles")]
        let rate =
            if seconds > 1.0 { format!(", {:.1} a second", n as f64 / seconds) } else { String::new() };
        let noun = if n == 1 { "article" } else { "articles" };
        self.bar.set_message(format!("{n} {noun}{rate}"));
        self.bar.inc(n_bytes);
        self.done.fetch_add(n_bytes, Ordering::Relaxed);
    }

    /// Does something that may write to the terminal, with the bar out of the way.
    pub(crate) fn aside<T>(&self, f: impl FnOnce() -> T) -> T {
        self.bar.suspend(f)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
