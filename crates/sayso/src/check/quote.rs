//! Is a quotation verbatim in its sources?
//!
//! [`Sources`] reads the sources once; [`Sources::verify`] says of one quotation whether its words stand there.
//! Words are compared, exactly, after style is taken away. What counts as style:
//!
//! - quotation marks of every kind, and nested ones; apostrophes, straight or curly;
//! - white space, line breaks and paragraphs; invisible characters;
//! - punctuation between words, with dashes of every length and hyphens, spaced or not;
//! - letter case, except for "US" beside "us"; `[w]e` is "we";
//! - accents, and the forms in which Unicode can write a letter;
//! - stops in abbreviations ("U.S.", "a.m."), commas in numbers, `4.30` for `4:30`;
//! - numbers up to ninety-nine in digits or in words; `%` for "percent", `&` for "and";
//! - British or American spelling, by its regular endings.
//!
//! What a writer may do openly is followed, not ignored:
//!
//! - an ellipsis (`…`, `...`, `. . .`, with or without brackets) leaves out words of the same and the next few
//!   sentences, in order, within or outside of quotation marks like the words before it;
//! - words in brackets stand for up to six words of the source, or none; they themselves aren't compared;
//! - a quotation may be cut at either end;
//! - where the source interrupts a quotation to say who speaks ("…," she said, "…"), its parts may be joined.
//!
//! A quotation that stands nowhere is held against the passages that it resembles most. What differs there is
//! [`Verdict::Altered`], however little; how grave it is says [`ChangeKind`]. One that stands in the source but was cut
//! where a word outside turns it ("I do not think …") is [`Verdict::Trimmed`], unless the brief carries that in its own
//! words.

mod align;
mod find;
mod judge;
mod kind;
mod lex;
mod lists;
mod source;
mod trim;
mod wording;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use sayso_text::{Document, Span};
use schemars::JsonSchema;
use serde::Serialize;

use super::DiffPart;
pub use kind::ChangeKind;
use source::Source;

/// A text's words under the normalisation above, in order: what is the same in two texts is the same here.
///
/// ```
/// use sayso::check::quote::keys;
/// assert_eq!(keys("“The programme cost 20%,”"), keys("the program cost twenty percent"));
/// ```
pub fn keys(text: &str) -> Vec<String> {
    lex::lex(text).iter().filter_map(|lexeme| lexeme.word().map(str::to_owned)).collect()
}

/// The sources that quotations are held against.
#[derive(Debug)]
pub struct Sources<'a> {
    sources: Vec<Source<'a>>,
}

/// A quotation and what stands around it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// What stands between the marks.
    pub words: &'a str,
    /// Its sentence, up to the opening mark.
    pub before: &'a str,
    /// Its sentence, from the closing mark on.
    pub after: &'a str,
    /// The rest of the text, where what was cut may be told.
    pub around: &'a str,
}

impl<'a> Asked<'a> {
    /// A quotation by itself.
    pub fn words(words: &'a str) -> Self {
        Self { words, ..Self::default() }
    }
}

/// Where words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which source, from 0.
    pub article: usize,
    /// From the first word to the last, in bytes of that source's text.
    pub span: Span,
    /// The words themselves: several parts where the source interrupts them or the quotation leaves out some.
    pub parts: Vec<Span>,
    /// All of them stand in quotation marks there.
    pub quoted: bool,
}

/// What can be said of a quotation.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It stands in the sources.
    Verbatim {
        /// Everywhere it does, in order; those in quotation marks first.
        places: Vec<Place>,
    },
    /// It stands in the sources, but what was cut changes its sense.
    Trimmed {
        /// Where it stands.
        place: Place,
        /// The passage that should be quoted.
        whole: Span,
        /// The words that were cut and matter.
        cut: Span,
        /// What they do.
        kind: CutKind,
    },
    /// Its words differ from a passage that it resembles.
    Altered {
        /// The passage.
        place: Place,
        /// What differs, in order.
        changed: Vec<Change>,
        /// Both side by side.
        diff: Vec<DiffPart>,
        /// The words no longer say what was said.
        grave: bool,
    },
    /// Nothing in the sources resembles it enough.
    Fabricated {
        /// What resembles it most.
        nearest: Option<Place>,
    },
    /// Too short to say, or the title of a work.
    Undecided,
}

/// A difference between a quotation and its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Bytes of the quotation's text; empty where the quotation lacks something.
    pub brief: Span,
    /// Bytes of the source's text; empty where the source lacks something.
    pub source: Span,
    /// What it means.
    pub kind: ChangeKind,
}

/// What cut words did to those that were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CutKind {
    /// They denied them ("I do not think …").
    Negation,
    /// They made them no statement ("It would be wrong to say that …").
    Turned,
    /// They said when they hold ("if …").
    Condition,
    /// They went on with "but".
    Contrast,
    /// They gave them to somebody else ("they say that …").
    Reported,
    /// They limited them ("only", "almost").
    Limit,
}

impl<'a> Sources<'a> {
    /// Reads the sources' words. Takes time in proportion to their length.
    pub fn new(docs: &[&'a Document]) -> Self {
        Self { sources: docs.iter().map(|doc| Source::new(doc)).collect() }
    }

    /// Holds a quotation against the sources.
    ///
    /// ```
    /// use sayso::check::quote::{Asked, Sources, Verdict};
    /// use sayso::{Article, Document};
    ///
    /// let doc = Document::new(&Article::from_text("“The bridge is not safe,” Ms. Lee said, “and never was.”"));
    /// let sources = Sources::new(&[&doc]);
    /// let verdict = |words| sources.verify(&Asked::words(words));
    /// assert!(matches!(verdict("the bridge is not safe and never was"), Verdict::Verbatim { .. }));
    /// assert!(matches!(verdict("The bridge is safe"), Verdict::Altered { grave: true, .. }));
    /// ```
    pub fn verify(&self, asked: &Asked) -> Verdict {
        judge::verify(&self.sources, asked)
    }
}
