//! What is one text with its metadata?

use sha2::{Digest, Sha256};

use crate::Span;

/// One text with its metadata. Metadata that nobody stated is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it ("The Harbour Gazette").
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it, as stated.
    pub byline: Option<String>,
    /// When, as stated; ISO 8601 where the page says so.
    pub published: Option<String>,
    /// The stated language, as a BCP 47 tag. Not a guess.
    pub language: Option<String>,
    /// The text that every span counts in.
    pub text: String,
    /// Where the headline stands in `text`, when it was taken from there.
    pub title_span: Option<Span>,
    /// Section headings in `text` that the format marks as such (`<h2>`, `##`), in
    /// order. Plain text marks none; [`crate::Document`] recognises those itself.
    pub headings: Vec<Span>,
    /// What a reader should know of how the text was come by, in plain sentences.
    pub notes: Vec<String>,
}

impl Article {
    /// A bare text, with nothing known about it.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// SHA-256 of the text's UTF-8 bytes, in lower-case hex.
    pub fn sha256(&self) -> String {
        Sha256::digest(self.text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
