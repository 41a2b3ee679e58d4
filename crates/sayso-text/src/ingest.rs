//! How do bytes become an article?

mod charset;
mod error;
mod flow;
mod foreign;
mod html;
mod json;
mod markdown;
mod plain;

use std::path::Path;

use crate::Article;

pub use charset::{Charset, Decoding};
pub use error::{Error, ErrorKind};
pub use json::{json_parts, json_source};

/// What the bytes are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown (`CommonMark`), with or without front matter.
    Markdown,
    /// A web page, saved as it came.
    Html,
    /// One object with `text` and what else is known: `title`, `url`, `outlet`,
    /// `byline`, `published`, `language`; or a record that holds one as `article`.
    Json,
    /// Such an object a line.
    JsonLines,
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
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }

    /// The format that a media type stands for, with or without its parameters; `None`
    /// for one not known here.
    ///
    /// ```
    /// use sayso_text::Format;
    /// assert_eq!(Format::from_media_type("text/html; charset=utf-8"), Some(Format::Html));
    /// assert_eq!(Format::from_media_type("image/png"), None);
    /// ```
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "text/plain" => Some(Self::Text),
            "text/markdown" => Some(Self::Markdown),
            "text/html" | "application/xhtml+xml" => Some(Self::Html),
            "application/json" => Some(Self::Json),
            "application/x-ndjson" | "application/jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }

    /// What bytes without a name look like: HTML, JSON or Markdown when they begin like
    /// it, else text.
    ///
    /// ```
    /// use sayso_text::Format;
    /// assert_eq!(Format::guess(b"<!DOCTYPE html><p>Calm seas."), Format::Html);
    /// assert_eq!(Format::guess(b"# Calm seas"), Format::Markdown);
    /// assert_eq!(Format::guess(b"{\"text\": \"Calm seas.\"}"), Format::Json);
    /// assert_eq!(Format::guess(b"Calm seas."), Format::Text);
    /// ```
    pub fn guess(bytes: &[u8]) -> Self {
        let head = head(bytes);
        let holds = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
        if begins(&head, TAGS) || head.starts_with(b"<") && (holds(b"<html") || holds(b"<body")) {
            Self::Html
        } else if is_object(&head) || head.strip_prefix(b"[").is_some_and(|rest| is_object(rest.trim_ascii()))
        {
            if holds_lines(bytes) { Self::JsonLines } else { Self::Json }
        } else if head.starts_with(b"# ") || head.starts_with(b"---") && markdown::has_front_matter(bytes) {
            Self::Markdown
        } else {
            Self::Text
        }
    }
}

const TAGS: &[&str] =
    &["<!doctype html", "<html", "<head", "<body", "<article", "<main", "<div", "<p>", "<p ", "<h1"];

/// The first letters of a file, small, without marks and space before them.
fn head(bytes: &[u8]) -> Vec<u8> {
    let head = &bytes[..bytes.len().min(1024)];
    let head = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"]
        .iter()
        .find_map(|mark| head.trim_ascii_start().strip_prefix(*mark))
        .unwrap_or(head);
    // UTF-16 puts a NUL between the letters of its tags.
    let letters: Vec<u8> = head.iter().filter(|&&b| b != 0).map(u8::to_ascii_lowercase).collect();
    letters.trim_ascii_start().to_vec()
}

fn begins(head: &[u8], tags: &[&str]) -> bool {
    tags.iter().any(|tag| head.starts_with(tag.as_bytes()))
}

/// `{"…`
fn is_object(head: &[u8]) -> bool {
    head.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""))
}

/// A line that is an object, and a next one: one JSON value never goes on like this.
fn holds_lines(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|&b| b == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    lines.next().is_some_and(|line| line.ends_with(b"}"))
        && lines.next().is_some_and(|line| line.starts_with(b"{"))
}

/// Reads one article whose encoding nobody states: [`ingest_with`] and no more said.
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
    ingest_with(bytes, format, Decoding::default())
}

/// Reads one article.
///
/// Plain text and the text in JSON stay as they are, without a byte order mark; a first
/// line that reads like a headline becomes the title, where none is stated, and stays
/// in the text. From Markdown and HTML come the words alone, one paragraph per block
/// with a blank line between; a title from metadata is not in the text, one from
/// Markdown's first `#` heading is. A line at the top of Markdown that only repeats the
/// byline of its front matter is left out.
///
/// A page is a page under any name, and a file without a single tag is none.
///
/// # Errors
/// When the bytes are not text, or hold no article; see [`Error`].
///
/// ```
/// use sayso_text::{Decoding, Format, ingest_with};
/// let decoding = Decoding { forced: Some("windows-1252".parse()?), ..Decoding::default() };
/// let article = ingest_with(b"Caf\xe9s closed.", Format::Text, decoding)?;
/// assert_eq!(article.text, "Cafés closed.");
/// # Ok::<(), sayso_text::Error>(())
/// ```
pub fn ingest_with(bytes: &[u8], format: Format, decoding: Decoding) -> Result<Article, Error> {
    if let Some(kind) = foreign::kind(bytes) {
        return Err(Error::Foreign { kind });
    }
    let is_page = || begins(&head(bytes), &["<!doctype html", "<html"]);
    let article = match format {
        Format::Text | Format::Markdown if is_page() => page(bytes, decoding)?,
        Format::Text => plain::read(charset::decode(bytes, decoding)?),
        Format::Markdown => markdown::read(&charset::decode(bytes, decoding)?),
        Format::Html => page(bytes, decoding)?,
        Format::Json | Format::JsonLines => json::read(&charset::decode(bytes, decoding)?)?,
    };
    if article.text.trim().is_empty() { Err(Error::Empty) } else { Ok(article) }
}

fn page(bytes: &[u8], decoding: Decoding) -> Result<Article, Error> {
    let page = charset::decode_page(bytes, decoding)?;
    let mut article =
        if has_tag(&page.source) { html::read(&page.source)? } else { plain::read(page.source) };
    let n_lost = article.text.matches(char::REPLACEMENT_CHARACTER).count();
    if let Some(charset) = page.damaged.filter(|_| n_lost > 0) {
        article.notes.push(format!(
            "The page is damaged: {n_lost} of the text's characters could not be read as {charset} and stand as \u{fffd}."
        ));
    }
    Ok(article)
}

fn has_tag(source: &str) -> bool {
    let tag = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
    source.match_indices('<').any(|(at, _)| tag(&source[at + 1..]))
}

/// The same letters and digits in the same order, of whatever size; at least one, so that
/// nothing is the same as nothing.
pub(crate) fn same_words(one: &str, other: &str) -> bool {
    fn letters(words: &str) -> impl Iterator<Item = char> + '_ {
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    letters(one).next().is_some() && letters(one).eq(letters(other))
}
