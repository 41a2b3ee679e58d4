//! What goes into the archive: articles, records, and readings by another model.

use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use rayon::prelude::*;
use sayso::{Article, Record, surely_foreign};
use sayso_archive::{Added, Archive, Intake, Owned};

use super::{path, with_folder};
use crate::args::{AddArgs, Args, ImportArgs, RereadArgs};
use crate::input::{self, Inputs};
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
struct Counts {
    new: usize,
    reprints: usize,
    changed: usize,
    known: usize,
    foreign: usize,
}

/// `sayso add`: reads what isn't there yet, and adds it as it comes.
pub(crate) fn add(asked: &AddArgs, args: &Args) -> Result<Outcome> {
    let path = path(&asked.archive)?;
    with_folder(&asked.archive, &path)?;
    let inputs = Inputs::gather(&asked.input.articles, &Target::of(Some(&path)))?;
    let mut archive = Archive::open(&path)?;
    let known = archive.known()?;
    let engine = rules::engine(asked.rules.as_deref())?;
    let work = |article: Article| {
        if known.has(&article, None) {
            return Read::Known;
        }
        match surely_foreign(&article) {
            Some(language) => Read::Foreign(language),
            None => {
                let record = engine.read(&article);
                Read::New(Box::new((article, record)))
            }
        }
    };
    let mut counts = Counts::default();
    let (ran, added) = archive.taking(|intake| {
        input::each(args, &asked.input.intake, &inputs, work, |name, read| {
            match read {
                Read::Known => counts.known += 1,
                Read::Foreign(language) => {
                    counts.foreign += 1;
                    let name = output::plain_line(&name.name);
                    output::note(args, &format!("{name}: it looks {language}; only English is added"));
                }
                Read::New(both) => {
                    let (article, record) = *both;
                    let one = Owned { file: whole_file(name), input: name.name.clone(), article, record };
                    // The archive's error says why.
                    ensure!(intake.put(one), "nothing more can be added");
                }
            }
            Ok(true)
        })
    })?;
    let ran = ran?;
    counts.add(&added);
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

/// The file that holds an article and nothing else.
fn whole_file(name: &input::Name) -> Option<String> {
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

fn tell(args: &Args, archive: &Archive, counts: &Counts, path: &Path) -> Result<()> {
    let Counts { new, reprints, changed, known, foreign } = counts;
    let mut parts = vec![format!("{new} new")];
    for (n, what) in [
        (reprints, "reprints"),
        (changed, "changed since"),
        (known, "there already"),
        (foreign, "not in English"),
    ] {
        if *n > 0 {
            parts.push(format!("{n} {what}"));
        }
    }
    let (articles, statements) = archive.size()?;
    output::note(
        args,
        &format!(
            "{}; {} holds {articles} articles with {statements} statements",
            parts.join(", "),
            path.display()
        ),
    );
    Ok(())
}

/// `sayso import`: records that were read before.
pub(crate) fn import(asked: &ImportArgs, args: &Args) -> Result<Outcome> {
    let path = path(&asked.archive)?;
    with_folder(&asked.archive, &path)?;
    let mut archive = Archive::open(&path)?;
    let mut counts = Counts::default();
    let (all_good, added) = archive.taking(|intake| {
        let mut all_good = true;
        for file in &asked.files {
            all_good &= records(file, intake)?;
        }
        Ok::<bool, anyhow::Error>(all_good)
    })?;
    counts.add(&added);
    tell(args, &archive, &counts, &path)?;
    Ok(if all_good? { Outcome::Done } else { Outcome::Failed })
}

/// Takes in the records of a file; false where some of its lines are none.
fn records(file: &Path, intake: &mut Intake) -> Result<bool> {
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
    if article.sha256() == part.sha256 {
        Ok((article, record))
    } else {
        Err("its text isn't the one that was read".to_owned())
    }
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
    todo.sort_by(|a, b| a.0.cmp(&b.0));
    todo.dedup_by(|a, b| a.0 == b.0);
    for batch in todo.chunks(REREAD) {
        let records: Vec<Record> = batch.par_iter().map(|(_, article)| engine.read(article)).collect();
        for ((sha256, _), record) in batch.iter().zip(&records) {
            archive.replace(sha256, record)?;
        }
    }
    output::note(args, &format!("{} read again", todo.len()));
    Ok(Outcome::Done)
}
