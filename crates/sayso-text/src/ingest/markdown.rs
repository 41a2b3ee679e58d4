//! What does a Markdown file say without its markup?

mod front_matter;
mod raw_html;
mod speakers;
mod yaml;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::flow::Flow;
use crate::{Article, Span};

/// True when the file begins with lines that state something about it.
pub(super) fn has_front_matter(bytes: &[u8]) -> bool {
    let words = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    str::from_utf8(words).is_ok_and(|source| !front_matter::split(source).0.is_empty())
}

/// The words of the file without its markup. Images have none, and a line above the first
/// paragraph that repeats the stated byline is left out.
pub(super) fn read(source: &str) -> Article {
    let (front, body) = front_matter::split(source);
    let stated = front_matter::article(&front);
    let body = &*speakers::kept(body);
    let mut reader = Reader { byline: stated.byline.clone(), ..Reader::default() };
    for (event, place) in parser(body).into_offset_iter() {
        match event {
            Event::End(TagEnd::TableCell) => reader.cells_end = place.end,
            Event::End(TagEnd::TableRow) => reader.surplus(&body[reader.cells_end.min(place.end)..place.end]),
            _ => {}
        }
        reader.event(&event);
    }
    let title_span = reader.title;
    let (text, headings) = reader.flow.finish();
    let title = stated.title.or_else(|| title_span.map(|span| span.of(&text).to_owned()));
    let mut article = Article { title, text, headings, ..stated };
    // A headline that says something else than the stated title is a heading.
    article.title_span = title_span.filter(|span| {
        article.title.as_deref().is_some_and(|title| super::same_words(title, span.of(&article.text)))
    });
    article
}

fn parser(body: &str) -> Parser<'_> {
    Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES)
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    title: Option<Span>,
    // The stated byline, until the first paragraph.
    byline: Option<String>,
    // How many images are open.
    silent: usize,
    // A block whose lines are no prose to the parser, under way.
    raw: Option<String>,
    // Where the last cell of a table ended in the source.
    cells_end: usize,
}

impl Reader {
    /// Cells beyond those of the table's head, which the parser passes over.
    fn surplus(&mut self, cells: &str) {
        for cell in cells.split('|') {
            self.flow.words(" ");
            self.flow.words(cell);
        }
    }

    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            _ if self.silent > 0 => {}
            Event::Text(words) | Event::Html(words) if self.raw.is_some() => {
                self.raw.get_or_insert_default().push_str(words);
            }
            Event::Text(words) | Event::Code(words) => self.flow.words(words),
            Event::InlineHtml(tag) if raw_html::is_break(tag) => self.flow.line_break(),
            Event::SoftBreak => self.flow.words(" "),
            Event::HardBreak => self.flow.line_break(),
            Event::Rule => _ = self.flow.end_block(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Image { .. } => self.silent += 1,
            Tag::Link { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            Tag::TableCell => self.flow.words(" "),
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.flow.end_block();
                self.raw = Some(String::new());
            }
            _ => _ = self.flow.end_block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.silent = self.silent.saturating_sub(1),
            TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::TableCell => {}
            TagEnd::Heading(level) => {
                let heading = self.flow.end_heading();
                if level == HeadingLevel::H1 && self.title.is_none() {
                    self.title = heading;
                }
            }
            // Prose that its author indented is code to the parser.
            TagEnd::CodeBlock => {
                for line in self.raw.take().unwrap_or_default().lines() {
                    self.flow.words(line);
                    self.flow.line_break();
                }
                self.flow.end_block();
            }
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::HtmlBlock => raw_html::read(&self.raw.take().unwrap_or_default(), &mut self.flow),
            _ => _ = self.flow.end_block(),
        }
    }
    /// Ends a paragraph, and takes it back when it only repeats the byline.
    fn end_paragraph(&mut self) {
        let (Some(span), Some(byline)) = (self.flow.end_block(), &self.byline) else { return };
        let line = span.of(self.flow.text());
        if super::same_words(&names(line), &names(byline)) {
            self.flow.truncate(span.start);
        } else if is_prose(line) {
            self.byline = None;
        }
    }
}

/// "By Ann Lee and Bo Ray" without what joins the names.
fn names(line: &str) -> String {
    let line = line.trim_start();
    let by = line.get(..3).filter(|by| by.eq_ignore_ascii_case("by "));
    let words = line[by.map_or(0, str::len)..].split_whitespace();
    words.filter(|word| !word.eq_ignore_ascii_case("and")).collect::<Vec<_>>().join(" ")
}

/// A paragraph of the article itself. Lines above it that end without a stop state its
/// date and place.
fn is_prose(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '…', ':', '”', '’', '"', '\'', '»', ')'])
        || line.split_whitespace().count() > 12
}
