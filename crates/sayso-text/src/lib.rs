//! How does a file become text whose every character can be pointed at?
//!
//! Bytes become an [`Article`] (plain text with metadata), and an article becomes
//! a [`Document`]: paragraphs, sentences, tokens and quotations as [`Span`]s into
//! the untouched text. This crate opens no file and knows no news.

mod span;

mod article;
mod ingest;

mod abbreviations;
mod document;
mod marks;
mod paragraphs;
mod quotations;
mod sentences;
mod tokens;

pub use article::Article;
pub use document::{Document, Paragraph, ParagraphKind, Quotation, Sentence, Token};
pub use ingest::{Charset, Decoding, Error, ErrorKind, Format, ingest, ingest_with, json_parts, json_source};
pub use span::{CharIndex, Span};
