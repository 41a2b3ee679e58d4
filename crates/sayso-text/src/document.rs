//! How is the text divided?

use std::ops::Range;

use serde::Serialize;

use crate::{Article, Span, marks, paragraphs, quotations, sentences, tokens};

/// Paragraphs, sentences, tokens and quotations of one text, as spans into it.
///
/// Tokens and the white space between them tile the text; sentences never cross
/// paragraphs; tokens never cross sentences.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// The untouched text.
    pub text: String,
    /// Non-blank blocks of text, in order.
    pub paragraphs: Vec<Paragraph>,
    /// In order.
    pub sentences: Vec<Sentence>,
    /// In order.
    pub tokens: Vec<Token>,
    /// Passages in quotation marks, in order of their opening mark; nested ones too.
    pub quotations: Vec<Quotation>,
}

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ParagraphKind {
    /// The headline, when it stands in the text.
    Title,
    /// A section heading: structure, not a statement.
    Heading,
    /// Running text.
    Body,
}

/// A block of text without line breaks around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// Without white space at its ends.
    pub span: Span,
    /// What it is for.
    pub kind: ParagraphKind,
    /// Its sentences, as indices into [`Document::sentences`].
    pub sentences: Range<usize>,
}

/// A sentence, with its closing marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// Without white space at its ends.
    pub span: Span,
    /// Its tokens, as indices into [`Document::tokens`].
    pub tokens: Range<usize>,
}

/// A word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Token {
    /// Never empty, never white space.
    pub span: Span,
}

/// A passage in quotation marks. A quotation that runs over several paragraphs, with
/// an opening mark on each and a closing one on the last, is one per paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// True when the closing mark stands in this paragraph.
    pub closed: bool,
    /// True when the next paragraph goes on with it.
    pub continues: bool,
    /// How many other quotations enclose it: 0 for an outer one.
    pub depth: usize,
}

impl Document {
    /// Divides an article's text. Never fails: bad prose gives odd spans, not errors.
    ///
    /// Takes time in proportion to the text's length.
    ///
    /// ```
    /// use sayso_text::{Article, Document};
    /// let article = Article::from_text("“It’s late,” said Dr. Lee. Nobody answered.");
    /// let document = Document::new(&article);
    /// let sentences: Vec<_> = document.sentences.iter().map(|sentence| sentence.span.of(&document.text)).collect();
    /// assert_eq!(sentences, ["“It’s late,” said Dr. Lee.", "Nobody answered."]);
    /// assert_eq!(document.quotations[0].span.of(&document.text), "“It’s late,”");
    /// ```
    pub fn new(article: &Article) -> Self {
        let text = article.text.as_str();
        let blocks = paragraphs::split(article);
        let spans: Vec<Span> = blocks.iter().map(|&(span, _)| span).collect();
        let marks: Vec<_> = spans.iter().map(|&span| marks::read(text, span)).collect();
        let mut document = Self {
            text: article.text.clone(),
            paragraphs: Vec::with_capacity(blocks.len()),
            sentences: Vec::new(),
            tokens: Vec::new(),
            quotations: Vec::new(),
        };
        for (&(span, kind), marks) in blocks.iter().zip(&marks) {
            let first_sentence = document.sentences.len();
            for span in sentences::split(text, span, marks) {
                let first_token = document.tokens.len();
                tokens::split(text, span, marks, &mut document.tokens);
                document.sentences.push(Sentence { span, tokens: first_token..document.tokens.len() });
            }
            let sentences = first_sentence..document.sentences.len();
            document.paragraphs.push(Paragraph { span, kind, sentences });
        }
        document.quotations = quotations::find(&spans, &marks, &document.sentences);
        document
    }
}
