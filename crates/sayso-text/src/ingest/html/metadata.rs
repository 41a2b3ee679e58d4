//! What does a page state about its article?

use std::collections::HashMap;

use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::linked::Linked;
use crate::Article;

/// What a page states about its article.
pub(super) struct Stated {
    /// The metadata; no text.
    pub(super) article: Article,
    /// The whole text, where the page has it as data beside its markup.
    pub(super) body: Option<String>,
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
    let string = |key: &str| story.and_then(|story| story.get(key)?.as_str()).and_then(clean);
    let name = |key: &str| story.and_then(|story| linked.names(story.get(key)?));

    let outlet = outlet(&metas, name("publisher"));
    let title = string("headline").or(title).or_else(|| metas.one_of(&["headline"]));
    let title = title.or_else(|| first_text(page, "[itemprop='headline']"));
    let title = title.or_else(|| first_text(page, "h1")).or_else(|| first_text(page, "title"));
    let marked = "article, [itemprop='articleBody'], [itemtype$='Article'], [itemtype$='BlogPosting']";
    Stated {
        body: string_with_lines(story.and_then(|story| story.get("articleBody"))),
        says_article: story.is_some()
            || metas.one_of(&["og:type"]).is_some_and(|kind| kind == "article")
            || page.select(marked).exists(),
        article: Article {
            url: attr(page, "link[rel='canonical']", "href")
                .filter(|url| url.contains("://"))
                .or_else(|| metas.one_of(&["og:url"]).filter(|url| url.contains("://"))),
            title: title.map(|title| without_outlet(&title, outlet.as_deref())),
            outlet,
            byline: name("author").and_then(|name| as_byline(&name)).or_else(|| byline(page, &metas)),
            published: published(page, &metas, string("datePublished").or_else(|| string("dateCreated"))),
            language: attr(page, "html", "lang")
                .into_iter()
                .chain(metas.one_of(&["og:locale", "content-language"]))
                .chain(string("inLanguage"))
                .map(|tag| tag.replace('_', "-"))
                .find(|tag| is_language(tag)),
            ..Article::default()
        },
    }
}

/// What the page calls its site; its publisher's own spelling where both are the same
/// ("usatoday", "USA TODAY"), and never an address.
fn outlet(metas: &Metas, publisher: Option<String>) -> Option<String> {
    let is_name = |name: &String| !name.contains("://");
    let site = metas.one_of(&["og:site_name"]).filter(is_name);
    match (site, publisher.filter(is_name)) {
        (Some(site), Some(publisher)) if same_words(&site, &publisher) => Some(publisher),
        (site, publisher) => {
            site.or(publisher).or_else(|| metas.one_of(&["application-name"]).filter(is_name))
        }
    }
}

fn byline(page: &Document, metas: &Metas) -> Option<String> {
    ["author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "article_author"]
        .iter()
        .find_map(|key| metas.one_of(&[key]).and_then(|name| as_byline(&name)))
        .or_else(|| {
            let places = ["[rel='author']", "[itemprop='author'] [itemprop='name']"];
            places.iter().find_map(|place| first_text(page, place).and_then(|name| as_byline(&name)))
        })
        .or_else(|| {
            let shown = page.select("[class*='byline'], [class*='author']");
            shown.nodes().iter().find_map(|node| {
                // Around a name also stand dates, addresses and buttons.
                let line = short_text(node)?;
                let name = line.strip_prefix("By ").or(line.strip_prefix("by "))?;
                let is_name = name.split(' ').count() <= 8 && !name.contains(|c: char| c.is_ascii_digit());
                as_byline(name).filter(|_| is_name)
            })
        })
}

/// A name without "By", unless it is an address or what an installation calls its first
/// account.
fn as_byline(name: &str) -> Option<String> {
    let name = name.strip_prefix("By ").or(name.strip_prefix("by ")).unwrap_or(name);
    let name = name.trim_matches(|c: char| c.is_whitespace() || "|,;·".contains(c));
    let lower = name.to_lowercase();
    let account = ["administrator", "webmaster", "root", "unknown", "undefined", "null"]
        .contains(&lower.as_str())
        || !lower.contains(' ') && lower.ends_with("admin");
    (!name.is_empty() && !account && !name.contains("://") && !name.contains('@')).then(|| name.to_owned())
}

/// The first date in ISO 8601, else the first of any form; from data, then as shown.
fn published(page: &Document, metas: &Metas, stated: Option<String>) -> Option<String> {
    let keys = [
        "article:published_time",
        "datepublished",
        "date",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish_date",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
    ];
    let mut dates: Vec<String> = stated.into_iter().collect();
    dates.extend(keys.iter().filter_map(|key| metas.one_of(&[key])));
    dates.extend(attr(page, "[itemprop='datePublished'][datetime]", "datetime"));
    dates.extend(attr(page, "[itemprop='datePublished'][content]", "content"));
    dates.extend(attr(page, "time[datetime]", "datetime"));
    if let Some(iso) = dates.iter().find(|date| is_iso(date)) {
        return Some(iso.clone());
    }
    let shown = "time, [itemprop='datePublished'], [class*='publish'], [class*='pub-date'], [class*='pubdate'], \
        [class*='post-date'], [class*='entry-date'], [class*='article-date']";
    let shown =
        || page.select(shown).nodes().iter().find_map(|node| short_text(node).filter(|date| has_year(date)));
    dates.into_iter().find(|date| has_year(date)).or_else(shown)
}

/// "2024-05-01…", of a year in which there was news.
fn is_iso(date: &str) -> bool {
    let bytes = date.as_bytes();
    bytes.len() >= 10
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && has_year(&date[..date.floor_char_boundary(4)])
}

fn has_year(date: &str) -> bool {
    let mut numbers = date.split(|c: char| !c.is_ascii_digit());
    numbers.any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
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
struct Metas(HashMap<String, [Option<String>; 3]>);

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
    fn one_of(&self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|&key| self.0.get(key)?.iter().flatten().next().cloned())
    }
}

fn attr(page: &Document, selector: &str, name: &str) -> Option<String> {
    page.select(selector).iter().find_map(|node| clean(&node.attr(name)?))
}

fn first_text(page: &Document, selector: &str) -> Option<String> {
    page.select(selector).nodes().iter().find_map(first_words)
}

/// What an element shows; no more of it than a title has, since elements of these names
/// may stand in one another as deep as a page likes.
fn first_words(node: &NodeRef<'_>) -> Option<String> {
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

/// What an element shows when that is no more than a line.
fn short_text(node: &NodeRef<'_>) -> Option<String> {
    first_words(node).filter(|line| line.len() <= 100)
}

/// One line of words, with entities that were escaped twice resolved; `None` without any.
pub(super) fn clean(words: &str) -> Option<String> {
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

/// "Bridge Closed | The Harbour Gazette" without its outlet.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet else { return title.to_owned() };
    for sign in [" | ", " - ", " – ", " — ", " :: ", " · ", " » "] {
        if let Some((head, tail)) = title.rsplit_once(sign)
            && same_words(tail, outlet)
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

fn same_words(one: &str, other: &str) -> bool {
    let letters = |words: &str| -> String {
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(one) == letters(other)
}
