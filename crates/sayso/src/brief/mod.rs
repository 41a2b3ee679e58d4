//! What is a story's account that can't be untrue to its sources?
//!
//! Sentences are made of the articles' own words: who speaks by the name that the text gives, the verb that announces it,
//! and what was said, each copied. A sentence that would need a word that isn't there isn't made. What the brief says is
//! then held against the articles as any brief is ([`crate::check`]), and sentences in which that finds something go.

#[cfg(test)]
mod cases;
mod draft;
mod english;
mod form;
mod hands;
mod items;
mod others;
mod plan;
mod rebuilt;
mod say;
mod several;
mod source;
mod stands;
mod who;
mod writing;

use std::collections::HashSet;

use rayon::prelude::*;
use sayso_text::Article;

use crate::Engine;
use crate::check::{Report, Sources};
use crate::record::Record;
use crate::reprint::{REPRINT, Runs};
pub use draft::{Draft, DraftError, INSTRUCTIONS, Rejected};
pub use form::{Anchor, Brief, Length, SCHEMA, Section, Sentence, SourceArticle, Writer};
use source::Source;

/// How to brief.
#[derive(Debug, Clone, Default)]
pub struct BriefOptions {
    /// How much to tell.
    pub length: Length,
    /// The day that the brief bears, as `2026-03-15`.
    pub date: String,
}

impl Engine {
    /// Briefs one article, or several on one story.
    ///
    /// Nothing in it is untrue to them as far as [`Engine::check`] can tell; its sentences are the articles' words.
    ///
    /// ```
    /// use sayso::{Article, Engine, brief::BriefOptions};
    /// let engine = Engine::embedded()?;
    /// let text = "The dam has failed, officials said. “We saw it coming from afar,” Ana Brell, the mayor, told reporters.";
    /// let brief = engine.brief(&[Article::from_text(text)], &BriefOptions::default());
    /// assert!(brief.prose().contains("Ana Brell, the mayor, told reporters, “We saw it coming from afar.”"));
    /// # Ok::<(), sayso::Error>(())
    /// ```
    pub fn brief(&self, articles: &[Article], options: &BriefOptions) -> Brief {
        let records: Vec<Record> = articles.par_iter().map(|article| self.read(article)).collect();
        self.brief_read(articles, &records, options)
    }

    /// Briefs articles that were read already. A reprint of one before it isn't told again, which a note says.
    pub fn brief_read(&self, articles: &[Article], records: &[Record], options: &BriefOptions) -> Brief {
        let (firsts, reprints) = origins(articles);
        if reprints.is_empty() {
            return self.brief_of(articles, records, options);
        }
        let of = |i: &usize| (articles[*i].clone(), records[*i].clone());
        let (articles, records): (Vec<Article>, Vec<Record>) = firsts.iter().map(of).unzip();
        let mut brief = self.brief_of(&articles, &records, options);
        brief.notes.extend(reprints);
        brief
    }

    fn brief_of(&self, articles: &[Article], records: &[Record], options: &BriefOptions) -> Brief {
        let all: Vec<Source<'_>> = articles
            .iter()
            .zip(records)
            .map(|(article, record)| Source::new(article, record, self.rules()))
            .collect();
        let all: Vec<Source<'_>> = match all.len() {
            0 | 1 => all,
            _ => all.into_iter().enumerate().map(|(i, source)| source.numbered(i + 1)).collect(),
        };
        let items = items::items(&all);
        let read = Sources::new(articles.iter().zip(records.iter().cloned()));
        let mut out: HashSet<items::Key> = HashSet::new();
        loop {
            let (brief, keys) = plan::brief(&all, &items, options, &out);
            let prose = Article::from_text(brief.prose());
            let report = self.check_against(&prose, &read);
            let mut wrong = wrong(&brief, &report);
            wrong.extend(writing::dangling(&brief, &keys));
            wrong.extend(writing::garbled(&brief));
            if wrong.is_empty() {
                return brief;
            }
            out.extend(wrong.into_iter().map(|i| keys[i]));
        }
    }
}

/// The articles that are no reprint of one before them, and a note for each that is.
fn origins(articles: &[Article]) -> (Vec<usize>, Vec<String>) {
    let runs: Vec<Runs> = articles.iter().map(|article| Runs::new(&article.text)).collect();
    let (mut firsts, mut notes): (Vec<usize>, Vec<String>) = (Vec::new(), Vec::new());
    let called = |i: usize| {
        let (outlet, title) = (&articles[i].outlet, &articles[i].title);
        let title = title.as_ref().map(|title| format!("“{title}”"));
        match (title, outlet) {
            (Some(title), Some(outlet)) => format!("{title} ({outlet})"),
            (Some(one), None) => one,
            (None, Some(one)) => one.clone(),
            (None, None) => format!("article {}", i + 1),
        }
    };
    for i in 0..articles.len() {
        match firsts.iter().find(|&&first| runs[first].shared(&runs[i]) >= REPRINT) {
            Some(&first) => {
                notes.push(format!("{} repeats {} and isn't told again", called(i), called(first)));
            }
            None => firsts.push(i),
        }
    }
    (firsts, notes)
}

/// The sentences of a brief in which a check of its prose finds something, by number.
pub fn wrong(brief: &Brief, report: &Report) -> Vec<usize> {
    let mut at = 0;
    let prose: Vec<char> = report.brief.text.chars().collect();
    let mut places = Vec::new();
    for sentence in brief.sentences() {
        while prose.get(at).is_some_and(|c| c.is_whitespace()) {
            at += 1;
        }
        let end = at + sentence.text.chars().count();
        places.push(at..end);
        at = end;
    }
    let is_wrong = |place: &std::ops::Range<usize>| {
        report.findings.iter().any(|f| f.start < place.end && place.start < f.end)
    };
    (0..places.len()).filter(|&i| is_wrong(&places[i])).collect()
}
