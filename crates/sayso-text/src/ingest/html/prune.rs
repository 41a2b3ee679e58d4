//! What of a page is never the article's own words?

use dom_query::{Document, NodeRef};

use super::prose::is_sentence;
use super::weights::Weights;
use super::{captions, pulled};

/// Takes out of a page what is never the article's own words, before anybody weighs
/// which part of the page the article is.
pub(super) fn prune(page: &Document) {
    captions::prune(page, &Weights::of(page));
    join_posts(page);
    let weights = Weights::of(page);
    page.select(FRAME)
        .nodes()
        .iter()
        .filter(|node| !weights.holds_article(node))
        .for_each(NodeRef::remove_from_parent);
    pulled::prune(page);
    prune_named(page);
    shield(page);
}

/// The extraction makes paragraphs of what two line breaks part, and loses those of a
/// quoted post. One break parts its lines as well.
fn join_posts(page: &Document) {
    for second in page.select("blockquote br + br").nodes() {
        let before = second.prev_sibling();
        let blank = before.as_ref().is_some_and(|node| node.is_text() && node.text().trim().is_empty());
        if blank || before.is_some_and(|node| node.has_name("br")) {
            second.remove_from_parent();
        }
    }
}

/// Takes out what names itself after things that stand beside articles.
fn prune_named(page: &Document) {
    let weights = Weights::of(page);
    let whole = weights.get(&page.root()).own_letters();
    let named =
        page.select("div[class], p[class], span[class], section[class], ul[class], li[class], small[class]");
    for node in named.nodes() {
        let Some(name) = name_apart(&node.attr("class").unwrap_or_default()) else { continue };
        let is_most = !node.has_name("ul") && weights.get(node).own_letters() * 2 > whole;
        if is_most || weights.holds_article(node) || name == Name::Compound && is_told(node, &weights) {
            node.remove_attr("class");
        } else {
            node.remove_from_parent();
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    /// "promo", "caption-text"
    Exact,
    /// "social-care": the word may mean something else here.
    Compound,
}

/// How a class says that an element stands apart.
fn name_apart(class: &str) -> Option<Name> {
    let class = class.to_ascii_lowercase();
    let filed = |name: &&str| FILED.iter().any(|prefix| name.starts_with(prefix));
    let names = class.split_ascii_whitespace().filter(|name| !filed(name));
    let kinds = names.filter_map(|name| {
        let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
        let found = words.find(|word| APART.contains(word))?;
        let is_first_of_two = name.len() > found.len() && name.starts_with(found);
        Some(if is_first_of_two && COMMON.contains(&found) { Name::Compound } else { Name::Exact })
    });
    kinds.min_by_key(|name| *name == Name::Compound)
}

/// Running text of the article: one paragraph of prose, or a frame around nothing else,
/// among other paragraphs.
fn is_told(node: &NodeRef<'_>, weights: &Weights) -> bool {
    let weight = weights.get(node);
    let is_one = node.has_name("p") || node.has_name("div") && weight.paragraphs == 1;
    let is_prose = weight.letters >= PROSE && weight.linked * 4 <= weight.letters;
    is_one
        && is_prose
        && node.parent().is_some_and(|around| weights.get(&around).paragraphs > MANY)
        && is_sentence(&node.text())
}

/// In letters: a line that asks for something is shorter.
const PROSE: usize = 60;

/// Paragraphs that make an article of their frame, besides the one in question.
const MANY: usize = 3;

/// The extraction drops a short `<div>` with links in it, but leaves a `<section>` alone.
/// Two kinds of short `<div>` are text: what a page wraps around a post that it quotes,
/// and a card around one paragraph, as systems that lay out articles block by block
/// write it.
fn shield(page: &Document) {
    let weights = Weights::of(page);
    for quoted in page.select("div > blockquote").nodes() {
        let letters = weights.get(quoted).letters;
        let mut around = quoted.parent().filter(|frame| weights.get(frame).paragraphs < 6);
        // The frame may stand in frames of its own.
        while let Some(frame) = around.filter(|frame| frame.has_name("div")) {
            frame.rename("section");
            around = frame.parent().filter(|frame| weights.get(frame).letters == letters);
        }
    }
    for paragraph in page.select("div > p").nodes() {
        let weight = weights.get(paragraph);
        // The paragraph ends as a sentence does, and most of it isn't a link: promotion
        // of other articles is all link.
        if weight.linked * 2 >= weight.letters || !is_sentence(&paragraph.text()) {
            continue;
        }
        // Cards stand in cards; nothing else stands in them.
        let mut around = paragraph.parent();
        while let Some(card) = around
            && card.has_name("div")
            && weights.get(&card).letters == weight.letters
        {
            card.rename("section");
            around = card.parent();
        }
    }
}

const FRAME: &str = "aside, nav, form, figure, noscript, template, dialog, iframe, svg, button, [hidden], [aria-hidden='true']";

/// Words of class names that publishers give to what stands beside the article.
const APART: &[&str] = &[
    "caption",
    "captions",
    "newsletter",
    "related",
    "sharing",
    "share",
    "social",
    "promo",
    "advert",
    "advertisement",
    "ad",
    "ads",
    "byline",
    "timestamp",
    "dateline",
    "tags",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "sponsored",
    "gallery",
    "cookie",
    "consent",
    "paywall",
    "taboola",
    "outbrain",
    "popular",
    "trending",
    "signup",
    "subscribe",
    "credit",
    "slideshow",
    "carousel",
];

/// Those of them that say something else as the first part of another word: "social-care",
/// "ad-free", "share-price", "popular-culture".
const COMMON: &[&str] = &["ad", "credit", "gallery", "popular", "related", "share", "social"];

/// How systems that publish begin the classes that say under which heading they file an
/// article; the words after it are the editors'.
const FILED: &[&str] = &["category-", "tag-", "type-", "status-", "format-"];
