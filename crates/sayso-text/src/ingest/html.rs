//! What does the article in a web page say?

mod byline;
mod captions;
mod front;
mod headline;
mod linked;
mod metadata;
mod parse;
mod prose;
mod prune;
mod published;
mod pulled;
mod walk;
mod weights;

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use self::front::Front;
use super::Error;
use super::flow::Flow;
use crate::Article;

/// The words of the page's article, and what the page states about it.
pub(super) fn read(source: &str) -> Result<Article, Error> {
    if source.trim().is_empty() {
        return Err(Error::Empty);
    }
    let page = parse::parse(source).ok_or(Error::NoArticle)?;
    let stated = metadata::read(&page);
    let mut article = stated.article;
    let mut flow = Flow::default();
    if let Some(content) = extract(page) {
        let front = Front {
            title: article.title.as_deref(),
            byline: article.byline.as_deref(),
            published: article.published.as_deref(),
            dates: &stated.dates,
        };
        walk::read(&content, front, &mut flow);
    }
    // Pages that a script or a subscription fills state the whole text beside the
    // markup. Elsewhere the markup knows paragraphs and quotations better.
    if let Some(body) = &stated.body
        && n_letters(body) > 2 * n_letters(flow.text())
    {
        flow = whole(body);
    }
    (article.text, article.headings) = flow.finish();
    let title = article.title.as_deref().unwrap_or_default();
    if prose::is_article(&article.text, title, stated.says_article) {
        Ok(article)
    } else {
        Err(Error::NoArticle)
    }
}

/// The one place that decides which part of a page is its article: page in, HTML of
/// the article out.
fn extract(page: Document) -> Option<Document> {
    prune::prune(&page);
    let config = Config { char_threshold: ENOUGH, disable_json_ld: true, ..Config::default() };
    let found = Readability::with_document(page, None, Some(config)).ok()?.parse().ok()?;
    parse::parse(&found.content)
}

/// In characters. Below this, the extraction tries again with fewer of its rules. Its
/// own default of 500 makes it take in the whole page around a short news item.
const ENOUGH: usize = 200;

/// A text that the page states as data: markup, or lines.
fn whole(body: &str) -> Flow {
    let mut flow = Flow::default();
    if let Some(content) = body.contains("</p>").then(|| parse::parse(body)).flatten() {
        walk::read(&content, Front::default(), &mut flow);
    } else {
        for line in body.lines() {
            flow.words(line);
            flow.end_block();
        }
    }
    flow
}

fn n_letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}
