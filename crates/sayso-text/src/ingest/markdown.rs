//! What does a Markdown file say without its markup?

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::flow::Flow;
use crate::{Article, Span};

/// The words of the file; code, images and raw HTML are no words.
pub(super) fn read(source: &str) -> Article {
    let (front, body) = front_matter(source);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut reader = Reader::default();
    for event in Parser::new_ext(body, options) {
        reader.event(&event);
    }
    let title_span = reader.title;
    let (text, headings) = reader.flow.finish();
    let title = title_span.map(|span| span.of(&text).to_owned());
    let mut article = Article { title, title_span, headings, ..Article::from_text(text) };
    for (key, value) in front {
        state(&mut article, key, value);
    }
    article
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    title: Option<Span>,
    // How many elements are open whose words don't count.
    silent: usize,
}

impl Reader {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(words) | Event::Code(words) if self.silent == 0 => self.flow.words(words),
            Event::SoftBreak => self.flow.words(" "),
            Event::HardBreak => self.flow.line_break(),
            Event::Rule => _ = self.flow.end_block(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock => self.silent += 1,
            Tag::Link { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            Tag::TableCell => self.flow.words(" "),
            _ => _ = self.flow.end_block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.silent = self.silent.saturating_sub(1);
            }
            TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::TableCell => {}
            TagEnd::Heading(level) => {
                let heading = self.flow.end_heading();
                if level == HeadingLevel::H1 && self.title.is_none() {
                    self.title = heading;
                }
            }
            _ => _ = self.flow.end_block(),
        }
    }
}

/// The `key: value` lines between `---` at the top, and what follows them.
fn front_matter(source: &str) -> (Vec<(&str, &str)>, &str) {
    let none = (Vec::new(), source);
    let Some(rest) = source.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r'])) else {
        return none;
    };
    let mut at = 0;
    let mut found = Vec::new();
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return (found, &rest[at..]);
        }
        // Indented lines belong to a list or a nested value; those are not read.
        if let Some((key, value)) = line.split_once(':').filter(|_| !line.starts_with([' ', '\t', '#'])) {
            found.push((key.trim(), unquoted(value.trim())));
        }
    }
    none
}

fn unquoted(value: &str) -> &str {
    let inside = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    inside('"').or(inside('\'')).unwrap_or(value)
}

fn state(article: &mut Article, key: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    let field = match key.to_ascii_lowercase().as_str() {
        "title" | "headline" => &mut article.title,
        "author" | "authors" | "byline" => &mut article.byline,
        "date" | "published" => &mut article.published,
        "outlet" | "publisher" | "source" => &mut article.outlet,
        "url" | "canonical" | "link" => &mut article.url,
        "lang" | "language" => &mut article.language,
        _ => return,
    };
    *field = Some(value.to_owned());
}
