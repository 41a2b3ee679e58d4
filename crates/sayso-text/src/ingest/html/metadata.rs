//! What does a page state about its article?

use std::collections::HashMap;

use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::byline::byline;
use super::headline::headline;
use super::linked::{Linked, string_in};
use super::published::{printed_dates, published};
use crate::Article;
use crate::ingest::same_words;

/// What a page states about its article.
pub(super) struct Stated {
    /// The metadata; no text.
    pub(super) article: Article,
    /// The whole text, where the page has it as data beside its markup.
    pub(super) body: Option<String>,
    /// The dates that the page prints, each a line.
    pub(super) dates: Vec<String>,
    /// The page calls itself an article.
    pub(super) says_article: bool,
}

/// Title, outlet, byline, date, address and language, each from the most exact place
/// that states it: JSON-LD, then the tags for social networks, then plain HTML.
pub(super) fn read(page: &Document) -> Stated {
    let metas = Metas::of(page);
    let title = metas.one_of(&["og:title", "twitter:title"]);
    let linked = Linked::of(page);
    let story = linked.story(title.as_deref().or(first_text(page, "h1").as_deref()));
    let string = |key: &str| story.and_then(|story| string_in(story.get(key)?)).and_then(clean);
    let name = |key: &str| story.and_then(|story| linked.names(story.get(key)?));

    let outlet = outlet(&metas, name("publisher"));
    let outlets: Vec<String> = outlet.iter().cloned().chain(name("publisher")).collect();
    let outlets: Vec<&str> = outlets.iter().map(String::as_str).collect();
    let title = string("headline").or(title).or_else(|| metas.one_of(&["headline"]));
    let title = title.or_else(|| first_text(page, "[itemprop~='headline']:not(h1)"));
    let marked = "article, [itemprop='articleBody'], [itemtype$='Article'], [itemtype$='BlogPosting']";
    Stated {
        body: string_with_lines(story.and_then(|story| story.get("articleBody"))),
        dates: printed_dates(page),
        says_article: story.is_some()
            || metas.one_of(&["og:type"]).is_some_and(|kind| kind == "article")
            || page.select(marked).exists(),
        article: Article {
            url: attr(page, "link[rel='canonical']", "href")
                .filter(|url| is_web_address(url))
                .or_else(|| metas.one_of(&["og:url"]).filter(|url| is_web_address(url))),
            title: headline(page, title, outlet.as_deref()),
            byline: byline(page, &metas, name("author"), &outlets),
            published: published(page, &metas, string("datePublished").or_else(|| string("dateCreated"))),
            language: attr(page, "html", "lang")
                .into_iter()
                .chain(metas.one_of(&["og:locale", "content-language"]))
                .chain(string("inLanguage"))
                .map(|tag| tag.replace('_', "-"))
                .find(|tag| is_language(tag)),
            outlet,
            ..Article::default()
        },
    }
}

/// What the page calls its site; its publisher's own spelling where both are the same
/// ("usatoday", "USA TODAY"), and never an address.
fn outlet(metas: &Metas, publisher: Option<String>) -> Option<String> {
    let is_name = |name: &String| !is_reference(name);
    let site = metas.one_of(&["og:site_name"]).filter(is_name);
    match (site, publisher.filter(is_name)) {
        (Some(site), Some(publisher)) if same_words(&site, &publisher) => Some(publisher),
        (site, publisher) => {
            site.or(publisher).or_else(|| metas.one_of(&["application-name"]).filter(is_name))
        }
    }
}

/// A whole one that a browser would open as a page. What runs a script or opens a file
/// may look like an address, and people click on it.
fn is_web_address(url: &str) -> bool {
    let host = url
        .split_once("://")
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"));
    host.is_some_and(|(_, host)| host.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        && !url.contains(char::is_whitespace)
}

/// What stands for a person or an outlet in data instead of the name: an address, whole
/// or within the site, or an identifier.
pub(super) fn is_reference(name: &str) -> bool {
    let starts = ["#", "/", "_:", "www.", "mailto:"];
    name.contains("://") || starts.iter().any(|start| name.starts_with(start))
}

/// "en", "en-GB", "zh-Hans-CN"
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    parts
        .next()
        .is_some_and(|part| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()))
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The page's `<meta>` tags by key, in lower case: read once, asked often.
pub(super) struct Metas(HashMap<String, [Option<String>; 3]>);

impl Metas {
    fn of(page: &Document) -> Self {
        let mut metas: HashMap<String, [Option<String>; 3]> = HashMap::new();
        for node in page.select("meta[content]").nodes() {
            let Some(content) = node.attr("content").and_then(|content| clean(&content)) else { continue };
            for (place, by) in ["property", "name", "itemprop"].into_iter().enumerate() {
                if let Some(key) = node.attr(by) {
                    let kept = &mut metas.entry(key.to_ascii_lowercase()).or_default()[place];
                    kept.get_or_insert_with(|| content.clone());
                }
            }
            if let Some(key) = node.attr("http-equiv") {
                metas.entry(key.to_ascii_lowercase()).or_default()[2].get_or_insert(content);
            }
        }
        Self(metas)
    }

    /// The first of these keys that is there.
    pub(super) fn one_of(&self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|&key| self.0.get(key)?.iter().flatten().next().cloned())
    }
}

pub(super) fn attr(page: &Document, selector: &str, name: &str) -> Option<String> {
    page.select(selector).iter().find_map(|node| clean(&node.attr(name)?))
}

fn first_text(page: &Document, selector: &str) -> Option<String> {
    page.select(selector).nodes().iter().find_map(first_words)
}

/// What an element shows; no more of it than a title has, since elements of these names
/// may stand in one another as deep as a page likes.
pub(super) fn first_words(node: &NodeRef<'_>) -> Option<String> {
    let mut words = String::new();
    for text in node.descendants_it().take(LONGEST).filter(NodeRef::is_text) {
        words += &text.text();
        if words.len() > LONGEST {
            break;
        }
    }
    clean(&words)
}

/// In bytes, and in nodes.
const LONGEST: usize = 1000;

/// The longest words that a page states of itself, in bytes.
const MOST_BYTES: usize = 4000;

/// One line of words, with entities that were escaped twice resolved; `None` without any.
pub(super) fn clean(words: &str) -> Option<String> {
    // What is longer is no title, name or date; each block of the text is compared with them.
    if words.trim().len() > MOST_BYTES {
        return None;
    }
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = if line.contains('&') && line.contains(';') { resolved(&line) } else { line };
    (!line.is_empty()).then_some(line)
}

fn resolved(text: &str) -> String {
    Document::fragment(text.replace('<', "&lt;")).text().to_string()
}

fn string_with_lines(body: Option<&Value>) -> Option<String> {
    let body = body?.as_str()?;
    let is_plain = body.contains('&') && !body.contains("</p>");
    Some(if is_plain { resolved(body) } else { body.to_owned() })
}

/// The words of a line, in lower case and without signs.
pub(super) fn words_of(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
