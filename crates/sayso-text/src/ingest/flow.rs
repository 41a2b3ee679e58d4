//! How do the words of marked-up blocks become paragraphs of plain text?

use crate::Span;

/// Text under way: words in, paragraphs with a blank line between them out.
///
/// White space is collapsed as a browser does, so that a paragraph is one line except
/// where its author broke it.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: String,
    headings: Vec<Span>,
    // What stands before the next word, when there is one.
    gap: Gap,
    // Where the block under way began, once it has a word.
    block: Option<usize>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

impl Flow {
    /// Adds words; white space of any kind counts as one space.
    pub(super) fn words(&mut self, words: &str) {
        for c in words.chars() {
            match c {
                // Zero-width marks and soft hyphens say where a line may break.
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\0' => {}
                c if c.is_whitespace() => self.gap = self.gap.max(Gap::Space),
                c => self.push(c),
            }
        }
    }

    fn push(&mut self, c: char) {
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
        if self.block.is_none() {
            self.block = Some(self.text.len());
        }
        self.text.push(c);
    }

    /// One break is a new line, two are a new paragraph.
    pub(super) fn line_break(&mut self) {
        self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
    }

    /// Ends the block under way, and tells where it stood when it had words.
    pub(super) fn end_block(&mut self) -> Option<Span> {
        self.gap = Gap::Paragraph;
        self.block.take().map(|start| Span { start, end: self.text.len() })
    }

    /// Ends the block under way as a heading.
    pub(super) fn end_heading(&mut self) -> Option<Span> {
        let span = self.end_block()?;
        self.headings.push(span);
        Some(span)
    }

    /// Takes everything back from a length on, with its headings and the gap before.
    pub(super) fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        self.text.truncate(self.text.trim_end().len());
        while self.headings.pop_if(|heading| heading.end > len).is_some() {}
        self.block = self.block.filter(|&start| start < len);
        self.gap = Gap::Paragraph;
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text and its headings.
    pub(super) fn finish(mut self) -> (String, Vec<Span>) {
        self.end_block();
        (self.text, self.headings)
    }
}
