//! What is asked over a connection, whatever speaks: an assistant's tools or the server.
//!
//! An article comes as text, by an address, or by its number in the archive; nothing is written, and no file is read but the
//! archive that the user named.

pub(crate) mod asked;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use sayso::brief::{Brief, BriefOptions};
use sayso::check::Report;
use sayso::{Article, Document, Engine, Record, surely_foreign};
use sayso_archive::Archive;

use crate::args::Intake;
use crate::input::Brief as Named;
use crate::quote::{self, Answer, Source};
use asked::{Briefing, Checking, Quoting, Told};

/// Articles of one question at most.
pub(crate) const MOST_ARTICLES: usize = 50;

/// Fetching and reading for one question go on for so long.
const LONGEST: Duration = Duration::from_secs(90);

/// What it takes to answer.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) engine: Arc<Engine>,
    pub(crate) intake: Arc<Intake>,
    /// The archive's file.
    pub(crate) archive: PathBuf,
}

impl Desk {
    /// A brief of one article or of several.
    pub(crate) fn brief(&self, asked: &Briefing) -> Result<Brief> {
        let (articles, records): (Vec<Article>, Vec<Record>) = self.all(&asked.articles)?.into_iter().unzip();
        let options = BriefOptions { length: asked.length.into(), date: crate::brief::date(None)? };
        Ok(self.engine.brief_read(&articles, &records, &options))
    }

    /// What a text says otherwise than its articles.
    pub(crate) fn check(&self, asked: &Checking) -> Result<Report> {
        ensure!(asked.brief.contains(char::is_alphanumeric), "brief: it has no words");
        let all = self.all(&asked.articles)?;
        let articles: Vec<Article> = all.into_iter().map(|(article, _)| article).collect();
        Ok(self.engine.check(&Article::from_text(asked.brief.as_str()), &articles))
    }

    /// Whether a quotation stands in articles.
    pub(crate) fn quote(&self, asked: &Quoting) -> Result<Answer> {
        ensure!(asked.quote.contains(char::is_alphanumeric), "quote: it has no words");
        let sources = self.all(&asked.articles)?.into_iter().map(|(article, record)| {
            let name = record.article.input.clone().unwrap_or_default();
            Source { name, doc: Document::new(&article), record }
        });
        let sources: Vec<Source> = sources.collect();
        Ok(quote::answer(asked.quote.trim(), asked.by.as_deref(), &sources))
    }

    pub(crate) fn archive(&self) -> Result<Archive> {
        Ok(Archive::open_existing(&self.archive)?)
    }

    pub(crate) fn all(&self, told: &[Told]) -> Result<Vec<(Article, Record)>> {
        ensure!(!told.is_empty(), "articles: give one at least");
        ensure!(told.len() <= MOST_ARTICLES, "articles: at most {MOST_ARTICLES}");
        let begun = Instant::now();
        let read = |(n, one)| {
            ensure!(begun.elapsed() < LONGEST, "articles: it takes too long; ask for fewer at once");
            self.read(one, n)
        };
        (1..).zip(told).map(read).collect()
    }

    /// The `n`th article of a question with its record, which is the archive's where it is there.
    pub(crate) fn read(&self, told: &Told, n: usize) -> Result<(Article, Record)> {
        if let (Some(number), None, None) = (told.article, &told.text, &told.url) {
            let stored = self.archive()?.one_stored(number)?;
            let mut record = stored.record;
            record.article.input = Some(told.name(n));
            return Ok((stored.article, record));
        }
        self.read_as(self.article(told)?, &told.name(n))
    }

    /// An article that is here, with its record and the name by which answers call it.
    pub(crate) fn read_as(&self, article: Article, name: &str) -> Result<(Article, Record)> {
        if let Some(language) = surely_foreign(&article) {
            bail!("{name}: it looks {language}; only English is read");
        }
        let mut record = self.engine.read(&article);
        record.article.input = Some(name.to_owned());
        Ok((article, record))
    }

    pub(crate) fn article(&self, told: &Told) -> Result<Article> {
        let mut article = match (&told.text, &told.url, told.article) {
            (Some(text), url, None) => {
                ensure!(
                    url.as_deref().is_none_or(sayso_fetch::is_url),
                    "url: it is no address of a page on the web"
                );
                ensure!(
                    text.len() as u64 <= self.intake.max_bytes,
                    "text: over {} bytes",
                    self.intake.max_bytes
                );
                ensure!(text.contains(char::is_alphanumeric), "text: it has no words");
                Article { url: url.clone(), ..Article::from_text(text.as_str()) }
            }
            (None, Some(url), None) => {
                ensure!(sayso_fetch::is_url(url), "{url}: it is no address of a page on the web");
                Named::read(url.as_ref(), &self.intake)?.article
            }
            _ => bail!(
                "an article is one of: its text (with its url, if known), its url, or the number of an article in the archive"
            ),
        };
        let given = |words: &Option<String>| words.clone().filter(|words| !words.trim().is_empty());
        article.title = given(&told.title).or(article.title);
        article.outlet = given(&told.outlet).or(article.outlet);
        article.byline = given(&told.byline).or(article.byline);
        let published = given(&told.published);
        ensure!(
            published.as_deref().is_none_or(|day| sayso::row::day(day).is_some()),
            "published: give a day as 2026-03-15"
        );
        article.published = published.or(article.published);
        Ok(article)
    }
}
