//! What does the article in a web page say?

mod metadata;
mod walk;

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::Error;
use super::flow::Flow;
use crate::Article;

/// The words of the page's article, and what the page states about it.
pub(super) fn read(source: &str) -> Result<Article, Error> {
    if source.trim().is_empty() {
        return Err(Error::Empty);
    }
    if n_left_open(source) > MOST_OPEN {
        return Err(Error::NoArticle);
    }
    let page = Document::from(source);
    if depth(&page) > DEEPEST {
        return Err(Error::NoArticle);
    }
    let mut article = metadata::read(&page);
    let content = extract(page).ok_or(Error::NoArticle)?;
    let mut flow = Flow::default();
    walk::read(&content, article.title.as_deref(), &mut flow);
    (article.text, article.headings) = flow.finish();
    if article.text.is_empty() { Err(Error::NoArticle) } else { Ok(article) }
}

/// The one place that decides which part of a page is its article: page in, HTML of
/// the article out.
fn extract(page: Document) -> Option<Document> {
    walk::prune(&page);
    let config = Config { char_threshold: ENOUGH, disable_json_ld: true, ..Config::default() };
    let found = Readability::with_document(page, None, Some(config)).ok()?.parse().ok()?;
    Some(Document::fragment(found.content))
}

/// In characters. Below this, the extraction tries again with fewer of its rules. Its
/// own default of 500 makes it take in the whole page around a short news item.
const ENOUGH: usize = 200;

/// In elements. Far beyond any real page; a tree as deep as a hostile file can make it
/// would overflow the stack of those who walk it.
const DEEPEST: usize = 1000;

/// In tags. The parser looks through all open elements at every tag, so that a file of
/// nothing but opening tags would take hours; pages with drawings in them look as if
/// they left some hundreds open.
const MOST_OPEN: usize = 20_000;

fn depth(page: &Document) -> usize {
    let mut deepest = 0;
    let mut open = vec![(page.root(), 1)];
    while let Some((node, depth)) = open.pop() {
        deepest = deepest.max(depth);
        open.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    deepest
}

/// How many tags stand open at most, as far as can be told without a tree.
fn n_left_open(source: &str) -> usize {
    let (mut n_open, mut most) = (0_usize, 0);
    let bytes = source.as_bytes();
    for (at, _) in source.match_indices('<') {
        match bytes.get(at + 1) {
            Some(b'/' | b'\\') => n_open = n_open.saturating_sub(1),
            Some(b) if b.is_ascii_alphabetic() && !is_void(&bytes[at + 1..]) => {
                n_open += 1;
                most = most.max(n_open);
            }
            _ => {}
        }
    }
    most
}

/// Elements that never hold others, or that most pages leave open.
fn is_void(tag: &[u8]) -> bool {
    let name = &tag[..tag.iter().take(8).take_while(|b| b.is_ascii_alphanumeric()).count()];
    let list = [
        "br", "img", "meta", "link", "input", "hr", "source", "wbr", "area", "base", "col", "embed", "param",
        "track", "p", "li", "td", "th", "tr", "dt", "dd", "option",
    ];
    list.iter().any(|void| name.eq_ignore_ascii_case(void.as_bytes()))
}
