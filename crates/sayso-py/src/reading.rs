//! How are articles read beside Python's own threads?
//!
//! Nothing here knows Python: all of it runs while others hold the interpreter's lock.

use std::sync::{LazyLock, Mutex, PoisonError};
use std::{env, process, thread};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use sayso::{Article, Engine, FOREIGN_NOTE, ReadOptions, Record};

/// Articles under way at once, for each thread: enough that a long one doesn't leave the others idle for long.
const UNDER_WAY: usize = 8;

/// Loaded when the first article comes, so that an import costs nothing.
static ENGINE: LazyLock<Result<Engine, String>> =
    LazyLock::new(|| Engine::embedded().map_err(|error| error.to_string()));

/// The threads, and the process that they are of.
static POOL: Mutex<Option<(u32, &'static ThreadPool)>> = Mutex::new(None);

/// Reads an article with all threads.
pub(crate) fn one(article: &Article, options: ReadOptions) -> Result<Record, String> {
    let pool = pool()?;
    let engine = engine()?;
    Ok(pool.install(|| engine.read_with(article, options)))
}

/// Reads articles, one a thread; what isn't English says so in the place of its record.
///
/// # Errors
/// When nothing can be read at all.
pub(crate) fn all(
    articles: Vec<Result<Article, String>>,
    options: ReadOptions,
) -> Result<Vec<Result<Record, String>>, String> {
    let pool = pool()?;
    let engine = engine()?;
    pool.install(|| {
        let read = |article: Article| english(engine.read_with(&article, options), options);
        Ok(articles.into_par_iter().map(|article| article.and_then(read)).collect())
    })
}

/// Loaded by a thread of Python's, never by one of the pool's: loading waits for other work of the pool, which may be another
/// article that waits for the engine.
fn engine() -> Result<&'static Engine, String> {
    ENGINE.as_ref().map_err(Clone::clone)
}

/// Articles that are read before the next are asked for.
pub(crate) fn batch_len() -> usize {
    UNDER_WAY * n_threads()
}

fn english(record: Record, options: ReadOptions) -> Result<Record, String> {
    if options.assume_english || record.is_english() {
        return Ok(record);
    }
    let note = record.notes.into_iter().find(|note| note.starts_with(FOREIGN_NOTE));
    Err(note.unwrap_or_else(|| "only English is read".to_owned()))
}

/// A pool of this process's own. A process that Python forks, as `multiprocessing` does, inherits the memory of a pool but
/// none of its threads, and would wait for them for ever.
fn pool() -> Result<&'static ThreadPool, String> {
    let mut kept = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    match *kept {
        Some((of, pool)) if of == process::id() => Ok(pool),
        _ => {
            let made = ThreadPoolBuilder::new().num_threads(n_threads()).build();
            let pool = &*Box::leak(Box::new(made.map_err(|error| error.to_string())?));
            *kept = Some((process::id(), pool));
            Ok(pool)
        }
    }
}

/// One thread a core at most, as in the program.
fn n_threads() -> usize {
    let asked = env::var("RAYON_NUM_THREADS").ok().and_then(|n| n.parse::<usize>().ok()).filter(|&n| n > 0);
    let n_cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    asked.unwrap_or(n_cores).min(n_cores)
}
