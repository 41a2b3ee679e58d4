//! How do addresses become pages, and which of them needn't be asked for again?

use std::collections::HashSet;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use anyhow::{Error, Result, anyhow};
use sayso_fetch::{Answer, Crawler, Fetcher, Options, Page, Validators};

use super::load::unfetched;
use crate::args::Intake;

/// The web, as the command line's options let it be read.
pub(crate) struct Net {
    options: Options,
    pause: Duration,
    // Made when the first address comes.
    fetcher: OnceLock<Result<Fetcher, sayso_fetch::Error>>,
    crawler: OnceLock<Result<Crawler, sayso_fetch::Error>>,
}

impl Net {
    pub(crate) fn new(intake: &Intake) -> Self {
        let options = Options {
            max_bytes: intake.max_bytes,
            allow_private: intake.allow_private,
            ..Options::default()
        };
        Self { options, pause: intake.pause, fetcher: OnceLock::new(), crawler: OnceLock::new() }
    }

    /// A page that the user named.
    pub(super) fn named(&self, url: &str, known: &Validators) -> Result<Answer> {
        let fetcher = self.fetcher.get_or_init(|| Fetcher::new(self.options.clone()));
        let fetcher = fetcher.as_ref().map_err(|error| anyhow!("{error}"))?;
        fetcher.fetch_if(url, known).map_err(|error| unfetched(&error))
    }

    /// A page that a list names, or a list that is asked for again and again: when its site's turn comes.
    pub(super) fn listed(&self, url: &str, known: &Validators) -> Result<Answer> {
        let crawler = self.crawler.get_or_init(|| Crawler::new(self.options.clone(), self.pause));
        let crawler = crawler.as_ref().map_err(|error| anyhow!("{error}"))?;
        crawler.fetch(url, known).map_err(|error| unfetched(&error))
    }
}

/// What the archive knows already.
pub(crate) struct Before<'a> {
    /// Whether a page that a list names was read before.
    pub(crate) has: &'a (dyn Fn(&str) -> bool + Sync),
    /// What the server of a list said when it was read last.
    pub(crate) validators: &'a (dyn Fn(&str) -> Validators + Sync),
    /// The addresses are asked for by a program that comes again, and not by somebody who named them once.
    pub(crate) polls: bool,
}

/// What a run saw on the web, to be known the next time.
#[derive(Debug, Default, Clone)]
pub(crate) struct Seen {
    /// Lists that came, by the address that was asked for.
    pub(crate) lists: Vec<(String, Validators)>,
    /// Pages that lists name and that came, or will never come.
    pub(crate) pages: Vec<String>,
    /// Lists that can't be read.
    pub(crate) unread: HashSet<String>,
    /// Lists of which something didn't come that may come later.
    pub(crate) broken: HashSet<String>,
    /// Lists that are as they were.
    pub(crate) unchanged: Vec<String>,
    /// Pages that lists name and that were read before.
    pub(crate) passed_over: usize,
}

/// The web with what is known of it.
pub(super) struct Web<'a> {
    pub(super) net: &'a Net,
    pub(super) before: Option<&'a Before<'a>>,
    pub(super) seen: Mutex<Seen>,
    /// Pages that lists named in this run.
    pub(super) claimed: Mutex<HashSet<String>>,
}

impl<'a> Web<'a> {
    /// With nothing known.
    pub(super) fn of(net: &'a Net) -> Self {
        Self::knowing(net, None)
    }

    pub(super) fn knowing(net: &'a Net, before: Option<&'a Before<'a>>) -> Self {
        Self { net, before, seen: Mutex::default(), claimed: Mutex::default() }
    }
    pub(super) fn note(&self, what: impl FnOnce(&mut Seen)) {
        what(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// A page that the user named; `None` where it is as it was.
    pub(super) fn named(&self, url: &str) -> Result<Option<(Page, Validators)>> {
        let known = self.before.map_or_else(Validators::default, |before| (before.validators)(url));
        let answer = match self.before {
            Some(before) if before.polls => self.net.listed(url, &known),
            _ => self.net.named(url, &known),
        };
        Ok(match answer? {
            Answer::Page(page, validators) => Some((page, validators)),
            Answer::Unchanged => {
                self.note(|seen| seen.unchanged.push(url.to_owned()));
                None
            }
        })
    }

    /// A page that a list names.
    pub(super) fn listed(&self, url: &str) -> Result<Page> {
        match self.net.listed(url, &Validators::default())? {
            Answer::Page(page, _) => Ok(page),
            Answer::Unchanged => Err(unasked(url)),
        }
    }

    /// Whether a page that a list names was read before, which is counted.
    pub(super) fn has(&self, url: &str) -> bool {
        let Some(before) = self.before else { return false };
        // Two lists of one run may name a page.
        let is_new = self.claimed.lock().unwrap_or_else(PoisonError::into_inner).insert(url.to_owned());
        let has = !is_new || (before.has)(url);
        if has {
            self.note(|seen| seen.passed_over += 1);
        }
        has
    }
}

fn unasked(url: &str) -> Error {
    anyhow!("{url}: the server says that it is as it was, though nobody asked")
}
