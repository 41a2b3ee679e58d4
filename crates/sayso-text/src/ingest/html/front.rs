//! Which blocks before an article's first words only repeat what the page states?

use super::byline::is_signature;
use super::prose::is_sentence;
use super::published::{is_date, opens_with_date};
use crate::ingest::same_words;

/// What stands at the top of an article: its headline, who signs it and when.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Front<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) byline: Option<&'a str>,
    pub(super) published: Option<&'a str>,
    /// As printed, each a line.
    pub(super) dates: &'a [String],
}

impl Front<'_> {
    /// True for a block that is metadata, after so many blocks that are sentences. A date
    /// within a paragraph ("OSTBY, May 1 - Rain fell.") is the article's.
    pub(super) fn repeats(&self, block: &str, n_sentences: usize) -> bool {
        let dated = || {
            is_date(block) && (n_sentences == 0 || self.is_day(block))
                || self.dates.iter().any(|date| same_words(date, block))
        };
        let marked = || n_sentences == 0 && opens_with_date(block) && !is_sentence(block);
        self.repeats_title(block, n_sentences)
            || n_sentences < N_SENTENCES
                && (self.byline.is_some_and(|byline| same_words(byline, block))
                    || is_signature(block, self.byline)
                    || dated()
                    || marked())
    }

    pub(super) fn repeats_title(&self, block: &str, n_sentences: usize) -> bool {
        n_sentences < N_SENTENCES && self.title.is_some_and(|title| same_words(title, block))
    }

    /// The day of publication rather than the first one of a chronicle.
    fn is_day(&self, line: &str) -> bool {
        let number = |digits: Option<&str>| digits.and_then(|digits| digits.parse::<u32>().ok());
        let published = self.published.unwrap_or_default();
        let mut numbers =
            line.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok());
        number(published.get(8..10)).is_some_and(|day| numbers.any(|number| number == day))
    }
}

/// A summary may stand between the headline and the date.
const N_SENTENCES: usize = 2;
