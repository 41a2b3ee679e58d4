//! What do the sources say, word by word, and where do their own quotations run?

use std::collections::HashMap;

use sayso_text::{Document, Quotation, Span};

use super::lex::{Kind, Lexeme, closing, lex};
use super::lists::{NEGATION, weight};

/// A word of a source.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) key: String,
    pub(super) span: Span,
    /// How much it says that a quotation shares it.
    pub(super) weight: f32,
    /// Indices into the document's paragraphs and sentences.
    pub(super) paragraph: usize,
    pub(super) sentence: usize,
    /// The outermost quotation that it stands in.
    pub(super) outer: Option<usize>,
    /// Put in by an editor: `[the company]`.
    pub(super) inserted: bool,
    /// A comma, semicolon, colon, dash or the end of a sentence follows before the next word.
    pub(super) pause: bool,
    /// Where the quotation goes on after words that only say who speaks: "…," she said, "…".
    pub(super) jump: Option<usize>,
    /// Of such words.
    pub(super) aside: bool,
}

/// One source, ready to be searched.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) doc: &'a Document,
    pub(super) words: Vec<Word>,
    places: HashMap<String, Vec<usize>>,
}

/// Most words of a reporting clause inside a quotation: "said Ilse Marand, who is
/// mediating on behalf of the Littoral Union".
const LONGEST_ASIDE: usize = 16;

impl<'a> Source<'a> {
    /// Takes time in proportion to the text's length.
    pub(super) fn new(doc: &'a Document) -> Self {
        let mut words = read(doc);
        mark_asides(doc, &mut words);
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            places.entry(word.key.clone()).or_default().push(at);
        }
        Self { doc, words, places }
    }

    /// Where a word stands, in order.
    pub(super) fn places(&self, key: &str) -> &[usize] {
        self.places.get(key).map_or(&[], Vec::as_slice)
    }

    /// The text from one word to another, both included.
    pub(super) fn cover(&self, first: usize, last: usize) -> Span {
        self.words[first].span.cover(self.words[last].span)
    }

    /// The sentence's words.
    pub(super) fn sentence(&self, at: usize) -> std::ops::Range<usize> {
        let sentence = self.words[at].sentence;
        let from = self.words.partition_point(|word| word.sentence < sentence);
        let to = self.words.partition_point(|word| word.sentence <= sentence);
        from..to
    }

    /// The quotations that hold a word, outer ones first.
    pub(super) fn quotations(&self, at: usize) -> impl Iterator<Item = &'a Quotation> {
        let span = self.words[at].span;
        let from = self.words[at].outer.unwrap_or(self.doc.quotations.len());
        let rest = self.doc.quotations[from..].iter();
        rest.take_while(move |q| q.span.start <= span.start).filter(move |q| q.span.contains(span))
    }
}

fn read(doc: &Document) -> Vec<Word> {
    let text = &doc.text;
    let lexemes = lex(text);
    let mut words: Vec<Word> = Vec::new();
    let (mut paragraph, mut sentence, mut quotation) = (0, 0, 0);
    // Where the insertion that we are in ends, as a lexeme.
    let mut inserted_to = 0;
    for (i, Lexeme { span, kind }) in lexemes.iter().enumerate() {
        let key = match kind {
            Kind::Word(key) => key,
            Kind::Open => {
                inserted_to = closing(&lexemes, i + 1).filter(|&to| may_go(&lexemes[i..to])).unwrap_or(0);
                continue;
            }
            _ => {
                mark_pause(text, &lexemes[i], &mut words);
                continue;
            }
        };
        while doc.paragraphs.get(paragraph).is_some_and(|p| p.span.end <= span.start) {
            paragraph += 1;
        }
        while doc.sentences.get(sentence).is_some_and(|s| s.span.end <= span.start) {
            sentence += 1;
        }
        let outer = |q: &Quotation| q.depth == 0 && q.span.end > span.start;
        while doc.quotations.get(quotation).is_some_and(|q| !outer(q)) {
            quotation += 1;
        }
        let inside = doc.quotations.get(quotation).is_some_and(|q| q.span.contains(*span));
        words.push(Word {
            key: key.clone(),
            span: *span,
            weight: weight(key),
            paragraph,
            sentence,
            outer: inside.then_some(quotation),
            inserted: i < inserted_to,
            pause: false,
            jump: None,
            aside: false,
        });
    }
    words
}

/// An editor's words can be left out, unless they turn what stands around them.
fn may_go(inserted: &[Lexeme]) -> bool {
    !inserted.iter().filter_map(Lexeme::word).any(|key| NEGATION.has(key))
}

/// A mark behind the last word: is it one at which a reader pauses?
fn mark_pause(text: &str, Lexeme { span, kind }: &Lexeme, words: &mut [Word]) {
    let next = text[span.end..].chars().next();
    let pauses = match kind {
        Kind::Mark(',' | ';' | ':' | '—' | '–' | '―' | '?' | '!') | Kind::Ellipsis => true,
        // A hyphen joins; a dash is longer or has space around it.
        Kind::Mark('-') => !next.is_some_and(char::is_alphanumeric),
        // Sentences tell where a stop ends one; behind abbreviations it is no pause.
        Kind::Mark('.') => !next.is_some_and(|c| c.is_whitespace() && c != '\n'),
        _ => false,
    };
    if let Some(word) = words.last_mut().filter(|_| pauses) {
        word.pause = true;
    }
}

/// Finds the words between two parts of one quotation. They are few, within one sentence,
/// and a mark stands where the first part ends; both tell them from the writer's own
/// sentences and from a list of quoted words.
fn mark_asides(doc: &Document, words: &mut [Word]) {
    for at in 0..words.len() {
        let Some(inside) = words[at].outer else {
            continue;
        };
        let from = at + 1;
        if !words[at].pause || words.get(from).is_none_or(|next| next.outer.is_some()) {
            continue;
        }
        let found = words[from..].iter().take(LONGEST_ASIDE + 1).position(|word| word.outer.is_some());
        let Some(to) = found.map(|len| from + len) else {
            continue;
        };
        let closed = doc.quotations[inside].closed;
        let near = words[to].paragraph <= words[at].paragraph + 1;
        // "…," she said, "…", but not: "…," she said of the claim that "…".
        let pauses = words[to - 1].pause || words[to].sentence > words[to - 1].sentence;
        let one_sentence = words[from].sentence == words[to - 1].sentence;
        let begins = words[to].outer.is_some_and(|q| {
            let opened = Span::new(doc.quotations[q].span.start, words[to].span.start);
            !opened.of(&doc.text).contains(char::is_alphanumeric)
        });
        if closed && near && pauses && one_sentence && begins {
            words[at].jump = Some(to);
            for word in &mut words[from..to] {
                word.aside = true;
            }
        }
    }
}
