//! Which articles did the user name, and what does each say?
//!
//! Names become [`Inputs`] (folders opened up), inputs become units of work (a file, a
//! page, a line of a JSONL file, a record of a web archive), and each unit is read and taken
//! to its end on one of the threads. A unit can turn out to hold more of them, as a feed
//! does. Results leave in the order of the input.

mod brief;
mod collection;
mod entry;
mod feed;
mod gather;
mod gzip;
mod kept;
mod load;
mod net;
mod own;
mod parquet;
mod sitemap;
mod stored;
mod units;
mod warc;

use std::sync::PoisonError;

use anyhow::{Error, Result};
use rayon::prelude::*;
use sayso::Article;

use crate::args::{Args, Intake};
use crate::output;
use crate::progress::Progress;
pub(crate) use brief::{Brief, rows};
pub(crate) use gather::Inputs;
pub(crate) use load::unreadable;
use load::{Fetched, Loader, Many, Opened};
use net::Web;
pub(crate) use net::{Before, Net, Seen};
use own::Own;
pub(crate) use own::TABLE_MARK;
use units::{Unit, Units};

/// Units under way at once, for each thread. Enough that a long article doesn't leave the
/// other threads idle for long; few enough that results come soon and memory stays small.
pub(crate) const UNDER_WAY: usize = 8;

/// An article's name, for people.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// A path, an address, "standard input", or one of these with a line or number.
    pub(crate) name: String,
    /// True when the thing that the user named can hold several articles.
    pub(crate) of_many: bool,
}

/// Takes every article through `work` on all threads and hands the results on in order; a
/// bad one gets a line on stderr and the run goes on.
///
/// # Errors
/// When `take` has one, as for a closed pipe; then nothing further is read.
pub(crate) fn each<T: Send>(
    args: &Args,
    intake: &Intake,
    inputs: &Inputs,
    work: impl Fn(Article) -> T + Sync,
    take: impl FnMut(&Name, T) -> Result<bool>,
) -> Result<Ran> {
    each_new(args, intake, inputs, (&Net::new(intake), None), work, take)
}

/// The same without what was read before, as the archive knows it.
///
/// # Errors
/// As [`each`].
pub(crate) fn each_new<T: Send>(
    args: &Args,
    intake: &Intake,
    inputs: &Inputs,
    (net, before): (&Net, Option<&Before<'_>>),
    work: impl Fn(Article) -> T + Sync,
    mut take: impl FnMut(&Name, T) -> Result<bool>,
) -> Result<Ran> {
    for note in &inputs.notes {
        output::note(args, &output::plain_line(note));
    }
    let loader = Loader::new(intake, Web::knowing(net, before));
    let run = Run { args, intake, loader, progress: Progress::new(args, inputs), work };
    let several = inputs.several();
    let mut ran =
        Ran { all_good: true, several, failed: Vec::new(), reasons: Vec::new(), seen: Seen::default() };
    run.through(units::units(inputs, intake), &mut take, &mut ran)?;
    ran.seen = run.loader.web.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(ran)
}

/// What stays the same from unit to unit.
struct Run<'a, W> {
    args: &'a Args,
    intake: &'a Intake,
    loader: Loader<'a>,
    progress: Progress,
    work: W,
}

/// A unit that is done, or what it turned out to hold.
enum Done<T> {
    Articles(Vec<(Name, Result<T>)>),
    Many(Many),
}

impl<W> Run<'_, W> {
    /// Takes the units to their end. One that holds units of its own, as a feed does, has its
    /// turn before those behind it; they are at most two deep.
    fn through<T: Send>(
        &self,
        mut units: Units<'_>,
        take: &mut impl FnMut(&Name, T) -> Result<bool>,
        ran: &mut Ran,
    ) -> Result<()>
    where
        W: Fn(Article) -> T + Sync,
    {
        loop {
            let batch: Vec<Unit> = units.by_ref().take(UNDER_WAY * rayon::current_num_threads()).collect();
            if batch.is_empty() {
                return Ok(());
            }
            let done: Vec<Done<T>> = batch.into_par_iter().map(|unit| self.done(unit)).collect();
            for done in done {
                match done {
                    Done::Many(many) => self.through(units::of_many(many, self.intake), take, ran)?,
                    Done::Articles(articles) => self.hand_on(articles, take, ran)?,
                }
            }
        }
    }

    fn done<T: Send>(&self, unit: Unit) -> Done<T>
    where
        W: Fn(Article) -> T + Sync,
    {
        let n_bytes = unit.n_bytes;
        match self.loader.open(unit) {
            Opened::Many(many) => {
                self.progress.advance(n_bytes, 0);
                Done::Many(many)
            }
            Opened::Articles(articles) => {
                let work = |(name, article): (Name, Result<Article>)| (name, article.map(&self.work));
                let done: Vec<_> = articles.into_par_iter().map(work).collect();
                self.progress.advance(n_bytes, done.len());
                Done::Articles(done)
            }
        }
    }

    fn hand_on<T>(
        &self,
        articles: Vec<(Name, Result<T>)>,
        take: &mut impl FnMut(&Name, T) -> Result<bool>,
        ran: &mut Ran,
    ) -> Result<()> {
        for (name, result) in articles {
            ran.several |= name.of_many;
            let is_good = self.progress.aside(|| match result {
                Ok(result) => take(&name, result),
                Err(error) => {
                    if ran.reasons.len() < MOST_REASONS {
                        ran.reasons.push(one_line(&error, &name.name));
                    }
                    Ok(tell(self.args, &error, &name.name))
                }
            })?;
            ran.all_good &= is_good;
            if !is_good && ran.failed.len() < MOST_FAILED {
                ran.failed.push(name.name);
            }
        }
        Ok(())
    }
}

/// What came of a run.
#[derive(Debug, Clone)]
pub(crate) struct Ran {
    /// True when nothing failed.
    pub(crate) all_good: bool,
    /// True when what the user named can hold several articles, even if none came.
    pub(crate) several: bool,
    /// What could not be read, by name, up to a thousand.
    pub(crate) failed: Vec<String>,
    /// Why, a line each, up to a hundred.
    pub(crate) reasons: Vec<String>,
    /// What came from the web.
    pub(crate) seen: Seen,
}

/// Reasons that are kept.
const MOST_REASONS: usize = 100;
/// Names that are kept of what could not be read.
const MOST_FAILED: usize = 1000;

/// Says why there is no article. True when nobody asked for one.
fn tell(args: &Args, error: &Error, name: &str) -> bool {
    let passed_over = error.downcast_ref().is_some_and(|own: &Own| own.found);
    if passed_over {
        output::note(args, &one_line(error, name));
    } else {
        output::say(&one_line(error, name));
    }
    passed_over
}

/// A line for a terminal, whatever is in the name. The fetcher's errors begin with an
/// address by themselves, since it can be another than the one that was named.
pub(crate) fn one_line(error: &Error, name: &str) -> String {
    // A password in an address is nobody's business.
    let hidden = name.split_once("://").and_then(|(scheme, rest)| {
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        Some(format!("{scheme}://…@{}{path}", host.rsplit_once('@')?.1))
    });
    let name = hidden.as_deref().unwrap_or(name);
    let says_where = error.downcast_ref::<Fetched>().is_some();
    let error = format!("{error:#}");
    let words = if says_where && error.starts_with(name) { error } else { format!("{name}: {error}") };
    output::plain_line(&words)
}

/// An article or why there is none, with its name.
type Named = (Name, Result<Article>);
