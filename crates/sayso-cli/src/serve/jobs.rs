//! Long work in the background: what goes into the archive.
//!
//! One job at a time writes; the others wait. What is known of a job lives as long as the server, what it added for ever; a
//! job that is ended, or a server that is, leaves the batches that were written.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use sayso_archive::Archive;
use schemars::JsonSchema;
use serde::Serialize;
use tempfile::TempDir;

use super::problem::Problem;
use super::state::Shared;
use crate::archive::{Going, sent_name, take_in};
use crate::desk::Desk;
use crate::input::Inputs;
use crate::target::Target;

/// Addresses of one job.
const ADDRESSES: usize = 100;
/// Jobs that wait or run at once.
const WAITING: usize = 16;
/// Jobs that are remembered when they are done.
const REMEMBERED: usize = 200;

/// What a job adds.
pub(super) struct What {
    name: String,
    named: Vec<OsString>,
    /// Where files lie that were sent; gone with the job.
    folder: Option<TempDir>,
}

impl What {
    pub(super) fn addresses(urls: &[String]) -> Result<Self, Problem> {
        if urls.is_empty() || urls.len() > ADDRESSES {
            return Err(Problem::bad(format!("urls: from 1 to {ADDRESSES} addresses")));
        }
        // Nothing but an address: a path would be a file of the server's.
        if let Some(url) = urls.iter().find(|url| !sayso_fetch::is_url(url)) {
            return Err(Problem::bad(format!("{url}: it is no address of a page on the web")));
        }
        let name = if let [one] = urls { without_password(one) } else { format!("{} addresses", urls.len()) };
        Ok(Self { name, named: urls.iter().map(OsString::from).collect(), folder: None })
    }

    /// Files that were sent, by their names.
    pub(super) fn files(files: &[(String, axum::body::Bytes)]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut named = Vec::new();
        for (n, (name, bytes)) in (1..).zip(files) {
            let own = folder.path().join(n.to_string());
            std::fs::create_dir(&own)?;
            let path = own.join(bare(name));
            std::fs::write(&path, bytes)?;
            named.push(path.into_os_string());
        }
        let name = if let [(one, _)] = files { bare(one) } else { format!("{} files", files.len()) };
        Ok(Self { name, named, folder: Some(folder) })
    }
}

/// An address without who asks.
fn without_password(url: &str) -> String {
    let Ok(mut bare) = url::Url::parse(url) else { return url.to_owned() };
    let unnamed = bare.set_username("").is_ok() && bare.set_password(None).is_ok();
    if unnamed { bare.into() } else { url.to_owned() }
}

/// A file's name as somebody sent it, without folders and with nothing that means something to a system.
fn bare(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ');
    let bare: String = last.trim_start_matches('.').chars().filter(plain).take(100).collect();
    if bare.is_empty() { "file".to_owned() } else { bare }
}

/// A job as it is told.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Job {
    pub(super) number: u64,
    /// What it adds.
    pub(super) what: String,
    /// `waiting`, `running`, `done`, `failed` or `ended`.
    pub(super) state: Stage,
    /// Articles that went through.
    pub(super) articles: usize,
    /// How much is done, from 0 to 1; null where nobody knows, as of a feed's pages.
    pub(super) done: Option<f64>,
    /// What came of it, in a line.
    pub(super) outcome: Option<String>,
    /// What could not be added, up to twenty lines.
    pub(super) failed: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Stage {
    Waiting,
    Running,
    Done,
    Failed,
    Ended,
}

/// A job under way.
#[derive(Debug)]
pub(super) struct Running {
    told: Mutex<Job>,
    going: Going,
    is_ended: AtomicBool,
}

impl Running {
    pub(super) fn shown(&self) -> Job {
        let mut job = self.told.lock().unwrap_or_else(PoisonError::into_inner).clone();
        job.articles = self.going.articles.load(Ordering::Relaxed);
        if job.state == Stage::Running {
            job.done = self.going.share();
        }
        job
    }

    /// Ends it before the next article.
    pub(super) fn cancel(&self) {
        self.is_ended.store(true, Ordering::Relaxed);
        self.going.end();
        let mut job = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if job.state == Stage::Waiting {
            job.state = Stage::Ended;
        }
    }

    fn set(&self, change: impl FnOnce(&mut Job)) {
        change(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

#[derive(Debug)]
pub(super) struct Jobs {
    all: Mutex<BTreeMap<u64, Arc<Running>>>,
    /// Threads of its own: a job that waits for a slow site must not hold up who reads.
    threads: rayon::ThreadPool,
    /// Who has it writes.
    turn: Mutex<()>,
    unfinished: AtomicUsize,
}

impl Jobs {
    pub(super) fn new(threads: usize) -> Result<Self> {
        let threads = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        Ok(Self { all: Mutex::default(), threads, turn: Mutex::default(), unfinished: AtomicUsize::new(0) })
    }

    pub(super) fn get(&self, number: &str) -> Option<Arc<Running>> {
        let number: u64 = number.parse().ok()?;
        self.all.lock().unwrap_or_else(PoisonError::into_inner).get(&number).cloned()
    }

    /// The latest first.
    pub(super) fn all(&self) -> Vec<Job> {
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.values().rev().map(|job| job.shown()).collect()
    }

    /// Ends all that run; each stops before its next article.
    pub(super) fn end(&self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).values().for_each(|job| job.cancel());
    }

    pub(super) fn are_done(&self) -> bool {
        self.unfinished.load(Ordering::Acquire) == 0
    }

    fn enter(&self, what: &What) -> Arc<Running> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let number = all.last_key_value().map_or(1, |(number, _)| number + 1);
        if all.len() >= REMEMBERED {
            let old =
                all.iter().find(|(_, job)| !matches!(job.shown().state, Stage::Waiting | Stage::Running));
            if let Some(number) = old.map(|(number, _)| *number) {
                all.remove(&number);
            }
        }
        let told = Job {
            number,
            what: crate::output::plain_line(&what.name),
            state: Stage::Waiting,
            articles: 0,
            done: None,
            outcome: None,
            failed: Vec::new(),
        };
        let job = Arc::new(Running {
            told: Mutex::new(told),
            going: Going::default(),
            is_ended: AtomicBool::new(false),
        });
        all.insert(number, Arc::clone(&job));
        job
    }
}

/// A job that isn't done yet; done however it ends.
struct Counted<'a>(&'a AtomicUsize);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Begins a job.
pub(super) fn begin(state: &Shared, what: What) -> Result<Job, Problem> {
    if state.jobs.unfinished.load(Ordering::Acquire) >= WAITING {
        return Err(Problem::busy("too many jobs wait", 30));
    }
    let job = state.jobs.enter(&what);
    state.jobs.unfinished.fetch_add(1, Ordering::AcqRel);
    let (shared, running) = (Arc::clone(state), Arc::clone(&job));
    tokio::task::spawn_blocking(move || {
        let _counted = Counted(&shared.jobs.unfinished);
        let _turn = shared.jobs.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_ended.load(Ordering::Relaxed) {
            return;
        }
        let work = || shared.jobs.threads.install(|| run(&shared.desk, &running, &what));
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).is_err() {
            running.set(|job| {
                job.state = Stage::Failed;
                job.outcome = Some(Problem::fault().detail);
            });
        }
    });
    Ok(job.shown())
}

fn run(desk: &Desk, job: &Running, what: &What) {
    job.set(|job| job.state = Stage::Running);
    let folder = what.folder.as_ref().map(|folder| folder.path().display().to_string());
    let folder = folder.as_deref();
    let worked = || -> Result<(String, Vec<String>)> {
        let inputs = Inputs::gather(&what.named, &Target::stdout())?;
        let mut archive = opened(desk)?;
        take_in(&mut archive, desk, &inputs, &job.going, folder)
    };
    let ended = job.is_ended.load(Ordering::Relaxed);
    let worked = worked();
    let ended = ended || job.is_ended.load(Ordering::Relaxed);
    let went = job.going.articles.load(Ordering::Relaxed);
    job.set(|job| match worked {
        Ok((outcome, failed)) => {
            job.state = if failed.is_empty() || went > 0 { Stage::Done } else { Stage::Failed };
            job.outcome = Some(outcome);
            // Where the server put a file is nobody's business.
            job.failed = failed.iter().take(20).map(|line| sent_name(line, folder)).collect();
        }
        Err(_) if ended => {
            job.state = Stage::Ended;
            job.outcome = Some("ended; what was added before is kept".to_owned());
        }
        Err(error) => {
            job.state = Stage::Failed;
            job.outcome = Some(Problem::from(error).detail);
        }
    });
    if ended {
        job.set(|job| job.state = Stage::Ended);
    }
}

/// The archive, to write into; made where it isn't there.
pub(super) fn opened(desk: &Desk) -> Result<Archive> {
    if let Some(folder) = desk.archive.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    Ok(Archive::open(&desk.archive)?)
}
