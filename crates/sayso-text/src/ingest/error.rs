//! Why did bytes not become an article?

use super::Charset;

/// Why bytes did not become an article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A byte that stands for no character in its file's encoding.
    #[error(
        "byte {byte:#04x} at offset {offset} is not {charset}: name the encoding that the file is in, or save it as UTF-8"
    )]
    Undecodable {
        /// The first byte that doesn't fit, from 0, counted in the file.
        offset: usize,
        /// Its value.
        byte: u8,
        /// The encoding that was tried: UTF-8, unless another was named.
        charset: Charset,
    },
    /// The bytes are no text at all.
    #[error(
        "the NUL byte at offset {offset} shows that this is not text: give a text, Markdown, HTML or JSON file"
    )]
    Binary {
        /// The first NUL, from 0, counted in the file.
        offset: usize,
    },
    /// Another kind of file, known by its first bytes.
    #[error("{kind}, not text: copy its words into a text file, or save it as a web page (HTML only)")]
    Foreign {
        /// In words: "PDF document".
        kind: &'static str,
    },
    /// Nothing but white space or markup.
    #[error("there are no words in it: give a file that holds an article's text")]
    Empty,
    /// A page of links, forms or frames.
    #[error("no article stands in this page: give the article's own page, or its words as a text file")]
    NoArticle,
    /// It is not JSON, or not one object.
    #[error("line {line}, column {column} of the JSON: {reason}")]
    Json {
        /// From 1.
        line: usize,
        /// From 1; 0 at a line's end.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// A field of an article in JSON holds what it can't.
    #[error("the field `{field}` {problem}; leave out what is not known")]
    JsonField {
        /// Its name.
        field: &'static str,
        /// What is wrong with it, as in "is a number and should be a string".
        problem: &'static str,
    },
    /// An article in JSON without words.
    #[error(
        "no words in the field `text`: an article is an object with `text` and, where known, `title`, `url`, \
         `outlet`, `byline`, `published` and `language`"
    )]
    NoText,
    /// The name of no character encoding.
    #[error("`{label}` is no encoding: give one such as utf-8, windows-1252 or shift_jis")]
    UnknownCharset {
        /// As it was given.
        label: String,
    },
}

/// The kinds of [`Error`], for those who map them to a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// See [`Error::Undecodable`].
    Undecodable,
    /// See [`Error::Binary`].
    Binary,
    /// See [`Error::Foreign`].
    Foreign,
    /// See [`Error::Empty`] and [`Error::NoText`].
    Empty,
    /// See [`Error::NoArticle`].
    NoArticle,
    /// See [`Error::Json`] and [`Error::JsonField`].
    Json,
    /// See [`Error::UnknownCharset`].
    UnknownCharset,
}

impl Error {
    /// Which kind it is; stable over versions.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Undecodable { .. } => ErrorKind::Undecodable,
            Self::Binary { .. } => ErrorKind::Binary,
            Self::Foreign { .. } => ErrorKind::Foreign,
            Self::Empty | Self::NoText => ErrorKind::Empty,
            Self::NoArticle => ErrorKind::NoArticle,
            Self::Json { .. } | Self::JsonField { .. } => ErrorKind::Json,
            Self::UnknownCharset { .. } => ErrorKind::UnknownCharset,
        }
    }
}
