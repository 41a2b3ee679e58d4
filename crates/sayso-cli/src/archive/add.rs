//! What goes into the archive: articles, records, and readings by another model.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow, ensure};
use rayon::prelude::*;
use sayso::{Article, Engine, Record, surely_foreign};
use sayso_archive::{Added, Archive, Correction, Decision, ErrorKind, Feed, Intake as Takes, Owned, Visited};
use sayso_fetch::Validators;

use super::{path, with_folder};
use crate::args::{AddArgs, Args, ImportArgs, Intake, RereadArgs};
use crate::desk::Desk;
use crate::input::{self, Before, Inputs, Name, Net, Ran};
use crate::target::Target;
use crate::{Outcome, output, rules};

/// Articles that are read again at once.
const REREAD: usize = 32;
/// Articles that are told at the end, of those that could not be added.
const TOLD: usize = 20;

/// What came of an article before it reached the archive.
enum Read {
    Known,
    Foreign(&'static str),
    New(Box<(Article, Record)>),
}

/// What came of a run.
#[derive(Debug, Default)]
pub(super) struct Counts {
    new: usize,
    reprints: usize,
    changed: usize,
    known: usize,
    foreign: usize,
    /// Feeds that are as they were.
    unchanged: usize,
}

/// `sayso add`: reads what isn't there yet, and adds it as it comes.
pub(crate) fn add(asked: &AddArgs, args: &Args) -> Result<Outcome> {
    let path = path(&asked.archive)?;
    let inputs = Inputs::gather(&asked.input.articles, &Target::of(Some(&path)))?;
    with_folder(&asked.archive, &path)?;
    if !path.exists() && inputs.are_all_bad() {
        // No archive is made for what isn't there.
        inputs.tell_bad();
        return Ok(Outcome::Failed);
    }
    let mut archive = Archive::open(&path)?;
    let engine = rules::engine(asked.rules.as_deref())?;
    let intake = &asked.input.intake;
    let round =
        Round { args, intake, engine: &engine, net: &Net::new(intake), polled: &[], going: None, sent: None };
    let (counts, ran) = round.taken_in(&mut archive, &inputs)?;
    if ran.failed.len() > 1 {
        output::say(&format!("{} could not be added:", ran.failed.len()));
        ran.failed.iter().take(TOLD).for_each(|name| output::say(&format!("  {}", output::plain_line(name))));
        if ran.failed.len() > TOLD {
            output::say("  …");
        }
    }
    tell(args, &archive, &counts, &path)?;
    Ok(if ran.all_good { Outcome::Done } else { Outcome::Failed })
}

/// What it takes to read articles into an archive.
pub(super) struct Round<'a> {
    pub(super) args: &'a Args,
    pub(super) intake: &'a Intake,
    pub(super) engine: &'a Engine,
    pub(super) net: &'a Net,
    /// Feeds that are asked for again and again; none where somebody named them once.
    pub(super) polled: &'a [String],
    /// Who watches, and may end it.
    pub(super) going: Option<&'a Going>,
    /// The folder that holds files which were sent, each in a folder with a number.
    pub(super) sent: Option<&'a str>,
}

/// What a file was called when it was sent; anything else as it is.
pub(crate) fn sent_name(name: &str, folder: Option<&str>) -> String {
    let rest =
        folder.and_then(|folder| name.strip_prefix(folder)).map(|rest| rest.trim_start_matches(['/', '\\']));
    // Behind its number.
    rest.and_then(|rest| rest.split_once(['/', '\\'])).map_or(name, |(_, name)| name).to_owned()
}

/// How far a run is, for those who wait elsewhere.
#[derive(Debug, Default)]
pub(crate) struct Going {
    /// Articles that went through.
    pub(crate) articles: AtomicUsize,
    is_ended: AtomicBool,
    /// Bytes of the files that are done, and of all.
    bytes: Mutex<Option<(Arc<AtomicU64>, u64)>>,
}

impl Going {
    /// Ends the run before its next article.
    pub(crate) fn end(&self) {
        self.is_ended.store(true, Ordering::Relaxed);
    }

    /// How much is done, from 0 to 1, where files say how much there is.
    pub(crate) fn share(&self) -> Option<f64> {
        let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let (done, of) = bytes.as_ref().filter(|(_, of)| *of > 0)?;
        #[expect(clippy::cast_precision_loss, reason = "a share of a bar")]
        Some((done.load(Ordering::Relaxed) as f64 / *of as f64).min(1.0))
    }

    fn watch(&self, inputs: &Inputs) {
        let bytes = (Arc::clone(&inputs.done), inputs.n_bytes());
        *self.bytes.lock().unwrap_or_else(PoisonError::into_inner) = Some(bytes);
    }
}

/// Adds articles without a word on the terminal; what came of it, and a line for each that could not be read.
pub(crate) fn take_in(
    archive: &mut Archive,
    desk: &Desk,
    inputs: &Inputs,
    going: &Going,
    sent: Option<&str>,
) -> Result<(String, Vec<String>)> {
    going.watch(inputs);
    let args = Args::silent();
    let net = Net::new(&desk.intake);
    let round = Round {
        args: &args,
        intake: &desk.intake,
        engine: &desk.engine,
        net: &net,
        polled: &[],
        going: Some(going),
        sent,
    };
    let (counts, ran) = round.taken_in(archive, inputs)?;
    Ok((counts.words(), ran.reasons))
}

impl Round<'_> {
    /// Reads what isn't there yet, and adds it as it comes.
    pub(super) fn taken_in(&self, archive: &mut Archive, inputs: &Inputs) -> Result<(Counts, Ran)> {
        let (known, visited) = (archive.known()?, archive.visited()?);
        let validators = |url: &str| match visited.feed(url) {
            Some(feed) => Validators { etag: feed.etag.clone(), modified: feed.modified.clone() },
            None => Validators::default(),
        };
        let has = |url: &str| visited.has(url);
        let before = Before { has: &has, validators: &validators, polls: !self.polled.is_empty() };
        let work = |article: Article| {
            if known.has(&article, None) {
                return Read::Known;
            }
            match surely_foreign(&article) {
                Some(language) => Read::Foreign(language),
                None => {
                    let record = self.engine.read(&article);
                    Read::New(Box::new((article, record)))
                }
            }
        };
        let mut counts = Counts::default();
        let (ran, added) = archive.taking(|intake| {
            let take = |name: &Name, read| {
                if let Some(going) = self.going {
                    ensure!(!going.is_ended.load(Ordering::Relaxed), "ended");
                    going.articles.fetch_add(1, Ordering::Relaxed);
                }
                match read {
                    Read::Known => counts.known += 1,
                    Read::Foreign(language) => {
                        counts.foreign += 1;
                        let name = output::plain_line(&name.name);
                        output::note(
                            self.args,
                            &format!("{name}: it looks {language}; only English is added"),
                        );
                    }
                    Read::New(both) => {
                        let (article, record) = *both;
                        // A file that was sent lies nowhere.
                        let file = if self.sent.is_some() { None } else { whole_file(name) };
                        let one = Owned { file, input: sent_name(&name.name, self.sent), article, record };
                        // The archive's error says why.
                        ensure!(intake.put(one), "nothing more can be added");
                    }
                }
                Ok(true)
            };
            input::each_new(self.args, self.intake, inputs, (self.net, Some(&before)), work, take)
        })?;
        let ran = ran?;
        counts.add(&added);
        counts.known += ran.seen.passed_over;
        counts.unchanged = ran.seen.unchanged.len();
        self.remember(archive, &visited, &ran)?;
        Ok((counts, ran))
    }

    /// What came from the web is known the next time; a feed of which something failed is read again as a whole.
    fn remember(&self, archive: &mut Archive, visited: &Visited, ran: &Ran) -> Result<()> {
        let now = now();
        let before = |url: &str| visited.feed(url).cloned().unwrap_or_default();
        let mut feeds: Vec<(String, Feed)> = Vec::new();
        for (url, validators) in &ran.seen.lists {
            if ran.seen.unread.contains(url) {
                let old = before(url);
                let failures = old.failures.saturating_add(1);
                feeds.push((url.clone(), Feed { etag: None, modified: None, asked: now, failures }));
                continue;
            }
            let is_whole = !ran.seen.broken.contains(url);
            let Validators { etag, modified } = validators.clone();
            let (etag, modified) = if is_whole { (etag, modified) } else { (None, None) };
            feeds.push((url.clone(), Feed { etag, modified, asked: now, failures: 0 }));
        }
        for url in &ran.seen.unchanged {
            feeds.push((url.clone(), Feed { asked: now, failures: 0, ..before(url) }));
        }
        for url in
            self.polled.iter().filter(|url| !feeds.iter().any(|(known, _)| known == *url)).collect::<Vec<_>>()
        {
            let old = before(url);
            feeds.push((url.clone(), Feed { asked: now, failures: old.failures.saturating_add(1), ..old }));
        }
        if feeds.is_empty() && ran.seen.pages.is_empty() {
            return Ok(());
        }
        Ok(archive.visit(&feeds, &ran.seen.pages)?)
    }
}

/// Seconds since 1970.
pub(super) fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}

/// The file that holds an article and nothing else.
fn whole_file(name: &Name) -> Option<String> {
    let path = Path::new(&name.name);
    let is_one = !name.of_many && path.is_file();
    is_one.then(|| path.canonicalize().ok()).flatten().map(|path| path.display().to_string())
}

impl Counts {
    fn add(&mut self, all: &[Added]) {
        for added in all {
            match added {
                Added::New => self.new += 1,
                Added::Reprint => self.reprints += 1,
                Added::Changed => self.changed += 1,
                Added::Known => self.known += 1,
            }
        }
    }
}

impl Counts {
    /// For people: "3 new, 1 reprint".
    pub(super) fn words(&self) -> String {
        let Self { new, reprints, changed, known, foreign, unchanged } = self;
        let mut parts = vec![format!("{new} new")];
        for (n, one, many) in [
            (reprints, "reprint", "reprints"),
            (changed, "changed since", "changed since"),
            (known, "there already", "there already"),
            (foreign, "not in English", "not in English"),
            (unchanged, "feed as it was", "feeds as they were"),
        ] {
            match n {
                0 => {}
                1 => parts.push(format!("1 {one}")),
                n => parts.push(format!("{n} {many}")),
            }
        }
        parts.join(", ")
    }
}

pub(super) fn tell(args: &Args, archive: &Archive, counts: &Counts, path: &Path) -> Result<()> {
    let (articles, statements) = archive.size()?;
    let words = counts.words();
    output::note(
        args,
        &format!(
            "{words}; {} holds {} with {}",
            path.display(),
            counted(articles, "article"),
            counted(statements, "statement")
        ),
    );
    Ok(())
}

fn counted(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// `sayso import`: records that were read before, and what was said by hand of them.
pub(crate) fn import(asked: &ImportArgs, args: &Args) -> Result<Outcome> {
    let path = path(&asked.archive)?;
    for file in asked.files.iter().filter(|file| file.as_os_str() != "-") {
        std::fs::File::open(file)
            .map_err(|error| anyhow!("{}: {}", file.display(), input::unreadable(&error)))?;
    }
    with_folder(&asked.archive, &path)?;
    let mut archive = Archive::open(&path)?;
    let mut counts = Counts::default();
    let mut by_hand = ByHand::default();
    let (all_good, added) = archive.taking(|intake| {
        let mut all_good = true;
        for file in &asked.files {
            all_good &= records(file, intake, &mut by_hand)?;
        }
        Ok::<bool, anyhow::Error>(all_good)
    })?;
    counts.add(&added);
    by_hand.applied(&mut archive, args)?;
    tell(args, &archive, &counts, &path)?;
    Ok(if all_good? { Outcome::Done } else { Outcome::Failed })
}

/// What lines of an export say of names and sources, by hand.
#[derive(Debug, Default)]
struct ByHand {
    corrections: Vec<Correction>,
    decisions: Vec<Decision>,
}

impl ByHand {
    /// Said of this archive too, in the order in which it was said; a name that it doesn't know has nothing to be merged.
    fn applied(self, archive: &mut Archive, args: &Args) -> Result<()> {
        for decision in &self.decisions {
            match archive.decide(decision) {
                Err(error) if error.kind() == ErrorKind::NotOne => {
                    let Decision { name, into, .. } = decision;
                    output::note(args, &output::plain_line(&format!("{name} and {into}: {error}")));
                }
                done => done?,
            }
        }
        if !self.corrections.is_empty() {
            archive.correct(&self.corrections)?;
        }
        Ok(())
    }
}

/// Takes in the lines of a file; false where some of them are none.
fn records(file: &Path, intake: &mut Takes, by_hand: &mut ByHand) -> Result<bool> {
    let is_stdin = file.as_os_str() == "-";
    let name = if is_stdin { "standard input".to_owned() } else { file.display().to_string() };
    let lines: Box<dyn BufRead> = if is_stdin {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(std::fs::File::open(file).with_context(|| name.clone())?))
    };
    let mut all_good = true;
    for (n, line) in lines.lines().enumerate() {
        let line = line.with_context(|| name.clone())?;
        if line.trim().is_empty() {
            continue;
        }
        if let Ok(correction) = serde_json::from_str(&line) {
            by_hand.corrections.push(correction);
            continue;
        }
        if let Ok(decision) = serde_json::from_str(&line) {
            by_hand.decisions.push(decision);
            continue;
        }
        match record(&line) {
            Ok((article, record)) => {
                let input = record.article.input.clone().unwrap_or_else(|| format!("{name}:{}", n + 1));
                ensure!(
                    intake.put(Owned { article, record, input, file: None }),
                    "nothing more can be added"
                );
            }
            Err(why) => {
                output::say(&output::plain_line(&format!("{name}:{}: {why}", n + 1)));
                all_good = false;
            }
        }
    }
    Ok(all_good)
}

/// A record with its article; a text that isn't the one that was read is refused, since every place in it would be wrong.
fn record(line: &str) -> Result<(Article, Record), String> {
    let record: Record = serde_json::from_str(line).map_err(|error| format!("it is no record: {error}"))?;
    let part = &record.article;
    let article = Article {
        url: part.url.clone(),
        outlet: part.outlet.clone(),
        title: part.title.clone(),
        byline: part.byline.clone(),
        published: part.published.clone(),
        language: part.language.clone(),
        text: part.text.clone(),
        ..Article::default()
    };
    if article.sha256() != part.sha256 {
        return Err("its text isn't the one that was read".to_owned());
    }
    let n_chars = article.text.chars().count();
    let parts = record.attributions.iter().flat_map(|a| a.content.iter().chain(&a.source).chain(&a.cue));
    let places = parts.map(|part| (part.start, part.end));
    let places =
        places.chain(record.issues.iter().flat_map(|issue| &issue.mentions).map(|m| (m.start, m.end)));
    let mut places = places.chain(record.positions.iter().map(|position| (position.start, position.end)));
    if places.any(|(start, end)| start > end || end > n_chars) {
        return Err("a place in it is beyond its text".to_owned());
    }
    Ok((article, record))
}

/// `sayso reread`: the archive's articles, by this program's model.
pub(crate) fn reread(asked: &RereadArgs, args: &Args) -> Result<Outcome> {
    let path = path(&asked.archive)?;
    // Only what is there can be read again.
    drop(Archive::open_existing(&path)?);
    let mut archive = Archive::open(&path)?;
    let engine = rules::engine(asked.rules.as_deref())?;
    let ours = engine.read(&Article::from_text("")).producer;
    let mut todo: Vec<(String, Article)> = Vec::new();
    archive.stored(|stored| {
        if asked.all || stored.record.producer != ours {
            todo.push((stored.record.article.sha256.clone(), stored.article));
        }
        Ok::<(), anyhow::Error>(())
    })?;
    // In the order in which they came, since a reprint follows its origin.
    let mut seen = HashSet::new();
    todo.retain(|(sha256, _)| seen.insert(sha256.clone()));
    for batch in todo.chunks(REREAD) {
        let records: Vec<Record> = batch.par_iter().map(|(_, article)| engine.read(article)).collect();
        for ((sha256, _), record) in batch.iter().zip(&records) {
            archive.replace(sha256, record)?;
        }
    }
    archive.renumber()?;
    output::note(args, &format!("{} read again", todo.len()));
    Ok(Outcome::Done)
}
