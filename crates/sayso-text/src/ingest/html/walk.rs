//! Which words of a page's article are its text, and where do its paragraphs end?

use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};

use super::captions;
use super::front::Front;
use super::prose::is_sentence;
use crate::Span;
use crate::ingest::flow::Flow;

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
    let weights = Weights::of(page);
    let named =
        page.select("div[class], p[class], span[class], section[class], ul[class], li[class], small[class]");
    for node in named.nodes() {
        if stands_apart(&node.attr("class").unwrap_or_default()) {
            if weights.holds_article(node) {
                node.remove_attr("class");
            } else {
                node.remove_from_parent();
            }
        }
    }
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

fn stands_apart(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    class.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| APART.contains(&word))
}

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

/// What an element holds.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Weight {
    pub(super) paragraphs: usize,
    pub(super) quotes: usize,
    pub(super) letters: usize,
    linked: usize,
    pub(super) pictures: usize,
}

/// What each element of a tree holds, counted in one walk: to count for each element
/// anew would take as many walks as the tree is deep.
pub(super) struct Weights(HashMap<NodeId, Weight>);

impl Weights {
    fn of(tree: &Document) -> Self {
        let root = tree.root();
        let mut weights: HashMap<NodeId, Weight> = HashMap::new();
        let nodes: Vec<NodeRef<'_>> = root.descendants_it().collect();
        // Children come after their parents, so from the end each node is complete.
        for node in nodes.iter().rev() {
            let mut weight = weights.get(&node.id).copied().unwrap_or_default();
            if node.is_text() {
                weight.letters = node.text().chars().filter(|c| !c.is_whitespace()).count();
            }
            match node.node_name().as_deref() {
                Some("a") => weight.linked = weight.letters,
                Some("p") => weight.paragraphs += 1,
                Some("blockquote") => weight.quotes += 1,
                Some("img" | "picture" | "video") => weight.pictures += 1,
                // What they hold nobody reads.
                Some("script" | "style") => weight.letters = 0,
                _ => {}
            }
            weights.insert(node.id, weight);
            if let Some(parent) = node.parent() {
                let sum = weights.entry(parent.id).or_default();
                sum.paragraphs += weight.paragraphs;
                sum.quotes += weight.quotes;
                sum.letters += weight.letters;
                sum.linked += weight.linked;
                sum.pictures += weight.pictures;
            }
        }
        Self(weights)
    }

    pub(super) fn get(&self, node: &NodeRef<'_>) -> Weight {
        self.0.get(&node.id).copied().unwrap_or_default()
    }

    /// Some pages wrap everything in one form, or name the whole page after its frame;
    /// and what is quoted from elsewhere stands in frames named "social".
    fn holds_article(&self, node: &NodeRef<'_>) -> bool {
        let weight = self.get(node);
        !node.has_name("aside") && !node.has_name("nav") && (weight.paragraphs >= 4 || weight.quotes >= 1)
    }

    /// How much of what an element says stands in links, in percent: lists, tables and
    /// paragraphs of links lead elsewhere.
    fn linked_share(&self, node: &NodeRef<'_>) -> usize {
        let weight = self.get(node);
        weight.linked * 100 / weight.letters.max(1)
    }
}

/// Writes the words of an extracted article.
pub(super) fn read(content: &Document, front: Front<'_>, flow: &mut Flow) {
    let weights = Weights::of(content);
    let mut reader = Reader { flow, front, n_sentences: 0, quotes: 0, headings: Vec::new(), weights };
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
    reader.end();
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(String),
}

struct Reader<'a> {
    flow: &'a mut Flow,
    front: Front<'a>,
    // Blocks that end as sentences do, up to now.
    n_sentences: usize,
    // How many <q> are open.
    quotes: usize,
    headings: Vec<Span>,
    weights: Weights,
}

impl Reader<'_> {
    /// False when nothing inside counts.
    fn enter(&mut self, node: &NodeRef<'_>, name: &str) -> bool {
        let leads_away = || match name {
            "table" | "ul" | "ol" => self.weights.linked_share(node) > 60,
            "p" => {
                let share = self.weights.linked_share(node);
                share == 100 || share >= 60 && is_list_of_links(node)
            }
            "li" => self.weights.linked_share(node) == 100,
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
            // The day and the hour are words of their own.
            _ if node.parent().is_some_and(|parent| parent.has_name("time")) => self.flow.words(" "),
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
        let Some(span) = self.flow.end_block() else {
            return;
        };
        let block = span.of(self.flow.text());
        if is_machinery(block) || self.front.repeats(block, self.n_sentences) {
            self.flow.truncate(span.start);
        } else {
            self.n_sentences += usize::from(is_sentence(block));
        }
    }

    /// A heading at the top that repeats the title is metadata, not text.
    fn heading(&mut self) {
        let Some(span) = self.flow.end_heading() else {
            return;
        };
        if self.front.repeats_title(span.of(self.flow.text()), self.n_sentences) {
            self.flow.truncate(span.start);
        } else {
            self.headings.push(span);
        }
    }

    /// A heading after which nothing comes heads something that was left out.
    fn end(mut self) {
        while let Some(span) = self.headings.pop().filter(|span| span.end == self.flow.text().len()) {
            self.flow.truncate(span.start);
        }
    }
}

/// A paragraph with lines of its own, most of them links: "Tags", "Don't miss".
fn is_list_of_links(paragraph: &NodeRef<'_>) -> bool {
    let n_of = |name: &str| paragraph.descendants_it().filter(|node| node.has_name(name)).count();
    n_of("br") >= 1 && n_of("a") >= FEW_LINKS && !is_sentence(&paragraph.text())
}

/// Fewer may be where to buy a ticket, or whom a sentence before them quotes.
const FEW_LINKS: usize = 3;

/// "Advertisement", "Image 1 of 5", "Photo: …"
fn is_machinery(block: &str) -> bool {
    let n_words = block.split_whitespace().count();
    let line = block.to_lowercase();
    let line = line.trim_end_matches([':', '.', '…', '!', '?']);
    WHOLE.contains(&line)
        || n_words <= 14 && !block.ends_with('.') && OPENINGS.iter().any(|opening| line.starts_with(opening))
        || n_words <= 12 && AGENCIES.iter().any(|agency| line.ends_with(agency))
        || n_words <= 5 && line.strip_prefix("image ").is_some_and(|rest| rest.contains(" of "))
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

/// How the credit below a picture ends: "Ann Lee | Getty Images".
const AGENCIES: &[&str] =
    &["getty images", "shutterstock", "ap photo", "/afp", "/ap", "/reuters", "| reuters"];

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
