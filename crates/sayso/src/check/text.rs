//! A brief or a source, ready to be compared: its words, and its record in bytes.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use sayso_text::{CharIndex, Document, ParagraphKind, Span};

use crate::figure;
use crate::record::{Attribution, Record, TextSpan};
use crate::word_list::is_in;

/// Words that tell nothing of what a sentence is about.
const FUNCTION: &str = "a an the this that these those i he she it we you they him her me us them his hers their theirs \
our ours my mine your yours its who whom whose which what when where why how there here and or but nor so yet if \
then than as at by for from in into of off on onto out over to under up upon with within without about after \
before between during against among through toward towards across around since until till while because although \
though whether also too very just only even still already again more most much many some any all both each every \
either neither no not n't n’t be is are was were been being am have has had having do does did doing done will \
would shall should can could may might must 's ’s 've ’ve 're ’re 'd ’d 'll ’ll 'm ’m say says said saying tell \
tells told telling add adds added adding according itself himself herself themselves other another such own same \
one ones do n't that's it's";

/// A word or a number.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) span: Span,
    pub(crate) lower: String,
    pub(crate) stem: String,
    /// It tells nothing of what a sentence is about.
    pub(crate) is_function: bool,
    /// Written with a capital, or a number: what a name or a figure is made of.
    pub(crate) is_firm: bool,
}

/// A text that takes part in a check.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) doc: Document,
    pub(crate) record: Record,
    pub(crate) words: Vec<Word>,
    /// For each sentence, its words.
    pub(crate) of_sentence: Vec<Range<usize>>,
    index: CharIndex,
}

impl Text {
    pub(crate) fn new(doc: Document, record: Record) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let (mut words, mut of_sentence) = (Vec::new(), Vec::with_capacity(doc.sentences.len()));
        for sentence in &doc.sentences {
            let first = words.len();
            for token in sentence.tokens.clone() {
                let span = doc.tokens[token].span;
                let raw = span.of(&doc.text);
                if !raw.contains(char::is_alphanumeric) && !matches!(raw, "%" | "$" | "£" | "€") {
                    continue;
                }
                let lower = raw.to_lowercase().replace('’', "'");
                let is_function = is_in(FUNCTION, &lower);
                let stem = stemmer.stem(lower.trim_end_matches("'s")).into_owned();
                let is_firm = !is_function && raw.contains(|c: char| c.is_uppercase() || c.is_ascii_digit());
                words.push(Word { span, lower, stem, is_function, is_firm });
            }
            of_sentence.push(first..words.len());
        }
        // "Forty thousand" and "40,000" are one word.
        for (span, value) in figure::numbers(&doc) {
            let first = words.partition_point(|w: &Word| w.span.end <= span.start);
            let last = words.partition_point(|w| w.span.start < span.end);
            for (n, word) in words[first..last.max(first)].iter_mut().enumerate() {
                let is_one = word.is_function && value <= 1.0;
                if n == 0 && !is_one {
                    word.stem = format!("#{value}");
                    word.is_function = false;
                } else {
                    word.is_function = true;
                }
            }
        }
        let index = CharIndex::new(&doc.text);
        Self { doc, record, words, of_sentence, index }
    }

    /// A span of the record in bytes.
    pub(crate) fn bytes(&self, span: &TextSpan) -> Span {
        self.bytes_at(span.start, span.end)
    }

    /// Code points in bytes.
    pub(crate) fn bytes_at(&self, start: usize, end: usize) -> Span {
        self.index.to_bytes(start, end).unwrap_or(Span::new(0, 0))
    }

    /// Bytes in code points.
    pub(crate) fn chars(&self, span: Span) -> (usize, usize) {
        self.index.to_chars(span)
    }

    pub(crate) fn say(&self, span: Span) -> &str {
        span.of(&self.doc.text)
    }

    /// Sentences of running text, by number.
    pub(crate) fn body(&self) -> impl Iterator<Item = usize> + '_ {
        let body = self.doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
        body.flat_map(|p| p.sentences.clone())
    }

    /// The sentence that a byte stands in.
    pub(crate) fn sentence_at(&self, byte: usize) -> usize {
        let at = self.doc.sentences.partition_point(|s| s.span.end <= byte);
        at.min(self.doc.sentences.len().saturating_sub(1))
    }

    /// The words that a span touches.
    pub(crate) fn words_in(&self, span: Span) -> &[Word] {
        let first = self.words.partition_point(|w| w.span.end <= span.start);
        let last = self.words.partition_point(|w| w.span.start < span.end);
        &self.words[first..last.max(first)]
    }

    /// From the first to the last part of an attribution.
    pub(crate) fn extent(&self, attribution: &Attribution) -> Span {
        let parts = attribution.content.iter().chain(&attribution.source).chain(&attribution.cue);
        let spans = parts.map(|part| self.bytes(part));
        spans.reduce(Span::cover).unwrap_or(Span::new(0, 0))
    }
}

/// Words within names that are written small.
const JOINTS: &str = "de del della di da dos du la le van von der den bin ibn al el ul";
/// Words with a capital that name nobody.
const CALENDAR: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april may june \
july august september october november december mr mrs ms dr mr. mrs. ms. dr. jan. feb. mar. apr. aug. sept. oct. \
nov. dec. jan feb mar apr jun jul aug sept sep oct nov dec a.m p.m a.m. p.m. i i'm i've i'd i'll however meanwhile";

/// Words with capitals that follow one another.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// Its words, as places in the text's words.
    pub(crate) words: Vec<usize>,
    pub(crate) span: Span,
    pub(crate) sentence: usize,
}

/// A word in lower case without the mark of a possessive.
pub(crate) fn bare(lower: &str) -> &str {
    lower.trim_end_matches("'s").trim_end_matches('\'')
}

/// The names and other capitalised words of a text.
pub(crate) fn runs(text: &Text) -> Vec<Run> {
    let mut found = Vec::new();
    for (sentence, range) in text.of_sentence.iter().enumerate() {
        let mut run: Vec<usize> = Vec::new();
        let mut close = |run: &mut Vec<usize>| {
            while run.last().is_some_and(|&i| is_in(JOINTS, &text.words[i].lower)) {
                run.pop();
            }
            if let (Some(&first), Some(&last)) = (run.first(), run.last()) {
                let span = text.words[first].span.cover(text.words[last].span);
                found.push(Run { words: std::mem::take(run), span, sentence });
            }
        };
        for i in range.clone() {
            let word = &text.words[i];
            let is_capital = text.say(word.span).starts_with(char::is_uppercase)
                && !is_in(CALENDAR, &word.lower)
                && !word.is_function;
            let is_joint = is_in(JOINTS, &word.lower);
            let glued = run.last().is_some_and(|&last| {
                let gap = &text.doc.text[text.words[last].span.end..word.span.start];
                gap.chars().all(|c| c.is_whitespace() || matches!(c, '.' | '-' | '’' | '\''))
                    && !text.words[last].lower.ends_with("'s")
            });
            if !glued || !(is_capital || is_joint) {
                close(&mut run);
            }
            if is_capital || is_joint && glued && !run.is_empty() {
                run.push(i);
            }
        }
        close(&mut run);
    }
    found
}
