//! Which words are a source, a cue or a content, and which belong together?
//!
//! The paragraphs become windows of word pieces, the encoder gives each piece a
//! vector, a linear head gives each token a score for each label, Viterbi finds
//! the best label sequence, and two linking heads say which source each cue
//! has and which cue each content has.

mod decode;
mod link;
mod pieces;

use std::collections::HashSet;
use std::ops::Range;

use rayon::prelude::*;
use sayso_nn::{Dense, Encoder, ModelFile, Tier};
use sayso_text::{Document, ParagraphKind, Span};
use serde::{Deserialize, Serialize};

use crate::Error;
use link::Linker;
use pieces::{Home, Unit, Windows, WordPieces};

/// What a span is in an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Who.
    Source,
    /// The words that announce it.
    Cue,
    /// What.
    Content,
}

impl Role {
    /// All of them, in the order that tables use.
    pub const ALL: [Self; 3] = [Self::Source, Self::Cue, Self::Content];

    /// The lower-case name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Content => "content",
        }
    }
}

/// A span that the tagger found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TaggedSpan {
    /// What it is.
    pub role: Role,
    /// Where, in bytes.
    pub span: Span,
    /// Its tokens, as indices into the tokens that were tagged.
    pub tokens: Range<usize>,
    /// The probability that just these tokens are a span of this role, 0 to 1; where two spans
    /// were made one, the lesser of theirs.
    pub probability: f32,
}

impl TaggedSpan {
    /// Takes in one that follows.
    fn extend(&mut self, next: &Self) {
        self.span = self.span.cover(next.span);
        self.tokens.end = next.tokens.end;
        self.probability = self.probability.min(next.probability);
    }
}

/// What a span may belong to: a cue to a source, or a content to a cue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// Index of the cue or content into [`Tagged::spans`].
    pub child: usize,
    /// Indices of the sources or cues, or `None` for none of them, with their
    /// probabilities, the likeliest first.
    pub candidates: Vec<(Option<usize>, f32)>,
}

/// What the tagger found in a text.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Tagged {
    /// In the order of the text; they don't overlap.
    pub spans: Vec<TaggedSpan>,
    /// One for each cue and content, in the order of `spans`.
    pub links: Vec<Link>,
}

/// A paragraph for the tagger: its sentences as ranges of tokens.
pub type TokenParagraph = Vec<Range<usize>>;

/// The tagger with its weights.
#[derive(Debug)]
pub struct Tagger {
    encoder: Encoder,
    head: Dense,
    cue_source: Linker,
    content_cue: Linker,
    pieces: WordPieces,
    cue_words: HashSet<String>,
    calibration: Vec<(f32, f32)>,
}

/// What the weights file says of the tagger, besides the encoder's shape.
#[derive(Deserialize)]
struct Task {
    labels: Vec<String>,
    window: usize,
    link_dim: usize,
    distances: Vec<usize>,
    cue_words: HashSet<String>,
    /// Points of a rising line: a raw confidence, and how often such ones were right.
    calibration: Vec<(f32, f32)>,
    tokenizer: String,
}

impl Tagger {
    /// Takes the tagger out of a checked weights file.
    ///
    /// # Errors
    /// When a part is missing or of the wrong shape.
    pub fn new(file: &ModelFile, tier: Tier) -> Result<Self, Error> {
        let task: Task = serde_json::from_str(&file.task).map_err(|e| Error::Task(e.to_string()))?;
        if task.labels != decode::LABELS {
            return Err(Error::Task(format!("its labels are {:?}", task.labels)));
        }
        let d = file.config.hidden_size;
        if task.window == 0 || task.window + 2 > file.config.max_position_embeddings {
            return Err(Error::Task(format!("its windows have {} pieces", task.window)));
        }
        let line = &task.calibration;
        let in_range =
            |&(raw, right): &(f32, f32)| (0.0..=1.0).contains(&raw) && (0.0..=1.0).contains(&right);
        if !line.iter().all(in_range) || !line.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1) {
            return Err(Error::Task("its calibration is no rising line from 0 to 1".to_owned()));
        }
        Ok(Self {
            encoder: Encoder::new(file, tier)?,
            head: Dense::new(file, "head", task.labels.len(), d)?,
            cue_source: Linker::new(file, "cue_source", task.link_dim, &task.distances)?,
            content_cue: Linker::new(file, "content_cue", task.link_dim, &task.distances)?,
            pieces: WordPieces::new(&task.tokenizer, task.window)?,
            cue_words: task.cue_words,
            calibration: task.calibration,
        })
    }

    /// Tags the body of a document. Headings are structure; and a headline is left out
    /// because a web page's isn't in the text, so that one article gives one record
    /// in every format.
    pub fn tag(&self, doc: &Document) -> Tagged {
        let paragraphs = doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
        let sentences = |p: &sayso_text::Paragraph| -> TokenParagraph {
            doc.sentences[p.sentences.clone()].iter().map(|s| s.tokens.clone()).collect()
        };
        let paragraphs: Vec<_> = paragraphs.map(sentences).collect();
        let tokens: Vec<Span> = doc.tokens.iter().map(|t| t.span).collect();
        self.tag_paragraphs(&doc.text, &tokens, &paragraphs)
    }

    /// Tags paragraphs of one text, read as following one another.
    ///
    /// `tokens` are spans of `text` in order; the ranges in `paragraphs` index them, in
    /// ascending order.
    ///
    /// # Panics
    /// When a range runs past the tokens.
    pub fn tag_paragraphs(&self, text: &str, tokens: &[Span], paragraphs: &[TokenParagraph]) -> Tagged {
        let windows = self.pieces.windows(text, tokens, paragraphs);
        self.tag_windows(text, tokens, &windows)
    }

    /// Tags runs of tokens, each read as a text of its own; they may share tokens.
    pub fn tag_each(&self, text: &str, tokens: &[Span], rows: &[Range<usize>]) -> Vec<Tagged> {
        let one = |row: &Range<usize>| {
            let windows = self.pieces.windows(text, tokens, &[vec![row.clone()]]);
            self.tag_windows(text, tokens, &windows)
        };
        rows.par_iter().map(one).collect()
    }

    /// How often an attribution of this raw confidence is right, 0 to 1: on the line through
    /// the points that were measured, as it is where there are none.
    pub fn calibrated(&self, raw: f32) -> f32 {
        on_line(&self.calibration, raw)
    }

    /// What a word means by itself: the mean of its word pieces' embeddings, of length 1; zeros where it has none.
    pub fn word_vector(&self, word: &str) -> Vec<f32> {
        let mut mean = vec![0.0; self.encoder.config().hidden_size];
        for id in self.pieces.of_word(word) {
            mean.iter_mut().zip(self.encoder.embedding(id)).for_each(|(sum, x)| *sum += x);
        }
        let length = mean.iter().map(|x| x * x).sum::<f32>().sqrt();
        mean.iter_mut().for_each(|x| *x /= length.max(f32::MIN_POSITIVE));
        mean
    }

    /// True when one of the words is often part of a cue.
    pub fn holds_cue_word<'a>(&self, mut words: impl Iterator<Item = &'a str>) -> bool {
        words.any(|word| self.cue_words.contains(&word.to_ascii_lowercase()))
    }

    fn tag_windows(&self, text: &str, tokens: &[Span], windows: &Windows) -> Tagged {
        let mut tagged = Tagged::default();
        let mut units = windows.units.iter().peekable();
        for (i, ids) in windows.ids.chunks(BLOCK).enumerate() {
            let vectors = Vectors {
                first: i * BLOCK,
                windows: self.encoder.encode_all(ids),
                d: self.encoder.config().hidden_size,
            };
            let n_before = tagged.spans.len();
            while let Some(unit) = units.next_if(|unit| vectors.hold(windows.home[&unit.tokens.start])) {
                self.tag_unit(text, tokens, windows, unit, &vectors, &mut tagged.spans);
            }
            self.link(n_before, windows, &vectors, &mut tagged);
        }
        tagged
    }

    /// Adds a unit's spans to those before it.
    fn tag_unit(
        &self,
        text: &str,
        tokens: &[Span],
        windows: &Windows,
        unit: &Unit,
        vectors: &Vectors,
        spans: &mut Vec<TaggedSpan>,
    ) {
        let homes = unit.tokens.clone().map(|token| windows.home[&token]);
        let logits: Vec<Vec<f32>> = homes.map(|home| self.head.run(vectors.at(home))).collect();
        let own = &tokens[unit.tokens.clone()];
        for fresh in decode::spans(&logits, own, unit.tokens.start) {
            match spans.last_mut() {
                // A paragraph that was too long for a window was cut inside this span.
                Some(last)
                    if unit.continues
                        && last.role == fresh.role
                        && last.tokens.end == fresh.tokens.start
                        && fresh.tokens.start == unit.tokens.start =>
                {
                    last.extend(&fresh);
                }
                Some(last) if decode::tells_who(last, &fresh, text) => last.extend(&fresh),
                _ => spans.push(fresh),
            }
        }
    }

    /// Links the spans from number `first` on, all of which stand in windows whose vectors
    /// are at hand. A window's parents are of that window or, as context, from before.
    fn link(&self, first: usize, windows: &Windows, vectors: &Vectors, tagged: &mut Tagged) {
        let spans = &tagged.spans;
        for (child, span) in spans.iter().enumerate().skip(first) {
            let (linker, parent_role) = match span.role {
                Role::Source => continue,
                Role::Cue => (&self.cue_source, Role::Source),
                Role::Content => (&self.content_cue, Role::Cue),
            };
            let window = windows.home[&span.tokens.start].window;
            let at = |span: &TaggedSpan| windows.ends(window, &span.tokens);
            let Some(from) = at(span) else { continue };
            let near = spans.iter().enumerate().skip(child.saturating_sub(link::REACH));
            let near = near.take(2 * link::REACH).filter(|(_, s)| s.role == parent_role);
            let parents: Vec<_> = near.filter_map(|(i, s)| Some((i, at(s)?))).collect();
            let candidates = linker.candidates(vectors.window(window), vectors.d, from, &parents);
            tagged.links.push(Link { child, candidates });
        }
    }
}

/// The height of a line of points, from left to right, at `x`; level beyond its ends.
fn on_line(points: &[(f32, f32)], x: f32) -> f32 {
    let next = points.partition_point(|point| point.0 < x);
    match (next.checked_sub(1).map(|i| points[i]), points.get(next)) {
        (None, None) => x,
        (Some((_, y)), None) | (None, Some(&(_, y))) => y,
        (Some((x0, y0)), Some(&(x1, y1))) => y0 + (y1 - y0) * ((x - x0) / (x1 - x0)),
    }
}

/// Windows whose vectors are held at once, so that a long text takes no more memory
/// than this: 64 windows of 256 pieces are 25 MB.
const BLOCK: usize = 64;

/// The vectors of some windows that follow one another.
struct Vectors {
    first: usize,
    windows: Vec<Vec<f32>>,
    /// Numbers of one vector.
    d: usize,
}

impl Vectors {
    fn hold(&self, home: Home) -> bool {
        (self.first..self.first + self.windows.len()).contains(&home.window)
    }

    fn window(&self, window: usize) -> &[f32] {
        &self.windows[window - self.first]
    }

    fn at(&self, home: Home) -> &[f32] {
        &self.window(home.window)[home.piece * self.d..][..self.d]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_points() {
        let points = [(0.2, 0.1), (0.6, 0.5), (1.0, 0.9)];
        let check = |x: f32, expected: f32| {
            let found = on_line(&points, x);
            assert!((found - expected).abs() < 1e-6, "{x}: {found}");
        };
        check(0.0, 0.1);
        check(0.2, 0.1);
        check(0.4, 0.3);
        check(0.6, 0.5);
        check(0.8, 0.7);
        check(1.0, 0.9);
        assert!((on_line(&[], 0.3) - 0.3).abs() < f32::EPSILON);
    }
}
