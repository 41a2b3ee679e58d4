//! Which words of a page's article are its text, and where do its paragraphs end?

use dom_query::{Document, NodeRef};

use super::front::Front;
use super::prose::is_sentence;
use super::weights::Weights;
use crate::Span;
use crate::ingest::flow::Flow;

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
