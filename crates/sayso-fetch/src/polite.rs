//! How are many pages of a site read without being a burden to it?
//!
//! # Source
//! RFC 9309 for `robots.txt` (what can't be reached forbids all, what isn't there nothing), RFC 9110 for conditional requests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use texting_robots::Robot;

use crate::printable::printable;
use crate::target::{host, parse};
use crate::{Error, Fetcher, Options, Page};

/// The name by which `robots.txt` speaks to us.
pub(crate) const ROBOT: &str = "sayso";
/// Bytes of a `robots.txt` that are read; RFC 9309 asks for 500 kibibytes at least.
const ROBOTS_BYTES: u64 = 512 * 1024;
/// How long the rules of a site hold; RFC 9309 asks for a day at most.
const RULES_HOLD: Duration = Duration::from_secs(24 * 60 * 60);
/// A site that asks for longer pauses than this would never be read to its end.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long a site is left alone that asks for patience and doesn't say how long; twice as long each time.
const PATIENCE: Duration = Duration::from_secs(60);
/// At most so long.
const LONGEST_PATIENCE: Duration = Duration::from_secs(60 * 60);

/// What a server said of a page when it last gave it, to ask whether it changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its `ETag`, as it came.
    pub etag: Option<String>,
    /// Its `Last-Modified`, as it came.
    pub modified: Option<String>,
}

/// A page, or the word that it is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It came, with what to ask by next time.
    Page(Page, Validators),
    /// It is what it was when the validators came.
    Unchanged,
}

/// Reads pages that nobody named one by one, as those in a feed: what `robots.txt` forbids isn't asked for, a site gets one
/// request at a time with a pause between two, and one that asks for patience is left alone for a while.
///
/// Threads can share one.
#[derive(Debug)]
pub struct Crawler {
    fetcher: Fetcher,
    robots: Fetcher,
    pause: Duration,
    hosts: Mutex<HashMap<String, Arc<Mutex<Site>>>>,
}

/// What is known of a site.
#[derive(Debug, Default)]
struct Site {
    robots: Option<(Instant, Rules)>,
    /// When it may be asked again.
    next: Option<Instant>,
    /// Until when it asked for patience, and how often in a row.
    closed: Option<(Instant, u32)>,
}

#[derive(Debug)]
enum Rules {
    All,
    Some(Box<Robot>),
}

impl Crawler {
    /// With so long a pause at least between two requests to a site.
    ///
    /// # Errors
    /// As [`Fetcher::new`].
    pub fn new(options: Options, pause: Duration) -> Result<Self, Error> {
        let of_robots = Options { max_bytes: ROBOTS_BYTES, ..options.clone() };
        Ok(Self {
            fetcher: Fetcher::crawling(options)?,
            robots: Fetcher::crawling(of_robots)?,
            pause,
            hosts: Mutex::default(),
        })
    }

    /// Reads a page when its site's turn has come, unless it is as it was.
    ///
    /// # Errors
    /// As [`Fetcher::fetch`], and when the site forbids it to programs or asked for patience.
    pub fn fetch(&self, url: &str, known: &Validators) -> Result<Answer, Error> {
        let target = parse(url)?;
        let origin = target.origin().ascii_serialization();
        // With or without TLS it is one server.
        let name = format!("{}:{}", host(&target), target.port().unwrap_or(0));
        let site =
            Arc::clone(self.hosts.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default());
        let mut site = site.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((until, _)) = site.closed
            && let Some(left) = until.checked_duration_since(Instant::now())
        {
            return Err(Error::Resting { host: host(&target), seconds: left.as_secs() + 1 });
        }
        if site.robots.as_ref().is_none_or(|(since, _)| since.elapsed() > RULES_HOLD) {
            wait(&site);
            let rules = self.rules(&origin);
            site.next = Some(Instant::now() + self.pause);
            match rules {
                Ok(rules) => site.robots = Some((Instant::now(), rules)),
                Err(error) => {
                    let (patience, times) = rest(&site, &error);
                    site.closed = Some((Instant::now() + patience, times));
                    return Err(match error {
                        Error::Server { .. } | Error::Busy { .. } => {
                            Error::Resting { host: host(&target), seconds: patience.as_secs() }
                        }
                        error => error,
                    });
                }
            }
        }
        let mut asked = Duration::ZERO;
        if let Some((_, Rules::Some(robot))) = &site.robots {
            if !robot.allowed(target.as_str()) {
                return Err(Error::Robots { url: printable(target.as_str()) });
            }
            asked = robot.delay.map_or(Duration::ZERO, |delay| {
                Duration::try_from_secs_f32(delay).unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE)
            });
        }
        wait(&site);
        let answer = self.fetcher.fetch_if(url, known);
        site.next = Some(Instant::now() + self.pause.max(asked));
        match &answer {
            Err(error @ Error::Busy { .. }) => {
                let (patience, times) = rest(&site, error);
                site.closed = Some((Instant::now() + patience, times));
            }
            Ok(_) => site.closed = None,
            Err(_) => {}
        }
        answer
    }

    fn rules(&self, origin: &str) -> Result<Rules, Error> {
        match self.robots.fetch(&format!("{origin}/robots.txt")) {
            // Words that aren't rules rule nothing.
            Ok(page) => {
                Ok(Robot::new(ROBOT, &page.bytes).map_or(Rules::All, |robot| Rules::Some(Box::new(robot))))
            }
            Err(Error::Missing { .. } | Error::Forbidden { .. } | Error::Status { .. }) => Ok(Rules::All),
            Err(error) => Err(error),
        }
    }
}

/// Sleeps until the site's turn.
fn wait(site: &Site) {
    if let Some(left) = site.next.and_then(|next| next.checked_duration_since(Instant::now())) {
        thread::sleep(left);
    }
}

/// How long a site is left alone after an error, and how often in a row it was.
fn rest(site: &Site, error: &Error) -> (Duration, u32) {
    let times = site.closed.map_or(0, |(_, times)| times).min(6);
    let asked = if let Error::Busy { wait, .. } = error { *wait } else { None };
    (asked.unwrap_or(PATIENCE * 2_u32.pow(times)).min(LONGEST_PATIENCE), times + 1)
}
