//! How do paragraphs become windows of word pieces?

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use rayon::prelude::*;
use sayso_text::Span;
use tokenizers::Tokenizer;

use super::TokenParagraph;
use crate::Error;

/// A window starts with the paragraph before it, for context, when that one has at
/// most this many word pieces.
const CONTEXT: usize = 80;

/// BERT's uncased word pieces.
pub(super) struct WordPieces {
    tokenizer: Tokenizer,
    window: usize,
    cls: u32,
    sep: u32,
    unknown: u32,
}

impl fmt::Debug for WordPieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WordPieces").field("window", &self.window).finish_non_exhaustive()
    }
}

/// Where a token's vector is found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Home {
    pub(super) window: usize,
    /// Its first word piece.
    pub(super) piece: usize,
}

/// A paragraph, or a part of one that is too long for a window.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) tokens: Range<usize>,
    /// True when the unit before is of the same paragraph.
    pub(super) continues: bool,
    /// The paragraph's number.
    paragraph: usize,
    pieces: Vec<u32>,
    /// For each token, its first and last piece.
    places: Vec<(usize, usize)>,
}

/// A piece of a window, as the linker asks for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) paragraph: usize,
}

/// Windows of word pieces, and where each token is in them.
#[derive(Debug, Default)]
pub(super) struct Windows {
    pub(super) ids: Vec<Vec<u32>>,
    pub(super) units: Vec<Unit>,
    /// The window that decides on a token. Tokens also stand in the next window when
    /// that takes their paragraph as context.
    pub(super) home: HashMap<usize, Home>,
    /// For each window: its units, and where in the window each begins.
    contents: Vec<Vec<(usize, usize)>>,
}

impl Windows {
    /// The first and last piece of a run of tokens in a window; `None` when it isn't
    /// all there.
    pub(super) fn ends(&self, window: usize, tokens: &Range<usize>) -> Option<Place> {
        let find = |token: usize| {
            let inside = |&&(unit, _): &&(usize, usize)| self.units[unit].tokens.contains(&token);
            let &(unit, start) = self.contents[window].iter().find(inside)?;
            let unit = &self.units[unit];
            let (first, last) = unit.places[token - unit.tokens.start];
            Some((start + first, start + last, unit.paragraph))
        };
        let (first, _, paragraph) = find(tokens.start)?;
        // A span that a window's edge cuts ends at the edge.
        let last = tokens.clone().rev().find_map(find).map(|(_, last, _)| last)?;
        Some(Place { first, last, paragraph })
    }

    fn push(&mut self, units: Range<usize>, fresh: usize, cls: u32, sep: u32) {
        let window = self.ids.len();
        let mut ids = vec![cls];
        let mut contents = Vec::new();
        for index in units {
            if ids.len() > 1 {
                ids.push(sep);
            }
            let unit = &self.units[index];
            contents.push((index, ids.len()));
            if index >= fresh {
                for (token, &(first, _)) in unit.tokens.clone().zip(&unit.places) {
                    self.home.insert(token, Home { window, piece: ids.len() + first });
                }
            }
            ids.extend(&unit.pieces);
        }
        ids.push(sep);
        self.ids.push(ids);
        self.contents.push(contents);
    }
}

impl WordPieces {
    /// `json` is the tokenizer in its library's own form; windows have at most `window`
    /// pieces, without the marks around them.
    pub(super) fn new(json: &str, window: usize) -> Result<Self, Error> {
        let bad = |error: &dyn fmt::Display| Error::Task(format!("its tokenizer: {error}"));
        let tokenizer = Tokenizer::from_bytes(json.as_bytes()).map_err(|error| bad(&error))?;
        let id = |piece: &str| tokenizer.token_to_id(piece).ok_or_else(|| bad(&format!("it lacks {piece}")));
        let (cls, sep, unknown) = (id("[CLS]")?, id("[SEP]")?, id("[UNK]")?);
        Ok(Self { cls, sep, unknown, tokenizer, window })
    }

    /// The pieces of a word that stands alone.
    pub(super) fn of_word(&self, word: &str) -> Vec<u32> {
        self.tokenizer.encode_fast(word, false).map(|encoded| encoded.get_ids().to_vec()).unwrap_or_default()
    }

    /// Windows over paragraphs that follow one another.
    pub(super) fn windows(&self, text: &str, tokens: &[Span], paragraphs: &[TokenParagraph]) -> Windows {
        let paragraphs = paragraphs.par_iter().enumerate();
        let units = paragraphs.flat_map_iter(|(i, sentences)| self.units(text, tokens, i, sentences));
        let units: Vec<Unit> = units.collect();
        let mut windows = Windows { units, ..Windows::default() };
        let (mut fresh, n) = (0, windows.units.len());
        while fresh < n {
            let len = |unit: usize| windows.units[unit].pieces.len();
            let context =
                fresh > 0 && len(fresh - 1) <= CONTEXT && len(fresh - 1) + 1 + len(fresh) <= self.window;
            let begin = if context { fresh - 1 } else { fresh };
            let mut size: usize = (begin..=fresh).map(len).sum::<usize>() + usize::from(context);
            let mut end = fresh + 1;
            while end < n && size + 1 + len(end) <= self.window {
                size += 1 + len(end);
                end += 1;
            }
            windows.push(begin..end, fresh, self.cls, self.sep);
            fresh = end;
        }
        windows
    }

    /// One unit, or several when the paragraph is too long: as many whole sentences as
    /// fit, and as many tokens as fit of a sentence that is too long by itself.
    fn units(&self, text: &str, tokens: &[Span], paragraph: usize, sentences: &[Range<usize>]) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        for sentence in sentences.iter().filter(|s| !s.is_empty()) {
            for mut part in self.fitting(text, tokens, sentence.clone()) {
                let last = units.last_mut();
                match last {
                    Some(unit) if unit.pieces.len() + part.0.len() <= self.window => {
                        let at = unit.pieces.len();
                        unit.tokens.end += part.1.len();
                        unit.places.extend(part.1.iter().map(|(a, b)| (a + at, b + at)));
                        unit.pieces.append(&mut part.0);
                    }
                    _ => {
                        let start = units.last().map_or(sentence.start, |unit| unit.tokens.end);
                        let tokens = start..start + part.1.len();
                        let continues = !units.is_empty();
                        units.push(Unit { tokens, continues, paragraph, pieces: part.0, places: part.1 });
                    }
                }
            }
        }
        units
    }

    /// The pieces of a sentence and the place of each token among them, in parts that
    /// fit a window.
    fn fitting(&self, text: &str, tokens: &[Span], sentence: Range<usize>) -> Vec<Part> {
        let (pieces, places) = self.pieces(text, &tokens[sentence]);
        if pieces.len() <= self.window {
            return vec![(pieces, places)];
        }
        let mut parts: Vec<Part> = vec![Part::default()];
        let mut begin = 0;
        for (first, last) in places {
            if last - begin >= self.window && parts.last().is_some_and(|part| !part.1.is_empty()) {
                begin = first;
                parts.push(Part::default());
            }
            if let Some(part) = parts.last_mut() {
                // A single token longer than a window keeps its beginning.
                let last = last.min(begin + self.window - 1);
                let first = first.max(begin).min(last);
                part.0.extend(&pieces[(begin + part.0.len()).min(last + 1)..=last]);
                part.1.push((first - begin, last - begin));
            }
        }
        parts
    }

    /// The pieces of adjacent tokens, and for each token its first and last piece. A
    /// token without a piece of its own (a control character) shares its neighbour's.
    fn pieces(&self, text: &str, tokens: &[Span]) -> Part {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return Part::default();
        };
        let words = first.cover(*last).of(text);
        let encoded = self.tokenizer.encode(words, false);
        let Some(encoded) = encoded.ok().filter(|e| !e.is_empty()) else {
            return (vec![self.unknown], vec![(0, 0); tokens.len()]);
        };
        let offsets = encoded.get_offsets();
        let mut places = Vec::with_capacity(tokens.len());
        let mut at = 0;
        for token in tokens {
            let (start, end) = (token.start - first.start, token.end - first.start);
            while at + 1 < offsets.len() && offsets[at].1 <= start {
                at += 1;
            }
            // "wouldn't" is the pieces wouldn|'|t and the tokens would|n't: the second
            // token starts with the piece that starts in it.
            let shared = offsets[at].0 < start && offsets[at].1 < end;
            if shared && at + 1 < offsets.len() && offsets[at + 1].0 < end {
                at += 1;
            }
            let mut to = at;
            while to + 1 < offsets.len() && offsets[to + 1].0 < end {
                to += 1;
            }
            places.push((at, to));
        }
        (encoded.get_ids().to_vec(), places)
    }
}

/// Pieces, and for each token its first and last one.
type Part = (Vec<u32>, Vec<(usize, usize)>);
