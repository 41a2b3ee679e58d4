//! What does a code mean?

use super::Code;

/// The page of a code: what it is, why it matters, an example, what would be better, and what raises nothing.
///
/// ```
/// use sayso::check::Code;
/// let page = Code::FigureChanged.page();
/// assert_eq!(page.summary(), "A number, its unit or its direction differs from the source.");
/// assert!(page.markdown.lines().all(|line| line.chars().count() <= 80));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The whole page: headings, paragraphs and `>` quotations, no line over 80 characters.
    pub markdown: &'static str,
}

/// A part of a page, its words on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The heading of a section.
    Heading(String),
    /// Running words.
    Paragraph(String),
    /// Words of an example.
    Quote(String),
}

impl Page {
    /// One sentence that says what the code is.
    pub fn summary(&self) -> String {
        let first = self.blocks().into_iter().find_map(|block| match block {
            Block::Paragraph(words) => Some(words),
            _ => None,
        });
        first.unwrap_or_default()
    }

    /// The page without its first heading, which is the code's name.
    pub fn body(&self) -> &'static str {
        self.markdown.split_once("\n\n").map_or("", |(_, body)| body)
    }

    /// The parts of the body, in order.
    pub fn blocks(&self) -> Vec<Block> {
        let parts = self.body().split("\n\n").map(str::trim).filter(|part| !part.is_empty());
        let joined = |part: &str, mark: &str| {
            let lines = part.lines().map(|line| line.strip_prefix(mark).unwrap_or(line).trim());
            lines.collect::<Vec<_>>().join(" ")
        };
        parts
            .map(|part| {
                if let Some(heading) = part.strip_prefix("## ") {
                    Block::Heading(heading.to_owned())
                } else if part.starts_with('>') {
                    Block::Quote(joined(part, ">"))
                } else {
                    Block::Paragraph(joined(part, ""))
                }
            })
            .collect()
    }
}

impl Code {
    /// Its page.
    pub fn page(self) -> Page {
        let markdown = match self {
            Self::QuoteAltered => include_str!("../../codes/quote-altered.md"),
            Self::QuoteFabricated => include_str!("../../codes/quote-fabricated.md"),
            Self::QuoteMisattributed => include_str!("../../codes/quote-misattributed.md"),
            Self::QuoteTrimmed => include_str!("../../codes/quote-trimmed.md"),
            Self::AttributionChanged => include_str!("../../codes/attribution-changed.md"),
            Self::AttributionLost => include_str!("../../codes/attribution-lost.md"),
            Self::ChainCollapsed => include_str!("../../codes/chain-collapsed.md"),
            Self::HedgeDropped => include_str!("../../codes/hedge-dropped.md"),
            Self::StatusOmitted => include_str!("../../codes/status-omitted.md"),
            Self::CueStrengthened => include_str!("../../codes/cue-strengthened.md"),
            Self::FigureChanged => include_str!("../../codes/figure-changed.md"),
            Self::DateChanged => include_str!("../../codes/date-changed.md"),
            Self::NameOrTitleChanged => include_str!("../../codes/name-or-title-changed.md"),
            Self::NegationFlipped => include_str!("../../codes/negation-flipped.md"),
            Self::ActorSwapped => include_str!("../../codes/actor-swapped.md"),
            Self::Unsupported => include_str!("../../codes/unsupported.md"),
        };
        Page { markdown }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a page's quotation behind a paragraph, and of a section.
    fn quote_after(page: Page, words: &str) -> String {
        let blocks = page.blocks();
        let at = blocks.iter().position(|block| *block == Block::Paragraph(words.to_owned()));
        match at.and_then(|at| blocks.get(at + 1)) {
            Some(Block::Quote(words)) => words.clone(),
            other => panic!("{words} {other:?}"),
        }
    }

    #[test]
    fn every_example_is_found_and_what_is_better_is_not() {
        let engine = crate::Engine::embedded().unwrap();
        for code in Code::ALL {
            let page = code.page();
            let article = sayso_text::Article::from_text(quote_after(page, "The article:"));
            let found = |brief: String| -> Vec<Code> {
                let brief = sayso_text::Article::from_text(brief);
                engine.check(&brief, std::slice::from_ref(&article)).findings.iter().map(|f| f.code).collect()
            };
            assert!(found(quote_after(page, "The brief:")).contains(&code), "{}", code.name());
            let blocks = page.blocks();
            let from = blocks.iter().position(|b| *b == Block::Heading("Better".to_owned())).unwrap();
            let better = blocks[from + 1..].iter().map_while(|block| match block {
                Block::Paragraph(words) | Block::Quote(words) => Some(words.as_str()),
                Block::Heading(_) => None,
            });
            assert_eq!(found(better.collect::<Vec<_>>().join(" ")), [], "{}", code.name());
        }
    }

    #[test]
    fn every_page_has_the_same_sections() {
        for code in Code::ALL {
            let page = code.page();
            assert!(page.markdown.starts_with(&format!("# {}\n\n", code.name())), "{}", code.name());
            assert!(page.summary().ends_with('.') && page.summary().len() < 100, "{}", page.summary());
            let headings: Vec<String> = page
                .blocks()
                .into_iter()
                .filter_map(|block| match block {
                    Block::Heading(words) => Some(words),
                    _ => None,
                })
                .collect();
            let expected = ["Why it matters", "Example", "Better", "What raises nothing"];
            assert_eq!(headings, expected, "{}", code.name());
            for line in page.markdown.lines() {
                assert!(line.chars().count() <= 80, "{}: {line}", code.name());
                assert_eq!(line, line.trim_end(), "{}", code.name());
            }
        }
    }
}
