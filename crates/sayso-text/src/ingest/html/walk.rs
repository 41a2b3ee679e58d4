//! Which words of a page's article are its text, and where do its paragraphs end?

use dom_query::{Document, NodeRef};

use crate::ingest::flow::Flow;

/// Takes out of a page what is never the article's own words, before anybody weighs
/// which part of the page the article is.
pub(super) fn prune(page: &Document) {
    page.select(FRAME)
        .nodes()
        .iter()
        .filter(|node| !holds_article(node))
        .for_each(NodeRef::remove_from_parent);
    let named =
        page.select("div[class], p[class], span[class], section[class], ul[class], li[class], small[class]");
    for node in named.nodes() {
        let class = node.attr("class").unwrap_or_default().to_ascii_lowercase();
        let words = class.split(|c: char| !c.is_ascii_alphanumeric());
        if words.clone().any(|word| APART.contains(&word)) {
            if holds_article(node) {
                node.remove_attr("class");
            } else {
                node.remove_from_parent();
            }
        }
    }
    // The extraction drops a short <div> with links in it, which is what a page wraps
    // around a post that it quotes; it leaves a <section> alone.
    for quoted in page.select("div > blockquote").nodes() {
        quoted.parent().filter(|frame| !holds(frame, "p", 6)).inspect(|frame| frame.rename("section"));
    }
}

/// Some pages wrap everything in one form, or name the whole page after its frame; and
/// what is quoted from elsewhere stands in frames named "social".
fn holds_article(node: &NodeRef<'_>) -> bool {
    !node.has_name("aside") && !node.has_name("nav") && (holds(node, "p", 4) || holds(node, "blockquote", 1))
}

/// True when at least `n` elements of a name stand inside.
fn holds(node: &NodeRef<'_>, name: &str, n: usize) -> bool {
    node.descendants_it().filter(|inner| inner.has_name(name)).take(n).count() == n
}

/// Writes the words of an extracted article.
pub(super) fn read(content: &Document, title: Option<&str>, flow: &mut Flow) {
    let mut reader = Reader { flow, title, quotes: 0 };
    // An explicit stack, since pages nest as deep as they like.
    let mut open = vec![Step::Enter(content.root())];
    while let Some(step) = open.pop() {
        match step {
            Step::Leave(name) => reader.leave(&name),
            Step::Enter(node) if node.is_text() => reader.flow.words(&node.text()),
            Step::Enter(node) => {
                let name = node.node_name().unwrap_or_default();
                if reader.enter(&node, &name) {
                    open.push(Step::Leave(name.to_string()));
                    open.extend(node.children_it(true).map(Step::Enter));
                }
            }
        }
    }
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(String),
}

struct Reader<'a> {
    flow: &'a mut Flow,
    title: Option<&'a str>,
    // How many <q> are open.
    quotes: usize,
}

impl Reader<'_> {
    /// False when nothing inside counts.
    fn enter(&mut self, node: &NodeRef<'_>, name: &str) -> bool {
        let leads_away = || match name {
            "table" | "ul" | "ol" => linked_share(node) > 60,
            "p" | "li" => linked_share(node) == 100,
            _ => false,
        };
        if SILENT.contains(&name) || leads_away() {
            return false;
        }
        match name {
            "br" => self.flow.line_break(),
            "q" => {
                self.flow.words(if self.quotes.is_multiple_of(2) { "“" } else { "‘" });
                self.quotes += 1;
            }
            "td" | "th" => self.flow.words(" "),
            _ if BLOCKS.contains(&name) => _ = self.flow.end_block(),
            _ => {}
        }
        true
    }

    fn leave(&mut self, name: &str) {
        match name {
            "q" => {
                self.quotes = self.quotes.saturating_sub(1);
                self.flow.words(if self.quotes.is_multiple_of(2) { "”" } else { "’" });
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(),
            _ if BLOCKS.contains(&name) => self.block(),
            _ => {}
        }
    }

    /// What a page's machinery says in a block of its own is not text.
    fn block(&mut self) {
        if let Some(span) = self.flow.end_block()
            && is_machinery(span.of(self.flow.text()))
        {
            self.flow.truncate(span.start);
        }
    }

    /// A heading at the top that repeats the title is metadata, not text.
    fn heading(&mut self) {
        let Some(span) = self.flow.end_heading() else {
            return;
        };
        let repeats = self.title.is_some_and(|title| same_words(title, span.of(self.flow.text())));
        if repeats && self.flow.text()[..span.start].trim().is_empty() {
            self.flow.truncate(span.start);
        }
    }
}

/// "Advertisement", "Image 1 of 5", "Photo: …"
fn is_machinery(block: &str) -> bool {
    let n_words = block.split_whitespace().count();
    let line = block.to_lowercase();
    let line = line.trim_end_matches([':', '.', '…', '!', '?']);
    WHOLE.contains(&line)
        || n_words <= 14 && !block.ends_with('.') && OPENINGS.iter().any(|opening| line.starts_with(opening))
        || n_words <= 5 && line.strip_prefix("image ").is_some_and(|rest| rest.contains(" of "))
}

fn same_words(one: &str, other: &str) -> bool {
    let letters = |words: &str| {
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    letters(one) == letters(other)
}

/// How much of what an element says stands in links, in percent: lists, tables and
/// paragraphs of links lead elsewhere.
fn linked_share(node: &NodeRef<'_>) -> usize {
    let links = node.descendants_it().filter(|inner| inner.has_name("a"));
    let n_linked: usize = links.map(|link| n_letters(&link)).sum();
    if n_linked == 0 { 0 } else { n_linked * 100 / n_letters(node).max(1) }
}

fn n_letters(node: &NodeRef<'_>) -> usize {
    let texts = node.descendants_it().filter(NodeRef::is_text);
    texts.map(|text| text.text().chars().filter(|c| !c.is_whitespace()).count()).sum()
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

/// Blocks that a page's machinery writes, in lower case without their last sign.
const WHOLE: &[&str] = &[
    "advertisement",
    "advert",
    "ad",
    "caption",
    "close",
    "comments",
    "read more",
    "share",
    "share this",
    "subscribe",
    "sign up",
    "related",
    "related news",
    "related stories",
    "related articles",
    "you may also like",
    "more",
    "tags",
    "share tweet submit",
    "tweet",
    "email",
    "print",
    "getty images",
    "don't miss",
    "sponsored",
    "skip advertisement",
    "loading",
    "menu",
    "sharing is caring",
    "like this article",
    "story continues below advertisement",
];

/// How short blocks of that kind begin.
const OPENINGS: &[&str] = &[
    "photo:",
    "photo by ",
    "image:",
    "image credit",
    "(image",
    "read more:",
    "related:",
    "see also:",
    "updated:",
    "published:",
    "click here to ",
    "sign up for ",
    "follow us on ",
    "| updated",
];

const SILENT: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "title",
    "figure",
    "figcaption",
    "picture",
    "img",
    "video",
    "audio",
    "iframe",
    "svg",
    "math",
    "object",
    "embed",
    "aside",
    "nav",
    "form",
    "button",
    "input",
    "select",
    "textarea",
    "dialog",
];

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "caption",
];
