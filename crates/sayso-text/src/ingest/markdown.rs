//! What does a Markdown file say without its markup?

mod front_matter;
mod raw_html;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::flow::Flow;
use crate::{Article, Span};

/// True when the file begins with lines that state something about it.
pub(super) fn has_front_matter(bytes: &[u8]) -> bool {
    let words = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    str::from_utf8(words).is_ok_and(|source| !front_matter::split(source).0.is_empty())
}

/// The words of the file without its markup. Images have none.
pub(super) fn read(source: &str) -> Article {
    let (front, body) = front_matter::split(source);
    let body = &with_speakers(body);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut reader = Reader::default();
    for (event, place) in Parser::new_ext(body, options).into_offset_iter() {
        match event {
            Event::End(TagEnd::TableCell) => reader.cells_end = place.end,
            Event::End(TagEnd::TableRow) => reader.surplus(&body[reader.cells_end.min(place.end)..place.end]),
            _ => {}
        }
        reader.event(&event);
    }
    let title_span = reader.title;
    let (text, headings) = reader.flow.finish();
    let title = title_span.map(|span| span.of(&text).to_owned());
    let mut article = Article { title, title_span, headings, ..Article::from_text(text) };
    front_matter::state(&mut article, &front);
    // A headline that says something else than the stated title is a heading.
    article.title_span = title_span.filter(|span| {
        article.title.as_deref().is_some_and(|title| super::same_words(title, span.of(&article.text)))
    });
    article
}

/// `[Reporter]: Why?` defines an address to the parser, and its words would be gone; a
/// backslash makes them words.
fn with_speakers(body: &str) -> String {
    let mut escaped = String::with_capacity(body.len());
    for line in body.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '>']);
        let defined = words.split_once("]:").filter(|_| words.starts_with('[') && !words.starts_with("[^"));
        let (margin, words) = line.split_at(line.len() - words.len());
        escaped.push_str(margin);
        if defined.is_some_and(|(_, address)| !is_address(address.trim())) {
            escaped.push('\\');
        }
        escaped.push_str(words);
    }
    escaped
}

fn is_address(words: &str) -> bool {
    let inner = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    words.contains(['/', '#', '@', '<']) || inner.contains('.')
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    title: Option<Span>,
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
            TagEnd::HtmlBlock => raw_html::read(&self.raw.take().unwrap_or_default(), &mut self.flow),
            _ => _ = self.flow.end_block(),
        }
    }
}
