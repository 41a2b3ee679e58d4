//! What does a list say of one of its articles, and what becomes of it?
//!
//! Feeds and sitemaps name pages. What a page says of itself comes first; the list fills
//! what it lacks.

use sayso_text::{Article, Decoding, Format, ingest_with};

/// An article as a feed or a sitemap names it.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The whole address of its page.
    pub(super) link: Option<String>,
    pub(super) known: Known,
    /// Its words, where the list has them.
    pub(super) content: Option<Content>,
    /// The list is a file on this computer, so that its own words come before the web's.
    pub(super) is_local: bool,
}

/// What a list says about an article.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) title: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) language: Option<String>,
}

/// The words of an entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) body: String,
    /// True for markup, false for plain text.
    pub(super) is_html: bool,
}

/// Words from which on a file's own content is taken for the article and not for a teaser.
const WHOLE: usize = 80;
/// The same where the page was asked for and didn't come, so that more has to speak for it.
const SURELY_WHOLE: usize = 150;

impl Entry {
    /// The entry's own words, if there are enough of them before anybody asked for the page.
    pub(super) fn whole(&self) -> Option<Article> {
        let is_asked_first = self.is_local || self.link.is_none();
        is_asked_first.then(|| self.article(WHOLE)).flatten()
    }

    /// The entry's own words, if there are enough of them though the page didn't come.
    pub(super) fn instead(&self) -> Option<Article> {
        let mut article = self.article(SURELY_WHOLE)?;
        article.notes.push("The page could not be read; this is what the feed holds of it.".to_owned());
        Some(article)
    }

    fn article(&self, n_words: usize) -> Option<Article> {
        let content = self.content.as_ref()?;
        let mut article = match content.is_html {
            true => {
                let page = format!(
                    "<!doctype html><html><head><meta charset=\"utf-8\"></head><body><article>{}</article></body></html>",
                    content.body
                );
                ingest_with(page.as_bytes(), Format::Html, Decoding::default()).ok()?
            }
            false => ingest_with(content.body.as_bytes(), Format::Text, Decoding::default()).ok()?,
        };
        if article.text.split_whitespace().count() < n_words {
            return None;
        }
        article.url.clone_from(&self.link);
        self.known.fill(&mut article);
        Some(article)
    }
}

impl Known {
    /// Gives the article what it doesn't say of itself.
    pub(super) fn fill(&self, article: &mut Article) {
        let fields = [
            (&mut article.title, &self.title),
            (&mut article.outlet, &self.outlet),
            (&mut article.byline, &self.byline),
            (&mut article.published, &self.published),
            (&mut article.language, &self.language),
        ];
        for (own, listed) in fields {
            if own.is_none() {
                own.clone_from(listed);
            }
        }
    }
}

/// The words in one line; `None` where there are none.
pub(super) fn line(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(words).filter(|words| !words.is_empty())
}
