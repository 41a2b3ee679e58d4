//! How do bytes become an article?

mod flow;
mod html;
mod markdown;
mod plain;

use std::path::Path;

use crate::Article;

/// What the bytes are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown (`CommonMark`), with or without front matter.
    Markdown,
    /// A web page, saved as it came.
    Html,
}

impl Format {
    /// The format that a file's ending stands for; `None` for one not known here.
    ///
    /// ```
    /// use sayso_text::Format;
    /// assert_eq!(Format::from_path("news/harbour.HTM"), Some(Format::Html));
    /// assert_eq!(Format::from_path("harbour.pdf"), None);
    /// ```
    pub fn from_path(path: impl AsRef<Path>) -> Option<Self> {
        let ending = path.as_ref().extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            _ => None,
        }
    }

    /// What bytes without a name look like: HTML when they begin like a page, else text.
    ///
    /// ```
    /// use sayso_text::Format;
    /// assert_eq!(Format::guess(b"<!DOCTYPE html><p>Calm seas."), Format::Html);
    /// assert_eq!(Format::guess(b"Calm seas."), Format::Text);
    /// ```
    pub fn guess(bytes: &[u8]) -> Self {
        let head = &bytes[..bytes.len().min(1024)];
        // UTF-16 puts a NUL between the letters of its tags.
        let head: Vec<u8> = head.iter().filter(|&&b| b != 0).map(u8::to_ascii_lowercase).collect();
        let head = head.trim_ascii_start();
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let head = head.strip_prefix(b"\xff\xfe").or(head.strip_prefix(b"\xfe\xff")).unwrap_or(head);
        let head = head.trim_ascii_start();
        let begins = TAGS.iter().any(|tag| head.starts_with(tag.as_bytes()));
        let holds = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
        if begins || head.starts_with(b"<") && (holds(b"<html") || holds(b"<body")) {
            Self::Html
        } else {
            Self::Text
        }
    }
}

const TAGS: &[&str] =
    &["<!doctype html", "<html", "<head", "<body", "<article", "<main", "<div", "<p>", "<p ", "<h1"];

/// Why bytes did not become an article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not text in UTF-8, nor in UTF-16 with a byte order mark.
    #[error("byte {byte:#04x} at offset {offset} is not UTF-8: save the file as UTF-8 and try again")]
    Undecodable {
        /// The first byte that doesn't fit, from 0.
        offset: usize,
        /// Its value.
        byte: u8,
    },
    /// The bytes are no text at all.
    #[error(
        "the NUL byte at offset {offset} shows that this is not text: give a text, Markdown or HTML file"
    )]
    Binary {
        /// The first NUL, from 0.
        offset: usize,
    },
    /// Nothing but white space or markup.
    #[error("there are no words in it: give a file that holds an article's text")]
    Empty,
    /// A page of links, forms or frames.
    #[error("no article stands in this page: give the article's own page, or its words as a text file")]
    NoArticle,
}

/// The kinds of [`Error`], for those who map them to a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// See [`Error::Undecodable`].
    Undecodable,
    /// See [`Error::Binary`].
    Binary,
    /// See [`Error::Empty`].
    Empty,
    /// See [`Error::NoArticle`].
    NoArticle,
}

impl Error {
    /// Which kind it is; stable over versions.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Undecodable { .. } => ErrorKind::Undecodable,
            Self::Binary { .. } => ErrorKind::Binary,
            Self::Empty => ErrorKind::Empty,
            Self::NoArticle => ErrorKind::NoArticle,
        }
    }
}

/// Reads one article.
///
/// Plain text stays as it is, without a byte order mark; a first line that reads like
/// a headline becomes the title and stays in the text. From Markdown and HTML come the
/// words alone, one paragraph per block with a blank line between; a title from
/// metadata is not in the text, one from Markdown's first `#` heading is.
///
/// # Errors
/// When the bytes are not text, or hold no article; see [`Error`].
///
/// ```
/// use sayso_text::{Format, ingest};
/// let article = ingest(b"Bridge Closed\n\nThe bridge is closed.", Format::Text)?;
/// assert_eq!(article.title.as_deref(), Some("Bridge Closed"));
/// # Ok::<(), sayso_text::Error>(())
/// ```
pub fn ingest(bytes: &[u8], format: Format) -> Result<Article, Error> {
    let article = match format {
        Format::Text => plain::read(plain::decode(bytes)?),
        Format::Markdown => markdown::read(&plain::decode(bytes)?),
        Format::Html => html::read(bytes)?,
    };
    if article.text.trim().is_empty() { Err(Error::Empty) } else { Ok(article) }
}
