//! Do the words of a record stand in the text where it says?

use sayso::record::{Hedge, Standing, TextSpan};
use sayso::{CharIndex, Span};

/// A text in which places are looked up.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    text: &'a str,
    index: CharIndex,
}

impl<'a> Places<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, index: CharIndex::new(text) }
    }

    /// The bytes of the words between two characters; none unless they stand there.
    pub(crate) fn find(&self, start: usize, end: usize, words: &str) -> Option<Span> {
        let span = self.index.to_bytes(start, end).filter(|span| span.of(self.text) == words)?;
        Some(span.trim(self.text)).filter(|span| !span.is_empty())
    }

    pub(crate) fn span(&self, span: &TextSpan) -> Option<Span> {
        self.find(span.start, span.end, &span.text)
    }

    pub(super) fn hedge(&self, hedge: &Hedge) -> Option<Span> {
        self.find(hedge.start, hedge.end, &hedge.text)
    }

    pub(super) fn standing(&self, standing: &Standing) -> Option<Span> {
        self.find(standing.start, standing.end, &standing.text)
    }

    /// Takes from the attribution what it says was told to whom, through what, where, when and
    /// with which hedges, if the words don't stand in the text. True when something went.
    pub(super) fn prune(&self, attribution: &mut sayso::record::Attribution) -> bool {
        let count = |attribution: &sayso::record::Attribution| {
            let spans = [attribution.medium.is_some(), attribution.occasion.is_some()];
            let others = [attribution.addressee.is_some(), attribution.when.is_some()];
            spans.into_iter().chain(others).filter(|is_there| *is_there).count() + attribution.hedges.len()
        };
        let before = count(attribution);
        attribution.medium.take_if(|span| self.span(span).is_none());
        attribution.occasion.take_if(|span| self.span(span).is_none());
        attribution.addressee.take_if(|to| self.find(to.start, to.end, &to.text).is_none());
        attribution.when.take_if(|when| self.find(when.start, when.end, &when.text).is_none());
        attribution.hedges.retain(|hedge| self.hedge(hedge).is_some());
        count(attribution) < before
    }
}
