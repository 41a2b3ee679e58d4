//! How does one article look in the page?

use maud::{Markup, html};
use sayso::Record;
use sayso_text::ParagraphKind;

use super::controls::Speakers;
use super::layout::{Layout, Paragraph};
use super::marks::marked;
use super::note::Notes;
use super::people;
use super::words::{Headline, Words};
use crate::characters::flat;
use crate::dates::dated;
use crate::facts;
use crate::tally::summary;

/// How much of the weights' checksum tells them apart.
const SHORT: usize = 12;

/// An article with its statements.
#[derive(Debug)]
pub(super) struct Story<'a> {
    pub(super) name: &'a str,
    pub(super) record: &'a Record,
    pub(super) layout: &'a Layout<'a>,
    /// Before all its addresses in the page.
    pub(super) prefix: String,
}

impl<'a> Story<'a> {
    /// The headline, or what the article was read from.
    pub(super) fn title(&self) -> &'a str {
        let title = self.record.article.title.as_deref();
        title.filter(|title| !title.trim().is_empty()).unwrap_or(self.name)
    }

    /// The article's address in the page.
    pub(super) fn anchor(&self) -> String {
        format!("{}article", self.prefix)
    }

    pub(super) fn render(&self, speakers: &Speakers) -> Markup {
        let paragraphs = || self.layout.paragraphs.iter().enumerate();
        // A headline that opens the text is the page's headline.
        let opens = self.layout.paragraphs.first().is_some_and(|first| first.kind == ParagraphKind::Title);
        html! {
            article.story id=(self.anchor()) {
                (self.head(opens, speakers))
                div.text lang=[self.language()] {
                    @for (i, paragraph) in paragraphs().skip(usize::from(opens)) {
                        (self.row(i, paragraph, speakers))
                    }
                }
                (people::unbound(&self.layout.unbound, &self.layout.cast))
                (people::section(self.record, &self.layout.cast))
                (self.foot())
            }
        }
    }

    fn head(&self, opens: bool, speakers: &Speakers) -> Markup {
        let article = &self.record.article;
        let wire = facts::wire(self.record, &self.layout.cast);
        html! {
            header.head {
                div.headline lang=[self.language()] {
                    @if let Some(outlet) = &article.outlet { p.outlet { (Words(&flat(outlet))) } }
                    @if opens {
                        (self.row(0, &self.layout.paragraphs[0], speakers))
                    } @else {
                        h1 { (Headline(&flat(self.title()))) }
                    }
                    @if article.byline.is_some() || article.published.is_some() || wire.is_some() {
                        p.known {
                            @if let Some(byline) = &article.byline { span.byline { (Words(&flat(byline))) } " " }
                            @if let Some(published) = &article.published {
                                time datetime=(Words(published)) { (Words(&dated(published))) } " "
                            }
                            @if let Some(wire) = &wire { span.wire { (Words(wire)) } }
                        }
                    }
                    @if let Some(url) = &article.url { p.at { (address(url)) } }
                }
                (self.summary())
            }
        }
    }

    /// What the program found, and how to read the marks.
    fn summary(&self) -> Markup {
        html! {
            div.summary {
                p.counts { (summary(self.record, &self.layout.cast)) }
                @if !self.layout.statements.is_empty() {
                    p.legend {
                        "In the text: " span.source { "who says it" } ", "
                        span.cue { "the words that announce it" } ", " span.content { "what is said" }
                        @if self.layout.statements.iter().any(|statement| statement.is_unsure) {
                            "; " span.content.unsure { "unsure" } " where the program’s confidence is low"
                        }
                        @if !self.layout.quiet.is_empty() {
                            "; " span.quiet { "dots" } " under words that make it less certain, or say how it stands"
                        }
                        "."
                    }
                }
                @for note in self.record.notes.iter().chain(&self.layout.left_out) {
                    p.caution { (Words(note)) }
                }
            }
        }
    }

    fn row(&self, i: usize, paragraph: &Paragraph, speakers: &Speakers) -> Markup {
        let text = &self.record.article.text;
        let beside = self.layout.statements.iter().filter(|statement| statement.paragraph == i);
        let notes = Notes { text, cast: &self.layout.cast, speakers };
        let words = marked(self.layout, paragraph, text);
        // Kept where it tells: elsewhere a line's last space would be marked as well.
        let own = paragraph.span.of(text);
        let space = own.contains("  ") || own.contains(|c: char| c.is_control());
        let class = if space { "words kept" } else { "words" };
        html! {
            div.row {
                // First, because what floats beside a paragraph must stand before it.
                (notes.list(beside))
                @match (paragraph.kind, i) {
                    (ParagraphKind::Title, 0) => h1 class=(class) dir="auto" { (words) },
                    (ParagraphKind::Body, _) => p class=(class) dir="auto" { (words) },
                    _ => h2 class=(class) dir="auto" { (words) },
                }
            }
        }
    }

    fn foot(&self) -> Markup {
        let producer = &self.record.producer;
        let weights: String = producer.model_sha256.chars().take(SHORT).collect();
        html! {
            footer.colophon {
                "Read by sayso " (Words(&producer.version)) " with weights " code { (Words(&weights)) }
                ". SHA-256 of the text: " code { (Words(&self.record.article.sha256)) }
                ". The record is in this page’s source, as JSON."
            }
        }
    }

    /// The text's language, where it has the form of one.
    fn language(&self) -> Option<&'a str> {
        let tag = self.record.article.language.as_deref()?;
        let is_part =
            |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        tag.split('-').all(is_part).then_some(tag)
    }
}

/// A link, if it leads to the web; a `javascript:` address is only words.
fn address(url: &str) -> Markup {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    html! {
        @if matches!(scheme.as_deref(), Some("http" | "https")) {
            a.address href=(Words(url)) rel="noreferrer noopener" { (Words(bare)) }
        } @else {
            span.address { (Words(url)) }
        }
    }
}
